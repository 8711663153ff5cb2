/**
 * Kernel density with the linear (triangular) kernel: 1/(n·h) Σ max(0, 1 − |x − x_i|/h) at each point of `grid`.
 * `sample` and `grid` ascending; the cost grows with the number of pairs nearer than h.
 */
export function linearDensity(sample: Float64Array, grid: Float64Array, bandwidth: number): Float64Array {
  let first = 0;
  return grid.map((at) => {
    while (first < sample.length && (sample[first] as number) <= at - bandwidth) first++;
    let sum = 0;
    for (let index = first; index < sample.length; index++) {
      const distance = Math.abs(at - (sample[index] as number));
      if ((sample[index] as number) >= at + bandwidth) break;
      sum += Math.max(0, 1 - distance / bandwidth);
    }
    return sum / (sample.length * bandwidth);
  });
}
