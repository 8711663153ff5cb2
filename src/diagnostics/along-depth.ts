import { median } from 'simple-statistics';
import { numberOf } from '../base/measured.ts';
import type { PooledMatrix } from './diagnostic.ts';

/** Values of one diagnostic along depth, ascending; a layer with several matrices (experts) takes their median. */
export function alongDepth(own: readonly PooledMatrix[], id: string): { depth: number; value: number }[] {
  const layers = Map.groupBy(own, ({ depth }) => depth);
  return [...layers]
    .flatMap(([depth, layer]) => {
      const values = layer.flatMap(({ diagnostics }) => numberOf(diagnostics[id]) ?? []);
      return depth === null || values.length === 0 ? [] : [{ depth, value: median(values) }];
    })
    .sort((a, b) => a.depth - b.depth);
}

/** The matrices of each module kind, in the order met. */
export function byKind(matrices: readonly PooledMatrix[]): [role: string, own: PooledMatrix[]][] {
  return [...Map.groupBy(matrices, ({ role }) => role)];
}
