import { open, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { didYouMean } from '../../base/did-you-mean.ts';

/** Bytes of a task file in which its name is looked for; it stands at the top by custom. */
const headBytes = 2048;
/** lm-eval 0.4.13 brings 13 000 files. */
const maxFiles = 40_000;

/**
 * For each name that lm-eval did not know, the known one that was probably meant. Looks at the task files themselves, which
 * takes a second or two where `lm_eval ls` takes half a minute; gives up, with no suggestions, where they cannot be found.
 */
export async function suggestTasks(
  unknown: readonly string[],
  place: { readonly python: string; readonly includePaths: readonly string[] },
): Promise<Map<string, string>> {
  const found = await execa(place.python, ['-c', whereIsLmEval], { reject: false, timeout: 20_000, cwd: tmpdir() });
  const own = String(found.stdout ?? '').trim();
  const folders = [...place.includePaths, ...(own === '' ? [] : [join(own, 'tasks')])];
  const names = [...new Set((await Promise.all(folders.map(taskNames))).flat())];
  return new Map(
    unknown.flatMap((name) => {
      const meant = didYouMean(name, names);
      return meant === undefined ? [] : [[name, meant] as const];
    }),
  );
}

/** Names of the tasks, groups and tags that the files of a folder declare. */
export async function taskNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).slice(0, maxFiles);
  const names: string[] = [];
  for (let from = 0; from < files.length; from += 64) {
    const heads = await Promise.all(
      files.slice(from, from + 64).map((entry) => head(join(entry.parentPath, entry.name))),
    );
    for (const text of heads)
      for (const [, name] of text.matchAll(/^(?:task|group|tag):[ \t]*["']?([\w.:/-]+)["']?[ \t]*$/gm))
        if (name !== undefined) names.push(name);
  }
  return names;
}

async function head(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}

/** Finds the package without importing it. */
const whereIsLmEval = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
import importlib.util
spec = importlib.util.find_spec("lm_eval")
print(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else "")
`;
