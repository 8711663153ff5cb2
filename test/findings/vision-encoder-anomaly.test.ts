import { expect, test } from 'vitest';
import { visionEncoderAnomaly } from '../../src/findings/vision-encoder-anomaly.ts';
import { look, without } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

const wave = (depth: number): number => 4 + ([0, 0.3, 0.05, 0.45, -0.1, 0.2, -0.15][depth % 7] ?? 0);

/** A vision encoder of 24 layers beside a quiet decoder; layer 3 of q has α `spike`, as in Figure 12 of the paper. */
const encoder = (spike: number, before = wave(3), sigma = 0.02) =>
  plantSpectra([
    ...blocks(['q', 'up'], 24, (role, depth) => ({
      group: 'vision',
      before: role === 'q' && depth === 3 ? before : wave(depth),
      after: role === 'q' && depth === 3 ? spike : wave(depth),
      sigma,
    })),
    ...blocks(['q'], 8, () => ({ before: 4, after: 4 })),
  ]);

test('is detected at the layer where it was planted, in the encoder alone', () => {
  const product = look(visionEncoderAnomaly, encoder(1.5));
  expect(product).toMatchObject({ status: 'detected', names: ['q 3'], effect: { k: 1, n: 48 } });
  expect(product.evidence.map(({ label }) => label).join()).toContain('the same event');
});

test('a layer that stood out in the base already is not news', () => {
  expect(look(visionEncoderAnomaly, encoder(1.5, 1.5))).toMatchObject({
    status: 'not-detected',
    plain: expect.stringContaining('did so in the base already'),
  });
});

test('is not detected where every layer with its error stays with its neighbours', () => {
  expect(look(visionEncoderAnomaly, encoder(wave(3))).status).toBe('not-detected');
});

test('is inconclusive where the error of α is as large as the spike', () => {
  expect(look(visionEncoderAnomaly, encoder(1.5, wave(3), 1)).status).toBe('inconclusive');
});

test('is not applicable without an encoder, with too few layers, or without weights', () => {
  const decoder = plantSpectra(blocks(['q'], 12, () => ({ before: 4, after: 4 })));
  expect(look(visionEncoderAnomaly, decoder).effect).toMatchObject({ code: 'no-vision-encoder' });
  const short = plantSpectra(blocks(['q'], 3, () => ({ group: 'vision', before: 4, after: 4 })));
  expect(look(visionEncoderAnomaly, short).effect).toMatchObject({ code: 'too-few-layers' });
  expect(look(visionEncoderAnomaly, without('weights', decoder)).status).toBe('not-applicable');
});
