import { expect, test } from 'vitest';
import { verdictLines } from '../../src/cli/verdict-table.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import { family, joinInput } from '../dossier/parts.ts';

const dossier = joinDossier(joinInput(family()));
const verdict = decide(dossier, findAll(dossier), { argue: false });

test('each comparison says what was found, how sure, and what to do; what all share is said once', () => {
  const lines = verdictLines(verdict);
  const [narrow] = verdict.comparisons;
  expect(lines[0]).toContain(narrow?.plain);
  expect(lines[0]).toContain('Confidence: moderate.');
  expect(lines[0]).toContain(`Next: ${narrow?.next[0]}`);
  expect(lines.filter((line) => line.startsWith('All of them:'))).toHaveLength(1);
});

test('an abstention is no firm verdict, whatever else is said', () => {
  const [first] = verdict.comparisons;
  if (!first) throw new Error('no comparison');
  const lines = verdictLines({ ...verdict, comparisons: [{ ...first, confidence: 'none' }] });
  expect(lines[0]).toContain('No firm verdict.');
});

test('control characters in a name do not reach the terminal', () => {
  const [first] = verdict.comparisons;
  if (!first) throw new Error('no comparison');
  const named = { ...first, checkpoint: 'a\u001b[31mb' };
  expect(verdictLines({ ...verdict, comparisons: [named] }).join('')).not.toContain('\u001b');
});
