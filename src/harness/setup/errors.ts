import { SkiagramError } from '../../base/error.ts';
import type { Ended } from '../../process/guarded.ts';
import { redact } from '../../process/redact.ts';

/**
 * Says why a step of setup failed. Codes: `disk-full`, `setup-network`, `setup-unsupported`, `venv-unavailable`,
 * `venv-broken`, `setup-failed`.
 *
 * @param step what was being done, e.g. "making the virtual environment"
 * @param lines the last lines of its output
 */
export function setupError(step: string, ended: Ended, lines: readonly string[]): SkiagramError {
  const tail = lines.slice(-40).join('\n');
  const { code, message, hint } = rules.find(({ pattern }) => pattern.test(tail)) ?? {
    code: 'setup-failed',
    message: `it ended with ${ended.signal ?? `exit code ${ended.exitCode ?? 'unknown'}`}`,
    hint: 'Run `skiagram setup` again; it goes on where it stopped. The cause is shown with --verbose.',
  };
  return new SkiagramError({
    code,
    message: `Setup failed while ${step}: ${message}.`,
    hint,
    cause: redact(tail === '' ? (ended.failure ?? 'no output') : tail),
  });
}

/** Texts of pip 23 to 26, uv 0.4 to 0.9 and CPython's venv. */
const rules: readonly { pattern: RegExp; code: string; message: string; hint: string }[] = [
  {
    pattern: /No space left on device|Errno 28|os error 28|Disk quota exceeded/i,
    code: 'disk-full',
    message: 'the disk is full',
    hint: 'About 7 GB are needed for the environment, and as much for the temporary folder and the download cache.',
  },
  {
    pattern:
      /name resolution|Name or service not known|getaddrinfo|dns error|Failed to establish a new connection|Max retries exceeded|Connection (?:refused|reset|timed out)|error sending request|Network is unreachable|ProxyError/i,
    code: 'setup-network',
    message: 'the package index cannot be reached',
    hint: 'Check the connection; behind a proxy or mirror set PIP_INDEX_URL or UV_INDEX_URL.',
  },
  {
    pattern: /No matching distribution found|no wheels? with a matching|Requires-Python|No solution found/i,
    code: 'setup-unsupported',
    message: 'a package has no build for this Python or system',
    hint: 'Use Python 3.10 to 3.13 on Linux, macOS or Windows, 64 bit: name it with --python.',
  },
  {
    pattern: /ensurepip is not available|No module named '?(?:venv|ensurepip)/i,
    code: 'venv-unavailable',
    message: 'this Python cannot make virtual environments',
    hint: 'On Debian and Ubuntu: apt install python3-venv. Or install uv.',
  },
  {
    pattern: /No module named '?pip\b/,
    code: 'venv-broken',
    message: 'the environment has no pip; it was made by uv, or its making was interrupted',
    hint: 'Delete the environment and run `skiagram setup` again, or install uv.',
  },
];
