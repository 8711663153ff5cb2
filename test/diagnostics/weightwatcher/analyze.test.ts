import { expect, test } from 'vitest';
import { analyzeLayers } from '../../../src/diagnostics/weightwatcher/analyze.ts';
import { selectLayers } from '../../../src/diagnostics/weightwatcher/selection.ts';
import { portableEngine } from '../../../src/spectrum/portable.ts';
import { tensorFile } from '../../spectrum/tensor-file.ts';
import { gaussian } from '../inputs.ts';

const named = (name: string, values: Float64Array) => ({ ...tensorFile([...values], [20, 12]), name });
const good = named('good.weight', gaussian(20, 12, 1));
const broken = named('broken.weight', gaussian(20, 12, 2).fill(Number.NaN, 3, 5));
const { layers } = selectLayers([good, broken]);

test('a layer that is not finite is listed, and the others keep their rows and ids', async () => {
  const engine = portableEngine(1);
  const { rows, failed } = await analyzeLayers(layers, engine, engine);
  expect(rows).toEqual([expect.objectContaining({ layer_id: 0, name: 'good', num_evals: 12 })]);
  expect(failed).toEqual([{ name: 'broken', error: expect.objectContaining({ code: 'weights-not-finite' }) }]);
  await engine.close();
});

test('the same seed shuffles alike, another one does not', async () => {
  const engine = portableEngine(1);
  const distance = async (seed: number): Promise<unknown> =>
    (await analyzeLayers(layers, engine, engine, { randomize: { seed } })).rows[0]?.rand_distance;
  expect(await distance(1)).toBe(await distance(1));
  expect(await distance(1)).not.toBe(await distance(2));
  await engine.close();
});

test('an abort ends it with the reason of the signal', async () => {
  const engine = portableEngine(1);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(analyzeLayers(layers, engine, engine, { signal })).rejects.toThrow('enough');
  await engine.close();
});
