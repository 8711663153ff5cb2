import { fromPaper } from '../../base/constants.ts';
import { measuredText, signed } from '../../base/format.ts';
import type { Comparison, Dossier } from '../../dossier/dossier.ts';
import { sharedReasons } from '../../verdict/plain.ts';
import { alphaHistogram } from '../charts/alpha-histogram.ts';
import type { Chart } from '../charts/chart.ts';
import { trajectory } from '../charts/trajectory.ts';
import { verdictMap } from '../charts/verdict-map.ts';
import type { ReportInput } from '../report-input.ts';
import { cell, plain, type TableView, table } from './cell.ts';
import { type ComparisonView, comparisonView, leadSentence } from './comparison-view.ts';
import { type FigureView, figure } from './figure-view.ts';
import { type GateView, gateView } from './gate-view.ts';
import { type TrainingView, trainingView } from './trajectory-view.ts';

/** Everything the page template shows, as strings. */
export interface ReportView {
  readonly title: string;
  readonly lead: string;
  readonly created: string;
  readonly summary: readonly {
    readonly anchor: string;
    readonly name: string;
    readonly base: string;
    readonly symbol: string;
    readonly tone: string;
    readonly title: string;
    readonly confidence: string;
    readonly contrast: string;
    readonly depth: string;
    readonly label: string;
  }[];
  /** Page one in plain words, with the reasons for the confidence that only this one has. */
  readonly inWords: readonly (Pick<ComparisonView, 'name' | 'plain' | 'abstains' | 'confidence' | 'because'> & {
    readonly next: string;
  })[];
  /** Reasons for the confidence that all comparisons share. */
  readonly shared: readonly string[];
  readonly map: FigureView | undefined;
  /** Undefined where no policy was judged. */
  readonly gate: GateView | undefined;
  readonly comparisons: readonly ComparisonView[];
  readonly alpha: FigureView | undefined;
  readonly spectra: TableView | undefined;
  readonly training: TrainingView | undefined;
  readonly trajectories: readonly FigureView[];
  readonly scores: readonly TableView[];
  readonly checkpoints: TableView;
  readonly families: TableView | undefined;
  readonly constants: TableView;
  readonly provenance: TableView;
  readonly limits: readonly string[];
  readonly glossary: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly formula: string;
    readonly source: string;
    /** Thresholds in force with their provenance; empty where there is none. */
    readonly thresholds: string;
  }[];
}

/** Documents -> view: every number becomes text here, and nowhere else. */
export async function reportView({
  dossier,
  findings,
  verdict,
  context,
  glossary,
  gate,
}: ReportInput): Promise<ReportView> {
  const comparisons = await Promise.all(
    dossier.comparisons.flatMap((comparison, index) => {
      const own = verdict.comparisons.find(
        (entry) => entry.checkpoint === comparison.checkpoint && entry.base === comparison.base,
      );
      const found = findings.findings.filter(
        (entry) =>
          entry.condition === undefined && entry.checkpoint === comparison.checkpoint && entry.base === comparison.base,
      );
      return own ? [comparisonView(comparison, own, found, index, unattestedOf(comparison, dossier))] : [];
    }),
  );
  const shared = sharedReasons(verdict.comparisons);
  const conditions = [...new Set(dossier.checkpoints.flatMap((checkpoint) => checkpoint.condition ?? []))];
  const drawn = await Promise.all(conditions.map((condition) => figure(trajectory(condition, dossier))));
  return {
    title: dossier.title,
    lead: leadSentence(verdict.comparisons),
    created: `${context.created.slice(0, 16).replace('T', ' ')} UTC`,
    summary: comparisons.map((view) => {
      const own = verdict.comparisons.find((entry) => entry.checkpoint === view.name && entry.base === view.base);
      return {
        anchor: view.anchor,
        name: view.name,
        base: view.unattested ? `${view.base}; scores unattested` : view.base,
        symbol: view.symbol,
        tone: view.tone,
        title: view.title,
        confidence: view.confidence,
        contrast: own ? short(measuredText(own.asymmetry.S, 1, signed)) : '—',
        depth: own ? short(measuredText(own.restructuring.D, 3)) : '—',
        label: own?.restructuring.label ?? '—',
      };
    }),
    inWords: comparisons.map(({ name, plain: words, abstains, confidence, because, next }) => ({
      name,
      plain: words,
      abstains,
      confidence,
      because: because.filter((reason) => !shared.includes(reason)),
      next: next[0] ?? '',
    })),
    shared,
    gate: gate && gateView(gate),
    map: await figure(marked(verdictMap(verdict, dossier), comparisons)),
    comparisons,
    alpha: await figure(alphaHistogram(dossier)),
    spectra: spectra(dossier),
    training: await trainingView(dossier, findings),
    trajectories: drawn.filter((entry) => entry !== undefined),
    scores: scores(dossier),
    checkpoints: checkpoints(dossier),
    families: families(dossier),
    constants: constants(dossier),
    provenance: provenance(dossier, context),
    limits: dossier.limits,
    glossary: glossary.map(({ id, title, description, formula, source, thresholds }) => ({
      id,
      title,
      description,
      formula,
      source,
      thresholds: thresholds.map(({ name, value, provenance }) => `${name} ${value} (${provenance})`).join('; '),
    })),
  };
}

