import { SkiagramError } from '../../base/error.ts';

/**
 * The error for a value that has the right type and cannot be meant.
 *
 * @param file name of the file
 * @param at place in it, e.g. `results.scores[0].metrics.accuracy`
 * @param what what was received, without a full stop
 */
export function malformed(file: string, at: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'results-malformed',
    message: `${file}: ${at}: ${what}.`,
    hint: 'The file may be cut short, edited, or written by another program or another version of it.',
  });
}
