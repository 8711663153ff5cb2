import { afterAll, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnoseCheckpoint, diagnosePair } from '../../src/diagnostics/diagnose.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { f32, folderOf, safetensors, type WrittenTensor } from '../checkpoint/write-safetensors.ts';

const engine = portableEngine(1);
afterAll(() => engine.close());

const denormal = 2 ** -149;
/** Shapes and values at the edge of what a matrix is, in a block so that all of them are pooled. */
const edges: Record<string, WrittenTensor> = {
  'layers.0.a_none.weight': f32([0, 5], []),
  'layers.0.b_row.weight': f32([1, 6], [1, 2, 3, 4, 5, 6]),
  'layers.0.c_column.weight': f32([6, 1], [1, 2, 3, 4, 5, 6]),
  'layers.0.d_number.weight': f32([1, 1], [3]),
  'layers.0.e_zero.weight': f32([4, 3], new Array(12).fill(0)),
  'layers.0.f_denormal.weight': f32([2, 2], [denormal, 0, 0, 2 * denormal]),
  'layers.0.g_equal.weight': f32([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]),
  'layers.0.h_nan.weight': f32([1, 2], [Number.NaN, 1]),
  'layers.0.i_huge.weight': f32([2, 2], [3e38, 0, 0, 3e38]),
};

test('degenerate matrices go through the diagnosis, each with values or a reason, and the others are not harmed', async () => {
  const checkpoint = await openCheckpoint(await folderOf({ 'm.safetensors': safetensors(edges) }));
  expect(checkpoint.leftOut).toMatchObject([{ reason: 'Empty: one of its sizes is 0.', count: 1 }]);
  const { matrices } = await diagnoseCheckpoint(checkpoint, engine);
  expect(matrices).toHaveLength(8);
  expect(matrices.filter(({ error }) => error).map(({ name, error }) => [name, error?.code])).toEqual([
    ['layers.0.h_nan.weight', 'weights-not-finite'],
  ]);
  for (const { diagnostics } of matrices)
    for (const value of Object.values(diagnostics))
      expect(value.status === 'ok' ? Number.isFinite(value.value) : value.reason.length > 0).toBe(true);
  // A vector has one eigenvalue, 91, so that its stable rank is 1; two equal ones make 2.
  const stable = new Map(matrices.map(({ name, diagnostics }) => [name.slice(9, 10), diagnostics.stable_rank]));
  expect(stable.get('b')).toMatchObject({ status: 'ok', value: expect.closeTo(1, 12) });
  expect(stable.get('c')).toMatchObject({ status: 'ok', value: expect.closeTo(1, 12) });
  expect(stable.get('g')).toMatchObject({ status: 'ok', value: expect.closeTo(3, 12) });
  expect(stable.get('e')?.status).not.toBe('ok');
});

test('a pair of degenerate checkpoints goes through too', async () => {
  const changed = { ...edges, 'layers.0.e_zero.weight': f32([4, 3], new Array(12).fill(1)) };
  const [reference, subject] = await Promise.all(
    [edges, changed].map(async (tensors) => openCheckpoint(await folderOf({ 'm.safetensors': safetensors(tensors) }))),
  );
  if (!reference || !subject) throw new Error('two checkpoints were opened');
  const { matrices } = await diagnosePair(subject, reference, engine, { nullDraws: 1 });
  expect(matrices.filter(({ error }) => error)).toHaveLength(1);
});
