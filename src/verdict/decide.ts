import { type Constants, defaultConstants } from '../base/constants.ts';
import { listed } from '../base/format.ts';
import { failed, numberOf } from '../base/measured.ts';
import type { Asymmetry, Comparison, Dossier, FamilyGain, Restructuring } from '../dossier/dossier.ts';
import { notAssessable } from '../dossier/restructuring.ts';
import { fallenFamilies } from '../families/fallen-families.ts';
import type { CoarseDocument } from '../families/families-document.ts';
import type { Findings } from '../findings/finding.ts';
import { confidence, weakening } from './confidence.ts';
import { levels } from './levels.ts';
import { flipSentence, mainReasons, plainSentence } from './plain.ts';
import { quadrant, titles } from './quadrant.ts';
import { sensitivity } from './sensitivity.ts';
import { sentence } from './sentence.ts';
import { stability } from './stability.ts';
import type { ComparisonVerdict, Verdict, VerdictId } from './verdict.ts';
import { weightClauses } from './weight-clauses.ts';

/** What a verdict is given besides the dossier. */
export interface DecideOptions {
  /** A coarser grouping of the same families, under which the decision is repeated. */
  readonly coarse?: CoarseDocument;
  /** False: without sensitivity and stability, on which no verdict rests; for many verdicts in a row. */
  readonly argue?: boolean;
}

/**
 * Dossier and findings -> one verdict per comparison: the cell, its sentence, its confidence and what to do next, and
 * what one needs to argue with it: every clause, the thresholds that would flip it, the same decision on less.
 *
 * Half a second a comparison of forty tasks in nine families, nearly all of it for what would flip the verdict and for the same
 * decision on less. Grows with families × tasks²: ten seconds for 190 tasks in twenty families that differ.
 */
export function decide(dossier: Dossier, findings: Findings, options: DecideOptions = {}): Verdict {
  return {
    schemaVersion: '1.0',
    comparisons: dossier.comparisons.map((comparison) => decideOne(comparison, dossier, findings, options)),
  };
}

