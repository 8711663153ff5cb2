import type { ResultFormat } from '../base/result-formats.ts';
import { lmEval } from './lm-eval/reader.ts';
import { lmmsEval } from './lmms-eval/reader.ts';
import { opencompass } from './opencompass/reader.ts';
import type { Reader } from './reader.ts';
import { skiagram } from './skiagram/reader.ts';
import { table } from './table/reader.ts';
import { vlmevalkit } from './vlmevalkit/reader.ts';

/** Every format that can be imported, in the order in which help lists them. */
export const readers: Readonly<Partial<Record<ResultFormat, Reader>>> = {
  'lm-eval': lmEval,
  'lmms-eval': lmmsEval,
  vlmevalkit,
  opencompass,
  table,
  skiagram,
};
