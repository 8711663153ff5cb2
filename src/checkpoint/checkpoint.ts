import Type from 'typebox';

/** Roles of a weight matrix that Skiagram knows; anything else is `other` and stays in the inventory. */
export const roles = [
  'q',
  'k',
  'v',
  'o',
  'qkv',
  'kv',
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

/** Formats of weight files; an adapter has that of its base. */
export const formats = ['safetensors', 'pytorch', 'gguf'] as const;
export type Format = (typeof formats)[number];

/** Module groups; a vision tower and a decoder are judged separately. */
export const groups = ['decoder', 'vision', 'projector', 'other'] as const;
export type Group = (typeof groups)[number];

/** One axis of a strided view: how many steps it has, and how many stored elements lie between two of them. */
export interface Axis {
  readonly size: number;
  readonly stride: number;
}

/**
 * A matrix inside a stored tensor: entry (i, j) is stored element `offset` + Σ digits of i × their strides + the same for j.
 * The digits of i are those of the mixed-radix number whose places are `rows`, most significant first; so the query
 * rows of a fused `[heads, 3, head size, in]` tensor are rows `[{heads, 3·size·in}, {size, in}]`, cols `[{in, 1}]`.
 */
export interface TensorView {
  readonly offset: number;
  readonly rows: readonly Axis[];
  readonly cols: readonly Axis[];
}

/** Factors of a quantised tensor: entry (i, j) is the stored number × scale[⌊i/blockRows⌋, ⌊j/blockCols⌋]. */
export interface TensorScale {
  readonly scale: TensorLocation;
  readonly blockRows: number;
  readonly blockCols: number;
}

/** A low-rank update that is added to the stored matrix: factor · B A, with B rows × r and A r × cols. */
export interface LowRankUpdate {
  readonly a: TensorLocation;
  readonly b: TensorLocation;
  readonly factor: number;
}

/** Where one tensor's bytes lie, and how its numbers come of them. `begin` and `end` are absolute offsets in `file`. */
export interface TensorLocation {
  readonly name: string;
  /**
   * Upper-case safetensors name (F64, F32, F16, BF16, F8_E4M3, F8_E5M2, I8, …), or the name of a GGUF block quantisation
   * (Q8_0, Q4_0, Q4_K, Q5_K, Q6_K), whose rows are whole blocks.
   */
  readonly dtype: string;
  /** Of the matrix, view applied; the stored tensor may have another one. */
  readonly shape: readonly number[];
  /** Elements between neighbours along each axis of a stored tensor that is not row-major; then a matrix has a `view` too. */
  readonly strides?: readonly number[];
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  /** SHA-256 of the stored bytes, lower-case hex; known once the checkpoint was fingerprinted. Equal weights are analysed once. */
  readonly sha256?: string;
  /** Left out where the stored tensor is the matrix, row-major. */
  readonly view?: TensorView;
  readonly scaled?: TensorScale;
  readonly updates?: readonly LowRankUpdate[];
}

const Counted = Type.Object(
  { reason: Type.String(), count: Type.Integer(), examples: Type.Array(Type.String()) },
  { additionalProperties: false },
);

export const MatrixInfo = Type.Object(
  {
    /**
     * Of the stored tensor; a part of one has a `#` and what it is after it: `…qkv_proj.weight#q`, `…gate_up_proj.weight#up`,
     * `…experts.down_proj#3` (expert 3), `…experts.gate_up_proj#3.gate`.
     */
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
    format: Type.Enum(formats),
    architecture: Type.Union([Type.String(), Type.Null()]),
    /** SHA-256 over tensor names, dtypes, shapes and bytes; independent of sharding, see fingerprint.ts. */
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    parameters: Type.Integer({ minimum: 0 }),
    bytes: Type.Integer({ minimum: 0 }),
    dtypes: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
    matrices: Type.Array(MatrixInfo),
    /** Tensors that are not matrices, or that are left out, by reason. */
    leftOut: Type.Array(Counted),
    /** Matrices that are analysed otherwise than one may expect (fused ones that could not be taken apart), by reason. */
    notes: Type.Array(Counted),
    /** Set where weights are a base's plus low-rank updates: largest rank, and names of the updated tensors' modules. */
    lowRank: Type.Optional(
      Type.Object(
        { rank: Type.Integer({ minimum: 1 }), targets: Type.Array(Type.String()) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CheckpointArtifact = Type.Static<typeof CheckpointArtifact>;

/** An opened checkpoint: the artifact's content plus where the bytes are. */
export interface Checkpoint extends CheckpointArtifact {
  /** The folder or file that was opened: `path`, or where a hub id's files are in the cache. */
  readonly local: string;
  /** Of an adapter: the folder or file of its base that was opened. */
  readonly localBase?: string;
  /** Every matrix of `matrices` by its name, and every stored tensor by its own. */
  readonly tensors: ReadonlyMap<string, TensorLocation>;
  /** The stored tensors as they are, in the order of the files; what `--compat` reads. */
  readonly stored: readonly TensorLocation[];
  /** Content of config.json, where there is one. */
  readonly config: Readonly<Record<string, unknown>>;
}
