import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'skiagram-config-'));
const load = (text: string): ReturnType<typeof loadConfig> => {
  const file = join(folder, 'c.yaml');
  writeFileSync(file, text);
  return loadConfig(file);
};
const message = (text: string): Promise<string> =>
  load(text).then(
    () => 'no error',
    (error: Error & { hint?: string }) => `${error.message}\n${error.hint ?? ''}`,
  );

describe('a config that cannot be used is refused with the place and what was meant', () => {
  test('a misspelt key', async () => {
    expect(await message('checkpoints:\n  - {id: a, path: x, bse: b}\n')).toContain(
      'c.yaml:2:22 checkpoints[0].bse: Unknown key "bse"',
    );
    expect(await message('checkpoints:\n  - {id: a, path: x, bse: b}\n')).toContain('Did you mean "base"?');
  });

  test('a wrong value shows what was received and what is allowed', async () => {
    expect(
      await message('checkpoints: [{id: a, path: x}]\nsuites: [{id: s, harness: lm_eval, tasks: [t]}]\nfamilies: f\n'),
    ).toContain('Must be one of lm-eval, import; received "lm_eval". Did you mean "lm-eval"?');
  });

  test('several problems are listed at once', async () => {
    expect(await message('titel: x\ncheckpoints: [{path: x}]\n')).toMatch(
      /2 problems[\s\S]*titel[\s\S]*Missing key "id"/,
    );
  });

  test.each([
    ['broken YAML', 'checkpoints: [\n', 'not valid YAML or JSON'],
    ['a key that stands twice', 'title: a\ntitle: b\ncheckpoints: [{id: a, path: x}]\n', 'unique'],
    ['an id that is used twice', 'checkpoints: [{id: a, path: x}, {id: a, path: y}]\n', '"a" is used twice'],
    ['an id that would leave the run folder', 'checkpoints: [{id: ../a, path: x}]\n', 'checkpoints[0].id'],
    [
      'a base that is not there',
      'checkpoints: [{id: base, path: x}, {id: b, path: y, base: bse}]\n',
      'Did you mean "base"?',
    ],
    ['a checkpoint that is its own base', 'checkpoints: [{id: a, path: x, base: a}]\n', 'names itself as base'],
    [
      'a task in two suites',
      'checkpoints: [{id: a, path: x}]\nfamilies: f\nsuites: [{id: s, harness: lm-eval, tasks: [t]}, {id: r, harness: lm-eval, tasks: [t]}]\n',
      'Task "t" is in two suites',
    ],
    [
      'an alias bomb',
      `a: &a [x, x]\n${Array.from({ length: 12 }, (_, index) => `b${index}: &b${index} [${index === 0 ? '*a, *a, *a, *a' : `*b${index - 1}, *b${index - 1}, *b${index - 1}, *b${index - 1}`}]`).join('\n')}\n`,
      'YAML alias',
    ],
  ])('%s', async (_, text, part) => {
    const said = await message(text);
    expect(said).not.toBe('no error');
    expect(said).toContain(part);
  });

  test('a missing file names its path and how to make one', async () => {
    await expect(loadConfig(join(folder, 'nowhere.yaml'))).rejects.toMatchObject({
      code: 'config-missing',
      exitCode: 2,
      hint: expect.stringContaining('skiagram init'),
    });
  });
});

test('JSON is read as well, and paths stay relative to the file', async () => {
  expect(await load('{"checkpoints": [{"id": "a", "path": "x"}]}')).toMatchObject({
    folder,
    config: { checkpoints: [{ id: 'a', path: 'x' }] },
  });
});

test('suites need no families file: the built-in families stand in', async () => {
  const { config } = await load('checkpoints: [{id: a, path: x}]\nsuites: [{id: s, harness: lm-eval, tasks: [t]}]\n');
  expect(config.families).toBeUndefined();
});
