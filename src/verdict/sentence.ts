import { listed, measuredText, signed } from '../base/format.ts';
import type { Asymmetry, FamilyGain, Restructuring } from '../dossier/dossier.ts';
import type { VerdictId } from './verdict.ts';

/** What the sentences are filled with. */
export interface SentenceFacts {
  readonly asymmetry: Asymmetry;
  readonly families: readonly FamilyGain[];
  readonly restructuring: Restructuring;
  /** False discovery rate at which a family counts as moved (`bh_q`). */
  readonly level?: number;
}

/**
 * The fixed sentence of a verdict (METHOD § 4.4). Correlational words only: reports are tested for words that claim
 * a cause or a fault.
 */
export function sentence(verdict: VerdictId, facts: SentenceFacts): string {
  const { asymmetry, families, restructuring, level = 0.05 } = facts;
  const contrast = `S = ${measuredText(asymmetry.S, 1, signed)} κ-points`;
  const depth = `D̄ = ${measuredText(restructuring.D, 3)}, Ḡ = ${measuredText(restructuring.G, 3)}`;
  const carried = listed(
    families
      .filter((family) => (family.qGain ?? 1) < level && (asymmetry.declared ? family.side === 'targeted' : true))
      .map((family) => family.title),
  );
  const fell = listed(families.filter((family) => (family.qLoss ?? 1) < level).map((family) => family.title));
  const broad =
    asymmetry.T.status === 'ok'
      ? `targeted families ${measuredText(asymmetry.T, 1, signed)}, coverage families ${measuredText(asymmetry.C, 1, signed)} κ-points`
      : `mean gain ${measuredText(asymmetry.meanGain, 1, signed)} κ-points`;
  const association = 'This is an association; it does not show contamination, memorisation or a cause.';
  const sentences: Readonly<Record<VerdictId, string>> = {
    'benchmark-shadow': `The scores and weights are consistent with a benchmark-shadow pattern: gains are concentrated in ${carried} (${contrast}) while the measured restructuring is limited (${depth}). ${association}`,
    'asymmetric-unclear': `Gains are concentrated in ${carried} (${contrast}); the restructuring is neither clearly limited nor clearly deep (${depth}), so no shadow is called. ${association}`,
    'specialised-rebuild': `Gains are concentrated in ${carried} (${contrast}), and the weights were deeply rewritten (${depth}): consistent with a specialised rebuild rather than a shadow. ${association}`,
    'asymmetric-unknown': `Gains are concentrated in ${carried} (${contrast}); restructuring could not be assessed. ${association}`,
    'broad-gain-light': `The gain is broad (${broad}) while the measured restructuring is limited (${depth}).`,
    'broad-gain': `The gain is broad: ${broad} (${depth}).`,
    'broad-learning': `The gain is broad (${broad}), and the weights were deeply rewritten (${depth}): consistent with broad learning.`,
    'no-change': `No family moved by more than the margin (${depth}).`,
    'neutral-rebuild': `The weights were deeply rewritten (${depth}), and no family moved by more than the margin.`,
    regression: `Scores fell: ${fell === 'none' ? 'all families together, none significantly alone' : fell} (${contrast}; ${depth}).`,
    inconclusive: `These scores and weights do not settle the question (${contrast}; ${depth}).`,
  };
  return sentences[verdict];
}
