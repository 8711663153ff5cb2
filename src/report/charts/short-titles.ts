/**
 * Titles that fit beside an axis: cut to `length` characters, and numbered where two that differ would read alike, because
 * equal titles would share one row of a chart.
 */
export function shortTitles(titles: readonly string[], length = 30): string[] {
  const seen = new Map<string, number>();
  return titles.map((title) => {
    const characters = [...title];
    const short = characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : title;
    const times = (seen.get(short) ?? 0) + 1;
    seen.set(short, times);
    return times === 1 ? short : `${short} (${times})`;
  });
}
