import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRef } from '@cantoo/pdf-lib';

/** Anchor -> page, from 1, of every place in a PDF that a link leads to. Chrome writes them as named destinations. */
export function pagesOfAnchors(document: PDFDocument): ReadonlyMap<string, number> {
  const numbers = new Map(document.getPages().map(({ ref }, index) => [ref.toString(), index + 1]));
  const named = document.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  return new Map(
    (named?.entries() ?? []).flatMap(([name, value]) => {
      const place = value instanceof PDFRef ? document.context.lookup(value) : value;
      const target = place instanceof PDFArray ? place.get(0) : undefined;
      const number = target === undefined ? undefined : numbers.get(target.toString());
      return number === undefined ? [] : [[name.decodeText(), number] as const];
    }),
  );
}
