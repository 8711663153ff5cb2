import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

/** One entry of an archive to be written; what is not given is true. */
export interface Entry {
  readonly name: string;
  readonly content: string | Buffer;
  /** 0 stored, 8 deflate, 93 Zstandard in two frames. */
  readonly method?: number;
  readonly packed?: Buffer;
  /** Lies of the directory. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly offset?: number;
  readonly flags?: number;
  readonly listedAs?: string;
  readonly listedMethod?: number;
}

/** A zip archive (APPNOTE.TXT) that may lie wherever an entry says so. */
export function writeZip(entries: readonly Entry[], end: { count?: number; directory?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const method = entry.method ?? 93;
    const packed = entry.packed ?? pack(content, method);
    const name = Buffer.from(entry.name);
    const [crc, flags] = [entry.crc ?? crc32(content), entry.flags ?? 0];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const listed = Buffer.from(entry.listedAs ?? entry.name);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    row.writeUInt16LE(flags, 8);
    row.writeUInt16LE(entry.listedMethod ?? method, 10);
    row.writeUInt32LE(crc, 16);
    row.writeUInt32LE(entry.packedSize ?? packed.length, 20);
    row.writeUInt32LE(entry.size ?? content.length, 24);
    row.writeUInt16LE(listed.length, 28);
    row.writeUInt32LE(entry.offset ?? at, 42);
    parts.push(local, name, packed);
    directory.push(row, listed);
    at += local.length + name.length + packed.length;
  }
  const rows = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(end.count ?? entries.length, 8);
  tail.writeUInt16LE(end.count ?? entries.length, 10);
  tail.writeUInt32LE(rows.length, 12);
  tail.writeUInt32LE(end.directory ?? at, 16);
  return Buffer.concat([...parts, rows, tail]);
}

function pack(content: Buffer, method: number): Buffer {
  if (method === 8) return deflateRawSync(content);
  if (method !== 93) return content;
  const middle = Math.floor(content.length / 2);
  return Buffer.concat([zstdCompressSync(content.subarray(0, middle)), zstdCompressSync(content.subarray(middle))]);
}
