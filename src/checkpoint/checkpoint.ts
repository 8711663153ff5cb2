import Type from 'typebox';

/** Roles of a weight matrix that Skiagram knows; anything else is `other` and stays in the inventory. */
export const roles = [
  'q',
  'k',
  'v',
  'o',
  'qkv',
  'gate',
  'up',
  'down',
  'gate_up',
  'embedding',
  'head',
  'norm',
  'bias',
  'other',
] as const;
export type Role = (typeof roles)[number];

/** Module groups; a vision tower and a decoder are judged separately. */
export const groups = ['decoder', 'vision', 'projector', 'other'] as const;
export type Group = (typeof groups)[number];

/** Where one tensor's bytes lie. `begin` and `end` are absolute offsets in `file`. */
export interface TensorLocation {
  readonly name: string;
  /** Upper-case safetensors name: F64, F32, F16, BF16, I8, … */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  /** SHA-256 of the bytes, lower-case hex; known once the checkpoint was fingerprinted. Equal weights are analysed once. */
  readonly sha256?: string;
}

export const MatrixInfo = Type.Object(
  {
    name: Type.String(),
    role: Type.Enum(roles),
    /** Block index, counted from 0; null outside the blocks. */
    depth: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    group: Type.Enum(groups),
    rows: Type.Integer({ minimum: 0 }),
    cols: Type.Integer({ minimum: 0 }),
    dtype: Type.String(),
    /** True where the matrix counts in shares and means (linear weights inside blocks). */
    pooled: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type MatrixInfo = Type.Static<typeof MatrixInfo>;

/** Artifact `checkpoints/<id>.json`: what was opened, before anything is computed. */
export const CheckpointArtifact = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    path: Type.String(),
    format: Type.Literal('safetensors'),
    architecture: Type.Union([Type.String(), Type.Null()]),
    /** SHA-256 over tensor names, dtypes, shapes and bytes; independent of sharding. */
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    parameters: Type.Integer({ minimum: 0 }),
    bytes: Type.Integer({ minimum: 0 }),
    dtypes: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
    matrices: Type.Array(MatrixInfo),
    /** Tensors that are not matrices, or that are left out, by reason. */
    leftOut: Type.Array(
      Type.Object(
        { reason: Type.String(), count: Type.Integer(), examples: Type.Array(Type.String()) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CheckpointArtifact = Type.Static<typeof CheckpointArtifact>;

/** An opened checkpoint: the artifact's content plus where the bytes are. */
export interface Checkpoint extends CheckpointArtifact {
  readonly tensors: ReadonlyMap<string, TensorLocation>;
  /** Content of config.json, where there is one. */
  readonly config: Readonly<Record<string, unknown>>;
}
