/**
 * Sets /CreationDate and /ModDate of a PDF to one given time. They are the only bytes in which two prints of the same
 * page differ, and the replacement has the same length, so the cross-reference table stays right.
 */
export function withFixedDates(pdf: Uint8Array, created: string): Uint8Array {
  const stamp = `D:${created.slice(0, 19).replaceAll(/[-:T]/g, '')}+00'00'`;
  const text = Buffer.from(pdf).toString('latin1');
  return Buffer.from(
    text.replaceAll(/\/(CreationDate|ModDate) \((D:[^)]*)\)/g, (whole, key: string, date: string) =>
      date.length === stamp.length ? `/${key} (${stamp})` : whole,
    ),
    'latin1',
  );
}
