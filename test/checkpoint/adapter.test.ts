import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnosePair } from '../../src/diagnostics/diagnose.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { readWeights } from '../../src/spectrum/read-weights.ts';
import { f32, folderOf, safetensors, type WrittenTensor } from './write-safetensors.ts';

const up = 'model.layers.0.mlp.up_proj.weight';
const down = 'model.layers.0.mlp.down_proj.weight';
const baseTensors = {
  [up]: f32([3, 2], [1, 2, 3, 4, 5, 6]),
  [down]: f32([2, 3], [1, 0, 0, 0, 1, 0]),
  'model.embed_tokens.weight': f32([4, 2], [0, 0, 0, 0, 0, 0, 0, 0]),
};
const prefix = 'base_model.model.model.layers.0.mlp.up_proj';
const settings = { peft_type: 'LORA', r: 1, lora_alpha: 2, base_model_name_or_path: 'org/not-here' };
const pair = { [`${prefix}.lora_A.weight`]: f32([1, 2], [1, 10]), [`${prefix}.lora_B.weight`]: f32([3, 1], [1, 2, 3]) };

const baseFolder = (): Promise<string> =>
  folderOf({ 'model.safetensors': safetensors(baseTensors), 'config.json': { model_type: 'llama' } });
const adapterFolder = (tensors: Record<string, WrittenTensor>, config: object = {}): Promise<string> =>
  folderOf({ 'adapter_model.safetensors': safetensors(tensors), 'adapter_config.json': { ...settings, ...config } });
const numbers = async (path: string, base: string, name: string): Promise<number[]> => {
  const location = (await openCheckpoint(path, { base })).tensors.get(name);
  return location ? [...(await readWeights(location))] : [];
};

