import type { Gate, GateReference, RuleResult } from './gate.ts';
import { percent } from './judge-change.ts';

/** What the numbers of a gate are, said wherever it is shown in full. */
export function gateStatements(
  confidence: number,
  rules: readonly RuleResult[],
  references: readonly GateReference[],
): Gate['statements'] {
  const chain = references.filter(({ kind }) => kind === 'run').length;
  const changes = rules.some(({ kind }) => kind.startsWith('family') || kind === 'task-non-inferior');
  return [
    ...(changes
      ? [
          `Changes are candidate minus reference in raw points (hundredths of a task’s scale, not corrected for chance), averaged over the tasks of a family: a statement on these benchmarks. Each bound is one-sided at ${percent(confidence)} %.`,
        ]
      : []),
    'Every rule of level error must pass, each at its own level (intersection–union), so the gate needs no correction for their number. Which family improved or regressed is corrected over families (Holm).',
    ...(chain > 1
      ? ['The change since the approved baseline is the sum of what all releases since then won and lost.']
      : []),
    'A pass says that no rule was broken by what was measured. It does not show what training did, and a flag is no evidence of contamination, memorisation or a cause.',
  ];
}
