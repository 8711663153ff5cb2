import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import { parseJson } from '../source/json.ts';
import { resultsModel } from './model-name.ts';
import { parseResults } from './parse-results.ts';
import { type Results, resultsDate } from './results-file.ts';
import { own } from './shape.ts';

/** Largest results file that is read. Real ones: 15 kB for four tasks, 3 MB for all of MMLU with long prompts. */
const maxResultsBytes = 256 * 1024 * 1024;

export interface FoundResults {
  /** Path of the results file. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly value: Results;
  /** Base names of older results files beside it, which were not read. */
  readonly older: readonly string[];
}

/**
 * Finds the results of one run: the file itself, the newest results file of a folder (by the `date` inside, since file
 * names hold local times), or of its only sub-folder, where lm-eval puts them when told a folder.
 *
 * @throws SkiagramError `results-missing`; `results-ambiguous` for several models in one place; `results-malformed`,
 *   `results-too-large`, `results-predict-only`
 */
export async function findResults(path: string): Promise<FoundResults> {
  const files = await resultsFiles(path);
  const [first] = files;
  if (first === undefined)
    throw new SkiagramError({
      code: 'results-missing',
      message: `There is no results_*.json in ${path}.`,
      hint: 'Name the file, or the folder that lm-eval wrote it to (--output_path).',
    });
  const read = await Promise.all(files.map(open));
  const models = new Set(
    read.map(({ value }) => resultsModel(value) ?? JSON.stringify(own(value.config, 'model_args') ?? null)),
  );
  if (new Set(files.map(dirname)).size > 1 || models.size > 1)
    throw new SkiagramError({
      code: 'results-ambiguous',
      message: `${path} holds results of ${Math.max(models.size, 2)} models or runs: ${files.map((file) => basename(file)).join(', ')}.`,
      hint: 'Name one results file, or one folder per checkpoint.',
    });
  const [newest, ...older] = read.sort((one, two) => resultsDate(two.value) - resultsDate(one.value));
  if (newest === undefined) throw new Error('unreachable: at least one file was found');
  return { ...newest, older: older.map(({ file }) => basename(file)) };
}

/** Paths of the results files at `path`: itself, in it, or in its direct sub-folders. */
export async function resultsFiles(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined) return [];
  if (!entry.isDirectory()) return [path];
  const direct = await resultsIn(path);
  if (direct.length > 0) return direct;
  const folders = (await readdir(path, { withFileTypes: true })).filter((child) => child.isDirectory());
  return (await Promise.all(folders.map((folder) => resultsIn(join(path, folder.name))))).flat();
}

async function resultsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^results(?:_.*)?\.json$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

async function open(file: string): Promise<Omit<FoundResults, 'older'>> {
  const { size } = await stat(file);
  if (size > maxResultsBytes)
    throw new SkiagramError({
      code: 'results-too-large',
      message: `${basename(file)} is ${size} bytes long; more than ${maxResultsBytes} is not read.`,
      hint: 'Is this a results file of lm-eval?',
    });
  const name = basename(file);
  const bytes = await readFile(file);
  return { file, bytes, value: parseResults(parseJson(bytes.toString('utf8'), name).value, name) };
}
