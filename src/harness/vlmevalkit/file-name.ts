import { basename, dirname } from 'node:path';
import { knownDatasets } from './datasets.ts';

/** What the name of a file of scores says. */
export interface ScoreFile {
  readonly model: string;
  readonly dataset: string;
  /** Model that judged the answers, or how they were matched; null where the name does not say. */
  readonly judge: string | null;
  /** Folder of the run, `T20260102_Gabc1234`; null where there is none. */
  readonly run: string | null;
}

const suffix = /^(.+)_(?:acc|score)\.(?:csv|json)$/;
const runFolder = /^T\d{8}(?:[-_].*)?$/;
const judges = /^(.+?)_((?:gpt-|chatgpt-|claude|gemini|deepseek|qwen)[\w.-]*|exact_matching|extract_matching)$/i;

/**
 * Takes `<model>_<dataset>[_<judge>]_(acc|score).(csv|json)` apart. Models and datasets both hold `_`, so the model is that
 * of the folder (`outputs/<model>/`, perhaps with a run's folder in it); without one, what stands before the name of a
 * dataset that is known. Undefined where neither tells.
 */
export function scoreFile(path: string): ScoreFile | undefined {
  const stem = suffix.exec(basename(path))?.[1];
  if (stem === undefined) return undefined;
  const folder = basename(dirname(path));
  const run = runFolder.test(folder) ? folder : null;
  const parent = run === null ? folder : basename(dirname(dirname(path)));
  const model = stem.startsWith(`${parent}_`) ? parent : modelBeforeDataset(stem);
  if (model === undefined) return undefined;
  const rest = stem.slice(model.length + 1);
  const judged = judges.exec(rest);
  return { model, dataset: judged?.[1] ?? rest, judge: judged?.[2] ?? null, run };
}

/** The part before the only place where a known dataset begins. */
function modelBeforeDataset(stem: string): string | undefined {
  const starts = knownDatasets
    .flatMap((name) => [stem.lastIndexOf(`_${name}_`), stem.endsWith(`_${name}`) ? stem.length - name.length - 1 : -1])
    .filter((at) => at > 0);
  const [start] = starts;
  return start !== undefined && starts.every((at) => at === start) ? stem.slice(0, start) : undefined;
}
