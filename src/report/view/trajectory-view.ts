import { decimal, measuredText, probability, signed } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import type { Trajectory, TrajectoryPoint } from '../../dossier/trajectory.ts';
import type { Finding, Findings } from '../../findings/finding.ts';
import { resolution, trendNames } from '../../findings/trend.ts';
import { alphaShareTrajectories } from '../charts/alpha-share-trajectory.ts';
import { type Cell, cell, plain, type TableView, table } from './cell.ts';
import { type FigureView, figure } from './figure-view.ts';

/** A cell of Table 1: the share, its band as a word and a symbol, and a class for its colour. */
interface BandCell extends Cell {
  readonly band: string;
  readonly symbol: string;
  readonly word: string;
}

/** The part of the report about training runs. */
export interface TrainingView {
  readonly lead: string;
  readonly shares: readonly {
    readonly label: string;
    readonly steps: readonly string[];
    readonly rows: readonly { readonly name: string; readonly cells: readonly BandCell[]; readonly trend: Cell }[];
  }[];
  readonly charts: readonly FigureView[];
  readonly runs: readonly {
    readonly anchor: string;
    readonly name: string;
    readonly findings: readonly {
      readonly title: string;
      readonly status: string;
      readonly plain: string;
      readonly technical: string;
      readonly action: string;
    }[];
    readonly fragility: string;
    readonly phase: string;
    readonly tests: TableView | undefined;
    readonly changes: TableView | undefined;
  }[];
}

/** Steps that fit beside each other on a page. */
const stepsPerTable = 6;

/** Trajectories and what was found on them -> their section; undefined where no run has two checkpoints. */
export async function trainingView(dossier: Dossier, { findings }: Findings): Promise<TrainingView | undefined> {
  const runs = dossier.trajectories ?? [];
  if (runs.length === 0) return undefined;
  const reference = runs.flatMap((run) => run.reference ?? [])[0];
  const drawn = await Promise.all(alphaShareTrajectories(dossier).map((chart) => figure(chart)));
  const { share_red: red, share_green: green } = dossier.constants;
  return {
    lead: `${
      reference === undefined
        ? 'No reference run is named (trajectory.reference in the config), so runs are described one by one.'
        : `Runs are compared with ${reference} at the same steps.`
    } The first checkpoint of each run is its warm-up and is not judged. Colours are those of the paper’s Table 1: ● green from ${green} %, ◐ yellow from ${red} %, ○ red below. One run per condition: nothing here covers the randomness of training.`,
    shares: shareTables(runs),
    charts: drawn.filter((entry) => entry !== undefined),
    runs: runs.map((run, index) => ({
      anchor: `run-${index + 1}`,
      name: run.condition,
      findings: findings.filter(({ condition }) => condition === run.condition).map(findingView),
      fragility: fragilityText(run),
      phase: phaseText(run),
      tests: testTable(run),
      changes: changeTable(run),
    })),
  };
}

