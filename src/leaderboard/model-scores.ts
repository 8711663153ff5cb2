import { type Measured, ok, skipped } from '../base/measured.ts';
import { isMinor } from '../base/minor-settings.ts';
import type { DossierCheckpoint } from '../dossier/dossier.ts';
import type { Family, FamilyTask } from '../families/family.ts';
import { poolParts } from '../families/pool-parts.ts';
import type { RawRun, RawTask } from '../harness/raw-run.ts';
import { chanceHolds } from '../scores/chance-holds.ts';
import { clusteredMean } from '../scores/clustered-mean.ts';
import { taskFields } from '../scores/comparable.ts';
import { insideShare } from '../scores/log-odds.ts';
import { onScale } from '../scores/on-scale.ts';
import { type CorrectedScale, endOfScale, kappa } from '../scores/scale.ts';
import { taskScore } from '../scores/task-score.ts';
import { usableItems } from '../scores/usable-items.ts';
import type { ComparisonVerdict } from '../verdict/verdict.ts';

/** One checkpoint of one run, as its run folder tells it. */
export interface ModelInput {
  /** Name of the run folder, without the way to it. */
  readonly run: string;
  readonly checkpoint: DossierCheckpoint;
  /** Families as the run reads them. */
  readonly families: readonly Family[];
  /** Its results with their items. */
  readonly runs: readonly RawRun[];
  readonly verdict: ComparisonVerdict | undefined;
}

/** Items of one model on one task, in κ-points; `keys` tell the same question with the same prompt and target. */
export interface ModelItems {
  readonly keys: readonly string[];
  readonly clusters: readonly string[];
  readonly values: Float64Array;
  /** Largest step of one item, κ-points. */
  readonly unit: number;
}

/** One task of one model. */
export interface TaskResult {
  readonly task: FamilyTask;
  readonly family: Pick<Family, 'id' | 'title' | 'side'>;
  /** Everything that must agree before scores are set side by side, as name and text. */
  readonly meaning: ReadonlyMap<string, string>;
  /** κ-points over all of the model's own items. */
  readonly score: Measured;
  readonly items: ModelItems | undefined;
  /** Score, squared error and n of the total; undefined where there is no error. */
  readonly total:
    | { readonly value: number; readonly variance: number; readonly df: number; readonly n: number }
    | undefined;
}

/** What a leaderboard knows of one model. */
export interface ModelScores {
  readonly run: string;
  readonly checkpoint: Omit<DossierCheckpoint, 'scores' | 'matrixDiagnostics'>;
  readonly verdict: ComparisonVerdict | undefined;
  readonly tasks: ReadonlyMap<string, TaskResult>;
  /** Tasks of the run without a score that could be pooled, and why. */
  readonly unscored: readonly { readonly task: string; readonly reason: string }[];
  /** True where items were left out because enough was known. */
  readonly adaptive: boolean;
  /** True where scores are quoted and not the output of a harness. */
  readonly quoted: boolean;
  /** Suites whose scores name no weights. */
  readonly unattested: readonly string[];
  /** When the newest of its scores was measured, ISO 8601; null where none says. */
  readonly measured: string | null;
}

/**
 * Reads a checkpoint's results down to what a ranking needs; the items of other metrics are dropped here.
 *
 * @param once gives equal texts of several models as one, so that the items of fifty models do not name themselves fifty times
 */
export function modelScores(
  { run, checkpoint, families, runs, verdict }: ModelInput,
  once: (text: string) => string = (text) => text,
): ModelScores {
  const tasks = new Map<string, TaskResult>();
  const unscored: { task: string; reason: string }[] = [];
  const used = new Set<RawRun>();
  for (const family of families) {
    for (const task of family.tasks) {
      const found = find(runs, task);
      if (!found) continue;
      const result = readTask(found, task, family, once);
      if ('reason' in result) unscored.push({ task: task.id, reason: result.reason });
      else {
        tasks.set(task.id, result);
        used.add(found.run);
      }
    }
  }
  const { scores: _, matrixDiagnostics: __, ...facts } = checkpoint;
  return {
    run,
    checkpoint: facts,
    verdict,
    tasks,
    unscored,
    adaptive: [...used].some(({ adaptive }) => adaptive !== undefined),
    quoted: [...used].some(({ claimed }) => claimed === true),
    measured:
      [...used]
        .flatMap(({ date }) => date ?? [])
        .sort()
        .at(-1) ?? null,
    unattested: [...new Set([...used].filter(({ fingerprint }) => fingerprint === null).map(({ suite }) => suite))],
  };
}

interface Found {
  readonly run: RawRun;
  readonly task: RawTask;
}

