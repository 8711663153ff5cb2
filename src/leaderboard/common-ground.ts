import type { FamilyTask } from '../families/family.ts';
import type { ModelItems, ModelScores, TaskResult } from './model-scores.ts';
import type { Estimates } from './ranking/estimates.ts';
import { separateMoments, taskMoments } from './ranking/task-moments.ts';

/** A task on which models are set side by side. */
export interface CountedTask {
  readonly task: FamilyTask;
  readonly family: TaskResult['family'];
  readonly meaning: TaskResult['meaning'];
  /** Places of the models that count, in the order of `estimates`. */
  readonly models: readonly number[];
  readonly estimates: Estimates;
  /** Items that all of them answered, and the most that any of them did. */
  readonly items: number;
  readonly largest: number;
  readonly clusters: number | null;
}

/** Why a task does not count for some models, or for any. */
export interface NotCompared {
  readonly task: string;
  /** Places of the models; all that hold it where the task counts for none. */
  readonly models: readonly number[];
  readonly counts: boolean;
  readonly reason: string;
}

/** Tasks that count, and what each model lacks of them. */
export interface CommonGround {
  readonly tasks: readonly CountedTask[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * Settles which tasks, settings and items count before any score is looked at: a task counts where more than half of the
 * models hold it with the same settings, and of it the items that all of these models answered with the same document,
 * prompt and target. A model with other settings, or with fewer than half of the items that the others share, does not hold
 * the task; nothing is filled in for it.
 */
export function commonGround(models: readonly ModelScores[]): CommonGround {
  const names = [...new Set(models.flatMap(({ tasks }) => [...tasks.keys()]))];
  const outcomes = names.map((name) => settle(name, models));
  const tasks = outcomes.flatMap(({ counted }) => counted ?? []);
  const absent = tasks.flatMap(({ task }, index): NotCompared[] => {
    const named = new Set(
      outcomes.find((entry) => entry.counted === tasks[index])?.left.flatMap((entry) => entry.models),
    );
    return models.flatMap((model, place) =>
      model.tasks.has(task.id) || named.has(place)
        ? []
        : [{ task: task.id, models: [place], counts: true, reason: whyAbsent(model, task.id) }],
    );
  });
  return { tasks, notCompared: [...outcomes.flatMap(({ left }) => left), ...absent] };
}

interface Outcome {
  readonly counted?: CountedTask;
  readonly left: readonly NotCompared[];
}

function settle(name: string, models: readonly ModelScores[]): Outcome {
  const holders = models.flatMap((model, place) => {
    const result = model.tasks.get(name);
    return result ? [{ place, result }] : [];
  });
  const group = largestGroup(holders);
  const apart = holders.filter((holder) => !group.includes(holder));
  const [first] = group;
  if (!first) return { left: [] };
  const left = apart.map(
    ({ place, result }): NotCompared => ({
      task: name,
      models: [place],
      counts: true,
      reason: differing(result.meaning, first.result.meaning),
    }),
  );
  if (group.length * 2 <= models.length)
    return none(name, holders, [
      `${group.length} of ${models.length} models hold it${apart.length > 0 ? ' with the same settings' : ''}, and more than half must`,
      ...new Set(left.map(({ reason }) => reason)),
    ]);
  const itemised = group.every(({ result }) => result.items !== undefined);
  const outcome = itemised ? onItems(name, group, models.length) : onTotals(name, group, models.length);
  return outcome.counted ? { ...outcome, left: [...left, ...outcome.left] } : outcome;
}

interface Holder {
  readonly place: number;
  readonly result: TaskResult;
}

/** Holders with the same settings, as many as there are; on a tie those whose first member was named first. */
function largestGroup(holders: readonly Holder[]): readonly Holder[] {
  const groups = Map.groupBy(holders, ({ result }) => JSON.stringify([...result.meaning].sort()));
  return [...groups.values()].reduce<readonly Holder[]>(
    (most, group) => (group.length > most.length ? group : most),
    [],
  );
}

function onItems(name: string, group: readonly Holder[], models: number): Outcome {
  const counts = new Map<string, number>();
  for (const { result } of group)
    for (const key of result.items?.keys ?? []) counts.set(key, (counts.get(key) ?? 0) + 1);
  const usual = new Set([...counts].filter(([, count]) => count * 2 > group.length).map(([key]) => key));
  const answered = group.map((holder) => ({
    holder,
    own: (holder.result.items?.keys ?? []).filter((key) => usual.has(key)).length,
  }));
  const full = answered.filter(({ own }) => own * 2 >= usual.size).map(({ holder }) => holder);
  const left = answered
    .filter(({ holder }) => !full.includes(holder))
    .map(
      ({ holder, own }): NotCompared => ({
        task: name,
        models: [holder.place],
        counts: true,
        reason: `it answered ${own} of the ${usual.size} items that the others share (same document, prompt and target)`,
      }),
    );
  const keys = [...usual].filter((key) => (counts.get(key) ?? 0) >= full.length);
  const places = full.map(({ result }) => new Map(result.items?.keys.map((key, index) => [key, index])));
  const common = keys.filter((key) => places.every((own) => own.has(key)));
  if (common.length < 2 || full.length < 2 || full.length * 2 <= models)
    return none(name, group, [`the models have ${common.length} items in common (same document, prompt and target)`]);
  const [first] = full;
  const lead = first?.result.items as ModelItems;
  const estimates = taskMoments({
    values: full.map(({ result }, index) =>
      Float64Array.from(common, (key) => result.items?.values[places[index]?.get(key) ?? 0] ?? 0),
    ),
    clusters: common.map((key) => lead.clusters[places[0]?.get(key) ?? 0] ?? key),
    unit: lead.unit,
  });
  if (!estimates) return none(name, group, ['all items belong to one cluster, so no difference has a standard error']);
  return {
    counted: {
      ...described(first as Holder),
      models: full.map(({ place }) => place),
      estimates,
      items: common.length,
      largest: Math.max(...group.map(({ result }) => result.items?.keys.length ?? 0)),
      clusters: new Set(common.map((key) => lead.clusters[places[0]?.get(key) ?? 0])).size,
    },
    left,
  };
}

/** Without the items of every model only totals can be set side by side, over the same number of items. */
function onTotals(name: string, group: readonly Holder[], models: number): Outcome {
  const known = group.filter(({ result }) => result.total !== undefined);
  const sizes = Map.groupBy(known, ({ result }) => result.total?.n ?? 0);
  const usual = [...sizes.values()].reduce<readonly Holder[]>(
    (most, same) => (same.length > most.length ? same : most),
    [],
  );
  const n = usual[0]?.result.total?.n ?? 0;
  if (usual.length < 2 || usual.length * 2 <= models)
    return none(name, group, ['without items, the number of items must be known and the same, and it is not']);
  const left = group
    .filter((holder) => !usual.includes(holder))
    .map(
      ({ place, result }): NotCompared => ({
        task: name,
        models: [place],
        counts: true,
        reason: result.total
          ? `its total is over ${result.total.n} items, that of the others over ${n}`
          : 'its number of items is not known, so its score has no standard error',
      }),
    );
  return {
    counted: {
      ...described(usual[0] as Holder),
      models: usual.map(({ place }) => place),
      estimates: separateMoments(usual.flatMap(({ result }) => result.total ?? [])),
      items: n,
      largest: n,
      clusters: null,
    },
    left,
  };
}

function described({ result }: Holder): Pick<CountedTask, 'task' | 'family' | 'meaning'> {
  return { task: result.task, family: result.family, meaning: result.meaning };
}

function none(task: string, holders: readonly Holder[], reasons: readonly string[]): Outcome {
  return {
    left: [{ task, models: holders.map(({ place }) => place), counts: false, reason: reasons.slice(0, 4).join('; ') }],
  };
}

function differing(own: TaskResult['meaning'], others: TaskResult['meaning']): string {
  return [...new Set([...own.keys(), ...others.keys()])]
    .filter((name) => own.get(name) !== others.get(name))
    .map((name) => `${name}: ${own.get(name) ?? 'none'}, and ${others.get(name) ?? 'none'} for the others`)
    .join('; ');
}

function whyAbsent({ unscored }: ModelScores, task: string): string {
  return unscored.find((entry) => entry.task === task)?.reason ?? 'not in its results';
}
