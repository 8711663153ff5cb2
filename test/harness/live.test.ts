import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeHarness } from '../../src/harness/lm-eval/python.ts';
import { readLmEval } from '../../src/harness/lm-eval/read.ts';
import { type LmEvalRun, runLmEval } from '../../src/harness/lm-eval/run.ts';
import { findPython } from '../../src/process/python.ts';
import { folder } from './stage.ts';

const root = resolve(import.meta.dirname, '../..');
const tiny = join(root, 'examples', 'tiny');
const python = await findPython({ venv: join(root, '.venv') });
const versions = python === undefined ? undefined : await probeHarness(python);
const missing =
  versions === undefined
    ? 'there is no .venv with lm_eval (npm run skiagram setup makes it)'
    : await access(join(tiny, 'checkpoints', 'base', 'config.json')).then(
        () => undefined,
        () => 'examples/tiny has no checkpoints',
      );
if (missing !== undefined) console.log(`live.test.ts is skipped: ${missing}.`);

async function request(tasks: readonly string[]): Promise<LmEvalRun> {
  return {
    python: python ?? '',
    checkpointPath: join(tiny, 'checkpoints', 'base'),
    settings: {
      suite: 'tiny',
      model: 'hf',
      tasks,
      includePath: join(tiny, 'tasks'),
      numFewshot: 0,
      batchSize: 64,
      dtype: 'float32',
      offline: true,
    },
    outputDir: join(await folder(), 'out'),
    hfHome: await folder(),
  };
}

describe.skipIf(missing !== undefined)('real lm-eval', { timeout: 300_000 }, () => {
  it('gives, document for document, what was recorded for the tiny base', async () => {
    const { outputDir, ...rest } = await request(['tiny_sorting_late', 'tiny_copying_early']);
    const phases = new Set<string>();
    await runLmEval({ ...rest, outputDir, fingerprint: 'f00d', onProgress: ({ phase }) => phases.add(phase) });
    const live = await readLmEval(outputDir, { suite: 'tiny', fingerprint: 'f00d' });
    const recorded = await readLmEval(join(tiny, 'recorded', 'base'), { suite: 'tiny', fingerprint: null });
    expect([...phases]).toEqual(expect.arrayContaining(['loading', 'contexts', 'requests', 'saving']));
    expect(live.tasks.map(({ task }) => task).sort()).toEqual(['tiny_copying_early', 'tiny_sorting_late']);
    for (const task of live.tasks) expect(task).toEqual(recorded.tasks.find((other) => other.task === task.task));
    expect(live.settings).toEqual(recorded.settings);
  });

  it('names the tasks that it does not know', async () => {
    await expect(runLmEval(await request(['tiny_sorting_late', 'tiny_nothing']))).rejects.toMatchObject({
      code: 'task-unknown',
      message: expect.stringContaining("'tiny_nothing'"),
    });
  });

  it('goes on from its answers after it was stopped', async () => {
    const whole = await request(['tiny_sorting_late']);
    const given = { ...whole, settings: { ...whole.settings, batchSize: 1 } };
    const cacheDir = await folder();
    const stop = new AbortController();
    const first = runLmEval({
      ...given,
      cacheDir,
      signal: stop.signal,
      onProgress: ({ phase, done = 0 }) => phase === 'requests' && done >= 20 && stop.abort(new Error('stopped')),
    });
    await expect(first).rejects.toThrow('stopped');
    const files = await runLmEval({ ...given, cacheDir });
    expect(await readFile(files.stderr, 'utf8')).toMatch(/Cached requests: [1-9]/);
    const again = await readLmEval(given.outputDir, { suite: 'tiny', fingerprint: null });
    expect(again.tasks[0]?.warnings).toEqual([]);
  });
});
