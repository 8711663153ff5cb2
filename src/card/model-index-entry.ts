import Type from 'typebox';
import type { CardScore, LeftOut, ModelCard } from './model-card.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Args = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]));

const IndexResult = Type.Object(
  {
    task: Type.Object({ type: Text, name: Text }, closed),
    dataset: Type.Object(
      {
        name: Text,
        type: Text,
        config: Type.Optional(Text),
        revision: Type.Optional(Text),
        args: Type.Optional(Args),
      },
      closed,
    ),
    metrics: Type.Array(
      Type.Object({ type: Text, value: Type.Number(), name: Text, args: Type.Optional(Args) }, closed),
      { minItems: 1 },
    ),
    source: Type.Optional(Type.Object({ name: Text, url: Text }, closed)),
  },
  closed,
);
export type IndexResult = Type.Static<typeof IndexResult>;

/** A model of `model-index` as it is written here: a part of what the hub's `modelcard.md` allows. */
export const IndexEntry = Type.Object({ name: Text, results: Type.Array(IndexResult, { minItems: 1 }) }, closed);
export type IndexEntry = Type.Static<typeof IndexEntry>;

/** Mark in the arguments of every metric written here, by which the next card finds and replaces them. */
export const mark = 'skiagram';

/**
 * Scores as an entry of `model-index`: one result a task, standard errors as metrics of their own as boards do, intervals and
 * settings as arguments. Two rows that the hub would take for one (same task, dataset, configuration and revision) are told apart by
 * their suite.
 */
export function modelIndexEntry(card: ModelCard): { entry: IndexEntry | undefined; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const taken = new Set<string>();
  const results = card.scores.flatMap((score): IndexResult[] => {
    if (score.score.status !== 'ok') {
      leftOut.push({ what: score.task, reason: score.score.reason });
      return [];
    }
    const result = resultOf(score, score.score, card);
    const first = identity(result);
    if (taken.has(first) && score.suite !== null) result.dataset.config = `suite ${score.suite}`;
    const own = identity(result);
    if (taken.has(own)) {
      leftOut.push({ what: score.task, reason: 'the same task comes twice, and nothing tells the two apart' });
      return [];
    }
    taken.add(own);
    return [result];
  });
  return { entry: results.length > 0 ? { name: card.model.name, results } : undefined, leftOut };
}

/** What the hub tells results apart by. */
export function identity({ task, dataset }: Pick<IndexResult, 'task' | 'dataset'>): string {
  return JSON.stringify([task.type, dataset.type, dataset.config ?? null, dataset.revision ?? null]);
}

type Ok = Extract<CardScore['score'], { status: 'ok' }>;

function resultOf(score: CardScore, { value, interval, n, note }: Ok, card: ModelCard): IndexResult {
  const tool = `${card.tool.name} ${card.tool.version}`;
  const name = score.filter === 'none' ? score.metric : `${score.metric} (${score.filter})`;
  const filter = score.filter === 'none' ? {} : { filter: score.filter };
  const { dataset } = score;
  return {
    task: { type: 'text-generation', name: score.family ?? 'Text generation' },
    dataset: {
      name: score.task,
      type: dataset?.id ?? score.task,
      ...(dataset ? { config: dataset.task_id } : {}),
      ...(dataset?.revision === undefined ? {} : { revision: dataset.revision }),
      args: {
        ...(score.shots === null ? {} : { num_few_shot: score.shots }),
        ...(score.harness === null ? {} : { harness: score.harness }),
        ...(score.harnessVersion === null ? {} : { harness_version: score.harnessVersion }),
        ...(score.suite === null ? {} : { suite: score.suite }),
      },
    },
    metrics: [
      {
        type: score.metric,
        value,
        name,
        args: {
          written_by: tool,
          ...filter,
          ...(score.scale.max === null ? {} : { max: score.scale.max }),
          ...(n === undefined ? {} : { n }),
          ...(interval
            ? {
                interval_low: interval.low,
                interval_high: interval.high,
                interval_level: interval.level,
                interval_method: interval.method,
              }
            : {}),
          ...(note === undefined ? {} : { note }),
        },
      },
      ...(score.stderr
        ? [
            {
              type: `${score.metric}_stderr`,
              value: score.stderr.value,
              name: `${name}, standard error`,
              args: { written_by: tool, ...filter, method: score.stderr.method },
            },
          ]
        : []),
    ],
    ...(card.publisher.source === null ? {} : { source: { name: 'Evaluation', url: card.publisher.source } }),
  };
}