/** Checkpoints of a comparison whose scores nobody vouches for. */
function unattestedOf({ checkpoint, base }: Comparison, dossier: Dossier): string[] {
  return dossier.checkpoints
    .filter(({ id, attestation }) => attestation === 'unattested' && (id === checkpoint || id === base))
    .map(({ id }) => id);
}

/** The map with a word about points that rest on unattested scores. */
function marked(chart: Chart | undefined, comparisons: readonly ComparisonView[]): Chart | undefined {
  const names = comparisons.filter(({ unattested }) => unattested).map(({ name }) => name);
  if (chart === undefined || names.length === 0) return chart;
  return { ...chart, caption: `${chart.caption} Unattested scores: ${names.join(', ')}.` };
}

/** A reason is too long for the summary; it stands in the comparison's own part. */
function short(text: string): string {
  return text.startsWith('—') ? '—' : text;
}

function spectra(dossier: Dossier): TableView | undefined {
  const shown = dossier.checkpoints.filter((checkpoint) => Object.keys(checkpoint.model).length > 0);
  const keys = [
    'alpha_share',
    'alpha_tail_mass',
    'alpha_over',
    'alpha_under',
    'mean_alpha',
    'alpha_heterogeneity',
  ].filter((key) => shown.some((checkpoint) => checkpoint.model[key]));
  if (shown.length === 0 || keys.length === 0) return undefined;
  const names: Readonly<Record<string, string>> = {
    alpha_share: 'α within [2, 6], %',
    alpha_tail_mass: '6 < α ≤ 10, %',
    alpha_over: 'α > 10, %',
    alpha_under: 'α < 2, %',
    mean_alpha: 'mean α',
    alpha_heterogeneity: 'heterogeneity over depth',
  };
  return table(
    'Spectra per checkpoint',
    ['Checkpoint', ...keys.map((key) => names[key] ?? key)],
    shown.map((checkpoint) => [
      plain(checkpoint.id),
      ...keys.map((key) => (checkpoint.model[key] ? cell(checkpoint.model[key], 1) : plain('—'))),
    ]),
    keys.map((_, index) => index + 1),
  );
}

/** Checkpoints per score table: more columns than this do not fit on a page. */
const columns = 6;

function scores(dossier: Dossier): TableView[] {
  const shown = dossier.checkpoints.filter((checkpoint) => checkpoint.scores.length > 0);
  const blocks = Array.from({ length: Math.ceil(shown.length / columns) }, (_, index) =>
    shown.slice(index * columns, (index + 1) * columns),
  );
  const tasks = [
    ...new Map(shown.flatMap((checkpoint) => checkpoint.scores.map((row) => [row.task, row] as const))).values(),
  ];
  return blocks.map((block, index) => {
    const rows = tasks.map(({ task, family, metric, chance }) => [
      { text: task, note: `${family ?? 'no family'}; ${metric}, chance ${chance ?? 'not known'}` },
      ...block.map((checkpoint) => {
        const row = checkpoint.scores.find((entry) => entry.task === task);
        return row ? cell(row.score, 3) : { text: '—', note: 'not evaluated' };
      }),
    ]);
    const part = blocks.length > 1 ? `, part ${index + 1} of ${blocks.length}` : '';
    const names = block.map(({ id, attestation }) => (attestation === 'unattested' ? `${id} (unattested)` : id));
    return table(
      `Score per task and checkpoint${part}`,
      ['Task', ...names],
      rows,
      block.map((_, column) => column + 1),
    );
  });
}

