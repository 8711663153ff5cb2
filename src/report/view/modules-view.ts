import type { Restructuring } from '../../dossier/dossier.ts';
import { cell, plain, type TableView, table } from './cell.ts';

/** Restructuring of each module kind, and of the whole model in the last row. */
export function modulesView(name: string, restructuring: Restructuring): TableView {
  const rows = restructuring.groups.map((group) => [
    plain(`${group.group} ${group.role}`),
    plain(String(group.matrices)),
    ...[cell(group.relativeChange, 3), cell(group.correlation, 4), cell(group.D, 3), cell(group.G, 3)].map((own) =>
      own.note === `n = ${group.matrices}` ? plain(own.text) : own,
    ),
    plain(
      Object.entries(group.regimes)
        .map(([regime, count]) => `${count} ${regime}`)
        .join(', '),
    ),
  ]);
  const whole = [
    plain('Whole model'),
    plain(String(restructuring.groups.reduce((sum, group) => sum + group.matrices, 0))),
    cell(restructuring.medianRelativeChange, 3),
    plain(''),
    cell(restructuring.D, 3),
    cell(restructuring.G, 3),
    plain(`${restructuring.label}, geometry ${restructuring.geometry}`),
  ];
  return table(
    `Restructuring per module kind, ${name}`,
    ['Module kind', 'Matrices', 'Relative change', 'Correlation', 'Depth D', 'Geometry G', 'Regimes'],
    [...rows, whole],
    [1, 2, 3, 4, 5],
  );
}
