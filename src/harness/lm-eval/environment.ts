import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backEnd } from './back-ends.ts';
import type { LmEvalSettings } from './settings.ts';

/** Holds `skiagram_lm_eval`, which runs lm-eval with a cheaper answer cache. */
const pythonFolder = fileURLToPath(new URL('../../../python', import.meta.url));

/** What lm-eval's process sees beside this process's own variables; `undefined` removes one. */
export function lmEvalEnvironment(
  {
    offline,
    unsafeCode,
    device,
    model,
  }: Pick<LmEvalSettings, 'offline' | 'unsafeCode' | 'device'> & { readonly model?: string },
  { hfHome }: { hfHome?: string | undefined } = {},
): Record<string, string> {
  return {
    ...(offline ? { HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' } : {}),
    ...(hfHome === undefined ? {} : { HF_HOME: hfHome }),
    // What the code metric asks for beside lm-eval's own confirmation.
    ...(unsafeCode === true ? { HF_ALLOW_CODE_EVAL: '1' } : {}),
    ...oneGpu(model, device),
    PYTHONPATH: [pythonFolder, process.env.PYTHONPATH].filter(Boolean).join(delimiter),
    // Says how many requests each task makes before the first is answered; lm-eval's own loggers only.
    LMEVAL_LOG_LEVEL: 'DEBUG',
    // Seconds between redraws of a bar: the log stays short and progress still feels live.
    TQDM_MININTERVAL: '1',
    TOKENIZERS_PARALLELISM: 'false',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    // Messages are matched in English and paths may hold any character.
    LC_ALL: 'C.UTF-8',
  };
}

/** vllm and sglang ignore the number in `cuda:1` and take what they see, so they are shown that GPU alone. */
function oneGpu(model: string | undefined, device: string | undefined): Record<string, string> {
  const index = /^cuda:(\d+)$/.exec(device ?? '')?.[1];
  if (index === undefined || model === undefined || backEnd(model).kind !== 'engine') return {};
  // Where this process sees some GPUs only, the number counts among those.
  const seen = (process.env.CUDA_VISIBLE_DEVICES ?? '').split(',').filter((name) => name.trim() !== '');
  return { CUDA_VISIBLE_DEVICES: seen[Number(index)] ?? index };
}
