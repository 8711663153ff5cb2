/**
 * The library: the same stages as the command line, without printing. `run` goes the whole path over a run folder;
 * the other exports are its stages and the documents between them.
 */
export { type Constants, defaultConstants } from './base/constants.ts';
export { type ErrorInfo, SkiagramError } from './base/error.ts';
export type { Interval, Measured } from './base/measured.ts';
export { buildCard } from './card/build-card.ts';
export type { ModelCard } from './card/model-card.ts';
export { cardFormats } from './card/registry.ts';
export type { Checkpoint, CheckpointArtifact, MatrixInfo } from './checkpoint/checkpoint.ts';
export { openCheckpoint } from './checkpoint/open.ts';
export { Config } from './config/config.ts';
export { loadConfig } from './config/load.ts';
export { diagnoseCheckpoint, diagnosePair } from './diagnostics/diagnose.ts';
export type { Diagnosis, MatrixDiagnosis, PairDiagnosis } from './diagnostics/diagnosis.ts';
export { diagnostics } from './diagnostics/registry.ts';
export type { Comparison, Dossier } from './dossier/dossier.ts';
export { joinDossier } from './dossier/join.ts';
export { findAll } from './findings/find.ts';
export type { Finding, Findings } from './findings/finding.ts';
export { patterns } from './findings/registry.ts';
export { readLmEval } from './harness/lm-eval/read.ts';
export { runLmEval } from './harness/lm-eval/run.ts';
export type { RawRun } from './harness/raw-run.ts';
export { type Progress, type ProgressEvent, silent } from './pipeline/progress.ts';
export { type RunOptions, type RunResult, run } from './pipeline/run.ts';
export { printPdf } from './print/pdf.ts';
export { renderHtml, renderJson, renderMarkdown } from './report/report.ts';
export type { SpectrumEngine } from './spectrum/engine.ts';
export { openEngine } from './spectrum/select.ts';
export { decide } from './verdict/decide.ts';
export type { Verdict, VerdictId } from './verdict/verdict.ts';
