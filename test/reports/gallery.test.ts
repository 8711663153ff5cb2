import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { make } from '../../reports/make.ts';

let made: string;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'gallery-'));
  await make(made);
}, 240_000);

test.each(['tiny/verdict.json', 'gate/gate.json', 'gate/README.md', 'leaderboard/leaderboard.csv'])(
  'reports/%s says what is found now (npm run gallery)',
  (file) => {
    expect(readFileSync(join(made, file), 'utf8')).toBe(readFileSync(join('reports', file), 'utf8'));
  },
);

test('the pages of the gallery are of the present design', () => {
  for (const file of ['tiny/report.html', 'gate/report.html', 'leaderboard/leaderboard.html']) {
    const undated = (path: string): string =>
      readFileSync(path, 'utf8').replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '');
    expect(undated(join(made, file)).length, file).toBe(undated(join('reports', file)).length);
  }
});
