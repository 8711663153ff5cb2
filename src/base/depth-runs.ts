/** Runs of consecutive depths as text: `[2, 3, 4, 7]` gives `["2–4", "7"]`. Repeats are ignored. */
export function depthRuns(depths: readonly number[]): string[] {
  const sorted = [...new Set(depths)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const depth of sorted) {
    const last = runs.at(-1);
    if (last && depth === last[1] + 1) last[1] = depth;
    else runs.push([depth, depth]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
}
