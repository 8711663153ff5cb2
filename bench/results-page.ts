import { cpus, totalmem } from 'node:os';
import { median } from 'simple-statistics';
import type { Measured } from './measured-child.ts';
import type { OwnRun } from './skiagram-once.ts';

/** What WeightWatcher and modeldelta runs say on their last line. */
export interface ReferenceRun {
  readonly seconds: number;
  /** Bytes resident before the timed part: imports and, for WeightWatcher, the state dict. */
  readonly before?: number;
  readonly version: string;
  readonly torch: string;
  readonly blas?: readonly string[];
  readonly rows: Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;
}

/** All rounds of one checkpoint. Records are by number of threads. */
export interface SpectraCase {
  readonly name: string;
  readonly jobs: number;
  readonly own: readonly Measured<OwnRun>[];
  readonly single: readonly Measured<OwnRun>[];
  readonly theirs: Readonly<Record<number, Measured<ReferenceRun>[]>>;
  readonly floor: Readonly<Record<number, number[]>>;
}

export interface PairCase {
  readonly name: string;
  readonly jobs: number;
  readonly runs: Record<'both spectra' | 'both spectra and nulls' | 'pairs only', Measured<OwnRun>[]>;
  readonly theirs: Readonly<Record<number, Measured<ReferenceRun>[]>>;
}

/** Columns compared by relative difference, and those that must be equal. */
const continuous = ['alpha', 'D', 'sigma', 'xmin', 'norm', 'log_norm', 'spectral_norm', 'stable_rank', 'entropy'];
const exact = ['num_pl_spikes', 'warning', 'matrix_rank'];

