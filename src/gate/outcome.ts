import { exitCodes } from '../base/error.ts';
import type { Gate, RuleResult } from './gate.ts';

/**
 * Results -> outcome, exit code and one sentence. Fail: a rule of level error failed. Inconclusive: none failed, and one was not
 * settled or could not be judged. The exit code of inconclusive is 0 only where every such rule may warn; a rule that could not be
 * judged always blocks, since nothing was shown.
 */
export function gateOutcome(rules: readonly RuleResult[]): Pick<Gate, 'outcome' | 'exitCode' | 'summary' | 'counts'> {
  const count = (outcome: RuleResult['outcome']): number => rules.filter((rule) => rule.outcome === outcome).length;
  const binding = rules.filter(({ level }) => level === 'error');
  const failed = binding.filter(({ outcome }) => outcome === 'fail');
  const open = binding.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'error');
  const blocking = open.filter(({ outcome, onInconclusive }) => outcome === 'error' || onInconclusive === 'block');
  const warnings = rules.filter(({ level, outcome }) => level === 'warn' && outcome !== 'pass').length;
  const outcome = failed.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass';
  const exitCode = { pass: exitCodes.ok, fail: exitCodes.gateFailed, inconclusive: exitCodes.inconclusive }[outcome];
  return {
    outcome,
    exitCode: outcome === 'inconclusive' && blocking.length === 0 ? exitCodes.ok : exitCode,
    summary: summary(outcome, {
      all: binding.length,
      failed: failed.length,
      open,
      blocking: blocking.length,
      warnings,
    }),
    counts: {
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      error: count('error'),
      warnings,
    },
  };
}

function summary(
  outcome: Gate['outcome'],
  found: { all: number; failed: number; open: readonly RuleResult[]; blocking: number; warnings: number },
): string {
  const erred = found.open.filter(({ outcome: own }) => own === 'error').length;
  const unsettled = found.open.length - erred;
  const open = [
    ...(unsettled > 0 ? [`${unsettled} not settled`] : []),
    ...(erred > 0 ? [`${erred} could not be judged`] : []),
  ].join(', ');
  const warned = found.warnings > 0 ? ` ${checks(found.warnings)} of level warn did not pass.` : '';
  const text = {
    pass: found.all === 0 ? 'Passed: no check is binding.' : `Passed: all ${checks(found.all)}.`,
    fail: `Failed: ${found.failed} of ${checks(found.all)}${open === '' ? '' : `; ${open}`}.`,
    inconclusive: `Inconclusive: ${open}, of ${checks(found.all)}${found.blocking === 0 ? '; the policy lets that pass' : ''}.`,
  }[outcome];
  return `${text}${warned}`;
}

function checks(count: number): string {
  return `${count} ${count === 1 ? 'check' : 'checks'}`;
}
