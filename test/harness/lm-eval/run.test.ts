import { access, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { HarnessProgress } from '../../../src/harness/lm-eval/progress.ts';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import { type LmEvalRun, runLmEval } from '../../../src/harness/lm-eval/run.ts';
import { onPath } from '../../../src/process/python.ts';
import { announced, gone } from '../processes.ts';
import { fixtures, folder } from '../stage.ts';

const python = (await onPath('python3')) ?? '';

/** A run whose only task names what the stand-in harness does (fixtures/stand-in). */
async function run(behaviour: string, change: Partial<LmEvalRun> = {}): Promise<LmEvalRun> {
  return {
    python,
    checkpointPath: '/ckpt',
    settings: { suite: 'core', model: 'hf', tasks: [behaviour], offline: true },
    outputDir: join(await folder(), 'out'),
    ...change,
  };
}

describe.skipIf(python === '' || process.platform === 'win32')('one run of the harness', () => {
  beforeAll(() => {
    vi.stubEnv('PYTHONPATH', [join(fixtures, 'stand-in'), process.env.PYTHONPATH].filter(Boolean).join(delimiter));
  });

  it('names its files, keeps its output and reports progress', async () => {
    const progress: HarnessProgress[] = [];
    const request = await run('well', { onProgress: (event) => progress.push(event), fingerprint: 'f00d' });
    const files = await runLmEval(request);
    expect(await readFile(files.stderr, 'utf8')).toContain('Loading weights: 100%');
    expect(await readFile(files.runYaml, 'utf8')).toContain('skiagram_fingerprint: "f00d"');
    expect(files.samples).toHaveLength(1);
    expect(progress.at(-1)).toEqual({ phase: 'loading', done: 2, total: 2, etaSeconds: 0, itemsPerSecond: 2 });
    const read = await readLmEval(request.outputDir, { suite: 'core', fingerprint: 'f00d' });
    expect(read.tasks[0]?.metrics[0]).toMatchObject({ metric: 'acc', value: 0.5, stderr: null });
  });

  it('sees an empty standard input, so it can wait for nobody', async () => {
    await expect(runLmEval(await run('empty_stdin'))).resolves.toBeDefined();
  });

  it('does not take modules from the task folder', async () => {
    const includePath = await folder();
    await writeFile(join(includePath, 'json.py'), 'raise SystemExit(3)');
    await writeFile(join(includePath, 'runpy.py'), 'raise SystemExit(4)');
    const request = await run('well');
    await runLmEval({ ...request, settings: { ...request.settings, includePath } });
  });

  it.each([
    ['no_file', 'harness-output-unwritable', 'are lost'],
    ['twice', 'harness-output-unwritable', '2 new results files'],
    ['wrong_task', 'harness-output-incomplete', 'nothing for wrong_task'],
    ['cut_short', 'results-malformed', 'it is no JSON'],
    ['killed', 'harness-killed', 'SIGKILL'],
    ['fails', 'harness-failed', 'ValueError: something'],
    ['other_device', 'device-unavailable', "asks for device 'cpu'"],
  ])('that ends "%s" fails with %s', async (behaviour, code, text) => {
    const failure = await runLmEval(await run(behaviour)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(text), hint: expect.any(String) });
    expect(JSON.stringify(failure, ['message', 'cause'])).not.toContain('secret');
  });

  it('does not count results that were there before', async () => {
    const request = await run('well');
    await runLmEval(request);
    await expect(
      runLmEval({ ...request, settings: { ...request.settings, tasks: ['no_file'] } }),
    ).rejects.toMatchObject({
      code: 'harness-output-unwritable',
    });
  });

  it('cannot start without Python, without its task folder or into a file', async () => {
    const absent = await run('well', { python: '/no/such/python' });
    await expect(runLmEval(absent)).rejects.toMatchObject({ code: 'harness-missing' });
    const settings = { ...absent.settings, includePath: '/no/such/folder' };
    await expect(runLmEval({ ...absent, settings })).rejects.toMatchObject({ code: 'task-folder-missing' });
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(runLmEval(await run('well', { outputDir: file }))).rejects.toMatchObject({
      code: 'harness-output-unwritable',
    });
  });

  it('makes the cache folder and names a prefix in it', async () => {
    const cacheDir = join(await folder(), 'deep', 'cache');
    const files = await runLmEval(await run('well', { cacheDir }));
    await access(cacheDir);
    expect(await readFile(files.runYaml, 'utf8')).toContain(`use_cache: "${join(cacheDir, 'answers')}"`);
  });

  it.each(['sleeps', 'stubborn'])('that %s leaves no process behind when aborted', async (behaviour) => {
    const stop = new AbortController();
    const request = await run(behaviour, { signal: stop.signal, graceMs: 200 });
    const ended = runLmEval(request).catch((error: unknown) => error);
    const pids = await announced(request.outputDir);
    const reason = new Error('the user pressed a key');
    stop.abort(reason);
    expect(await ended).toBe(reason);
    await gone(pids);
  });

  it('that takes too long is ended with all its workers', async () => {
    const request = await run('stubborn', { graceMs: 200 });
    const settings = { ...request.settings, timeoutMs: 3_000 };
    await expect(runLmEval({ ...request, settings })).rejects.toMatchObject({ code: 'harness-timeout' });
    await gone(await announced(request.outputDir));
  });

  it('that ends well takes forgotten workers with it', async () => {
    const request = await run('leaves_worker');
    await runLmEval(request);
    await gone(await announced(request.outputDir));
  });

  it('does not begin when aborted before', async () => {
    const request = await run('well', { signal: AbortSignal.abort(new Error('before')) });
    await expect(runLmEval(request)).rejects.toThrow('before');
    await expect(access(request.outputDir)).rejects.toThrow();
  });
});
