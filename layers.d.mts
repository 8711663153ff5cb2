export const layers: Readonly<Record<string, readonly string[]>>;
export const impure: readonly string[];
export function reachable(layer: string): Set<string>;
