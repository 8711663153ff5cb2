import { type Table, tableOf } from '../base/table.ts';
import type { RawRun, RawSample } from './raw-run.ts';

interface Row {
  readonly suite: string;
  readonly task: string;
  readonly sample: RawSample;
  readonly metric: string;
  readonly value: number;
  readonly run: RawRun;
}

/** Every per-item result of a checkpoint's runs: one row an item, filter and metric. */
export function sampleTable(checkpoint: string, runs: readonly RawRun[]): Table {
  const rows = runs.flatMap((run) =>
    run.tasks.flatMap(({ task, samples }) =>
      samples.flatMap((sample) =>
        Object.entries(sample.metrics).map(
          ([metric, value]): Row => ({ suite: run.suite, task, sample, metric, value, run }),
        ),
      ),
    ),
  );
  return tableOf<Row>('samples', 'per-item results: one row an item, filter and metric', rows, [
    { name: 'checkpoint', type: 'text', description: 'id in the config', of: () => checkpoint },
    {
      name: 'fingerprint',
      type: 'text',
      description: 'SHA-256 of the weights that answered; null = unattested',
      of: ({ run }) => run.fingerprint,
    },
    { name: 'suite', type: 'text', description: 'id of the suite', of: ({ suite }) => suite },
    { name: 'harness', type: 'text', description: 'who scored', of: ({ run }) => run.harness },
    { name: 'task', type: 'text', description: 'task as the harness names it', of: ({ task }) => task },
    { name: 'filter', type: 'text', description: 'filter of the harness', of: ({ sample }) => sample.filter },
    { name: 'metric', type: 'text', description: 'metric of the harness', of: ({ metric }) => metric },
    { name: 'item', type: 'text', description: 'the item within its task', of: ({ sample }) => String(sample.docId) },
    {
      name: 'cluster',
      type: 'text',
      description: 'items that share a passage, image or template; null = its own',
      of: ({ sample }) => sample.cluster,
    },
    {
      name: 'value',
      type: 'number',
      description: 'score of this item, in the unit of the metric',
      of: ({ value }) => value,
    },
    { name: 'doc_hash', type: 'text', description: 'hash of the document', of: ({ sample }) => sample.docHash },
    { name: 'prompt_hash', type: 'text', description: 'hash of the prompt', of: ({ sample }) => sample.promptHash },
    { name: 'target_hash', type: 'text', description: 'hash of the target', of: ({ sample }) => sample.targetHash },
  ]);
}
