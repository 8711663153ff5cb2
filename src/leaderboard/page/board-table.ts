/** One cell: text, small print, perhaps a link and a mark; `sort` is what a reader's click sorts by. */
export interface BoardCell {
  readonly text: string;
  readonly note: string;
  readonly href: string;
  readonly symbol: string;
  readonly tone: string;
  readonly sort: string;
  readonly numeric: boolean;
}

/** A table ready for `leaderboard-table.hbs`: the first column heads its row. */
export interface BoardTable {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly numeric: boolean }[];
  readonly rows: readonly BoardRow[];
  /** True where the filters above the page's tables act on its rows. */
  readonly filtered: boolean;
}

export interface BoardRow {
  readonly head: BoardCell;
  readonly cells: readonly BoardCell[];
  /** What the row is filtered by; empty where the table is not filtered. */
  readonly name: string;
  readonly verdict: string;
  readonly tier: string;
}

/** A text cell. */
export function text(value: string, extra: Partial<BoardCell> = {}): BoardCell {
  return { text: value, note: '', href: '', symbol: '', tone: '', sort: value, numeric: false, ...extra };
}

/** A numeric cell that sorts by its number, shown as `shown`; one without a number sorts last. */
export function number(shown: string, sort: number | undefined, note = ''): BoardCell {
  return text(shown, { note, numeric: true, sort: sort === undefined ? '' : String(sort) });
}

/** Rows whose first cell is the head. */
export function boardTable(
  label: string,
  head: readonly string[],
  rows: readonly {
    readonly cells: readonly BoardCell[];
    readonly filter?: { readonly name: string; readonly verdict: string; readonly tier: string };
  }[],
): BoardTable {
  const first = rows[0]?.cells ?? [];
  return {
    label,
    head: head.map((title, index) => ({ text: title, numeric: first[index]?.numeric ?? false })),
    rows: rows.map(({ cells: [lead = text(''), ...cells], filter }) => ({
      head: lead,
      cells,
      ...(filter ?? { name: '', verdict: '', tier: '' }),
    })),
    filtered: rows.some(({ filter }) => filter !== undefined),
  };
}
