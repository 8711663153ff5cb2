import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { mutated } from './mutate.ts';
import { targets, tried } from './targets.ts';

describe.each(targets.map((target) => [target.name, target] as const))('%s', (_, target) => {
  test('reads its seeds, or says why not', async () => {
    const outcomes = await Promise.all(target.seeds.map((seed) => tried(target, seed)));
    expect(outcomes[0]).toBe('read');
  });

  test('2,000 damaged files are read or refused with a reason, and both happen', async () => {
    const random = randomStream(7);
    const outcomes = { read: 0, refused: 0 };
    for (let index = 0; index < 2000; index++) {
      const [own, other] = [0, 1].map(() => target.seeds[random.below(target.seeds.length)] as Uint8Array);
      outcomes[await tried(target, mutated(own as Uint8Array, other as Uint8Array, random))]++;
    }
    expect(outcomes.read).toBeGreaterThan(20);
    expect(outcomes.refused).toBeGreaterThan(20);
  });
});
