import { malformed } from '../source/malformed.ts';

/** What a key of `results` says. */
export interface TaskKey {
  readonly key: string;
  /** Who wrote the prompt, in files before 0.12: `leaderboard`, `harness`, `lighteval`, … */
  readonly suite: string | null;
  readonly task: string;
  readonly shots: number;
}

/**
 * Takes a key of `results` apart: `task|shots`, or `suite|task|shots` with a fourth part that says whether few-shot
 * examples may be dropped. Rows that only average others are `average`.
 *
 * @throws SkiagramError `results-malformed`
 * @example `leaderboard|arc:challenge|25|0` is the task `arc:challenge` of the suite `leaderboard` with 25 examples.
 */
export function taskKey(key: string, file: string): TaskKey | 'average' {
  const parts = key.split('|');
  if (key === 'all' || parts.some((part) => part === '_average' || part.endsWith(':_average'))) return 'average';
  const [suite, task, shots] = parts.length === 2 ? [null, parts[0], parts[1]] : parts;
  const known =
    parts.length >= 2 && parts.length <= 4 && (parts.length < 4 || /^(?:[01]|true|false)$/i.test(parts[3] ?? ''));
  if (!known || !task || shots === undefined || !/^\d{1,4}$/.test(shots))
    throw malformed(file, `results["${key.slice(0, 200)}"]`, 'the key is neither "task|shots" nor "suite|task|shots"');
  return { key, suite: suite ?? null, task, shots: Number(shots) };
}