/** The page of results, as Markdown. */
export function resultsPage(results: {
  readonly spectra: readonly SpectraCase[];
  readonly pairs: readonly PairCase[];
  readonly jobs: number;
  readonly rounds: number;
  readonly python: string | null;
  readonly command: string;
}): string {
  const { spectra, pairs, rounds, command, python } = results;
  const reference = spectra.flatMap(({ theirs, jobs }) => theirs[jobs]?.[0]?.result ?? [])[0];
  const deltas = pairs.flatMap(({ theirs, jobs }) => theirs[jobs]?.[0]?.result ?? [])[0];
  const own = [...spectra.map((one) => one.own[0]), ...pairs.map((one) => one.runs['both spectra'][0])].find(Boolean);
  return [
    '# Measured: spectra and pairs',
    '',
    `Command: \`${command}\`  `,
    `Date: ${new Date().toISOString().slice(0, 10)}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, medians; every run a process of its own, in turn.  `,
    `Machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${gib(totalmem())} GiB; ${process.platform}-${process.arch}, Node ${process.version}.  `,
    `Skiagram: ${own?.result.engine ?? '—'}.  `,
    reference
      ? `Reference: WeightWatcher ${reference.version}, torch ${reference.torch}; ${(reference.blas ?? []).join('; ')} (settings that choose an OpenBLAS kernel are unset).  `
      : python === null
        ? 'Reference: WeightWatcher is not installed here, so Skiagram is timed alone.  '
        : '',
    ...(deltas ? [`modeldelta ${deltas.version}, torch ${deltas.torch}.  `] : []),
    '',
    'Skiagram: opening (every byte is read and hashed), spectra, fits and diagnostics. WeightWatcher: `analyze()` alone, on a state dict',
    'that is in memory already; imports and reading are not counted. Peak is the resident set (VmHWM), anon its part that is no mapped file.',
    '',
    ...spectra.flatMap(spectraSection),
    ...pairs.flatMap(pairSection),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function spectraSection({ name, jobs, own, single, theirs, floor }: SpectraCase): string[] {
  const ownSeconds = seconds(own);
  const rows = [
    row(`Skiagram, ${jobsText(jobs)}`, own),
    ...(jobs > 1 ? [row('Skiagram, 1 job', single)] : []),
    ...threadCounts(theirs).map((threads) => row(`WeightWatcher, ${threadsText(threads)}`, theirs[threads] ?? [])),
    ...threadCounts(floor).map(
      (threads) =>
        `| OpenBLAS floor (dsyrk, dsyevd), ${threadsText(threads)} | ${number(median(floor[threads] ?? []))} | | | |`,
    ),
  ];
  const best = bestOf(theirs);
  const lowest = Math.min(...threadCounts(floor).map((threads) => median(floor[threads] ?? [])));
  return [
    `## ${name}`,
    '',
    ...tableHead,
    ...rows,
    '',
    ...(best
      ? [
          `Time: WeightWatcher (better of ${threadCounts(theirs).map(threadsText).join(' and ')}) / Skiagram = **${number(best.seconds / ownSeconds)}×**.  `,
          `Peak memory: Skiagram / WeightWatcher = **${number(peak(own) / best.peak)}** resident, **${number(anonymous(own) / best.anonymous)}** anonymous.  `,
          `Floor: Skiagram / OpenBLAS = ${number(ownSeconds / lowest)} (${jobsText(jobs)} against the better thread count), ${number(seconds(single) / median(floor[1] ?? []))} (1 against 1).`,
          '',
          ...agreement(own, theirs[jobs] ?? theirs[1] ?? []),
        ]
      : []),
  ];
}

function pairSection(one: PairCase): string[] {
  const { name, jobs, runs, theirs } = one;
  const best = bestOf(theirs);
  const kinds = Object.entries(runs);
  return [
    `## Pairs: ${name}`,
    '',
    ...tableHead,
    ...kinds.map(([kind, list]) => row(`Skiagram, ${kind}, ${jobsText(jobs)}`, list)),
    ...threadCounts(theirs).map((threads) => row(`modeldelta, ${threadsText(threads)}`, theirs[threads] ?? [])),
    '',
    ...(best
      ? kinds.map(
          ([kind, list]) =>
            `modeldelta (better thread count) / Skiagram, ${kind}: **${number(best.seconds / seconds(list))}×** time; memory ${number(peak(list) / best.peak)} resident, ${number(anonymous(list) / best.anonymous)} anonymous.  `,
        )
      : []),
    '',
    ...changesApart(one),
  ];
}

/** Largest relative difference of ‖ΔW‖/‖W₀‖, which modeldelta computes in float32. */
function changesApart({ runs, theirs, jobs }: PairCase): string[] {
  const own = runs['pairs only'][0]?.result.changes ?? {};
  const reference = (theirs[jobs] ?? theirs[1])?.[0]?.result.rows ?? {};
  const gaps = Object.entries(reference).flatMap(([name, { change }]) =>
    own[name] === undefined || typeof change !== 'number' ? [] : [Math.abs(own[name] / change - 1)],
  );
  if (gaps.length === 0) return [];
  return [`Relative change of ${gaps.length} matrices: apart by ${Math.max(...gaps).toExponential(1)} at most.`, ''];
}

/** Largest difference per column over the matrices that both have. */
function agreement(own: readonly Measured<OwnRun>[], theirs: readonly Measured<ReferenceRun>[]): string[] {
  const [ours, reference] = [own[0]?.result.rows ?? {}, theirs[0]?.result.rows ?? {}];
  const names = Object.keys(reference).filter((name) => ours[name]);
  const apart = (column: string): string => {
    const gaps = names.flatMap((name) => {
      const [a, b] = [ours[name]?.[column], reference[name]?.[column]];
      if (typeof a !== 'number' || typeof b !== 'number') return [];
      return [a === b ? 0 : Math.abs(a - b) / Math.abs(b)];
    });
    return gaps.length === 0 ? '—' : Math.max(...gaps).toExponential(1);
  };
  const equal = (column: string): string => {
    const same = names.filter((name) => ours[name]?.[column] === reference[name]?.[column]).length;
    return `${same}/${names.length}`;
  };
  return [
    `Agreement over ${names.length} matrices (${Object.keys(ours).length} of Skiagram, ${Object.keys(reference).length} of WeightWatcher): largest relative difference, and how many are equal.`,
    '',
    `| ${[...continuous, ...exact].join(' | ')} |`,
    `|${' --- |'.repeat(continuous.length + exact.length)}`,
    `| ${[...continuous.map(apart), ...exact.map(equal)].join(' | ')} |`,
    '',
  ];
}

const tableHead = ['| | seconds | of it opening | peak MiB | anon MiB |', '| --- | ---: | ---: | ---: | ---: |'];

function row(label: string, runs: readonly Measured<{ seconds: number; opening?: number }>[]): string {
  const opening = runs.flatMap(({ result }) => result.opening ?? []);
  return `| ${label} | ${number(seconds(runs))} | ${opening.length > 0 ? number(median(opening)) : ''} | ${mib(peak(runs))} | ${mib(anonymous(runs))} |`;
}

/** The thread count with the smaller median time. */
function bestOf(
  theirs: Readonly<Record<number, Measured<ReferenceRun>[]>>,
): { seconds: number; peak: number; anonymous: number } | undefined {
  return threadCounts(theirs)
    .map((threads) => theirs[threads] ?? [])
    .map((runs) => ({ seconds: seconds(runs), peak: peak(runs), anonymous: anonymous(runs) }))
    .sort((a, b) => a.seconds - b.seconds)[0];
}

function threadCounts(runs: Readonly<Record<number, readonly unknown[]>>): number[] {
  return Object.keys(runs)
    .map(Number)
    .filter((threads) => (runs[threads]?.length ?? 0) > 0);
}

const seconds = (runs: readonly Measured<{ seconds: number }>[]): number =>
  median(runs.map(({ result }) => result.seconds));
const peak = (runs: readonly Measured<unknown>[]): number => median(runs.map((run) => run.peak));
const anonymous = (runs: readonly Measured<unknown>[]): number => median(runs.map((run) => run.anonymous));
const threadsText = (threads: number): string => `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
const jobsText = (jobs: number): string => `${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(0);
const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
