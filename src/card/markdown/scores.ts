import { decimal } from '../../base/format.ts';
import { markdownTable, markdownText } from '../../report/markdown-text.ts';
import type { CardScore, ModelCard } from '../model-card.ts';

/** Every score with its interval and the number of items behind it. */
export function scoreLines({ scores }: ModelCard): string[] {
  if (scores.length === 0) return ['### Scores', 'This run holds no scores of the model.'];
  const warned = scores.flatMap(({ task, warnings }) =>
    warnings.map((warning) => `- ${markdownText(task)}: ${markdownText(warning)}`),
  );
  const notes = new Map<string, number>();
  for (const { score } of scores)
    if (score.status === 'ok' && score.note !== undefined) notes.set(score.note, (notes.get(score.note) ?? 0) + 1);
  const quoted = scores.filter(({ claimed }) => claimed).length;
  return [
    '### Scores',
    'Scores are shares between 0 and 1 unless another maximum stands beside them. The interval says where the score could lie had other questions of the same kind been asked; it does not cover another training run. “Guessing” is the score of answering at random, “shots” the number of worked examples in the prompt.',
    markdownTable(
      ['Ability', 'Task', 'Measure', 'Score', '95 % interval', 'Questions', 'Guessing', 'Shots'],
      scores.map(row),
    ).join('\n'),
    ...(quoted > 0 ? [`${quoted} of these scores are quoted from elsewhere and were not measured in this run.`] : []),
    ...[...notes].map(([note, count]) => `Of ${count} of ${scores.length} scores: ${markdownText(note)}`),
    ...(warned.length > 0 ? ['Remarks on single tasks:', warned.join('\n')] : []),
  ];
}

function row({
  family,
  task,
  metric,
  filter,
  score,
  scale,
  chance,
  shots,
  lowerIsBetter,
  protocol,
}: CardScore): string[] {
  const digits = scale.unit === 'proportion' ? 3 : 2;
  const maximum =
    scale.unit === 'proportion' ? '' : scale.max === null ? ' (own scale)' : ` of ${Number(scale.max.toPrecision(6))}`;
  const measure = [
    filter === 'none' ? metric : `${metric} (${filter})`,
    ...(protocol === null ? [] : [protocol]),
    ...(lowerIsBetter === true ? ['lower is better'] : []),
  ].join(', ');
  const rest = [chance === null ? 'not known' : decimal(chance, digits), shots === null ? 'not known' : String(shots)];
  if (score.status !== 'ok') return [family ?? 'none', task, measure, `none: ${score.reason}`, '', '', ...rest];
  const { value, interval, n } = score;
  const level = interval && interval.level !== 0.95 ? ` (${100 * interval.level} %)` : '';
  return [
    family ?? 'none',
    task,
    measure,
    `${decimal(value, digits)}${maximum}`,
    interval
      ? `${decimal(interval.low, digits)} to ${decimal(interval.high, digits)}${level}, ${interval.method}`
      : 'none',
    n === undefined ? 'not known' : String(n),
    ...rest,
  ];
}
