import { expect, test } from 'vitest';
import type { DossierCheckpoint } from '../../src/dossier/dossier.ts';
import { unattestedScores } from '../../src/findings/unattested-scores.ts';
import { look, plant, without } from './comparison.ts';

const marked = (attestation: DossierCheckpoint['attestation']) => {
  const dossier = plant();
  for (const checkpoint of dossier.checkpoints) if (checkpoint.id === 'base') checkpoint.attestation = attestation;
  return dossier;
};

test('is detected where one side carries no fingerprint, and names it', () => {
  expect(look(unattestedScores, marked('unattested'))).toMatchObject({ status: 'detected', names: ['base'] });
});

test('is not detected where both carry that of the weights', () => {
  expect(look(unattestedScores, marked('attested')).status).toBe('not-detected');
});

test('is inconclusive where it is not known of one side', () => {
  expect(look(unattestedScores, marked('none')).status).toBe('inconclusive');
});

test('is not applicable without scores', () => {
  expect(look(unattestedScores, without('scores', plant())).status).toBe('not-applicable');
});
