import { failed } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import type { Finding, FindingProduct, Findings, Pattern } from './finding.ts';
import { patterns } from './registry.ts';

/**
 * Dossier -> findings: every pattern over every comparison. A pattern that throws becomes a `failed` finding with its
 * message; the others go on. The comparison's index is put in front of each evidence pointer.
 */
export function findAll(dossier: Dossier): Findings {
  const findings = dossier.comparisons.flatMap((comparison, index) =>
    Object.values(patterns).map((pattern) => findOne(pattern, comparison, index, dossier)),
  );
  return { schemaVersion: '1.0', findings };
}

function findOne(pattern: Pattern, comparison: Comparison, index: number, dossier: Dossier): Finding {
  const product = attempt(pattern, comparison, dossier);
  const { meta } = pattern;
  return {
    key: `${meta.id}:${comparison.checkpoint}~${comparison.base}`,
    id: meta.id,
    title: product.status === 'detected' ? meta.failureTitle : meta.title,
    checkpoint: comparison.checkpoint,
    base: comparison.base,
    ...product,
    evidence: product.evidence.map((entry) => ({ ...entry, pointer: `/comparisons/${index}${entry.pointer}` })),
  };
}

function attempt(pattern: Pattern, comparison: Comparison, dossier: Dossier): FindingProduct {
  try {
    return pattern.find(comparison, dossier);
  } catch (error) {
    const reason = `The finding could not be computed: ${error instanceof Error ? error.message : String(error)}`;
    return {
      status: 'failed',
      effect: failed('finding-failed', reason),
      plain: reason,
      technical: reason,
      action: 'This is a bug in Skiagram; please report it.',
      evidence: [],
      names: [],
    };
  }
}
