/** Sheets that a report can be printed on. */
export const papers = ['a4', 'letter'] as const;
export type Paper = (typeof papers)[number];

/** What lies between the sheet's edge and the text, in millimetres. */
export const margins = { top: 20, right: 16, bottom: 18, left: 16 } as const;

/** Width × height in millimetres (ISO 216; ANSI A, 8.5 × 11 inches). */
const sheets: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  a4: [210, 297],
  letter: [215.9, 279.4],
};

/** CSS pixels across the text of a page: what a table may be wide. */
export function textWidth(paper: Paper): number {
  const [width] = sheets[paper];
  return Math.floor(((width - margins.left - margins.right) * 96) / 25.4);
}

/** A sheet as CSS writes it in `@page { size: … }`. */
export function cssSize(paper: Paper): string {
  const [width, height] = sheets[paper];
  return `${width}mm ${height}mm`;
}
