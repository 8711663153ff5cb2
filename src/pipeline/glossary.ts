import { defaultConstants } from '../base/constants.ts';
import { diagnostics } from '../diagnostics/registry.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { FindingMeta, Findings, Pattern, TrajectoryPattern } from '../findings/finding.ts';
import { patterns, trajectoryPatterns } from '../findings/registry.ts';
import { thresholdsInForce } from '../findings/thresholds.ts';
import type { GlossaryEntry } from '../report/report.ts';

/** Diagnostics and findings as `explain` prints them and reports show them: one text for both. Thresholds are those given. */
export function glossaryWith(constants: Dossier['constants']): readonly GlossaryEntry[] {
  const metas: readonly FindingMeta[] = [
    ...Object.values(patterns).map(({ meta }: Pattern) => meta),
    ...Object.values<TrajectoryPattern>(trajectoryPatterns).map(({ meta }) => meta),
  ];
  return [
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
    ...metas.map((meta) => ({
      kind: 'finding' as const,
      id: meta.id,
      title: meta.failureTitle,
      description: meta.description,
      formula: meta.formula ?? '',
      unit: '',
      source: meta.source,
      thresholds: thresholdsInForce(meta.thresholds, constants),
    })),
  ];
}

/** Everything that can be explained, with the default thresholds. */
export const glossary = glossaryWith(defaultConstants);

/** The entries that occur in a report: diagnostics that have a value somewhere, findings that were looked for. */
export function glossaryOf(dossier: Dossier, findings: Findings): readonly GlossaryEntry[] {
  const seen = new Set(findings.findings.map(({ id }) => id));
  const whole = new Set<string>();
  const note = (values: Readonly<Record<string, { readonly status: string }>>): void => {
    // A large run has a quarter of a million values and a hundred ids.
    for (const key of Object.keys(values)) {
      if (whole.has(key) || values[key]?.status !== 'ok') continue;
      whole.add(key);
      seen.add(key.split(':')[0] ?? key);
    }
  };
  const matrices = dossier.checkpoints.flatMap((checkpoint) => {
    note(checkpoint.model);
    return checkpoint.matrixDiagnostics;
  });
  for (const { weights } of dossier.comparisons) {
    if (weights.status !== 'ok') continue;
    note(weights.model);
    matrices.push(...weights.matrices);
  }
  for (const { diagnostics: values, labels } of matrices) {
    note(values);
    for (const label of Object.keys(labels)) seen.add(label);
  }
  for (const { diagnostics: values } of dossier.trajectories ?? []) note(values);
  return glossaryWith(dossier.constants).filter(({ id }) => seen.has(id));
}
