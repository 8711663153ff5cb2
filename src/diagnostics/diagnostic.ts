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

/** Needs no more than the sums over both matrices, which take one pass. */
export interface MomentsDiagnostic {
  readonly scope: 'pair';
  readonly needs: 'moments';
  readonly meta: DiagnosticMeta;
  readonly measure: (input: Pick<PairInput, 'moments'>) => Measured;
}

export type Diagnostic = MatrixDiagnostic | PairDiagnostic | MomentsDiagnostic | ModelDiagnostic;

/** A summary over the pooled matrices of one checkpoint or pair. */
export interface ModelDiagnostic {
  readonly scope: 'model' | 'pair-model';
  readonly meta: DiagnosticMeta;
  readonly measure: (
    matrices: readonly {
      readonly role: string;
      readonly depth: number | null;
      readonly group: string;
      readonly diagnostics: Readonly<Record<string, Measured>>;
    }[],
  ) => Measured;
}
