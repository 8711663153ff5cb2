import { readFileSync } from 'node:fs';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

export const stamp = '2026-11-25T02-19-48.514236';
export const resultsName = `results/dummy/results_${stamp}.json`;
export const textDetails = `details/dummy/${stamp}/details_sk_text|0_${stamp}.parquet`;
export const resultsText = fixture('results.json.txt').toString();

/** The recorded run under the names that lighteval gave; the details of `sk_choice:a` are not kept. */
export const recorded: Record<string, string | Buffer> = {
  [resultsName]: resultsText,
  [`details/dummy/${stamp}/details_sk_choice:b|0_${stamp}.parquet`]: fixture('details-sk-choice-b.parquet'),
  [textDetails]: fixture('details-sk-text.parquet'),
};

/** Results as lighteval wrote them in 2024. */
export const older = {
  config_general: {
    lighteval_sha: '494ee12240e716e804ae9ea834f84a2c864c07ca',
    max_samples: null,
    model_name: '/models/acme/base',
    model_dtype: 'torch.bfloat16',
  },
  results: {
    'leaderboard|arc:challenge|25|0': { acc: 0.25, acc_stderr: 0.125, acc_norm: 0.5, acc_norm_stderr: 'N/A' },
    'leaderboard|mmlu:anatomy|5|0': { acc: 0.75, acc_stderr: 0.25 },
    'leaderboard|mmlu:_average|5|0': { acc: 0.75, acc_stderr: 0.25 },
    all: { acc: 0.5, acc_stderr: 0.2 },
  },
  versions: { 'leaderboard|arc:challenge|25|0': 0, 'leaderboard|mmlu:anatomy|5|0': '1', all: 0 },
  config_tasks: {
    'leaderboard|arc:challenge': {
      name: 'arc:challenge',
      metric: [{ metric_name: 'acc', higher_is_better: true }],
      original_num_docs: 1172,
      effective_num_docs: 4,
    },
    'leaderboard|mmlu:anatomy': 'LightevalTask(name=mmlu:anatomy)',
  },
};
