import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pathText, problemsOf } from '../../src/base/validate.ts';
import { checkPolicy } from '../../src/gate/check-policy.ts';
import { planRules } from '../../src/gate/plan-rules.ts';
import { Policy } from '../../src/gate/policy.ts';
import { allRuleKinds, ruleKinds } from '../../src/gate/registry.ts';

const problems = (value: unknown): string[] =>
  checkPolicy(value).map(
    ({ path, message, suggestion }) =>
      `${pathText(path)}: ${message}${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
  );
const ofRule = (rule: object): string[] => problems({ rules: [rule] });

describe('a policy is refused', () => {
  test.each([
    [
      'a misspelt measure',
      { family: 'reading', non_inferior_withn: 2 },
      'rules[0].non_inferior_withn',
      'non_inferior_within',
    ],
    ['a misspelt subject', { famliy: 'reading', non_inferior_within: 2 }, 'rules[0].famliy', 'family'],
    [
      'a misspelt key beside them',
      { family: 'reading', non_inferior_within: 2, levle: 'warn' },
      'rules[0].levle',
      'level',
    ],
    ['a misspelt level', { family: 'reading', non_inferior_within: 2, level: 'eror' }, 'rules[0].level', 'error'],
    ['a misspelt verdict', { verdict: 'benchmark-shadwo' }, 'rules[0].verdict', 'benchmark-shadow'],
    ['a misspelt limit', { diagnostic: 'alpha_share', mn: 60 }, 'rules[0].mn', 'min'],
    [
      'a misspelt threshold level',
      { family: 'x', non_inferior_within: { eror: 3 } },
      'rules[0].non_inferior_within.eror',
      'error',
    ],
    ['a key of another kind', { finding: 'x', improved_bye: 2 }, 'rules[0].improved_bye', undefined],
  ])('for %s, with its place and what was meant', (_what, rule, place, meant) => {
    const text = ofRule(rule).join('\n');
    expect(text).toContain(`${place}: `);
    if (meant) expect(text).toContain(`Did you mean "${meant}"?`);
  });

  test.each([
    ['no rules', {}],
    ['an empty list', { rules: [] }],
    ['a list for a document', []],
    ['nothing', null],
    ['a rule that is text', { rules: ['family reading'] }],
    ['a rule without a measure', { rules: [{ family: 'reading' }] }],
    ['a rule that names nothing', { rules: [{ level: 'warn' }] }],
    ['an empty rule', { rules: [{}] }],
    ['a limit without a number', { rules: [{ diagnostic: 'x', min: 'many' }] }],
    ['an unknown key of its own', { rules: [{ finding: 'x' }], on_inconclusve: 'warn' }],
    ['a confidence of a coin', { rules: [{ finding: 'x' }], confidence: 0.5 }],
    ['two measures of one rule', { rules: [{ family: 'x', non_inferior_within: 2, improved_by: 1 }] }],
    ['two subjects', { rules: [{ family: 'x', task: 'y', non_inferior_within: 2 }] }],
    ['a level said twice', { rules: [{ family: 'x', non_inferior_within: { warn: 1 }, level: 'error' }] }],
    ['thresholds without one', { rules: [{ family: 'x', non_inferior_within: {} }] }],
    ['a no_regression that is off', { rules: [{ family: 'x', no_regression: false }] }],
  ])('for %s', (_what, policy) => {
    expect(problems(policy).length).toBeGreaterThan(0);
  });

  test('a margin of 0.02 is refused, for 2 points were meant', () => {
    expect(ofRule({ family: 'reading', non_inferior_within: 0.02 }).join()).toContain('>= 0.1');
  });

  test('a key of 5,000 characters is named in part', () => {
    expect(ofRule({ ['k'.repeat(5000)]: 1 }).join().length).toBeLessThan(400);
  });

  test('keys that every object has are no rule', () => {
    expect(ofRule(JSON.parse('{"__proto__": 1, "constructor": 2}')).length).toBeGreaterThan(0);
  });
});

describe('a policy is read', () => {
  const example: unknown = parse(readFileSync('examples/tiny/policy.yaml', 'utf8'));

  test('the example has no problem, nor has it by the published schema', () => {
    expect(problems(example)).toEqual([]);
    expect(problemsOf(Policy, example)).toEqual([]);
  });

  test('two thresholds on one key are two rules', () => {
    const rules = planRules({ rules: [{ family: 'x', non_inferior_within: { error: 3, warn: 1 } }] } as Policy);
    expect(rules.map(({ level, thresholds, text }) => [level, thresholds, text])).toEqual([
      ['error', { non_inferior_within: 3 }, 'family x non_inferior_within 3'],
      ['warn', { non_inferior_within: 1 }, 'family x non_inferior_within 1'],
    ]);
  });

  test('limits of one rule may have other levels', () => {
    const rules = planRules({ rules: [{ diagnostic: 'a', min: 2, max: { error: 6, warn: 5 } }] } as Policy);
    expect(rules.map(({ level, thresholds }) => [level, thresholds])).toEqual([
      ['error', { min: 2, max: 6 }],
      ['warn', { max: 5 }],
    ]);
  });
});

describe('kinds of rules', () => {
  test('each has its id as its key, and a subject and measures that its schema knows', () => {
    for (const [id, kind] of Object.entries(ruleKinds)) {
      expect(kind.id).toBe(id);
      const keys = Object.keys(kind.schema.properties);
      expect(keys).toContain(kind.subject);
      for (const measure of kind.measures) expect(keys).toContain(measure);
    }
  });

  test('no two can claim one rule', () => {
    const pairs = allRuleKinds.flatMap(({ subject, measures }) =>
      measures.length === 0 ? [subject] : measures.map((key) => `${subject} ${key}`),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('each is in docs/GATE.md', () => {
    const page = readFileSync('docs/GATE.md', 'utf8');
    for (const { subject, measures } of allRuleKinds)
      for (const key of [subject, ...measures]) expect(page, key).toContain(`\`${key}`);
  });
});
