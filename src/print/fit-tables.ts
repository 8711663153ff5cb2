import type { Page } from 'puppeteer-core';

/**
 * Makes every table of the page fit its width, as it will be printed: a table that is too wide is set tighter (class `tight`),
 * and one that still is becomes several under each other, each with the first column and as many others as fit.
 * A table with cells over several columns is set tighter only.
 */
export function fitTables(page: Page): Promise<void> {
  return page.evaluate(() => {
    // Until here, and where a browser prints the page itself, cells break so that every table has room (print.css).
    document.documentElement.classList.add('fitted');
    /** Widest part of a row of columns that is taken for a column that can be moved to another part. */
    const tooWide = (table: HTMLTableElement): boolean =>
      table.scrollWidth > (table.parentElement?.clientWidth ?? Number.POSITIVE_INFINITY) + 1;
    const keep = (table: HTMLTableElement, columns: ReadonlySet<number>): void => {
      for (const row of table.rows)
        for (const [index, entry] of [...row.cells].entries()) if (!columns.has(index)) entry.remove();
    };
    const all = [...document.querySelectorAll('table')].filter((table) => table.offsetParent !== null);
    const wide = all.filter(tooWide);
    for (const table of wide) table.classList.add('tight');
    for (const table of wide.filter(tooWide)) {
      const cells = [...(table.rows[0]?.cells ?? [])];
      if (cells.length < 3 || table.querySelector('[colspan]:not([colspan="1"])')) continue;
      const room = (table.parentElement?.clientWidth ?? 0) - (cells[0]?.offsetWidth ?? 0);
      const parts: number[][] = [];
      let used = Number.POSITIVE_INFINITY;
      for (const [index, entry] of cells.entries()) {
        if (index === 0) continue;
        if (used + entry.offsetWidth > room) {
          parts.push([]);
          used = 0;
        }
        parts.at(-1)?.push(index);
        used += entry.offsetWidth;
      }
      if (parts.length < 2) continue;
      for (const [number, columns] of parts.entries()) {
        const part = table.cloneNode(true) as HTMLTableElement;
        keep(part, new Set([0, ...columns]));
        const caption = part.caption ?? part.createCaption();
        caption.append(` (columns, part ${number + 1} of ${parts.length})`);
        part.classList.add('part');
        if (number > 0) for (const place of [part.caption, ...part.rows]) place?.removeAttribute('id');
        table.before(part);
      }
      table.remove();
    }
  });
}
