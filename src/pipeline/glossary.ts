import { diagnostics } from '../diagnostics/registry.ts';
import type { Pattern } from '../findings/finding.ts';
import { patterns } from '../findings/registry.ts';
import type { GlossaryEntry } from '../report/report.ts';

/** Diagnostics and findings as `explain` prints them and reports show them: one text for both. */
export const glossary: readonly GlossaryEntry[] = [
  ...Object.values(diagnostics).map(({ meta }) => ({
    kind: 'diagnostic' as const,
    id: meta.id,
    title: meta.title,
    description: meta.description,
    formula: meta.formula,
    unit: meta.unit,
    source: meta.source,
    thresholds: meta.thresholds,
  })),
  ...Object.values(patterns).map(({ meta }: Pattern) => ({
    kind: 'finding' as const,
    id: meta.id,
    title: meta.failureTitle,
    description: meta.description,
    formula: '',
    unit: '',
    source: meta.source,
    thresholds: meta.thresholds,
  })),
];
