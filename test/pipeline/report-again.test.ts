import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { silent } from '../../src/pipeline/progress.ts';
import { reportAgain } from '../../src/pipeline/report-again.ts';

/** Only what reports are made from: nothing can be computed again. */
const names = ['dossier.json', 'findings.json', 'verdict.json', 'manifest.json'];
function bare(change: Readonly<Record<string, (text: string) => string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-again-'));
  for (const name of names) {
    cpSync(join(inject('exampleRun'), name), join(folder, name));
    const edit = change[name];
    if (edit) writeFileSync(join(folder, name), edit(readFileSync(join(folder, name), 'utf8')));
  }
  return folder;
}
const again = (folder: string, options: Partial<Parameters<typeof reportAgain>[0]> = {}) =>
  reportAgain({ folder, formats: ['html'], progress: silent, signal: new AbortController().signal, ...options });

describe('a run folder with nothing but its documents', () => {
  test('gives every format, twice the same bytes', async () => {
    const folder = bare();
    const formats = ['html', 'md', 'json', 'csv', 'parquet'] as const;
    const { written, exitCode } = await again(folder, { formats });
    expect(exitCode).toBe(0);
    expect(readdirSync(join(folder, 'tables')).filter((name) => name.endsWith('.parquet'))).toHaveLength(8);
    const first = written.map((path) => readFileSync(path));
    await again(folder, { formats });
    for (const [index, path] of written.entries()) expect(readFileSync(path).equals(first[index] as Buffer)).toBe(true);
  });

  test('keeps the HTML and says why where only a PDF was wanted and no browser prints it', async () => {
    const folder = bare();
    const { written, exitCode, error } = await again(folder, { formats: ['pdf'], browser: '/bin/false' });
    expect(exitCode).toBe(5);
    expect(written).toEqual([join(folder, 'report.html')]);
    expect(error).toMatchObject({ code: 'pdf-failed', hint: expect.stringContaining('--browser') });
    expect(existsSync(join(folder, 'report.pdf'))).toBe(false);
  });
});

describe('a run of a newer Skiagram', () => {
  const newer = (text: string): string => text.replace('"schemaVersion": "1.0"', '"schemaVersion": "1.4"');

  test('is shown with what is unknown said among the limits and kept in JSON', async () => {
    const warned: string[] = [];
    const folder = bare({ 'verdict.json': (text) => newer(text).replace('{', '{ "moonPhase": "full",') });
    await again(folder, { formats: ['html', 'json'], progress: { ...silent, warn: (text) => warned.push(text) } });
    expect(warned).toEqual([expect.stringContaining('1.4')]);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(
      '1 unknown key is kept and not shown: moonPhase',
    );
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
      verdict: { moonPhase: 'full' },
    });
  });

  test('a finding of a kind that is not known here is shown by its own words', async () => {
    const folder = bare({
      'findings.json': (text) => {
        const document = JSON.parse(text) as { findings: Record<string, unknown>[] };
        const [first] = document.findings;
        document.findings.unshift({
          ...first,
          id: 'tidal-pattern',
          key: 'tidal-pattern:x~y',
          title: 'A tide was seen',
          status: 'detected',
        });
        return JSON.stringify(document);
      },
    });
    const { exitCode } = await again(folder, { formats: ['html', 'md', 'csv'] });
    expect(exitCode).toBe(0);
    for (const name of ['report.html', 'report.md', 'tables/findings.csv'])
      expect(readFileSync(join(folder, name), 'utf8'), name).toMatch(
        name.endsWith('csv') ? /tidal-pattern/ : /A tide was seen/,
      );
  });

  test('of another major version it is refused before anything is written', async () => {
    const folder = bare({ 'dossier.json': (text) => text.replace('"schemaVersion": "1.0"', '"schemaVersion": "2.0"') });
    await expect(again(folder)).rejects.toMatchObject({ code: 'artifact-newer' });
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });
});

describe('templates of one’s own', () => {
  test('a folder without any, and one that is not there, are refused with what to do', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'skiagram-templates-'));
    for (const template of [empty, join(empty, 'nowhere')])
      await expect(again(bare(), { template })).rejects.toMatchObject({ code: 'template-folder', exitCode: 2 });
  });
});
