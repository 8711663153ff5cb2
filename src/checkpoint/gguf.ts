import { SkiagramError } from '../base/error.ts';
import type { Bytes } from './bytes.ts';
import type { TensorLocation } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { Cursor } from './cursor.ts';
import { ggmlTypes } from './ggml-types.ts';
import { ggufConfig } from './gguf-config.ts';

/** Longest text of the metadata that is kept; chat templates and the like are passed over. */
const keptText = 1024;
/** Arrays within arrays that are followed; real files have none. */
const maxNesting = 4;
/** GGML itself has four dimensions. */
const maxDimensions = 8;
/** Bytes of values of fixed size, by type: u8 i8 u16 i16 u32 i32 f32 bool, and u64 i64 f64. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const textType = 8;
const arrayType = 9;

/**
 * A GGUF file of version 2 or 3 -> where its tensors lie. Shapes are given rows first, the reverse of the file's order. The
 * metadata that names the architecture and its sizes comes back as a config; arrays (vocabularies) are passed over.
 * A tensor of a type that is not known ends where the next one begins.
 *
 * Throws `gguf-corrupt` naming file, tensor and fault: counts and lengths beyond the file, tensors that overlap or lie
 * outside, names that occur twice.
 */
export function readGguf(bytes: Bytes): Contents {
  const cursor = new Cursor(bytes, { fault: (what) => corrupt(bytes, what) });
  const { tensorCount, metadataCount } = readHead(cursor, bytes);
  const metadata = readMetadata(cursor, metadataCount, bytes);
  const infos = readInfos(cursor, tensorCount, bytes);
  const alignment = metadata.get('general.alignment') ?? 32;
  if (typeof alignment !== 'number' || !Number.isInteger(alignment) || alignment < 1 || alignment > 2 ** 20)
    throw corrupt(bytes, `its alignment is ${String(alignment)}`);
  const begin = Math.ceil(cursor.position / alignment) * alignment;
  return { tensors: located(infos, begin, bytes), leftOut: [], config: ggufConfig(metadata) };
}

function readHead(cursor: Cursor, bytes: Bytes): { tensorCount: number; metadataCount: number } {
  if (cursor.left < 4 || cursor.text(4) !== 'GGUF') throw corrupt(bytes, 'it does not begin with "GGUF"');
  const version = cursor.u32();
  if (version !== 2 && version !== 3)
    throw corrupt(
      bytes,
      `it has version ${version}; 2 and 3 are read, little-endian`,
      'Convert it with a current llama.cpp.',
    );
  const [tensorCount, metadataCount] = [cursor.u64(), cursor.u64()];
  // The least that an entry takes: lengths, types, and one dimension.
  if (metadataCount * 13 + tensorCount * 24 > cursor.left)
    throw corrupt(
      bytes,
      `it claims ${tensorCount} tensors and ${metadataCount} facts, more than its ${bytes.size} bytes can hold`,
    );
  return { tensorCount, metadataCount };
}

/** Numbers, flags and short texts by key. */
function readMetadata(cursor: Cursor, count: number, bytes: Bytes): Map<string, unknown> {
  const metadata = new Map<string, unknown>();
  const seen = new Set<string>();
  for (let index = 0; index < count; index++) {
    const key = cursor.text(cursor.u64());
    if (seen.has(key)) throw corrupt(bytes, `the fact "${key}" occurs twice`);
    seen.add(key);
    const value = readValue(cursor, cursor.u32(), 0, bytes);
    if (value !== undefined) metadata.set(key, value);
  }
  return metadata;
}

function readValue(cursor: Cursor, type: number, nesting: number, bytes: Bytes): unknown {
  if (type === textType) {
    const length = cursor.u64();
    if (length <= keptText) return cursor.text(length);
    return cursor.skip(length);
  }
  if (type === arrayType) {
    if (nesting >= maxNesting) throw corrupt(bytes, `its metadata nests arrays more than ${maxNesting} deep`);
    return passArray(cursor, nesting, bytes);
  }
  const size = sizes[type];
  if (size === undefined) throw corrupt(bytes, `its metadata has a value of unknown type ${type}`);
  return readNumber(cursor.view(size), type);
}

