import Table from 'cli-table3';
import type { ListedFamily, ListedTask, ListedUnit } from '../pipeline/catalogue.ts';
import { printable, type Terminal } from './terminal.ts';

/** Families, a row each: what they stand for and how many tasks they have. */
export function familyTable(families: readonly ListedFamily[], terminal: Terminal): string {
  return drawn(
    ['family', 'title', 'modality', 'role', 'leans on', 'tasks', 'pooled', 'recalled'],
    families.map((family) => [
      family.family,
      family.title,
      family.modality ?? '—',
      family.role ?? '—',
      family.modules.join(', ') || '—',
      String(family.tasks),
      String(family.pooled),
      String(family.recalled),
    ]),
    terminal,
    {
      right: [5, 6, 7],
      note: 'pooled: tasks with a chance level; recalled: chance levels that nobody looked up. What a family leans on is a working assumption.',
    },
  );
}

/** Tasks, a row each: how they are read and where guessing lies. */
export function taskTable(tasks: readonly ListedTask[], terminal: Terminal): string {
  if (tasks.length === 0) return 'No task.';
  return drawn(
    ['task', 'family', 'metric', 'chance', 'max', 'sure', 'source of the chance level'],
    tasks.map((task) => [
      task.task,
      task.family,
      task.metrics[0] ?? '—',
      task.chance === null ? '—' : String(Number(task.chance.toPrecision(4))),
      `${task.max ?? 'none'}${task.direction === 'up' ? '' : ` (${task.direction})`}`,
      task.confidence ?? '—',
      task.source,
    ]),
    terminal,
    {
      right: [3, 4],
      note: `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}; — as chance: shown, never pooled. Other names, patterns and metrics: --json.`,
    },
  );
}

/** Formats, diagnostics or findings, two lines each. */
export function unitTable(units: readonly ListedUnit[], terminal: Terminal): string {
  const { bold, dim } = terminal.colors;
  const wide = Math.max(...units.map(({ id }) => id.length)) + 2;
  return units
    .map(
      ({ id, title, about }) =>
        `${bold(id.padEnd(wide))}${printable(title)}\n${' '.repeat(wide)}${dim(printable(about))}`,
    )
    .join('\n');
}

function drawn(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
  { right, note }: { right: readonly number[]; note: string },
): string {
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)) + 2);
  const last = terminal.width - widths.slice(0, -1).reduce((sum, width) => sum + width + 1, 2);
  const fitted = widths.with(-1, Math.min(widths.at(-1) ?? 0, Math.max(28, last)));
  const table = new Table({
    head: [...head],
    colWidths: fitted,
    wordWrap: true,
    colAligns: head.map((_, index) => (right.includes(index) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map(printable));
  return `${table.toString()}\n  ${terminal.colors.dim(note)}`;
}
