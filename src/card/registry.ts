import type { CardFormat, CardFormatId } from './format.ts';
import { evalResults } from './formats/eval-results.ts';
import { everyEvalEver } from './formats/every-eval-ever.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { modelIndex } from './formats/model-index.ts';

/** Every format of a card. */
export const cardFormats: Readonly<Record<CardFormatId, CardFormat>> = {
  md: markdown,
  'model-index': modelIndex,
  'eval-results': evalResults,
  'every-eval-ever': everyEvalEver,
  json,
};
