import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SkiagramError } from '../../base/error.ts';
import { pathText, problemsOf } from '../../base/validate.ts';
import { basisOf, HistoryLine, historyLine, withLine } from '../../leaderboard/history.ts';
import type { Leaderboard } from '../../leaderboard/leaderboard.ts';
import { diskError, writeWhole } from '../../store/write.ts';

/**
 * The builds of a history file (JSON lines; none where it is missing) with this one last, unless the last line says the same
 * already. Writes nothing.
 *
 * @throws SkiagramError `history-invalid` with the line
 */
export async function historyWith(path: string, board: Leaderboard): Promise<readonly HistoryLine[]> {
  const basis = createHash('sha256').update(basisOf(board)).digest('hex');
  return withLine(await readHistory(path), historyLine(board, basis));
}

/** Writes all builds, whole or not at all. Throws `output-unwritable` or `disk-full`. */
export async function writeHistory(path: string, lines: readonly HistoryLine[]): Promise<void> {
  await writeWhole(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

async function readHistory(path: string): Promise<HistoryLine[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw diskError(path, cause);
  });
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parsed(line, path, index + 1)]));
}

function parsed(line: string, path: string, number: number): HistoryLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw invalid(path, number, (cause as Error).message);
  }
  const problem = problemsOf(HistoryLine, value)[0];
  if (problem) throw invalid(path, number, `${pathText(problem.path)}: ${problem.message}`);
  return value as HistoryLine;
}

function invalid(path: string, line: number, what: string): SkiagramError {
  return new SkiagramError({
    code: 'history-invalid',
    message: `${path}, line ${line} is no build of a leaderboard: ${what}`,
    hint: 'Name another file with --history, or take the line out; nothing was written.',
    exitCode: 2,
  });
}
