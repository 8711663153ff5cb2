import { SkiagramError } from '../base/error.ts';
import type { DiagnosticMeta } from '../diagnostics/diagnostic.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import type { ScoresDocument } from '../harness/scores-document.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { cardScores } from './card-scores.ts';
import type { CardComparison, HubDatasets, ModelCard } from './model-card.ts';

/** What cards are made of: a run's documents, and what only the user can say. */
export interface CardInput {
  readonly dossier: Dossier;
  readonly verdict: Verdict;
  /** Of the checkpoint; left out where the run folder has none. */
  readonly scores?: ScoresDocument | undefined;
  readonly tool: ModelCard['tool'];
  readonly created: string;
  readonly configHash: string | null;
  /** Diagnostics of a checkpoint, for titles, units and directions. */
  readonly diagnostics: readonly DiagnosticMeta[];
  readonly model: { readonly name?: string | undefined; readonly hubId?: string | undefined };
  readonly publisher: ModelCard['publisher'];
  /** Laid over the known ones. */
  readonly datasets?: HubDatasets | undefined;
}

/**
 * The card of one checkpoint: what the run says of it, with nothing computed anew.
 *
 * @throws SkiagramError `checkpoint-unknown`
 */
export function buildCard(input: CardInput, id: string): ModelCard {
  const { dossier, verdict } = input;
  const checkpoint = dossier.checkpoints.find((entry) => entry.id === id);
  if (!checkpoint) throw unknownCheckpoint(id, dossier);
  const others = dossier.checkpoints.map((entry) => entry.id).filter((other) => other !== id);
  return {
    schemaVersion: '1.0',
    tool: input.tool,
    created: input.created,
    title: dossier.title,
    model: {
      name: input.model.name ?? input.model.hubId?.split('/').at(-1) ?? id,
      hubId: input.model.hubId ?? null,
      checkpoint: id,
      fingerprint: checkpoint.fingerprint,
      architecture: checkpoint.architecture,
      parameters: checkpoint.parameters,
      dtypes: Object.keys(checkpoint.dtypes),
      matrices: checkpoint.matrices.pooled,
      attestation: checkpoint.attestation,
    },
    publisher: input.publisher,
    comparisons: dossier.comparisons
      .filter((comparison) => comparison.checkpoint === id)
      .flatMap((comparison) => comparisonOf(comparison, verdict)),
    scores: cardScores(checkpoint, dossier, input.scores, input.datasets ?? {}),
    spectra: input.diagnostics.flatMap(({ id: measure, title, description, unit, direction }) => {
      const value = checkpoint.model[measure];
      return value ? [{ id: measure, title, description, unit, direction, value }] : [];
    }),
    suites: dossier.harness,
    axis: dossier.axis,
    seed: dossier.seed,
    configHash: input.configHash,
    limits: dossier.limits.filter((limit) => !others.some((other) => limit.startsWith(`${other}: `))),
  };
}

function comparisonOf({ checkpoint, base, baseFingerprint, scores, weights }: Comparison, verdict: Verdict) {
  const own = verdict.comparisons.find((entry) => entry.checkpoint === checkpoint && entry.base === base);
  if (!own) return [];
  const comparison: CardComparison = {
    base,
    baseFingerprint: baseFingerprint === 'unknown' ? null : baseFingerprint,
    verdict: own.verdict,
    title: own.title,
    confidence: own.confidence,
    plain: own.plain ?? own.sentence,
    because: own.because ?? [],
    next: own.next,
    families:
      scores.status === 'ok'
        ? scores.families.map(({ title, side, tasks, kappaBase, kappaSubject, fixed, random }) => ({
            title,
            side,
            tasks,
            before: kappaBase,
            after: kappaSubject,
            fixed,
            random,
          }))
        : [],
    noScores: scores.status === 'ok' ? null : scores.error.message,
    weights:
      weights.status === 'ok'
        ? {
            label: weights.restructuring.label,
            geometry: weights.restructuring.geometry,
            matrices: weights.restructuring.groups.reduce((sum, group) => sum + group.matrices, 0),
            relativeChange: weights.restructuring.medianRelativeChange,
            depth: weights.restructuring.D,
            geometryScore: weights.restructuring.G,
          }
        : null,
    noWeights: weights.status === 'ok' ? null : weights.error.message,
  };
  return [comparison];
}

function unknownCheckpoint(id: string, { checkpoints }: Dossier): SkiagramError {
  return new SkiagramError({
    code: 'checkpoint-unknown',
    message: `The run holds no checkpoint "${id}".`,
    hint: `It holds ${checkpoints.map((entry) => entry.id).join(', ')}.`,
    exitCode: 2,
  });
}
