import type { Measured } from '../base/measured.ts';
import type { PairMoments } from '../spectrum/engine.ts';
import type { PowerLawFit } from './power-law.ts';

/** What `skiagram explain ID` prints and the report's glossary shows. */
export interface DiagnosticMeta {
  /** snake_case, as in METHOD § 1.2; also the key in artifacts. */
  readonly id: string;
  readonly title: string;
  /** Why anyone should look at it, one or two sentences. */
  readonly description: string;
  /** Plain-text formula. */
  readonly formula: string;
  /** E.g. "", "%", "κ-points", "nats". */
  readonly unit: string;
  readonly direction: 'higher' | 'lower' | 'range' | 'none';
  /** Paper section, equation or package the definition comes from. */
  readonly source: string;
  /** Where each threshold comes from; empty when there is none. */
  readonly thresholds: readonly { readonly name: string; readonly value: string; readonly provenance: string }[];
}

/** What a matrix-scope diagnostic may look at. */
export interface MatrixInput {
  readonly rows: number;
  readonly cols: number;
  /** Ascending eigenvalues of WᵀW. */
  readonly eigenvalues: Float64Array;
  /** The WeightWatcher-compatible fit, or why there is none. */
  readonly fit: PowerLawFit | { readonly failed: string };
}

/** What a pair-scope diagnostic may look at. */
export interface PairInput {
  readonly moments: PairMoments;
  readonly subject: MatrixInput;
  readonly reference: MatrixInput;
  /** Spectra of magnitude-matched Gaussian perturbations of the reference; empty when not computed. */
  readonly nulls: readonly Float64Array[];
  /** What costs another decomposition or two; left out unless asked for. */
  readonly extended?: ExtendedPair;
  /** What the check for other coordinates found (METHOD § 3.2); left out where it was not made. */
  readonly aligned?: Alignment;
}

/** Facts of a pair that are computed on request only (`extended` of `diagnosePair`). */
export interface ExtendedPair {
  /** Ascending eigenvalues of ΔᵀΔ, Δ = W − W₀. */
  readonly difference: Float64Array;
  /** Mean squared cosine of the leading `rank` singular vectors on the short side: at rank 16, and at 90 % of the energy of W₀. */
  readonly overlap: {
    readonly at16: { readonly rank: number; readonly value: number };
    readonly at90: { readonly rank: number; readonly value: number };
  };
  /** Median over the entries of |w − w₀|/|w₀|. */
  readonly medianChange: number;
}

/** The best match of a matrix with its reference in other coordinates that leave the function as it is. */
export interface Alignment {
  /** Largest correlation found; left out where nothing matched. */
  readonly correlation?: number;
  /** What made it, or what was tried, for people: "products of 8 heads", "neurons permuted". */
  readonly how: string;
}

export interface MatrixDiagnostic {
  readonly scope: 'matrix';
  readonly meta: DiagnosticMeta;
  readonly measure: (input: MatrixInput) => Measured;
}

/** Looks at the spectra of both matrices; where they were not asked for, it is skipped. */
export interface PairDiagnostic {
  readonly scope: 'pair';
  readonly needs?: 'spectra';
  readonly meta: DiagnosticMeta;
  readonly measure: (input: PairInput) => Measured;
}

/** What a diagnostic of the sums may look at. */
export type MomentsInput = Pick<PairInput, 'moments' | 'aligned'>;

/** Needs no more than the sums over both matrices, which take one pass. */
export interface MomentsDiagnostic {
  readonly scope: 'pair';
  readonly needs: 'moments';
  readonly meta: DiagnosticMeta;
  readonly measure: (input: MomentsInput) => Measured;
}

export type Diagnostic = MatrixDiagnostic | PairDiagnostic | MomentsDiagnostic | ModelDiagnostic | TrajectoryDiagnostic;

/** One pooled matrix as summaries see it. */
export interface PooledMatrix {
  readonly role: string;
  readonly depth: number | null;
  readonly group: string;
  readonly diagnostics: Readonly<Record<string, Measured>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A summary over the pooled matrices of one checkpoint or pair. */
export interface ModelDiagnostic {
  readonly scope: 'model' | 'pair-model';
  readonly meta: DiagnosticMeta;
  readonly measure: (matrices: readonly PooledMatrix[]) => Measured;
  /** The same for parts (module kinds, directions), by name; they are reported as `id:name`. */
  readonly parts?: (matrices: readonly PooledMatrix[]) => Readonly<Record<string, Measured>>;
}

/** One checkpoint of a run against the one before it. */
export interface TrajectoryStep {
  /** Training steps of the earlier and the later checkpoint. */
  readonly from: number;
  readonly to: number;
  /** Pair diagnoses of the pooled matrices of one module group. */
  readonly matrices: readonly PooledMatrix[];
}

/** What a trajectory diagnostic may look at: the consecutive pairs of one condition, in the order of training. */
export interface TrajectoryInput {
  readonly steps: readonly TrajectoryStep[];
  /** The run that this one is compared with, over the same checkpoints. */
  readonly reference?: readonly TrajectoryStep[];
}

/** A summary over the consecutive checkpoints of one run. */
export interface TrajectoryDiagnostic {
  readonly scope: 'trajectory';
  readonly meta: DiagnosticMeta;
  readonly measure: (input: TrajectoryInput) => Measured;
}
