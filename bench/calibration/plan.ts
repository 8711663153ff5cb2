/**
 * The plan of the calibration, committed before any result was computed: seeds, cells, sizes, what is accepted, and the
 * thresholds in force. A change after the first result is a commit of its own that says why.
 *
 * Changed once, after a first run of 200 worlds a cell (ADR 13): whether a world holds a shadow is asked of its own families
 * and not of the means they were drawn from, power cells hold exactly what was planted on each side, cells without an axis
 * are kept for one suite, null cells draw more worlds and weight cells fewer. The seed is new with it.
 */
export const plan = {
  seed: 20_261_126,
  /** Worlds a cell of a full run, so that at least 2,000 of a null cell hold no shadow; `--worlds` asks for fewer while working. */
  worlds: { null: 2_400, edge: 4_000, power: 1_000, weights: 100, shown: 40, joint: 40 },
  /** A world holds a shadow where the mean true gains of its sides do: T at least, T − C at least, C below this share of T. */
  shadow: { targeted: 2, contrast: 5, transfer: 0.5 },
  /** METHOD § 5.4. */
  acceptance: {
    /** (a) Rate of shadows called among the worlds of a null cell that hold none, and its one-sided 95 % Clopper–Pearson upper bound. */
    falseShadow: 0.05,
    falseShadowUpper: 0.06,
    /** (b) Power at 10 κ-points in 2 of 5 families, at least 4 tasks × 500 items. */
    power: 0.8,
    /** (c) Coverage of the 95 % intervals of τ and S. */
    coverage: [0.93, 0.97],
    /** (d) Recall of `recoordinatised` on exact symmetries. */
    recoordinatised: 1,
    /** (g) One-task spikes called asymmetric. */
    spike: 0.05,
  },
  /** κ-points: SD of true family gains around what was planted, and of true task gains around their family. */
  unevenness: { families: 4, tasks: 3 },
  /** Item model: logit P(right) = level of the family + task + item (+ gain); SDs on the logit scale (METHOD § 5.1). */
  items: { taskSd: 0.4, itemSd: 1.3, levels: [0.35, 0.5, 0.6, 0.7, 0.8], ceilingLevel: 0.95 },
  /** Thresholds the product had when this was written; a test holds them against src/base/constants.ts. */
  constants: {
    gain_margin: 2,
    gate_margin: 2,
    contrast_margin: 5,
    alpha_test: 0.04,
    transfer_fraction: 0.5,
    ceiling: 0.9,
    floor: 0.05,
    bh_q: 0.05,
    leave_one_out_p: 0.1,
    permutations: 20_000,
    bootstrap: 2_000,
    min_task_df: 5,
    min_families: 3,
    regime_conservative: 0.05,
    regime_moderate: 0.5,
    regime_deep: 1.0,
    deep_correlation: 0.5,
    recoordinatised: 0.9,
    D_limited: 0.1,
    D_deep: 0.35,
    G_inert: 0.2,
    share_moved_limited: 0.1,
    share_deep: 0.25,
    geometry_scale: 0.05,
    storage_noise: 0.005,
    alpha_low: 2,
    alpha_high: 6,
    tail_high: 10,
    min_layers: 8,
  },
} as const;

/** What was planted in the scores of a world, κ-points of mean gain. */
export type Truth =
  | { readonly kind: 'gain'; readonly targeted: number; readonly coverage: number }
  /** One task of the first targeted family rises by `points`, nothing else moves. */
  | { readonly kind: 'spike'; readonly points: number };

/** One cell of score worlds. */
export interface ScoreCell {
  readonly id: string;
  /** `null`: no shadow is planted, calling one is wrong. `power`: one is planted. `spike`: acceptance (g) besides. */
  readonly role: 'null' | 'power' | 'spike';
  readonly targeted: number;
  readonly coverage: number;
  readonly tasks: number;
  readonly items: number;
  readonly declared: boolean;
  readonly truth: Truth;
  /** SD of natural unevenness between families, κ-points. */
  readonly uneven: number;
  /** Unevenness moves families within their side only: T and C are exactly what was planted. */
  readonly centred?: boolean;
  /** SD of true task gains within a family, κ-points. */
  readonly scatter: number;
  /** Score of guessing. */
  readonly chance: number;
  /** Items a passage; 1 = every item stands alone. Items of one passage share `icc` of their difficulty's variance. */
  readonly cluster: number;
  readonly icc: number;
  /** Coverage families start at the ceiling. */
  readonly ceiling: boolean;
  /** On the edge of what is a shadow: near half the worlds hold one, so more are drawn. */
  readonly edge?: boolean;
  /** Counts for acceptance (b). */
  readonly accepted?: boolean;
}

