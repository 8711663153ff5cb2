import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import type { TensorLocation } from './checkpoint.ts';

/** Bytes per read. One chunk is hashed while the next one is read, so two are held. */
const chunkBytes = 4 << 20;

/** Opens the framing, so that the hash can never be mistaken for one of another version or purpose. */
const domain = 'skiagram-fingerprint-1\0';

export interface FingerprintOptions {
  readonly signal?: StopSignal | undefined;
  /** Called after every chunk with bytes hashed so far and bytes in all. */
  readonly onProgress?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
}

/**
 * Identity of the weights, independent of sharding, of the order of tensors in a file and of metadata.
 *
 * Exactly: SHA-256 over the ASCII text `skiagram-fingerprint-1` and one zero byte, then for every tensor, in ascending
 * order of its name's UTF-8 bytes:
 *
 *     u64 length of the name, name (UTF-8)
 *     u64 length of the dtype, dtype (ASCII, as in the safetensors header; GGUF's name for a quantised block)
 *     u64 number of dimensions, u64 of each dimension
 *     u64 number of bytes of data, SHA-256 of those bytes (32 raw bytes)
 *
 * The dtype of a tensor that is not row-major is followed by `@` and its strides in elements (`F32@1,4`), and its bytes are
 * those from its first to its last element; shapes of GGUF are given rows first. So the same tensors have the same
 * fingerprint in a safetensors and in a PyTorch file, unless one is stored transposed.
 *
 * All integers are little-endian. Every field has its length before it, so no two different checkpoints are framed
 * into the same bytes. Hashing each tensor on its own lets files be read front to back, and gives each tensor an
 * identity: the second value is the tensors with `sha256` filled in.
 *
 * Throws `checkpoint-changed` where a file became shorter after its header was read, and the signal's reason when aborted.
 */
export async function fingerprint(
  tensors: readonly TensorLocation[],
  options: FingerprintOptions = {},
): Promise<{ fingerprint: string; tensors: TensorLocation[] }> {
  const hashed = await hashTensors(tensors, options);
  const named = hashed.map((tensor) => ({ ...tensor, key: Buffer.from(tensor.name, 'utf8') }));
  named.sort((a, b) => Buffer.compare(a.key, b.key));
  const hash = createHash('sha256').update(domain, 'ascii');
  for (const { key, shape, begin, end, sha256, ...tensor } of named) {
    const dtype = Buffer.from(tensor.strides ? `${tensor.dtype}@${tensor.strides.join(',')}` : tensor.dtype, 'utf8');
    hash.update(u64(key.length)).update(key).update(u64(dtype.length)).update(dtype).update(u64(shape.length));
    for (const size of shape) hash.update(u64(size));
    hash.update(u64(end - begin)).update(Buffer.from(sha256, 'hex'));
  }
  return { fingerprint: hash.digest('hex'), tensors: hashed };
}

/** SHA-256 of each tensor's bytes, files one after the other and front to back. */
async function hashTensors(
  tensors: readonly TensorLocation[],
  { signal, onProgress }: FingerprintOptions,
): Promise<(TensorLocation & { sha256: string })[]> {
  const total = tensors.reduce((sum, { begin, end }) => sum + end - begin, 0);
  const buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
  const hashed: (TensorLocation & { sha256: string })[] = [];
  let done = 0;
  for (const [path, own] of Map.groupBy(tensors, ({ file }) => file)) {
    const file = await open(path, 'r');
    try {
      for (const tensor of [...own].sort((a, b) => a.begin - b.begin)) {
        const hash = createHash('sha256');
        for await (const chunk of chunks(file, tensor, buffers)) {
          signal?.throwIfAborted();
          hash.update(chunk);
          done += chunk.length;
          onProgress?.(done, total);
        }
        hashed.push({ ...tensor, sha256: hash.digest('hex') });
      }
    } finally {
      await file.close();
    }
  }
  return hashed;
}

/** The tensor's bytes in pieces; the next piece is already being read while one is used. */
async function* chunks(file: FileHandle, tensor: TensorLocation, buffers: [Buffer, Buffer]): AsyncGenerator<Buffer> {
  const read = (begin: number, buffer: Buffer): Promise<Buffer> =>
    readFully(file, buffer.subarray(0, Math.min(chunkBytes, tensor.end - begin)), begin, tensor);
  if (tensor.begin === tensor.end) return;
  let [current, spare] = buffers;
  let pending = read(tensor.begin, current);
  try {
    for (let begin = tensor.begin; begin < tensor.end; begin += chunkBytes) {
      const chunk = await pending;
      [current, spare] = [spare, current];
      if (begin + chunkBytes < tensor.end) pending = read(begin + chunkBytes, current);
      yield chunk;
    }
  } finally {
    // Stopped early: the read in flight must end before the file is closed.
    await pending.catch(() => {});
  }
}

/** Fills the buffer; a single read may return less than was asked for. */
async function readFully(file: FileHandle, buffer: Buffer, position: number, tensor: TensorLocation): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0)
      throw new SkiagramError({
        code: 'checkpoint-changed',
        message: `${tensor.file} became shorter while tensor "${tensor.name}" was read.`,
        hint: 'Is the file still being written? Wait until it is complete and run again.',
      });
    filled += bytesRead;
  }
  return buffer;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
