import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

const statuses = ['detected', 'not-detected', 'inconclusive', 'not-applicable', 'failed'] as const;

test('each status of a finding has its outcome', () => {
  const planted = world({});
  const [first] = planted.findings.findings;
  if (!first) throw new Error('no finding');
  const outcomes = statuses.map((status) => {
    const findings = { ...planted.findings, findings: [{ ...first, id: 'planted', status }] };
    return gateOf({ ...planted, findings }, { rules: [{ finding: 'planted' }] }).rules[0]?.outcome;
  });
  expect(outcomes).toEqual(['fail', 'pass', 'inconclusive', 'inconclusive', 'error']);
});
