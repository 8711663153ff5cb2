import { tmpdir } from 'node:os';
import { execa } from 'execa';

/** The version of torch that a Python has, from package metadata: nothing is imported. Undefined where it has none. */
export async function torchVersion(python: string): Promise<string | undefined> {
  const program = 'from importlib import metadata; print(metadata.version("torch"))';
  const result = await execa(python, ['-c', program], {
    reject: false,
    timeout: 30_000,
    stdin: 'ignore',
    cwd: tmpdir(),
  });
  return result.exitCode === 0 ? String(result.stdout).trim() : undefined;
}
