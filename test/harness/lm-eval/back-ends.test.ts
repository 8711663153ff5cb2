import { execaSync } from 'execa';
import { expect, it } from 'vitest';
import { backEnd, isAttested, knownBackEnds } from '../../../src/harness/lm-eval/back-ends.ts';
import { findPython } from '../../../src/process/python.ts';

const python = await findPython({ venv: '.venv' });
const types =
  python === undefined
    ? undefined
    : execaSync(python, ['-c', 'from lm_eval.models import MODEL_MAPPING as m; print(*m)'], { reject: false });

it('Scores are attested only where the back end loads the very checkpoint.', () => {
  for (const model of ['hf', 'vllm', 'sglang', 'hf-multimodal']) expect(isAttested(backEnd(model)), model).toBe(true);
  for (const model of ['gguf', 'local-completions', 'openai-chat-completions', 'onnxruntime', 'steered', 'my-plugin'])
    expect(isAttested(backEnd(model)), model).toBe(false);
});

it('An argument carries the checkpoint unless a server answers or the type is not known.', () => {
  expect(backEnd('vllm').argument).toBe('pretrained');
  expect(backEnd('trtllm').argument).toBe('model');
  expect(backEnd('gguf').argument).toBeUndefined();
  expect(backEnd('my-plugin')).toEqual({ kind: 'unknown' });
});

it.skipIf(types?.exitCode !== 0)('Every model type of the installed lm-eval is known.', () => {
  expect(
    String(types?.stdout)
      .trim()
      .split(' ')
      .filter((name) => !knownBackEnds.includes(name)),
  ).toEqual([]);
});
