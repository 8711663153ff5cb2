import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decoder } from './plan.ts';
import { type PlantedLayer, roles } from './weight-world.ts';

const module = {
  q: 'self_attn.q_proj',
  k: 'self_attn.k_proj',
  v: 'self_attn.v_proj',
  o: 'self_attn.o_proj',
  gate: 'mlp.gate_proj',
  up: 'mlp.up_proj',
  down: 'mlp.down_proj',
} as const;

/** Writes planted layers as a checkpoint of safetensors (float32) with the config.json of a decoder. */
export function writeCheckpoint(folder: string, layers: readonly PlantedLayer[]): void {
  mkdirSync(folder, { recursive: true });
  const tensors = layers.flatMap(({ weights, gains }, layer) => {
    const prefix = `model.layers.${layer}`;
    return [
      ...roles.map((role) => ({
        name: `${prefix}.${module[role]}.weight`,
        shape: [weights[role].rows, weights[role].cols],
        values: Float32Array.from(weights[role].entries),
      })),
      {
        name: `${prefix}.input_layernorm.weight`,
        shape: [gains.attention.length],
        values: Float32Array.from(gains.attention),
      },
      {
        name: `${prefix}.post_attention_layernorm.weight`,
        shape: [gains.mlp.length],
        values: Float32Array.from(gains.mlp),
      },
    ];
  });
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(
    join(folder, 'model.safetensors'),
    Buffer.concat([length, text, ...tensors.map(({ values }) => new Uint8Array(values.buffer))]),
  );
  const { width, heads, kvHeads, headSize, neurons } = decoder;
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      hidden_size: width,
      num_attention_heads: heads,
      num_key_value_heads: kvHeads,
      head_dim: headSize,
      intermediate_size: neurons,
      num_hidden_layers: layers.length,
      hidden_act: 'silu',
    }),
  );
}
