import { failed } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import type { Trajectory } from '../dossier/trajectory.ts';
import type { Finding, FindingMeta, FindingProduct, Findings, Pattern, TrajectoryPattern } from './finding.ts';
import { patterns, trajectoryPatterns } from './registry.ts';

/**
 * Dossier -> findings: every pattern over every comparison, and those of training runs over every trajectory. A pattern that throws becomes a `failed` finding with its
 * message; the others go on. The comparison's index is put in front of each evidence pointer but those to a checkpoint.
 */
export function findAll(dossier: Dossier): Findings {
  const compared = dossier.comparisons.flatMap((comparison, index) =>
    Object.values<Pattern>(patterns).map((pattern) => findOne(pattern, comparison, index, dossier)),
  );
  const followed = (dossier.trajectories ?? []).flatMap((trajectory, index) =>
    Object.values<TrajectoryPattern>(trajectoryPatterns).map((pattern) =>
      followOne(pattern, trajectory, index, dossier),
    ),
  );
  return { schemaVersion: '1.0', findings: [...compared, ...followed] };
}

function followOne(pattern: TrajectoryPattern, trajectory: Trajectory, index: number, dossier: Dossier): Finding {
  const product = attempt(() => pattern.follow(trajectory, dossier));
  const { meta } = pattern;
  const { condition, points } = trajectory;
  return {
    key: `${meta.id}:${condition}`,
    id: meta.id,
    title: titleOf(meta, product.status),
    checkpoint: points.at(-1)?.checkpoint ?? condition,
    base: points[0]?.checkpoint ?? condition,
    condition,
    ...product,
    evidence: product.evidence.map((entry) => ({ ...entry, pointer: `/trajectories/${index}${entry.pointer}` })),
  };
}

function findOne(pattern: Pattern, comparison: Comparison, index: number, dossier: Dossier): Finding {
  const product = attempt(() => pattern.find(comparison, dossier));
  const { meta } = pattern;
  return {
    key: `${meta.id}:${comparison.checkpoint}~${comparison.base}`,
    id: meta.id,
    title: titleOf(meta, product.status),
    checkpoint: comparison.checkpoint,
    base: comparison.base,
    ...product,
    evidence: product.evidence.map((entry) => ({
      ...entry,
      pointer: entry.pointer.startsWith('/checkpoints/') ? entry.pointer : `/comparisons/${index}${entry.pointer}`,
      ...(entry.chart === undefined ? {} : { chart: chartOf(entry.chart, index) }),
    })),
  };
}

/** The presence or the absence where one of them is settled; otherwise the presence, marked as open. */
function titleOf({ title, failureTitle }: FindingMeta, status: Finding['status']): string {
  if (status === 'detected') return failureTitle;
  if (status === 'not-detected') return title;
  return `${{ inconclusive: 'Not settled', 'not-applicable': 'Not looked for', failed: 'Failed' }[status]}: ${failureTitle}`;
}

/** Ids of the charts of one comparison, as the report draws them; charts of the whole report keep theirs. */
function chartOf(chart: string, index: number): string {
  return chart === 'families' || chart === 'layers' ? `${chart}-comparison-${index + 1}` : chart;
}

function attempt(look: () => FindingProduct): FindingProduct {
  try {
    return look();
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
