import { resolve } from 'node:path';
import { exitCodes } from '../base/error.ts';
import type { Paper } from '../base/paper.ts';
import type { ReportFormat } from '../config/config.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { Findings } from '../findings/finding.ts';
import type { Gate } from '../gate/gate.ts';
import { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { addRecorded } from './add-recorded.ts';
import { type RunContext, throwIfStopped } from './context.ts';
import { diagnoseCheckpoints } from './diagnose-checkpoints.ts';
import { evaluateSuites } from './evaluate-suites.ts';
import { baselinesOf } from './gate-run.ts';
import { gateStage } from './gate-stage.ts';
import { joinArtifacts } from './join-artifacts.ts';
import { policyOf } from './load-policy.ts';
import { loadTaxonomy } from './load-taxonomy.ts';
import { loadTemplates } from './load-templates.ts';
import { openCheckpoints } from './open-checkpoints.ts';
import { engineFor } from './open-engine.ts';
import type { Progress } from './progress.ts';
import { runExists } from './run-exists.ts';
import { hashOf } from './settings-hash.ts';
import { startTime } from './start-time.ts';
import { toolVersion } from './version.ts';
import { type ReportFacts, writeReports } from './write-reports.ts';

/** How a run is to be made. */
export interface RunOptions {
  readonly loaded: LoadedConfig;
  /** Run folder. */
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly jobs: number;
  /** Go on with what a killed or failed run left. */
  readonly resume: boolean;
  /** Throw away what an earlier run left. */
  readonly fresh: boolean;
  /** Python with the harness; found in .venv when left out. */
  readonly python?: string;
  readonly browser?: string;
  readonly formats?: readonly ReportFormat[];
  /** Sheet of the PDF; what the config says when left out, else A4. */
  readonly paper?: Paper;
  /** Folder with templates of the user's own. */
  readonly template?: string;
}

/** What a run made. `exitCode` is 0, 1 where its gate failed, 3 where a stage did, 4 where the gate settled nothing, 5 where only the PDF failed. */
export interface RunResult {
  readonly folder: string;
  readonly dossier: Dossier;
  readonly findings: Findings;
  readonly verdict: Verdict;
  /** Left out where the config has no policy. */
  readonly gate?: Gate;
  readonly reports: readonly string[];
  readonly stages: Manifest['stages'];
  readonly exitCode: number;
}

/**
 * The whole path: checkpoints -> spectra and scores -> join -> findings -> verdict -> report.
 * A stage that fails on one checkpoint leaves its error and the rest goes on; the report is written before a non-zero
 * exit. Throws SkiagramError where nothing can go on: `run-exists`, `run-busy`, `disk-full`, `output-unwritable`,
 * `interrupted`, and what reading the families file, the policy and its baseline runs throws.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { loaded, signal, progress } = options;
  // 1. Config -> families, policy and templates; nothing is computed on files that cannot be read.
  const taxonomy = await loadTaxonomy(loaded);
  const reportAs = reportSettings(options);
  await loadTemplates(reportAs.template);
  const policy = await policyOf(loaded);
  const baselines = policy ? await baselinesOf(policy, []) : [];
  // 2. Run folder, ours alone until the end.
  const folder = await RunFolder.open(options.out);
  const unlock = await folder.lock();
  const context: RunContext = { loaded, folder, progress, signal, jobs: options.jobs, stages: [] };
  try {
    const started = await prepare(folder, options);
    // 3. Checkpoints -> inventories and fingerprints.
    const opened = await openCheckpoints(context);
    // 4. Weights branch: spectra, diagnostics, pairs, and what others recorded of them.
    const engine = await engineFor({
      engine: loaded.config.diagnostics?.engine,
      jobs: options.jobs,
      progress,
      python: options.python,
      configFolder: loaded.folder,
    });
    const measured = await diagnoseCheckpoints(context, opened, engine).finally(() => engine.close());
    const diagnoses = await addRecorded(context, measured);
    // 5. Scores branch: run the harness, or read what it left.
    const scores = await evaluateSuites(context, opened, options.python, taxonomy);
    // 6. Both -> dossier -> findings -> verdict.
    const joined = await joinArtifacts(context, { opened, diagnoses, scores, taxonomy });
    throwIfStopped(signal);
    // 7. Both, and the policy -> gate; one of an earlier dossier goes.
    const gate = await gateStage(context, policy, baselines);
    // 8. Everything -> reports.
    const { written, pdfFailed } = await writeReports(
      context,
      joined,
      options.formats ?? loaded.config.report?.formats ?? ['html', 'md', 'json'],
      {
        started,
        engine: engine.description,
        ...reportAs,
      },
    );
    await folder.write(
      Manifest,
      'manifest.json',
      manifest(context, started, new Date().toISOString(), engine.description),
    );
    await folder.journal.append('finished', 'run');
    return {
      folder: folder.root,
      ...joined,
      ...(gate ? { gate } : {}),
      reports: written,
      stages: context.stages,
      exitCode: exitCodeOf(context, pdfFailed, gate),
    };
  } finally {
    await unlock();
  }
}

/** How reports are made: the command line before the config. */
function reportSettings({ browser, paper, template, loaded: { config, folder } }: RunOptions): Partial<ReportFacts> {
  const sheet = paper ?? config.report?.paper;
  const own = template ?? (config.report?.template && resolve(folder, config.report.template));
  return {
    ...(browser === undefined ? {} : { browser }),
    ...(sheet === undefined ? {} : { paper: sheet }),
    ...(own === undefined ? {} : { template: own }),
  };
}

/** Decides between a new run and going on with an old one; returns when the run started. */
export async function prepare(folder: RunFolder, options: RunOptions): Promise<string> {
  const entries = await folder.journal.entries();
  if (entries.length > 0 && !options.resume && !options.fresh)
    throw runExists(
      folder.root,
      entries.some((entry) => entry.event === 'finished'),
    );
  if (options.fresh) await folder.clear();
  const started = (options.resume ? entries[0]?.time : undefined) ?? startTime();
  await folder.journal.append(options.resume ? 'resumed' : 'started', hashOf(options.loaded.config));
  return started;
}

function manifest(context: RunContext, started: string, finished: string | null, engine: string): Manifest {
  return {
    schemaVersion: '1.0',
    tool: { name: 'skiagram', version: toolVersion },
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    engine,
    started,
    finished,
    configHash: hashOf(context.loaded.config),
    stages: context.stages,
  };
}

/** A failed gate says most; a failed stage is why a gate settled nothing. */
function exitCodeOf(context: RunContext, pdfFailed: boolean, gate: Gate | undefined): number {
  if (gate?.outcome === 'fail') return gate.exitCode;
  const failed = context.stages.some((stage) => stage.outcome === 'failed' && stage.stage !== 'pdf');
  if (failed) return exitCodes.input;
  if (gate && gate.exitCode !== exitCodes.ok) return gate.exitCode;
  return pdfFailed ? exitCodes.pdf : exitCodes.ok;
}
