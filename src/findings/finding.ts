import Type from 'typebox';
import type { Constants } from '../base/constants.ts';
import { Measured } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import type { Trajectory } from '../dossier/trajectory.ts';

const closed = { additionalProperties: false } as const;

export const FindingStatus = Type.Enum(['detected', 'not-detected', 'inconclusive', 'not-applicable', 'failed']);
export type FindingStatus = Type.Static<typeof FindingStatus>;

/** What one pattern says about one comparison. */
export const Finding = Type.Object(
  {
    /** `<finding id>:<checkpoint>~<base>` */
    key: Type.String(),
    id: Type.String(),
    title: Type.String({
      description:
        'failureTitle of the pattern where detected, title where not detected; otherwise failureTitle after a word such as "Not settled".',
    }),
    checkpoint: Type.String(),
    base: Type.String(),
    /** Training run that a finding about a trajectory is about; checkpoint and base are then its last and its first. */
    condition: Type.Optional(Type.String()),
    status: FindingStatus,
    effect: Measured,
    /** One sentence for anyone. */
    plain: Type.String(),
    /** The same with symbols and thresholds. */
    technical: Type.String(),
    /** What to do about it. */
    action: Type.String(),
    evidence: Type.Array(
      Type.Object(
        {
          label: Type.String(),
          value: Measured,
          pointer: Type.String({ description: 'JSON pointer into the dossier.' }),
          /** Id of the chart that shows it; a pattern writes `families` or `layers`, which becomes that of its comparison. */
          chart: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    /** Families, matrices or layers it names. */
    names: Type.Array(Type.String()),
  },
  closed,
);
export type Finding = Type.Static<typeof Finding>;

/** Artifact `findings.json`. */
export const Findings = Type.Object({ schemaVersion: Type.Literal('1.0'), findings: Type.Array(Finding) }, closed);
export type Findings = Type.Static<typeof Findings>;

export interface FindingMeta {
  /** kebab-case. */
  readonly id: string;
  /** Phrased as the finding's absence… */
  readonly title: string;
  /** …and as its presence. */
  readonly failureTitle: string;
  readonly description: string;
  /** The rule in plain text: when it is detected, when not, when inconclusive. */
  readonly formula?: string;
  readonly needs: readonly ('scores' | 'weights' | 'trajectory')[];
  readonly source: string;
  readonly thresholds: readonly Threshold[];
}

/** A threshold that a config may set: shown with the value in force. A unit of `share` is printed in %. */
export interface ConstantThreshold {
  readonly key: keyof Constants;
  readonly unit: string;
  /** `paper` or `ours`, and why. */
  readonly provenance: string;
}

/** A threshold that is part of a definition and that no config changes. */
export interface StatedThreshold {
  readonly name: string;
  readonly value: string;
  readonly provenance: string;
}

export type Threshold = ConstantThreshold | StatedThreshold;

/** What a pattern's pure function returns; identity and titles are added by the registry. */
export type FindingProduct = Pick<
  Finding,
  'status' | 'effect' | 'plain' | 'technical' | 'action' | 'evidence' | 'names'
>;

/** A pattern over the checkpoints of one training run. */
export interface TrajectoryPattern {
  readonly meta: FindingMeta;
  readonly follow: (trajectory: Trajectory, dossier: Dossier) => FindingProduct;
}

/** One pattern: declared data plus one pure function over one comparison of the dossier. */
export interface Pattern {
  readonly meta: FindingMeta;
  readonly find: (comparison: Comparison, dossier: Dossier) => FindingProduct;
}
