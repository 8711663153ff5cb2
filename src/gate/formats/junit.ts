import { referenceText } from '../against.ts';
import type { Gate, RuleResult } from '../gate.ts';
import { plainLine } from './plain-line.ts';

/**
 * gate.json as JUnit XML (the dialect of Jenkins, whose schema lies in test/gate/formats; GitLab and Azure read it too): one suite a
 * candidate, one test case a result. A failed rule is a `failure`, one that could not be judged an `error`, an unsettled one
 * `skipped` with its message; of level warn the same, marked in its name, but never a failure or an error, so that the file agrees
 * with the exit code. An unsettled rule that blocks is an `error`: a skipped test would let the pipeline pass.
 */
export function junit(gate: Gate): string {
  const candidates = [...new Set(gate.rules.map(({ checkpoint }) => checkpoint))];
  const suites = candidates.map((checkpoint) => {
    const rules = gate.rules.filter((rule) => rule.checkpoint === checkpoint);
    const states = rules.map(stateOf);
    const count = (state: State): number => states.filter((own) => own === state).length;
    return [
      `  <testsuite name=${value(`gate ${checkpoint ?? 'of the run'}`)} tests="${rules.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">`,
      '    <properties>',
      `      <property name="outcome" value=${value(gate.outcome)}/>`,
      `      <property name="policy.sha256" value=${value(gate.policy.hash)}/>`,
      '    </properties>',
      ...rules.map(testCase),
      '  </testsuite>',
    ].join('\n');
  });
  const states = gate.rules.map(stateOf);
  const count = (state: State): number => states.filter((own) => own === state).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${value(`Release gate: ${gate.run}`)} tests="${gate.rules.length}" failures="${count('failure')}" errors="${count('error')}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

type State = 'passed' | 'failure' | 'error' | 'skipped';

function stateOf({ outcome, level, onInconclusive }: RuleResult): State {
  if (outcome === 'pass') return 'passed';
  if (level === 'warn') return 'skipped';
  if (outcome === 'fail') return 'failure';
  return outcome === 'error' || onInconclusive === 'block' ? 'error' : 'skipped';
}

function testCase(rule: RuleResult): string {
  const state = stateOf(rule);
  const subject = rule.subject === null ? '' : `: ${rule.subject}`;
  const reference = rule.reference === null ? '' : ` against ${referenceText(rule.reference)}`;
  const name = `${rule.level === 'warn' ? '(warn) ' : ''}${rule.rule}${subject}${reference}`;
  const head = `    <testcase classname=${value(`gate.${rule.kind}`)} name=${value(name)}`;
  const details = [rule.message, ...rule.notes].map((line) => plainLine(line)).join('\n');
  if (state === 'passed') return `${head}>\n      <system-out>${content(details)}</system-out>\n    </testcase>`;
  if (state === 'skipped') return `${head}>\n      <skipped>${content(details)}</skipped>\n    </testcase>`;
  return `${head}>\n      <${state} message=${value(rule.message)} type=${value(rule.outcome)}>${content(details)}</${state}>\n    </testcase>`;
}

/** A quoted attribute value of one line. */
function value(text: string): string {
  return `"${content(plainLine(text)).replaceAll('"', '&quot;')}"`;
}

/**
 * Character data: `>` is escaped too, so that `]]>` cannot occur. What XML 1.0 has no place for was replaced by `plainLine`.
 */
function content(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
