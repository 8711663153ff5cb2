import { describe, expect, test } from 'vitest';
import { benchmarkShadow } from '../../src/findings/benchmark-shadow.ts';
import { broadGain, light, narrowGain, rewritten } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

describe('the benchmark-shadow pattern', () => {
  test('is detected where the gain is narrow and the change limited, and names the families that gained', () => {
    expect(look(benchmarkShadow, plant(narrowGain, light))).toMatchObject({
      status: 'detected',
      names: ['puzzles', 'sums'],
      plain: expect.stringContaining('puzzles and sums'),
      effect: expect.objectContaining({ interval: expect.anything() }),
    });
  });

  test.each([
    ['the gain is broad', broadGain, light],
    ['the model was rebuilt', narrowGain, rewritten],
  ] as const)('is not detected where %s', (_, share, weights) => {
    expect(look(benchmarkShadow, plant(share, weights)).status).toBe('not-detected');
  });

  test('is inconclusive where the restructuring is partial', () => {
    expect(look(benchmarkShadow, plant(narrowGain, { m: 0.15, r: 0.99, G: 0.6 })).status).toBe('inconclusive');
  });

  test('is inconclusive where half of the targeted gain arrived elsewhere', () => {
    const half = plant((family) => (family === 'puzzles' || family === 'sums' ? 0.5 : 0.45));
    const { scores } = only(half);
    expect(scores.status === 'ok' && scores.asymmetry.pattern).toBe('inconclusive');
    expect(look(benchmarkShadow, half).status).toBe('inconclusive');
  });

  test.each(['scores', 'weights'] as const)('is not applicable without the %s, and says what is missing', (branch) => {
    expect(look(benchmarkShadow, without(branch, plant()))).toMatchObject({
      status: 'not-applicable',
      plain: `The ${branch} were lost.`,
      effect: { status: 'skipped', code: 'stage-failed' },
    });
  });
});