/** The task under its own name, or put together from its parts as the run did. */
function find(runs: readonly RawRun[], { id, parts, metric, filter }: FamilyTask): Found | undefined {
  for (const run of runs) {
    const task = run.tasks.find((entry) => entry.task === id);
    if (task && !parts) return { run, task };
    if (!parts) continue;
    const held = parts.flatMap((part) => run.tasks.filter((entry) => entry.task === part));
    if (held.length !== parts.length) continue;
    return {
      run,
      task: poolParts(
        id,
        held.sort((one, two) => (one.task < two.task ? -1 : 1)),
        metric,
        filter,
      ),
    };
  }
  return undefined;
}

function readTask(
  { run, task: raw }: Found,
  task: FamilyTask,
  family: Family,
  once: (text: string) => string,
): TaskResult | { readonly reason: string } {
  if (task.chance === null) return { reason: `no chance level is known, so it is not pooled (${task.source})` };
  const scale: CorrectedScale = { ...task, chance: task.chance, protocol: task.protocol ?? null };
  const { score, kappa: corrected } = taskScore(raw, scale);
  if (score.status !== 'ok') return { reason: score.reason };
  if (corrected.status !== 'ok') return { reason: corrected.reason };
  const scaled = onScale(raw, scale);
  const unfit = 'off' in scaled ? scaled.off.reason : chanceHolds(scaled.task, scale);
  if (unfit !== undefined || 'off' in scaled) return { reason: unfit ?? '' };
  const items = itemsOf(scaled.task, scale, once);
  return {
    task,
    family: { id: family.id, title: family.title, side: family.side },
    meaning: meaningOf(run, raw, task, family),
    score: inPoints(corrected),
    items,
    total: totalOf(scaled.task, scale, items),
  };
}

function itemsOf(task: RawTask, scale: CorrectedScale, once: (text: string) => string): ModelItems | undefined {
  const usable = usableItems(task, scale);
  if ('unused' in usable || usable.items.length === 0) return undefined;
  const { items } = usable;
  return {
    keys: items.map(({ sample }) =>
      once(JSON.stringify([String(sample.docId), sample.docHash, sample.promptHash, sample.targetHash])),
    ),
    clusters: items.map(({ sample }) => once(sample.cluster ?? `item ${sample.docId}`)),
    values: Float64Array.from(items, ({ value }) => 100 * kappa(value, scale)),
    unit: (100 * endOfScale(scale.max)) / (scale.max - scale.chance),
  };
}

/** The total with the error of its items, of the harness, or of a binomial, in this order. */
function totalOf(task: RawTask, scale: CorrectedScale, items: ModelItems | undefined): TaskResult['total'] {
  const metric = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter);
  if (!metric || metric.value === null) return undefined;
  const value = 100 * kappa(metric.value, scale);
  const points = 100 / (scale.max - scale.chance);
  if (items) {
    const own = clusteredMean(
      items.clusters.map((cluster, index) => ({ cluster, value: items.values[index] ?? 0 })),
      items.unit,
    );
    return Number.isFinite(own.se) ? { value, variance: own.se ** 2, df: own.df, n: own.n } : undefined;
  }
  if (!task.n) return undefined;
  const df = Number.POSITIVE_INFINITY;
  if (metric.stderr !== null && metric.stderr > 0)
    return { value, variance: (points * metric.stderr) ** 2, df, n: task.n };
  const end = endOfScale(scale.max);
  const share = insideShare(metric.value / end, task.n);
  return { value, variance: ((points * end) ** 2 * share * (1 - share)) / task.n, df, n: task.n };
}

/** How many items were asked says nothing about what a score means; which were shared is settled item by item. */
const counts: ReadonlySet<string> = new Set(['number of items', 'number of items in the task']);

function meaningOf(run: RawRun, raw: RawTask, task: FamilyTask, family: Family): Map<string, string> {
  const settings = Object.entries(run.settings).filter(([name]) => !isMinor(name) && name !== 'limit');
  const entries: [string, unknown][] = [
    ['family', family.id],
    ['metric', task.metric],
    ['filter', task.filter],
    ['chance level', task.chance],
    ['maximum', task.max],
    ['parts', task.parts?.join(', ') ?? null],
    ['harness', run.harness],
    ['harness version', run.harnessVersion],
    ...Object.entries(taskFields)
      .filter(([name]) => !counts.has(name))
      .map(([name, value]): [string, unknown] => [name, value(raw)]),
    ...settings,
  ];
  return new Map(
    entries.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [name, String(value)]),
  );
}

function inPoints(measured: Measured): Measured {
  if (measured.status !== 'ok') return skipped(measured.code, measured.reason);
  const { value, interval, se, status: _, ...rest } = measured;
  return ok(100 * value, {
    ...rest,
    ...(se === undefined ? {} : { se: 100 * se }),
    ...(interval ? { interval: { ...interval, low: 100 * interval.low, high: 100 * interval.high } } : {}),
  });
}
