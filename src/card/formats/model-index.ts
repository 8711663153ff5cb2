import Type from 'typebox';
import { parse } from 'yaml';
import { problemsOf } from '../../base/validate.ts';
import type { CardFormat } from '../format.ts';
import { IndexEntry, modelIndexEntry } from '../model-index-entry.ts';
import { parsedBy } from '../parsed-by.ts';
import { yamlText } from '../yaml-text.ts';

const Document = Type.Object({ 'model-index': Type.Array(IndexEntry, { minItems: 1 }) });

/** `model-index`, for the front matter of a README.md on the hub. */
export const modelIndex: CardFormat = {
  title: 'model-index, for the front matter of README.md',
  render(card) {
    const { entry, leftOut } = modelIndexEntry(card);
    const files = entry ? [{ path: 'model-index.yaml', text: yamlText({ 'model-index': [entry] }) }] : [];
    return { files, leftOut };
  },
  check: parsedBy(parse, (value) => problemsOf(Document, value)),
};
