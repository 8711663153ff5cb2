import type { LmEvalSettings } from './settings.ts';

/** What lm-eval's process sees beside this process's own variables; `undefined` removes one. */
export function lmEvalEnvironment(
  { offline }: Pick<LmEvalSettings, 'offline'>,
  { hfHome }: { hfHome?: string | undefined } = {},
): Record<string, string> {
  return {
    ...(offline ? { HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' } : {}),
    ...(hfHome === undefined ? {} : { HF_HOME: hfHome }),
    // Seconds between redraws of a bar: the log stays short and progress still feels live.
    TQDM_MININTERVAL: '1',
    TOKENIZERS_PARALLELISM: 'false',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    // Messages are matched in English and paths may hold any character.
    LC_ALL: 'C.UTF-8',
  };
}
