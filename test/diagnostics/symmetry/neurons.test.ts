import { expect, test } from 'vitest';
import { randomStream, shuffle } from '../../../src/base/random.ts';
import { matchNeurons, neuronScales, neuronSketch, worthMatching } from '../../../src/diagnostics/symmetry/neurons.ts';
import { gaussian } from '../inputs.ts';
import { noisy, pickRows } from './models.ts';

const [count, width] = [1024, 256];
const dense = (entries: Float64Array) => ({ rows: entries.length / width, cols: width, entries });
const random = randomStream(3);
const order = shuffle(
  Array.from({ length: count }, (_, neuron) => neuron),
  random,
);
const factors = order.map(() => Math.exp(random.normal()));
const [up, down] = [gaussian(count, width, 1), gaussian(count, width, 2)];
const movedUp = pickRows(up, width, order, (row) => factors[row] as number);
const movedDown = pickRows(down, width, order, (row) => 1 / (factors[row] as number));

test('1024 neurons are found again after permutation and positive rescaling, every one of them, with their factors', () => {
  const subject = { up: neuronSketch(dense(movedUp)), down: neuronSketch(dense(movedDown)) };
  const reference = { up: neuronSketch(dense(up)), down: neuronSketch(dense(down)) };
  const match = matchNeurons([subject.up, subject.down], [reference.up, reference.down]);
  expect([...match]).toEqual(order);
  const scales = neuronScales(subject, reference, match);
  factors.forEach((factor, neuron) => {
    expect(scales[neuron]).toBeCloseTo(factor, 10);
  });
});

test('noise of a tenth and of three tenths of each neuron loses none', () => {
  const permuted = [up, down].map((matrix) => pickRows(matrix, width, order));
  for (const m of [0.1, 0.3]) {
    const match = matchNeurons(
      permuted.map((matrix, index) => neuronSketch(dense(noisy(matrix, m, 7 + index)))),
      [up, down].map((matrix) => neuronSketch(dense(matrix))),
    );
    expect([...match]).toEqual(order);
  }
});

test('a match is one to one, also where all neurons are zero', () => {
  const zero = neuronSketch(dense(new Float64Array(8 * width)));
  const match = matchNeurons([zero], [zero]);
  expect([...match].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a sample tells related neurons, down to a correlation of about 0.7, from unrelated ones', () => {
  const sketched = (matrices: readonly Float64Array[]) => matrices.map((matrix) => neuronSketch(dense(matrix)));
  const gate = gaussian(count, width, 5);
  const reference = sketched([up, down, gate]);
  const permuted = [up, down, gate].map((matrix) => pickRows(matrix, width, order));
  for (const m of [0, 0.3, 1])
    expect(worthMatching(sketched(permuted.map((matrix, index) => noisy(matrix, m, 11 + index))), reference)).toBe(
      true,
    );
  expect(worthMatching(sketched([21, 22, 23].map((seed) => gaussian(count, width, seed))), reference)).toBe(false);
});
