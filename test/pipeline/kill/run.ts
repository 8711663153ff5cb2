import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { randomStream } from '../../../src/base/random.ts';
import { findHarness } from '../../../src/pipeline/find-harness.ts';
import { checkpoint, killExample, scoresOnly } from './example.ts';
import { type KillOutcome, killOnce, undisturbed, victims } from './kill-once.ts';

/**
 * Kills lm-eval, one of its workers, or Skiagram itself at seeded random moments of real runs, and checks each time that no
 * process is left, that no finished suite is done again, and that `--resume` ends with the undisturbed scores, digit for digit.
 *
 *     npm run test:kill -- [--kills 20] [--seed 1] [--limit 60] [--python PATH]
 *
 * About a minute a kill on two cores. Needs Linux (/proc) and a Python with lm-eval. Exit code 1 where one check fails.
 */
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '60' },
    python: { type: 'string' },
  },
});
const random = randomStream(Number(options.seed));
const { python } = await findHarness(options.python, '.');
const folder = mkdtempSync(join(tmpdir(), 'skiagram-kill-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const config = killExample(folder, Number(options.limit));

const began = Date.now();
const expected = scoresOnly(await undisturbed({ config, out: join(folder, 'whole'), python, checkpoint }));
const wholeMs = Date.now() - began;
console.log(`An undisturbed run took ${(wholeMs / 1000).toFixed(1)} s.\n`);
console.log('| # | killed | after | while | ended with | finished before | resumed with | outcome |');
console.log('| --: | --- | --: | --- | --- | --- | --: | --- |');

let failures = 0;
for (let index = 0; index < Number(options.kills); index++) {
  const victim = victims[index % victims.length] ?? victims[0];
  // A worker lives for a second or two, lm-eval for half of the run (there are two suites).
  const span = { skiagram: 0.6 * wholeMs, 'lm-eval': wholeMs / 2, worker: 500 }[victim[0]];
  const afterMs = Math.round(random.uniform() * span);
  const out = join(folder, `killed-${index}`);
  const outcome = await killOnce({ victim, afterMs, config, out, python, checkpoint });
  const problems = problemsOf(outcome);
  failures += problems.length > 0 ? 1 : 0;
  console.log(
    `| ${index + 1} | ${victim.join(' ')} | ${(afterMs / 1000).toFixed(1)} s | ${outcome.moment.replaceAll('|', '/')} | ${outcome.ended} | ${outcome.finished.join(', ') || '–'} | ${outcome.resumedWith ?? '–'} | ${problems.join('; ') || 'ok'} |`,
  );
  if (problems.length === 0) rmSync(out, { recursive: true, force: true });
}
console.log(`\n${Number(options.kills) - failures} passed, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;

function problemsOf(outcome: KillOutcome): string[] {
  const problems = outcome.orphans.map(({ pid, command }) => `orphan ${pid} ${command.slice(0, 60)}`);
  problems.push(...outcome.again.map((suite) => `${suite} was finished and done again`));
  if (outcome.resumedWith !== 0)
    problems.push(`--resume ended with ${outcome.resumedWith}: ${outcome.errors.join('; ')}`);
  else if (outcome.scores === undefined || !isDeepStrictEqual(scoresOnly(outcome.scores), expected))
    problems.push('other scores than undisturbed');
  return problems;
}
