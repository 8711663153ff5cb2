import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { findAll } from '../../src/findings/find.ts';

const example = (): Dossier => JSON.parse(readFileSync(join(inject('exampleRun'), 'dossier.json'), 'utf8')) as Dossier;

describe('findings on the real example', () => {
  const findings = (): Record<string, string> =>
    Object.fromEntries(findAll(example()).findings.map((finding) => [finding.key, finding.status]));

  test('each pattern is found where it was planted and nowhere else', () => {
    expect(findings()).toMatchObject({
      'benchmark-shadow:narrow~base': 'detected',
      'benchmark-shadow:broad~base': 'not-detected',
      'benchmark-shadow:rebuilt~base': 'not-detected',
      'spectral-inertness:narrow~base': 'detected',
      'spectral-inertness:broad~base': 'not-detected',
      'deep-reparametrization:narrow~base': 'not-detected',
      'deep-reparametrization:rebuilt~base': 'detected',
      'family-regression:rebuilt~base': 'detected',
      'family-regression:broad~base': 'not-detected',
      'narrowing:narrow~base': 'detected',
      'narrowing:broad~base': 'not-detected',
      'conservative-backbone:narrow~base': 'detected',
      'minimal-perturbation:narrow~base': 'not-detected',
      'unattested-scores:narrow~base': 'not-detected',
      'score-moved-weights-did-not:narrow~base': 'not-applicable',
    });
  });

  test('every piece of evidence points at the very value it shows', () => {
    const dossier = example();
    const entries = findAll(dossier).findings.flatMap((finding) => finding.evidence);
    expect(entries.length).toBeGreaterThan(150);
    for (const { pointer, value } of entries) {
      const there = at(dossier, pointer);
      if (typeof there === 'number') expect(value, pointer).toMatchObject({ status: 'ok', value: there });
      else expect(value, pointer).toEqual(there);
    }
  });

  test('every chart that evidence names is in the report', () => {
    const html = readFileSync(join(inject('exampleRun'), 'report.html'), 'utf8');
    const charts = new Set(
      findAll(example()).findings.flatMap((finding) => finding.evidence.flatMap(({ chart }) => chart ?? [])),
    );
    expect(charts).toContain('families-comparison-1');
    for (const chart of charts) expect(html).toContain(`id="${chart}"`);
  });

  test('no sentence speaks of cause or accuses, and none is empty', () => {
    for (const { plain, technical, action, key } of findAll(example()).findings) {
      expect(`${plain} ${technical} ${action}`, key).not.toMatch(
        /caused by|proves|contaminated|overfit|cheated|NaN|undefined/i,
      );
      expect(
        [plain, technical, action].every((text) => text.trim() !== ''),
        key,
      ).toBe(true);
    }
  });

  test('every effect has an interval, or n and a reason', () => {
    for (const { effect, key } of findAll(example()).findings) {
      if (effect.status !== 'ok') expect(effect.reason, key).not.toBe('');
      else expect(effect.interval ?? (effect.n !== undefined && effect.note), key).toBeTruthy();
    }
  });

  test('"not detected" is never said of an effect whose interval is missing, but of counts of everything there is', () => {
    const census = ['saturated-or-floor-task', 'underpowered-suite', 'unattested-scores'];
    for (const { status, effect, id, key } of findAll(example()).findings)
      if (status === 'not-detected' && !census.includes(id))
        expect(effect.status === 'ok' && effect.interval, key).toBeTruthy();
  });
});

function at(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], root);
}
