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
  const apart = otherItems(base, subject);
  if (apart) return apart;
  const adaptive = base.run.adaptive !== undefined || subject.run.adaptive !== undefined;
  for (const field of ['version', 'nShot', 'outputType', 'hash', 'n'] as const) {
    // Blocks have no common hash of prompts, and one side may have answered more of the common order.
    if (adaptive && (field === 'hash' || field === 'n')) continue;
    if (base.task[field] !== subject.task[field])
      return differ(taskFields[field], base.task[field], subject.task[field]);
  }
  for (const setting of decisive) {
    const [before, after] = [base.run.settings[setting] ?? null, subject.run.settings[setting] ?? null];
    if (before !== after) return differ(setting, before, after);
  }
  return undefined;
}

/**
 * An adaptive run is compared with another one that follows the same order of items, as far as both went, and with a
 * full run only where it answered every item itself.
 */
function otherItems(base: { run: RawRun; task: RawTask }, subject: { run: RawRun; task: RawTask }): string | undefined {
  const [before, after] = [base.run.adaptive, subject.run.adaptive];
  if (!before && !after) return undefined;
  const [left, right] = [items(base.task), items(subject.task)];
  if (left.size === right.size && [...left].every((item) => right.has(item))) return undefined;
  if (before && after) {
    if (before.seed !== after.seed) return differ('order of items', `seed ${before.seed}`, `seed ${after.seed}`);
    if (base.task.nOriginal !== subject.task.nOriginal)
      return differ('number of items in the task', base.task.nOriginal, subject.task.nOriginal);
    return undefined;
  }
  const [adaptive, full] = before ? [base.task, subject.task] : [subject.task, base.task];
  return `the ${before ? 'base' : 'subject'} was evaluated adaptively, on ${adaptive.n ?? 'some'} of ${adaptive.nOriginal ?? 'all'} items, and the ${before ? 'subject' : 'base'} on ${full.n ?? 'all'}`;
}

function items(task: RawTask): Set<string> {
  return new Set(task.samples.map(({ docId }) => String(docId)));
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
