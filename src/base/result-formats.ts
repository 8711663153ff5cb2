/** Every format of benchmark results that can be imported, by the id that configs and `--format` use. */
export const resultFormats = [
  'lm-eval',
  'lmms-eval',
  'vlmevalkit',
  'opencompass',
  'lighteval',
  'inspect',
  'helm',
  'model-index',
  'eval-results',
  'every-eval-ever',
  'table',
  'skiagram',
] as const;
export type ResultFormat = (typeof resultFormats)[number];
