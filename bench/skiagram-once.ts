import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { numberOf } from '../src/base/measured.ts';
import { openCheckpoint } from '../src/checkpoint/open.ts';
import { diagnoseCheckpoint, diagnosePair } from '../src/diagnostics/diagnose.ts';
import { userCache } from '../src/pipeline/spectrum-store.ts';
import type { SpectrumEngine } from '../src/spectrum/engine.ts';
import { openEngine } from '../src/spectrum/select.ts';
import { compatColumns } from './compat-columns.ts';

/** What one run says on its last line. */
export interface OwnRun {
  readonly seconds: number;
  readonly opening: number;
  readonly engine: string;
  /** By tensor name without `.weight`. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** ‖ΔW‖/‖W₀‖ by tensor name, where there is a base. */
  readonly changes: Readonly<Record<string, number>>;
}

// One diagnosis in a process of its own: opening (every byte is hashed), spectra and fits, timed from inside.
const { values } = parseArgs({
  options: {
    path: { type: 'string' },
    base: { type: 'string' },
    jobs: { type: 'string' },
    engine: { type: 'string' },
    mode: { type: 'string' },
  },
});
const { path = '', base, jobs = '1', engine: name = 'auto', mode } = values;
const engine = await openEngine({
  engine: name as 'auto',
  jobs: Number(jobs),
  onNotice: (text) => console.error(text),
});
const spectra = new Map<string, Float64Array>();
const watched: SpectrumEngine = {
  ...engine,
  async spectrum(matrix, options) {
    const spectrum = await engine.spectrum(matrix, options);
    spectra.set(matrix.name, spectrum.eigenvalues);
    return spectrum;
  },
};
// Results are kept in memory only, as `--no-cache` does: nothing is computed twice, and nothing comes from before.
const options = { cache: userCache(undefined, () => {}), ...(mode === 'pairs-only' ? { spectra: false } : {}) };

const start = performance.now();
const subject = await openCheckpoint(path);
const reference = base === undefined ? undefined : await openCheckpoint(base);
const opened = performance.now();
const diagnosis = await diagnoseCheckpoint(subject, watched, options);
const pair =
  reference &&
  (await diagnosePair(subject, reference, watched, { ...options, nullDraws: mode === 'with-null' ? 5 : 0 }));
const seconds = (performance.now() - start) / 1000;
await engine.close();

const rows = Object.fromEntries(
  diagnosis.matrices.flatMap((matrix) => {
    const eigenvalues = spectra.get(matrix.name);
    if (!eigenvalues) return [];
    const alpha = numberOf(matrix.diagnostics.alpha);
    const fit = Object.entries(matrix.diagnostics).flatMap(([id, measured]) => {
      const value = numberOf(measured);
      return value === undefined ? [] : [[id, value] as const];
    });
    const columns = compatColumns(eigenvalues, Math.max(matrix.rows, matrix.cols), alpha);
    return [[matrix.name.replace(/\.weight$/, ''), { ...Object.fromEntries(fit), ...columns }]];
  }),
);
console.log(
  JSON.stringify({
    seconds,
    opening: (opened - start) / 1000,
    engine: engine.description,
    rows,
    changes: Object.fromEntries(
      (pair?.matrices ?? []).map(({ name, diagnostics }) => [name, numberOf(diagnostics.relative_change) ?? -1]),
    ),
  } satisfies OwnRun),
);
