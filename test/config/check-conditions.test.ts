import { expect, test } from 'vitest';
import { conditionProblem } from '../../src/config/check-conditions.ts';
import type { Config } from '../../src/config/config.ts';

const at = (condition: string, ...steps: (number | undefined)[]): Config['checkpoints'] =>
  steps.map((step, index) => ({
    id: `${condition}-${index}`,
    path: 'x',
    condition,
    ...(step === undefined ? {} : { step }),
  }));
const said = (checkpoints: Config['checkpoints'], reference?: string): string => {
  const found = conditionProblem({ checkpoints, ...(reference === undefined ? {} : { trajectory: { reference } }) });
  return found ? `${found.message} ${found.hint}` : 'fine';
};

test.each([
  ['two runs', said([...at('plain', 0, 1), ...at('odd', 0, 1)], 'plain'), 'fine'],
  ['a condition with one checkpoint needs no step', said(at('plain', undefined)), 'fine'],
  ['no conditions', said([{ id: 'a', path: 'x' }]), 'fine'],
  ['a missing step', said(at('plain', 0, undefined)), '"plain-1" is one of 2 of condition "plain" and has no step'],
  ['one step twice', said(at('plain', 0, 5, 5)), '"plain-1" and "plain-2" of condition "plain" are both at step 5'],
  ['a misspelt reference', said(at('plain', 0, 1), 'plian'), 'Did you mean "plain"?'],
  ['an unknown reference', said(at('plain', 0, 1), 'zebra'), 'Known: plain.'],
  ['a reference without conditions', said([{ id: 'a', path: 'x' }], 'plain'), 'Give checkpoints a `condition`'],
  ['a reference of one checkpoint', said([...at('plain', 0), ...at('odd', 0, 1)], 'plain'), 'has one checkpoint'],
])('%s', (_, text, part) => {
  expect(text).toContain(part);
});
