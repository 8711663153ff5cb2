import { writeFileSync } from 'node:fs';
import { simulations } from './intervals/all.ts';
import { notes } from './intervals/notes.ts';
import { tableText } from './intervals/page.ts';
import { holds, type Size } from './intervals/simulate.ts';

/**
 * Simulates how often the product's own intervals hold the truth and its tests reject where there is nothing, and
 * writes docs/COVERAGE.md. `--quick` simulates a tenth, prints and writes nothing; a part of a heading picks sections.
 */
const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const size: Size = { runs: quick ? 200 : 2000, seed: 20261125, thin: 1 };
const started = performance.now();
const parts: string[] = [];
let [cells, asked, missed] = [0, 0, 0];
for (const [heading, simulation] of Object.entries(simulations)) {
  if (wanted !== undefined && !heading.toLowerCase().includes(wanted.toLowerCase())) continue;
  const tables = simulation(size);
  const rates = tables.flatMap((table) => table.rows.flatMap((row) => row.rates));
  cells += rates.length;
  asked += rates.filter((rate) => rate.bounds).length;
  missed += rates.filter((rate) => !holds(rate)).length;
  parts.push(`## ${heading}\n`, notes[heading] ?? '', ...tables.map(tableText));
}
const seconds = Math.round((performance.now() - started) / 1000);
const page = [
  '# Do the intervals hold what they say?',
  '',
  `\`npm run simulate:coverage\`: the product's own functions on planted truth, at least ${size.runs} simulated runs a cell, seed ${size.seed}, ${seconds} s on`,
  `two shared cores. Nominal level 95 %; wanted [93 %, 97 %] (Monte Carlo error of a cell: 0.5 points), tests at 5 % [4 %, 6 %].`,
  `${asked} of ${cells} rates have a bound; ${missed} miss it and are **bold**. \`-- --quick\` runs a tenth and writes nothing.`,
  '',
  ...parts,
].join('\n');
if (quick || wanted !== undefined) process.stdout.write(`${page}\n`);
else writeFileSync('docs/COVERAGE.md', `${page.trimEnd()}\n`);
