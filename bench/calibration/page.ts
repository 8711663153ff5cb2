import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Cell } from './cells.ts';
import { lowerBound, upperBound } from './clopper-pearson.ts';
import { plan, type ScoreCell, type WeightCell } from './plan.ts';
import type { Counted } from './work.ts';

/** A cell that was run. */
export interface Result extends Counted {
  readonly cell: Cell;
  readonly worlds: number;
}

interface Scored extends Counted {
  readonly cell: ScoreCell;
  readonly worlds: number;
}

interface Weighed extends Counted {
  readonly cell: WeightCell;
  readonly worlds: number;
}

const { acceptance } = plan;

/** What was accepted beforehand and does not hold, one line each. */
export function misses(results: readonly Result[]): string[] {
  const lines: string[] = [];
  for (const { cell, tally, worlds } of scored(results)) {
    const { none, wrong, found, held } = shadowsOf(tally, worlds);
    if (cell.role !== 'power') {
      if (wrong / none > acceptance.falseShadow)
        lines.push(`(a) ${cell.id}: false-shadow rate ${percent(wrong / none)}`);
      else if (worlds >= plan.worlds.null && upperBound(wrong, none) > acceptance.falseShadowUpper)
        lines.push(`(a) ${cell.id}: upper bound of the false-shadow rate ${percent(upperBound(wrong, none))}`);
    }
    if (cell.accepted && found / held < acceptance.power) lines.push(`(b) ${cell.id}: power ${percent(found / held)}`);
    for (const name of ['S', 'tau'] as const) {
      const rate = coverageOf(name, tally);
      if (rate !== undefined && bounded(name, cell) && (rate < acceptance.coverage[0] || rate > acceptance.coverage[1]))
        lines.push(`(c) ${cell.id}: coverage of ${name === 'S' ? 'S' : 'τ'} ${percent(rate)}`);
    }
    if (cell.role === 'spike' && count(tally, 'asymmetric') / worlds > acceptance.spike)
      lines.push(`(g) ${cell.id}: called asymmetric ${percent(count(tally, 'asymmetric') / worlds)}`);
  }
  for (const { cell, tally } of weighed(results)) {
    const [found, lost] = [count(tally, 'matrices:recoordinatised'), count(tally, 'matrices:uncorrelated')];
    if (cell.symmetry && (lost === 0 || found / lost < acceptance.recoordinatised))
      lines.push(`(d) ${cell.id}: ${found} of ${lost} matrices recoordinatised`);
  }
  return lines;
}

