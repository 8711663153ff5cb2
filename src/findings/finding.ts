import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';

const closed = { additionalProperties: false } as const;

export const FindingStatus = Type.Enum(['detected', 'not-detected', 'inconclusive', 'not-applicable', 'failed']);
export type FindingStatus = Type.Static<typeof FindingStatus>;

/** What one pattern says about one comparison. */
export const Finding = Type.Object(
  {
    /** `<finding id>:<checkpoint>~<base>` */
    key: Type.String(),
    id: Type.String(),
    title: Type.String({ description: 'Title or failureTitle of the pattern, by status.' }),
    checkpoint: Type.String(),
    base: Type.String(),
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
  readonly needs: readonly ('scores' | 'weights')[];
  readonly source: string;
  readonly thresholds: readonly { readonly name: string; readonly value: string; readonly provenance: string }[];
}

/** What a pattern's pure function returns; identity and titles are added by the registry. */
export type FindingProduct = Pick<
  Finding,
  'status' | 'effect' | 'plain' | 'technical' | 'action' | 'evidence' | 'names'
>;

/** One pattern: declared data plus one pure function over one comparison of the dossier. */
export interface Pattern {
  readonly meta: FindingMeta;
  readonly find: (comparison: Comparison, dossier: Dossier) => FindingProduct;
}
