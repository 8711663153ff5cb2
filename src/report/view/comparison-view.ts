import type { Comparison, DossierCheckpoint } from '../../dossier/dossier.ts';
import type { Finding } from '../../findings/finding.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';
import type { Chart } from '../charts/chart.ts';
import { depthProfile } from '../charts/depth-profile.ts';
import { familyGainsChart } from '../charts/family-gains.ts';
import { layerHeat } from '../charts/layer-heat.ts';
import { adaptiveView } from './adaptive-view.ts';
import { clausesView, repeatsText, sensitivityView, stabilityView } from './argument-view.ts';
import type { TableView } from './cell.ts';
import { type ChecklistView, checklist } from './checklist-view.ts';
import { type FigureView, figure } from './figure-view.ts';
import { modulesView } from './modules-view.ts';
import { resampledView } from './resampled-view.ts';
import { scoreStatistics } from './score-statistics-view.ts';
import { taskGainsView } from './task-gains-view.ts';
import { confidenceMarks, symbolOf, toneOf } from './verdict-look.ts';

/** One comparison's part of the report. */
export interface ComparisonView {
  readonly anchor: string;
  readonly name: string;
  readonly base: string;
  /** "step 240 of broad"; empty where the config names no training run. */
  readonly training: string;
  /** Id of the verdict. */
  readonly verdict: string;
  readonly symbol: string;
  readonly tone: string;
  readonly title: string;
  readonly sentence: string;
  readonly confidence: string;
  readonly marks: string;
  readonly abstains: boolean;
  readonly plain: string;
  readonly because: readonly string[];
  readonly flips: string;
  /** How many repeats of the decision on less data agree; empty where it was not repeated. */
  readonly repeats: string;
  readonly levels: readonly { readonly level: string; readonly text: string }[];
  readonly clauses: TableView | undefined;
  readonly sensitivity: TableView | undefined;
  readonly stability: TableView | undefined;
  readonly next: readonly string[];
  readonly reasons: readonly { readonly mark: string; readonly code: string; readonly text: string }[];
  readonly families: FigureView | undefined;
  readonly layers: FigureView | undefined;
  readonly profile: FigureView | undefined;
  readonly statistics: TableView | undefined;
  readonly resampled: TableView | undefined;
  readonly modules: TableView | undefined;
  readonly tasks: TableView | undefined;
  readonly adaptive: { readonly text: string; readonly table: TableView } | undefined;
  readonly findings: ChecklistView;
  readonly missing: readonly string[];
  /** Sentence about scores that do not say which weights were scored; empty where all do. */
  readonly unattested: string;
  /** Everything below the verdict is folded, because there are many comparisons. */
  readonly folded: boolean;
}

/** What a comparison's part needs besides its own documents. */
export interface ComparisonContext {
  readonly index: number;
  /** Checkpoints of it whose scores do not say which weights were scored. */
  readonly unattested: readonly string[];
  /** The checkpoint in the dossier. */
  readonly checkpoint: DossierCheckpoint | undefined;
  /** Ids of the glossary. */
  readonly known: ReadonlySet<string>;
  readonly folded: boolean;
}

/** Verdict, figures, tables and findings of one comparison, as strings. */
export async function comparisonView(
  comparison: Comparison,
  verdict: ComparisonVerdict,
  findings: readonly Finding[],
  { index, unattested, checkpoint, known, folded }: ComparisonContext,
): Promise<ComparisonView> {
  const { scores, weights } = comparison;
  const anchor = `comparison-${index + 1}`;
  const name = `${comparison.checkpoint} against ${comparison.base}`;
  const [heat, profile] =
    weights.status === 'ok'
      ? [layerHeat(anchor, weights.matrices), depthProfile(anchor, weights.matrices)]
      : [undefined, undefined];
  const drawn = ['alpha', `families-${anchor}`, ...(heat ? [heat.id] : [])];
  return {
    anchor,
    name: comparison.checkpoint,
    base: comparison.base,
    training: trainingOf(checkpoint),
    verdict: verdict.verdict,
    symbol: symbolOf(verdict.verdict),
    tone: toneOf(verdict.verdict),
    title: verdict.title,
    sentence: verdict.sentence,
    confidence: verdict.confidence,
    marks: confidenceMarks(verdict.confidence),
    abstains: verdict.confidence === 'none',
    plain: verdict.plain ?? '',
    because: verdict.because ?? [],
    flips: verdict.flips ?? '',
    repeats: repeatsText(verdict),
    levels: (verdict.levels ?? []).map(({ level, text }) => ({ level, text })),
    clauses: clausesView(name, verdict),
    sensitivity: sensitivityView(name, verdict),
    stability: stabilityView(name, verdict),
    next: verdict.next,
    reasons: verdict.reasonCodes.map(({ code, text, direction }) => ({
      mark: { up: '+', down: '−', note: '·' }[direction] ?? '·',
      code,
      text,
    })),
    families:
      scores.status === 'ok'
        ? await figure(withMark(familyGainsChart(anchor, scores.families, scores.asymmetry), unattested), name)
        : undefined,
    layers: await figure(heat, name),
    profile: await figure(profile, name),
    statistics: scores.status === 'ok' && !scores.adaptive ? scoreStatistics(name, scores.asymmetry) : undefined,
    resampled:
      scores.status === 'ok' && !scores.adaptive && scores.asymmetry.resampled
        ? resampledView(name, scores.asymmetry.resampled)
        : undefined,
    modules: weights.status === 'ok' ? modulesView(name, weights.restructuring) : undefined,
    tasks: scores.status === 'ok' ? taskGainsView(name, scores) : undefined,
    adaptive: scores.status === 'ok' && scores.adaptive ? adaptiveView(name, scores.adaptive) : undefined,
    findings: checklist(findings, { anchor: `c${index + 1}`, drawn, known }),
    unattested: unattestedSentence(unattested),
    missing: [
      ...(scores.status === 'ok' ? [] : [`Scores: ${scores.error.message}`]),
      ...(weights.status === 'ok' ? [] : [`Weights: ${weights.error.message}`]),
    ],
    folded,
  };
}

function unattestedSentence(names: readonly string[]): string {
  return names.length === 0
    ? ''
    : `Scores of ${names.join(' and ')} are unattested: nothing shows that these very weights were scored.`;
}

function withMark(chart: Chart, unattested: readonly string[]): Chart {
  return unattested.length === 0 ? chart : { ...chart, caption: `${chart.caption} ${unattestedSentence(unattested)}` };
}

function trainingOf(checkpoint: DossierCheckpoint | undefined): string {
  const { condition = null, step = null } = checkpoint ?? {};
  if (condition === null) return '';
  return step === null ? `of ${condition}` : `step ${step.toLocaleString('en-US')} of ${condition}`;
}
