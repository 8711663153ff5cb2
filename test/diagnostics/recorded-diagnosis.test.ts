import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { Diagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { recordedDiagnosis, recordedPair } from '../../src/diagnostics/recorded-diagnosis.ts';
import type { RecordedRow } from '../../src/diagnostics/recorded-row.ts';

const row = (
  diagnostic: string,
  value: number,
  depth: number | null = null,
  base: string | null = null,
): RecordedRow => ({
  checkpoint: 'sft',
  base,
  group: 'decoder',
  role: depth === null ? null : 'v',
  depth,
  diagnostic,
  value,
  k: null,
  n: null,
  source: 'Fig 9',
});

test('every number carries the note that it was not measured here', () => {
  const diagnosis = recordedDiagnosis([row('alpha_share', 70), row('alpha', 4, 0), row('alpha', 8, 1)], 'recorded:1');
  expect(problemsOf(Diagnosis, diagnosis)).toEqual([]);
  expect(diagnosis.engine).toBe('recorded');
  // The share that is recorded stands, not the one over the two matrices.
  expect(diagnosis.model.alpha_share).toEqual({ status: 'ok', value: 70, note: 'recorded, not measured here: Fig 9' });
  expect(diagnosis.model.mean_alpha).toMatchObject({ value: 6, note: 'over 2 recorded matrices, not measured here' });
  expect(diagnosis.matrices.map(({ labels }) => labels.recorded)).toEqual(['Fig 9', 'Fig 9']);
});

test('size and correlation give the regime; size alone does below the limit of deep, and nothing above it', () => {
  const pair = recordedPair(
    [
      row('relative_change', 1.45, 0, 'base'),
      row('weight_correlation', 0, 0, 'base'),
      row('relative_change', 0.2, 1, 'base'),
      row('relative_change', 1.45, 2, 'base'),
      row('relative_change', 1, 3, 'base'),
      row('weight_correlation', 0.9, 3, 'base'),
    ],
    'recorded:1',
    defaultConstants,
  );
  expect(problemsOf(PairDiagnosis, pair)).toEqual([]);
  expect(pair.matrices.map(({ labels }) => labels.modification_regime)).toEqual([
    'deep',
    'conservative',
    undefined,
    'moderate',
  ]);
  const depth = pair.matrices.map(({ diagnostics }) => numberOf(diagnostics.depth_score));
  expect(depth.slice(0, 3)).toEqual([1, undefined, undefined]);
  expect(depth[3]).toBeCloseTo(0.1, 12);
});
