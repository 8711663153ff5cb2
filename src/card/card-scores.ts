import type { Dossier, DossierCheckpoint, ScoreRow } from '../dossier/dossier.ts';
import type { FamilyTask } from '../families/family.ts';
import type { RawMetric } from '../harness/raw-run.ts';
import type { ScoresDocument } from '../harness/scores-document.ts';
import { endOfScale } from '../scores/scale.ts';
import { knownDatasets } from './hub-datasets.ts';
import type { CardScale, CardScore, HubDatasets } from './model-card.ts';

type Run = ScoresDocument['runs'][number];
/** A row of the dossier's scores and where it comes from. */
interface Origin {
  readonly run: Run;
  readonly task: Run['tasks'][number];
}

/** The scores of a checkpoint with what the harness said about them; a row whose origin is not kept says less. */
export function cardScores(
  { scores }: DossierCheckpoint,
  { families }: Pick<Dossier, 'families'>,
  document: ScoresDocument | undefined,
  datasets: HubDatasets,
): CardScore[] {
  const places = { ...knownDatasets, ...datasets };
  const seen = new Map<string, number>();
  return scores.map((row) => {
    const family = families.find(({ id }) => id === row.family);
    const known = family?.tasks.find(({ id }) => id === row.task) ?? partOf(families, row.task);
    const nth = seen.get(row.task) ?? 0;
    seen.set(row.task, nth + 1);
    const origins = originsOf(document, row.task, known);
    const origin = known?.id === row.task && known.parts ? origins[0] : origins[nth];
    const raw = origin?.task.metrics.find(({ metric, filter }) => metric === row.metric && filter === row.filter);
    const pooled = origin !== undefined && origin.task.task !== row.task;
    return {
      suite: origin?.run.suite ?? null,
      harness: origin?.run.harness ?? null,
      harnessVersion: origin?.run.harnessVersion ?? null,
      claimed: origin?.run.claimed ?? false,
      date: origin?.run.date ?? null,
      task: row.task,
      family: family?.title ?? null,
      metric: row.metric,
      filter: row.filter,
      score: row.score,
      stderr: standardError(row, pooled ? undefined : raw, origin),
      scale: scaleOf(known, raw, row),
      lowerIsBetter: directionOf(known, raw),
      chance: row.chance,
      kappa: row.kappa,
      shots: common(origins, ({ nShot }) => nShot, origin),
      version: pooled ? null : (origin?.task.version ?? null),
      protocol: origin?.task.protocol ?? null,
      dataset: own(places, row.task) ?? (known?.id === row.task ? own(places, known.benchmark ?? '') : null) ?? null,
      warnings: row.warnings,
    };
  });
}

function partOf(families: Dossier['families'], task: string): FamilyTask | undefined {
  return families.flatMap(({ tasks }) => tasks).find(({ parts }) => parts?.includes(task));
}

/** Tasks of the scores document behind a row: the one of its name in each run, else the parts that were pooled into it. */
function originsOf(document: ScoresDocument | undefined, name: string, known: FamilyTask | undefined): Origin[] {
  const all = (document?.runs ?? []).flatMap((run) => run.tasks.map((task) => ({ run, task })));
  const named = all.filter(({ task }) => task.task === name);
  return named.length > 0 ? named : all.filter(({ task }) => known?.parts?.includes(task.task));
}

/** What all parts of a pooled task share, or what the one task behind a row says. */
function common<T>(origins: readonly Origin[], of: (task: Origin['task']) => T, origin: Origin | undefined): T | null {
  if (!origin) return null;
  const value = of(origin.task);
  const parts = origins.filter(({ task }) => task.task !== origin.task.task);
  return parts.every(({ task }) => of(task) === value) ? value : null;
}

/** The standard error that came with the interval, else the harness's own on the scale of the score. */
function standardError(row: ScoreRow, raw: RawMetric | undefined, origin: Origin | undefined): CardScore['stderr'] {
  if (row.score.status !== 'ok') return null;
  if (row.score.se !== undefined) return { value: row.score.se, method: row.score.interval?.method ?? 'clustered' };
  if (raw?.stderr === undefined || raw.stderr === null || raw.value === null) return null;
  if (raw.value === 0 && row.score.value !== 0) return null;
  const factor = raw.value === 0 ? 1 : row.score.value / raw.value;
  return { value: Math.abs(raw.stderr * factor), method: `as reported by ${origin?.run.harness ?? 'the harness'}` };
}

/** Where the scale of a score ends, as the dossier put it there; unknown where neither file nor source says it. */
function scaleOf(known: FamilyTask | undefined, raw: RawMetric | undefined, { chance }: ScoreRow): CardScale {
  const stated = raw?.unit === 'proportion' || raw?.unit === 'percent';
  if (known?.unbounded) return { unit: 'unknown', max: null };
  if (!known) return stated ? { unit: 'proportion', max: 1 } : { unit: 'unknown', max: null };
  if (chance === null && !stated && raw?.unit === 'unknown') return { unit: 'unknown', max: null };
  const end = endOfScale(known.max);
  return { unit: end === 1 ? 'proportion' : end === 100 ? 'percent' : 'points', max: end };
}

function directionOf(known: FamilyTask | undefined, raw: RawMetric | undefined): boolean | null {
  if (known?.direction !== undefined) return known.direction === 'lower is better' ? true : null;
  if (known) return false;
  return typeof raw?.higherIsBetter === 'boolean' ? !raw.higherIsBetter : null;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
