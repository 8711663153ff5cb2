import type { GlossaryEntry } from '../report-input.ts';

/** One entry of the glossary, as text. */
export interface GlossaryView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly formula: string;
  readonly source: string;
  /** Thresholds in force with their provenance; empty where there is none. */
  readonly thresholds: string;
}

export function glossaryView(glossary: readonly GlossaryEntry[]): GlossaryView[] {
  return glossary.map(({ id, title, description, formula, source, thresholds }) => ({
    id,
    title,
    description,
    formula,
    source,
    thresholds: thresholds.map(({ name, value, provenance }) => `${name} ${value} (${provenance})`).join('; '),
  }));
}
