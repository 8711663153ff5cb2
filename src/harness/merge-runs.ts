import { SkiagramError } from '../base/error.ts';
import type { LeftOut, RawRun, RawTask } from './raw-run.ts';

/** Which runs are one: the same model under the same settings, read in the same way. */
function identity(run: RawRun): string {
  const settings = Object.entries(run.settings).sort(([one], [two]) => (one < two ? -1 : 1));
  return JSON.stringify([run.model ?? null, run.harness, run.harnessVersion, run.claimed ?? false, settings]);
}

/**
 * Joins runs that hold parts of one evaluation (many harnesses write a file per task) into one per model and settings.
 * A task that several of them hold is taken from the newest and the older ones are listed in `leftOut`; runs of a model
 * without a name may be runs of different models, so there a repeated task is refused.
 *
 * Order follows the tasks' names, so the result does not depend on how files are called.
 *
 * @throws SkiagramError `task-twice` where two runs of one task have no dates or no model's name to choose by
 */
export function mergeRuns(runs: readonly RawRun[]): RawRun[] {
  const groups = new Map<string, RawRun[]>();
  for (const run of runs) groups.set(identity(run), [...(groups.get(identity(run)) ?? []), run]);
  return [...groups.values()].map(mergeGroup);
}

function mergeGroup(runs: readonly RawRun[]): RawRun {
  const [newest, ...older] = [...runs].sort((one, two) => inOrder(two.date ?? '', one.date ?? ''));
  if (newest === undefined) throw new Error('unreachable: a group holds at least one run');
  const chosen = new Map<string, { task: RawTask; run: RawRun }>();
  const leftOut: LeftOut[] = [];
  for (const run of [newest, ...older]) {
    const replaced: string[] = [];
    for (const task of run.tasks) {
      const earlier = chosen.get(task.task);
      if (earlier === undefined) chosen.set(task.task, { task, run });
      else if (earlier.run.date === run.date || (run.model ?? null) === null)
        throw taskTwice(task.task, earlier.run, run);
      else replaced.push(task.task);
    }
    if (replaced.length > 0)
      leftOut.push({
        what: `${replaced.length === 1 ? replaced[0] : `${replaced.length} tasks`} of ${fileNames(run)}`,
        reason: `an older run of the same (${run.date ?? 'no date'}); the newer one was taken`,
      });
  }
  const files = new Map(runs.flatMap((run) => run.files).map((file) => [`${file.name} ${file.sha256}`, file]));
  return {
    ...newest,
    files: [...files.values()].sort((one, two) => inOrder(one.name, two.name)),
    tasks: [...chosen.values()].map(({ task }) => task).sort((one, two) => inOrder(one.task, two.task)),
    leftOut: [...runs.flatMap((run) => run.leftOut ?? []), ...leftOut].sort((one, two) =>
      inOrder(`${one.what} ${one.reason}`, `${two.what} ${two.reason}`),
    ),
  };
}

/** Texts by their characters; equal ones stay as they came. */
function inOrder(one: string, two: string): number {
  return one === two ? 0 : one < two ? -1 : 1;
}

function taskTwice(task: string, one: RawRun, two: RawRun): SkiagramError {
  const which =
    (one.model ?? null) === null
      ? 'the files do not name the model, so these may be two models'
      : 'nothing says which is newer';
  return new SkiagramError({
    code: 'task-twice',
    message: `Task "${task}" of ${one.model ?? 'a model without a name'} comes twice, in ${fileNames(one)} and ${fileNames(two)}; ${which}.`,
    hint: 'Name the files of one checkpoint only.',
  });
}

function fileNames({ files }: RawRun): string {
  const [first, ...more] = files.map((file) => file.name);
  return more.length === 0 ? String(first) : `${first} (and ${more.length} more files)`;
}
