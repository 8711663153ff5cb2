import Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { pathText, problemsOf } from '../../base/validate.ts';
import type { RawSample } from '../raw-run.ts';
import { parsePythonJson } from '../source/python-json.ts';
import { scanJson } from '../source/scan-json.ts';
import { maybeString, own } from './shape.ts';

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** What is read of a row, beside one key a metric. */
const Row = Type.Object({
  doc_id: Type.Integer({ minimum: 0 }),
  doc_hash: Text,
  prompt_hash: Text,
  target_hash: Text,
  filter: Text,
  metrics: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
});
type Row = Type.Static<typeof Row> & Readonly<Record<string, unknown>>;

export interface SampleRow {
  readonly sample: RawSample;
  /** Metrics whose value for this document is no number in [0, 1], so that their mean over documents means nothing. */
  readonly notScalar: readonly string[];
  /** The model answered with a log-likelihood that is not a number. */
  readonly nonFinite: boolean;
}

/**
 * Reads one line of a samples file.
 *
 * Perplexities hold raw log-likelihoods and corpus metrics (bleu, f1) pairs of texts: these are `notScalar`. A bool
 * counts as 0 or 1; a value that is missing or not finite is left out.
 *
 * @throws SkiagramError `samples-unreadable` with file and line
 */
export function sampleRow(
  line: { text: string; number: number },
  context: { file: string; metrics: readonly string[]; outputType: string | null },
): SampleRow {
  const row = parsed(line, context.file);
  const cluster = own(row.doc, 'cluster');
  const names = row.metrics ?? context.metrics;
  const values = names.flatMap((name) => (Object.hasOwn(row, name) ? [[name, scalar(row[name])] as const] : []));
  return {
    sample: {
      docId: row.doc_id,
      docHash: maybeString(row.doc_hash),
      promptHash: maybeString(row.prompt_hash),
      targetHash: maybeString(row.target_hash),
      cluster: typeof cluster === 'string' || typeof cluster === 'number' ? String(cluster) : null,
      filter: maybeString(row.filter) ?? 'none',
      metrics: Object.fromEntries(values.filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
    },
    notScalar: values.filter(([, value]) => value === 'not scalar').map(([name]) => name),
    nonFinite: context.outputType !== 'generate_until' && hasNaN(row.resps),
  };
}

function parsed({ text, number }: { text: string; number: number }, file: string): Row {
  const body = number === 1 ? text.replace(/^\uFEFF/, '') : text;
  const fault = scanJson(body);
  if (fault) throw broken(file, number, `column ${fault.column}: ${fault.what}`);
  let value: unknown;
  try {
    value = parsePythonJson(body).value;
  } catch (cause) {
    throw broken(file, number, (cause as Error).message);
  }
  const [problem] = problemsOf(Row, value);
  if (problem) throw broken(file, number, `${pathText(problem.path)}: ${problem.message.replace(/\.$/, '')}`);
  return value as Row;
}

function scalar(value: unknown): number | 'absent' | 'not scalar' {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return 'absent';
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  return 'not scalar';
}

/**
 * Does a response hold a log-likelihood that is not a number? lm-eval writes `[[["nan", "False"]], …]` for options and
 * `[["nan"]]` for whole texts; a bare NaN has become null. A generated text that says "nan" is none: it comes alone in
 * a task that generates, which is not asked.
 */
function hasNaN(resps: unknown): boolean {
  const numbers = Array.isArray(resps) ? resps.flatMap((request) => (Array.isArray(request) ? request : [])) : [];
  return numbers.some((response) => {
    const logLikelihood: unknown = Array.isArray(response) ? response[0] : response;
    return logLikelihood === null || (typeof logLikelihood === 'string' && /^[+-]?nan$|^\+?inf$/i.test(logLikelihood));
  });
}

function broken(file: string, line: number, what: string): SkiagramError {
  return new SkiagramError({
    code: 'samples-unreadable',
    message: `${file}, line ${line}: ${what}.`,
    hint: 'The file may be cut short or edited: copy it again or run the harness again.',
  });
}
