import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const GateOutcome = Type.Enum(['pass', 'fail', 'inconclusive']);
export type GateOutcome = Type.Static<typeof GateOutcome>;

export const RuleOutcome = Type.Enum(['pass', 'fail', 'inconclusive', 'error'], {
  description: 'error: the rule could not be judged, and the message says why. It never counts as a pass.',
});
export type RuleOutcome = Type.Static<typeof RuleOutcome>;

export const Level = Type.Enum(['error', 'warn'], {
  description: 'error: the rule decides the outcome. warn: it is only shown.',
});
export type Level = Type.Static<typeof Level>;

/** What a candidate was held against. */
export const GateReference = Type.Object(
  {
    kind: Type.Enum(['base', 'run']),
    checkpoint: Type.String(),
    /** Title of the other run; null for the base in the same run. */
    run: Maybe(Type.String()),
    /** "base", "approved baseline", "last release", "release 2 of 3". */
    role: Type.String(),
  },
  closed,
);
export type GateReference = Type.Static<typeof GateReference>;

/** One rule on one candidate (and on one family, against one reference). */
export const RuleResult = Type.Object(
  {
    /** The rule in one line, as the policy has it: "family reasoning non_inferior_within 2". */
    rule: Type.String(),
    /** Its place in the policy's list, from 0. */
    index: Type.Integer({ minimum: 0 }),
    kind: Type.String(),
    outcome: RuleOutcome,
    level: Level,
    /** What the policy makes of "inconclusive" for this rule. */
    onInconclusive: Type.Enum(['block', 'warn']),
    checkpoint: Maybe(Type.String()),
    /** Family, task, diagnostic, finding or verdict that was judged. */
    subject: Maybe(Type.String()),
    reference: Maybe(GateReference),
    /** Value with the interval the outcome rests on; of changes both bounds are one-sided at the policy's confidence. */
    measured: Maybe(Measured),
    /** Threshold in the unit of `measured`; a non-inferiority margin is negative: −2. */
    margin: Maybe(Type.Number()),
    unit: Maybe(Type.String()),
    n: Maybe(Type.Integer()),
    /** Items in all that would settle an inconclusive rule with 80 % chance; null where none would or none is known. */
    needed: Maybe(Type.Integer()),
    /** One sentence. */
    message: Type.String(),
    /** How it was measured and what else is worth knowing. */
    notes: Type.Array(Type.String()),
  },
  closed,
);
export type RuleResult = Type.Static<typeof RuleResult>;

/** What may be said of a family besides the rules, corrected over families (Holm). */
export const Claim = Type.Object(
  {
    checkpoint: Type.String(),
    reference: GateReference,
    family: Type.String(),
    change: Measured,
    /** Two-sided p of "no change", and Holm's adjusted one over the families of this comparison. */
    p: Type.Number(),
    holm: Type.Number(),
    claim: Type.Enum(['improved', 'regressed', 'none']),
  },
  closed,
);
export type Claim = Type.Static<typeof Claim>;

/** A family over the chain of approved runs. */
export const Drift = Type.Object(
  {
    checkpoint: Type.String(),
    family: Type.String(),
    /** Candidate minus each run of the chain, the approved baseline first. */
    steps: Type.Array(Type.Object({ reference: GateReference, change: Measured }, closed)),
    /** Candidate minus the approved baseline: what the chain lost or won in all. */
    cumulative: Measured,
  },
  closed,
);
export type Drift = Type.Static<typeof Drift>;

/** Artifact `gate.json`: what the policy asked, what was measured, what follows. */
export const Gate = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    outcome: GateOutcome,
    /** 0 pass, 1 fail, 4 inconclusive; 0 for inconclusive where the policy says warn. */
    exitCode: Type.Integer(),
    /** One sentence. */
    summary: Type.String(),
    run: Type.String({ description: 'Title of the run.' }),
    policy: Type.Object(
      {
        title: Maybe(Type.String()),
        /** File name, without its folder; null where it is part of the config. */
        file: Maybe(Type.String()),
        /** SHA-256 of its content, keys sorted: the same rules have the same hash. */
        hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        confidence: Type.Number(),
        onInconclusive: Type.Enum(['block', 'warn']),
      },
      closed,
    ),
    candidates: Type.Array(Type.String()),
    references: Type.Array(GateReference),
    counts: Type.Object(
      {
        pass: Type.Integer(),
        fail: Type.Integer(),
        inconclusive: Type.Integer(),
        error: Type.Integer(),
        warnings: Type.Integer({ description: 'Rules of level warn that did not pass.' }),
      },
      closed,
    ),
    rules: Type.Array(RuleResult),
    claims: Type.Array(Claim),
    drift: Type.Array(Drift),
    /** What the numbers are, in sentences: targets, corrections, the words' limits. */
    statements: Type.Array(Type.String()),
  },
  { ...closed, title: 'Skiagram gate' },
);
export type Gate = Type.Static<typeof Gate>;
