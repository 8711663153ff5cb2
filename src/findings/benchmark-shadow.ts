import { listed, measuredText, probability, signed } from '../base/format.ts';
import type { Asymmetry } from '../dossier/dossier.ts';
import { notApplicable } from './applicable.ts';
import type { Pattern } from './finding.ts';

/** Asymmetric gain along the axis, together with limited restructuring: the pattern the tool is named for. */
export const benchmarkShadow: Pattern = {
  meta: {
    id: 'benchmark-shadow',
    title: 'No benchmark-shadow pattern',
    failureTitle: 'Benchmark-shadow pattern',
    description:
      'Gains sit in the families the training aimed at and did not reach the others, while the weights stayed close to the base. Scores on the targeted benchmarks then say little about ability beyond them. It is an association, not evidence of contamination or memorisation.',
    formula:
      'Detected: the score pattern is asymmetric-gain and the restructuring limited. Not detected: the score pattern is settled as another one, or the restructuring is deep. Inconclusive: the score pattern is not settled, or gains are asymmetric and the restructuring is partial or not assessable.',
    needs: ['scores', 'weights'],
    source: 'Benchmark Shadows §§ 3.2, 7; METHOD §§ 4.1, 4.2',
    thresholds: [
      {
        key: 'alpha_test',
        unit: 'level of each of the four tests',
        provenance: 'ours: keeps false shadows at or below 5 % (docs/CALIBRATION.md)',
      },
      { key: 'contrast_margin', unit: 'κ-points', provenance: 'ours' },
      { key: 'gain_margin', unit: 'κ-points', provenance: 'ours' },
      { key: 'transfer_fraction', unit: 'of the targeted gain', provenance: 'ours' },
      { key: 'D_limited', unit: 'D̄, upper bound', provenance: 'ours, from the 20 % and 140 % anchors of the paper' },
      { key: 'G_inert', unit: 'Ḡ, upper bound', provenance: 'ours' },
    ],
  },
  find: ({ scores, weights }, dossier) => {
    if (scores.status !== 'ok') return notApplicable(scores.error.code, scores.error.message);
    if (weights.status !== 'ok') return notApplicable(weights.error.code, weights.error.message);
    if (scores.adaptive) return notApplicable('adaptive-run', adaptiveAbstains);
    const { asymmetry, families } = scores;
    const { restructuring } = weights;
    const gained = families.filter(
      (family) =>
        (family.qGain ?? 1) < (dossier.constants.bh_q as number) &&
        family.fixed.status === 'ok' &&
        family.fixed.value > 0,
    );
    const names = (asymmetry.declared ? gained.filter((family) => family.side === 'targeted') : gained).map(
      (family) => family.title,
    );
    const status = decide(asymmetry.pattern, restructuring.label);
    return {
      status,
      effect: asymmetry.S,
      plain: plainSentence(status, names, asymmetry, restructuring.label),
      technical: `S = ${measuredText(asymmetry.S, 1, signed)} κ-points, T = ${measuredText(asymmetry.T, 1, signed)}, C = ${measuredText(asymmetry.C, 1, signed)}, C − ½T = ${measuredText(asymmetry.transferContrast, 1, signed)} (90 %), largest of the four p ${measuredText(asymmetry.pAsymmetric, 4, probability)}; D̄ = ${measuredText(restructuring.D, 3)}, Ḡ = ${measuredText(restructuring.G, 3)}, restructuring ${restructuring.label}.`,
      action: asymmetry.reasons.some(({ code }) => code === 'no-axis') ? declareAxis : actions[status],
      evidence: [
        { label: 'Shadow contrast S', value: asymmetry.S, pointer: '/scores/asymmetry/S', chart: 'families' },
        { label: 'Targeted gain T', value: asymmetry.T, pointer: '/scores/asymmetry/T' },
        { label: 'Coverage gain C', value: asymmetry.C, pointer: '/scores/asymmetry/C' },
        {
          label: 'Largest of the four p values',
          value: asymmetry.pAsymmetric,
          pointer: '/scores/asymmetry/pAsymmetric',
        },
        { label: 'Depth score D̄', value: restructuring.D, pointer: '/weights/restructuring/D', chart: 'layers' },
        { label: 'Geometry score Ḡ', value: restructuring.G, pointer: '/weights/restructuring/G' },
      ],
      names,
    };
  },
};

const adaptiveAbstains =
  'The checkpoints were evaluated adaptively, and the tests of this pattern need every item: evaluate in full.';

function decide(pattern: string, label: string): 'detected' | 'not-detected' | 'inconclusive' {
  if (pattern === 'asymmetric-gain')
    return label === 'limited' ? 'detected' : label === 'deep' ? 'not-detected' : 'inconclusive';
  return pattern === 'inconclusive' ? 'inconclusive' : 'not-detected';
}

function plainSentence(
  status: string,
  names: readonly string[],
  { pattern, declared }: Pick<Asymmetry, 'pattern' | 'declared'>,
  label: string,
): string {
  if (status === 'detected')
    return `The gains are concentrated in ${listed(names)} and did not reach the coverage families, while the weights stayed close to the base.`;
  if (pattern === 'asymmetric-gain')
    return `The gains are concentrated in ${listed(names)}, but the restructuring of the weights is ${label}, so this is not the shadow pattern.`;
  if (status === 'inconclusive' && !declared)
    return 'No axis was declared, so these scores do not say whether the gains are concentrated in what the training was for.';
  if (status === 'inconclusive') return 'These scores do not settle whether the gains are concentrated.';
  return 'The gains are not concentrated in the targeted families.';
}

const declareAxis =
  'Declare `axis` in the config from what the training was for, not from these scores, then run again.';
const actions = {
  detected:
    'Test the targeted families on rephrased items, or on items written after the training data ended, before quoting the gain, and report coverage families beside it.',
  'not-detected': 'Nothing to do.',
  inconclusive: 'Add tasks to the families that matter (more tasks, not only more items), then run again.',
} as const;
