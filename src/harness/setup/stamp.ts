import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which lock an environment was made from; written into it when everything is installed. */
export interface SetupStamp {
  readonly lockSha256: string;
}

const fileName = 'skiagram-setup.json';

/** The stamp of an environment; undefined where setup never finished in it. */
export async function readStamp(venv: string): Promise<SetupStamp | undefined> {
  const text = await readFile(join(venv, fileName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { lockSha256 } = JSON.parse(text) as Record<string, unknown>;
    return typeof lockSha256 === 'string' ? { lockSha256 } : undefined;
  } catch {
    return undefined;
  }
}

export async function writeStamp(venv: string, stamp: SetupStamp): Promise<void> {
  await writeFile(join(venv, fileName), `${JSON.stringify(stamp)}\n`);
}
