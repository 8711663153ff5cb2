import type { ResultFormat } from '../base/result-formats.ts';
import { evalResults } from './eval-results/reader.ts';
import { everyEvalEver } from './every-eval-ever/reader.ts';
import { helm } from './helm/reader.ts';
import { inspect } from './inspect/reader.ts';
import { lighteval } from './lighteval/reader.ts';
import { lmEval } from './lm-eval/reader.ts';
import { lmmsEval } from './lmms-eval/reader.ts';
import { modelIndex } from './model-index/reader.ts';
import { opencompass } from './opencompass/reader.ts';
import type { Reader } from './reader.ts';
import { skiagram } from './skiagram/reader.ts';
import { table } from './table/reader.ts';
import { vlmevalkit } from './vlmevalkit/reader.ts';

/** Every format that can be imported, in the order in which help lists them. */
export const readers: Readonly<Record<ResultFormat, Reader>> = {
  'lm-eval': lmEval,
  'lmms-eval': lmmsEval,
  vlmevalkit,
  opencompass,
  lighteval,
  inspect,
  helm,
  'model-index': modelIndex,
  'eval-results': evalResults,
  'every-eval-ever': everyEvalEver,
  table,
  skiagram,
};
