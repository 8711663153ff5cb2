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
    });
  });

  test('every piece of evidence points into the dossier', () => {
    const dossier = example() as unknown;
    for (const finding of findAll(example()).findings) {
      for (const { pointer } of finding.evidence) {
        const value = pointer
          .split('/')
          .slice(1)
          .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], dossier);
        expect(value, pointer).toBeDefined();
      }
    }
  });
});
