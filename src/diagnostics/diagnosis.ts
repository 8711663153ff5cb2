import Type from 'typebox';
import { ErrorInfo } from '../base/error.ts';
import { Measured } from '../base/measured.ts';
import { MatrixInfo } from '../checkpoint/checkpoint.ts';

/**
 * One matrix with its diagnostics by id. In `labels`: `alpha_quality`; for pairs `modification_regime`, `coordinates`
 * ("recoordinatised" where the matrix is its partner in other coordinates), `precision`, `paired_with`.
 */
export const MatrixDiagnosis = Type.Object(
  {
    ...MatrixInfo.properties,
    diagnostics: Type.Record(Type.String(), Measured),
    labels: Type.Record(Type.String(), Type.String()),
    /** Set where the matrix could not be analysed at all (NaN weights, unsupported dtype). */
    error: Type.Optional(ErrorInfo),
  },
  { additionalProperties: false },
);
export type MatrixDiagnosis = Type.Static<typeof MatrixDiagnosis>;

/** Artifact `diagnostics/<id>.json`. */
export const Diagnosis = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    fingerprint: Type.String(),
    engine: Type.String(),
    matrices: Type.Array(MatrixDiagnosis),
    /** Over the pooled matrices: alpha_share, alpha_tail_mass, … */
    model: Type.Record(Type.String(), Measured),
  },
  { additionalProperties: false },
);
export type Diagnosis = Type.Static<typeof Diagnosis>;

/** Artifact `pairs/<id>~<base>.json`. */
export const PairDiagnosis = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    fingerprint: Type.String(),
    baseFingerprint: Type.String(),
    engine: Type.String(),
    matrices: Type.Array(MatrixDiagnosis),
    model: Type.Record(Type.String(), Measured),
    /** Matrices of one side without a partner of the same name and shape. */
    unpaired: Type.Array(Type.Object({ name: Type.String(), reason: Type.String() }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type PairDiagnosis = Type.Static<typeof PairDiagnosis>;
