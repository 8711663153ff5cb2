import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { modelPackage, referenceModel } from './reference-model.ts';

export type ReferenceCell = number | string | boolean | null;

/** What make_weightwatcher_reference.py wrote of one folder. */
export interface ReferenceTable {
  readonly columns: readonly string[];
  /** By layer name, in the order of WeightWatcher's table. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, ReferenceCell>>>>;
  readonly summary: Readonly<Record<string, ReferenceCell>>;
}

const root = new URL('../../', import.meta.url);

export const reference = JSON.parse(await readFile(new URL('test/reference/weightwatcher.json', root), 'utf8')) as {
  readonly made_with: Readonly<Record<string, string>>;
  readonly sha256: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, ReferenceTable>>;
  readonly shards: Readonly<Record<'without-index' | 'with-index', readonly (readonly [number, string])[]>>;
};

export const sources = Object.keys(reference.tables);

/** Where the weights of a table lie on this machine; undefined where the package is not installed. */
export function pathOf(source: string): string | undefined {
  return source === modelPackage ? referenceModel() : fileURLToPath(new URL(source, root));
}

/** A cell as a number, "inf" and "nan" included. */
export function numberIn(cell: ReferenceCell | undefined): number {
  if (cell === 'inf') return Number.POSITIVE_INFINITY;
  if (cell === '-inf') return Number.NEGATIVE_INFINITY;
  return typeof cell === 'number' ? cell : Number.NaN;
}

/** |ours − theirs|/|theirs|; 0 where they are equal, also where both are infinite or NaN. */
export function relativeDifference(ours: number, theirs: number): number {
  if (Object.is(ours, theirs) || ours === theirs) return 0;
  return Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-12);
}
