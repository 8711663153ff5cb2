import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { commands as loaders } from '../../src/cli/commands/registry.ts';
import { PathDiagnosis } from '../../src/pipeline/diagnose-path.ts';
import { skiagram } from './skiagram.ts';

const commands = await Promise.all(Object.values(loaders).map((load) => load()));
const tiny = 'examples/tiny/checkpoints';
const scratch = (): string => mkdtempSync(join(tmpdir(), 'skiagram-cli-'));

test('--version prints the version of package.json', async () => {
  const { stdout, exitCode } = await skiagram(['--version']);
  expect([stdout.trim(), exitCode]).toEqual([
    (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
    0,
  ]);
});

test('every command is registered under its own name', () => {
  expect(commands.map(({ name }) => name)).toEqual(Object.keys(loaders));
});

test('a name that every object has is no command', async () => {
  const { stderr, exitCode } = await skiagram(['constructor']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("unknown command 'constructor'")]);
});

test('a file name with a line break or an escape sequence leaves the message on one line', async () => {
  const { stderr, exitCode } = await skiagram(['run', 'no\nsuch\u001b[31m.yaml']);
  expect(exitCode).toBe(2);
  expect(stderr.split('\n')[0]).toContain('no␊such␛[31m.yaml');
});

test('a reader who leaves early ends nothing and sees no trace', async () => {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'schema', 'dossier'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  expect([code, errors]).toEqual([0, '']);
});

describe('help', () => {
  test.each(commands.map((command) => command.name))('%s --help shows at least one example', async (name) => {
    const { stdout, exitCode } = await skiagram([name, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}# .+\n {2}\$ skiagram /);
  });

  // `report` reads the run that the first example of `run` makes, so the examples are tried in this order.
  const order = [
    'run',
    'evaluate',
    'diagnose',
    'import',
    'report',
    'gate',
    'card',
    'leaderboard',
    'open',
    'compare',
    'chart',
    'query',
    'init',
    'doctor',
    'setup',
    'schema',
    'explain',
    'list',
    'demo',
  ];
  test('every example works as printed', async () => {
    const folder = scratch();
    const inScratch = (line: string): string[] =>
      (line.match(/"[^"]*"|\S+/g) ?? [])
        .slice(1)
        .map((word) => word.replace(/^"(.*)"$/, '$1'))
        .map((word) => (word === 'my-release' || word.startsWith('runs/') ? join(folder, word) : word));
    const examples = order.flatMap((name) => commands.find((command) => command.name === name)?.examples ?? []);
    expect(examples.length).toBe(commands.reduce((sum, command) => sum + command.examples.length, 0));
    for (const { line } of examples) {
      const args = inScratch(line);
      const { exitCode, stderr } = await skiagram(
        line.includes('demo') ? [...args, '--out', join(folder, 'runs/demo')] : args,
      );
      expect(exitCode, `${line}\n${stderr}`).toBe(0);
    }
  }, 240_000);
});

describe('diagnose', () => {
  test('--json keeps stdout to one document of the published schema, alone and with a base', async () => {
    const alone = await skiagram(['diagnose', `${tiny}/narrow`, '--json']);
    expect(problemsOf(PathDiagnosis, JSON.parse(alone.stdout))).toEqual([]);
    const paired = await skiagram(['diagnose', `${tiny}/narrow`, '--base', `${tiny}/base`, '--json']);
    const document = JSON.parse(paired.stdout) as PathDiagnosis;
    expect(problemsOf(PathDiagnosis, document)).toEqual([]);
    expect(document.pair?.model.median_relative_change).toMatchObject({ status: 'ok' });
  });

  test('both engines print the same table', async () => {
    const [portable, native] = [
      await skiagram(['diagnose', `${tiny}/base`, '--engine', 'portable']),
      await skiagram(['diagnose', `${tiny}/base`, '--engine', 'auto']),
    ];
    const body = (text: string): string => text.split('\n').slice(2).join('\n');
    expect(body(portable.stdout)).toBe(body(native.stdout));
  });

  test('--pairs-only prints what the sums say, asks for a base, and marks the rest as not requested', async () => {
    const alone = await skiagram(['diagnose', `${tiny}/narrow`, '--pairs-only']);
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('--base')]);
    const paired = ['diagnose', `${tiny}/narrow`, '--base', `${tiny}/base`, '--pairs-only'];
    const document = JSON.parse((await skiagram([...paired, '--json'])).stdout) as PathDiagnosis;
    expect(problemsOf(PathDiagnosis, document)).toEqual([]);
    expect(document.matrices[0]?.diagnostics.alpha).toMatchObject({ code: 'not-requested' });
    expect(document.pair?.matrices[0]?.diagnostics.relative_change).toMatchObject({ status: 'ok' });
    const { stdout } = await skiagram([...paired, '--matrices']);
    expect(stdout.match(/_proj\.weight/g)).toHaveLength(
      document.matrices.filter(({ name }) => name.includes('_proj')).length,
    );
    expect(stdout).toContain('median relative change');
  });

  test('--engine torch where no Python has torch is exit code 2 with what to do', async () => {
    const { exitCode, stderr } = await skiagram(['diagnose', `${tiny}/base`, '--engine', 'torch'], {
      env: { SKIAGRAM_PYTHON: '/nowhere/python' },
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('SKIAGRAM_PYTHON')]);
  });

  test('a folder that is not there is named, with exit code 3 and no stack trace', async () => {
    const { stderr, exitCode } = await skiagram(['diagnose', '/nowhere/checkpoint']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('/nowhere/checkpoint');
    expect(stderr).toContain('hint');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('wrong usage', () => {
  test('an unknown command is exit code 2 with a suggestion', async () => {
    const { stderr, exitCode } = await skiagram(['diagnos', 'x']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean diagnose?')]);
  });

  test('an unknown flag, a bad number and an unknown format are exit code 2', async () => {
    expect((await skiagram(['diagnose', tiny, '--bse', 'x'])).exitCode).toBe(2);
    expect((await skiagram(['diagnose', tiny, '--jobs', 'many'])).exitCode).toBe(2);
    const { stderr, exitCode } = await skiagram(['report', '--format', 'htm']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean "html"?')]);
  });

  test('an unknown schema, term or config says what there is', async () => {
    expect((await skiagram(['schema', 'verdikt'])).stderr).toContain('Did you mean "verdict"?');
    expect((await skiagram(['explain', 'alfa'])).stderr).toContain('Did you mean "alpha"?');
    const { stderr, exitCode } = await skiagram(['run'], { cwd: scratch() });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('skiagram init')]);
  });

  test('with --json an error is one JSON document on stderr and stdout stays empty', async () => {
    const { stdout, stderr } = await skiagram(['diagnose', '/nowhere', '--json', '--quiet']);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'checkpoint-missing' } });
  });

  test('init refuses to overwrite and says how to', async () => {
    const folder = scratch();
    expect((await skiagram(['init', folder])).exitCode).toBe(0);
    expect(await skiagram(['init', folder])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--force') });
  });
});
