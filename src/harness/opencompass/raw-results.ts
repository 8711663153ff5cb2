import Type from 'typebox';
import type { RawSample } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import type { SourceFile } from '../source/open-source.ts';

/** `results/<model>/<dataset>.json`: the numbers before they were rounded, and each item where details were asked for. */
export interface RawResults {
  readonly name: string;
  readonly sha256: string;
  /** Every number at the top of the file. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Was the item answered rightly? Undefined where the file has no details of every item. */
  readonly correct: readonly { readonly id: number | string; readonly correct: boolean }[] | undefined;
}

const Numbers = Type.Record(Type.String(), Type.Unknown());
const Score = Type.Number();
const Details = Type.Union([
  Type.Array(Type.Record(Type.String(), Type.Unknown())),
  Type.Record(Type.String(), Type.Unknown()),
  Type.Null(),
]);

/**
 * Reads one file.
 *
 * @param metrics metrics of the summary: these have to be numbers here where they are there
 * @throws SkiagramError `results-malformed` with file and place
 */
export async function readRawResults(file: SourceFile, metrics: readonly string[]): Promise<RawResults> {
  const top = checked(Numbers, (await file.json()).value, file.name);
  const numbers = new Map<string, number>();
  for (const [key, value] of Object.entries(top)) {
    if (metrics.includes(key)) numbers.set(key, checked(Score, value, file.name, key));
    else if (typeof value === 'number') numbers.set(key, value);
  }
  const details = Object.hasOwn(top, 'details') ? checked(Details, top.details, file.name, 'details') : null;
  return { name: file.name, sha256: await file.sha256(), numbers, correct: answers(details) };
}

function answers(details: unknown): RawResults['correct'] {
  if (details === null || typeof details !== 'object') return undefined;
  const entries = Object.entries(details).filter(([key]) => key !== 'type');
  const found = entries.flatMap(([key, entry]) => {
    const correct: unknown =
      typeof entry === 'object' && entry !== null ? (entry as { correct?: unknown }).correct : undefined;
    return typeof correct === 'boolean' ? [{ id: /^(?:0|[1-9]\d{0,14})$/.test(key) ? Number(key) : key, correct }] : [];
  });
  return found.length > 0 && found.length === entries.length ? found : undefined;
}

/** Items as samples: 100 or 0, the unit of the accuracy whose mean they give. */
export function correctSamples(correct: NonNullable<RawResults['correct']>, metric: string): RawSample[] {
  return correct.map((item) => ({
    docId: item.id,
    docHash: null,
    promptHash: null,
    targetHash: null,
    cluster: null,
    filter: 'none',
    metrics: { [metric]: item.correct ? 100 : 0 },
  }));
}
