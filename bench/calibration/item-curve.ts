import { plan } from './plan.ts';

/** Mean share of right answers of a model at `logit` over items of difficulty N(0, sd²); sd = 0: one item of difficulty 0. */
export function levelFor(logit: number, sd: number = plan.items.itemSd): number {
  if (sd === 0) return 1 / (1 + Math.exp(-logit));
  let [sum, weights] = [0, 0];
  for (let step = -40; step <= 40; step++) {
    const z = step / 8;
    const weight = Math.exp((-z * z) / 2);
    sum += weight / (1 + Math.exp(-(logit + sd * z)));
    weights += weight;
  }
  return sum / weights;
}

const [first, width, points] = [-12, 0.01, 2_401];
const curve = Array.from({ length: points }, (_, index) => levelFor(first + index * width));

/** The logit at which the mean over the plan's item difficulties is `level`: the inverse of `levelFor`. */
export function logitFor(level: number): number {
  let [low, high] = [0, points - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((curve[middle] as number) < level) low = middle;
    else high = middle;
  }
  const [below, above] = [curve[low] as number, curve[high] as number];
  return first + width * (low + (level - below) / (above - below));
}
