import { PDFCrossRefStream, type PDFRef } from '@cantoo/pdf-lib';

/** What the class keeps to itself. */
interface Table {
  readonly entries: { readonly ref: PDFRef }[];
  appendEntry(entry: { readonly ref: PDFRef }): void;
}

/**
 * Lets pdf-lib find the place of an entry of the cross-reference table by halving instead of looking through all: with tags a long
 * report has 30,000 objects, and saving it spent most of its time there. Order and bytes are the same.
 */
export function quickenCrossReferences(): void {
  (PDFCrossRefStream.prototype as unknown as Table).appendEntry = function (this: Table, entry): void {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const number = this.entries[middle]?.ref.objectNumber ?? Number.POSITIVE_INFINITY;
      if (number > entry.ref.objectNumber) high = middle;
      else low = middle + 1;
    }
    this.entries.splice(low, 0, entry);
  };
}
