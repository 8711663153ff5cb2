import './gallery-date.ts';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { runExample } from './example-run.ts';
import { make as makeLeaderboard } from './leaderboard/make.ts';
import { make as makePaper } from './paper/make.ts';
import { takePictures } from './pictures.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const policy = fileURLToPath(new URL('gate/policy.yaml', import.meta.url));

/**
 * The gallery, by the commands a user would give: the tiny family on its recorded scores, a gate that fails on it, a
 * leaderboard of it. The paper's reports and the pictures are remade besides where `folder` is this one.
 *
 * @param folder where `tiny`, `gate` and `leaderboard` go
 */
export async function make(folder: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'skiagram-gallery-'));
  const run = join(scratch, 'tiny');
  try {
    await runExample(run);
    await keep(run, join(folder, 'tiny'), {
      'report.html': 'report.html',
      'report.md': 'README.md',
      'verdict.json': 'verdict.json',
    });
    await makeLeaderboard(join(folder, 'leaderboard'), run);
    await skiagram(1, 'gate', run, '--policy', policy, '--format', 'junit,summary', '--report');
    await keep(run, join(folder, 'gate'), {
      'gate.json': 'gate.json',
      'gate.junit.xml': 'gate.junit.xml',
      'gate.summary.md': 'README.md',
      'report.html': 'report.html',
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function skiagram(expected: number, ...args: string[]): Promise<void> {
  const env = { GITHUB_STEP_SUMMARY: '' };
  const { exitCode, stderr } = await execa(process.execPath, [main, ...args], { reject: false, env });
  if (exitCode !== expected) throw new Error(`skiagram ${args[0]} ended with ${exitCode}: ${stderr}`);
}

async function keep(from: string, to: string, names: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const [name, as] of Object.entries(names)) await copyFile(join(from, name), join(to, as));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  await make(here);
  await makePaper(join(here, 'paper'));
  await takePictures(here);
}
