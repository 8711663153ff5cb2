import { decimal, probability, signed } from '../../base/format.ts';
import type { Comparison } from '../../dossier/dossier.ts';
import type { Finding } from '../../findings/finding.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';
import type { Chart } from '../charts/chart.ts';
import { familyGainsChart } from '../charts/family-gains.ts';
import { layerHeat } from '../charts/layer-heat.ts';
import { adaptiveView } from './adaptive-view.ts';
import { clausesView, sensitivityView, stabilityView } from './argument-view.ts';
import { cell, plain, type TableView, table } from './cell.ts';
import { type FigureView, figure } from './figure-view.ts';
import { resampledView } from './resampled-view.ts';

/** Symbols that carry a verdict or a status without colour. */
const symbols: Readonly<Record<string, string>> = {
  'benchmark-shadow': '▲',
  'specialised-rebuild': '◆',
  regression: '▼',
  inconclusive: '?',
  'no-change': '=',
  'neutral-rebuild': '=',
};
const statusSymbols: Readonly<Record<Finding['status'], string>> = {
  detected: '▲',
  'not-detected': '✓',
  inconclusive: '?',
  'not-applicable': '–',
  failed: '✗',
};

export interface FindingView {
  readonly symbol: string;
  readonly status: string;
  readonly tone: string;
  readonly title: string;
  readonly plain: string;
  readonly technical: string;
  readonly action: string;
}

/** One comparison's part of the report. */
export interface ComparisonView {
  readonly anchor: string;
  readonly name: string;
  readonly base: string;
  readonly symbol: string;
  readonly tone: string;
  readonly title: string;
  readonly sentence: string;
  readonly confidence: string;
  readonly abstains: boolean;
  readonly plain: string;
  readonly because: readonly string[];
  readonly flips: string;
  readonly levels: readonly { readonly level: string; readonly text: string }[];
  readonly clauses: TableView | undefined;
  readonly sensitivity: TableView | undefined;
  readonly stability: TableView | undefined;
  readonly next: readonly string[];
  readonly reasons: readonly { readonly mark: string; readonly code: string; readonly text: string }[];
  readonly families: FigureView | undefined;
  readonly layers: FigureView | undefined;
  readonly statistics: TableView | undefined;
  readonly resampled: TableView | undefined;
  readonly modules: TableView | undefined;
  readonly tasks: TableView | undefined;
  readonly adaptive: { readonly text: string; readonly table: TableView } | undefined;
  readonly findings: readonly FindingView[];
  readonly missing: readonly string[];
  /** Sentence about scores that do not say which weights were scored; empty where all do. */
  readonly unattested: string;
}

/**
 * Verdict, figures, tables and findings of one comparison, as strings.
 *
 * @param unattested checkpoints of it whose scores do not say which weights were scored
 */
