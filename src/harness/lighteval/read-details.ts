import Type from 'typebox';
import type { RawSample } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import { hashOf } from '../source/hash-of.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { readParquet } from '../source/parquet.ts';

const Values = Type.Record(
  Type.String(),
  Type.Union([Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.Unknown()), Type.Object({}), Type.String()]),
);
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));

/** A row of `details_<task>_<stamp>.parquet`: `doc` and `metric` since 0.10, `example`, `gold` and `metrics` before. */
const Row = Type.Object({
  doc: Maybe(
    Type.Object({
      id: Maybe(Type.Union([Type.String(), Type.Integer()])),
      query: Type.String(),
      choices: Maybe(Type.Array(Type.Unknown())),
      gold_index: Type.Optional(Type.Unknown()),
      instruction: Maybe(Type.String()),
    }),
  ),
  metric: Maybe(Values),
  metrics: Maybe(Values),
  example: Maybe(Type.String()),
  full_prompt: Type.Optional(Type.Unknown()),
  gold: Type.Optional(Type.Unknown()),
  gold_index: Type.Optional(Type.Unknown()),
});
type Row = Type.Static<typeof Row>;

const columns = ['doc', 'metric', 'metrics', 'example', 'full_prompt', 'gold', 'gold_index'];

/**
 * Per-sample values of one task from its details file, of those metrics whose score is their mean. Where the file has
 * no ids the row number is the id, and the hash of the question tells whether it is the same item.
 *
 * @throws SkiagramError `results-malformed` naming file and row
 */
export async function readDetails(file: SourceFile, means: readonly string[]): Promise<RawSample[]> {
  const { rows } = await readParquet(await file.bytes(), file.name, columns, { nested: true });
  const seen = new Set<string>();
  return rows.map((value, index) => {
    const at = `row ${index}`;
    const row = checked(Row, jsonOf(value), file.name, at);
    const values = row.metric ?? row.metrics;
    if (!values) throw malformed(file.name, at, 'there is neither a column "metric" nor "metrics"');
    const docId = row.doc?.id ?? index;
    if (seen.has(String(docId)))
      throw malformed(file.name, at, `the item ${JSON.stringify(docId)} comes a second time`);
    seen.add(String(docId));
    return {
      docId,
      ...hashes(row, file.name, at),
      cluster: null,
      filter: 'none',
      metrics: Object.fromEntries(means.flatMap((metric) => scalar(values, metric))),
    };
  });
}

/** Bytes as base64, whole numbers beyond a double as text: JSON has neither. */
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]));
}

/** The value of a metric as an entry; none where it is missing or has parts. */
function scalar(values: Readonly<Record<string, unknown>>, metric: string): [string, number][] {
  const value = Object.hasOwn(values, metric) ? values[metric] : null;
  if (typeof value === 'boolean') return [[metric, value ? 1 : 0]];
  return typeof value === 'number' && Number.isFinite(value) ? [[metric, value]] : [];
}

function hashes(row: Row, file: string, at: string): Pick<RawSample, 'docHash' | 'promptHash' | 'targetHash'> {
  const { doc } = row;
  if (doc)
    return {
      docHash: hashOf([doc.instruction ?? null, doc.query, doc.choices ?? null]),
      promptHash: null,
      targetHash: hashOf([doc.gold_index ?? null, doc.choices ?? null]),
    };
  if (typeof row.example !== 'string') throw malformed(file, at, 'there is neither a column "doc" nor "example"');
  return {
    docHash: hashOf(row.example),
    promptHash: row.full_prompt === undefined ? null : hashOf(row.full_prompt),
    targetHash: hashOf(row.gold ?? row.gold_index ?? null),
  };
}
