import { type Constants, defaultConstants } from '../base/constants.ts';
import { SkiagramError, toErrorInfo } from '../base/error.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import type { Checkpoint, MatrixInfo, TensorLocation } from '../checkpoint/checkpoint.ts';
import type { PairMoments, SpectrumEngine } from '../spectrum/engine.ts';
import { type CachedEngine, CacheFailure, cachedEngine } from './cached-engine.ts';
import { deltaLogEffectiveRank } from './delta-log-effective-rank.ts';
import type { Diagnosis, MatrixDiagnosis, PairDiagnosis } from './diagnosis.ts';
import type { MatrixInput, MomentsInput, PairInput } from './diagnostic.ts';
import { extendedPair } from './extended-pair.ts';
import { fitQuality } from './fit-quality.ts';
import { negligibleChange } from './geometry-score.ts';
import { measureMatrix, measureModel, measurePair, notRequested } from './measure.ts';
import { modificationRegime } from './modification-regime.ts';
import { nullSpectra } from './null-spectra.ts';
import { type MatrixPair, pairMatrices } from './pair-matrices.ts';
import { powerLawFit } from './power-law-fit.ts';
import type { SpectrumCache } from './spectrum-cache.ts';
import { alignMatrices } from './symmetry/align.ts';
import { weightCorrelation } from './weight-correlation.ts';
import { type WorkOptions, workThrough } from './work-through.ts';

export interface DiagnoseOptions extends WorkOptions {
  /** Where spectra and sums are kept; without one everything is computed. */
  readonly cache?: SpectrumCache | undefined;
  /** `false` leaves out whatever takes spectra: `not-requested` stands in its place. */
  readonly spectra?: boolean | undefined;
}

export interface DiagnosePairOptions extends DiagnoseOptions {
  /** Draws of the magnitude-matched null per matrix; 0 leaves the geometry score out. One is enough for large ones. */
  readonly nullDraws?: number | undefined;
  readonly seed?: number | undefined;
  /** Where the regimes begin; the method's own limits when left out. */
  readonly constants?: Constants | undefined;
  /** Also compute the spectrum of the difference, the subspace overlap and the median change: two to three times the work. */
  readonly extended?: boolean | undefined;
}

/**
 * Checkpoint -> every matrix's diagnostics and the summaries over the pooled ones. A matrix that cannot be analysed (NaN
 * weights) carries its `error`, and the rest goes on. Matrices are in the checkpoint's order.
 *
 * Throws the signal's reason when aborted, and what the cache throws.
 */
export async function diagnoseCheckpoint(
  checkpoint: Checkpoint,
  engine: SpectrumEngine,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const spectra = cachedEngine(engine, options.cache, callOptions(options));
  const matrices = await workThrough(
    checkpoint.matrices.map((matrix) => ({ matrix })),
    options,
    async ({ matrix }): Promise<MatrixDiagnosis> => {
      if (options.spectra === false) return { ...matrix, diagnostics: measureMatrix(undefined), labels: {} };
      const diagnostics = measureMatrix(await matrixInput(spectra, tensorOf(checkpoint, matrix)));
      const quality = fitQuality(diagnostics);
      return { ...matrix, diagnostics, labels: quality ? { alpha_quality: quality } : {} };
    },
    withError,
  );
  return {
    schemaVersion: '1.0',
    fingerprint: checkpoint.fingerprint,
    engine: engine.id,
    matrices,
    model: summaries('model', matrices, options),
  };
}

/**
 * Subject against reference, matrix by matrix: moments, spectra of both, and the magnitude-matched null where the
 * effective rank moved enough for it to matter. Matrices whose entries do not correlate are then looked for in other
 * coordinates (symmetry/align.ts). Matrices without a partner are listed in `unpaired`; one that cannot be analysed
 * carries its `error`.
 *
 * Throws `base-mismatch` where the two have nothing to compare, the signal's reason when aborted, and what the cache throws.
 */
export async function diagnosePair(
  subject: Checkpoint,
  reference: Checkpoint,
  engine: SpectrumEngine,
  { nullDraws = 5, seed = 0, constants = defaultConstants, extended = false, ...options }: DiagnosePairOptions = {},
): Promise<PairDiagnosis> {
  const { pairs, unpaired } = pairMatrices(subject, reference);
  const spectra = cachedEngine(engine, options.cache, callOptions(options));
  const suspects = new Map<MatrixPair, PairInput>();
  const measured = await workThrough(
    pairs,
    options,
    async (pair): Promise<MatrixDiagnosis> => {
      const [before, after] = [tensorOf(reference, pair.partner), tensorOf(subject, pair.matrix)];
      const full =
        options.spectra === false ? undefined : await pairInput(spectra, before, after, { nullDraws, seed, extended });
      const input = full ?? sumsInput(checked(await spectra.moments(before, after), after), constants);
      const diagnosis = pairDiagnosis(pair, input, constants);
      if (full && (numberOf(diagnosis.diagnostics.weight_correlation) ?? 1) < constants.deep_correlation)
        suspects.set(pair, full);
      return diagnosis;
    },
    withError,
  );
  const alignments = await unwrapped(
    alignMatrices([...suspects.keys()], {
      pairs,
      subject,
      reference,
      engine: { weights: (matrix) => engine.weights(matrix), moments: spectra.moments },
      signal: options.signal,
      onLayer: options.onSearch,
    }),
  );
  const matrices = pairs.map((pair, index) => {
    const [input, aligned] = [suspects.get(pair), alignments.get(pair.matrix.name)];
    return input && aligned
      ? pairDiagnosis(pair, { ...input, aligned }, constants)
      : (measured[index] as MatrixDiagnosis);
  });
  return {
    schemaVersion: '1.0',
    fingerprint: subject.fingerprint,
    baseFingerprint: reference.fingerprint,
    engine: engine.id,
    matrices,
    model: summaries('pair-model', matrices, options),
    unpaired: [...unpaired],
  };
}

