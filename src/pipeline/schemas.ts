import Type from 'typebox';
import { HubDatasets, ModelCard } from '../card/model-card.ts';
import { CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import { Config } from '../config/config.ts';
import { Diagnosis, PairDiagnosis } from '../diagnostics/diagnosis.ts';
import { Dossier } from '../dossier/dossier.ts';
import { CoarseDocument, FamiliesDocument } from '../families/families-document.ts';
import { Findings } from '../findings/finding.ts';
import { Gate } from '../gate/gate.ts';
import { Policy } from '../gate/policy.ts';
import { RawRuns } from '../harness/raw-runs.ts';
import { ScoresDocument } from '../harness/scores-document.ts';
import { HistoryLine } from '../leaderboard/history.ts';
import { Leaderboard } from '../leaderboard/leaderboard.ts';
import { RunsCompared } from '../report/compare/runs-compared.ts';
import { ReportDocument } from '../report/json.ts';
import { ReportStatements } from '../report/statements/statement.ts';
import { Attestation, Manifest } from '../store/manifest.ts';
import { Verdict } from '../verdict/verdict.ts';
import { AdaptiveEvidence } from './adaptive/evaluate-adaptively.ts';
import { AdaptivePlan } from './adaptive/plan.ts';
import { CompatDiagnosis } from './compat-path.ts';
import { PathDiagnosis } from './diagnose-path.ts';

/** The config as published: its `gate` is checked where policies are, and editors want to know its keys all the same. */
const ConfigWithPolicy = Type.Object(
  {
    ...Config.properties,
    gate: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Policy], {
        description:
          'Release policy, or a file that holds one, relative to this file: the run then ends with its exit code.',
      }),
    ),
  },
  { additionalProperties: false, title: 'Skiagram config' },
);

/** Every public document: the schemas under schemas/ are written from here, and types come from the same source. */
export const schemas = {
  config: published('config', 'what to run: checkpoints, suites, families', ConfigWithPolicy),
  families: published('families', 'which tasks are read as one ability', FamiliesDocument),
  coarse: published('coarse', 'a coarser grouping of families', CoarseDocument),
  checkpoint: published('checkpoint', 'checkpoints/<id>.json: inventory and fingerprint', CheckpointArtifact),
  diagnosis: published('diagnosis', 'diagnostics/<id>.json: one checkpoint', Diagnosis),
  pair: published('pair', 'pairs/<id>~<base>.json: a checkpoint against its base', PairDiagnosis),
  diagnose: published('diagnose', 'output of skiagram diagnose --json', PathDiagnosis),
  weightwatcher: published(
    'weightwatcher',
    'output of skiagram diagnose --compat weightwatcher --json',
    CompatDiagnosis,
  ),
  scores: published(
    'scores',
    'scores/<id>.json: results of one checkpoint; items lie beside it as Parquet',
    ScoresDocument,
  ),
  results: published('results', 'output of skiagram import: results in normal form, items included', RawRuns),
  attestation: published('attestation', 'beside harness results: which weights were scored', Attestation),
  dossier: published('dossier', 'dossier.json: scores and weights joined', Dossier),
  findings: published('findings', 'findings.json: patterns looked for', Findings),
  verdict: published('verdict', 'verdict.json: one verdict per comparison', Verdict),
  card: published('card', 'card.json: what a model card says of a checkpoint', ModelCard),
  datasets: published('datasets', 'skiagram card --datasets: places of tasks on the hub', HubDatasets),
  leaderboard: published('leaderboard', 'leaderboard.json: models of several runs, ranked', Leaderboard),
  history: published('history', 'a line of a leaderboard’s history file', HistoryLine),
  report: published('report', 'report.json: the whole report; refers to the schemas of its parts', ReportDocument),
  statements: published('statements', 'part of report.json: what every report must state', ReportStatements),
  compare: published('compare', 'output of skiagram compare --json', RunsCompared),
  policy: published('policy', 'release policy: rules for skiagram gate', Policy),
  gate: published('gate', 'gate.json: outcome of a release policy, rule by rule', Gate),
  plan: published('plan', 'adaptive/plan.json: the order of items and when is looked', AdaptivePlan),
  evidence: published(
    'evidence',
    'adaptive/evidence.json: what an adaptive evaluation decided and spent',
    AdaptiveEvidence,
  ),
  manifest: published('manifest', 'manifest.json: settings, versions, timings', Manifest),
} as const;

function published(
  name: string,
  description: string,
  schema: Type.TSchema,
): Record<string, unknown> & { description: string } {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `skiagram:${name}:1.0`,
    description,
    ...(JSON.parse(JSON.stringify(schema)) as Record<string, unknown>),
  };
}