export async function comparisonView(
  comparison: Comparison,
  verdict: ComparisonVerdict,
  findings: readonly Finding[],
  index: number,
  unattested: readonly string[] = [],
): Promise<ComparisonView> {
  const { scores, weights } = comparison;
  const anchor = `comparison-${index + 1}`;
  const name = `${comparison.checkpoint} against ${comparison.base}`;
  return {
    anchor,
    name: comparison.checkpoint,
    base: comparison.base,
    symbol: symbols[verdict.verdict] ?? (verdict.verdict.startsWith('broad') ? '●' : '?'),
    tone: tone(verdict.verdict),
    title: verdict.title,
    sentence: verdict.sentence,
    confidence: verdict.confidence,
    abstains: verdict.confidence === 'none',
    plain: verdict.plain ?? '',
    because: verdict.because ?? [],
    flips: verdict.flips ?? '',
    levels: (verdict.levels ?? []).map(({ level, text }) => ({ level, text })),
    clauses: clausesView(name, verdict),
    sensitivity: sensitivityView(name, verdict),
    stability: stabilityView(name, verdict),
    next: verdict.next,
    reasons: verdict.reasonCodes.map(({ code, text, direction }) => ({
      mark: { up: '+', down: '−', note: '·' }[direction],
      code,
      text,
    })),
    families:
      scores.status === 'ok'
        ? await figure(withMark(familyGainsChart(anchor, scores.families, scores.asymmetry), unattested), name)
        : undefined,
    layers: weights.status === 'ok' ? await figure(layerHeat(anchor, weights.matrices), name) : undefined,
    statistics: scores.status === 'ok' && !scores.adaptive ? statistics(name, scores.asymmetry) : undefined,
    resampled:
      scores.status === 'ok' && !scores.adaptive && scores.asymmetry.resampled
        ? resampledView(name, scores.asymmetry.resampled)
        : undefined,
    modules: weights.status === 'ok' ? modules(name, weights.restructuring) : undefined,
    tasks: scores.status === 'ok' ? tasks(name, scores) : undefined,
    adaptive: scores.status === 'ok' && scores.adaptive ? adaptiveView(name, scores.adaptive) : undefined,
    findings: findings.map(findingView),
    unattested: unattestedSentence(unattested),
    missing: [
      ...(scores.status === 'ok' ? [] : [`Scores: ${scores.error.message}`]),
      ...(weights.status === 'ok' ? [] : [`Weights: ${weights.error.message}`]),
    ],
  };
}

function tone(verdict: string): string {
  if (verdict === 'benchmark-shadow' || verdict === 'regression') return 'alert';
  return verdict.startsWith('broad') ? 'good' : 'quiet';
}

