import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/store/journal.ts';
import { skiagram } from '../cli/skiagram.ts';
import { exampleFolder } from './example.ts';

const journalOf = (out: string): JournalEntry[] =>
  existsSync(join(out, 'journal.jsonl'))
    ? readFileSync(join(out, 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as JournalEntry)
    : [];

/** Starts a run of its own process and kills it, as a full machine or a scheduler would, once `ready` holds. */
async function killedRun(folder: string, out: string, ready: () => boolean): Promise<void> {
  const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [main, 'run', join(folder, 'skiagram.yaml'), '--out', out, '--jobs', '1', '--format', 'md'],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && !ready()) await sleep(5);
  child.kill('SIGKILL');
  await ended;
}

test.each([1, 40, 110])(
  'a run killed after %i spectra goes on to the same artifacts, and computes nothing twice',
  async (count) => {
    const folder = exampleFolder(['base', 'narrow']);
    const [killed, whole] = [join(folder, 'killed'), join(folder, 'whole')];
    await killedRun(
      folder,
      killed,
      () => journalOf(killed).filter((entry) => entry.event === 'spectrum').length >= count,
    );
    expect(existsSync(join(killed, 'verdict.json'))).toBe(false);
    const config = join(folder, 'skiagram.yaml');
    const again = await skiagram(['run', config, '--out', killed]);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('--resume')]);
    expect((await skiagram(['run', config, '--out', killed, '--resume', '--format', 'md'])).exitCode).toBe(0);
    expect((await skiagram(['run', config, '--out', whole, '--format', 'md'])).exitCode).toBe(0);

    const computed = journalOf(killed)
      .filter((entry) => ['spectrum', 'pair-moments', 'null-spectrum'].includes(entry.event))
      .map((entry) => entry.subject);
    expect(new Set(computed).size).toBe(computed.length);
    for (const name of [
      'dossier.json',
      'findings.json',
      'verdict.json',
      ...readdirSync(join(whole, 'diagnostics')).map((file) => `diagnostics/${file}`),
      ...readdirSync(join(whole, 'pairs')).map((file) => `pairs/${file}`),
      ...readdirSync(join(whole, 'scores')).map((file) => `scores/${file}`),
    ]) {
      expect(readFileSync(join(killed, name), 'utf8'), name).toBe(readFileSync(join(whole, name), 'utf8'));
    }
  },
  120_000,
);

test('a damaged spectrum file is computed anew, not believed', async () => {
  const folder = exampleFolder(['base']);
  const out = join(folder, 'run');
  const config = join(folder, 'skiagram.yaml');
  await skiagram(['run', config, '--out', out, '--format', 'md']);
  const before = readFileSync(join(out, 'diagnostics/base.json'), 'utf8');
  const [bucket] = readdirSync(join(out, 'spectra'));
  const file = join(out, 'spectra', bucket ?? '', readdirSync(join(out, 'spectra', bucket ?? ''))[0] ?? '');
  const bytes = readFileSync(file);
  bytes.writeDoubleLE(1e9, bytes.length - 8);
  writeFileSync(file, bytes);
  await skiagram(['run', config, '--out', out, '--resume', '--format', 'md']);
  expect(readFileSync(join(out, 'diagnostics/base.json'), 'utf8')).toBe(before);
});
