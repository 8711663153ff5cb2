import { expect, test } from 'vitest';
import { visible, visibleLines } from '../../src/base/visible.ts';

test('names of outsiders can neither drive the terminal nor turn the reading order around nor add a line', () => {
  expect(visible('a\u001b[31mb\u009bc\u202ed\u2066e\u200ff\ng\th\u007f\r')).toBe(
    'a␛[31mb⟨U+009B⟩c⟨U+202E⟩d⟨U+2066⟩e⟨U+200F⟩f␊g␉h␡␍',
  );
  expect(visible('α ≥ 2, 層, é, 👩‍🔬')).toBe('α ≥ 2, 層, é, 👩‍🔬');
});

test('text with lines of its own keeps them', () => {
  expect(visibleLines('layer\t0\r\nα\u0000')).toBe('layer\t0\nα␀');
});
