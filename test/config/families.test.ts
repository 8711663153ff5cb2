import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SkiagramError } from '../../src/base/error.ts';
import { loadDocument } from '../../src/config/load.ts';
import { FamiliesDocument } from '../../src/families/families-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'skiagram-families-'));
const file = join(folder, 'families.yaml');
const load = (text: string): Promise<FamiliesDocument> => {
  writeFileSync(file, text);
  return loadDocument(FamiliesDocument, file, 'families file');
};
const refused = (text: string): Promise<SkiagramError> =>
  load(text).then(
    () => Promise.reject(new Error('it was accepted')),
    (error) => error,
  );

test('a families file is read as it stands, with an unknown chance as null', async () => {
  expect(await load('families:\n  math:\n    tasks:\n      gsm8k: {metric: acc, chance: null}\n')).toEqual({
    families: { math: { tasks: { gsm8k: { metric: 'acc', chance: null } } } },
  });
});

describe('a families file that cannot be used is refused with the place', () => {
  test.each([
    [
      'families.yaml:4:28 families.math.tasks.gsm8k.chanse: Unknown key "chanse"',
      'families:\n  math:\n    tasks:\n      gsm8k: {metric: acc, chanse: 0}\n',
    ],
    ['Missing key "chance"', 'families:\n  math:\n    tasks:\n      gsm8k: {metric: acc}\n'],
    ['families.yaml:3:5 families.math.tasks', 'families:\n  math:\n    tasks: [gsm8k]\n'],
    ['Missing key "families"', 'axis: {targeted: [], coverage: []}\n'],
    ['received "a quarter"', 'families:\n  m:\n    tasks:\n      t: {metric: acc, chance: a quarter}\n'],
    ['The families file families.yaml', ''],
  ])('%s', async (part, text) => {
    const error = await refused(text);
    expect(error.message).toContain(part);
    expect(error).toMatchObject({
      code: 'config-invalid',
      exitCode: 2,
      hint: expect.stringContaining('schema families'),
    });
  });

  test('a chance that is no number at all, such as .nan, is refused', async () => {
    expect((await refused('families:\n  m:\n    tasks:\n      t: {metric: acc, chance: .nan}\n')).code).toBe(
      'config-invalid',
    );
  });

  test('YAML that breaks off shows line and column', async () => {
    const error = await refused('families:\n  math: {tasks: [\n');
    expect(error).toMatchObject({ code: 'config-syntax', exitCode: 2 });
    expect(error.message).toMatch(/at line \d+, column \d+/);
  });

  test('a missing file names its path and that it is relative to the config', async () => {
    await expect(loadDocument(FamiliesDocument, join(folder, 'none.yaml'), 'families file')).rejects.toMatchObject({
      code: 'config-missing',
      message: expect.stringContaining('none.yaml'),
      hint: expect.stringContaining('relative to the config'),
    });
  });
});
