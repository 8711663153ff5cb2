import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { inForce, thresholdsInForce } from '../../src/findings/thresholds.ts';

test('a threshold is shown with the value in force, not with the default', () => {
  const shown = thresholdsInForce(
    [
      { key: 'share_deep', unit: 'share', provenance: 'ours' },
      { key: 'gain_margin', unit: 'κ-points', provenance: 'ours' },
      { key: 'D_deep', unit: '', provenance: 'ours' },
      { name: 'spike', value: '3 robust standard deviations', provenance: 'ours' },
    ],
    { ...defaultConstants, share_deep: 0.07, gain_margin: 4 },
  );
  expect(shown.map(({ name, value }) => [name, value])).toEqual([
    ['share_deep', '7 %'],
    ['gain_margin', '4 κ-points'],
    ['D_deep', '0.35'],
    ['spike', '3 robust standard deviations'],
  ]);
});

test('a dossier that does not know a threshold yet is read with the default', () => {
  expect(inForce({}, 'share_margin')).toBe(defaultConstants.share_margin);
});