function checkpoints(dossier: Dossier): TableView {
  const rows = dossier.checkpoints.map((checkpoint) => [
    { text: checkpoint.id, note: checkpoint.path },
    plain(checkpoint.base ?? '—'),
    plain(checkpoint.architecture ?? 'unknown'),
    plain(checkpoint.parameters === null ? '—' : `${(checkpoint.parameters / 1e6).toFixed(2)} M`),
    {
      text: `${checkpoint.matrices.pooled} of ${checkpoint.matrices.listed}`,
      note: checkpoint.leftOut.map((entry) => `${entry.count}: ${entry.reason}`).join('; '),
    },
    plain(Object.keys(checkpoint.dtypes).join(', ') || '—'),
    {
      text: checkpoint.attestation,
      note: checkpoint.fingerprint === null ? 'not opened' : `fingerprint ${checkpoint.fingerprint}`,
    },
  ]);
  return table(
    'Checkpoints',
    ['Checkpoint', 'Base', 'Architecture', 'Parameters', 'Matrices pooled', 'Stored as', 'Scores and weights'],
    rows,
    [3],
  );
}

function families(dossier: Dossier): TableView | undefined {
  if (dossier.families.length === 0) return undefined;
  return table(
    'Families',
    ['Family', 'Side', 'Tasks', 'Chance'],
    dossier.families.map((family) => [
      plain(family.title),
      plain(family.side),
      plain(family.tasks.map(taskText).join(', ')),
      plain([...new Set(family.tasks.map(chanceText))].join('; ')),
    ]),
  );
}

/** A task, with what it was made of and read by where that was a choice. */
function taskText(task: Dossier['families'][number]['tasks'][number]): string {
  const notes = [
    ...(task.parts ? [`${task.parts.length} parts`] : []),
    ...(task.passedOver
      ? [
          `read by ${task.metric}${task.filter === 'none' ? '' : `,${task.filter}`}; passed over: ${task.passedOver.join('; ')}`,
        ]
      : []),
  ];
  return notes.length === 0 ? task.id : `${task.id} (${notes.join('; ')})`;
}

function chanceText(task: Dossier['families'][number]['tasks'][number]): string {
  const level = task.chance === null ? 'not known' : String(Number(task.chance.toPrecision(4)));
  return `${level} (${task.source}${task.confidence ? `; ${task.confidence}` : ''})`;
}

function constants(dossier: Dossier): TableView {
  return table(
    'Thresholds and settings of the method',
    ['Constant', 'Value', 'From'],
    Object.entries(dossier.constants).map(([key, value]) => [
      plain(key),
      plain(String(value)),
      plain((fromPaper as readonly string[]).includes(key) ? 'the paper' : 'our choice'),
    ]),
    [1],
  );
}

function provenance(dossier: Dossier, context: ReportInput['context']): TableView {
  return table(
    'Provenance',
    ['What', 'Value'],
    [
      [
        plain('Made by'),
        plain(`${context.tool.name} ${context.tool.version}, Node ${context.node}, ${context.platform}`),
      ],
      [plain('Started'), plain(context.created)],
      [plain('Spectra'), plain(context.engine)],
      ...dossier.harness.map((suite) => [
        plain(`Suite ${suite.suite}`),
        plain(
          `${suite.harness} ${suite.version ?? 'of unknown version'}: ${Object.entries(suite.settings)
            .filter(([, value]) => value !== null)
            .map(([key, value]) => `${key} = ${String(value)}`)
            .join(', ')}`,
        ),
      ]),
      [
        plain('Axis'),
        plain(
          dossier.axis.declared
            ? `declared in the config: targeted ${dossier.axis.targeted.join(', ')}; coverage ${dossier.axis.coverage.join(', ')}`
            : 'not declared',
        ),
      ],
      [plain('Seed'), plain(String(dossier.seed))],
    ],
  );
}
