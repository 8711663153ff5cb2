import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * Keeps the harness output of a live demo as the recorded results: `npm run demo && npm run record`.
 *
 * The files are what lm-eval wrote, with three changes: absolute paths become relative to this folder, the dump of the
 * machine and the hash of the surrounding repository are emptied, and the samples are compressed. No number is touched.
 * The attestation beside them, made by the live run, says which weights were scored.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const run = resolve(process.argv[2] ?? 'runs/demo');
const emptied = new Set(['pretty_env_info', 'git_hash', 'upper_git_hash']);

for (const checkpoint of await readdir(join(run, 'scores'))) {
  const id = checkpoint.replace(/\.json$/, '');
  const [source, target] = [join(run, 'harness', id, 'tiny'), join(here, 'recorded', id)];
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(join(source, 'attestation.json'), join(target, 'attestation.json'));
  for (const name of await readdir(source)) {
    if (/^results_.*\.json$/.test(name))
      await writeFile(join(target, name), withoutMachine(await readFile(join(source, name), 'utf8'), name));
    if (/^samples_.*\.jsonl$/.test(name))
      await writeFile(join(target, `${name}.gz`), gzipSync(await readFile(join(source, name)), { level: 9 }));
  }
  console.log(`recorded ${id}`);
}

function withoutMachine(text: string, name: string): string {
  const kept = JSON.stringify(
    JSON.parse(text, (key, value: unknown) =>
      emptied.has(key) ? null : typeof value === 'string' ? value.replaceAll(here, './').replaceAll(run, 'run') : value,
    ),
    null,
    2,
  );
  const leak = /"\/[^"\s]*"/.exec(kept);
  if (leak) throw new Error(`${name} still holds a path: ${leak[0]}`);
  return kept;
}
