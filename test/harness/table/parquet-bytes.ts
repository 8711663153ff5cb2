import { parquetWriteBuffer } from 'hyparquet-writer';

/** A Parquet file of some columns, as our own store writes them. */
export function parquetBytes(columns: Readonly<Record<string, readonly unknown[]>>): Uint8Array {
  const typeOf = (data: readonly unknown[]) => {
    const value = data.find((entry) => entry !== null);
    if (typeof value === 'bigint') return 'INT64';
    if (typeof value === 'boolean') return 'BOOLEAN';
    return typeof value === 'number' ? 'DOUBLE' : 'STRING';
  };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: Object.entries(columns).map(([name, data]) => ({
        name,
        data: [...data],
        type: typeOf(data),
        nullable: true,
      })),
    }),
  );
}