/** docs/CALIBRATION.md, or the same on the terminal without its plots. */
export function calibrationPage(results: readonly Result[], to: 'docs' | 'print'): string {
  const missed = misses(results);
  const total = results.reduce((sum, { worlds }) => sum + worlds, 0);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const parts = [
    '# Calibration on planted truth',
    `\`npm run calibrate\`: ${total.toLocaleString('en')} worlds with known truth in ${results.length} cells, through the product's own path (results as a reader hands them over, taxonomy, dossier, findings, verdict; checkpoints on disk, spectra, diagnostics), with the product's constants. Seed ${plan.seed}; ${(seconds / 60).toFixed(0)} minutes of one core. Cells, seeds, sizes and what is accepted were committed in bench/calibration/plan.ts before this run; what was changed after a first, smaller one, and why, is in [ADR 13](adr/0013-no-shadow-without-an-axis.md). No threshold was tuned. Numbers for programs: [results.json](calibration/results.json).`,
    '## What was accepted beforehand, and what holds',
    verdicts(results),
    whatLimits(),
    ...(missed.length > 0 ? [`${missed.length} cells miss:`, missed.map((line) => `- ${line}`).join('\n')] : []),
    ...(to === 'docs'
      ? [
          '![False-shadow rate of every null cell with its bounds](calibration/false-shadow.svg)',
          '![Shadows found by size of the planted gain](calibration/power.svg)',
        ]
      : []),
    ...scorePart(results),
    ...weightPart(results),
    ...jointPart(results),
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdicts(results: readonly Result[]): string {
  const missed = misses(results);
  const row = (letter: string, what: string, cells: number): string[] => {
    const own = missed.filter((line) => line.startsWith(`(${letter})`)).length;
    return [
      `(${letter})`,
      what,
      cells === 0 ? 'not run' : own === 0 ? `holds in all ${cells}` : `**missed by ${own}** of ${cells}`,
    ];
  };
  const own = scored(results);
  const nulls = own.filter(({ cell }) => cell.role !== 'power');
  return table(
    ['', 'METHOD § 5.4', 'cells'],
    [
      row(
        'a',
        `false-shadow rate ≤ ${percent(acceptance.falseShadow)}, upper bound ≤ ${percent(acceptance.falseShadowUpper)} (the bound is asked of cells with ${plan.worlds.null} worlds or more)`,
        nulls.length,
      ),
      byMeansPlanted(nulls),
      row(
        'b',
        `power ≥ ${percent(acceptance.power)} at 10 κ-points in 2 of 5 families`,
        own.filter(({ cell }) => cell.accepted).length,
      ),
      row(
        'c',
        'coverage of S and τ 93–97 % (τ: where families are uneven; at τ = 0 an interval can only cover more)',
        own.filter(({ cell, tally }) =>
          (['S', 'tau'] as const).some((name) => coverageOf(name, tally) !== undefined && bounded(name, cell)),
        ).length,
      ),
      row('d', 'exact symmetries recoordinatised', weighed(results).filter(({ cell }) => cell.symmetry).length),
      row('g', 'one-task spikes called asymmetric ≤ 5 %', own.filter(({ cell }) => cell.role === 'spike').length),
    ],
  );
}

/** The same rate by the means that families were drawn around, as the plan had it first (ADR 13). Shown, not accepted upon. */
function byMeansPlanted(nulls: readonly Scored[]): string[] {
  const above = nulls.filter(({ tally, worlds }) => shadowsOf(tally, worlds).called / worlds > acceptance.falseShadow);
  const most = Math.max(...above.map(({ tally, worlds }) => shadowsOf(tally, worlds).called / worlds));
  return [
    '',
    `for comparison: called at all in a null cell, by the means that families were drawn around ≤ ${percent(acceptance.falseShadow)}`,
    above.length === 0
      ? `holds in all ${nulls.length}`
      : `**above in ${above.length}** of ${nulls.length}, at most ${percent(most)}: ${above.map(({ cell }) => cell.id.replace('null/', '').replace('/declared', '')).join(', ')}`,
  ];
}

/**
 * Why the rate by planted means and the power cannot both be had. Neyman–Pearson: against 10 / 5 the best test of 10 / 0 looks at the
 * coverage families alone; with their scatter known and no item noise at all its power is Φ(5√n/SD − z).
 */
function whatLimits(): string {
  const [families, shift] = [3, 5];
  const z = normalQuantile(1 - acceptance.falseShadow, 0, 1);
  const power = normalCdf((shift * Math.sqrt(families)) / plan.unevenness.families - z, 0, 1);
  return `The last of (a) cannot be met beside (b) by any rule. Families that scatter by ${plan.unevenness.families} points around what was planted are data about those families, not about the means: on the edge, 10 / 5, the most powerful test there is (Neyman–Pearson, the scatter known, no item noise, ${families} coverage families) finds 10 / 0 in ${percent(power)} of worlds when it may be wrong in ${percent(acceptance.falseShadow)}; (b) asks ${percent(acceptance.power)}. So a verdict speaks of the families of the suite, and the report says so. Where no change was planted, most of the worlds that are called do hold a contrast of 5 points by their own families (columns *hold one* and *of these found*).`;
}

function scorePart(results: readonly Result[]): string[] {
  const own = scored(results);
  if (own.length === 0) return [];
  const head = [
    'world',
    'axis',
    'families × tasks × items',
    'worlds',
    'called a shadow',
    'hold none',
    'of these called',
    '95 % bounds',
    'hold one',
    'of these found',
    'families as replicates',
    'broad',
    'no change',
    'regression',
    'abstains',
    'S covered',
    'τ covered',
    'why not (most frequent)',
  ];
  const rows = (role: ScoreCell['role']): string[][] => own.filter(({ cell }) => cell.role === role).map(scoreRow);
  return [
    '## Score worlds',
    `Base and subject answer the same items, logit P(right) = level + task + item (SD ${plan.items.itemSd}, shared by both). Gains are planted in κ-points on the measured scale: "20 / 0" is a mean gain of 20 points in the targeted families and none in the coverage families. Natural unevenness: true gains of families scatter by ${plan.unevenness.families} points (SD) around what was planted and those of tasks by ${plan.unevenness.tasks} around their family; rows marked *even* have no scatter between families. Whether a world *holds* a shadow is asked of its own families: mean true gain of the targeted ones T ≥ ${plan.shadow.targeted}, T − C ≥ ${plan.shadow.contrast}, C < ½T. In rows marked *centred* unevenness moves families within their side only, so that T and C are exactly what was planted. *Called* = the pattern *asymmetric-gain*, which becomes a shadow where the weights are limited; broad = *transferring* or *uniform*. *Families as replicates*: what would be called if an asymmetric gain also needed the upper bound of C − ½T below 0 with families as draws (F − 2 degrees of freedom); tried, not taken. S covers the contrast of these families as they truly are; τ the spread families were drawn with.`,
    '### Null worlds: no shadow is planted',
    table(head, rows('null')),
    '### One task spikes',
    table(
      [...head, 'asymmetric'],
      own
        .filter(({ cell }) => cell.role === 'spike')
        .map((row) => [...scoreRow(row), percent(count(row.tally, 'asymmetric') / row.worlds)]),
    ),
    '### Planted shadows',
    table(head, rows('power')),
  ];
}

function scoreRow({ cell, tally, worlds }: Scored): string[] {
  const { called, none, wrong, held, found } = shadowsOf(tally, worlds);
  const share = (...patterns: string[]): string =>
    percent(patterns.reduce((sum, pattern) => sum + count(tally, `pattern:${pattern}`), 0) / worlds);
  const covered = (name: 'S' | 'tau'): string => {
    const rate = coverageOf(name, tally);
    if (rate === undefined) return '–';
    return bounded(name, cell)
      ? marked(percent(rate), rate >= acceptance.coverage[0] && rate <= acceptance.coverage[1])
      : `(${percent(rate)})`;
  };
  const kept = none > 0 && (cell.role === 'power' || wrong / none <= acceptance.falseShadow);
  const enough = !cell.accepted || found / held >= acceptance.power;
  return [
    truthText(cell),
    cell.declared ? 'declared' : 'none',
    `${cell.targeted}+${cell.coverage} × ${cell.tasks} × ${cell.items}`,
    `${worlds}`,
    percent(called / worlds),
    `${none}`,
    none === 0 ? '–' : marked(percent(wrong / none), kept),
    none === 0 ? '–' : bounds(wrong, none),
    `${held}`,
    held === 0 ? '–' : `${marked(percent(found / held), enough)} (${bounds(found, held)})`,
    cell.declared ? percent(count(tally, 'replicates:asymmetric-gain') / worlds) : '–',
    share('transferring', 'uniform-gain'),
    share('no-change'),
    share('uneven-regression', 'uniform-regression'),
    share('inconclusive'),
    covered('S'),
    covered('tau'),
    reasons(tally, worlds),
  ];
}

/** Worlds of a cell by what they hold and what was called. */
export function shadowsOf(
  tally: Counted['tally'],
  worlds: number,
): { called: number; none: number; wrong: number; held: number; found: number } {
  const [held, found, wrong] = ['held', 'found', 'false'].map((what) => count(tally, `shadow:${what}`)) as [
    number,
    number,
    number,
  ];
  return { called: found + wrong, none: worlds - held, wrong, held, found };
}

function bounds(times: number, of: number): string {
  return `${percent(lowerBound(times, of))}–${percent(upperBound(times, of))}`;
}

function truthText({ truth, uneven, chance, cluster, ceiling, centred }: ScoreCell): string {
  return [
    truth.kind === 'spike' ? `one task +${truth.points}` : `${truth.targeted} / ${truth.coverage}`,
    ...(uneven === 0 ? ['even'] : centred ? ['centred'] : []),
    ...(chance > 0 ? [`chance ${percent(chance)}`] : []),
    ...(cluster > 1 ? [`passages of ${cluster}`] : []),
    ...(ceiling ? ['coverage at the ceiling'] : []),
  ].join(', ');
}

function weightPart(results: readonly Result[]): string[] {
  const own = weighed(results);
  if (own.length === 0) return [];
  const labels = ['limited', 'partial', 'deep', 'not-assessable'];
  return [
    '## Weight worlds',
    'Decoders of twelve layers with seven matrices each (width 64, grouped heads), W₀ = UΛVᵀ with a Pareto tail of exponent 2.5 to 7 over a bulk, written as safetensors and read again. *True label* is by construction; – where the change lies on a limit and either answer is defensible. In symmetric worlds the function is unchanged (but for the layer shift); what counts is that matrices without correlation are recognised and nothing is called deep. Bounds are one-sided 95 %.',
    table(
      ['change', 'true label', 'worlds', ...labels, 'true label given', 'recoordinatised'],
      own.map(({ cell, tally, worlds }) => {
        const right = count(tally, `label:${cell.truth}`);
        return [
          cell.id.replace('weights/', ''),
          cell.truth === 'shown' || cell.symmetry ? '–' : cell.truth,
          `${worlds}`,
          ...labels.map((label) => percent(count(tally, `label:${label}`) / worlds)),
          cell.truth === 'shown' || cell.symmetry
            ? '–'
            : `${percent(right / worlds)} (≥ ${percent(lowerBound(right, worlds))})`,
          cell.symmetry
            ? `${count(tally, 'matrices:recoordinatised')} of ${count(tally, 'matrices:uncorrelated')}`
            : '–',
        ];
      }),
    ),
  ];
}

function jointPart(results: readonly Result[]): string[] {
  const own = results.flatMap((result) => (result.cell.kind === 'joint' ? [{ ...result, cell: result.cell }] : []));
  if (own.length === 0) return [];
  const ids = [
    ...new Set(
      own.flatMap(({ tally }) =>
        Object.keys(tally).flatMap((key) => (key.startsWith('verdict:') ? [key.slice(8)] : [])),
      ),
    ),
  ].sort();
  const patterns = {
    'asymmetric-gain': ['asymmetric-gain'],
    broad: ['transferring', 'uniform-gain'],
    'no-change': ['no-change'],
    regression: ['uneven-regression', 'uniform-regression'],
    abstains: ['inconclusive'],
  };
  const planted = [...new Set(own.map(({ cell }) => cell.row))];
  return [
    '## Joint worlds: every cell of the verdict table',
    'A score world and a weight world of one pair. Share of worlds by verdict.',
    table(
      ['scores', 'weights', 'worlds', ...ids],
      own.map(({ cell, tally, worlds }) => [
        cell.row,
        cell.column,
        `${worlds}`,
        ...ids.map((id) => percent(count(tally, `verdict:${id}`) / worlds)),
      ]),
    ),
    '### Confusion of the score axis',
    table(
      ['planted', ...Object.keys(patterns)],
      planted.map((row) => {
        const cells = own.filter(({ cell }) => cell.row === row);
        const total = cells.reduce((sum, { worlds }) => sum + worlds, 0);
        return [
          row,
          ...Object.values(patterns).map((names) =>
            percent(
              cells.reduce(
                (sum, { tally }) => sum + names.reduce((inner, name) => inner + count(tally, `pattern:${name}`), 0),
                0,
              ) / total,
            ),
          ),
        ];
      }),
    ),
  ];
}

/** τ = 0 lies on the edge of what an interval can hold, so only a spread above 0 has bounds. */
function bounded(name: 'S' | 'tau', cell: ScoreCell): boolean {
  return name === 'S' || cell.uneven > 0;
}

function coverageOf(name: 'S' | 'tau', tally: Counted['tally']): number | undefined {
  const worlds = count(tally, `${name}:worlds`);
  return worlds === 0 ? undefined : count(tally, `${name}:covered`) / worlds;
}

function reasons(tally: Counted['tally'], worlds: number): string {
  const found = Object.entries(tally).flatMap(([key, times]) =>
    key.startsWith('reason:') ? [{ code: key.slice(7), times }] : [],
  );
  return found
    .filter(
      ({ code }) =>
        !['asymmetric', 'transferring', 'within-margin', 'uniform', 'loss-only', 'uniform-loss'].includes(code),
    )
    .sort((a, b) => b.times - a.times)
    .slice(0, 2)
    .map(({ code, times }) => `${code} ${percent(times / worlds)}`)
    .join(', ');
}

export function scored(results: readonly Result[]): Scored[] {
  return results.flatMap((result) => (result.cell.kind === 'score' ? [{ ...result, cell: result.cell.cell }] : []));
}

function weighed(results: readonly Result[]): Weighed[] {
  return results.flatMap((result) => (result.cell.kind === 'weight' ? [{ ...result, cell: result.cell.cell }] : []));
}

export function count(tally: Counted['tally'], key: string): number {
  return tally[key] ?? 0;
}

function marked(text: string, good: boolean): string {
  return good ? text : `**${text}**`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
