import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { type Measured, ok, skipped } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import type { Restructuring } from '../../src/dossier/dossier.ts';
import { restructuringLabel } from '../../src/dossier/restructuring-label.ts';
import { weightClauses } from '../../src/verdict/weight-clauses.ts';

const random = randomStream(11);
const between = (top: number): Measured => {
  const value = top * random.uniform();
  const half = 0.1 * random.uniform();
  return ok(value, { interval: { low: Math.max(0, value - half), high: value + half, level: 0.95, method: 'drawn' } });
};

/** Facts of weights that moved by anything between nothing and everything, with the label that they get. */
function drawn(): Restructuring {
  const facts = {
    D: between(0.6),
    G: between(0.5),
    medianRelativeChange: ok(0.2 * random.uniform()),
    shareMoved: between(0.3),
    shareDeep: between(0.5),
  };
  const compared = random.uniform() < 0.5 ? 1 : 0.8 + 0.2 * random.uniform();
  return {
    ...facts,
    layers: 12,
    compared,
    ...restructuringLabel(facts, defaultConstants, 12, compared),
  } as Restructuring;
}

test('the clauses add up to the label: one of "deep" is enough, all of "limited" must hold', () => {
  const seen = new Set<string>();
  for (let world = 0; world < 2_000; world++) {
    const facts = drawn();
    const clauses = weightClauses(facts, defaultConstants);
    const of = (rule: string): boolean[] => clauses.filter((clause) => clause.rule === rule).map(({ holds }) => holds);
    const label = of('deep').some(Boolean) ? 'deep' : of('limited').every(Boolean) ? 'limited' : 'partial';
    expect(label).toBe(facts.label);
    seen.add(label);
  }
  expect([...seen].sort()).toEqual(['deep', 'limited', 'partial']);
});

test('what was not measured holds for neither, and what could not be assessed has no clauses', () => {
  const none = skipped('none', 'Not measured.');
  const facts = { ...drawn(), D: none, G: none, shareMoved: none, shareDeep: none, medianRelativeChange: ok(0.2) };
  const clauses = weightClauses({ ...facts, label: 'partial' }, defaultConstants);
  expect(clauses.map(({ holds, value }) => [holds, value])).toEqual(clauses.map(() => [false, null]));
  expect(weightClauses({ ...facts, label: 'not-assessable' }, defaultConstants)).toEqual([]);
});
