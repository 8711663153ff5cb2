import { afterAll, describe, expect, test } from 'vitest';
import { compatPath } from '../../src/pipeline/compat-path.ts';
import { silent } from '../../src/pipeline/progress.ts';
import { loadNative, nativeEngine } from '../../src/spectrum/native.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { absent, modelPackage } from './reference-model.ts';
import { numberIn, pathOf, type ReferenceCell, reference, relativeDifference, sources } from './reference-table.ts';

const tolerance = 1e-6;
/** Whole numbers that must be equal; everything else that is a number is held to the tolerance. */
const exact = new Set([
  'layer_id',
  'N',
  'M',
  'rf',
  'num_evals',
  'num_pl_spikes',
  'matrix_rank',
  'rank_loss',
  'weak_rank_loss',
  'detX_num',
  'num_ERG_spikes',
  'ERG_gap',
  'num_spikes',
  'rand_num_spikes',
  'num_traps',
]);

/** The options each table was made with; the others have WeightWatcher's defaults. */
const made: Record<string, Partial<Parameters<typeof compatPath>[2]>> = {
  'test/reference/matrices.safetensors': { limits: { minEvals: 1 } },
  [modelPackage]: { limits: { minEvals: 1 } },
  'test/reference/compat': { mpFit: true, randomize: true, erg: true },
};

const binding = loadNative();
const engines = [portableEngine(2), ...(binding ? [nativeEngine(binding, 2)] : [])];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

describe.each(engines)('the $id engine prints the table of WeightWatcher 0.7.7', (engine) => {
  for (const source of sources) {
    const path = pathOf(source);
    test.skipIf(path === undefined)(`of ${source}${path ? '' : ` (${absent})`}`, async () => {
      const table = await compatPath(path as string, engine, {
        ...made[source],
        progress: silent,
        signal: new AbortController().signal,
      });
      const theirs = reference.tables[source];
      if (!theirs) throw new Error(`no table of ${source}`);
      // Slices of a convolution are views; an engine that cannot read views refuses them by name.
      const refused = new Set(engine.id === 'portable' ? [] : table.failed.map(({ name }) => name));
      for (const name of refused) expect(theirs.rows[name]).toMatchObject({ layer_type: 'conv2d' });
      expect(table.failed.filter(({ name }) => !refused.has(name))).toEqual([]);
      expect(table.rows.map(({ name }) => name)).toEqual(Object.keys(theirs.rows).filter((name) => !refused.has(name)));
      expect(Object.keys(table.rows[0] ?? {})).toEqual(theirs.columns);
      for (const row of table.rows) {
        const name = String(row.name);
        if (noise.has(name)) continue;
        for (const column of theirs.columns) expectCell(row, theirs.rows[name] ?? {}, column);
      }
      if (refused.size > 0 || Object.keys(theirs.rows).some((name) => noise.has(name))) return;
      for (const [key, value] of Object.entries(theirs.summary))
        expect(relativeDifference(numberIn(table.summary[key]), numberIn(value)), key).toBeLessThan(tolerance);
      expect(Object.keys(table.summary)).toEqual(Object.keys(theirs.summary));
    });
  }
});

/** What rounding leaves of a value that is zero: of a singular value, of the root of a divergence, of a difference of largest eigenvalues. */
const remainders = {
  sv_min: (row: Readonly<Record<string, ReferenceCell>>): number =>
    numberIn(row.sv_max) * numberIn(row.N) * Number.EPSILON,
  rand_distance: (): number => Math.sqrt(Number.EPSILON),
  ww_maxdist: (row: Readonly<Record<string, ReferenceCell>>): number =>
    numberIn(row.lambda_max) * numberIn(row.N) * Number.EPSILON,
};

/** Eigenvalues in pairs that rounding alone tells apart: WeightWatcher's own fit changes from run to run. */
const noise = new Set(['every-eigenvalue-twice']);

function expectCell(
  row: Readonly<Record<string, ReferenceCell>>,
  theirs: Readonly<Record<string, ReferenceCell>>,
  column: string,
): void {
  const text = `${row.name} ${column}: ours ${row[column]}, theirs ${theirs[column]}`;
  if (typeof theirs[column] !== 'number' || exact.has(column)) expect(row[column], text).toEqual(theirs[column]);
  else if (column in remainders) {
    const left = remainders[column as keyof typeof remainders](theirs);
    const difference = Math.abs(numberIn(row[column]) - numberIn(theirs[column]));
    expect(difference, text).toBeLessThanOrEqual(tolerance * Math.abs(numberIn(theirs[column])) + left);
  } else expect(relativeDifference(numberIn(row[column]), numberIn(theirs[column])), text).toBeLessThan(tolerance);
}
