import type { Comparison, Dossier } from '../../dossier/dossier.ts';
import { alphaHistogram } from '../charts/alpha-histogram.ts';
import type { Chart } from '../charts/chart.ts';
import { trajectory } from '../charts/trajectory.ts';
import { verdictMap } from '../charts/verdict-map.ts';
import type { ReportInput } from '../report-input.ts';
import { statementsOf } from '../statements/state.ts';
import { numberTables, type TableView } from './cell.ts';
import { checkpointsView } from './checkpoints-view.ts';
import { type ComparisonView, comparisonView } from './comparison-view.ts';
import { familiesView } from './families-view.ts';
import { type FigureView, figure } from './figure-view.ts';
import { type GateView, gateView } from './gate-view.ts';
import { type GlossaryView, glossaryView } from './glossary-view.ts';
import { leadSentence } from './lead-sentence.ts';
import { isMany, type PageOneView, pageOneView } from './page-one-view.ts';
import { constantsView, provenanceView } from './provenance-view.ts';
import { scoreTables } from './score-tables-view.ts';
import { spectraView } from './spectra-view.ts';
import { comparisonStatementsView, type StatementView, wholeStatementsView } from './statements-view.ts';
import { type TrainingView, trainingView } from './trajectory-view.ts';
import { words } from './words.ts';

/** Everything the page template shows, as strings. */
export interface ReportView {
  readonly title: string;
  readonly lead: string;
  readonly created: string;
  /** Sizes of what was looked at, for the line below the title. */
  readonly facts: readonly { readonly count: string; readonly what: string }[];
  readonly one: PageOneView;
  readonly map: FigureView | undefined;
  /** Undefined where no policy was judged. */
  readonly gate: GateView | undefined;
  readonly comparisons: readonly (ComparisonView & { readonly statements: readonly StatementView[] })[];
  readonly alpha: FigureView | undefined;
  readonly spectra: TableView | undefined;
  readonly training: TrainingView | undefined;
  readonly trajectories: readonly FigureView[];
  readonly scores: readonly TableView[];
  readonly checkpoints: TableView;
  readonly families: TableView | undefined;
  readonly constants: TableView;
  readonly provenance: TableView;
  readonly statements: readonly StatementView[];
  readonly limits: readonly string[];
  readonly words: typeof words;
  readonly glossary: readonly GlossaryView[];
}

/** Documents -> view: every number becomes text here, and nowhere else. Throws where a statement that must be made is missing. */
export async function reportView(input: ReportInput): Promise<ReportView> {
  const { dossier, findings, verdict, context, glossary, gate } = input;
  const stated = statementsOf(input);
  const comparisons = await comparisonViews(input);
  const conditions = [...new Set(dossier.checkpoints.flatMap((checkpoint) => checkpoint.condition ?? []))];
  const drawn = await Promise.all(conditions.map((condition, index) => figure(trajectory(condition, dossier, index))));
  const view: ReportView = {
    title: dossier.title,
    lead: leadSentence(verdict.comparisons),
    created: `${context.created.slice(0, 16).replace('T', ' ')} UTC`,
    facts: factsOf(dossier),
    one: pageOneView(comparisons, verdict),
    gate: gate && gateView(gate),
    map: await figure(marked(verdictMap(verdict, dossier), comparisons)),
    comparisons: comparisons.map((comparison) => ({
      ...comparison,
      statements: comparisonStatementsView(
        stated.comparisons.find((own) => own.checkpoint === comparison.name && own.base === comparison.base),
      ),
    })),
    alpha: await figure(alphaHistogram(dossier)),
    spectra: spectraView(dossier),
    training: await trainingView(dossier, findings),
    trajectories: drawn.filter((entry) => entry !== undefined),
    scores: scoreTables(dossier),
    checkpoints: checkpointsView(dossier),
    families: familiesView(dossier),
    constants: constantsView(dossier),
    provenance: provenanceView(dossier, context),
    statements: wholeStatementsView(stated),
    limits: dossier.limits,
    words,
    glossary: glossaryView(glossary),
  };
  numberTables(view, !view.one.many);
  return view;
}

function comparisonViews({ dossier, findings, verdict, glossary }: ReportInput): Promise<ComparisonView[]> {
  const known = new Set(glossary.map(({ id }) => id));
  const folded = isMany(dossier.comparisons.length);
  return Promise.all(
    dossier.comparisons.flatMap((comparison, index) => {
      const is = (entry: { checkpoint: string; base: string }): boolean =>
        entry.checkpoint === comparison.checkpoint && entry.base === comparison.base;
      const own = verdict.comparisons.find(is);
      const found = findings.findings.filter((entry) => entry.condition === undefined && is(entry));
      const unattested = unattestedOf(comparison, dossier);
      const checkpoint = dossier.checkpoints.find(({ id }) => id === comparison.checkpoint);
      return own ? [comparisonView(comparison, own, found, { index, unattested, checkpoint, known, folded })] : [];
    }),
  );
}

function factsOf({ checkpoints, comparisons, families }: Dossier): ReportView['facts'] {
  const tasks = new Set(checkpoints.flatMap(({ scores }) => scores.map(({ task }) => task))).size;
  const matrices = checkpoints.reduce((sum, checkpoint) => sum + checkpoint.matrices.pooled, 0);
  const counted = (count: number, one: string, several: string): ReportView['facts'] =>
    count === 0 ? [] : [{ count: count.toLocaleString('en-US'), what: count === 1 ? one : several }];
  return [
    ...counted(comparisons.length, 'comparison', 'comparisons'),
    ...counted(checkpoints.length, 'checkpoint', 'checkpoints'),
    ...counted(tasks, 'task', 'tasks'),
    ...counted(families.length, 'family of tasks', 'families of tasks'),
    ...counted(matrices, 'weight matrix', 'weight matrices'),
  ];
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
  const which =
    names.length === comparisons.length && names.length > 6 ? 'those of every comparison' : names.join(', ');
  return { ...chart, caption: `${chart.caption} Unattested scores: ${which}.` };
}