/** The same for one comparison of the dossier, for a caller that has something to say or to check in between. */
export function decideOne(
  comparison: Comparison,
  dossier: Dossier,
  findings: Findings,
  { coarse, argue = true }: DecideOptions = {},
): ComparisonVerdict {
  const constants: Constants = { ...defaultConstants, ...(dossier.constants as Partial<Constants>) };
  const restructuring =
    comparison.weights.status === 'ok'
      ? comparison.weights.restructuring
      : notAssessable(comparison.weights.error.code, comparison.weights.error.message);
  const evidence = findings.findings
    .filter(
      (finding) =>
        finding.condition === undefined &&
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
    return {
      ...withoutScores(identity, comparison.scores.error.message, shown, evidence),
      clauses: weightClauses(restructuring, constants),
      levels: levels(comparison.weights, constants),
    };
  const { asymmetry, families, tasks } = comparison.scores;
  const verdict = quadrant(asymmetry.pattern, restructuring.label);
  const attestation = dossier.checkpoints
    .filter((checkpoint) => checkpoint.id === comparison.checkpoint || checkpoint.id === comparison.base)
    .map((checkpoint) => checkpoint.attestation);
  const absent = [...dossier.axis.targeted, ...dossier.axis.coverage].filter(
    (id) => dossier.axis.declared && !families.some(({ family }) => family === id),
  );
  const { confidence: level, codes } = confidence(verdict, {
    asymmetry,
    families,
    tasks,
    restructuring,
    attestation,
    absent,
    constants,
  });
  const decided = argue && !comparison.scores.adaptive;
  const flips = decided ? sensitivity(verdict, comparison.scores, dossier.axis, restructuring, constants) : [];
  const taxonomy = { families: dossier.families, axis: dossier.axis };
  const label = restructuring.label;
  const repeated = decided
    ? stability({ verdict, tasks, taxonomy, label, constants, seed: dossier.seed }, coarse)
    : null;
  const reasonCodes = [
    ...asymmetry.reasons.map(note),
    ...restructuring.reasons.map(note),
    ...codes,
    ...unstable(repeated),
  ];
  const { S, T, C, transferContrast, pAsymmetric, detectable, pattern, declared } = asymmetry;
  return {
    ...identity,
    verdict,
    title: titles[verdict],
    sentence: sentence(verdict, { asymmetry, families, restructuring, level: constants.bh_q }),
    confidence: level,
    reason: [...asymmetry.reasons, ...restructuring.reasons].map((reason) => reason.text).join(' '),
    reasonCodes,
    plain: plainSentence(verdict, families, asymmetry, constants),
    because:
      level === 'none'
        ? blocking(verdict, asymmetry, restructuring)
        : mainReasons([...codes, ...unstable(repeated)], weakening),
    flips: flipSentence(flips, titles),
    clauses: [...(asymmetry.clauses ?? []), ...weightClauses(restructuring, constants)],
    sensitivity: flips,
    stability: repeated,
    levels: levels(comparison.weights, constants),
    asymmetry: { pattern, declared, S, T, C, transferContrast, pAsymmetric, detectable },
    restructuring: shown,
    evidence,
    next: comparison.scores.adaptive
      ? ['Evaluate in full (without --until or `adaptive`) for a verdict; answers given so far are kept.']
      : nextSteps(verdict, asymmetry, restructuring, fallenFamilies(families, constants)),
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
    plain: 'There is no verdict, since no scores could be compared.',
    because: [message],
    flips: 'No threshold decides this; scores do.',
    sensitivity: [],
    stability: null,
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

/** Why there is no firm verdict, the two first reasons. */
function blocking(verdict: VerdictId, asymmetry: Asymmetry, restructuring: Restructuring): string[] {
  const reasons = verdict === 'inconclusive' ? asymmetry.reasons : restructuring.reasons;
  return reasons.slice(0, 2).map(({ text }) => text);
}

/** Where the same decision on less, or on another grouping, comes out otherwise. It limits what is claimed; it changes no level. */
function unstable(found: ComparisonVerdict['stability']): ComparisonVerdict['reasonCodes'] {
  const other = found?.withoutFamily.filter(({ same }) => !same) ?? [];
  const { coarser } = found ?? {};
  return [
    ...(other.length > 0
      ? [
          {
            code: 'rests-on-family',
            text: `Without ${other.map(({ title, verdict }) => `${title} it would be “${titles[verdict]}”`).join('; without ')}.`,
            direction: 'down' as const,
          },
        ]
      : []),
    ...(coarser && !coarser.same
      ? [
          {
            code: 'rests-on-grouping',
            text: `Under the coarser grouping of families it would be “${titles[coarser.verdict]}”.`,
            direction: 'down' as const,
          },
        ]
      : []),
  ];
}

function note(reason: { code: string; text: string }): ComparisonVerdict['reasonCodes'][number] {
  return { ...reason, direction: 'note' };
}

/** Verdicts that ask for nothing, as long as nothing was lost. */
const idle: ReadonlySet<VerdictId> = new Set(['broad-gain-light', 'broad-gain', 'no-change']);

function nextSteps(
  verdict: VerdictId,
  asymmetry: Asymmetry,
  restructuring: Restructuring,
  lost: readonly FamilyGain[],
): string[] {
  const detectable = numberOf(asymmetry.detectable);
  const power =
    detectable === undefined
      ? []
      : [
          `This suite finds a contrast of ${detectable.toFixed(1)} κ-points or more with 80 % power; smaller ones may exist.`,
        ];
  const steps: Readonly<Record<VerdictId, string[]>> = {
    'benchmark-shadow': [
      'Test the targeted families on rephrased items, or on items written after the training data ended, before quoting the gain.',
      'Report the coverage families beside the targeted ones.',
    ],
    'asymmetric-unclear': [
      'Test the targeted families on rephrased items.',
      `Look at the change per layer: ${restructuring.reasons.map((reason) => reason.text).join(' ')}`,
    ],
    'specialised-rebuild': [
      'Confirm that the named base is the real ancestor; quote the gain for the targeted families only.',
      'Evaluate this checkpoint in full, as a new model.',
    ],
    'asymmetric-unknown': ['Give the weights of base and checkpoint in the same shape.'],
    'broad-gain-light': ['Nothing has to be done. A held-out suite would raise confidence.'],
    'broad-gain': ['Nothing has to be done. A held-out suite would raise confidence.'],
    'broad-learning': ['Confirm that the named base is the real ancestor, since the weights are far from it.'],
    'no-change': ['Nothing moved beyond the margin; more items would narrow the intervals.'],
    'neutral-rebuild': ['Confirm that the named base is the real ancestor.'],
    regression: ['Look at the items that were lost before release.'],
    inconclusive: asymmetry.reasons.some(({ code }) => code === 'no-axis')
      ? [
          'Declare `axis` in the config from what the training was for, not from these scores: `targeted` and `coverage` families.',
        ]
      : ['Add tasks per family: more tasks, not only more items, settle this question.'],
  };
  const [first = '', ...others] = steps[verdict];
  if (lost.length === 0 || verdict === 'regression') return [first, ...others, ...power];
  const loss = `Look at what was lost in ${listed(lost.map(({ title }) => title))} before release.`;
  return [idle.has(verdict) ? loss : `${loss} ${first}`, ...others, ...power];
}