function passArray(cursor: Cursor, nesting: number, bytes: Bytes): undefined {
  const type = cursor.u32();
  const length = cursor.u64();
  const size = sizes[type];
  if (size !== undefined) return void cursor.skip(length * size);
  // A text takes its length of eight bytes at least, an array four more.
  if (length * 8 > cursor.left)
    throw corrupt(bytes, `its metadata has an array of ${length} values, more than the file can hold`);
  for (let index = 0; index < length; index++) readValue(cursor, type, nesting + 1, bytes);
}

function readNumber(view: DataView, type: number): number | boolean | undefined {
  switch (type) {
    case 0:
      return view.getUint8(0);
    case 1:
      return view.getInt8(0);
    case 2:
      return view.getUint16(0, true);
    case 3:
      return view.getInt16(0, true);
    case 4:
      return view.getUint32(0, true);
    case 5:
      return view.getInt32(0, true);
    case 6:
      return view.getFloat32(0, true);
    case 7:
      return view.getUint8(0) !== 0;
    case 10:
      return Number(view.getBigUint64(0, true));
    case 11:
      return Number(view.getBigInt64(0, true));
    default:
      return view.getFloat64(0, true);
  }
}

interface Info {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly offset: number;
}

function readInfos(cursor: Cursor, count: number, bytes: Bytes): Info[] {
  const infos: Info[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index++) {
    const name = cursor.text(cursor.u64());
    if (seen.has(name)) throw corrupt(bytes, `tensor "${name}" occurs twice`);
    seen.add(name);
    const dimensions = cursor.u32();
    if (dimensions > maxDimensions) throw corrupt(bytes, `tensor "${name}" has ${dimensions} dimensions`);
    const shape = Array.from({ length: dimensions }, () => cursor.u64()).reverse();
    infos.push({ name, shape, type: cursor.u32(), offset: cursor.u64() });
  }
  return infos;
}

/** Offsets into the data section as bytes of the file; none outside, none in another. */
function located(infos: readonly Info[], dataBegin: number, bytes: Bytes): TensorLocation[] {
  const sorted = [...infos].sort((a, b) => a.offset - b.offset);
  let previous: TensorLocation | undefined;
  return sorted.map((info, index) => {
    const begin = dataBegin + info.offset;
    const next = sorted[index + 1];
    const end = begin + (bytesOf(info, bytes) ?? (next ? next.offset - info.offset : Math.max(0, bytes.size - begin)));
    if (end > bytes.size || begin > bytes.size)
      throw corrupt(
        bytes,
        `tensor "${info.name}" ends at byte ${end} of a file of ${bytes.size}; the file was probably cut short`,
      );
    if (previous && begin < previous.end)
      throw corrupt(bytes, `the bytes of tensor "${info.name}" overlap those of "${previous.name}"`);
    const dtype = ggmlTypes[info.type]?.name ?? `GGML type ${info.type}`;
    const tensor = { name: info.name, dtype, shape: info.shape, file: bytes.file, begin, end };
    if (end > begin) previous = tensor;
    return tensor;
  });
}

/** Bytes of a tensor, or undefined where its type is not known. */
function bytesOf({ name, shape, type }: Info, bytes: Bytes): number | undefined {
  const block = ggmlTypes[type];
  if (!block) return undefined;
  const elements = shape.reduce((product, size) => product * BigInt(size), 1n);
  if (BigInt(shape.at(-1) ?? 1) % BigInt(block.elements) !== 0n)
    throw corrupt(bytes, `tensor "${name}" has rows of ${shape.at(-1)} numbers, no whole ${block.name} blocks`);
  const length = (elements / BigInt(block.elements)) * BigInt(block.bytes);
  if (length > BigInt(bytes.size))
    throw corrupt(
      bytes,
      `tensor "${name}" of shape [${shape.join(', ')}] needs ${length} bytes, more than the file has`,
    );
  return Number(length);
}

function corrupt(bytes: Bytes, what: string, hint?: string): SkiagramError {
  return new SkiagramError({
    code: 'gguf-corrupt',
    message: `${bytes.file}: ${what}.`,
    hint: hint ?? 'The file is damaged or was not written completely. Fetch or save it again.',
  });
}
