import { readdirSync, readFileSync } from 'node:fs';
import { SkiagramError } from '../../src/base/error.ts';
import { type Bytes, bytesOf } from '../../src/checkpoint/bytes.ts';
import type { Contents } from '../../src/checkpoint/contents.ts';
import { readGguf } from '../../src/checkpoint/gguf.ts';
import { takeInventory } from '../../src/checkpoint/inventory.ts';
import { readPytorch } from '../../src/checkpoint/pytorch.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import { weightsFrom } from '../../src/spectrum/read-weights.ts';

/** A reader of the three, and the valid files that mutations start from. */
export interface Target {
  readonly name: 'safetensors' | 'pytorch' | 'gguf';
  readonly seeds: readonly Uint8Array[];
  readonly read: (bytes: Bytes) => Contents | Promise<Contents>;
}

const here = new URL('.', import.meta.url);
const fixtures = new URL('../checkpoint/fixtures/', here);
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, fixtures)));

/** Files that once made a reader fail, kept so that none does again; named after the reader. */
function crashers(reader: string): Uint8Array[] {
  const names = readdirSync(new URL('corpus/', here)).filter((name) => name.startsWith(`${reader}-`));
  return names.map((name) => new Uint8Array(readFileSync(new URL(`corpus/${name}`, here))));
}

/** A safetensors file with everything that the inventory treats in its own way, smaller than the others. */
function everyKind(): Uint8Array {
  const tensors: [string, string, number[], number][] = [
    ['model.layers.0.self_attn.qkv_proj.weight', 'F16', [8, 4], 64],
    ['model.layers.0.mlp.gate_up_proj.weight', 'BF16', [8, 4], 64],
    ['model.layers.0.mlp.experts.gate_up_proj', 'F32', [2, 4, 4], 128],
    ['model.layers.0.self_attn.o_proj.weight', 'F8_E4M3', [4, 4], 16],
    ['model.layers.0.self_attn.o_proj.weight_scale_inv', 'F32', [1, 1], 4],
    ['h.0.attn.c_attn.weight', 'F64', [2, 6], 96],
    ['encoder.layers.0.self_attn.in_proj_weight', 'F32', [6, 2], 48],
    ['a.qweight', 'I32', [2], 8],
    ['empty', 'F32', [0, 3], 0],
  ];
  let at = 0;
  const header = Object.fromEntries(
    tensors.map(([name, dtype, shape, length]) => {
      at += length;
      return [name, { dtype, shape, data_offsets: [at - length, at] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, Buffer.alloc(at, 0x3c)]);
}

export const targets: readonly Target[] = [
  {
    name: 'safetensors',
    seeds: [file('plain.safetensors'), everyKind(), ...crashers('safetensors')],
    read: readSafetensors,
  },
  {
    name: 'pytorch',
    seeds: [
      ...['plain.bin', 'views.pt', 'nested.pth', 'dtypes.pt', 'legacy.bin', 'protocol-4.bin'].map(file),
      ...crashers('pytorch'),
    ],
    read: readPytorch,
  },
  { name: 'gguf', seeds: [file('small.gguf'), ...crashers('gguf')], read: readGguf },
];

/** A config that makes the inventory take fused weights apart. */
const config = {
  model_type: 'phi3',
  hidden_size: 4,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  intermediate_size: 4,
  moe_intermediate_size: 2,
};

/** Elements decoded in one case; the fuzz is for structure, and every block is decoded by the same code. */
const maxDecoded = 4096;

/**
 * One case: structure, inventory and the numbers of small matrices, all in memory. `refused` where a SkiagramError said why;
 * any other exception comes through, and is a bug.
 */
export async function tried(target: Target, input: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const bytes = bytesOf(input, 'fuzz');
    const contents = await target.read(bytes);
    const { matrices, locations } = takeInventory(contents.tensors, contents.config ?? config);
    let decoded = 0;
    for (const { name, rows, cols } of matrices) {
      const location = locations.get(name);
      decoded += rows * cols;
      if (!location || decoded > maxDecoded) continue;
      try {
        weightsFrom(location, () => bytes);
      } catch (error) {
        if (!(error instanceof SkiagramError)) throw error;
      }
    }
    return 'read';
  } catch (error) {
    if (error instanceof SkiagramError) return 'refused';
    throw error;
  }
}
