import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';

const id = PDFName.of('ID');

/**
 * Numbers the ids of tagged elements in the order of the document. Chrome takes them from a counter that depends on timing, so that
 * two prints of one page differ in them; table cells name their header cells by these ids.
 */
export function renumberStructureIds(document: PDFDocument): void {
  const root = document.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  if (root?.has(PDFName.of('IDTree')) !== true) return;
  const elements = document.context
    .enumerateIndirectObjects()
    .flatMap(([ref, element]) => (element instanceof PDFDict && named(element) ? [{ ref, element }] : []));
  const renamed = new Map<string, PDFString>();
  const names: (PDFString | PDFRef)[] = [];
  for (const { ref, element } of elements) {
    const name = PDFString.of(`node${String(renamed.size + 1).padStart(8, '0')}`);
    renamed.set(String(element.get(id)), name);
    element.set(id, name);
    names.push(name, ref);
  }
  for (const [, element] of document.context.enumerateIndirectObjects())
    if (element instanceof PDFDict) renameHeaders(element, renamed);
  dropTree(document, root.get(PDFName.of('IDTree')));
  root.set(PDFName.of('IDTree'), document.context.obj({ Names: names }));
}

/** Removes a name tree's objects; left over, they would still hold the old names. */
function dropTree(document: PDFDocument, node: PDFObject | undefined): void {
  if (!(node instanceof PDFRef)) return;
  const kids = document.context.lookupMaybe(node, PDFDict)?.lookupMaybe(PDFName.of('Kids'), PDFArray);
  for (const kid of kids?.asArray() ?? []) dropTree(document, kid);
  document.context.delete(node);
}

function named(element: PDFDict): boolean {
  return element.get(PDFName.of('Type')) === PDFName.of('StructElem') && element.has(id);
}

/** `/A [<< /O /Table /Headers [(node00000016)] >>]` of a table cell. */
function renameHeaders(element: PDFDict, renamed: ReadonlyMap<string, PDFString>): void {
  const attributes = element.get(PDFName.of('A'));
  for (const part of attributes instanceof PDFArray ? attributes.asArray() : []) {
    const headers = part instanceof PDFDict ? part.get(PDFName.of('Headers')) : undefined;
    if (!(headers instanceof PDFArray)) continue;
    for (let index = 0; index < headers.size(); index++) {
      const name = renamed.get(String(headers.get(index)));
      if (name) headers.set(index, name);
    }
  }
}
