import { measuredText, probability, signed } from '../../base/format.ts';
import type { SequentialEvidence } from '../../families/sequential/evidence.ts';
import { spentText, stoppedText } from '../../families/sequential/stopped-text.ts';
import { type Cell, cell, plain, type TableView, table } from './cell.ts';

/** What was spent, what is known, and how the items were chosen. */
export function adaptiveView(name: string, evidence: SequentialEvidence): { text: string; table: TableView } {
  return {
    text: adaptiveText(evidence),
    table: table(`Adaptive evaluation, ${name}`, adaptiveHead(evidence), adaptiveRows(evidence), [1, 2, 5]),
  };
}

export function adaptiveHead({ margin }: SequentialEvidence): string[] {
  return ['Family', 'Items', 'Change, points', `Against −${margin} points`, 'Ended', 'No change, e-BH'];
}

/** One row a family: the interval is its confidence sequence. */
export function adaptiveRows(evidence: SequentialEvidence): Cell[][] {
  return evidence.families.map((row) => [
    plain(row.title),
    plain(spentText(row)),
    cell(row.points, 1, signed),
    plain(row.gate.replace('-', ' ')),
    plain(stoppedText(row, evidence)),
    plain(probability(row.qChange)),
  ]);
}

export function adaptiveText(evidence: SequentialEvidence): string {
  const { items, available, alpha, seed, blocks, axis } = evidence;
  const saved = ((100 * (available - items)) / Math.max(1, available)).toFixed(0);
  const contrast = axis
    ? ` Targeted minus coverage families: ${measuredText(axis.S, 1, signed)} κ-points (${axis.state.replace('-', ' ')}).`
    : '';
  return `${items} of ${available} items were answered (${saved} % saved), in a random order fixed by seed ${seed} before the run and looked at after ${blocks.join(', ')} items a family. Intervals are ${(100 * (1 - alpha)).toFixed(0)} % confidence sequences: they hold at whatever moment a family was stopped, on these items.${contrast}`;
}