describe('a LoRA adapter on its base', () => {
  test('adds α/r · B A to the matrices it names and leaves the others', async () => {
    const [base, path] = [await baseFolder(), await adapterFolder(pair)];
    // 2 · [1 2 3]ᵀ [1 10]
    expect(await numbers(path, base, up)).toEqual([3, 22, 7, 44, 11, 66]);
    expect(await numbers(path, base, down)).toEqual([1, 0, 0, 0, 1, 0]);
    const checkpoint = await openCheckpoint(path, { base });
    expect(checkpoint).toMatchObject({
      architecture: 'llama',
      format: 'safetensors',
      lowRank: { rank: 1, targets: ['up_proj'] },
    });
    expect(checkpoint.matrices).toEqual((await openCheckpoint(base)).matrices);
  });

  test('divides by √r where it is rank-stabilised, and takes alpha and rank of a module from its patterns', async () => {
    const base = await baseFolder();
    const wide = {
      [`${prefix}.lora_A.weight`]: f32([4, 2], [1, 0, 0, 0, 0, 0, 0, 0]),
      [`${prefix}.lora_B.weight`]: f32([3, 4], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    };
    const first = async (config: object): Promise<number | undefined> =>
      (await numbers(await adapterFolder(wide, config), base, up))[0];
    expect(await first({ r: 4, lora_alpha: 8 })).toBe(1 + 8 / 4);
    expect(await first({ r: 4, lora_alpha: 8, use_rslora: true })).toBe(1 + 8 / 2);
    expect(await first({ r: 1, rank_pattern: { up_proj: 4 }, alpha_pattern: { 'mlp.up_proj': 12 } })).toBe(1 + 12 / 4);
  });

  test('is turned for bases that store [in, out] and for embeddings', async () => {
    const base = await baseFolder();
    const conv = {
      [`${prefix}.lora_A.weight`]: f32([1, 3], [1, 2, 3]),
      [`${prefix}.lora_B.weight`]: f32([2, 1], [1, 10]),
    };
    expect(await numbers(await adapterFolder(conv, { fan_in_fan_out: true }), base, up)).toEqual([
      3, 22, 7, 44, 11, 66,
    ]);
    const embedding = {
      'base_model.model.model.embed_tokens.lora_embedding_A': f32([1, 4], [1, 2, 3, 4]),
      'base_model.model.model.embed_tokens.lora_embedding_B': f32([2, 1], [1, 10]),
    };
    expect(await numbers(await adapterFolder(embedding), base, 'model.embed_tokens.weight')).toEqual([
      2, 20, 4, 40, 6, 60, 8, 80,
    ]);
  });

  test('replaces what it brings whole', async () => {
    const whole = {
      ...pair,
      'base_model.model.model.layers.0.mlp.down_proj.modules_to_save.weight': f32([2, 3], [9, 9, 9, 9, 9, 9]),
    };
    expect(await numbers(await adapterFolder(whole), await baseFolder(), down)).toEqual([9, 9, 9, 9, 9, 9]);
  });

  test('finds a base that its settings name by path', async () => {
    const base = await baseFolder();
    const path = await adapterFolder(pair, { base_model_name_or_path: base });
    expect((await openCheckpoint(path)).lowRank?.rank).toBe(1);
  });

  test('has a fingerprint that depends on both sides and on the factor', async () => {
    const [base, path] = [await baseFolder(), await adapterFolder(pair)];
    const identity = async (adapter: string, on: string): Promise<string> =>
      (await openCheckpoint(adapter, { base: on })).fingerprint;
    const other = await folderOf({
      'model.safetensors': safetensors({ ...baseTensors, [down]: f32([2, 3], [1, 0, 0, 0, 1, 1]) }),
    });
    const all = [
      await identity(path, base),
      await identity(path, other),
      await identity(await adapterFolder(pair, { lora_alpha: 3 }), base),
      await identity(await adapterFolder({ ...pair, [`${prefix}.lora_A.weight`]: f32([1, 2], [1, 11]) }), base),
      (await openCheckpoint(base)).fingerprint,
    ];
    expect(new Set(all).size).toBe(5);
    expect(await identity(await adapterFolder(pair), await baseFolder())).toBe(all[0]);
  });

  test('reaches the parts of a fused matrix', async () => {
    const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
    const name = 'transformer.h.0.self_attention.query_key_value.weight';
    const base = await folderOf({
      'model.safetensors': safetensors({ [name]: f32([6, 2], count(12)) }),
      'config.json': { model_type: 'bloom', hidden_size: 2, n_head: 2 },
    });
    const module = 'base_model.model.transformer.h.0.self_attention.query_key_value';
    const path = await adapterFolder({
      [`${module}.lora_A.weight`]: f32([1, 2], [1, 10]),
      [`${module}.lora_B.weight`]: f32([6, 1], [100, 200, 300, 400, 500, 600]),
    });
    // Head by head q, k, v of one row each: keys are rows 1 and 4. Row i gets 2 · 100(i + 1) · [1 10].
    expect(await numbers(path, base, `${name}#k`)).toEqual([2 + 400, 3 + 4000, 8 + 1000, 9 + 10000]);
  });

  test('against its base changes by the norm of its update', async () => {
    const engine = portableEngine(1);
    const base = await baseFolder();
    const [subject, reference] = [
      await openCheckpoint(await adapterFolder(pair), { base }),
      await openCheckpoint(base),
    ];
    const { matrices } = await diagnosePair(subject, reference, engine, { nullDraws: 0 });
    await engine.close();
    // ‖2 [1 2 3]ᵀ [1 10]‖ / ‖1 … 6‖
    const expected = (2 * Math.sqrt(14) * Math.sqrt(101)) / Math.sqrt(91);
    const change = matrices.find(({ name }) => name === up)?.diagnostics.relative_change;
    expect(change).toMatchObject({ status: 'ok', value: expect.closeTo(expected, 12) });
  });
});

describe('an adapter that is not a plain LoRA of this base is refused', () => {
  test.each<[string, Record<string, WrittenTensor>, object, string, string]>([
    ['LoHa', pair, { peft_type: 'LOHA' }, 'adapter-unsupported', '"LOHA"'],
    ['DoRA', pair, { use_dora: true }, 'adapter-unsupported', 'DoRA'],
    [
      'DoRA by its tensors',
      { ...pair, [`${prefix}.lora_magnitude_vector.weight`]: f32([3], [1, 1, 1]) },
      {},
      'adapter-unsupported',
      'lora_magnitude_vector',
    ],
    ['PiSSA', pair, { init_lora_weights: 'pissa_niter_16' }, 'adapter-unsupported', 'changes the base too'],
    ['no rank', pair, { r: 'x' }, 'config-corrupt', 'r is "x"'],
    ['another rank than it says', pair, { r: 8 }, 'adapter-unsupported', 'has rank 1, its settings say 8'],
    ['half a pair', { [`${prefix}.lora_A.weight`]: f32([1, 2], [1, 10]) }, {}, 'adapter-mismatch', 'only lora_A'],
    [
      'another shape',
      { ...pair, [`${prefix}.lora_B.weight`]: f32([4, 1], [1, 2, 3, 4]) },
      {},
      'adapter-mismatch',
      '4×1 by 1×2',
    ],
    [
      'another model',
      {
        'base_model.model.h.0.lora_A.weight': f32([1, 2], [1, 1]),
        'base_model.model.h.0.lora_B.weight': f32([3, 1], [1, 1, 1]),
      },
      {},
      'adapter-mismatch',
      'does not have',
    ],
    ['nothing', {}, {}, 'adapter-mismatch', 'no lora_A'],
  ])('%s', async (_, tensors, config, code, what) => {
    const opening = openCheckpoint(await adapterFolder(tensors, config), { base: await baseFolder() });
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(what) });
  });

  test('a base that is not there', async () => {
    const path = await adapterFolder(pair, { base_model_name_or_path: '/no/such/base' });
    await expect(openCheckpoint(path)).rejects.toMatchObject({
      code: 'adapter-base-missing',
      hint: expect.stringContaining('--base'),
    });
  });

  test('no weights beside the settings', async () => {
    const path = await adapterFolder(pair);
    await rename(join(path, 'adapter_model.safetensors'), join(path, 'other'));
    await expect(openCheckpoint(path, { base: await baseFolder() })).rejects.toMatchObject({
      code: 'checkpoint-empty',
    });
  });
});
