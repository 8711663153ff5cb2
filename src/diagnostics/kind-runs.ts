import { depthRuns } from '../base/depth-runs.ts';

/** Which layers of which module kind: `v 2–20, 25; o 3`, kinds in the order met; matrices outside the blocks by kind alone. */
export function kindRuns(matrices: readonly { readonly role: string; readonly depth: number | null }[]): string {
  return [...Map.groupBy(matrices, ({ role }) => role)]
    .map(([role, own]) => `${role} ${depthRuns(own.flatMap(({ depth }) => depth ?? [])).join(', ')}`.trim())
    .join('; ');
}
