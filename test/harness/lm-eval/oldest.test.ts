import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import { fixtures } from '../stage.ts';

/** Made by `npm run test:harness-versions -- --record` with lm-eval 0.4.10: first eight items of two tasks, tiny base. */
const oldest = join(fixtures, 'lm-eval-0.4.10');

it('What lm-eval 0.4.10 wrote says, item for item, what 0.4.13 says of the same weights.', async () => {
  const old = await readLmEval(oldest, { suite: 'tiny', fingerprint: null });
  const whole = await readLmEval(resolve('examples/tiny/recorded/base'), { suite: 'tiny', fingerprint: null });
  expect([old.harnessVersion, whole.harnessVersion]).toEqual(['0.4.10', '0.4.13']);
  expect(old.tasks.map(({ task }) => task).sort()).toEqual(['tiny_brackets_round', 'tiny_sorting_late']);
  for (const task of old.tasks) {
    const reference = whole.tasks.find((entry) => entry.task === task.task);
    expect([task.n, task.nOriginal]).toEqual([8, reference?.n]);
    expect(task.samples).toEqual(reference?.samples.filter(({ docId }) => Number(docId) < 8));
    expect([task.version, task.nShot, task.outputType]).toEqual([
      reference?.version,
      reference?.nShot,
      reference?.outputType,
    ]);
    const mean = task.samples.reduce((sum, sample) => sum + (sample.metrics.acc ?? Number.NaN), 0) / 8;
    expect(task.metrics.find(({ metric }) => metric === 'acc')?.value).toBe(mean);
  }
});

it('Four seeds, device and dtype are read from the old layout too.', async () => {
  const { settings } = await readLmEval(oldest, { suite: 'tiny', fingerprint: null });
  expect(settings).toMatchObject({
    random_seed: 5,
    numpy_seed: 5,
    torch_seed: 5,
    fewshot_seed: 5,
    device: 'cpu',
    dtype: 'float32',
    limit: 8,
  });
});
