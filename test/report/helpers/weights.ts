import { ok } from '../../../src/base/measured.ts';
import { type RandomStream, randomStream } from '../../../src/base/random.ts';
import type { CheckpointArtifact, MatrixInfo } from '../../../src/checkpoint/checkpoint.ts';
import type { Diagnosis, MatrixDiagnosis, PairDiagnosis } from '../../../src/diagnostics/diagnosis.ts';
import { measureModel } from '../../../src/diagnostics/measure.ts';
import { modificationRegime } from '../../../src/diagnostics/modification-regime.ts';

const roles = {
  q: 'self_attn.q_proj',
  k: 'self_attn.k_proj',
  v: 'self_attn.v_proj',
  o: 'self_attn.o_proj',
  gate: 'mlp.gate_proj',
  up: 'mlp.up_proj',
  down: 'mlp.down_proj',
} as const;

/** Inventory of a decoder: seven pooled matrices a layer, embeddings listed and not pooled. */
function inventory(layers: number): MatrixInfo[] {
  const listed: MatrixInfo = {
    name: 'model.embed_tokens.weight',
    role: 'embedding',
    depth: null,
    group: 'decoder',
    rows: 32_000,
    cols: 1024,
    dtype: 'BF16',
    pooled: false,
  };
  const blocks = Array.from({ length: layers }, (_, depth) =>
    Object.entries(roles).map(
      ([role, module]): MatrixInfo => ({
        name: `model.layers.${depth}.${module}.weight`,
        role: role as MatrixInfo['role'],
        depth,
        group: 'decoder',
        rows: role === 'down' ? 1024 : 2816,
        cols: role === 'down' ? 2816 : 1024,
        dtype: 'BF16',
        pooled: true,
      }),
    ),
  );
  return [listed, ...blocks.flat()];
}

/** What opening a checkpoint would have recorded. */
export function artifact(fingerprint: string, path: string, layers: number): CheckpointArtifact {
  return {
    schemaVersion: '1.0',
    path,
    format: 'safetensors',
    architecture: 'LlamaForCausalLM',
    fingerprint,
    parameters: 186_000_000,
    bytes: 372_000_000,
    dtypes: { BF16: 7 * layers + 1 },
    matrices: inventory(layers),
    leftOut: [{ reason: 'Not a matrix: a vector or a scalar (norms, biases).', count: 2 * layers + 1, examples: [] }],
  };
}

/** Spectra of one checkpoint: exponents scattered around `centre`; the first k_proj could not be fitted. */
export function diagnosis(fingerprint: string, centre: number, seed: number, layers: number): Diagnosis {
  const random = randomStream(seed);
  const matrices = inventory(layers).map((matrix): MatrixDiagnosis => {
    const alpha = Math.max(1.6, centre + 1.1 * random.normal() + (matrix.role === 'v' ? 1.2 : 0));
    const broken = matrix.role === 'k' && matrix.depth === 0;
    return {
      ...matrix,
      diagnostics: {
        alpha: broken
          ? { status: 'failed', code: 'no-fit', reason: 'The tail holds fewer than two eigenvalues.' }
          : ok(alpha, { n: 210 }),
        sigma: ok((alpha - 1) / Math.sqrt(210), { n: 210 }),
        D: ok(0.05 + 0.02 * random.uniform(), { n: 210 }),
        num_pl_spikes: ok(210, { n: 1024 }),
      },
      labels: {},
    };
  });
  return { schemaVersion: '1.0', fingerprint, engine: 'native', matrices, model: measureModel('model', matrices) };
}

/** How strongly each kind of matrix moved, and whether its geometry moved with it. */
export interface Movement {
  /** Relative change of an attention matrix in the middle of the network. */
  readonly size: number;
  readonly geometry: number;
}

/** Subject against base, with more change in the middle of the network and in o and down. */
export function pairDiagnosis(
  fingerprints: { subject: string; base: string },
  movement: Movement,
  seed: number,
  layers: number,
): PairDiagnosis {
  const random = randomStream(seed);
  const matrices = inventory(layers).map((matrix) => moved(matrix, movement, layers, random));
  return {
    schemaVersion: '1.0',
    fingerprint: fingerprints.subject,
    baseFingerprint: fingerprints.base,
    engine: 'native',
    matrices,
    model: measureModel('pair-model', matrices),
    unpaired: [],
  };
}

function moved(matrix: MatrixInfo, movement: Movement, layers: number, random: RandomStream): MatrixDiagnosis {
  const depth = matrix.depth ?? 0;
  const bump = 0.6 + 0.8 * Math.sin((Math.PI * (depth + 0.5)) / layers);
  const kind = matrix.role === 'o' || matrix.role === 'down' ? 1.7 : 1;
  const change = movement.size * bump * kind * Math.exp(0.12 * random.normal());
  const correlation = Math.max(-0.02, 1 - change ** 2 / 2);
  const geometry = Math.min(1, movement.geometry * (0.6 + 0.8 * random.uniform()));
  const n = matrix.rows * matrix.cols;
  return {
    ...matrix,
    diagnostics: {
      relative_change: ok(change, { n }),
      weight_correlation: ok(correlation, { n }),
      depth_score: ok(1 - Math.max(0, correlation), { n }),
      geometry_score: ok(geometry, { n: 5 }),
      delta_log_effective_rank: ok(0.05 * geometry * (random.uniform() - 0.5)),
      delta_alpha: ok(0.4 * movement.size * random.normal(), { se: 0.3 }),
      delta_alpha_z: ok(movement.size * random.normal()),
      alpha_range_change: ok(random.uniform() < 0.04 ? 1 : 0),
    },
    labels: { modification_regime: modificationRegime(change, correlation) },
  };
}
