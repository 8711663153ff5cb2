import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Dossier } from '../../src/dossier/dossier.ts';
import type { Findings } from '../../src/findings/finding.ts';
import { patterns } from '../../src/findings/registry.ts';
import { findingsPage } from '../../src/pipeline/findings-page.ts';
import { glossary, glossaryOf } from '../../src/pipeline/glossary.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(join(inject('exampleRun'), name), 'utf8'));

test('ids are unique, so that every one can be explained', () => {
  const ids = glossary.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(Object.keys(patterns)));
});

test('a report explains what occurs in it and nothing else', () => {
  const dossier = read('dossier.json') as Dossier;
  const findings = read('findings.json') as Findings;
  const ids = glossaryOf(dossier, findings).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['alpha', 'alpha_share', 'relative_change', 'benchmark-shadow']));
  // On request only, and not requested here.
  expect(ids).not.toContain('subspace_overlap_16');
  const fewer = { ...findings, findings: findings.findings.filter(({ id }) => id !== 'narrowing') };
  expect(glossaryOf(dossier, fewer).map(({ id }) => id)).not.toContain('narrowing');
});

test('thresholds are those of the dossier', () => {
  const dossier = read('dossier.json') as Dossier;
  const changed = { ...dossier, constants: { ...dossier.constants, D_deep: 0.99 } };
  const entry = glossaryOf(changed, read('findings.json') as Findings).find(
    ({ id }) => id === 'deep-reparametrization',
  );
  expect(entry?.thresholds.find(({ name }) => name === 'D_deep')?.value).toContain('0.99');
});

test('docs/FINDINGS.md is what the registry says (npm run schemas)', () => {
  expect(readFileSync('docs/FINDINGS.md', 'utf8')).toBe(findingsPage(glossary));
});
