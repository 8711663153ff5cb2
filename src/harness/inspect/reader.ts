import { SkiagramError } from '../../base/error.ts';
import { mergeRuns } from '../merge-runs.ts';
import type { LeftOut, RawMetric, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import type { SourceFile } from '../source/open-source.ts';
import { readDate } from '../source/read-date.ts';
import type { InspectLog } from './log.ts';
import { isZip, openLog } from './open-log.ts';
import { readSamples } from './read-samples.ts';
import { readScores, type ScoreRow } from './read-scores.ts';
import { protocolOf } from './reduce.ts';
import { judgeOf, runSettings, taskHash } from './run-settings.ts';

/** Logs of Inspect AI, a task each. */
export const inspect: Reader = {
  title: 'Inspect AI',
  reads: '`.eval` archives and `.json` logs of `inspect eval`',
  async recognises(file) {
    const head = await file.head();
    if (isZip(head))
      return /^(?:_journal\/|samples\/|header\.json|summaries\.json|reductions\.json)/.test(firstName(head));
    const text = head.toString('utf8');
    return (
      /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:\s*"/.test(text) &&
      /"eval"\s*:\s*\{/.test(text) &&
      /"task"\s*:/.test(text)
    );
  },
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    const unfinished: { file: SourceFile; error: SkiagramError }[] = [];
    for (const head of heads) {
      try {
        runs.push(await readLog(head, options));
      } catch (error) {
        if (!(error instanceof SkiagramError) || error.code !== 'run-incomplete') throw error;
        unfinished.push({ file: head, error });
      }
    }
    // A folder of logs holds the tries that failed beside the one that did not; alone, a failed one is no result.
    const [first] = unfinished;
    if (first !== undefined && runs.length === 0) throw first.error;
    const leftOut = unfinished.map(({ file, error }) => ({ what: file.name, reason: error.message }));
    return mergeRuns(runs).map((run) => ({ ...run, leftOut: [...(run.leftOut ?? []), ...leftOut] }));
  },
};

async function readLog(file: SourceFile, options: ReadOptions): Promise<RawRun> {
  const open = await openLog(file);
  const { log } = open;
  const rows = readScores(log, file.name);
  const read = readSamples(open, rows, file.name);
  return {
    schemaVersion: '1.0',
    harness: 'inspect',
    harnessVersion: log.eval.packages?.inspect_ai ?? null,
    model: log.eval.model,
    suite: options.suite,
    fingerprint: options.fingerprint,
    settings: runSettings(log),
    date: readDate(log.eval.created, file.name, 'eval.created'),
    files: [{ name: file.name, sha256: await file.sha256() }],
    tasks: [task(log, rows, read)],
    leftOut: [...open.leftOut, ...rows.flatMap(({ leftOut }) => leftOut), ...read.leftOut, ...copies(file)],
  };
}

function task(log: InspectLog, rows: readonly ScoreRow[], read: ReturnType<typeof readSamples>): RawTask {
  const { results, eval: run } = log;
  const epochs = run.config.epochs ?? 1;
  const scored = results.scores.map((score) => score.scored_samples ?? null).filter((count) => count !== null);
  const items = results.completed_samples / epochs;
  const n = scored.length > 0 ? Math.max(...scored) : Number.isInteger(items) ? items : null;
  const metrics: RawMetric[] = rows.flatMap(({ metrics, filter, means }) => {
    const isShare = read.shares.has(filter) && read.samples.length > 0;
    return metrics.map((row) => (isShare && means.includes(row.metric) ? { ...row, unit: 'proportion' } : row));
  });
  const version = run.task_version ?? null;
  return {
    task: run.task,
    version: version === null ? null : String(version),
    nShot: null,
    outputType: null,
    hash: taskHash(log),
    protocol: protocol(log, rows, epochs),
    n,
    nOriginal: run.dataset.samples ?? null,
    metrics,
    samples: read.samples,
    warnings: [...unfinished(log), ...sampleWarnings({ metrics, samples: read.samples, n })],
  };
}

/** How the answers to an item became one score, and who judged them; null for one answer that nobody judged. */
function protocol(log: InspectLog, rows: readonly ScoreRow[], epochs: number): string | null {
  const answers = protocolOf([...new Set(rows.map(({ reducer }) => reducer))], epochs);
  const judge = judgeOf(log);
  const parts = [answers, judge === null ? null : `judged by ${judge}`].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function unfinished({ results, invalidated }: InspectLog): RawTask['warnings'] {
  const unscored = Math.max(0, ...results.scores.map((score) => score.unscored_samples ?? 0));
  const lost = results.total_samples - results.completed_samples;
  return [
    ...(lost > 0
      ? [
          {
            code: 'items-failed',
            message: `${lost} of ${results.total_samples} answers ended in an error and count for nothing.`,
          },
        ]
      : []),
    ...(unscored > 0
      ? [{ code: 'items-unscored', message: `${unscored} items were not scored and are not in the score.` }]
      : []),
    ...(invalidated
      ? [{ code: 'run-invalidated', message: 'Its makers marked this log, or samples of it, as invalid.' }]
      : []),
  ];
}

/** What the log holds beside scores and per-sample values. */
function copies(file: SourceFile): LeftOut[] {
  return [
    {
      what: `${file.name}: transcripts, reductions and summaries`,
      reason: 'they say in other words what the scores of the samples say',
    },
  ];
}

/** Name of the first entry of an archive (APPNOTE.TXT 4.3.7). */
function firstName(head: Buffer): string {
  return head.length < 30 ? '' : head.subarray(30, 30 + head.readUInt16LE(26)).toString('utf8');
}
