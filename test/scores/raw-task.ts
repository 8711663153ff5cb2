import type { RawTask } from '../../src/harness/raw-run.ts';

/** A task as the harness would report it, from the 0/1 outcome of each item. */
export function rawTask(outcomes: readonly number[], task = 'task'): RawTask {
  const mean = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length;
  return {
    task,
    version: '1',
    nShot: 0,
    outputType: 'multiple_choice',
    hash: null,
    n: outcomes.length,
    nOriginal: outcomes.length,
    metrics: [{ metric: 'acc', filter: 'none', value: mean, stderr: null, higherIsBetter: true }],
    samples: outcomes.map((acc, docId) => ({
      docId,
      docHash: `d${docId}`,
      promptHash: `p${docId}`,
      targetHash: `t${docId}`,
      cluster: null,
      filter: 'none',
      metrics: { acc },
    })),
    warnings: [],
  };
}
