import type { Constants } from '../base/constants.ts';
import { listed } from '../base/format.ts';
import type { Asymmetry, FamilyGain } from '../dossier/dossier.ts';
import { fallenFamilies } from '../families/fallen-families.ts';
import type { ComparisonVerdict, Sensitivity, VerdictId } from './verdict.ts';

/** The finding for someone who has read nothing else: one sentence without a symbol. Correlational words only. */
export function plainSentence(
  verdict: VerdictId,
  families: readonly FamilyGain[],
  { declared, reasons }: Pick<Asymmetry, 'declared' | 'reasons'>,
  constants: Constants,
): string {
  const rose = listed(
    families
      .filter((family) => (family.qGain ?? 1) < constants.bh_q && (!declared || family.side === 'targeted'))
      .map((family) => family.title),
  );
  const fell = listed(families.filter((family) => (family.qLoss ?? 1) < constants.bh_q).map((family) => family.title));
  const fallen = fallenFamilies(families, constants).map((family) => family.title);
  const elsewhere = fallen.length === 0 ? 'did not follow elsewhere' : `fell in ${listed(fallen)}`;
  const sentences: Readonly<Record<VerdictId, string>> = {
    'benchmark-shadow': `Scores rose in ${rose} and ${elsewhere}, while the weights stayed close to the base. That is consistent with a gain on these tests more than in general ability.`,
    'asymmetric-unclear': `Scores rose in ${rose} and ${elsewhere}; the weights changed neither clearly little nor clearly deeply.`,
    'specialised-rebuild': `Scores rose in ${rose} and ${elsewhere}, and the weights were deeply rewritten: a specialised model rather than a lightly tuned one.`,
    'asymmetric-unknown': `Scores rose in ${rose} and ${elsewhere}; how far the weights moved could not be assessed.`,
    'broad-gain-light': 'Scores rose broadly, also outside what was trained for, with a small change of the weights.',
    'broad-gain': 'Scores rose broadly, also outside what was trained for.',
    'broad-learning': 'Scores rose broadly, also outside what was trained for, and the weights were deeply rewritten.',
    'no-change': 'No family of tasks moved by more than the margin.',
    'neutral-rebuild': 'The weights were deeply rewritten, and no family of tasks moved by more than the margin.',
    regression: fell === 'none' ? 'Scores fell in all families together.' : `Scores fell in ${fell}.`,
    inconclusive: reasons.some(({ code }) => code === 'no-axis')
      ? `Scores rose in ${rose} and differ between families; which of them the training was for was not declared, so nothing is said about concentration.`
      : 'The data do not settle whether the gain is broad, concentrated or absent.',
  };
  return sentences[verdict];
}

/** The two reasons that matter most for the confidence: what weakens it first, then what limits it, then what supports it. */
export function mainReasons(codes: ComparisonVerdict['reasonCodes'], weakening: ReadonlySet<string>): string[] {
  const rank = ({ code, direction }: ComparisonVerdict['reasonCodes'][number]): number =>
    weakening.has(code) ? 0 : direction === 'down' ? 1 : direction === 'up' ? 2 : 3;
  return [...codes]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 2)
    .map(({ text }) => text);
}

/** The nearest threshold that would flip the verdict, in a sentence. */
export function flipSentence(found: readonly Sensitivity[], titles: Readonly<Record<VerdictId, string>>): string {
  if (found.length === 0) return 'Whether other thresholds would change it was not computed.';
  const [nearest] = found;
  if (!nearest || nearest.flipsAt === null || nearest.to === null || nearest.relative === null)
    return 'No single threshold between a fourth and four times its value would change it.';
  return `It would become “${titles[nearest.to]}” if ${nearest.key} were ${Number(nearest.flipsAt.toPrecision(3))} instead of ${nearest.value} (${(100 * nearest.relative).toFixed(0)} % away); no other threshold is nearer.`;
}

/** Reasons for the confidence that several comparisons all share, so that a list of verdicts says them once; none for a single one. */
export function sharedReasons(comparisons: readonly Pick<ComparisonVerdict, 'because'>[]): string[] {
  const [first, ...others] = comparisons;
  if (others.length === 0) return [];
  return (first?.because ?? []).filter((reason) => others.every(({ because = [] }) => because.includes(reason)));
}
