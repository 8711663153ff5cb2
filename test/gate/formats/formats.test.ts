import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { gateLines } from '../../../src/cli/gate-table.ts';
import { Terminal } from '../../../src/cli/terminal.ts';
import { explainGate } from '../../../src/gate/explain.ts';
import { annotations } from '../../../src/gate/formats/annotations.ts';
import { junit } from '../../../src/gate/formats/junit.ts';
import { summary, summaryLimit } from '../../../src/gate/formats/summary.ts';
import type { Gate, RuleResult } from '../../../src/gate/gate.ts';
import { gateOf, world } from '../worlds.ts';
import { hostileNames } from './hostile.ts';

const schema = readFileSync(new URL('jenkins-junit.xsd', import.meta.url), 'utf8');
const real = gateOf(world({ reading: { gained: 10, lost: 50 }, facts: { gained: 12, lost: 16 } }), {
  rules: [
    { family: '*', non_inferior_within: 2 },
    { family: 'nowhere', non_inferior_within: 2 },
    { family: 'reading', non_inferior_within: { error: 15, warn: 1 } },
    { finding: 'benchmark-shadow', level: 'warn' },
  ],
});

/** Every string that comes from outside replaced by one name. */
function named(gate: Gate, name: string): Gate {
  const reference = { kind: 'run', checkpoint: name, run: name, role: 'baseline' } as const;
  const rule = (entry: RuleResult): RuleResult => ({
    ...entry,
    rule: `family ${name} non_inferior_within 2`,
    checkpoint: name,
    subject: name,
    reference,
    message: `${name} against base: ${name}`,
    notes: [`Not compared: ${name}`],
  });
  return {
    ...gate,
    run: name,
    summary: name,
    policy: { ...gate.policy, title: name, file: name },
    candidates: [name],
    references: [reference],
    rules: gate.rules.map(rule),
    claims: gate.claims.map((claim) => ({ ...claim, checkpoint: name, family: name, reference })),
    drift: [
      {
        checkpoint: name,
        family: name,
        cumulative: { status: 'ok', value: 1 },
        steps: [1, 2].map(() => ({ reference, change: { status: 'skipped' as const, code: 'x', reason: name } })),
      },
    ],
  };
}

async function xmlProblems(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'gate.xml', contents: text }], schema: [schema] });
  return errors.map(({ message }) => message);
}

describe('JUnit', () => {
  test('is valid by the schema of Jenkins and counts what it holds', async () => {
    const text = junit(real);
    expect(await xmlProblems(text)).toEqual([]);
    const found = (tag: string): number => text.split(`<${tag}`).length - 1;
    expect(text).toContain(`tests="${real.rules.length}" failures="${found('failure')}" errors="${found('error ')}"`);
    expect(found('testcase')).toBe(real.rules.length);
  });

  test('a blocking unsettled rule is an error, one of level warn is skipped', () => {
    const text = junit(real);
    const cases = text.split('<testcase').slice(1);
    const of = (part: string): string => cases.find((entry) => entry.includes(part)) ?? '';
    expect(of('non_inferior_within 2: reading')).toContain('<failure ');
    expect(of('non_inferior_within 2: facts')).toContain('<error ');
    expect(of('nowhere')).toContain('<error ');
    expect(of('(warn) family reading')).toContain('<skipped>');
  });

  test('a validator that is asked refuses what is not JUnit', async () => {
    expect((await xmlProblems(junit(real).replaceAll('testcase', 'case'))).length).toBeGreaterThan(0);
  });

  test('names stay names in one document of all of them', async () => {
    const all = hostileNames.flatMap((name) => named(real, name).rules);
    const text = junit({ ...real, run: hostileNames.join(''), rules: all });
    expect(await xmlProblems(text)).toEqual([]);
    expect(text.split('<testcase').length - 1).toBe(all.length);
    expect(text).not.toContain(']]>');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });
});

describe('annotations', () => {
  test.each(hostileNames)('%j makes no command of its own', (name) => {
    const lines = annotations(named(real, name)).split('\n').slice(0, -1);
    for (const line of lines) {
      const parts = /^::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)$/.exec(line);
      expect(parts, line).not.toBeNull();
      expect(`${parts?.[2]}${parts?.[3]}`).not.toMatch(/%(?!25|0D|0A|3A|2C)/);
    }
    const open = real.rules.filter(({ outcome }) => outcome !== 'pass').length;
    expect(lines.length).toBe(open + 1);
  });

  test('of more than ten of a kind the last says how many are left', () => {
    const failing = real.rules.filter(({ outcome, level }) => outcome === 'fail' && level === 'error');
    const many = annotations({ ...real, rules: Array.from({ length: 25 }, () => failing[0] as RuleResult) });
    const lines = many.split('\n').filter((line) => line.startsWith('::error'));
    expect(lines.length).toBe(10);
    expect(lines.at(-1)).toContain('16 more rules did not pass');
  });
});

describe('summary', () => {
  const rows = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('|'));

  test('what did not pass comes first', () => {
    const outcomes = rows(summary(real)).map((row) => /(fail|error|inconclusive|pass)/.exec(row)?.[1] ?? '');
    const order = ['fail', 'error', 'inconclusive', 'pass'];
    const places = outcomes.filter((outcome) => outcome !== '').map((outcome) => order.indexOf(outcome));
    expect(places.slice(0, real.rules.length)).toEqual(places.slice(0, real.rules.length).toSorted((a, b) => a - b));
  });

  test.each(hostileNames)('%j stays in its cell', (name) => {
    const [plain, text] = [summary(named(real, 'name')), summary(named(real, name))];
    expect(rows(text).length).toBe(rows(plain).length);
    expect(text.split('\n').length).toBe(plain.split('\n').length);
    for (const row of rows(text)) {
      const columns = row.replaceAll('\\\\', '').replaceAll('\\|', '').split('|').length;
      expect([6, 7, 8]).toContain(columns);
    }
    expect(text).not.toMatch(/<(?!\/?>)[a-z!/?]/i);
    // The hash is the only code span: no backtick of a name is bare.
    expect(text.match(/(?<!\\)`/g)?.length).toBe(plain.match(/(?<!\\)`/g)?.length);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
  });

  test('stays below the limit of a step and says what it left out', () => {
    const long = named(real, 'ü'.repeat(500)).rules;
    const text = summary({ ...real, rules: Array.from({ length: 400 }, () => long).flat() });
    expect(Buffer.byteLength(text)).toBeLessThan(summaryLimit);
    expect(text).toMatch(/… and \d+ more; gate\.json has them all\./);
    expect(text).toContain('intersection–union');
  });
});

describe('the terminal', () => {
  let terminal: Terminal;
  beforeAll(() => {
    terminal = new Terminal({ color: false });
  });

  test.each(hostileNames)('%j begins no line and drives nothing', (name) => {
    const gate = named(real, name);
    const lines = [...gateLines(gate, terminal), ...explainGate(gate)].flatMap((line) => line.split('\n'));
    for (const line of lines) {
      expect(line.trimStart().startsWith('::')).toBe(false);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    for (const line of gateLines(gate, terminal)) expect(line).not.toContain('##[');
  });

  test('an explanation names rule, measure, margin, n and method', () => {
    const text = explainGate(real).join('\n');
    expect(text).toContain('Rule 1, level error: family * non_inferior_within 2');
    expect(text).toContain('numbers: measured −10.00 [');
    expect(text).toMatch(/threshold −2\.00 points; n 1600/);
    expect(text).toMatch(/n that would settle it \d+/);
    expect(text).toContain('note: Bounds: ');
  });
});
