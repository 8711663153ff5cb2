import { numberOf } from '../base/measured.ts';
import type { Asymmetry, DossierCheckpoint, FamilyGain, Restructuring, TaskGain } from '../dossier/dossier.ts';
import type { ComparisonVerdict, VerdictId } from './verdict.ts';

type ReasonCode = ComparisonVerdict['reasonCodes'][number];

/** What confidence rests on. */
export interface ConfidenceFacts {
  readonly asymmetry: Asymmetry;
  readonly families: readonly FamilyGain[];
  readonly tasks: readonly TaskGain[];
  readonly restructuring: Restructuring;
  readonly attestation: readonly DossierCheckpoint['attestation'][];
}

/**
 * Strength of a firm verdict (METHOD §§ 4.2, 4.5): *weak* where it speaks of these benchmarks only, pairs no items,
 * has no declared axis, or joins unattested scores; else *moderate*. *Strong* needs a second training seed or a
 * held-out version of the targeted benchmark, which one run cannot have. An abstention has none.
 */
export function confidence(
  verdict: VerdictId,
  facts: ConfidenceFacts,
): { confidence: ComparisonVerdict['confidence']; codes: ReasonCode[] } {
  const down = downgrades(facts);
  const up: ReasonCode[] = facts.asymmetry.declared
    ? [{ code: 'axis-declared', text: 'Targeted and coverage families were named in the config.', direction: 'up' }]
    : [];
  const level = abstentions.has(verdict) ? 'none' : down.some((code) => weakening.has(code.code)) ? 'weak' : 'moderate';
  return { confidence: level, codes: [...up, ...down] };
}

const abstentions: ReadonlySet<VerdictId> = new Set(['inconclusive', 'asymmetric-unclear', 'asymmetric-unknown']);
const weakening = new Set(['fixed-task-only', 'unpaired', 'axis-undeclared', 'unattested', 'one-task', 'few-layers']);

function downgrades({ asymmetry, families, tasks, restructuring, attestation }: ConfidenceFacts): ReasonCode[] {
  const down = (code: string, text: string): ReasonCode => ({ code, text, direction: 'down' });
  const ceiling = families.filter((family) => family.ceiling).map((family) => family.title);
  const floor = families
    .filter((family) => family.kappaBase < 5 && family.kappaSubject < 5)
    .map((family) => family.title);
  return [
    ...(asymmetry.declared
      ? []
      : [down('axis-undeclared', 'No axis was declared, so the contrast was picked after the scores were seen.')]),
    ...(asymmetry.wording === 'fixed-task'
      ? [down('fixed-task-only', 'Too few tasks to speak of more than these benchmarks.')]
      : []),
    ...(tasks.some((task) => task.se === 'unpaired-binomial' || task.se === 'reported')
      ? [down('unpaired', 'Some gains were compared without per-item results.')]
      : []),
    ...(attestation.includes('unattested')
      ? [down('unattested', 'Some scores do not say which weights were scored.')]
      : []),
    ...(asymmetry.leaveOneOut && !asymmetry.leaveOneOut.holds && asymmetry.pattern === 'asymmetric-gain'
      ? [down('one-task', `Task ${asymmetry.leaveOneOut.task} drives the difference.`)]
      : []),
    ...(ceiling.length > 0 ? [down('ceiling', `No room to gain in ${ceiling.join(', ')}.`)] : []),
    ...(floor.length > 0 ? [down('floor', `At the floor in both checkpoints: ${floor.join(', ')}.`)] : []),
    ...(restructuring.reasons.some((reason) => reason.code === 'few-layers')
      ? [down('few-layers', 'Too few layers for an interval over depth.')]
      : []),
    ...(numberOf(restructuring.medianRelativeChange) === 0
      ? [down('identical-weights', 'The weights are identical to the base.')]
      : []),
  ];
}
