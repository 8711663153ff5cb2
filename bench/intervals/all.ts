import { clustered } from './clustered.ts';
import { contrasts } from './contrasts.ts';
import { familyLevel } from './family-level.ts';
import { itemLevel } from './item-level.ts';
import { rejections } from './rejections.ts';
import type { Size, Table } from './simulate.ts';

/** Every simulation of docs/COVERAGE.md, by the heading it stands under. */
export const simulations: Readonly<Record<string, (size: Size) => Table[]>> = {
  Items: itemLevel,
  Clusters: clustered,
  Families: familyLevel,
  'Contrasts and dispersion': contrasts,
  'Tests under no effect': rejections,
};
