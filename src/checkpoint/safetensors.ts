import { SkiagramError } from '../base/error.ts';
import type { Bytes } from './bytes.ts';
import type { TensorLocation } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { dtypeBits } from './dtypes.ts';
import { duplicateKey } from './duplicate-key.ts';

/** Bytes before the JSON header: its length as a little-endian u64. */
export const prefixBytes = 8;

/** Largest JSON header that is read, as in the format's reference implementation; a header of 10,000 tensors has 1 MB. */
export const maxHeaderBytes = 100_000_000;

/** Where a header was found, for error messages and to hold offsets against. */
export interface HeaderSource {
  readonly file: string;
  /** Length of the whole file in bytes. */
  readonly fileSize: number;
}

/** A whole safetensors file -> its tensors; only the header is read. Throws `safetensors-corrupt`. */
export function readSafetensors(bytes: Bytes): Contents {
  const source = { file: bytes.file, fileSize: bytes.size };
  const length = headerLength(bytes.read(0, prefixBytes), source);
  const header = bytes.read(prefixBytes, prefixBytes + length);
  return { tensors: parseHeader(header, source), leftOut: [], config: null };
}

/**
 * Length of the JSON header in bytes, from the first eight bytes of the file.
 * Throws `safetensors-corrupt` where the file is shorter than that, or the header would be over 100 MB or longer than
 * the file.
 */
export function headerLength(prefix: Uint8Array, source: HeaderSource): number {
  if (prefix.length < prefixBytes)
    throw corrupt(source, undefined, `the file has ${source.fileSize} bytes; a header needs at least ${prefixBytes}`);
  const length = new DataView(prefix.buffer, prefix.byteOffset, prefixBytes).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes))
    throw corrupt(source, undefined, `the header claims ${length} bytes; at most ${maxHeaderBytes} are allowed`);
  if (Number(length) + prefixBytes > source.fileSize)
    throw corrupt(source, undefined, `the header claims ${length} bytes, but the file has ${source.fileSize} in all`);
  return Number(length);
}

/**
 * JSON header -> the tensors it describes, in file order, with absolute offsets. Validated as the format demands: tensors
 * lie within the file, do not overlap, leave no hole and have exactly the bytes of their shape. A dtype that is not known
 * here is kept under its own name (its size cannot be checked); the inventory leaves such a tensor out.
 *
 * `{"w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}` with a header of 65 bytes gives one
 * tensor at bytes 73 to 97.
 *
 * Throws `safetensors-corrupt` naming file, tensor and fault.
 */
export function parseHeader(header: Uint8Array, source: HeaderSource): TensorLocation[] {
  const entries = Object.entries(headerObject(header, source));
  const dataBegin = prefixBytes + header.length;
  const tensors = entries.flatMap(([name, entry]) => {
    if (name !== '__metadata__') return tensorOf(name, entry, dataBegin, source);
    checkMetadata(entry, source);
    return [];
  });
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(tensors, dataBegin, source);
  return tensors;
}

function headerObject(header: Uint8Array, source: HeaderSource): object {
  if (header[0] !== 0x7b) throw corrupt(source, undefined, 'the header does not begin with "{"');
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(source, undefined, 'the header is not UTF-8 JSON', cause);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw corrupt(source, twice, 'the header names it twice');
  return value as object;
}

/** One entry of the header, checked on its own: fields, dtype, shape × width = bytes. */
function tensorOf(name: string, entry: unknown, dataBegin: number, source: HeaderSource): TensorLocation {
  if (!isRecord(entry)) throw corrupt(source, name, 'its entry is not an object');
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || dtype === '') throw corrupt(source, name, 'it has no dtype');
  if (!isSizes(shape)) throw corrupt(source, name, `its shape is ${shown(shape)}, not a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw corrupt(source, name, `its data_offsets are ${shown(offsets)}, not two byte positions`);
  const [begin = 0, end = 0] = offsets;
  if (begin > end) throw corrupt(source, name, `it ends (${end}) before it begins (${begin})`);
  if (dataBegin + end > source.fileSize)
    throw corrupt(
      source,
      name,
      `it ends at byte ${dataBegin + end} of a file of ${source.fileSize}; the file was probably cut short`,
    );
  const bits = Object.hasOwn(dtypeBits, dtype) ? dtypeBits[dtype] : undefined;
  if (bits !== undefined) checkSize(name, { dtype, shape, bits, bytes: end - begin }, source);
  return { name, dtype, shape, file: source.file, begin: dataBegin + begin, end: dataBegin + end };
}

function checkSize(
  name: string,
  tensor: { dtype: string; shape: readonly number[]; bits: number; bytes: number },
  source: HeaderSource,
): void {
  const elements = tensor.shape.reduce((product, size) => product * BigInt(size), 1n);
  const bits = elements * BigInt(tensor.bits);
  if (bits > BigInt(Number.MAX_SAFE_INTEGER))
    throw corrupt(source, name, `its shape ${shown(tensor.shape)} has more elements than any file can hold`);
  if (bits !== BigInt(tensor.bytes) * 8n)
    throw corrupt(
      source,
      name,
      `${tensor.dtype} of shape ${shown(tensor.shape)} needs ${Number(bits) / 8} bytes, but the header gives it ${tensor.bytes}`,
    );
}

/** Tensors sorted by position must tile the data section exactly. */
function checkLayout(tensors: readonly TensorLocation[], dataBegin: number, source: HeaderSource): void {
  let expected = dataBegin;
  let previous: string | undefined;
  for (const tensor of tensors) {
    if (tensor.begin < expected) throw corrupt(source, tensor.name, `its bytes overlap those of "${previous}"`);
    if (tensor.begin > expected)
      throw corrupt(source, tensor.name, `${tensor.begin - expected} bytes before it belong to no tensor`);
    expected = tensor.end;
    previous = tensor.name;
  }
  if (expected < source.fileSize)
    throw corrupt(source, undefined, `${source.fileSize - expected} bytes at the end of the file belong to no tensor`);
}

function checkMetadata(entry: unknown, source: HeaderSource): void {
  if (!isRecord(entry) || Object.values(entry).some((value) => typeof value !== 'string'))
    throw corrupt(source, '__metadata__', 'it is not a map from text to text');
}

function corrupt(source: HeaderSource, tensor: string | undefined, what: string, cause?: unknown): SkiagramError {
  const where = tensor === undefined ? source.file : `${source.file}, tensor "${tensor}"`;
  return new SkiagramError({
    code: 'safetensors-corrupt',
    message: `${where}: ${what}.`,
    hint: 'The file is damaged or was not written completely. Fetch or save it again.',
    cause,
  });
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