function shareTables(runs: readonly Trajectory[]): TrainingView['shares'] {
  const steps = [...new Set(runs.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  const blocks = Array.from({ length: Math.ceil(steps.length / stepsPerTable) }, (_, index) =>
    steps.slice(index * stepsPerTable, (index + 1) * stepsPerTable),
  );
  return blocks.map((block, index) => ({
    label: `Share of α in [2, 6] over training, %${blocks.length > 1 ? `, part ${index + 1} of ${blocks.length}` : ''}`,
    steps: block.map(stepText),
    rows: runs.map((run) => ({
      name: run.condition,
      cells: block.map((step) => bandCell(run.points.find((point) => point.step === step))),
      trend: { text: trendNames[run.trend.label], note: resolution(run, runs) },
    })),
  }));
}

const bands = {
  green: { symbol: '●', word: 'green' },
  yellow: { symbol: '◐', word: 'yellow' },
  red: { symbol: '○', word: 'red' },
} as const;

function bandCell(point: TrajectoryPoint | undefined): BandCell {
  if (!point?.band) {
    const note = point?.share.status === 'ok' || !point ? 'no checkpoint' : point.share.reason;
    return { text: '—', note, band: 'none', symbol: '', word: '' };
  }
  const { share, band, warmUp } = point;
  const counts = share.status === 'ok' && share.k !== undefined ? [`${share.k} of ${share.n}`] : [];
  return {
    text: share.status === 'ok' ? decimal(share.value) : '—',
    note: [...counts, ...(warmUp ? ['warm-up'] : [])].join(', '),
    band,
    ...bands[band],
  };
}

function findingView({
  title,
  status,
  plain: sentence,
  technical,
  action,
}: Finding): TrainingView['runs'][number]['findings'][number] {
  return { title, status: status.replace('-', ' '), plain: sentence, technical, action };
}

function fragilityText({ trend }: Trajectory): string {
  if (trend.label === 'too-short') return '';
  const changes = trend.fragility.map(
    ({ tolerance, label }) => `${trendNames[label]} from a tolerance of ${decimal(tolerance, 2)} points`,
  );
  return changes.length === 0
    ? `The label ${trendNames[trend.label]} holds at every tolerance.`
    : `The label ${trendNames[trend.label]} is named with a tolerance of ${decimal(trend.tolerance)} points; it becomes ${changes.join(', then ')}.`;
}

function phaseText({ phaseShift, phaseShiftReason }: Trajectory): string {
  if (phaseShift === null) return `Phase shift: none named. ${phaseShiftReason}`;
  const { from, to, ratio } = phaseShift;
  return `Phase shift: between steps ${stepText(from)} and ${stepText(to)} the weights moved ${decimal(ratio)} times as fast as in the other intervals. ${phaseShiftReason}`;
}

function testTable({ condition, reference, points }: Trajectory): TableView | undefined {
  if (!points.some(({ test }) => test)) return undefined;
  return table(
    `${condition} against ${reference}, step by step`,
    ['Step', 'Difference, points', 'Test', 'p', 'q', 'Median difference of α'],
    points.map(({ step, warmUp, difference, test, alphaDifference }) => [
      { text: stepText(step), note: warmUp ? 'warm-up' : '' },
      difference ? cell(difference, 1, signed) : plain('—'),
      { text: test?.method ?? '—', note: test ? pairedText(test) : '' },
      {
        text: test ? probability(test.p) : '—',
        note:
          test && test.method === 'Fisher' && test.best !== null ? `${probability(test.best)} at best, if paired` : '',
      },
      { text: test && test.q !== null ? probability(test.q) : '—', note: test?.q === null ? 'not judged' : '' },
      alphaDifference ? cell(alphaDifference, 2, signed) : plain('—'),
    ]),
    [1, 3, 4, 5],
  );
}

function pairedText({ method, n, entered, left }: NonNullable<TrajectoryPoint['test']>): string {
  return method === 'McNemar'
    ? `${entered} of ${n} matched matrices entered [2, 6], ${left} left it`
    : 'counts only; matrices could not be matched';
}

const changes: Readonly<Record<string, string>> = {
  change_variance_per_step: 'Change variance per squared step',
  change_variance_amplification: 'Times that of the reference',
  change_variance_order: 'Order over steps, τ',
  change_variance_over_steps: 'Variance of the change over steps',
  change_variance_over_depth: 'Variance of the change over depth',
};

/** One row a module group and kind, where anything could be computed. */
function changeTable({ condition, diagnostics }: Trajectory): TableView | undefined {
  const ids = Object.keys(changes);
  const suffixes = [...new Set(Object.keys(diagnostics).map((key) => key.replace(/^[a-z_]+/, '')))];
  const rows = suffixes
    .map((suffix) => ({ suffix, values: ids.map((id) => diagnostics[`${id}${suffix}`]) }))
    .filter(({ values }) => values.some((value) => value?.status === 'ok'));
  if (rows.length === 0) return undefined;
  return table(
    `${condition}: change between consecutive checkpoints`,
    ['Modules', ...Object.values(changes)],
    rows.map(({ suffix, values }) => [
      plain(suffix === '' ? 'all' : suffix.slice(1)),
      ...values.map((value) => (value ? small(value) : plain('—'))),
    ]),
    ids.map((_, index) => index + 1),
  );
}

/** Change variances are tiny: three digits that count, whatever the size. */
function small(value: Measured): Cell {
  if (value.status !== 'ok') return { text: '—', note: value.reason };
  const text =
    Math.abs(value.value) >= 0.01 || value.value === 0
      ? measuredText(value, 2)
      : value.value.toExponential(2).replaceAll('-', '−');
  return { text, note: [value.n === undefined ? '' : `n = ${value.n}`, value.note ?? ''].filter(Boolean).join('; ') };
}

function stepText(step: number): string {
  return step.toLocaleString('en-US');
}
