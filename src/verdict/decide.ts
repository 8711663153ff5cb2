import { failed, numberOf } from '../base/measured.ts';
import type { Asymmetry, Comparison, Dossier, Restructuring } from '../dossier/dossier.ts';
import { notAssessable } from '../dossier/restructuring.ts';
import type { Findings } from '../findings/finding.ts';
import { confidence } from './confidence.ts';
import { quadrant, titles } from './quadrant.ts';
import { sentence } from './sentence.ts';
import type { ComparisonVerdict, Verdict, VerdictId } from './verdict.ts';

/** Dossier and findings -> one verdict per comparison: the cell, its sentence, its confidence and what to do next. */
export function decide(dossier: Dossier, findings: Findings): Verdict {
  return {
    schemaVersion: '1.0',
    comparisons: dossier.comparisons.map((comparison) => decideOne(comparison, dossier, findings)),
  };
}

function decideOne(comparison: Comparison, dossier: Dossier, findings: Findings): ComparisonVerdict {
  const restructuring =
    comparison.weights.status === 'ok'
      ? comparison.weights.restructuring
      : notAssessable(comparison.weights.error.code, comparison.weights.error.message);
  const evidence = findings.findings
    .filter(
      (finding) =>
        finding.checkpoint === comparison.checkpoint &&
        finding.base === comparison.base &&
        finding.status === 'detected',
    )
    .map((finding) => finding.key);
  const shown = {
    label: restructuring.label,
    geometry: restructuring.geometry,
    D: restructuring.D,
    G: restructuring.G,
    RI: restructuring.RI,
  };
  const identity = { checkpoint: comparison.checkpoint, base: comparison.base };
  if (comparison.scores.status !== 'ok')
    return withoutScores(identity, comparison.scores.error.message, shown, evidence);
  const { asymmetry, families, tasks } = comparison.scores;
  const verdict = quadrant(asymmetry.pattern, restructuring.label);
  const attestation = dossier.checkpoints
    .filter((checkpoint) => checkpoint.id === comparison.checkpoint || checkpoint.id === comparison.base)
    .map((checkpoint) => checkpoint.attestation);
  const { confidence: level, codes } = confidence(verdict, { asymmetry, families, tasks, restructuring, attestation });
  const { S, T, C, transferContrast, pAsymmetric, detectable, pattern, declared } = asymmetry;
  return {
    ...identity,
    verdict,
    title: titles[verdict],
    sentence: sentence(verdict, { asymmetry, families, restructuring, level: dossier.constants.bh_q as number }),
    confidence: level,
    reason: [...asymmetry.reasons, ...restructuring.reasons].map((reason) => reason.text).join(' '),
    reasonCodes: [...asymmetry.reasons.map(note), ...restructuring.reasons.map(note), ...codes],
    asymmetry: { pattern, declared, S, T, C, transferContrast, pAsymmetric, detectable },
    restructuring: shown,
    evidence,
    next: comparison.scores.adaptive
      ? ['Evaluate in full (without --until or `adaptive`) for a verdict; answers given so far are kept.']
      : nextSteps(verdict, asymmetry, restructuring),
  };
}

function withoutScores(
  identity: { checkpoint: string; base: string },
  message: string,
  restructuring: ComparisonVerdict['restructuring'],
  evidence: string[],
): ComparisonVerdict {
  const none = failed('no-scores', message);
  return {
    ...identity,
    verdict: 'inconclusive',
    title: titles.inconclusive,
    sentence: `No verdict: ${message}`,
    confidence: 'none',
    reason: message,
    reasonCodes: [{ code: 'no-scores', text: message, direction: 'note' }],
    asymmetry: {
      pattern: 'inconclusive',
      declared: false,
      S: none,
      T: none,
      C: none,
      transferContrast: none,
      pAsymmetric: none,
      detectable: none,
    },
    restructuring,
    evidence,
    next: ['Evaluate both checkpoints on the same tasks, then run again.'],
  };
}

function note(reason: { code: string; text: string }): ComparisonVerdict['reasonCodes'][number] {
  return { ...reason, direction: 'note' };
}

function nextSteps(verdict: VerdictId, asymmetry: Asymmetry, restructuring: Restructuring): string[] {
  const detectable = numberOf(asymmetry.detectable);
  const power =
    detectable === undefined
      ? []
      : [
          `This suite finds a contrast of ${detectable.toFixed(1)} κ-points or more with 80 % power; smaller ones may exist.`,
        ];
  const steps: Readonly<Record<VerdictId, string[]>> = {
    'benchmark-shadow': [
      'Test the targeted families on rephrased or post-cutoff items before quoting the gain.',
      'Report the coverage families beside the targeted ones.',
    ],
    'asymmetric-unclear': [
      'Test the targeted families on rephrased items.',
      `Look at the change per layer: ${restructuring.reasons.map((reason) => reason.text).join(' ')}`,
    ],
    'specialised-rebuild': [
      'Confirm that the named base is the real ancestor.',
      'Evaluate this checkpoint in full, as a new model.',
    ],
    'asymmetric-unknown': ['Give the weights of base and checkpoint in the same shape.'],
    'broad-gain-light': ['Nothing is asked of you; a held-out suite would raise confidence.'],
    'broad-gain': ['Nothing is asked of you; a held-out suite would raise confidence.'],
    'broad-learning': ['Nothing is asked of you; confirm the base, since the weights no longer resemble it.'],
    'no-change': ['Nothing moved beyond the margin; more items would narrow the intervals.'],
    'neutral-rebuild': ['Confirm that the named base is the real ancestor.'],
    regression: ['Look at the items that were lost before release.'],
    inconclusive: ['Add tasks per family: more tasks, not only more items, settle this question.'],
  };
  return [...steps[verdict], ...power];
}
