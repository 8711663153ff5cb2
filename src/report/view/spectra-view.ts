import type { Dossier } from '../../dossier/dossier.ts';
import { cell, plain, type TableView, table } from './cell.ts';

const columns: Readonly<Record<string, string>> = {
  alpha_share: 'α within [2, 6], %',
  alpha_tail_mass: '6 < α ≤ 10, %',
  alpha_over: 'α > 10, %',
  alpha_under: 'α < 2, %',
  mean_alpha: 'mean α',
  alpha_heterogeneity: 'heterogeneity over depth',
};

/** Summaries of each checkpoint's spectra; undefined where none were computed. */
export function spectraView({ checkpoints }: Dossier): TableView | undefined {
  const shown = checkpoints.filter((checkpoint) => Object.keys(checkpoint.model).length > 0);
  const keys = Object.keys(columns).filter((key) => shown.some((checkpoint) => checkpoint.model[key]));
  if (shown.length === 0 || keys.length === 0) return undefined;
  return table(
    'Spectra per checkpoint',
    ['Checkpoint', ...keys.map((key) => columns[key] ?? key)],
    shown.map((checkpoint) => [
      plain(checkpoint.id),
      ...keys.map((key) => (checkpoint.model[key] ? cell(checkpoint.model[key], 1) : plain('—'))),
    ]),
    keys.map((_, index) => index + 1),
  );
}
