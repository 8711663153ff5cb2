import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { findSamples } from '../../../src/harness/lm-eval/find-samples.ts';
import { folder } from '../stage.ts';

async function found(results: string, names: readonly string[], tasks: readonly string[]): Promise<object> {
  const path = await folder();
  for (const name of names) await writeFile(join(path, name), '');
  const map = await findSamples(join(path, results), tasks);
  return Object.fromEntries([...map].map(([task, file]) => [task, basename(file)]));
}

const [early, late] = ['2026-01-01T00-00-00.000000', '2026-01-02T00-00-00.000000'];

it('Samples belong to the results of their own time, also where one task name begins another.', async () => {
  const names = [`samples_arc_${early}.jsonl`, `samples_arc_${late}.jsonl`, `samples_arc_easy_${early}.jsonl.gz`];
  expect(await found(`results_${early}.json`, names, ['arc', 'arc_easy', 'gsm8k'])).toEqual({
    arc: `samples_arc_${early}.jsonl`,
    arc_easy: `samples_arc_easy_${early}.jsonl.gz`,
  });
});

it('A results file that was renamed takes the only samples of a task, and none where there are two.', async () => {
  const names = [`samples_arc_easy_${early}.jsonl`, `samples_gsm_${early}.jsonl`, `samples_gsm_${late}.jsonl`];
  expect(await found('results.json', names, ['arc', 'arc_easy', 'gsm'])).toEqual({
    arc_easy: `samples_arc_easy_${early}.jsonl`,
  });
});
