import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScoresDocument } from '../../../src/harness/scores-document.ts';
import type { JournalEntry } from '../../../src/store/journal.ts';
import type { KeptScores } from './example.ts';
import { type Descendant, harnessLeader, harnessWorkers, mark, marked } from './family.ts';

/** Who is killed, and with which signal. */
export const victims = [
  ['skiagram', 'SIGKILL'],
  ['skiagram', 'SIGTERM'],
  ['skiagram', 'SIGINT'],
  ['lm-eval', 'SIGKILL'],
  ['lm-eval', 'SIGTERM'],
  ['worker', 'SIGKILL'],
] as const satisfies readonly (readonly [string, NodeJS.Signals])[];
export type Victim = (typeof victims)[number];

export interface Kill {
  readonly victim: Victim;
  /** Milliseconds after the victim came to life (`worker`, `lm-eval`) or after the start (`skiagram`). */
  readonly afterMs: number;
  readonly config: string;
  readonly out: string;
  readonly python: string;
  readonly checkpoint: string;
}

export interface KillOutcome {
  /** What was going on: the last line of the harness's progress when the signal was sent. */
  readonly moment: string;
  /** Exit code or signal of the disturbed Skiagram. */
  readonly ended: string;
  readonly orphans: readonly Descendant[];
  /** Suites that were finished before the kill, and those that the resumed run did again all the same. */
  readonly finished: readonly string[];
  readonly again: readonly string[];
  readonly resumedWith: number | null;
  /** What the resumed run says of its failed stages. */
  readonly errors: readonly string[];
  /** The scores after `--resume`. */
  readonly scores: KeptScores | undefined;
}

/** Longest that anything may live on after the victim is gone: Skiagram's grace period is 10 s. */
const settleMs = 15_000;

/** Starts `skiagram evaluate`, kills, looks for survivors, resumes, and says what came of it. */
export async function killOnce(kill: Kill): Promise<KillOutcome> {
  const value = randomUUID();
  const child = evaluate(kill, [], value);
  child.stdout?.resume();
  const ended = exit(child);
  const target = await chosen(kill, child, value);
  const moment = target === undefined ? 'it had ended' : progressOf(kill);
  if (target !== undefined) signal(target, kill.victim[1]);
  const first = await ended;
  const orphans = await survivors(value);
  const finished = evaluated(kill.out);
  const again = evaluate(kill, ['--resume'], value);
  const [resumed, said] = await Promise.all([exit(again), again.stdout ? text(again.stdout) : '']);
  return {
    moment,
    ended: first,
    orphans: [...orphans, ...(await survivors(value))],
    finished,
    again: evaluated(kill.out).filter((suite, index, all) => finished.includes(suite) && all.indexOf(suite) !== index),
    errors: failures(said),
    resumedWith: /^\d+$/.test(resumed) ? Number(resumed) : null,
    scores: scoresOf(kill),
  };
}

/** Runs the same thing with nobody killing anything. */
export async function undisturbed(kill: Omit<Kill, 'victim' | 'afterMs'>): Promise<KeptScores> {
  const child = evaluate(kill, [], randomUUID());
  child.stdout?.resume();
  const code = await exit(child);
  const scores = scoresOf(kill);
  if (code !== '0' || scores === undefined) throw new Error(`the undisturbed run ended with ${code}`);
  return scores;
}

function evaluate(kill: Pick<Kill, 'config' | 'out' | 'python'>, more: readonly string[], value: string): ChildProcess {
  const main = new URL('../../../src/cli/main.ts', import.meta.url).pathname;
  const args = [main, 'evaluate', kill.config, '--out', kill.out, '--python', kill.python, '--json', ...more];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, [mark]: value } });
}

function exit(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, by) => resolve(String(code ?? by)));
  });
}

/** Codes and messages of failed stages in the command's JSON. */
function failures(said: string): string[] {
  try {
    const { stages } = JSON.parse(said) as { stages: { error?: { code: string; message: string } }[] };
    return stages.flatMap(({ error }) => (error ? [`${error.code}: ${error.message}`] : []));
  } catch {
    return [said.slice(0, 200)];
  }
}

/** The process to kill, once it lives and its time has come; undefined where the run was over before. */
async function chosen(
  { victim: [who], afterMs }: Kill,
  child: ChildProcess,
  value: string,
): Promise<number | undefined> {
  const find = (): number | undefined => {
    if (who === 'skiagram') return child.pid;
    const family = marked(value);
    return who === 'lm-eval' ? harnessLeader(family)?.pid : harnessWorkers(family)[0]?.pid;
  };
  while (running(child) && find() === undefined) await sleep(10);
  const until = Date.now() + afterMs;
  while (running(child) && Date.now() < until) await sleep(5);
  while (running(child)) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(5);
  }
  return undefined;
}

function running(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in this very moment.
  }
}

async function survivors(value: string): Promise<Descendant[]> {
  const until = Date.now() + settleMs;
  let living = marked(value);
  while (living.length > 0 && Date.now() < until) {
    await sleep(100);
    living = marked(value);
  }
  return living;
}

/** `checkpoint/suite` of every suite that the journal says was evaluated, in order, repeats included. */
function evaluated(out: string): string[] {
  const file = join(out, 'journal.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const entry = JSON.parse(line) as JournalEntry;
        return entry.event === 'evaluated' ? [entry.subject] : [];
      } catch {
        return [];
      }
    });
}

function scoresOf({ out, checkpoint }: Pick<Kill, 'out' | 'checkpoint'>): KeptScores | undefined {
  const file = join(out, 'scores', `${checkpoint}.json`);
  if (!existsSync(file)) return undefined;
  const items = readFileSync(join(out, 'samples', `${checkpoint}.parquet`));
  return {
    document: JSON.parse(readFileSync(file, 'utf8')) as ScoresDocument,
    items: createHash('sha256').update(items).digest('hex'),
  };
}

/** The last thing that any harness of this run said. */
function progressOf({ out, checkpoint }: Kill): string {
  const logs = ['second', 'first'].map((suite) => join(out, 'harness', checkpoint, suite, 'stderr.log'));
  const log = logs.find((file) => existsSync(file));
  if (log === undefined) return 'before lm-eval';
  const last =
    readFileSync(log, 'utf8')
      .split(/[\r\n]/)
      .findLast((line) => line.trim() !== '' && !line.includes(' DEBUG ')) ?? 'starting';
  const suite = log.includes('/second/') ? 'second' : 'first';
  return `${suite}: ${last
    .replace(/^\S+ (?:INFO|DEBUG|WARNING) +\[[^\]]*\] /, '')
    .replace(/\|[^|]*\|/, '')
    .trim()
    .slice(0, 46)}`;
}