const { families, tasks } = plan.unevenness;
const plain = {
  uneven: families,
  scatter: tasks,
  chance: 0,
  cluster: 1,
  icc: 0,
  ceiling: false,
  declared: true,
} as const;
const suites = [
  { targeted: 1, coverage: 2, tasks: 4, items: 500 },
  { targeted: 2, coverage: 3, tasks: 3, items: 300 },
  { targeted: 2, coverage: 3, tasks: 4, items: 500 },
  { targeted: 3, coverage: 5, tasks: 6, items: 100 },
] as const;
const gain = (targeted: number, coverage = targeted): Truth => ({ kind: 'gain', targeted, coverage });

const nullTruths: Readonly<Record<string, Truth>> = {
  'no-change': gain(0),
  'uniform-3': gain(3),
  'uniform-10': gain(10),
  'uniform-20': gain(20),
  'transfer-10-8': gain(10, 8),
  'boundary-10-5': gain(10, 5),
  'loss-10': gain(-10, 0),
};
const standard = suites[2];

/** Every cell of the score worlds, in the order of the page. */
export const scoreCells: readonly ScoreCell[] = [
  ...[true, false].flatMap((declared) =>
    (declared ? suites : [standard]).flatMap((suite) =>
      Object.entries(nullTruths).map(
        ([name, truth]): ScoreCell => ({
          ...plain,
          ...suite,
          declared,
          role: 'null',
          truth,
          id: idOf('null', name, suite, declared),
          ...(name === 'boundary-10-5' ? { edge: true } : {}),
        }),
      ),
    ),
  ),
  // Families that rise evenly: what is left is item noise and scatter between tasks.
  ...[true, false].flatMap((declared) =>
    (['no-change', 'uniform-10'] as const).map(
      (name): ScoreCell => ({
        ...plain,
        ...standard,
        declared,
        uneven: 0,
        role: 'null',
        truth: nullTruths[name] as Truth,
        id: `${idOf('null', name, standard, declared)}-even`,
      }),
    ),
  ),
  ...[true, false].flatMap((declared) => [
    odd('chance-25', declared, { chance: 0.25 }),
    odd('clusters-5', declared, { cluster: 5, icc: 0.3 }),
    odd('ceiling', declared, { ceiling: true }),
  ]),
  ...[true, false].flatMap((declared) =>
    [15, 30].map(
      (points): ScoreCell => ({
        ...plain,
        ...standard,
        declared,
        uneven: 0,
        role: 'spike',
        truth: { kind: 'spike', points },
        id: idOf('spike', `${points}`, standard, declared),
      }),
    ),
  ),
  ...(['centred', 'even'] as const).flatMap((between) =>
    [5, 10, 15, 20].flatMap((points) =>
      [
        { targeted: 2, coverage: 3, tasks: 4, items: 500 },
        { targeted: 2, coverage: 3, tasks: 6, items: 500 },
        ...(points === 10
          ? [
              { targeted: 1, coverage: 4, tasks: 4, items: 500 },
              { targeted: 4, coverage: 4, tasks: 4, items: 500 },
            ]
          : []),
      ].map(
        (suite): ScoreCell => ({
          ...plain,
          ...suite,
          ...(between === 'even' ? { uneven: 0 } : { centred: true }),
          role: 'power',
          truth: gain(points, 0),
          id: `${idOf('power', `${points}`, suite, true)}-${between}`,
          ...(points === 10 && suite.targeted === 2 ? { accepted: true } : {}),
        }),
      ),
    ),
  ),
  // What was planted is the mean that families are drawn around, as in null cells; and the same without an axis.
  ...[true, false].map(
    (declared): ScoreCell => ({
      ...plain,
      ...standard,
      declared,
      role: 'power',
      truth: gain(10, 0),
      id: idOf('power', '10', standard, declared),
    }),
  ),
];

function odd(name: string, declared: boolean, fields: Partial<ScoreCell>): ScoreCell {
  return {
    ...plain,
    ...standard,
    declared,
    role: 'null',
    truth: gain(10),
    id: idOf('null', `uniform-10-${name}`, standard, declared),
    ...fields,
  };
}

