import type { StopSignal } from '../base/stop-signal.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';

/**
 * Eigenvalues of WᵀW (equally: squared singular values of W), short side of them.
 *
 * They are computed so that no number reported from them moves by more than a millionth: where the Gram matrix would
 * lose small ones (rank-deficient and ill-conditioned matrices), from singular values.
 */
export interface Spectrum {
  /** Ascending, float64, length min(rows, cols), clamped at 0. Not divided by anything. */
  readonly eigenvalues: Float64Array;
}

/** One-pass sums over the entries of two matrices of the same shape (reference W₀, subject W, Δ = W − W₀). */
export interface PairMoments {
  /** Number of entries. */
  readonly n: number;
  readonly sumReference: number;
  readonly sumSubject: number;
  /** Σ w₀², Σ w², Σ w₀·w. */
  readonly squaresReference: number;
  readonly squaresSubject: number;
  readonly product: number;
  /** Σ δ, Σ δ², Σ |δ|, from the differences themselves (no cancellation). */
  readonly sumDelta: number;
  readonly squaresDelta: number;
  readonly absoluteDelta: number;
}

export interface CallOptions {
  readonly signal?: StopSignal;
}

/**
 * Computes spectra. Every method rejects with a SkiagramError of code `weights-not-finite` where a tensor holds NaN
 * or Inf (the message names the tensor and how many), `dtype-unsupported` where its numbers cannot be read,
 * and with the signal's reason when aborted. Calls may be made concurrently; the engine schedules them.
 */
export interface SpectrumEngine {
  readonly id: 'native' | 'portable' | 'torch';
  /** One line for the report: engine, version, threads. */
  readonly description: string;
  spectrum(matrix: TensorLocation, options?: CallOptions): Promise<Spectrum>;
  pair(reference: TensorLocation, subject: TensorLocation, options?: CallOptions): Promise<PairMoments>;
  /**
   * Spectrum of W₀ + E, E iid Gaussian scaled to Frobenius norm `noiseNorm`: the magnitude-matched null of METHOD § 3.1.
   * The same seed gives the same E on every engine.
   */
  perturbed(reference: TensorLocation, noiseNorm: number, seed: number, options?: CallOptions): Promise<Spectrum>;
  /** Spectrum of W − W₀. */
  difference(reference: TensorLocation, subject: TensorLocation, options?: CallOptions): Promise<Spectrum>;
  /**
   * For each k of `ranks`: mean squared cosine of the principal angles between the spaces of the k leading singular vectors of
   * W₀ and of W, on the short side; ‖U₀ₖᵀUₖ‖²/k, 1 where they are equal, about k/short for unrelated ones.
   */
  overlap(
    reference: TensorLocation,
    subject: TensorLocation,
    ranks: readonly number[],
    options?: CallOptions,
  ): Promise<readonly number[]>;
  /** Median over the entries of |w − w₀|/|w₀|; entries with w₀ = 0 count as infinite unless w = 0 too (then 0). */
  medianChange(reference: TensorLocation, subject: TensorLocation, options?: CallOptions): Promise<number>;
  /** The whole matrix as float64, row-major; for the few checks that need the entries themselves. */
  weights(matrix: TensorLocation): Promise<Float64Array>;
  /**
   * Spectrum of the matrix with its entries in random order, as `shuffle.ts` says it exactly: the same seed gives the same
   * order on every engine. An engine without it is helped out by the portable one.
   */
  shuffled?(matrix: TensorLocation, seed: number, options?: CallOptions): Promise<Spectrum>;
  close(): Promise<void>;
}
