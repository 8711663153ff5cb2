import { createHash } from 'node:crypto';
import { type RandomStream, randomStream } from '../../src/base/random.ts';
import { plan } from './plan.ts';

/**
 * The stream of one world of one cell. The seed is a hash, because the generator's first numbers are alike for seeds that
 * follow each other (the mean of the first normals of seeds 1000 to 1019 is far from 0); some are passed over besides.
 */
export function worldStream(cell: string, world: number): RandomStream {
  const random = randomStream(createHash('sha256').update(`${plan.seed}/${cell}/${world}`).digest().readInt32LE(0));
  for (let draw = 0; draw < 16; draw++) random.uniform();
  return random;
}
