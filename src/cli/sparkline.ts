const blocks = '▁▂▃▄▅▆▇█';

/**
 * Values along depth as one block a layer, 0 the lowest and `top` the full block; a layer without a value is a dot. More
 * layers than `width` are drawn several to a block, which then shows the largest of them, so that no spike is lost.
 *
 * `sparkline([0, 0.5, undefined, 1], 1, 10)` is `▁▅·█`.
 */
export function sparkline(values: readonly (number | undefined)[], top: number, width: number): string {
  const each = Math.max(1, Math.ceil(values.length / width));
  const drawn = Array.from({ length: Math.ceil(values.length / each) }, (_, index) => {
    const known = values.slice(index * each, (index + 1) * each).filter((value) => value !== undefined);
    if (known.length === 0) return '·';
    const height = top > 0 ? Math.max(...known) / top : 0;
    return blocks[Math.max(0, Math.min(blocks.length - 1, Math.round(height * (blocks.length - 1))))];
  });
  return drawn.join('');
}