function pairDiagnosis(pair: MatrixPair, input: PairInput | MomentsInput, constants: Constants): MatrixDiagnosis {
  const diagnostics = measurePair(input);
  return { ...pair.matrix, diagnostics, labels: pairLabels(pair, diagnostics, constants) };
}

/** The sums of a pair; weights are not read again to look for other coordinates, and where that matters a note says so. */
function sumsInput(moments: PairMoments, constants: Constants): MomentsInput {
  const r = numberOf(weightCorrelation.measure({ moments })) ?? 1;
  return r < constants.deep_correlation
    ? { moments, aligned: { how: 'other coordinates were not looked for: only sums were asked for' } }
    : { moments };
}

/** Without spectra, a summary that has nothing to go by was not asked for. */
function summaries(
  scope: 'model' | 'pair-model',
  matrices: readonly MatrixDiagnosis[],
  { spectra }: DiagnoseOptions,
): Record<string, Measured> {
  const model = measureModel(scope, matrices);
  if (spectra !== false) return model;
  return Object.fromEntries(
    Object.entries(model).map(([id, measured]) => [id, measured.status === 'skipped' ? notRequested : measured]),
  );
}

async function matrixInput(spectra: CachedEngine, tensor: TensorLocation): Promise<MatrixInput> {
  const eigenvalues = await spectra.spectrum(tensor);
  const [rows = 0, cols = 0] = tensor.shape;
  return { rows, cols, eigenvalues, fit: powerLawFit(eigenvalues) };
}

async function pairInput(
  spectra: CachedEngine,
  before: TensorLocation,
  after: TensorLocation,
  { nullDraws, seed, extended }: { nullDraws: number; seed: number; extended: boolean },
): Promise<PairInput> {
  const moments = checked(await spectra.moments(before, after), after);
  const [own, base] = [await matrixInput(spectra, after), await matrixInput(spectra, before)];
  const input = {
    moments,
    subject: own,
    reference: base,
    nulls: [],
    ...(extended ? { extended: await extendedPair(spectra, before, after, base.eigenvalues) } : {}),
  };
  const moved = Math.abs(numberOf(deltaLogEffectiveRank.measure(input)) ?? 0);
  if (moved <= negligibleChange) return input;
  const noiseNorm = Math.sqrt(moments.squaresDelta);
  return { ...input, nulls: await nullSpectra(spectra, before, { noiseNorm, draws: nullDraws, seed }) };
}

/** ‖Δ‖² = ‖W‖² + ‖W₀‖² − 2⟨W, W₀⟩ ties the sums together; an engine that breaks it is wrong (METHOD § 1.4). */
function checked(moments: PairMoments, { name }: TensorLocation): PairMoments {
  const { squaresReference, squaresSubject, product, squaresDelta } = moments;
  const gap = Math.abs(squaresSubject + squaresReference - 2 * product - squaresDelta);
  if (gap <= 1e-6 * (squaresReference + squaresSubject)) return moments;
  throw new SkiagramError({
    code: 'moments-inconsistent',
    message: `The sums over "${name}" contradict each other by ${gap}.`,
    hint: 'This is a fault of the engine. Try --engine portable and report it.',
  });
}

function pairLabels(
  { matrix, partner }: MatrixPair,
  diagnostics: MatrixDiagnosis['diagnostics'],
  constants: Constants,
): Record<string, string> {
  const m = numberOf(diagnostics.relative_change);
  const [raw, aligned] = [numberOf(diagnostics.weight_correlation), numberOf(diagnostics.aligned_correlation)];
  return {
    ...(m === undefined || aligned === undefined
      ? {}
      : { modification_regime: modificationRegime(m, aligned, constants) }),
    ...(raw !== undefined && raw < constants.deep_correlation && (aligned ?? 0) >= constants.recoordinatised
      ? { coordinates: 'recoordinatised' }
      : {}),
    ...(matrix.dtype === partner.dtype ? {} : { precision: `${matrix.dtype}, base ${partner.dtype}` }),
    ...(matrix.name === partner.name ? {} : { paired_with: partner.name }),
  };
}

/** A failing cache ends the diagnosis with the cache's own error, here as in `workThrough`. */
async function unwrapped<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    throw error instanceof CacheFailure ? error.cause : error;
  });
}

function withError({ matrix }: { readonly matrix: MatrixInfo }, error: unknown): MatrixDiagnosis {
  return { ...matrix, diagnostics: {}, labels: {}, error: toErrorInfo(error) };
}

function tensorOf(checkpoint: Checkpoint, { name }: MatrixInfo): TensorLocation {
  const tensor = checkpoint.tensors.get(name);
  if (!tensor) throw new Error(`${checkpoint.path} lists "${name}" without a location.`);
  return tensor;
}

function callOptions({ signal }: DiagnoseOptions): { signal?: NonNullable<DiagnoseOptions['signal']> } {
  return signal ? { signal } : {};
}
