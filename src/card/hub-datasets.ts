import type { HubDatasets } from './model-card.ts';

/**
 * Benchmarks by their name in the families file whose hub dataset keeps a board (`eval.yaml`), with the task ids that merged
 * result files of the hub name and the scale that they use. The documentation of the format writes `gpqa_diamond` in an example;
 * files that the hub accepted say `diamond`.
 */
export const knownDatasets: HubDatasets = {
  gpqa_diamond: { id: 'Idavidrein/gpqa', task_id: 'diamond', scale: 'percent' },
  gsm8k: { id: 'openai/gsm8k', task_id: 'gsm8k', scale: 'percent' },
  hle: { id: 'cais/hle', task_id: 'hle', scale: 'percent' },
  mmlu_pro: { id: 'TIGER-Lab/MMLU-Pro', task_id: 'mmlu_pro', scale: 'percent' },
};
