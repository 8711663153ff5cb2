import { joint, plan, type ScoreCell, scoreCells, type WeightCell, type WeightChange, weightCells } from './plan.ts';

/** One cell of any kind, with how many worlds a full run draws. */
export type Cell =
  | { readonly kind: 'score'; readonly id: string; readonly worlds: number; readonly cell: ScoreCell }
  | { readonly kind: 'weight'; readonly id: string; readonly worlds: number; readonly cell: WeightCell }
  | {
      readonly kind: 'joint';
      readonly id: string;
      readonly worlds: number;
      readonly scores: ScoreCell;
      readonly row: string;
      readonly column: string;
      readonly change: WeightChange | null;
    };

/** All cells of the plan: score worlds, weight worlds, joint worlds. */
export const cells: readonly Cell[] = [
  ...scoreCells.map(
    (cell): Cell => ({
      kind: 'score',
      id: cell.id,
      worlds: cell.role === 'power' ? plan.worlds.power : cell.edge ? plan.worlds.edge : plan.worlds.null,
      cell,
    }),
  ),
  ...weightCells.map(
    (cell): Cell => ({
      kind: 'weight',
      id: cell.id,
      worlds: cell.truth === 'shown' || cell.symmetry ? plan.worlds.shown : plan.worlds.weights,
      cell,
    }),
  ),
  ...Object.entries(joint.scores).flatMap(([row, truth]) =>
    Object.entries(joint.weights).map(([column, change]): Cell => {
      const id = `joint/${row}/${column}`;
      const scores: ScoreCell = {
        ...joint.suite,
        id,
        truth,
        role: 'power',
        declared: true,
        chance: 0,
        cluster: 1,
        icc: 0,
        ceiling: false,
      };
      return { kind: 'joint', id, worlds: plan.worlds.joint, scores, row, column, change };
    }),
  ),
];
