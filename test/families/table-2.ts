import { ok } from '../../src/base/measured.ts';
import type { FamilyTaskGain } from '../../src/families/family-gain.ts';
import type { Taxonomy } from '../../src/families/taxonomy.ts';

/** Table 2 of arXiv 2604.07363 (percent; OCRBench of 1000): [AndesVL-4B-Instruct, InternVL3.5-4B, Qwen3-VL-4B-Instruct]. */
const table = {
  reason: { MMMU: [58.0, 66.6, 67.4, 0.25], 'MMMU-Pro': [37.6, 53.5, 53.2, 0.1], LogicVista: [41.6, 56.4, 53.2, 0.25] },
  math: {
    MathVista: [73.3, 77.1, 73.7, 0.25],
    MathVision: [27.1, 54.4, 51.6, 0.1],
    'MathVerse-VO': [34.3, 61.7, 46.8, 0.1],
    DynaMath: [21.2, 35.7, 65.3, 0],
  },
  document: {
    AI2D: [84.5, 82.6, 84.1, 0.25],
    ChartQA: [87.8, 86, 84.6, 0],
    DocVQA: [96, 92.4, 95.3, 0],
    InfoVQA: [81, 78, 80.3, 0],
    OCRBench: [86.1, 82.2, 88.1, 0],
  },
  general: {
    'MMBench1.1': [81.2, 80.3, 83.9, 0.25],
    MMStar: [66.1, 65, 69.8, 0.25],
    RealWorldQA: [72.2, 66.3, 70.9, 0.25],
    HallusionBench: [54.7, 44.8, 57.6, 0],
  },
  'multi-image': { BLINK: [58.2, 58.1, 65.8, 0.35], MuirBench: [55.5, 53.1, 63.8, 0.25] },
} as const;

const models = { andes: 0, intern: 1, qwen: 2 } as const;
export type Model = keyof typeof models;

/** Gains of one model over another, as the product would hold them; item noise from 1,000 items a task. */
export function table2Gains(subject: Model, base: Model): FamilyTaskGain[] {
  return Object.entries(table).flatMap(([family, tasks]) =>
    Object.entries(tasks).map(([task, row]) => {
      const [before, after, chance] = [
        (row[models[base]] as number) / 100,
        (row[models[subject]] as number) / 100,
        row[3],
      ];
      const se = Math.sqrt((before * (1 - before) + after * (1 - after)) / 1000) / (1 - chance);
      return {
        family,
        task,
        n: 1000,
        clusters: 1000,
        base: before,
        subject: after,
        kappaBase: (100 * (before - chance)) / (1 - chance),
        kappaSubject: (100 * (after - chance)) / (1 - chance),
        gain: ok((100 * (after - before)) / (1 - chance), { se: 100 * se, n: 1000 }),
        logit: ok(logit(after) - logit(before), {
          se: Math.sqrt(1 / (1000 * before * (1 - before)) + 1 / (1000 * after * (1 - after))),
          n: 1000,
        }),
        se: 'unpaired-binomial',
        flags: [],
      };
    }),
  );
}

export const table2Taxonomy: Taxonomy = {
  families: Object.keys(table).map((id) => ({ id, title: id, side: 'other', tasks: [] })),
  axis: { declared: false, targeted: [], coverage: [] },
};

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
