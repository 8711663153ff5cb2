import type { RuleKind } from './rule-kind.ts';
import { diagnosticRange } from './rules/diagnostic.ts';
import { familyDrift } from './rules/family-drift.ts';
import { familyImproved } from './rules/family-improved.ts';
import { familyNonInferior } from './rules/family-non-inferior.ts';
import { familyNotRegressed } from './rules/family-not-regressed.ts';
import { findingAbsent } from './rules/finding.ts';
import { taskNonInferior } from './rules/task-non-inferior.ts';
import { taskScoreRange } from './rules/task-score.ts';
import { verdictForbidden } from './rules/verdict.ts';

/** Every kind of rule, by id. A rule belongs to the kind whose subject key and measure key it has. */
export const ruleKinds = {
  'family-non-inferior': familyNonInferior,
  'family-improved': familyImproved,
  'family-not-regressed': familyNotRegressed,
  'family-drift': familyDrift,
  'task-non-inferior': taskNonInferior,
  'task-score': taskScoreRange,
  diagnostic: diagnosticRange,
  finding: findingAbsent,
  verdict: verdictForbidden,
} as const satisfies Record<string, RuleKind>;

export const allRuleKinds: readonly RuleKind[] = Object.values(ruleKinds);
