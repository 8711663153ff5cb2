import type { RawRun, RawTask } from '../harness/raw-run.ts';

/** Settings of a run that change what a score means; equal on both sides or the gain is refused. */
const decisive = [
  'limit',
  'num_fewshot',
  'chat_template_sha',
  'system_instruction_sha',
  'fewshot_as_multiturn',
  'dtype',
  'gen_kwargs',
  'fewshot_seed',
] as const;

/**
 * Why two runs of one task must not be compared, or undefined where they may (METHOD § 8.13).
 * A refused gain is shown with its reason and never adjusted.
 */
export function incomparable(
  base: { run: RawRun; task: RawTask },
  subject: { run: RawRun; task: RawTask },
): string | undefined {
  if (base.run.harness !== subject.run.harness) return differ('harness', base.run.harness, subject.run.harness);
  if (base.run.harnessVersion !== subject.run.harnessVersion)
    return differ('harness version', base.run.harnessVersion, subject.run.harnessVersion);
  for (const field of ['version', 'nShot', 'outputType', 'hash', 'n'] as const) {
    if (base.task[field] !== subject.task[field])
      return differ(taskFields[field], base.task[field], subject.task[field]);
  }
  const [once, again] = [base.task.protocol ?? null, subject.task.protocol ?? null];
  if (once !== again) return differ('way of scoring several answers', once ?? 'one answer', again ?? 'one answer');
  for (const setting of decisive) {
    const [before, after] = [base.run.settings[setting] ?? null, subject.run.settings[setting] ?? null];
    if (before !== after) return differ(setting, before, after);
  }
  return undefined;
}

const taskFields = {
  version: 'task version',
  nShot: 'number of shots',
  outputType: 'output type',
  hash: 'prompt hash',
  n: 'number of items',
} as const;

function differ(what: string, before: unknown, after: unknown): string {
  return `${what} differs: ${shown(before)} for the base, ${shown(after)} for the subject`;
}

function shown(value: unknown): string {
  return value === null ? 'none' : String(value);
}