function findingView({ status, title, plain: sentence, technical, action }: Finding): FindingView {
  return {
    symbol: statusSymbols[status],
    status: status.replace('-', ' '),
    tone: status === 'detected' ? 'alert' : 'quiet',
    title,
    plain: sentence,
    technical,
    action: action === 'Nothing to do.' ? '' : action,
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

type Scores = Extract<Comparison['scores'], { status: 'ok' }>;
type Weights = Extract<Comparison['weights'], { status: 'ok' }>;

function statistics(name: string, asymmetry: Scores['asymmetry']): TableView {
  const worst = asymmetry.leaveOneOut;
  return table(
    `Statistics of the score axis, ${name}`,
    ['Quantity', 'Value', 'What it answers'],
    [
      [plain('Targeted gain T'), cell(asymmetry.T, 1, signed), plain('mean of the targeted families, κ-points')],
      [plain('Coverage gain C'), cell(asymmetry.C, 1, signed), plain('mean of the coverage families, κ-points')],
      [
        plain('Shadow contrast S'),
        cell(asymmetry.S, 1, signed),
        plain(asymmetry.declared ? 'T − C' : 'largest minus smallest family, simultaneous interval'),
      ],
      [
        plain('Transfer contrast C − ½T'),
        cell(asymmetry.transferContrast, 1, signed),
        plain('above 0: transferring; below 0: not (ends are one-sided 95 % bounds)'),
      ],
      [
        plain('Transfer ratio C/T'),
        cell(asymmetry.transferRatio, 2, signed),
        plain('share of the targeted gain that the coverage families show; Fieller'),
      ],
      [
        plain('Largest of four p'),
        cell(asymmetry.pAsymmetric, 4, probability),
        plain('Q and permutation F, on κ and on log-odds: all must reject'),
      ],
      [plain('Q on κ, p'), cell(asymmetry.kappa.pQ, 4, probability), plain('beyond item noise?')],
      [
        plain('F on κ, permutation p'),
        cell(asymmetry.kappa.pF, 4, probability),
        plain('beyond scatter between tasks?'),
      ],
      [plain('Q on log-odds, p'), cell(asymmetry.logit.pQ, 4, probability), plain('the same on the other scale')],
      [
        plain('F on log-odds, permutation p'),
        cell(asymmetry.logit.pF, 4, probability),
        plain('the same on the other scale'),
      ],
      [plain('Dispersion τ'), cell(asymmetry.tau, 1), plain('spread of true family gains, κ-points')],
      ...(asymmetry.acrossFamilies
        ? [
            [
              plain('S, families as a sample'),
              cell(asymmetry.acrossFamilies, 1, signed),
              plain('would it hold for other families of each side? Welch; shown, not decided by'),
            ],
          ]
        : []),
      [plain('CAI'), cell(asymmetry.CAI, 2), plain('0 uniform, 1 dispersion only; for display')],
      [
        plain('Families that carry the gain'),
        cell(asymmetry.effectiveFamilies, 1),
        plain('effective number; for display'),
      ],
      [
        plain('Leave one task out'),
        worst
          ? {
              text: worst.holds ? 'holds' : 'does not hold',
              note: `worst without ${worst.task}: S ${signed(worst.S)}, p ${probability(worst.p)}`,
            }
          : { text: '—', note: 'too few tasks' },
        plain('does one task drive it?'),
      ],
      [
        plain('Detectable contrast'),
        cell(asymmetry.detectable, 1),
        plain('smallest S this suite finds with 80 % power'),
      ],
    ],
    [1],
  );
}

function modules(name: string, restructuring: Weights['restructuring']): TableView {
  const rows = restructuring.groups.map((group) => [
    plain(`${group.group} ${group.role}`),
    plain(String(group.matrices)),
    cell(group.relativeChange, 3),
    cell(group.correlation, 4),
    cell(group.D, 3),
    cell(group.G, 3),
    plain(
      Object.entries(group.regimes)
        .map(([regime, count]) => `${count} ${regime}`)
        .join(', '),
    ),
  ]);
  const whole = [
    plain('Whole model'),
    plain(String(restructuring.groups.reduce((sum, group) => sum + group.matrices, 0))),
    cell(restructuring.medianRelativeChange, 3),
    plain(''),
    cell(restructuring.D, 3),
    cell(restructuring.G, 3),
    plain(`${restructuring.label}, geometry ${restructuring.geometry}`),
  ];
  return table(
    `Restructuring per module kind, ${name}`,
    ['Module kind', 'Matrices', 'Relative change', 'Correlation', 'Depth D', 'Geometry G', 'Regimes'],
    [...rows, whole],
    [1, 2, 3, 4, 5],
  );
}

function tasks(name: string, scores: Scores): TableView {
  const rows = scores.tasks.map((task) => [
    plain(task.task),
    plain(task.family),
    plain(`${decimal(task.base, 3)} → ${decimal(task.subject, 3)}`),
    cell(task.gain, 1, signed),
    cell(task.logit, 2, signed),
    plain(task.flags.join(', ') || '—'),
  ]);
  const refused = scores.refused.map(({ task, reason }) => [
    plain(task),
    plain('not compared'),
    plain('—'),
    { text: '—', note: reason },
    plain('—'),
    plain('refused'),
  ]);
  return table(
    `Gain per task, ${name}`,
    ['Task', 'Family', 'Score before → after', 'Gain, κ-points', 'Gain, log-odds', 'Flags'],
    [...rows, ...refused],
    [2, 3, 4],
  );
}

/** The lead of a report in one line per verdict kind, for the top of the page. */
export function leadSentence(verdicts: readonly ComparisonVerdict[]): string {
  if (verdicts.length === 0) return 'No checkpoint names a base, so there is nothing to compare.';
  const shadows = verdicts.filter((verdict) => verdict.verdict === 'benchmark-shadow');
  const abstained = verdicts.filter((verdict) => verdict.confidence === 'none');
  const first =
    shadows.length > 0
      ? `${shadows.map((verdict) => verdict.checkpoint).join(' and ')} ${shadows.length === 1 ? 'shows' : 'show'} the benchmark-shadow pattern`
      : 'No comparison shows the benchmark-shadow pattern';
  const rest = verdicts.length > 1 ? ` among ${verdicts.length} comparisons` : '';
  const unsettled =
    abstained.length > 0 ? `; ${abstained.length} ${abstained.length === 1 ? 'is' : 'are'} not settled` : '';
  return `${first}${rest}${unsettled}.`;
}
