import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The cache is Python that lm-eval loads, so it needs the harness's environment: `skiagram setup`. */
const python = resolve('.venv/bin/python');

describe.skipIf(!existsSync(python))('answer cache of lm-eval (needs .venv)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'skiagram-answers-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(program: string, name: string): Promise<{ stdout: string; signal: string | undefined }> {
    const ended = await execa(python, ['-c', program, join(folder, name)], {
      env: { PYTHONPATH: resolve('python') },
      reject: false,
    });
    return { stdout: String(ended.stdout), signal: ended.signal };
  }

  it('writes what sqlitedict reads', async () => {
    await run(
      `import sys; from skiagram_lm_eval.answer_cache import AnswerCache as C
c = C(sys.argv[1], autocommit=True); c['a'] = (-1.5, True); c['b'] = 'text'; c['a'] = 'second'; c.commit()`,
      'read.db',
    );
    const { stdout } = await run(
      `import sys, json; from sqlitedict import SqliteDict as C
print(json.dumps(dict(C(sys.argv[1]).items())))`,
      'read.db',
    );
    expect(JSON.parse(stdout)).toEqual({ a: [-1.5, true], b: 'text' });
  });

  it('reads what sqlitedict wrote, and knows its keys', async () => {
    await run(
      `import sys; from sqlitedict import SqliteDict as C
c = C(sys.argv[1], autocommit=True); c['a'] = (-2.0, False); c.close()`,
      'old.db',
    );
    const { stdout } = await run(
      `import sys, json; from skiagram_lm_eval.answer_cache import AnswerCache as C
c = C(sys.argv[1]); print(json.dumps([c['a'], 'a' in c, 'b' in c]))`,
      'old.db',
    );
    expect(JSON.parse(stdout)).toEqual([[-2, false], true, false]);
  });

  it('keeps what is older than a second when it is killed', async () => {
    const { signal } = await run(
      `import os, signal, sys, time; from skiagram_lm_eval.answer_cache import AnswerCache as C
c = C(sys.argv[1]); c['old'] = 1; time.sleep(1.1); c['then'] = 2; c['last'] = 3; os.kill(os.getpid(), signal.SIGKILL)`,
      'killed.db',
    );
    expect(signal).toBe('SIGKILL');
    const { stdout } = await run(
      `import sys; from skiagram_lm_eval.answer_cache import AnswerCache as C
c = C(sys.argv[1]); print([key in c for key in ('old', 'then', 'last')])`,
      'killed.db',
    );
    expect(stdout).toBe('[True, True, False]');
  });

  it('writes the rest at a normal end', async () => {
    await run(
      `import sys; from skiagram_lm_eval.answer_cache import AnswerCache as C
c = C(sys.argv[1]); c['only'] = 1`,
      'end.db',
    );
    const { stdout } = await run(
      `import sys; from skiagram_lm_eval.answer_cache import AnswerCache as C
print(C(sys.argv[1])['only'])`,
      'end.db',
    );
    expect(stdout).toBe('1');
  });
});
