import { isMinor } from '../base/minor-settings.ts';
import type { RawRun, RawTask } from '../harness/raw-run.ts';

interface Side {
  readonly run: RawRun;
  readonly task: RawTask;
}

/**
 * Why two runs of one task must not be compared, with every difference and its side, or undefined where they may (METHOD
 * § 8.13). Every setting that a reader gives decides, except those of base/minor-settings.ts. A refused gain is shown with its
 * reason and never adjusted.
 *
 * @example `task version differs: 1 for the base, 2 for the subject; limit differs: none for the base, 100 for the subject`
 */
export function incomparable(base: Side, subject: Side): string | undefined {
  const runs: readonly (readonly [string, unknown, unknown])[] = [
    ['harness', base.run.harness, subject.run.harness],
    ['harness version', base.run.harnessVersion, subject.run.harnessVersion],
    ['origin of the score', origin(base.run), origin(subject.run)],
  ];
  const apart = otherItems(base, subject);
  // Blocks have no common hash of prompts, and one side may have answered more of the common order.
  const adaptive = base.run.adaptive !== undefined || subject.run.adaptive !== undefined;
  const fields = Object.entries(taskFields)
    .filter(([name]) => !adaptive || !['prompt hash', 'number of items', 'number of items in the task'].includes(name))
    .map(([name, value]) => [name, value(base.task), value(subject.task)] as const);
  // A task without any metric has no filter to differ in; what it lacks is said where it is scored.
  const tasks = fields.filter(([, before, after]) => before !== '' && after !== '');
  const settings = settingsOf(base.run, subject.run, (name) => !isMinor(name));
  const differing = [...runs, ...tasks, ...settings].filter(([, before, after]) => before !== after);
  const texts = [...(apart === undefined ? [] : [apart]), ...differing.map((entry) => differ(...entry))];
  return texts.length === 0 ? undefined : texts.join('; ');
}

/** What differs between two runs and may have moved scores by rounding: worth saying beside a gain. */
export function cautions(base: RawRun, subject: RawRun): string[] {
  return settingsOf(base, subject, isMinor)
    .filter(([, before, after]) => before !== after)
    .map((entry) => differ(...entry));
}

/** What a reader says of a task that decides what its score means, by the name under which it is shown. */
export const taskFields: Readonly<Record<string, (task: RawTask) => unknown>> = {
  'task version': ({ version }) => version,
  'number of shots': ({ nShot }) => nShot,
  'output type': ({ outputType }) => outputType,
  filters: ({ metrics }) => [...new Set(metrics.map(({ filter }) => filter))].sort().join(', '),
  'prompt hash': ({ hash }) => hash,
  'number of items': ({ n }) => n,
  'number of items in the task': ({ nOriginal }) => nOriginal,
  'way of scoring': ({ protocol }) => protocol ?? 'one answer',
};

/** A quoted number says nothing of how it came about, so it is held against no measured one. */
function origin({ claimed }: RawRun): string {
  return claimed ? 'quoted' : 'measured';
}

/** Settings of either side, in the order in which the base has them. */
function settingsOf(
  base: RawRun,
  subject: RawRun,
  asked: (name: string) => boolean,
): (readonly [string, unknown, unknown])[] {
  const names = new Set([...Object.keys(base.settings), ...Object.keys(subject.settings)].filter(asked));
  return [...names].map((name) => [name, own(base, name), own(subject, name)]);
}

function own({ settings }: RawRun, name: string): unknown {
  return Object.hasOwn(settings, name) ? (settings[name] ?? null) : null;
}

/**
 * An adaptive run is compared with another one that follows the same order of items, as far as both went, and with a
 * full run only where it answered every item itself.
 */
function otherItems(base: Side, subject: Side): string | undefined {
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

function differ(what: string, before: unknown, after: unknown): string {
  return `${what} ${what === 'filters' ? 'differ' : 'differs'}: ${shown(before)} for the base, ${shown(after)} for the subject`;
}

function shown(value: unknown): string {
  return value === null ? 'none' : String(value);
}
