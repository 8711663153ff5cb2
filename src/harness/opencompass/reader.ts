import { mergeRuns } from '../merge-runs.ts';
import type { RawMetric, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { disagreeing } from '../sample-warnings.ts';
import type { Source, SourceFile } from '../source/open-source.ts';
import { unreadableTable } from '../source/table-rows.ts';
import { unitWarnings } from '../unit-warning.ts';
import { correctSamples, type RawResults, readRawResults } from './raw-results.ts';
import { readSummary, type SummaryScore, summaryHeader } from './summary.ts';

/** The summary of an OpenCompass run, with its raw results where they are there. */
export const opencompass: Reader = {
  title: 'OpenCompass',
  reads: '`summary/summary_<time>.csv`, with `results/<model>/<dataset>.json` beside that folder',
  async recognises(file) {
    if (!/\.csv$/i.test(file.name)) return false;
    return (await file.head())
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .startsWith(`${summaryHeader.join(',')},`);
  },
  async read(heads, source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(...(await readRun(head, source, options)));
    // Files are named by the machine's clock without a zone: good to tell which run is newer, not to say when it was.
    return mergeRuns(runs).map((run) => ({ ...run, date: null }));
  },
};

async function readRun(file: SourceFile, source: Source, { suite, fingerprint }: ReadOptions): Promise<RawRun[]> {
  const { models, leftOut } = await readSummary(file);
  const runs: RawRun[] = [];
  for (const [model, scores] of models) {
    const files = [{ name: file.name, sha256: await file.sha256() }];
    const tasks: RawTask[] = [];
    for (const [dataset, ofDataset] of byDataset(scores)) {
      const raw = await rawOf(source, file, model, dataset, ofDataset);
      if (raw) files.push({ name: raw.name, sha256: raw.sha256 });
      tasks.push(task(file.name, dataset, ofDataset, raw));
    }
    runs.push({
      schemaVersion: '1.0',
      harness: 'opencompass',
      harnessVersion: null,
      model,
      suite,
      fingerprint,
      settings: {},
      date: /(\d{8}_\d{6})\.csv$/.exec(file.name)?.[1] ?? null,
      files,
      tasks,
      leftOut: [...leftOut],
    });
  }
  if (runs.every(({ tasks }) => tasks.length === 0)) throw unreadableTable(file.name, 'no row of it holds a score');
  return runs;
}

function byDataset(scores: readonly SummaryScore[]): Map<string, SummaryScore[]> {
  const groups = new Map<string, SummaryScore[]>();
  for (const score of scores) groups.set(score.dataset, [...(groups.get(score.dataset) ?? []), score]);
  return groups;
}

function rawOf(
  source: Source,
  summary: SourceFile,
  model: string,
  dataset: string,
  scores: readonly SummaryScore[],
): Promise<RawResults> | undefined {
  const run = summary.name.replace(/(?:summary\/)?[^/]*$/, '');
  const file = source.files.find(({ name }) => name === `${run}results/${model}/${dataset}.json`);
  return (
    file &&
    readRawResults(
      file,
      scores.map(({ metric }) => metric),
    )
  );
}

/** Half of the last place of a number with two decimals, and what floating point adds. */
const rounding = 0.005 + 1e-9;

function task(name: string, dataset: string, scores: readonly SummaryScore[], raw: RawResults | undefined): RawTask {
  const [first] = scores;
  const other = scores.find(({ version, mode }) => version !== first?.version || mode !== first?.mode);
  if (first && other)
    throw unreadableTable(
      `${name}, ${other.place}`,
      `${dataset} has version ${other.version} and mode ${other.mode} here, ${first.version} and ${first.mode} in ${first.place}`,
    );
  const warnings: RawTask['warnings'] = [];
  const metrics = scores.map(({ metric, value, unit }): RawMetric => {
    const exact = raw?.numbers.get(metric);
    const same = exact !== undefined && Math.abs(exact - value) <= rounding;
    if (exact !== undefined && !same)
      warnings.push({
        code: 'raw-disagrees',
        message: `${metric} is ${value} in the summary and ${exact} in ${raw?.name}; the summary was taken.`,
      });
    return { metric, filter: 'none', value: same ? exact : value, stderr: null, higherIsBetter: null, unit };
  });
  const accuracy = metrics.find(({ metric }) => metric === 'accuracy');
  const samples = accuracy && raw?.correct ? correctSamples(raw.correct, accuracy.metric) : [];
  return {
    task: dataset,
    version: first?.version ?? null,
    nShot: null,
    outputType: first?.mode ?? null,
    hash: first?.version ?? null,
    n: samples.length > 0 ? samples.length : null,
    nOriginal: null,
    metrics,
    samples,
    warnings: [...warnings, ...unitWarnings(metrics), ...disagreeing(accuracy ? [accuracy] : [], samples, null)],
  };
}
