import {
  type ComparisonStatements,
  comparisonTitles,
  type ReportStatements,
  type Statement,
  type WholeStatements,
  wholeTitles,
} from '../statements/statement.ts';

/** One statement with its title; `open` marks what the documents do not hold. */
export interface StatementView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly open: boolean;
}

export function wholeStatementsView({ report }: ReportStatements): StatementView[] {
  return (Object.keys(wholeTitles) as (keyof WholeStatements)[]).map((key) => view(key, wholeTitles[key], report[key]));
}

export function comparisonStatementsView(stated: ComparisonStatements | undefined): StatementView[] {
  if (!stated) return [];
  return (Object.keys(comparisonTitles) as (keyof typeof comparisonTitles)[]).map((key) =>
    view(key, comparisonTitles[key], stated[key]),
  );
}

function view(id: string, title: string, { text, known }: Statement): StatementView {
  return { id, title, text, open: !known };
}
