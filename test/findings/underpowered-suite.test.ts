import { expect, test } from 'vitest';
import { ok, skipped } from '../../src/base/measured.ts';
import { underpoweredSuite } from '../../src/findings/underpowered-suite.ts';
import { look, only, plant, without } from './comparison.ts';

const detecting = (detectable: ReturnType<typeof ok>) => {
  const dossier = plant();
  const { scores } = only(dossier);
  if (scores.status !== 'ok') throw new Error('no scores');
  scores.asymmetry.detectable = detectable;
  return dossier;
};

test('is detected where Table 2’s suite sees 18.6 points and no less', () => {
  expect(look(underpoweredSuite, detecting(ok(18.6)))).toMatchObject({
    status: 'detected',
    effect: { value: 18.6, n: 24, note: expect.stringContaining('no interval') },
    plain: expect.stringContaining('smaller ones, of 5 points and more'),
  });
});

test('is not detected at the margin, and follows the margin of the dossier', () => {
  const dossier = detecting(ok(5));
  expect(look(underpoweredSuite, dossier).status).toBe('not-detected');
  dossier.constants.contrast_margin = 3;
  expect(look(underpoweredSuite, dossier).status).toBe('detected');
});

test('is not applicable where no power could be stated, or without scores', () => {
  expect(look(underpoweredSuite, detecting(skipped('few', 'Too few tasks.')))).toMatchObject({
    status: 'not-applicable',
    plain: 'Too few tasks.',
  });
  expect(look(underpoweredSuite, without('scores', plant())).status).toBe('not-applicable');
});
