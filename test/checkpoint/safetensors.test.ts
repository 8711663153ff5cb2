import { describe, expect, test } from 'vitest';
import type { SkiagramError } from '../../src/base/error.ts';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { headerLength, parseHeader, prefixBytes } from '../../src/checkpoint/safetensors.ts';
import { f32, safetensors, withHeader } from './write-safetensors.ts';

const read = (bytes: Buffer): TensorLocation[] => {
  const source = { file: 'w.safetensors', fileSize: bytes.length };
  const length = headerLength(bytes.subarray(0, prefixBytes), source);
  return parseHeader(bytes.subarray(prefixBytes, prefixBytes + length), source);
};
const header = (entries: object, dataBytes = 0): Buffer => withHeader(JSON.stringify(entries), Buffer.alloc(dataBytes));
const one = (entry: unknown, dataBytes = 24): Buffer => header({ w: entry }, dataBytes);

describe('a well-formed header', () => {
  test('gives absolute offsets in file order', () => {
    const bytes = safetensors({ b: f32([2, 3], [1, 2, 3, 4, 5, 6]), a: f32([1], [7]) }, { format: 'pt' });
    const begin = bytes.length - 28;
    expect(read(bytes)).toEqual([
      { name: 'b', dtype: 'F32', shape: [2, 3], file: 'w.safetensors', begin, end: begin + 24 },
      { name: 'a', dtype: 'F32', shape: [1], file: 'w.safetensors', begin: begin + 24, end: begin + 28 },
    ]);
  });

  test('may be padded with spaces, hold no tensor, scalars, empty tensors and names like __proto__', () => {
    expect(read(withHeader('{}     '))).toEqual([]);
    expect(read(one({ dtype: 'F32', shape: [], data_offsets: [0, 4] }, 4))).toHaveLength(1);
    expect(read(one({ dtype: 'F32', shape: [0, 7], data_offsets: [0, 0] }, 0))).toHaveLength(1);
    expect(
      read(withHeader('{"__proto__":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}', Buffer.alloc(2))),
    ).toMatchObject([{ name: '__proto__' }]);
  });

  test('keeps a dtype that it does not know, whose size cannot be checked', () => {
    expect(read(one({ dtype: 'F5_NEW', shape: [3], data_offsets: [0, 24] }))).toMatchObject([{ dtype: 'F5_NEW' }]);
  });

  test('counts sub-byte dtypes in bits', () => {
    expect(read(one({ dtype: 'F4', shape: [6, 8], data_offsets: [0, 24] }))).toMatchObject([{ dtype: 'F4' }]);
  });
});

describe('a malformed file is refused with file, tensor and fault', () => {
  const F32 = { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] };
  const huge = Buffer.alloc(8);
  huge.writeBigUInt64LE(0xffff_ffff_ffff_ffffn);
  const long = Buffer.alloc(8);
  long.writeBigUInt64LE(100_000_001n);

  test.each<[string, Buffer, string]>([
    ['empty file', Buffer.alloc(0), 'a header needs at least 8'],
    ['seven bytes', Buffer.alloc(7), 'the file has 7 bytes'],
    ['header length of 2⁶⁴ − 1', huge, '18446744073709551615 bytes'],
    ['header length above 100 MB', long, 'at most 100000000'],
    ['header longer than the file', safetensors({ w: f32([1], [1]) }).subarray(0, 30), 'the file has 30 in all'],
    ['header of no bytes', Buffer.alloc(8), 'does not begin with "{"'],
    ['header that is a list', withHeader('[]'), 'does not begin with "{"'],
    ['header with a byte order mark', withHeader('\uFEFF{}'), 'does not begin with "{"'],
    ['header that is no JSON', withHeader('{"w": '), 'not UTF-8 JSON'],
    ['header padded with zeros', withHeader('{}\0\0'), 'not UTF-8 JSON'],
    ['header that is no UTF-8', withHeader(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), 'not UTF-8 JSON'],
    [
      'tensor named twice',
      withHeader(`{"w":${JSON.stringify(F32)},"\\u0077":${JSON.stringify(F32)}}`, Buffer.alloc(24)),
      'tensor "w": the header names it twice',
    ],
    [
      'shape given twice',
      withHeader('{"w":{"dtype":"F32","shape":[1],"shape":[6],"data_offsets":[0,24]}}', Buffer.alloc(24)),
      'tensor "shape": the header names it twice',
    ],
    ['metadata that is no map', header({ __metadata__: ['x'] }), 'tensor "__metadata__"'],
    ['metadata with a number', header({ __metadata__: { step: 3 } }), 'not a map from text to text'],
    ['entry that is null', one(null), 'tensor "w": its entry is not an object'],
    ['no dtype', one({ shape: [2, 3], data_offsets: [0, 24] }), 'it has no dtype'],
    ['no shape', one({ dtype: 'F32', data_offsets: [0, 24] }), 'its shape is missing'],
    ['negative size', one({ ...F32, shape: [-2, -3] }), 'its shape is [-2,-3]'],
    ['fractional size', one({ ...F32, shape: [1.5, 4] }), 'not a list of sizes'],
    ['size beyond 2⁵³', one({ ...F32, shape: [2 ** 60] }), 'not a list of sizes'],
    [
      'shape whose product overflows',
      one({ ...F32, shape: [2 ** 32, 2 ** 32] }),
      'more elements than any file can hold',
    ],
    ['one offset', one({ ...F32, data_offsets: [0] }), 'not two byte positions'],
    ['offsets as text', one({ ...F32, data_offsets: ['0', '24'] }), 'not two byte positions'],
    ['end before begin', one({ ...F32, data_offsets: [24, 0] }), 'it ends (0) before it begins (24)'],
    [
      'more bytes than the shape needs',
      one({ ...F32, data_offsets: [0, 28] }, 28),
      'needs 24 bytes, but the header gives it 28',
    ],
    ['fewer bytes than the shape needs', one({ ...F32, dtype: 'F64' }), 'needs 48 bytes, but the header gives it 24'],
    ['file cut short', safetensors({ w: f32([2], [1, 2]) }).subarray(0, -1), 'probably cut short'],
    [
      'overlapping tensors',
      header({ a: F32, w: { ...F32, data_offsets: [20, 44] } }, 44),
      'tensor "w": its bytes overlap those of "a"',
    ],
    ['the same bytes for two tensors', header({ a: F32, w: F32 }, 24), 'overlap'],
    [
      'hole between tensors',
      header({ a: F32, w: { ...F32, data_offsets: [32, 56] } }, 56),
      '8 bytes before it belong to no tensor',
    ],
    ['bytes after the last tensor', one(F32, 30), '6 bytes at the end of the file'],
  ])('%s', (_, bytes, what) => {
    const error = (() => {
      try {
        return read(bytes);
      } catch (thrown) {
        return thrown;
      }
    })() as SkiagramError;
    expect(error).toMatchObject({ name: 'SkiagramError', code: 'safetensors-corrupt' });
    expect(error.message).toContain('w.safetensors');
    expect(error.message).toContain(what);
  });
});
