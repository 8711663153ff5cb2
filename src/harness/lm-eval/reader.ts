import type { RawRun } from '../raw-run.ts';
import type { Reader } from '../reader.ts';
import { jsonHead } from '../source/json-head.ts';
import { isLmEval } from './is-lm-eval.ts';
import { parseResults } from './parse-results.ts';
import { readLmEvalFile } from './read.ts';

/** Results of lm-evaluation-harness, live or recorded. */
export const lmEval: Reader = {
  title: 'lm-evaluation-harness',
  reads: '`results_*.json`, with `samples_*.jsonl` beside it',
  recognises: (file) =>
    jsonHead(file, {
      likely: /"results"\s*:/,
      is: (value) => isLmEval(value, file.name),
      // What only lm-eval writes, in a file that is cut short or very large.
      certain: /"(?:lm_eval_version|n-shot|bootstrap_iters)"\s*:/,
      never: /"(?:config_general|summary_general|lmms_eval_version|lmms_eval_specific_kwargs)"\s*:/,
    }),
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) {
      const { value } = await head.json();
      const found = { file: head.path, sha256: await head.sha256(), value: parseResults(value, head.name), older: [] };
      runs.push(withPartial(await readLmEvalFile(found, head.name, options)));
    }
    return runs;
  },
};

/** Foreign results of a part of a task say so; in runs of one's own the limit is one's own. */
function withPartial(run: RawRun): RawRun {
  return {
    ...run,
    tasks: run.tasks.map((task) =>
      task.n === null || task.nOriginal === null || task.n >= task.nOriginal
        ? task
        : {
            ...task,
            warnings: [
              ...task.warnings,
              { code: 'partial', message: `${task.n} of ${task.nOriginal} documents were scored, not the whole task.` },
            ],
          },
    ),
  };
}
