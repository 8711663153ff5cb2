import Type from 'typebox';
import { parse } from 'yaml';
import { problemsOf } from '../../base/validate.ts';
import { byStem, type CardFormat } from '../format.ts';
import type { CardScore, HubDataset, LeftOut, ModelCard } from '../model-card.ts';
import { parsedBy } from '../parsed-by.ts';
import { yamlText } from '../yaml-text.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });

const Entry = Type.Object(
  {
    dataset: Type.Object({ id: Text, task_id: Text, revision: Type.Optional(Text) }, closed),
    value: Type.Number(),
    date: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}' })),
    source: Type.Optional(Type.Object({ url: Text, name: Text }, closed)),
    notes: Type.Optional(Text),
  },
  closed,
);
type Entry = Type.Static<typeof Entry>;

/**
 * `.eval_results/*.yaml` of the hub, a file a suite. Only tasks with a known place on the hub: a score under a board that it does
 * not belong to would be wrong. There is no field for an interval, n or direction, so that they stand in the notes.
 */
export const evalResults: CardFormat = {
  title: '.eval_results/*.yaml, for the boards of the hub',
  render(card) {
    const leftOut: LeftOut[] = [];
    const taken = new Set<string>();
    const entries = card.scores.flatMap((score) => {
      const entry = entryOf(score, card);
      const place = 'reason' in entry ? '' : JSON.stringify([score.suite, entry.dataset.id, entry.dataset.task_id]);
      if ('reason' in entry) leftOut.push({ what: score.task, reason: entry.reason });
      else if (taken.has(place))
        leftOut.push({ what: score.task, reason: `another task of the suite has the place ${entry.dataset.id}` });
      else {
        taken.add(place);
        return [{ suite: score.suite ?? 'scores', entry }];
      }
      return [];
    });
    const files = byStem(entries, ({ suite }) => suite).map(({ stem, items }) => ({
      path: `.eval_results/${stem}.yaml`,
      text: yamlText(items.map(({ entry }) => entry)),
    }));
    return { files, leftOut };
  },
  check: parsedBy(parse, (value) => problemsOf(Type.Array(Entry, { minItems: 1 }), value)),
};

function entryOf(score: CardScore, { publisher }: ModelCard): Entry | { reason: string } {
  const { dataset, scale, filter } = score;
  if (score.score.status !== 'ok') return { reason: score.score.reason };
  if (dataset === null) return { reason: 'no board of the hub is known for it (name one with --datasets)' };
  if (scale.unit !== 'proportion' && scale.unit !== 'percent')
    return { reason: 'its scale is not 0 to 1 or 0 to 100, as boards count' };
  if (score.lowerIsBetter !== false) return { reason: 'higher is not better for it, and the format cannot say so' };
  const factor = factorOf(dataset, scale.unit);
  const { value, interval, n, note } = score.score;
  const number = (x: number): number => Number((x * factor).toPrecision(15));
  const short = (x: number): string => String(Number((x * factor).toPrecision(4)));
  const notes = [
    ...(score.shots === null ? [] : [`${score.shots}-shot`]),
    ...(score.harness === null ? [] : [[score.harness, score.harnessVersion ?? ''].join(' ').trim()]),
    filter === 'none' ? score.metric : `${score.metric} (${filter})`,
    ...(score.protocol === null ? [] : [score.protocol]),
    ...(interval
      ? [`${100 * interval.level} % interval ${short(interval.low)} to ${short(interval.high)} (${interval.method})`]
      : []),
    ...(n === undefined ? [] : [`n = ${n}`]),
    ...(note === undefined ? [] : [note]),
  ];
  return {
    dataset: {
      id: dataset.id,
      task_id: dataset.task_id,
      ...(dataset.revision === undefined ? {} : { revision: dataset.revision }),
    },
    value: number(value),
    ...(score.date === null ? {} : { date: score.date }),
    ...(publisher.source === null ? {} : { source: { url: publisher.source, name: 'Evaluation' } }),
    notes: notes.join(', '),
  };
}

function factorOf({ scale }: HubDataset, unit: 'proportion' | 'percent'): number {
  if (scale === unit) return 1;
  return scale === 'percent' ? 100 : 0.01;
}
