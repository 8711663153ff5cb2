import Type from 'typebox';

const closed = { additionalProperties: false } as const;

/** One thing that every report must state. `known` is false where the documents do not hold it; the text then says so. */
export const Statement = Type.Object({ text: Type.String({ minLength: 1 }), known: Type.Boolean() }, closed);
export type Statement = Type.Static<typeof Statement>;

/** What METHOD § 8 asks of the report as a whole. */
export const WholeStatements = Type.Object(
  {
    subjects: Statement,
    precision: Statement,
    matrices: Statement,
    estimators: Statement,
    estimatorVariants: Statement,
    taxonomy: Statement,
    chance: Statement,
    levels: Statement,
    versions: Statement,
    notAssessable: Statement,
    wording: Statement,
  },
  closed,
);
export type WholeStatements = Type.Static<typeof WholeStatements>;

/** … and of every comparison. */
export const ComparisonStatements = Type.Object(
  {
    checkpoint: Type.String(),
    base: Type.String(),
    lineage: Statement,
    pairing: Statement,
    matrices: Statement,
    items: Statement,
    ceiling: Statement,
    tests: Statement,
    contrast: Statement,
    detectable: Statement,
    leaveOneOut: Statement,
    multiverse: Statement,
    verdict: Statement,
    sentence: Statement,
    notAssessable: Statement,
  },
  closed,
);
export type ComparisonStatements = Type.Static<typeof ComparisonStatements>;

/** Everything a report must state (METHOD § 8); part of report.json and of the HTML. A missing entry is no valid document. */
export const ReportStatements = Type.Object(
  { schemaVersion: Type.Literal('1.0'), report: WholeStatements, comparisons: Type.Array(ComparisonStatements) },
  closed,
);
export type ReportStatements = Type.Static<typeof ReportStatements>;

export const wholeTitles: Readonly<Record<keyof WholeStatements, string>> = {
  subjects: 'Subjects and references',
  precision: 'Precision, merges, tokenizer',
  matrices: 'Matrices counted and left out',
  estimators: 'Estimators',
  estimatorVariants: 'The same under other estimators of α',
  taxonomy: 'Families and when they were fixed',
  chance: 'Chance levels',
  levels: 'Test levels and correction',
  versions: 'Seeds and versions',
  notAssessable: 'Not assessable',
  wording: 'What the words mean',
};

export const comparisonTitles: Readonly<Record<Exclude<keyof ComparisonStatements, 'checkpoint' | 'base'>, string>> = {
  lineage: 'Reference and lineage',
  pairing: 'Kind of comparison',
  matrices: 'Matrices compared',
  items: 'Tasks and items',
  ceiling: 'Ceiling and floor',
  tests: 'Tests of asymmetry',
  contrast: 'Contrast on both scales',
  detectable: 'Power',
  leaveOneOut: 'Without each task',
  multiverse: 'The same decision on less',
  verdict: 'Verdict and reason codes',
  sentence: 'In the fixed words',
  notAssessable: 'Not assessable',
};

export function known(text: string): Statement {
  return { text, known: true };
}

export function unknown(text: string): Statement {
  return { text, known: false };
}
