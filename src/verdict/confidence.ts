import type { Constants } from '../base/constants.ts';
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
  /** Families of the declared axis without gains. */
  readonly absent?: readonly string[];
  readonly constants: Constants;
  readonly attestation: readonly DossierCheckpoint['attestation'][];
}

/**
 * Strength of a firm verdict (METHOD §§ 4.2, 4.5): *weak* where it speaks of these benchmarks only, pairs no items,
 * has no declared axis, joins unattested scores, has no weights beside it, sits beside weights that did not move, or does not
 * stand among all subjects of the report; else *moderate*. *Strong* needs a second training seed or a held-out version of
 * the targeted benchmark, which one run cannot have. An abstention has none. ADR 12 has the reasons.
 */
export function confidence(
  verdict: VerdictId,
  facts: ConfidenceFacts,
): { confidence: ComparisonVerdict['confidence']; codes: ReasonCode[] } {
  const down = downgrades(facts);
  const up: ReasonCode[] = facts.asymmetry.declared
    ? [{ code: 'axis-declared', text: 'Targeted and coverage families were named in the config.', direction: 'up' }]
    : [];
  if (abstentions.has(verdict)) return { confidence: 'none', codes: [...up, ...down] };
  const single: ReasonCode = {
    code: 'one-run',
    text: 'Strong would need a second training seed or held-out twins of the targeted tasks; this run has neither.',
    direction: 'note',
  };
  const weak = down.some(({ code }) => weakening.has(code));
  return { confidence: weak ? 'weak' : 'moderate', codes: [...up, ...down, single] };
}

const abstentions: ReadonlySet<VerdictId> = new Set(['inconclusive', 'asymmetric-unclear', 'asymmetric-unknown']);
/** Codes that make a firm verdict weak. */
export const weakening: ReadonlySet<string> = new Set([
  'fixed-task-only',
  'unpaired',
  'axis-undeclared',
  'unattested',
  'one-task',
  'few-layers',
  'no-weights',
  'identical-weights',
  'weights-within-noise',
  'not-among-subjects',
]);

function downgrades(facts: ConfidenceFacts): ReasonCode[] {
  const { asymmetry, families, tasks, restructuring, attestation, absent = [], constants } = facts;
  const down = (code: string, text: string): ReasonCode => ({ code, text, direction: 'down' });
  const ceiling = families.filter((family) => family.ceiling).map((family) => family.title);
  const floor = families
    .filter((family) => family.kappaBase < 5 && family.kappaSubject < 5)
    .map((family) => family.title);
  return [
    ...(asymmetry.declared
      ? []
      : [
          down('axis-undeclared', 'No axis was declared, so what the training was for cannot be set against the rest.'),
        ]),
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
    ...(restructuring.label === 'not-assessable'
      ? [down('no-weights', 'The scores stand alone: no weights could be compared with the base.')]
      : []),
    ...(absent.length > 0
      ? [down('families-absent', `Families of the declared axis without gains: ${absent.join(', ')}.`)]
      : []),
    ...still(facts).map(({ code, text }) => down(code, text)),
    ...(asymmetry.pattern === 'asymmetric-gain' &&
    (asymmetry.pools?.subjects ?? 1) >= 2 &&
    !((asymmetry.qAsymmetric ?? 1) < constants.bh_q)
      ? [
          down(
            'not-among-subjects',
            `Among ${asymmetry.pools?.subjects} subjects of this report the asymmetry does not stand after correction (adjusted p ${asymmetry.qAsymmetric?.toPrecision(2) ?? 'not available'}, needed < ${constants.bh_q}).`,
          ),
        ]
      : []),
    ...(asymmetry.pattern === 'asymmetric-gain' && acrossIncludesZero(asymmetry)
      ? [
          down(
            'families-as-sample',
            'With families taken as a sample the contrast may be 0: other families of each side could tell otherwise.',
          ),
        ]
      : []),
  ];
}

/** Scores that moved over weights that did not: the difference may lie in how the scores were made. */
function still({ asymmetry, restructuring, constants }: ConfidenceFacts): { code: string; text: string }[] {
  const median = numberOf(restructuring.medianRelativeChange);
  if (median === undefined || median >= constants.storage_noise) return [];
  const moved =
    asymmetry.pattern === 'no-change' || asymmetry.pattern === 'inconclusive'
      ? ''
      : ' although scores moved; look for a difference in how they were made';
  return [
    median === 0
      ? { code: 'identical-weights', text: `The weights are identical to the base${moved}.` }
      : {
          code: 'weights-within-noise',
          text: `The weights differ from the base by no more than storage precision${moved}.`,
        },
  ];
}

function acrossIncludesZero({ acrossFamilies }: Asymmetry): boolean {
  if (acrossFamilies?.status !== 'ok' || !acrossFamilies.interval) return false;
  return acrossFamilies.interval.low <= 0 && acrossFamilies.interval.high >= 0;
}
