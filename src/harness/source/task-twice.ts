import { SkiagramError } from '../../base/error.ts';

/** The error for a task of which one file holds two results, so that choosing one would be a guess. */
export function taskTwice(file: string, at: string, task: string): SkiagramError {
  return new SkiagramError({
    code: 'task-twice',
    message: `${file}: ${at}: the task "${task.slice(0, 200)}" comes a second time in this file.`,
    hint: 'Keep one of the two, or put them into files of their own and import one.',
  });
}
