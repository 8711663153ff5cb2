import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGuarded } from '../../src/process/guarded.ts';
import { folder } from '../harness/stage.ts';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script] });

describe('a guarded command', () => {
  it('tells its exit code, and every line of both streams, whole ones once', async () => {
    const lines: string[] = [];
    const ended = await runGuarded({
      ...node('process.stdout.write("a\\nb"); process.stderr.write("1\\r2\\n"); process.exitCode = 3'),
      onPiece: (piece, { stream, complete }) => complete && lines.push(`${stream} ${piece}`),
    });
    expect(ended).toEqual({ by: 'itself', exitCode: 3, signal: undefined, failure: undefined });
    expect(lines.sort()).toEqual(['stderr 1', 'stderr 2', 'stdout a', 'stdout b']);
  });

  it('copies its output to files, byte for byte', async () => {
    const path = await folder();
    const [stdoutFile, stderrFile] = [join(path, 'out'), join(path, 'err')];
    await runGuarded({
      ...node('process.stdout.write("x".repeat(300000)); console.error("é\\r")'),
      stdoutFile,
      stderrFile,
    });
    expect(await readFile(stdoutFile, 'utf8')).toHaveLength(300_000);
    expect(await readFile(stderrFile, 'utf8')).toBe('é\r\n');
  });

  it('that does not exist, or whose output cannot be kept, says so instead of throwing', async () => {
    expect(await runGuarded({ file: '/no/such/program', args: [] })).toMatchObject({
      by: 'spawn',
      failure: expect.stringContaining('ENOENT'),
    });
    const kept = await runGuarded({ ...node(''), stdoutFile: join(await folder(), 'no', 'such', 'folder') });
    expect(kept.failure).toContain('ENOENT');
  });

  it('has an end in spite of a time limit longer than timers can count', async () => {
    const ended = await runGuarded({ ...node(''), timeoutMs: Number.MAX_SAFE_INTEGER });
    expect(ended).toMatchObject({ by: 'itself', exitCode: 0 });
  });

  it('does not inherit a variable that is set to undefined', async () => {
    const lines: string[] = [];
    const onPiece = (piece: string): unknown => lines.push(piece);
    await runGuarded({
      ...node('console.log(typeof process.env.PATH, process.env.ADDED)'),
      env: { PATH: undefined, ADDED: 'yes' },
      onPiece,
    });
    expect(lines).toContain('undefined yes');
  });
});
