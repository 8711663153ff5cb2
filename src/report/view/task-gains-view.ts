import { decimal, signed } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import type { Comparison } from '../../dossier/dossier.ts';
import { type Cell, cell, plain, type TableView, table } from './cell.ts';

/** Gain of every task; those that were refused follow with the reason. */
export function taskGainsView(name: string, scores: Extract<Comparison['scores'], { status: 'ok' }>): TableView {
  const rows = scores.tasks.map((task) => [
    plain(task.task),
    plain(task.family),
    plain(`${decimal(task.base, 3)} → ${decimal(task.subject, 3)}`),
    plain(String(task.n)),
    counted(task.gain, 1, task.n),
    counted(task.logit, 2, task.n),
    plain(task.flags.join(', ')),
  ]);
  const refused = scores.refused.map(({ task, reason }) => [
    plain(task),
    plain('not compared'),
    plain('—'),
    plain('—'),
    { text: '—', note: reason },
    plain('—'),
    plain('refused'),
  ]);
  return table(
    `Gain per task, ${name}`,
    ['Task', 'Family', 'Score before → after', 'Items', 'Gain, κ-points', 'Gain, log-odds', 'Flags'],
    [...rows, ...refused],
    [2, 3, 4, 5],
  );
}

/** A gain without its number of items where that is said in a column of its own. */
function counted(measured: Measured, digits: number, n: number): Cell {
  const whole = cell(measured, digits, signed);
  return whole.note === `n = ${n}` ? plain(whole.text) : whole;
}
