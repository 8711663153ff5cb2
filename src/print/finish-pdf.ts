import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import { quickenCrossReferences } from './quick-cross-references.ts';
import { renumberStructureIds } from './structure-ids.ts';

/**
 * What Chrome leaves to do: headings of the outline as they stand in the text (it drops the blank where a heading breaks over
 * two lines), page labels, ids and dates that do not depend on when it was printed, so that equal reports give equal bytes.
 *
 * @param headings text of every heading in the order of the document
 * @param created ISO time, UTC
 */
export async function finishPdf(
  document: PDFDocument,
  headings: readonly string[],
  created: string,
): Promise<Uint8Array> {
  const entries = outlineEntries(document);
  const named = entries.length === headings.length;
  for (const [index, entry] of entries.entries())
    entry.set(PDFName.of('Title'), PDFHexString.fromText(named ? (headings[index] ?? '') : titleOf(entry)));
  document.catalog.set(
    PDFName.of('PageLabels'),
    document.context.obj({ Nums: [PDFNumber.of(0), document.context.obj({ S: PDFName.of('D') })] }),
  );
  // Names of PDF 2.0 that readers of earlier versions take for errors.
  document.catalog
    .lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)
    ?.set(PDFName.of('RoleMap'), document.context.obj({ Strong: PDFName.of('Span'), Em: PDFName.of('Span') }));
  const date = new Date(created);
  document.setCreationDate(date);
  document.setModificationDate(date);
  document.setCreator('Skiagram');
  renumberStructureIds(document);
  quickenCrossReferences();
  return document.save({
    useObjectStreams: true,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
}

/** Every entry of the outline, depth first: the order of the headings. */
function outlineEntries(document: PDFDocument): PDFDict[] {
  const found: PDFDict[] = [];
  const walk = (parent: PDFDict | undefined): void => {
    let entry = parent?.lookupMaybe(PDFName.of('First'), PDFDict);
    while (entry) {
      found.push(entry);
      walk(entry);
      entry = entry.lookupMaybe(PDFName.of('Next'), PDFDict);
    }
  };
  walk(document.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict));
  return found;
}

function titleOf(entry: PDFDict): string {
  const title = entry.lookup(PDFName.of('Title'));
  return title instanceof PDFString || title instanceof PDFHexString
    ? title.decodeText().replaceAll(/\s+/g, ' ').trim()
    : '';
}
