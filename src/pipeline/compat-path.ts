import { basename } from 'node:path';
import Type from 'typebox';
import { ErrorInfo, SkiagramError } from '../base/error.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import { findShards } from '../checkpoint/shards.ts';
import { analyzeLayers } from '../diagnostics/weightwatcher/analyze.ts';
import { type Cell, columnOrder, summaryOf } from '../diagnostics/weightwatcher/columns.ts';
import { defaultLimits, type Limits, selectLayers } from '../diagnostics/weightwatcher/selection.ts';
import type { SpectrumEngine } from '../spectrum/engine.ts';
import { portableEngine } from '../spectrum/portable.ts';
import type { Progress } from './progress.ts';

const closed = { additionalProperties: false } as const;
const Value = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()], {
  description: 'Infinite values and NaN, which WeightWatcher prints and JSON lacks, are "inf", "-inf" and "nan".',
});

/** What `skiagram diagnose --compat weightwatcher --json` prints. */
export const CompatDiagnosis = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    path: Type.String(),
    compat: Type.Literal('weightwatcher 0.7.7'),
    engine: Type.String(),
    /** One a layer; keys in the order of WeightWatcher's columns. */
    rows: Type.Array(Type.Record(Type.String(), Value)),
    /** As get_summary: means over all rows, failed fits (−1) included. */
    summary: Type.Record(Type.String(), Value),
    /** Weights that WeightWatcher leaves out of its table, and why. */
    dropped: Type.Array(Type.Object({ name: Type.String(), reason: Type.String() }, closed)),
    /** Layers that could not be analysed; WeightWatcher ends with an exception there. */
    failed: Type.Array(Type.Object({ name: Type.String(), error: ErrorInfo }, closed)),
  },
  { ...closed, title: 'skiagram diagnose --compat weightwatcher --json' },
);
export type CompatDiagnosis = Type.Static<typeof CompatDiagnosis>;

export interface CompatPathOptions {
  readonly limits?: Partial<Limits>;
  readonly mpFit?: boolean;
  readonly randomize?: boolean;
  readonly seed?: number;
  readonly erg?: boolean;
  readonly progress: Progress;
  readonly signal: StopSignal;
}

/**
 * The table that `WeightWatcher(model=path).analyze()` gives for a folder, selection and ids included. Stored numbers are
 * taken as they are (scales of quantised weights ignored, as there); F64 weights are not cut to float32, which is the one
 * thing done better here.
 *
 * Throws what opening throws, and `limits-contradict` where WeightWatcher refuses the limits.
 */
export async function compatPath(
  path: string,
  engine: SpectrumEngine,
  { progress, signal, seed = 0, ...options }: CompatPathOptions,
): Promise<CompatDiagnosis> {
  const limits = checked({ ...defaultLimits, ...options.limits });
  const checkpoint = await openCheckpoint(path, { signal });
  const { layers, dropped } = selectLayers(checkpoint.stored, limits, await indexOrder(path));
  const shuffler = engine.shuffled ? engine : portableEngine(1);
  try {
    const { rows, failed } = await analyzeLayers(layers, engine, shuffler, {
      signal,
      mpFit: options.mpFit ?? false,
      erg: options.erg ?? false,
      ...(options.randomize ? { randomize: { seed } } : {}),
      onLayer: (done, total, text) =>
        progress.update({ stage: 'spectra', subject: path, state: 'running', done, total, text }),
    });
    const columns = columnOrder(rows);
    return {
      schemaVersion: '1.0',
      path,
      compat: 'weightwatcher 0.7.7',
      engine: engine.description,
      rows: rows.map((row) =>
        Object.fromEntries(
          columns.flatMap((column) => (column in row ? [[column, printed(row[column] ?? null)]] : [])),
        ),
      ),
      summary: Object.fromEntries(Object.entries(summaryOf(rows)).map(([key, value]) => [key, printed(value)])),
      dropped: [...dropped],
      failed: [...failed],
    };
  } finally {
    if (shuffler !== engine) await shuffler.close();
  }
}

/** Key -> file in the order of the index; undefined for a single file or a folder without one. */
async function indexOrder(path: string): Promise<ReadonlyMap<string, string> | undefined> {
  // Formats without an index have no shards to find.
  const shards = await findShards(path).catch(() => undefined);
  return shards?.weightMap && new Map([...shards.weightMap].map(([name, file]) => [name, basename(file)]));
}

function checked(limits: Limits): Limits {
  const { minEvals, maxEvals, maxN } = limits;
  if (maxN >= maxEvals && maxN >= minEvals && (minEvals === 0 || maxEvals === 0 || minEvals < maxEvals)) return limits;
  throw new SkiagramError({
    code: 'limits-contradict',
    message: `The limits min_evals ${minEvals}, max_evals ${maxEvals} and max_N ${maxN} contradict each other.`,
    hint: 'WeightWatcher wants min_evals < max_evals ≤ max_N. Give --max-n too where --max-evals is above 50000.',
    exitCode: 2,
  });
}

function printed(value: Cell): Cell {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
