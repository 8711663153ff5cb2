import { titles } from '../../verdict/quadrant.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';
import { plain, type TableView, table } from './cell.ts';

/** Every clause of the decision with its number; undefined in reports of verdicts without them. */
export function clausesView(name: string, { clauses = [] }: ComparisonVerdict): TableView | undefined {
  if (clauses.length === 0) return undefined;
  return table(
    `Clauses of the decision, ${name}`,
    ['Rule', 'Clause', 'Value', 'Needed', 'Holds'],
    clauses.map(({ rule, text, value, relation, threshold, constant, holds }) => [
      plain(rule),
      plain(text),
      plain(value === null ? '—' : number(value)),
      { text: `${relation} ${number(threshold)}`, note: constant ?? '' },
      plain(holds ? 'yes' : 'no'),
    ]),
    [2, 3],
  );
}

/** What each threshold would have to be for another verdict. */
export function sensitivityView(name: string, { sensitivity = [] }: ComparisonVerdict): TableView | undefined {
  if (sensitivity.length === 0) return undefined;
  const still = sensitivity.filter(({ to }) => to === null);
  return table(
    `Thresholds that would flip the verdict, ${name}`,
    ['Threshold', 'In force', 'Flips at', 'Away', 'To'],
    [
      ...sensitivity.flatMap(({ key, value, flipsAt, to, relative }) =>
        to === null
          ? []
          : [
              [
                plain(key),
                plain(number(value)),
                plain(flipsAt === null ? '—' : number(flipsAt)),
                plain(relative === null ? '—' : `${(100 * relative).toFixed(0)} %`),
                plain(titles[to] ?? to),
              ],
            ],
      ),
      ...(still.length > 0
        ? [
            [
              plain(still.map(({ key, value }) => `${key} (${number(value)})`).join(', ')),
              plain('—'),
              plain('—'),
              plain('—'),
              plain('none of them flips it between a fourth and four times its value'),
            ],
          ]
        : []),
    ],
    [1, 2, 3],
  );
}

/** The same decision without each family, and under the coarser grouping. */
export function stabilityView(name: string, { stability }: ComparisonVerdict): TableView | undefined {
  if (!stability) return undefined;
  const { withoutFamily, coarser } = stability;
  const rows = [
    ...withoutFamily.map(({ title, verdict, same }) => ({ what: `without ${title}`, verdict, same })),
    ...(coarser ? [{ what: `families grouped as ${coarser.families.join(', ')}`, ...coarser }] : []),
  ];
  if (rows.length === 0) return undefined;
  return table(
    `The same decision on less, ${name}`,
    ['Decided', 'Verdict', 'Agrees'],
    rows.map(({ what, verdict, same }) => [plain(what), plain(titles[verdict]), plain(same ? 'yes' : 'no')]),
  );
}

/** How many repeats of the decision agree, for page one. */
export function repeatsText({ stability }: ComparisonVerdict): string {
  if (!stability) return '';
  const all = [...stability.withoutFamily, ...(stability.coarser ? [stability.coarser] : [])];
  const agree = all.filter(({ same }) => same).length;
  if (all.length === 0) return '';
  return agree === all.length
    ? `Leaving out any one family of tasks does not change the verdict (${agree} of ${all.length}).`
    : `Leaving out one family of tasks at a time, the verdict stays the same in ${agree} of ${all.length}.`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}
