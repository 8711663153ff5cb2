import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;

/** METHOD § 4.2. */
export const verdictIds = [
  'benchmark-shadow',
  'asymmetric-unclear',
  'specialised-rebuild',
  'asymmetric-unknown',
  'broad-gain-light',
  'broad-gain',
  'broad-learning',
  'no-change',
  'neutral-rebuild',
  'regression',
  'inconclusive',
] as const;
export type VerdictId = (typeof verdictIds)[number];

export const ComparisonVerdict = Type.Object(
  {
    checkpoint: Type.String(),
    base: Type.String(),
    verdict: Type.Enum(verdictIds),
    /** Short title for people, e.g. "Benchmark-shadow pattern". */
    title: Type.String(),
    /** The fixed sentence of METHOD § 4.4, with numbers. */
    sentence: Type.String(),
    /** weak, moderate or strong for a firm verdict; none where the tool abstains. */
    confidence: Type.Enum(['none', 'weak', 'moderate', 'strong']),
    /** Why this cell, and why this confidence. */
    reason: Type.String(),
    reasonCodes: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          text: Type.String(),
          direction: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('note')]),
        },
        closed,
      ),
    ),
    asymmetry: Type.Object(
      {
        pattern: Type.String(),
        declared: Type.Boolean(),
        S: Measured,
        T: Measured,
        C: Measured,
        transferContrast: Measured,
        pAsymmetric: Measured,
        detectable: Measured,
      },
      closed,
    ),
    restructuring: Type.Object(
      { label: Type.String(), geometry: Type.String(), D: Measured, G: Measured, RI: Measured },
      closed,
    ),
    /** Keys of findings that bear on it. */
    evidence: Type.Array(Type.String()),
    /** What to do next, one to three sentences. */
    next: Type.Array(Type.String()),
  },
  closed,
);
export type ComparisonVerdict = Type.Static<typeof ComparisonVerdict>;

/** Artifact `verdict.json`. */
export const Verdict = Type.Object(
  { schemaVersion: Type.Literal('1.0'), comparisons: Type.Array(ComparisonVerdict) },
  closed,
);
export type Verdict = Type.Static<typeof Verdict>;
