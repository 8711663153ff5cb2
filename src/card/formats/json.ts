import { problemsOf } from '../../base/validate.ts';
import type { CardFormat } from '../format.ts';
import { ModelCard } from '../model-card.ts';
import { parsedBy } from '../parsed-by.ts';

/** Everything the other formats are made of, as one document with a published schema (`schemas/card.schema.json`). */
export const json: CardFormat = {
  title: 'the whole card as JSON',
  render: (card) => ({ files: [{ path: 'card.json', text: `${JSON.stringify(card, null, 2)}\n` }], leftOut: [] }),
  check: parsedBy(JSON.parse, (value) => problemsOf(ModelCard, value)),
};
