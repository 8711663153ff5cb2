import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { ScoresDocument } from '../../../src/harness/scores-document.ts';

/** Checkpoint of the runs that are killed. */
export const checkpoint = 'base';

/**
 * A config with two suites on one tiny checkpoint, so that one of them may be finished when the other is killed. One task
 * has a perplexity, whose error lm-eval resamples in worker processes.
 */
export function killExample(folder: string, limit: number): string {
  const tiny = resolve('examples/tiny');
  mkdirSync(join(folder, 'tasks'), { recursive: true });
  symlinkSync(join(tiny, 'tasks/data'), join(folder, 'tasks/data'));
  for (const name of ['sorting_late', 'copying_early'])
    for (const [prefix, metric] of [
      ['acc', 'acc, aggregation: mean, higher_is_better: true'],
      ['ppl', 'perplexity, aggregation: perplexity, higher_is_better: false'],
    ] as const)
      writeFileSync(
        join(folder, `tasks/kill_${prefix}_${name}.yaml`),
        taskFile(`kill_${prefix}_${name}`, name, metric),
      );
  const suite = { harness: 'lm-eval', include_path: './tasks', batch_size: 4, device: 'cpu', dtype: 'float32', limit };
  const file = join(folder, 'skiagram.yaml');
  const config = {
    checkpoints: [{ id: checkpoint, path: join(tiny, 'checkpoints', checkpoint) }],
    offline: true,
    suites: [
      { id: 'first', ...suite, tasks: ['kill_acc_sorting_late', 'kill_ppl_sorting_late'] },
      { id: 'second', ...suite, tasks: ['kill_acc_copying_early', 'kill_ppl_copying_early'] },
    ],
    families: './families.yaml',
  };
  writeFileSync(file, stringify(config));
  writeFileSync(
    join(folder, 'families.yaml'),
    'families:\n  copying:\n    tasks:\n      kill_acc_copying_early: {metric: acc, chance: 0}\n',
  );
  return file;
}

function taskFile(task: string, data: string, metric: string): string {
  return `task: ${task}
dataset_path: json
dataset_kwargs: {data_files: {test: data/tiny_${data}.jsonl}}
test_split: test
output_type: loglikelihood
doc_to_text: "{{prompt}}"
doc_to_target: "{{answer}}"
target_delimiter: ""
num_fewshot: 0
metric_list:
  - {metric: ${metric}}
metadata: {version: 1.0}
`;
}

/** What a run keeps of its scores: the document, and the SHA-256 of the Parquet file with every answer. */
export interface KeptScores {
  readonly document: ScoresDocument;
  readonly items: string;
}

/** What must be the same after a resumed run: every metric of every task, and every answer. */
export function scoresOnly({ document, items }: KeptScores): unknown {
  return { items, runs: document.runs.map(({ suite, fingerprint, tasks }) => ({ suite, fingerprint, tasks })) };
}
