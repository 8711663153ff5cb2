import Table from 'cli-table3';
import { decimal } from '../base/format.ts';
import type { RawMetric, RawRun, RawTask } from '../harness/raw-run.ts';
import type { Imported } from '../pipeline/import-results.ts';
import { printable, type Terminal } from './terminal.ts';
import { wrapped } from './wrapped.ts';

/** Entries of a list, and rows of a table, that are shown before it is cut. */
const shown = { entries: 12, rows: 60 };

/** What an import read: one table a run, what it left out, and what was odd, in the width of the terminal. */
export function importView(
  runs: readonly RawRun[],
  { formats, leftOut }: Imported,
  { colors, width }: Pick<Terminal, 'colors' | 'width'>,
): string {
  const { bold, dim, yellow } = colors;
  const metrics = runs.flatMap((run) => run.tasks.flatMap((task) => task.metrics));
  return [
    ...runs.flatMap((run) => [
      ...wrapped(`${oneLine(run.model ?? 'a model without a name')}, ${formats.join(', ')}`, width).map(bold),
      ...wrapped(`  ${facts(run)}`, width, '  ').map(dim),
      ...taskTable(run, width),
    ]),
    ...(metrics.some(({ unit }) => unit === 'unknown')
      ? wrapped('  ? = not said what it is counted in; state it with --scale', width, '  ').map(dim)
      : []),
    ...list(
      'left out',
      leftOut.map(({ what, reason }) => [reason, what] as const),
      width,
      dim,
    ),
    ...list(
      'warnings',
      runs.flatMap((run) =>
        run.tasks.flatMap(({ task, warnings }) => warnings.map(({ message }) => [message, task] as const)),
      ),
      width,
      yellow,
    ),
  ].join('\n');
}

function facts(run: RawRun): string {
  return [
    run.harnessVersion === null ? 'harness version not said' : `version ${run.harnessVersion}`,
    run.date ?? 'no date',
    run.claimed ? 'quoted, not measured by these files' : undefined,
    run.fingerprint === null
      ? 'unattested: the files do not say which weights were scored'
      : `weights ${run.fingerprint.slice(0, 12)}…`,
    `${run.files.length} ${run.files.length === 1 ? 'file' : 'files'}`,
  ]
    .filter((fact) => fact !== undefined)
    .map(oneLine)
    .join(' · ');
}

/** Borders and padding of six columns. */
const frame = 19;

function taskTable(run: RawRun, width: number): string[] {
  const all = run.tasks.flatMap((task) => task.metrics.map((metric, index) => cells(task, metric, index === 0)));
  if (all.length === 0) return ['  no scores'];
  const rows = all.slice(0, shown.rows);
  const head = ['task', 'metric', 'score', '± se', 'items', 'shots'];
  const widest = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const [task = 0, metric = 0, ...numbers] = widest;
  const room = Math.max(16, width - frame - numbers.reduce((sum, each) => sum + each, 0));
  const forMetric = Math.min(metric, Math.max(room - task, Math.floor(room * 0.4)));
  const forTask = Math.min(task, room - forMetric);
  const table = new Table({
    head,
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [name = '', scored = '', ...rest] of rows)
    table.push([folded(name, forTask), folded(scored, forMetric), ...rest]);
  const more = all.length - rows.length;
  return [table.toString(), ...(more > 0 ? [`  … and ${more} more scores (--json has all)`] : [])];
}

function cells(task: RawTask, metric: RawMetric, first: boolean): string[] {
  const name = metric.filter === 'none' ? metric.metric : `${metric.metric}, ${metric.filter}`;
  const unit = { percent: ' %', proportion: '', points: '', unknown: ' ?' }[metric.unit ?? 'points'];
  return [
    first ? oneLine(`${task.task}${task.protocol ? ` (${task.protocol})` : ''}`) : '',
    oneLine(name),
    metric.value === null ? 'not finite' : `${decimal(metric.value, 4)}${unit}`,
    metric.stderr === null ? '—' : decimal(metric.stderr, 4),
    first ? String(task.n ?? '—') : '',
    first ? String(task.nShot ?? '—') : '',
  ];
}

/** In pieces of at most `room` letters, one under the other: nothing of a name is hidden. */
function folded(text: string, room: number): string {
  const letters = [...text];
  const lines: string[] = [];
  for (let at = 0; at < letters.length; at += room) lines.push(letters.slice(at, at + room).join(''));
  return lines.join('\n');
}

/** Things that share their reason stand together, so that one reason for 57 tasks is one entry. */
function list(
  title: string,
  entries: readonly (readonly [reason: string, what: string])[],
  width: number,
  colour: (text: string) => string,
): string[] {
  if (entries.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const [reason, what] of entries) byReason.set(reason, [...(byReason.get(reason) ?? []), oneLine(what)]);
  const texts = [...byReason].map(([reason, whats]) => {
    const names = [...new Set(whats)];
    const more = names.length > 4 ? ` and ${names.length - 3} more` : '';
    return `    ${names.slice(0, more === '' ? 4 : 3).join(', ')}${more}: ${oneLine(reason)}`;
  });
  const rest = texts.length - shown.entries;
  return [
    `  ${title}`,
    ...texts.slice(0, shown.entries).flatMap((text) => wrapped(text, width, '      ').map(colour)),
    ...(rest > 0 ? [colour(`    … and ${rest} more (--json has all)`)] : []),
  ];
}

/** Names come from foreign files: no control character reaches the terminal, and none breaks a line or a table. */
function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}
