import type { Unit } from '../raw-run.ts';

/** Which columns of one dataset's summary are scores, and what they are counted in. */
export interface DatasetScores {
  readonly units: Readonly<Record<string, Unit>>;
  /** A score that VLMEvalKit reports for the dataset but does not write: made from written ones. */
  readonly made?: {
    readonly metric: string;
    readonly from: readonly string[];
    readonly how: 'mean' | 'sum';
    readonly unit: Unit;
  };
}

const multipleChoice: DatasetScores = { units: { Overall: 'proportion', acc: 'percent' } };
const answers: DatasetScores = { units: { Overall: 'percent' } };
const judged: DatasetScores = { units: { acc: 'percent' } };

/**
 * Datasets of VLMEvalKit by the beginning of their name, with what its evaluation functions write (vlmeval/dataset).
 * Looked up in the source: `image_vqa`, `image_yorn`, `utils/mathv`, `utils/yorn`, which multiply by 100, and which datasets are circular; the rest, `report_acc`
 * of multiple choice among them, is from knowledge of the format.
 */
const datasets: Readonly<Record<string, DatasetScores>> = {
  MMMU: multipleChoice,
  MMBench: multipleChoice,
  MMStar: multipleChoice,
  AI2D: multipleChoice,
  RealWorldQA: multipleChoice,
  SEEDBench: multipleChoice,
  SEEDBench2: multipleChoice,
  ScienceQA: multipleChoice,
  BLINK: multipleChoice,
  TextVQA: answers,
  DocVQA: answers,
  InfoVQA: answers,
  ChartQA: answers,
  OCRVQA: answers,
  GQA: answers,
  VizWiz: answers,
  MathVista: judged,
  MathVision: judged,
  MMVet: judged,
  HallusionBench: {
    units: { aAcc: 'percent', fAcc: 'percent', qAcc: 'percent' },
    made: { metric: 'average', from: ['aAcc', 'fAcc', 'qAcc'], how: 'mean', unit: 'percent' },
  },
  POPE: { units: { Overall: 'percent', acc: 'percent', precision: 'percent', recall: 'percent' } },
  AMBER: { units: { 'Avg ACC': 'percent' } },
  MME: {
    units: { perception: 'points', reasoning: 'points' },
    made: { metric: 'sum', from: ['perception', 'reasoning'], how: 'sum', unit: 'points' },
  },
  OCRBench: { units: { 'Final Score': 'points', 'Final Score Norm': 'percent' } },
};

/** What is known of a dataset, by its whole name (`MMBench_DEV_EN_V11` is an MMBench, `MME-RealWorld` no MME). */
export function datasetScores(dataset: string): DatasetScores | undefined {
  const stem = dataset.split('_', 1)[0] ?? '';
  return Object.hasOwn(datasets, stem) ? datasets[stem] : undefined;
}

/** Beginnings of names that `datasetScores` knows. */
export const knownDatasets: readonly string[] = Object.keys(datasets);
