import { randomStream } from '../base/random.ts';
import { boardModel } from './board-model.ts';
import { type CommonGround, type CountedTask, commonGround } from './common-ground.ts';
import type { BoardFamily, BoardModel, Leaderboard, Ranking } from './leaderboard.ts';
import type { ModelScores } from './model-scores.ts';
import { type NamedModel, nameModels } from './name-models.ts';
import { combine, only } from './ranking/combine.ts';
import type { Estimates } from './ranking/estimates.ts';
import { rankDraws, rankLevel, rankModels } from './ranking/rank-models.ts';
import { firstUnderWeightings } from './ranking/weightings.ts';
import { mostModels, nothingCommon, tooFew, tooMany } from './refusals.ts';
import { toRanking } from './to-ranking.ts';

/** Weightings of the families under which first places are counted (METHOD § 7.2). */
export const weightingDraws = 1000;

/** What a leaderboard is built from. */
export interface BoardInput {
  readonly title: string;
  readonly tool: Leaderboard['tool'];
  readonly runs: Leaderboard['runs'];
  readonly models: readonly ModelScores[];
  readonly seed: number;
}

/**
 * Models of several runs -> ranks with simultaneous intervals, per family and on the unweighted mean of the families, on the
 * tasks and items that they have in common (METHOD § 7.2). Unattested, quoted and adaptive scores are listed and never tested.
 *
 * @throws SkiagramError `leaderboard-too-few`, `leaderboard-too-many`, `leaderboard-nothing-common`, `leaderboard-name-twice`
 */
export function buildLeaderboard({ title, tool, runs, models, seed }: BoardInput): Leaderboard {
  // 1. Names; models that may be tested.
  const named = nameModels(models);
  if (named.length > mostModels) throw tooMany(named.length);
  const barred = new Map(named.map((model) => [model.name, whyNotTested(model.scores)]));
  const testable = named.filter(({ name }) => barred.get(name)?.length === 0);
  if (testable.length < 2) throw tooFew(named, barred);

  // 2. Tasks, settings and items that count.
  const ground = commonGround(testable.map(({ scores }) => scores));
  if (ground.tasks.length === 0) throw nothingCommon(ground, testable);

  // 3. One ranking a family, and one over all.
  const groups = [...Map.groupBy(ground.tasks, ({ family }) => family.id).values()];
  const names = testable.map(({ name }) => name);
  const families = distinctTitles(groups.map((tasks, index) => rankFamily(tasks, names, seed + 1 + index)));
  const overall = rankAll(groups, names, seed);

  const places = new Map(overall.ranking?.places.map((place) => [place.model, place]));
  const inFamilies = new Set(families.flatMap(({ ranking }) => ranking?.places.map(({ model }) => model) ?? []));
  return {
    schemaVersion: '1.0',
    title,
    tool,
    created: [...runs.flatMap(({ date }) => date ?? [])].sort().at(-1) ?? new Date(0).toISOString(),
    seed,
    level: rankLevel,
    draws: rankDraws,
    weightings: weightingDraws,
    runs: [...runs],
    models: named.map((model) => {
      const reasons = [...(barred.get(model.name) ?? [])];
      const status = places.has(model.name) ? 'ranked' : inFamilies.has(model.name) ? 'families' : 'listed';
      if (reasons.length === 0 && status !== 'ranked') reasons.push(...lacking(ground, names.indexOf(model.name)));
      return boardModel(model, status, reasons, ground, names.indexOf(model.name));
    }),
    overall: overall.ranking,
    overallReason: overall.reason,
    families,
    tasks: ground.tasks.map(({ task, family, items, largest, clusters, estimates, meaning }) => ({
      task: task.id,
      family: family.id,
      metric: task.metric,
      filter: task.filter,
      chance: task.chance ?? 0,
      max: task.max,
      items,
      largest,
      clusters,
      shared: estimates.shared,
      settings: Object.fromEntries(meaning),
    })),
    notCompared: ground.notCompared.map((entry) => ({
      ...entry,
      models: entry.models.map((place) => names[place] ?? ''),
    })),
    limits: limits(ground, named, barred),
  };
}

type Reason = BoardModel['reasons'][number];

function whyNotTested({ adaptive, quoted, unattested, tasks, checkpoint }: ModelScores): Reason[] {
  const reasons: Reason[] = [];
  if (tasks.size === 0) reasons.push({ code: 'no-scores', text: 'It has no score that could be pooled.' });
  if (adaptive)
    reasons.push({
      code: 'adaptive',
      text: 'It was evaluated adaptively: items were left out once enough was known, so its scores stand beside no full run’s.',
    });
  if (quoted) reasons.push({ code: 'quoted', text: 'Its scores are quoted, not the output of a harness.' });
  if (unattested.length > 0 || (tasks.size > 0 && checkpoint.attestation !== 'attested'))
    reasons.push({ code: 'unattested', text: 'Its scores do not say which weights were scored.' });
  return reasons;
}

