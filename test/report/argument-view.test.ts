import { expect, test } from 'vitest';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import { clausesView, sensitivityView, stabilityView } from '../../src/report/view/argument-view.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { ComparisonVerdict } from '../../src/verdict/verdict.ts';
import { family, joinInput } from '../dossier/parts.ts';

const dossier = joinDossier(joinInput(family()));
const [verdict] = decide(dossier, findAll(dossier)).comparisons as [ComparisonVerdict];

test('every clause and repeated decision has a row, and every threshold is named', () => {
  expect(clausesView('a', verdict)?.rows).toHaveLength(verdict.clauses?.length ?? 0);
  const sensitivity = sensitivityView('a', verdict);
  expect(sensitivity?.rows.length).toBeGreaterThan(0);
  // Thresholds that flip nothing share a row; each is named in it.
  const named = sensitivity?.rows.map(({ head }) => head.text).join(', ');
  for (const { key } of verdict.sensitivity ?? []) expect(named).toContain(key);
  expect(stabilityView('a', verdict)?.rows).toHaveLength(verdict.stability?.withoutFamily.length ?? 0);
});

test('verdicts of older versions, which have none of them, have no tables', () => {
  const { clauses: _, sensitivity: __, stability: ___, ...older } = verdict;
  expect([clausesView, sensitivityView, stabilityView].map((view) => view('a', older))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a clause without a number shows a dash and does not hold', () => {
  const [first] = verdict.clauses ?? [];
  if (!first) throw new Error('no clause');
  const view = clausesView('a', { ...verdict, clauses: [{ ...first, value: null, holds: false }] });
  expect(JSON.stringify(view?.rows)).toContain('—');
  expect(JSON.stringify(view?.rows)).not.toMatch(/NaN|null/);
});
