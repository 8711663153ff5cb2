import type { Constants } from '../base/constants.ts';
import { SkiagramError, toErrorInfo } from '../base/error.ts';
import { adaptiveScores } from '../families/sequential/adaptive-scores.ts';
import { familyAnswers } from '../families/sequential/answers.ts';
import { assess } from '../families/sequential/assess.ts';
import type { FamilyAnswers } from '../families/sequential/family-evidence.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { AdaptiveRun, RawRun, RawTask } from '../harness/raw-run.ts';
import { incomparable } from '../scores/comparable.ts';
import { familyOrder, type TaskSize } from '../scores/sequential/item-order.ts';
import type { Comparison } from './dossier.ts';

/**
 * Scores of two checkpoints of which at least one was evaluated adaptively -> confidence sequences over the rounds that
 * both answered, and nothing that needs all items. The order of items follows from the mark's seed and sizes. One refused
 * task refuses its family: a round without it would be another mean.
 */
export function compareAdaptively(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  taxonomy: Taxonomy,
  constants: Constants,
): Comparison['scores'] {
  const marks = [...subject, ...base].flatMap((run) => run.adaptive ?? []);
  const [mark] = marks;
  if (mark === undefined) throw new Error('unreachable: one of the runs is adaptive');
  const answers: FamilyAnswers[] = [];
  const refused: { task: string; reason: string }[] = [];
  for (const family of taxonomy.families) {
    const sizes = sizesOf(marks, family.id);
    if (sizes.size === 0) continue;
    const reason = [...sizes.values()].map((task) => refusal(base, subject, task)).find((entry) => entry !== undefined);
    const order = familyOrder(mark.seed, family.id, [...sizes.values()]);
    const rounds = Math.min(roundsOf(base, family.id, order.rounds), roundsOf(subject, family.id, order.rounds));
    const stopped =
      rounds >= order.rounds
        ? 'all-items'
        : (marks.flatMap((entry) => entry.families).find((entry) => entry.family === family.id)?.stopped ?? 'decided');
    const tasks = { base: base.flatMap((run) => run.tasks), subject: subject.flatMap((run) => run.tasks) };
    const read = reason === undefined ? familyAnswers(family, order, rounds, tasks, stopped) : { refused: reason };
    if ('refused' in read) refused.push(...[...sizes.keys()].map((task) => ({ task, reason: read.refused })));
    else answers.push(read);
  }
  if (answers.length === 0) return { status: 'failed', error: nothingCompared(refused) };
  const evidence = assess(answers, taxonomy.axis, {
    alpha: mark.alpha,
    margin: mark.margin,
    contrastMargin: constants.contrast_margin,
    decide: mark.decide,
    seed: mark.seed,
    blocks: mark.blocks,
  });
  return { status: 'ok', ...adaptiveScores(answers, evidence, taxonomy, constants), adaptive: evidence, refused };
}

/** Items of each task of a family, over the suites that hold some of it. */
function sizesOf(marks: readonly AdaptiveRun[], family: string): Map<string, TaskSize> {
  return new Map(
    marks
      .flatMap((mark) => mark.families)
      .filter((entry) => entry.family === family)
      .flatMap((entry) =>
        entry.tasks.map(({ task, available, parts }): [string, TaskSize] => [
          task,
          {
            task,
            size: available,
            ...(parts === undefined ? {} : { parts: parts.map((part) => ({ part: part.part, size: part.available })) }),
          },
        ]),
      ),
  );
}

/** Rounds that one side answered: all of them where it was evaluated in full. */
function roundsOf(runs: readonly RawRun[], family: string, all: number): number {
  const marked = runs.filter((run) => run.adaptive);
  if (marked.length === 0) return all;
  const rows = marked.flatMap((run) => run.adaptive?.families ?? []).filter((entry) => entry.family === family);
  return Math.min(all, ...rows.map(({ rounds }) => rounds));
}

/** Why a task must not be compared; of a pooled one, why one of its parts must not. */
function refusal(base: readonly RawRun[], subject: readonly RawRun[], { task, parts }: TaskSize): string | undefined {
  for (const name of parts?.map(({ part }) => part) ?? [task]) {
    const [before, after] = [find(base, name), find(subject, name)];
    const reason = before && after ? incomparable(before, after) : alone(base, subject, { before, after }, name, parts);
    if (reason !== undefined) return parts === undefined ? reason : `${name}: ${reason}`;
  }
  return undefined;
}

type Found = ReturnType<typeof find>;

/** A part without answers is no gap where both sides follow one order and only one of them has come so far. */
function alone(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  { before, after }: { before: Found; after: Found },
  name: string,
  parts: TaskSize['parts'],
): string | undefined {
  const marked = [base, subject].map((runs) => runs.find((run) => run.adaptive)?.adaptive);
  if (parts !== undefined && marked.every((mark) => mark !== undefined)) {
    const [one, two] = marked;
    return one?.seed === two?.seed
      ? undefined
      : `order of items differs: seed ${one?.seed} for the base, seed ${two?.seed} for the subject`;
  }
  return before || after || parts === undefined
    ? `${name} is not in the results of the ${before ? 'subject' : 'base'}`
    : undefined;
}

function find(runs: readonly RawRun[], id: string): { run: RawRun; task: RawTask } | undefined {
  return runs.flatMap((run) => run.tasks.map((task) => ({ run, task }))).find(({ task }) => task.task === id);
}

function nothingCompared(refused: readonly { task: string; reason: string }[]): ReturnType<typeof toErrorInfo> {
  return toErrorInfo(
    new SkiagramError({
      code: 'no-common-task',
      message: `No family could be compared with the base${refused[0] ? `; the first task, ${refused[0].task}: ${refused[0].reason}` : ''}.`,
      hint: 'Evaluate both checkpoints adaptively in one run, or both in full.',
    }),
  );
}
