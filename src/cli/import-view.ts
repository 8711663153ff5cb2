import Table from 'cli-table3';
import { decimal } from '../base/format.ts';
import type { RawMetric, RawRun, RawTask } from '../harness/raw-run.ts';
import type { Imported } from '../pipeline/import-results.ts';
import { printable, type Terminal } from './terminal.ts';

/** Entries of a list that are shown before it is cut. */
const shown = 12;

/** What an import read: one table a run, what it left out, and what was odd. */
export function importView(runs: readonly RawRun[], { formats, leftOut }: Imported, terminal: Terminal): string {
  const { bold, dim, yellow } = terminal.colors;
  const warnings = runs.flatMap((run) =>
    run.tasks.flatMap((task) => task.warnings.map((warning) => `${task.task}: ${warning.message}`)),
  );
  return [
    ...runs.flatMap((run) => [
      bold(`${printable(run.model ?? 'a model without a name')}, ${formats.join(', ')}`),
      dim(`  ${facts(run)}`),
      taskTable(run),
    ]),
    ...list(
      'left out',
      leftOut.map(({ what, reason }) => `${what}: ${reason}`),
      dim,
    ),
    ...list('warnings', warnings, yellow),
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
    .map(printable)
    .join(' · ');
}

function taskTable(run: RawRun): string {
  const table = new Table({
    head: ['task', 'metric', 'score', '± se', 'items', 'shots'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const task of run.tasks)
    for (const [index, metric] of task.metrics.entries()) table.push(cells(task, metric, index === 0));
  return table.toString();
}

function cells(task: RawTask, metric: RawMetric, first: boolean): string[] {
  const name = metric.filter === 'none' ? metric.metric : `${metric.metric}, ${metric.filter}`;
  const unit = { percent: ' %', proportion: '', points: '', unknown: ' ?' }[metric.unit ?? 'points'];
  return [
    first ? printable(`${task.task}${task.protocol ? ` (${task.protocol})` : ''}`) : '',
    printable(name),
    metric.value === null ? 'not finite' : `${decimal(metric.value, 4)}${unit}`,
    metric.stderr === null ? '—' : decimal(metric.stderr, 4),
    first ? String(task.n ?? '—') : '',
    first ? String(task.nShot ?? '—') : '',
  ];
}

function list(title: string, entries: readonly string[], colour: (text: string) => string): string[] {
  if (entries.length === 0) return [];
  const more = entries.length > shown ? [colour(`    … and ${entries.length - shown} more (--json has all)`)] : [];
  return [`  ${title}`, ...entries.slice(0, shown).map((entry) => colour(`    ${printable(entry)}`)), ...more];
}
