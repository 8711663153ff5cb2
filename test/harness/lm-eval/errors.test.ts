import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptLines, lmEvalError } from '../../../src/harness/lm-eval/errors.ts';
import type { Ended } from '../../../src/process/guarded.ts';
import { pieces } from '../../../src/process/pieces.ts';
import { fixtures } from '../stage.ts';

const exit = (code: number): Ended => ({ by: 'itself', exitCode: code, signal: undefined, failure: undefined });
const context = {
  python: '/venv/bin/python',
  checkpointPath: '/ckpt',
  stderrFile: '/out/stderr.log',
  timeoutMs: 90_000,
};

async function recorded(name: string) {
  const stderr = pieces().push(await readFile(join(fixtures, 'stderr', `${name}.txt`)));
  return lmEvalError({ ended: exit(1), stderr, ...context });
}

const explain = (line: string) =>
  lmEvalError({ ended: exit(1), stderr: ['Traceback (most recent call last):', line], ...context });

describe('errors of lm-eval, from stderr as lm-eval 0.4.13 wrote it', () => {
  it.each([
    ['lm-eval-absent', 'harness-missing', '/venv/bin/python'],
    ['task-unknown', 'task-unknown', "'sk_nope', 'other_nope'"],
    ['task-data-missing', 'task-data-missing', 'data/absent.jsonl'],
    ['task-duplicate', 'task-duplicate', "through 'sk_mc' and through 'sk_group'"],
    ['checkpoint-absent', 'checkpoint-unloadable', 'OSError: Repo id must be in the form'],
    ['checkpoint-truncated', 'checkpoint-unloadable', 'SafetensorError: Error while deserializing header'],
    ['checkpoint-without-config', 'checkpoint-unloadable', 'Unrecognized model'],
    ['checkpoint-without-tokenizer', 'checkpoint-unloadable', "Couldn't instantiate the backend tokenizer"],
    ['dataset-offline', 'dataset-offline', "'allenai/openbookqa'"],
    ['task-broken-yaml', 'task-unknown', "'broken_one'"],
    ['task-unsafe', 'task-unsafe', "'code_one' runs code that the model wrote"],
    ['task-output-type', 'task-unloadable', "invalid output_type 'nonsense'"],
    ['model-type-unknown', 'model-type-unknown', 'no model type'],
    ['api-package-missing', 'harness-package-missing', 'tenacity'],
    ['unknown-setting', 'harness-failed', "unexpected keyword argument 'nonsense'"],
  ])('explains %s as %s', async (name, code, text) => {
    const error = await recorded(name);
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
    expect(error.hint).toBeTruthy();
    expect(String(error.cause).split('\n').length).toBeLessThanOrEqual(keptLines);
  });

  it.each([
    ["ModuleNotFoundError: No module named 'sentencepiece'", 'harness-package-missing', 'sentencepiece'],
    ['torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.', 'harness-out-of-memory', '2.00 GiB'],
    ['AssertionError: Torch not compiled with CUDA enabled', 'device-unavailable', 'CUDA'],
    ['OSError: [Errno 28] No space left on device', 'disk-full', 'disk space'],
  ])('explains "%s" as %s', (line, code, text) => {
    expect(explain(line)).toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it('names the signal that ended the process and the time limit that was hit', () => {
    const killed = lmEvalError({
      ended: { ...exit(0), exitCode: undefined, signal: 'SIGKILL' },
      stderr: [],
      ...context,
    });
    expect(killed).toMatchObject({ code: 'harness-killed', message: expect.stringContaining('SIGKILL') });
    const full = {
      ...exit(0),
      exitCode: undefined,
      signal: 'SIGPIPE',
      failure: 'ENOSPC: no space left on device, write',
    };
    expect(lmEvalError({ ended: full, stderr: [], ...context })).toMatchObject({ code: 'harness-output-unwritable' });
    const late = lmEvalError({ ended: { ...exit(0), by: 'timeout' }, stderr: [], ...context });
    expect(late).toMatchObject({ code: 'harness-timeout', message: expect.stringContaining('90 s') });
  });

  it('gives the last words where nothing is recognised, without credentials', () => {
    const error = explain('SomeError: GET https://me:pass@mirror.example/x failed, token=hf_abcdefghijkl');
    expect(error.code).toBe('harness-failed');
    expect(`${error.message}${String(error.cause)}`).not.toMatch(/pass|hf_abc/);
    expect(lmEvalError({ ended: exit(2), stderr: [], ...context }).message).toContain('exit code 2 and said nothing');
  });
});
