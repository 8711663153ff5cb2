import { expect, it } from 'vitest';
import { ownedKeys, refuseSettings } from '../../../src/harness/lm-eval/refuse-settings.ts';
import type { LmEvalSettings } from '../../../src/harness/lm-eval/settings.ts';

const settings: LmEvalSettings = { suite: 'core', model: 'hf', tasks: ['arc_easy'], offline: true };
const refused = (change: Partial<LmEvalSettings>): unknown => {
  try {
    refuseSettings({ ...settings, ...change });
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('No argument may name other weights where Skiagram hands over the checkpoint.', () => {
  for (const key of ['pretrained', 'peft', 'delta', 'revision', 'subfolder', 'gguf_file', 'lora_local_path'])
    expect(refused({ modelArgs: { [key]: 'x' } }), key).toBe('settings-conflict');
  expect(refused({ model: 'trtllm', modelArgs: { model: 'x' } })).toBe('settings-conflict');
});

it('A server is named by its own arguments, and so is what an unknown type loads.', () => {
  expect(refused({ model: 'local-completions', modelArgs: { model: 'm', base_url: 'http://localhost:1/v1' } })).toBe(
    'accepted',
  );
  expect(refused({ model: 'my-plugin', modelArgs: { pretrained: '{path}' } })).toBe('accepted');
});

it('Keys that Skiagram writes are refused in the passthrough, others are not.', () => {
  for (const key of Object.keys(ownedKeys)) expect(refused({ more: { [key]: true } }), key).toBe('settings-conflict');
  expect(refused({ more: { check_integrity: true } })).toBe('accepted');
});

it('Secrets are found by name and by look, however deep they lie.', () => {
  expect(refused({ modelArgs: { header: { Authorization: 'x' } } })).toBe('settings-secret');
  expect(refused({ modelArgs: { base_url: 'https://me:pass@host/v1' } })).toBe('settings-secret');
  expect(refused({ modelArgs: { list: ['a', 'sk-abcdefghijkl'] } })).toBe('settings-secret');
  expect(refused({ more: { hf_hub_log_args: { token: 'x' } } })).toBe('settings-secret');
  expect(refused({ genKwargs: { until: ['token: '], max_gen_toks: 8 } })).toBe('accepted');
});

it('One seed or four; turns only with a template.', () => {
  expect(refused({ seed: [1, 2] })).toBe('settings-conflict');
  expect(refused({ seed: [1, 2, 3, 4] })).toBe('accepted');
  expect(refused({ fewshotAsMultiturn: true })).toBe('settings-conflict');
  expect(refused({ fewshotAsMultiturn: true, applyChatTemplate: 'tool_use' })).toBe('accepted');
});
