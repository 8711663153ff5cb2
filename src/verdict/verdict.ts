import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import { Clause } from '../families/clause.ts';

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

/** One threshold, and where the verdict would flip if it alone were another. */
export const Sensitivity = Type.Object(
  {
    /** Key of the constant. */
    key: Type.String(),
    value: Type.Number({ description: 'In force.' }),
    /** Nearest value at which the verdict is another one; null = none between a fourth and four times the value. */
    flipsAt: Type.Union([Type.Number(), Type.Null()]),
    to: Type.Union([Type.Enum(verdictIds), Type.Null()]),
    /** |flipsAt − value| / value. */
    relative: Type.Union([Type.Number(), Type.Null()]),
  },
  closed,
);
export type Sensitivity = Type.Static<typeof Sensitivity>;

/** The same decision on less, or on another grouping. */
export const Stability = Type.Object(
  {
    withoutFamily: Type.Array(
      Type.Object(
        { family: Type.String(), title: Type.String(), verdict: Type.Enum(verdictIds), same: Type.Boolean() },
        closed,
      ),
    ),
    /** Null where the coarser grouping leaves these families as they are. */
    coarser: Type.Union([
      Type.Object(
        { families: Type.Array(Type.String()), verdict: Type.Enum(verdictIds), same: Type.Boolean() },
        closed,
      ),
      Type.Null(),
    ]),
    /** All of them give this verdict. */
    stable: Type.Boolean(),
  },
  closed,
);
export type Stability = Type.Static<typeof Stability>;

/** What one level of spectral evidence alone would have said. */
export const Level = Type.Object(
  {
    level: Type.Enum(['aggregate', 'layer-wise', 'dynamics']),
    sees: Type.Enum(['change', 'no-change', 'not-assessable']),
    text: Type.String(),
  },
  closed,
);
export type Level = Type.Static<typeof Level>;

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
    /** One sentence for someone who has read nothing else; this and what follows is left out in verdicts of older versions. */
    plain: Type.Optional(Type.String()),
    /** The two reasons that matter most for the confidence. */
    because: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
    /** What would flip it, in a sentence. */
    flips: Type.Optional(Type.String()),
    /** Every clause of the decision with its number, in the order in which the rules are tried. */
    clauses: Type.Optional(Type.Array(Clause)),
    /** Nearest first; empty where no verdict was decided from scores. */
    sensitivity: Type.Optional(Type.Array(Sensitivity)),
    /** Null where no verdict was decided from scores. */
    stability: Type.Optional(Type.Union([Stability, Type.Null()])),
    levels: Type.Optional(Type.Array(Level)),
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
