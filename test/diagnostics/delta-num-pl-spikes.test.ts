import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaNumPlSpikes } from '../../src/diagnostics/delta-num-pl-spikes.ts';
import { numPlSpikes } from '../../src/diagnostics/num-pl-spikes.ts';
import { gaussian, pairInput, spectrumInput } from './inputs.ts';

test('is the difference of both tail counts', () => {
  const [reference, subject] = [
    spectrumInput([1, 2, 3, 5, 8, 13, 21, 34]),
    spectrumInput([1, 1, 1, 1, 1, 50, 90, 200]),
  ];
  const input = { ...pairInput(gaussian(8, 8, 1), gaussian(8, 8, 2), [8, 8]), reference, subject };
  const [before = 0, now = 0] = [reference, subject].map((side) => numberOf(numPlSpikes.measure(side)));
  expect(numberOf(deltaNumPlSpikes.measure(input))).toBe(now - before);
});
