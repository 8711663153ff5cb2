import type { ResultFormat } from '../base/result-formats.ts';
import { lmEval } from './lm-eval/reader.ts';
import type { Reader } from './reader.ts';
import { skiagram } from './skiagram/reader.ts';
import { table } from './table/reader.ts';

/** Every format that can be imported, in the order in which help lists them. */
export const readers: Readonly<Partial<Record<ResultFormat, Reader>>> = {
  'lm-eval': lmEval,
  table,
  skiagram,
};
