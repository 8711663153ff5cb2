import { listed, measuredText, signed } from '../base/format.ts';
import { numberOf, skipped } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import { notApplicable } from './applicable.ts';
import { evidence } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** Scores differ although the weights are the same within storage precision. */
export const scoreMovedWeightsDidNot: Pattern = {
  meta: {
    id: 'score-moved-weights-did-not',
    title: 'Scores moved with the weights',
    failureTitle: 'Scores moved, weights did not',
    description:
      'Two checkpoints with the same weights should score the same. Where they do not, the difference comes with the way they were evaluated (harness, prompts, precision, sampling) or with something outside the compared matrices, such as the tokenizer or the chat template.',
    formula:
      'Looked for where every compared matrix has a relative change below storage_noise, none is without a partner and none failed. Detected: a family with BH q of a gain or of a loss < ½·bh_q. Not detected: the 95 % intervals of all families lie within ±gain_margin. Inconclusive: anything else. Not applicable: the weights moved.',
    needs: ['scores', 'weights'],
    source: 'METHOD §§ 8.7, 8.13',
    thresholds: [
      { key: 'storage_noise', unit: 'relative change', provenance: 'ours: rounding to bf16 alone gives 0.0017' },
      { key: 'bh_q', unit: 'false-discovery rate, halved for two directions', provenance: 'ours' },
      { key: 'gain_margin', unit: 'κ-points', provenance: 'ours' },
    ],
  },
  find: ({ scores, weights, fingerprint, baseFingerprint }, dossier) => {
    if (scores.status !== 'ok') return notApplicable(scores.error.code, scores.error.message);
    if (weights.status !== 'ok') return notApplicable(weights.error.code, weights.error.message);
    const changes = weights.matrices.map((matrix) => numberOf(matrix.diagnostics.relative_change));
    const known = changes.filter((change) => change !== undefined);
    const largest = Math.max(0, ...known);
    const same = fingerprint === baseFingerprint && fingerprint !== 'unknown';
    if (!same && (known.length === 0 || known.length < changes.length || weights.unpaired > 0))
      return notApplicable(
        'not-all-compared',
        'Not every matrix could be compared, so it is not known that the weights stayed.',
      );
    if (!same && largest >= inForce(dossier.constants, 'storage_noise'))
      return notApplicable('weights-moved', 'The weights moved, so the scores may move with them.');
    const at = known.length > 0 ? changes.indexOf(largest) : -1;
    const measured = weights.matrices[at]?.diagnostics.relative_change;
    const pointer = `/weights/matrices/${at}/diagnostics/relative_change`;
    const shown = measured ? [evidence('Largest relative change', measured, pointer, 'layers')] : [];
    return judge(scores.families, largest, shown, dossier);
  },
};

type Families = Extract<Comparison['scores'], { status: 'ok' }>['families'];

function judge(
  families: Families,
  largest: number,
  shown: FindingProduct['evidence'],
  dossier: Dossier,
): FindingProduct {
  const [level, margin] = [inForce(dossier.constants, 'bh_q') / 2, inForce(dossier.constants, 'gain_margin')];
  const moved = families.filter(({ qGain, qLoss }) => Math.min(qGain ?? 1, qLoss ?? 1) < level);
  const still = families.every(
    ({ fixed }) =>
      fixed.status === 'ok' && fixed.interval && fixed.interval.low > -margin && fixed.interval.high < margin,
  );
  const status = moved.length > 0 ? 'detected' : still && families.length > 0 ? 'not-detected' : 'inconclusive';
  const [top] = families.toSorted((a, b) => Math.abs(numberOf(b.fixed) ?? 0) - Math.abs(numberOf(a.fixed) ?? 0));
  return {
    status,
    effect: top?.fixed ?? skipped('no-family', 'No family has gains.'),
    plain: {
      detected: `The weights are the same within rounding, yet ${listed(moved.map(({ title }) => title))} scored differently: look at how the scores were made.`,
      'not-detected': 'The weights are the same within rounding, and so are the scores.',
      inconclusive: `The weights are the same within rounding; a difference of scores of ${margin} points is not excluded.`,
    }[status],
    technical: `Largest relative change ${largest.toPrecision(2)}; ${families.map(({ title, fixed }) => `${title} ${measuredText(fixed, 1, signed)}`).join('; ')}`,
    action:
      status === 'detected'
        ? 'Score both checkpoints again in one session, and compare harness version, prompts, precision, tokenizer and chat template.'
        : 'Nothing to do.',
    evidence: [
      ...shown,
      ...families.flatMap(({ title, fixed }, index) =>
        evidence(`${title}: gain on these benchmarks`, fixed, `/scores/families/${index}/fixed`, 'families'),
      ),
    ],
    names: moved.map(({ family }) => family),
  };
}
