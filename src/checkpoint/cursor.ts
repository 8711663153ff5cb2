import type { SkiagramError } from '../base/error.ts';
import type { Bytes } from './bytes.ts';

/** Bytes fetched at once. */
const window = 2 ** 16;

/**
 * Reads a file front to back, little-endian. Lengths that come out of the file are held against what is left before
 * anything is allocated; past the end, `fault` says what the error is.
 */
export class Cursor {
  position: number;
  private readonly bytes: Bytes;
  private readonly end: number;
  private readonly fault: (what: string) => SkiagramError;
  private held: Uint8Array = new Uint8Array();
  private heldAt = 0;

  constructor(bytes: Bytes, options: { begin?: number; end?: number; fault: (what: string) => SkiagramError }) {
    this.bytes = bytes;
    this.position = options.begin ?? 0;
    this.end = options.end ?? bytes.size;
    this.fault = options.fault;
  }

  get left(): number {
    return this.end - this.position;
  }

  /** The next bytes. They may be a window into a shared buffer: copy what is to be kept. */
  take(length: number): Uint8Array {
    if (!(length <= this.left)) throw this.fault(`it ends at byte ${this.end}, in the middle of ${length} bytes`);
    const begin = this.position - this.heldAt;
    this.position += length;
    if (begin >= 0 && begin + length <= this.held.length) return this.held.subarray(begin, begin + length);
    this.heldAt = this.position - length;
    this.held = this.bytes.read(this.heldAt, Math.min(this.end, this.heldAt + Math.max(length, window)));
    if (this.held.length < length) throw this.fault('it became shorter while it was read');
    return this.held.subarray(0, length);
  }

  skip(length: number): void {
    if (!(length <= this.left)) throw this.fault(`it ends at byte ${this.end}, ${length} bytes before it should`);
    this.position += length;
  }

  u8(): number {
    return this.take(1)[0] as number;
  }

  u16(): number {
    return this.view(2).getUint16(0, true);
  }

  u32(): number {
    return this.view(4).getUint32(0, true);
  }

  i32(): number {
    return this.view(4).getInt32(0, true);
  }

  /** As a number; beyond 2⁵³ it is a fault, since no file is that long. */
  u64(): number {
    const value = this.view(8).getBigUint64(0, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.fault(`it claims a size of ${value}`);
    return Number(value);
  }

  view(length: number): DataView {
    const bytes = this.take(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  /** UTF-8 text; a byte that is none becomes U+FFFD. */
  text(length: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.take(length));
  }
}
