import { readFileSync, writeFileSync } from 'node:fs';
import { rankDraws } from '../src/leaderboard/ranking/rank-models.ts';
import { simulateRanks, worlds } from './ranks/worlds.ts';

/**
 * Simulates how often all rank intervals of a leaderboard hold all true ranks at once, and writes the table into
 * docs/LEADERBOARD.md. `--quick` simulates a fifth, prints and writes nothing;
 * `--runs=N` takes another number of data sets a world.
 */
const quick = process.argv.includes('--quick');
const asked = process.argv.find((argument) => /^--runs=\d+$/.test(argument));
const [runs, seed] = [asked ? Number(asked.slice(7)) : quick ? 200 : 1000, 20261125];
const draws = rankDraws;
const started = performance.now();
const rows = worlds.map((world) => {
  const { held, width } = simulateRanks(world, runs, draws, seed);
  const share = (100 * held) / runs;
  const shown = share < 95 ? `**${share.toFixed(1)}**` : share.toFixed(1);
  const tasks = world.families.reduce((sum, count) => sum + count, 0);
  process.stderr.write(
    `${world.name}: ${share.toFixed(1)} %, ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
  );
  return `| ${world.name} | ${world.abilities.length} | ${tasks} × ${world.items} | ${shown} | ${width.toFixed(1)} |`;
});
const table = [
  `${runs} data sets a world, ${draws} draws each, seed ${seed}; Monte Carlo error of a cell near 95 %: ${(100 * Math.sqrt((0.95 * 0.05) / runs)).toFixed(1)} points. Below 95 is **bold**.`,
  '',
  '| world | models | tasks × items | all true ranks held, % | mean width, ranks |',
  '| --- | --- | --- | --- | --- |',
  ...rows,
].join('\n');
if (quick) process.stdout.write(`${table}\n`);
else {
  const page = readFileSync('docs/LEADERBOARD.md', 'utf8');
  const between = /(<!-- ranks -->\n)[\s\S]*(<!-- \/ranks -->)/;
  if (!between.test(page)) throw new Error('docs/LEADERBOARD.md has no place for the table');
  writeFileSync(
    'docs/LEADERBOARD.md',
    page.replace(between, (_, before: string, after: string) => `${before}${table}\n${after}`),
  );
}
