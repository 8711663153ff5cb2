import { type TaxonomyRules, taskTwice } from './resolve-taxonomy.ts';
import { fits, normalName, protocolInName, specificity } from './task-name.ts';
import type { TaskRule } from './task-rule.ts';

/** What a task of some results is, by its name. */
export interface FoundTask {
  readonly rule: TaskRule;
  /** The benchmark itself, an average over some of its parts, or one part. */
  readonly form: 'whole' | 'group' | 'part';
  /** Place of the name among the names of the benchmark; its own name is 0. */
  readonly rank: number;
  /** Protocol that the name carries, e.g. `pass@4`. */
  readonly protocol: string | null;
}

/**
 * Finds the rule of a task by name: exact name, then alias, then group, then the pattern with the most characters of its
 * own. A name that carries a protocol ("gpqa-diamond (pass@4)") is looked for as it stands first; the package name that
 * Inspect puts before its own tasks (`inspect_evals/`) is no part of the name, nor are the split and the plain
 * configuration of a data set of the hub. Undefined = unknown.
 *
 * @throws SkiagramError `family-task-twice` where two equally specific patterns of one file fit
 */
export function findTask(rules: TaxonomyRules, task: string): FoundTask | undefined {
  const name = normalName(task).replace(/^inspect_evals\//, '');
  const carried = protocolInName(name);
  return (
    named(rules, name, null) ??
    (carried && named(rules, carried.name, carried.protocol)) ??
    onHub(name).reduce<FoundTask | undefined>((found, shorter) => found ?? named(rules, shorter, null), undefined) ??
    byPattern(rules, name, task)
  );
}

function named(rules: TaxonomyRules, name: string, protocol: string | null): FoundTask | undefined {
  for (const rule of rules.tasks) {
    const rank = rule.names.indexOf(name);
    if (rank >= 0) return { rule, form: 'whole', rank, protocol };
    const group = rule.groups.indexOf(name);
    if (group >= 0) return { rule, form: 'group', rank: group, protocol };
  }
  return undefined;
}

/**
 * Shorter names of a data set of the hub, the longest first: without its split, without a configuration that only says that
 * it is the whole or repeats the name. An owner is never taken off: another owner's data set is another data set.
 *
 * @example `cais/mmlu/all/validation` is also looked for as `cais/mmlu/all` and `cais/mmlu`
 */
function onHub(name: string): string[] {
  const parts = name.split('/');
  const shorter: string[] = [];
  const drop = (): void => {
    parts.pop();
    shorter.push(parts.join('/'));
  };
  if (parts.length > 1 && splits.has(parts.at(-1) ?? '')) drop();
  if (parts.length > 1 && (plain.has(parts.at(-1) ?? '') || parts.at(-1) === parts.at(-2))) drop();
  return shorter;
}

const splits: ReadonlySet<string> = new Set(['validation', 'valid', 'val', 'dev', 'test']);
const plain: ReadonlySet<string> = new Set(['main', 'all', 'default']);

function byPattern(rules: TaxonomyRules, name: string, task: string): FoundTask | undefined {
  const fitting = rules.tasks
    .flatMap((rule) =>
      rule.match.flatMap((pattern, rank) =>
        fits(name, pattern) ? [{ rule, rank, narrow: specificity(pattern) }] : [],
      ),
    )
    .sort((one, two) => two.narrow - one.narrow || two.rule.layer - one.rule.layer);
  const [best, second] = fitting;
  if (best === undefined) return undefined;
  if (second && second.rule !== best.rule && second.narrow === best.narrow && second.rule.layer === best.rule.layer)
    throw taskTwice(task, best.rule, second.rule);
  return { rule: best.rule, form: 'part', rank: best.rank, protocol: null };
}
