import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The package as npm would publish it, used from outside the repository: `npm run test:package`.
 *
 * Packs, unpacks into an empty folder beside this repository's dependencies, and runs the recorded example, its report, gate and
 * card from the built JavaScript. Needs no network.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'skiagram-package-'));
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', place], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [archive = ''] = readdirSync(place);
  execFileSync('tar', ['-xzf', join(place, archive), '-C', place]);
  const installed = join(place, 'node_modules', 'skiagram');
  mkdirSync(join(place, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((name) => !name.startsWith('.')))
    symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name));
  execFileSync('mv', [join(place, 'package'), installed]);
  const run = (...line: string[]): string => {
    console.log(`$ skiagram ${line.join(' ')}`);
    return execFileSync(process.execPath, [join(installed, 'dist/cli/main.js'), ...line], {
      cwd: place,
      encoding: 'utf8',
    });
  };
  process.stdout.write(run('--version'));
  const recorded = join(installed, 'examples/tiny/recorded.yaml');
  run('run', recorded, '--out', 'run', '--quiet', '--format', 'html,md,json,csv,parquet');
  run('diagnose', join(installed, 'examples/tiny/checkpoints/base'), '--engine', 'portable', '--quiet');
  run('gate', 'run', '--policy', join(installed, 'examples/tiny/policy.yaml'), '--quiet');
  run('card', 'run', '--quiet');
  run('leaderboard', 'run', '--quiet');
  run('explain', 'benchmark-shadow');
  for (const name of [
    'report.html',
    'report.md',
    'report.json',
    'tables/scores.csv',
    'tables/scores.parquet',
    'gate.json',
  ])
    if (!existsSync(join(place, 'run', name))) throw new Error(`The installed package did not write ${name}.`);
  const exported = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', "import * as skiagram from 'skiagram'; console.log(Object.keys(skiagram).length)"],
    { cwd: place, encoding: 'utf8' },
  );
  console.log(`The library exports ${exported.trim()} names. The package works as installed.`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
