import type { RandomStream } from '../../src/base/random.ts';

/** Numbers that lengths, counts and offsets go wrong at. */
const edges = [
  0n,
  1n,
  7n,
  8n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  10n ** 12n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];
/** Pieces of headers that a random byte would hardly make. */
const words = [
  '{',
  '}',
  '[',
  '"',
  ':',
  ',',
  '-1',
  '1e99',
  '0',
  'F32',
  'F8_E4M3',
  'shape',
  'dtype',
  'data_offsets',
  'GGUF',
  'PK\x01\x02',
  'PK\x03\x04',
  'PK\x05\x06',
  'PK\x06\x06',
  'ctorch\nFloatStorage\n',
  'cos\nsystem\n',
  '\x80\x02',
  '\x80\x04',
  '(',
  't',
  'R',
  'Q',
  '}',
  'u',
  'N.',
  '.',
  'general.alignment',
  'experts',
  '#',
  '__proto__',
  'weight_scale_inv',
  'constructor',
];

/** One to four changes of a valid file: flipped bits, cut ends, edge numbers, words, moved, doubled and removed runs. */
export function mutated(seed: Uint8Array, other: Uint8Array, random: RandomStream): Uint8Array {
  let bytes = Buffer.from(seed);
  for (let left = 1 + random.below(1 + random.below(4)); left > 0; left--)
    bytes = changes[random.below(changes.length)]?.(bytes, other, random) ?? bytes;
  return bytes;
}

type Change = (bytes: Buffer<ArrayBuffer>, other: Uint8Array, random: RandomStream) => Buffer<ArrayBuffer>;

/** Mostly near the beginning or the end, where the structure of all three formats lies. */
function place(length: number, random: RandomStream): number {
  if (length === 0) return 0;
  const near = random.below(Math.min(length, 1 + random.below(1024)));
  return [near, length - 1 - near, random.below(length)][random.below(3)] ?? 0;
}

const changes: readonly Change[] = [
  (bytes, _, random) => {
    for (let left = 1 + random.below(8); left > 0 && bytes.length > 0; left--) {
      const at = place(bytes.length, random);
      bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    }
    return bytes;
  },
  (bytes, _, random) => {
    if (bytes.length > 0) bytes[place(bytes.length, random)] = random.below(256);
    return bytes;
  },
  (bytes, _, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, _, random) => {
    const width = [1, 2, 4, 8][random.below(4)] ?? 1;
    const at = place(bytes.length, random);
    const value = edges[random.below(edges.length)] ?? 0n;
    for (let index = 0; index < width && at + index < bytes.length; index++)
      bytes[at + index] = Number((value >> BigInt(8 * index)) & 255n);
    return bytes;
  },
  (bytes, _, random) =>
    spliced(
      bytes,
      place(bytes.length, random),
      random.below(4),
      Buffer.from(words[random.below(words.length)] ?? '', 'latin1'),
    ),
  (bytes, other, random) => {
    const begin = place(other.length, random);
    return spliced(
      bytes,
      place(bytes.length, random),
      random.below(32),
      Buffer.from(other.subarray(begin, begin + random.below(64))),
    );
  },
  (bytes, _, random) => spliced(bytes, place(bytes.length, random), random.below(64), Buffer.alloc(0)),
  (bytes, _, random) => {
    const begin = place(bytes.length, random);
    return spliced(
      bytes,
      place(bytes.length, random),
      0,
      Buffer.from(bytes.subarray(begin, begin + random.below(128))),
    );
  },
];

function spliced(bytes: Buffer, at: number, removed: number, inserted: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}
