import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

/** Prints the package or file of every module that is loaded. */
const hook = join(mkdtempSync(join(tmpdir(), 'skiagram-hook-')), 'hook.mjs');
writeFileSync(
  hook,
  `import { registerHooks } from 'node:module';
const loaded = new Set();
registerHooks({ load(url, context, next) { loaded.add(url); return next(url, context); } });
process.on('exit', () => process.stderr.write(JSON.stringify([...loaded])));`,
);

async function loadedBy(...args: string[]): Promise<string[]> {
  const { stderr } = await execa(process.execPath, ['--import', hook, 'src/cli/main.ts', ...args]);
  return (JSON.parse(stderr) as string[]).filter((url) => url.startsWith('file:'));
}

test('--version loads two files of ours and no package', async () => {
  const loaded = await loadedBy('--version');
  expect(loaded.map((url) => url.replace(/^.*\/src\//, ''))).toEqual(['cli/main.ts', 'pipeline/version.ts']);
});

test('--help loads the parser, and nothing that only a command needs', async () => {
  const packages = new Set(
    (await loadedBy('--help')).flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
  );
  expect([...packages].sort()).toEqual(['commander', 'fastest-levenshtein', 'picocolors']);
});
