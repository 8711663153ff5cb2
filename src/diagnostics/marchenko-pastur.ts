import { medianSorted } from 'simple-statistics';

/**
 * Upper edge σ²(√N + √M)² of the eigenvalues (of WᵀW, not divided) that independent entries would give, σ² from the median
 * of the ascending `eigenvalues`: half of the spectrum may be anything above the median without moving it (Gavish &
 * Donoho 2014, § III.E). 0 where the median is 0, as for matrices of less than half rank: there is no bulk then.
 */
export function bulkEdge(eigenvalues: Float64Array, rows: number, cols: number): number {
  const [short, long] = [Math.min(rows, cols), Math.max(rows, cols)];
  if (short === 0) return 0;
  const variance = medianSorted(eigenvalues as unknown as number[]) / (long * marchenkoPasturMedian(short / long));
  return variance * (Math.sqrt(long) + Math.sqrt(short)) ** 2;
}

/**
 * Median of the Marchenko–Pastur law of ratio β = M/N in (0, 1] and unit variance. With x = 1 + β + 2√β cos θ its
 * density is 2 sin²θ/(πx) dθ, summed here from θ = π down. `marchenkoPasturMedian(1)` is 0.6528.
 */
export function marchenkoPasturMedian(beta: number): number {
  const known = medians.get(beta);
  if (known !== undefined) return known;
  const at = (step: number): number => Math.PI * (1 - step / steps);
  const place = (theta: number): number => 1 + beta + 2 * Math.sqrt(beta) * Math.cos(theta);
  let mass = 0;
  let median = 1;
  for (let step = 0; step < steps; step++) {
    const theta = at(step + 0.5);
    const piece = ((2 * Math.sin(theta) ** 2) / (Math.PI * place(theta))) * (Math.PI / steps);
    if (mass + piece >= 0.5) {
      median = place(at(step + (0.5 - mass) / piece));
      break;
    }
    mass += piece;
  }
  medians.set(beta, median);
  return median;
}

const steps = 20_000;
/** A model has a handful of shapes. */
const medians = new Map<number, number>();
