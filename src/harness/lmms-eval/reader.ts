import { basename, dirname, join } from 'node:path';
import Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { plainFiles } from '../lm-eval/find-samples.ts';
import { isLmmsEval } from '../lm-eval/is-lm-eval.ts';
import { refusePlaceholders } from '../lm-eval/parse-results.ts';
import { type Dialect, readRun } from '../lm-eval/read-run.ts';
import type { Results } from '../lm-eval/results-file.ts';
import { ResultsShape } from '../lm-eval/results-shape.ts';
import { maybeString } from '../lm-eval/shape.ts';
import { mergeRuns } from '../merge-runs.ts';
import type { RawRun } from '../raw-run.ts';
import type { Reader } from '../reader.ts';
import { checked } from '../source/checked.ts';
import { jsonHead } from '../source/json-head.ts';
import { unitWarnings } from '../unit-warning.ts';
import { readLmmsMetrics } from './read-metrics.ts';

/** Results of lmms-eval, the fork of lm-eval for images, video and sound. */
export const lmmsEval: Reader = {
  title: 'lmms-eval',
  reads: '`<time>_results.json`, with `<time>_samples_<task>.jsonl` beside it',
  recognises: (file) =>
    jsonHead(file, {
      likely: /"results"\s*:/,
      is: (value) => isLmmsEval(value, file.name),
      certain: /"(?:lmms_eval_version|lmms_eval_specific_kwargs)"\s*:/,
      never: /"lm_eval_version"\s*:/,
    }),
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) {
      const value = parse((await head.json()).value, head.name);
      const found = { file: head.path, sha256: await head.sha256(), value, older: [] };
      const run = await readRun(found, head.name, options, dialect);
      runs.push({
        ...run,
        date: maybeString(value.date),
        tasks: run.tasks.map((task) => ({ ...task, warnings: [...task.warnings, ...unitWarnings(task.metrics)] })),
      });
    }
    // Times are those of the machine's clock without a zone: good to tell which run is newer, not to say when it was.
    return mergeRuns(runs).map((run) => ({ ...run, date: null }));
  },
};

const Shape = Type.Intersect([
  ResultsShape,
  Type.Object({
    date: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    lmms_eval_version: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
]);

function parse(value: unknown, name: string): Results {
  const results: Results = checked(Shape, value, name);
  if (!isLmmsEval(results, name))
    throw new SkiagramError({
      code: 'results-malformed',
      message: `${name} does not look like results of lmms-eval: no task in configs has lmms_eval_specific_kwargs.`,
      hint: 'If another harness wrote it, import it under that harness.',
    });
  refusePlaceholders(results, name);
  return results;
}

const dialect: Dialect = {
  harness: 'lmms-eval',
  version: (results) => maybeString(results.lmms_eval_version),
  date: () => null,
  findSamples,
  readMetrics: readLmmsMetrics,
};

/** `<time>_samples_<task>.jsonl` of the time in the name of the results file. */
async function findSamples(resultsFile: string, tasks: readonly string[]): Promise<Map<string, string>> {
  const time = /^(.+)_results\.json$/.exec(basename(resultsFile))?.[1];
  const names = new Set(await plainFiles(dirname(resultsFile)));
  const found = new Map<string, string>();
  if (time === undefined) return found;
  for (const task of tasks) {
    const name = [`${time}_samples_${task}.jsonl`, `${time}_samples_${task}.jsonl.gz`].find((each) => names.has(each));
    if (name !== undefined) found.set(task, join(dirname(resultsFile), name));
  }
  return found;
}
