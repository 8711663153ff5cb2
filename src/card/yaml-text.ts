import { Document, visit } from 'yaml';

/**
 * A value as YAML that every parser reads alike (1.1 as Python's, 1.2 as JavaScript's): all texts in double quotes and on one
 * line, so that no date, number, `yes` or line break becomes something else, and numbers with an exponent carry a point.
 */
export function yamlText(value: unknown): string {
  return documentText(new Document(value, { aliasDuplicateObjects: false }));
}

/** Writes a document; texts that were parsed keep their quotes, new ones are in double quotes. */
export function documentText(document: Document): string {
  visit(document, {
    Scalar(place, node) {
      if (typeof node.value !== 'string') return;
      const isPlain =
        place === 'key' && /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][\w-]*$/i.test(node.value);
      if ((node.type === undefined && !isPlain) || unprintable.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .replaceAll(unprintableAll, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(exponents, (_, before: string, digits: string, point: string | undefined, exponent: string) =>
      [before, digits, point ?? '.0', exponent].join(''),
    );
}

/** What Python's parser refuses raw, or takes for the end of a line; the other controls are escaped by the writer. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const unprintableAll = new RegExp(unprintable.source, 'g');

/** A bare number with an exponent at the end of a line: without a point, YAML 1.1 takes it for a text. */
const exponents = /^([ \t]*(?:- )*(?:[\w-]+: )?)(-?\d+)(\.\d+)?(e[+-]?\d+)$/gm;
