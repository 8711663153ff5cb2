import type { Reader } from '../reader.ts';
import { readLmEval } from './read.ts';

/** Results of lm-evaluation-harness, live or recorded. */
export const lmEval: Reader = {
  title: 'lm-evaluation-harness',
  reads: '`results_*.json`, with `samples_*.jsonl` beside it',
  async recognises(file) {
    if (!/\.json$/i.test(file.name)) return false;
    const head = (await file.head()).toString('utf8');
    return /"results"\s*:/.test(head) && /"(?:lm_eval_version|n-shot|bootstrap_iters)"\s*:/.test(head);
  },
  read: async (heads, _source, options) => Promise.all(heads.map((head) => readLmEval(head.path, options))),
};
