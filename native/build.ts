import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Builds the Rust kernel and puts it where src/spectrum/native.ts looks for it. `npm run build:native`.
const folder = fileURLToPath(new URL('.', import.meta.url));
const libraries: Readonly<Record<string, string>> = {
  linux: 'libskiagram_native.so',
  darwin: 'libskiagram_native.dylib',
  win32: 'skiagram_native.dll',
};

const built = spawnSync('cargo', ['build', '--release', '--locked'], { cwd: folder, stdio: 'inherit' });
if (built.error && (built.error as NodeJS.ErrnoException).code !== 'ENOENT') throw built.error;
if (built.error) {
  console.error(
    'cargo was not found. Install Rust from your package manager or rustup, or go on without: the portable engine needs no compiler.',
  );
  process.exit(3);
}
if (built.status !== 0) process.exit(built.status ?? 3);
const target = `${folder}skiagram-native.${process.platform}-${process.arch}.node`;
// Renamed into place: a process that has the old file mapped keeps it.
copyFileSync(`${folder}target/release/${libraries[process.platform] ?? libraries.linux}`, `${target}.new`);
renameSync(`${target}.new`, target);
console.log(`built ${target}`);