function lacking(ground: CommonGround, place: number): Reason[] {
  const missing = ground.notCompared.filter((entry) => entry.counts && entry.models.includes(place));
  const shown = missing.slice(0, 3).map(({ task, reason }) => `${task} (${reason})`);
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : '';
  return [
    {
      code: 'tasks-missing',
      text: `It lacks ${missing.length} of ${ground.tasks.length} tasks that count: ${shown.join(', ')}${more}. Nothing is filled in.`,
    },
  ];
}

function rankFamily(tasks: readonly CountedTask[], names: readonly string[], seed: number): BoardFamily {
  const family = tasks[0]?.family ?? { id: '', title: '', side: 'other' as const };
  const estimates = meanOf(tasks, complete(tasks, names.length));
  return {
    family: family.id,
    title: family.title,
    side: family.side,
    tasks: tasks.map(({ task }) => task.id),
    ranking: estimates
      ? toRanking(
          rankModels(estimates.estimates, seed),
          estimates.models.map((place) => names[place] ?? ''),
        )
      : null,
    reason: estimates ? null : 'Fewer than two models hold every task of the family.',
  };
}

/** Two families of one title are told apart by their id. */
function distinctTitles(families: readonly BoardFamily[]): BoardFamily[] {
  return families.map((family) =>
    families.some((other) => other !== family && other.title === family.title)
      ? { ...family, title: `${family.title} (${family.family})` }
      : family,
  );
}

function rankAll(
  groups: readonly (readonly CountedTask[])[],
  names: readonly string[],
  seed: number,
): { ranking: Ranking | null; reason: string | null } {
  const models = complete(groups.flat(), names.length);
  const families = groups.flatMap((tasks) => meanOf(tasks, models)?.estimates ?? []);
  if (models.length < 2 || families.length === 0)
    return {
      ranking: null,
      reason: 'Fewer than two models hold every task that counts, so there is no overall ranking.',
    };
  const estimates = combine(families.map((family) => ({ weight: 1 / families.length, estimates: family })));
  const shares =
    families.length < 2
      ? undefined
      : firstUnderWeightings(
          families.map(({ values }) => values),
          weightingDraws,
          randomStream(Math.imul(seed + 7919, 0x9e3779b1)),
        );
  return {
    ranking: toRanking(
      rankModels(estimates, seed),
      models.map((place) => names[place] ?? ''),
      shares,
    ),
    reason: null,
  };
}

/** Models that hold every one of these tasks. */
function complete(tasks: readonly CountedTask[], models: number): number[] {
  return Array.from({ length: models }, (_, place) => place).filter((place) =>
    tasks.every((task) => task.models.includes(place)),
  );
}

function meanOf(
  tasks: readonly CountedTask[],
  models: readonly number[],
): { estimates: Estimates; models: readonly number[] } | undefined {
  if (models.length < 2) return undefined;
  const parts = tasks.map(({ estimates, models: held }) => ({
    weight: 1 / tasks.length,
    estimates: only(
      estimates,
      models.map((place) => held.indexOf(place)),
    ),
  }));
  return { estimates: combine(parts), models };
}

function limits(
  ground: CommonGround,
  named: readonly NamedModel[],
  barred: ReadonlyMap<string, readonly Reason[]>,
): string[] {
  const cut = ground.tasks.filter(({ items, largest }) => items < largest).length;
  const unpaired = ground.tasks.filter(({ estimates }) => !estimates.shared).length;
  const untested = named.filter(({ name }) => (barred.get(name)?.length ?? 0) > 0).length;
  return [
    'Ranks are about these benchmarks and these items; scatter between benchmarks of one kind is not in their intervals.',
    'Weights are one draw: how another training seed would score is not in any interval.',
    'Verdicts and restructuring come from each model’s own run and its own base. They are correlational and take no part in the ranks.',
    ...(cut > 0
      ? [
          `${cut} of ${ground.tasks.length} tasks count on fewer items than some model answered, because only common items count.`,
        ]
      : []),
    ...(unpaired > 0
      ? [
          `${unpaired} of ${ground.tasks.length} tasks have no items for some model: differences on them are unpaired, and rankings that hold one use Holm’s correction.`,
        ]
      : []),
    ...(untested > 0 ? [`${untested} of ${named.length} models are listed and not tested.`] : []),
  ];
}