function idOf(
  role: string,
  name: string,
  suite: Pick<ScoreCell, 'targeted' | 'coverage' | 'tasks' | 'items'>,
  declared: boolean,
): string {
  return `${role}/${name}/${suite.targeted}+${suite.coverage}x${suite.tasks}x${suite.items}/${declared ? 'declared' : 'undeclared'}`;
}

/** What was done to the weights of a subject. */
export type WeightChange =
  | {
      readonly kind:
        | 'identical'
        | 'scale'
        | 'int8'
        | 'int4'
        | 'head-permutation'
        | 'value-rotation'
        | 'neuron-permutation'
        | 'gain-folding'
        | 'layer-shift';
    }
  | { readonly kind: 'noise' | 'low-rank' | 'top-subspace' | 'bulk'; readonly m: number }
  /** Low-rank change in q and v alone, as LoRA adapters are merged. */
  | { readonly kind: 'lora'; readonly m: number }
  /** All matrices of `layers` of the layers are new draws with the old spectra. */
  | { readonly kind: 'fresh'; readonly layers: number };

/** One cell of weight worlds and the label that is true by construction; `shown` cells have no true label (borderline). */
export interface WeightCell {
  readonly id: string;
  readonly change: WeightChange;
  readonly truth: 'limited' | 'partial' | 'deep' | 'shown';
  /** An exact symmetry of the function: what lost its correlation must be `recoordinatised`. */
  readonly symmetry: boolean;
}

/** Sizes of the planted decoders: grouped heads, small enough for hundreds of pairs. */
export const decoder = {
  layers: 12,
  width: 64,
  heads: 4,
  kvHeads: 2,
  headSize: 16,
  neurons: 128,
  alphas: [2.5, 4, 5.5, 7],
} as const;

const magnitudes = [0.02, 0.05, 0.2, 0.5] as const;

/**
 * Truth by construction. A change of m below 0.05 moved nothing worth the name, and one of iid noise of 0.2 moved weights
 * without direction: limited. A new draw in a quarter of the layers or more: deep; in a tenth: neither. Noise at 0.5 sits on
 * the regime's edge (half of all matrices above it), so it is not limited and not deep.
 */
export const weightCells: readonly WeightCell[] = [
  { id: 'weights/identical', change: { kind: 'identical' }, truth: 'limited', symmetry: false },
  ...magnitudes.map(
    (m): WeightCell => ({
      id: `weights/noise-${m}`,
      change: { kind: 'noise', m },
      truth: m < 0.5 ? 'limited' : 'partial',
      symmetry: false,
    }),
  ),
  ...(['low-rank', 'top-subspace', 'bulk'] as const).flatMap((kind) =>
    magnitudes.map(
      (m): WeightCell => ({
        id: `weights/${kind}-${m}`,
        change: { kind, m },
        truth: m < 0.05 ? 'limited' : 'shown',
        symmetry: false,
      }),
    ),
  ),
  { id: 'weights/scale-1.02', change: { kind: 'scale' }, truth: 'limited', symmetry: false },
  { id: 'weights/int8', change: { kind: 'int8' }, truth: 'limited', symmetry: false },
  { id: 'weights/int4', change: { kind: 'int4' }, truth: 'shown', symmetry: false },
  { id: 'weights/lora-0.2', change: { kind: 'lora', m: 0.2 }, truth: 'shown', symmetry: false },
  ...[1, 3, 6, 12].map(
    (layers): WeightCell => ({
      id: `weights/fresh-${layers}-of-12`,
      change: { kind: 'fresh', layers },
      truth: layers >= 6 ? 'deep' : layers === 3 ? 'shown' : 'partial',
      symmetry: false,
    }),
  ),
  ...(['head-permutation', 'value-rotation', 'neuron-permutation', 'gain-folding', 'layer-shift'] as const).map(
    (kind): WeightCell => ({ id: `weights/${kind}`, change: { kind }, truth: 'limited', symmetry: true }),
  ),
];

/** Joint worlds: every row of the verdict table with every column; n/a has no weights. */
export const joint = {
  scores: { 'asymmetric-gain': gain(20, 0), broad: gain(20), 'no-change': gain(0), regression: gain(-20, -20) },
  weights: {
    limited: { kind: 'noise', m: 0.02 },
    partial: { kind: 'noise', m: 0.5 },
    deep: { kind: 'fresh', layers: 12 },
    'not-assessable': null,
  },
  suite: { targeted: 3, coverage: 3, tasks: 6, items: 1_000, uneven: 0, scatter: 1 },
} as const;
