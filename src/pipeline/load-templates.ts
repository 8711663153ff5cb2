import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { Templates } from '../report/report.ts';
import { withOverrides } from '../report/templates.ts';
import { packageRoot } from './version.ts';

/** Largest template that is read, in bytes: the built-in page is 6 kB. */
const largest = 1_000_000;

/**
 * The built-in templates, with those of a user's folder laid over them. Files that are neither .hbs nor .css are not looked at.
 * Throws `template-folder` where the folder cannot be read, and what `withOverrides` throws.
 */
export async function loadTemplates(folder?: string): Promise<Templates> {
  const builtIn = await read(fileURLToPath(new URL('templates/', packageRoot)));
  if (folder === undefined) return builtIn;
  const own = await read(folder).catch((cause: unknown) => {
    if (cause instanceof SkiagramError) throw cause;
    throw unreadable(folder, `it cannot be read (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`);
  });
  if (Object.keys(own).length === 0) throw unreadable(folder, `it holds none of ${Object.keys(builtIn).join(', ')}`);
  return withOverrides(builtIn, own);
}

async function read(folder: string): Promise<Templates> {
  const names = (await readdir(folder)).filter((name) => /\.(hbs|css|js)$/.test(name)).sort();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        if ((await stat(path)).size > largest) throw unreadable(folder, `${name} is larger than ${largest / 1e6} MB`);
        return [name, await readFile(path, 'utf8')] as const;
      }),
    ),
  );
}

function unreadable(folder: string, why: string): SkiagramError {
  return new SkiagramError({
    code: 'template-folder',
    message: `The template folder ${folder} cannot be used: ${why}.`,
    hint: 'Copy the templates you want to change into it from the package’s templates/ folder; docs/OUTPUTS.md lists them.',
    exitCode: exitCodes.usage,
  });
}
