import { tmpdir } from 'node:os';
import { execa } from 'execa';

/**
 * Versions of lm-eval that can be run. 0.4.10 is the first with `lm_eval run --config`; `npm run test:harness-versions` runs
 * both ends. Results of older versions are read (reader.ts), just not made.
 */
export const supportedLmEval = '>=0.4.10 <0.5';

/** What a Python environment can run; null where a package is not installed. */
export interface HarnessVersions {
  readonly python: string;
  readonly lmEval: string;
  readonly torch: string | null;
  readonly transformers: string | null;
  /** Is `lmEval` within `supportedLmEval`? */
  readonly supported: boolean;
}

/**
 * Asks a Python which harness it has, from package metadata: nothing is imported, so it takes well under a second.
 * Undefined where lm_eval is not installed or the program is no Python.
 */
export async function probeHarness(python: string, signal?: AbortSignal): Promise<HarnessVersions | undefined> {
  const result = await execa(python, ['-c', probe], {
    reject: false,
    timeout: 60_000,
    stdin: 'ignore',
    cwd: tmpdir(),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.exitCode !== 0) return undefined;
  const [version, lmEval, torch, transformers] = String(result.stdout).trim().split(/\r?\n/);
  if (version === undefined || !lmEval || lmEval === '-') return undefined;
  const optional = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text);
  return {
    python: version,
    lmEval,
    torch: optional(torch),
    transformers: optional(transformers),
    supported: isSupportedLmEval(lmEval),
  };
}

/** Is this version of lm-eval within `supportedLmEval`? @example `isSupportedLmEval('0.4.13')` is true. */
export function isSupportedLmEval(version: string): boolean {
  const [major, minor, patch] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major === 0 && minor === 4 && (patch ?? 0) >= 10;
}

const probe = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
from importlib import metadata
print(sys.version.split()[0])
for name in ("lm_eval", "torch", "transformers"):
    try:
        print(metadata.version(name))
    except metadata.PackageNotFoundError:
        print("-")
`;
