import type { Candidate, Compared } from './candidate.ts';
import type { Rule } from './rule-kind.ts';

/**
 * What a rule is held against: what it says, else every baseline run, else the base.
 *
 * @throws Error in words where there is nothing of the kind
 */
export function comparedFor(candidate: Candidate, rule: Rule): readonly Compared[] {
  const base = candidate.compared.filter(({ reference }) => reference.kind === 'base');
  const runs = candidate.compared.filter(({ reference }) => reference.kind === 'run');
  if (rule.against === 'base') return required(base, 'it has no base in this run');
  if (rule.against === 'baseline') return required(runs, 'no baseline run was named (--baseline RUN)');
  return required(runs.length > 0 ? runs : base, 'it has no base in this run and no baseline run was named');
}

function required(found: readonly Compared[], reason: string): readonly Compared[] {
  if (found.length === 0) throw new Error(`There is nothing to compare with: ${reason}.`);
  return found;
}

/** The same without the run's title, for sentences. */
export function shortReference({ kind, checkpoint, role }: Compared['reference']): string {
  return `${kind === 'base' ? 'base' : role} "${checkpoint}"`;
}

/** `base "base"`, `approved baseline "sft" of "Release 3"`. */
export function referenceText({ kind, checkpoint, run, role }: Compared['reference']): string {
  return kind === 'base' ? `base "${checkpoint}"` : `${role} "${checkpoint}"${run === null ? '' : ` of "${run}"`}`;
}
