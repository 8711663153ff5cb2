import { expect, it } from 'vitest';
import { setupError } from '../../../src/harness/setup/errors.ts';

const ended = { by: 'itself', exitCode: 1, signal: undefined, failure: undefined } as const;

it.each([
  ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', 'disk-full'],
  ['error: failed to write to file: No space left on device (os error 28)', 'disk-full'],
  [
    "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/torch/",
    'setup-network',
  ],
  ['  Caused by: dns error: failed to lookup address information: Name or service not known', 'setup-network'],
  ['ERROR: No matching distribution found for torch==2.15.0', 'setup-unsupported'],
  ['The virtual environment was not created successfully because ensurepip is not available.', 'venv-unavailable'],
  ['/x/.venv/bin/python: No module named pip', 'venv-broken'],
  ['something else', 'setup-failed'],
])('"%s" is explained as %s.', (line, code) => {
  expect(setupError('installing packages', ended, ['before', line])).toMatchObject({
    code,
    message: expect.stringContaining('Setup failed while installing packages'),
    cause: expect.stringContaining(line.slice(0, 40)),
  });
});

it('The cause gives no credentials of a package index away.', () => {
  const error = setupError('installing packages', ended, ['Looking in indexes: https://me:pass@mirror.example/simple']);
  expect(error.cause).toBe('Looking in indexes: https://***@mirror.example/simple');
});
