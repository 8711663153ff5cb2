import { describe, expect, it } from 'vitest';
import { parsePythonJson } from '../../../src/harness/source/python-json.ts';

describe('JSON as Python writes it', () => {
  it('reads bare NaN and infinities as null and counts them', () => {
    expect(parsePythonJson('{"a": NaN, "b": [-Infinity, Infinity, -1]}')).toEqual({
      value: { a: null, b: [null, null, -1] },
      nonFinite: 3,
    });
  });

  it('leaves such words inside strings alone, escaped quotes included', () => {
    const text = '["NaN", "say \\"NaN, Infinity\\\\", NaN, "-Infinity\\\\\\""]';
    expect(parsePythonJson(text)).toEqual({
      value: ['NaN', 'say "NaN, Infinity\\', null, '-Infinity\\"'],
      nonFinite: 1,
    });
  });

  it('still refuses what is no JSON', () => {
    expect(() => parsePythonJson('{"a": NaN')).toThrow(SyntaxError);
    expect(() => parsePythonJson('{"a": Nan}')).toThrow(SyntaxError);
    expect(() => parsePythonJson('"NaN')).toThrow(SyntaxError);
  });

  it('reads a string of ten million characters beside a NaN', () => {
    const long = 'x\\"'.repeat(3_000_000);
    const { value } = parsePythonJson(`["${long}", NaN]`);
    expect((value as [string, null])[0]).toHaveLength(6_000_000);
  });
});
