import { recordedNote } from '../diagnostics/recorded-diagnosis.ts';
import { cautions } from '../scores/comparable.ts';
import type { Comparison } from './dossier.ts';
import type { CheckpointInput, JoinInput } from './join.ts';

/**
 * What a report must say of its own limits: what no interval covers, what was left out or not looked up, and what failed.
 * Sentences; those that hold always come first.
 */
export function limitsOf(input: JoinInput, comparisons: readonly Comparison[]): string[] {
  const tasks = input.taxonomy.families.flatMap((family) => family.tasks);
  const leftOut = input.taxonomy.leftOut ?? [];
  const known = new Set([
    ...tasks.flatMap((task) => [task.id, ...(task.parts ?? [])]),
    ...leftOut.map((entry) => entry.task),
  ]);
  const recalled = tasks.filter((task) => task.confidence === 'recalled' && task.chance !== null);
  const unknown = [
    ...new Set(
      input.checkpoints.flatMap((checkpoint) => checkpoint.runs.flatMap((run) => run.tasks.map((task) => task.task))),
    ),
  ].filter((task) => !known.has(task));
  const refused = comparisons.flatMap((comparison) =>
    comparison.scores.status === 'ok'
      ? comparison.scores.refused.map(
          (entry) =>
            `${comparison.checkpoint}: task ${entry.task} was not compared: ${entry.reason.replace(/\.$/, '')}.`,
        )
      : [],
  );
  return [
    'One training run per condition: no interval here covers training randomness.',
    'Intervals over depth say how far an index depends on which layers are looked at; layers are not independent.',
    'Shares of α within [2, 6] depend on matrix shape without any learning; compare them between equal shapes only.',
    'Matrices that no longer correlate with the base are looked for in other coordinates (layer order, folded gains, heads, neurons), one change at a time; a combination of several may still be called deep.',
    ...(unknown.length > 0 ? [`Tasks in no family, shown but not pooled: ${unknown.join(', ')}.`] : []),
    ...(recalled.length > 0
      ? [
          `Chance levels recalled and not looked up: ${recalled.map((task) => `${task.id} (${round(task.chance ?? 0)})`).join(', ')}.`,
        ]
      : []),
    ...byReason(leftOut).map(({ names, reason }) => `Not counted: ${names.join(', ')}: ${reason}.`),
    ...comparisons.flatMap(({ checkpoint, scores }) =>
      scores.status === 'ok' && scores.adaptive
        ? [
            `${checkpoint}: evaluated adaptively, ${scores.adaptive.items} of ${scores.adaptive.available} items in an order fixed by seed ${scores.adaptive.seed}; its scores do not belong beside those of full runs.`,
          ]
        : [],
    ),
    ...refused,
    ...absentWeights(input.checkpoints),
    ...recordedIn(input.checkpoints),
    ...input.checkpoints.flatMap((subject) => cautionsOf(subject, input)),
    ...input.checkpoints.flatMap((checkpoint) =>
      checkpoint.errors
        .filter(({ error }) => error.code !== 'no-weights')
        .map(({ stage, error }) => `${checkpoint.id}: ${stage} failed: ${error.message}`),
    ),
  ];
}

/** Checkpoints of which the config gives no weights, in one line. */
function absentWeights(checkpoints: readonly CheckpointInput[]): string[] {
  const ids = checkpoints.filter(({ errors }) => errors.some(({ error }) => error.code === 'no-weights'));
  return ids.length === 0
    ? []
    : [`No weights were measured of ${ids.map(({ id }) => id).join(', ')}: the config gives none.`];
}

/** How many numbers about weights somebody else measured, by checkpoint. */
function recordedIn(checkpoints: readonly CheckpointInput[]): string[] {
  const counts = checkpoints.flatMap(({ id, diagnosis, pair }) => {
    const values = [diagnosis, pair].flatMap((found) =>
      found
        ? [...Object.values(found.model), ...found.matrices.flatMap((matrix) => Object.values(matrix.diagnostics))]
        : [],
    );
    const own = values.filter((value) => value.status === 'ok' && value.note?.startsWith(recordedNote));
    return own.length === 0 ? [] : [`${id} (${own.length})`];
  });
  return counts.length === 0
    ? []
    : [`Numbers about weights that are recorded from elsewhere and not measured here: ${counts.join(', ')}.`];
}

/** What may have moved a comparison's scores by rounding, once for each suite that both sides have. */
function cautionsOf(subject: CheckpointInput, input: JoinInput): string[] {
  const base = input.checkpoints.find((checkpoint) => checkpoint.id === subject.base);
  return subject.runs.flatMap((after) => {
    const names = new Set(after.tasks.map(({ task }) => task));
    const before = base?.runs.find((run) => run.suite === after.suite && run.tasks.some(({ task }) => names.has(task)));
    const found = before === undefined ? [] : cautions(before, after);
    return found.map((text) => `${subject.id}: in suite ${after.suite} ${text}; scores may differ by rounding.`);
  });
}

/** Tasks that are left out for one and the same reason, in one line. */
function byReason(
  leftOut: readonly { readonly task: string; readonly reason: string }[],
): { names: string[]; reason: string }[] {
  const names = new Map<string, string[]>();
  for (const { task, reason } of leftOut) names.set(reason, [...(names.get(reason) ?? []), task]);
  return [...names].map(([reason, tasks]) => ({ reason, names: tasks }));
}

function round(chance: number): string {
  return String(Number(chance.toPrecision(3)));
}
