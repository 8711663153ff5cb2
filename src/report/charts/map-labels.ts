/** One comparison on the map. */
export interface MapPoint {
  /** What its label says. */
  readonly id: string;
  readonly checkpoint: string;
  readonly S: number;
  readonly low: number;
  readonly high: number;
  readonly D: number;
  readonly left: number;
  readonly right: number;
  readonly shape: string;
  readonly colour: string;
  readonly fill: string;
}

/** Pixels between two labels that would otherwise lie on each other. */
const lineHeight = { named: 16, numbered: 11 };

/** Label positions in pixels, beside their point, pushed down where two would overlap. */
export function placedLabels(
  points: readonly MapPoint[],
  { width, height, low, high, named }: { width: number; height: number; low: number; high: number; named: boolean },
): { id: string; labelX: number; labelY: number; align: string }[] {
  const line = named ? lineHeight.named : lineHeight.numbered;
  const reach = named ? 90 : 14;
  const labels = points
    .map((entry) => ({
      id: entry.id,
      x: width * Math.sqrt(entry.D),
      y: height * (1 - (entry.S - low) / (high - low)) - (named ? 11 : 8),
    }))
    .sort((a, b) => a.y - b.y);
  for (const [index, label] of labels.entries()) {
    for (const earlier of labels.slice(0, index)) {
      if (Math.abs(label.x - earlier.x) < reach && label.y - earlier.y < line) label.y = earlier.y + line;
    }
  }
  return labels.map(({ id, x, y }) =>
    x > width * 0.8
      ? { id, labelX: x - 9, labelY: y, align: 'right' }
      : { id, labelX: x + 9, labelY: y, align: 'left' },
  );
}
