import '../gallery-date.ts';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { silent } from '../../src/pipeline/progress.ts';
import { run } from '../../src/pipeline/run.ts';
import type { Claim, Run } from './judges.ts';
import { page } from './page.ts';
import { dataRows, writeRecorded } from './record.ts';

/** Runs of this folder: `<name>.yaml` each, made by the product's own pipeline. */
export const runs = ['trajectories', 'peers', 'modification', 'deduplication'] as const;

/**
 * Everything under reports/paper that is made and not written: recorded diagnostics, four reports, README.md.
 *
 * @param folder copy of reports/paper with its data, configs and claims; reports go under `<folder>/<run>/`
 */
export async function make(folder: string): Promise<void> {
  await mkdir(join(folder, 'recorded'), { recursive: true });
  await writeRecorded(folder);
  const scratch = await mkdtemp(join(tmpdir(), 'skiagram-paper-'));
  const made: Partial<Record<(typeof runs)[number], Run>> = {};
  try {
    for (const name of runs) {
      const out = join(scratch, name);
      const { dossier, verdict, exitCode } = await run({
        loaded: await loadConfig(join(folder, `${name}.yaml`)),
        out,
        progress: silent,
        signal: new AbortController().signal,
        jobs: 1,
        resume: false,
        fresh: false,
      });
      if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}.`);
      made[name] = { dossier, verdict };
      await mkdir(join(folder, name), { recursive: true });
      for (const file of ['report.html', 'report.md', 'report.json'])
        await copyFile(join(out, file), join(folder, name, file));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const claims = parse(await readFile(join(folder, 'claims.yaml'), 'utf8')) as Claim[];
  const tables = await Promise.all([4, 5, 6, 7, 8].map((number) => dataRows(folder, `table-${number}`)));
  const evidence = {
    runs: made as Record<(typeof runs)[number], Run>,
    figures: await dataRows(folder, 'figures'),
    averages: await dataRows(folder, 'averages'),
    table3: await dataRows(folder, 'table-3'),
    tables: tables.flat(),
  };
  await writeFile(join(folder, 'README.md'), page(claims, evidence));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await make(fileURLToPath(new URL('.', import.meta.url)));
