import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { refuseSharedServer, settingsHashOf, suiteSettings } from '../../src/pipeline/suite-settings.ts';

const place = { folder: '/configs', checkpoint: 'sft', offline: true };

it('A suite becomes settings: paths from the config’s folder, arguments of the one checkpoint over those of all.', () => {
  const settings = suiteSettings(
    {
      id: 'core',
      harness: 'lm-eval',
      model: 'local-completions',
      tasks: ['a'],
      model_args: { base_url: 'http://one', model: '{checkpoint}' },
      checkpoint_args: { sft: { base_url: 'http://two' }, base: { base_url: 'http://three' } },
      include_path: ['tasks', '/more'],
      timeout_minutes: 2,
      unsafe_code: true,
      config: { check_integrity: true },
    },
    place,
  );
  expect(settings).toEqual({
    suite: 'core',
    model: 'local-completions',
    tasks: ['a'],
    offline: true,
    modelArgs: { base_url: 'http://two', model: '{checkpoint}' },
    includePath: ['/configs/tasks', '/more'],
    timeoutMs: 120_000,
    unsafeCode: true,
    more: { check_integrity: true },
  });
});

it('The hash changes with what decides scores and not with the time limit or the device that happened to be free.', async () => {
  const tasks = mkdtempSync(join(tmpdir(), 'skiagram-hash-'));
  writeFileSync(join(tasks, 'a.yaml'), 'task: a\n');
  const settings = suiteSettings({ id: 'core', harness: 'lm-eval', tasks: ['a'], include_path: tasks }, place);
  const hash = (change: object, devices?: string[]): Promise<string> =>
    settingsHashOf({ ...settings, ...change }, '0.4.13', devices);
  const whole = await hash({});
  expect(await hash({ timeoutMs: 5 })).toBe(whole);
  expect(await hash({ limit: 5 })).not.toBe(whole);
  expect(await hash({ systemInstruction: 'x' })).not.toBe(whole);
  expect(await hash({ device: 'cuda:0' }, ['cuda:0', 'cuda:1'])).toBe(
    await hash({ device: 'cuda:1' }, ['cuda:1', 'cuda:0']),
  );
  writeFileSync(join(tasks, 'a.yaml'), 'task: a # changed\n');
  expect(await hash({})).not.toBe(whole);
});

it('One server may not answer for two checkpoints.', () => {
  const suite = {
    id: 'core',
    harness: 'lm-eval' as const,
    model: 'gguf',
    tasks: ['a'],
    model_args: { base_url: 'http://one' },
  };
  const both = ['base', 'sft'];
  expect(() => refuseSharedServer(suite, both)).toThrow(expect.objectContaining({ code: 'settings-conflict' }));
  expect(() => refuseSharedServer(suite, ['base'])).not.toThrow();
  expect(() => refuseSharedServer({ ...suite, model: 'vllm' }, both)).not.toThrow();
  expect(() => refuseSharedServer({ ...suite, model_args: { base_url: 'http://{checkpoint}' } }, both)).not.toThrow();
  const own = { base: { base_url: 'http://two' } };
  expect(() => refuseSharedServer({ ...suite, checkpoint_args: own }, both)).not.toThrow();
});
