import { describe, expect, it } from 'vitest';
import { maxPieceLength, pieces } from '../../src/process/pieces.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('pieces of a stream', () => {
  it('end at carriage returns and line feeds; the rest is pending', () => {
    const cut = pieces();
    expect(cut.push(bytes('one\r\n\r 50%|'))).toEqual(['one']);
    expect(cut.pending()).toBe(' 50%|');
    expect(cut.push(bytes(' 4/8\rnext'))).toEqual([' 50%| 4/8']);
    expect(cut.pending()).toBe('next');
  });

  it('keep a character whole that is cut between two chunks', () => {
    const cut = pieces();
    const bar = bytes('█\n');
    cut.push(bar.slice(0, 2));
    expect(cut.push(bar.slice(2))).toEqual(['█']);
  });

  it('stay bounded when no line ever ends', () => {
    const cut = pieces();
    for (let i = 0; i < 5; i++) cut.push(bytes('x'.repeat(maxPieceLength)));
    expect(cut.pending()).toHaveLength(maxPieceLength);
  });
});
