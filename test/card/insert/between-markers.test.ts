import { expect, test } from 'vitest';
import { beginMarker, endMarker, putBetweenMarkers } from '../../../src/card/insert/between-markers.ts';

const place = { file: 'README.md', firstLine: 1 };
const put = (body: string, section = 'NEW\n\nlines\n'): string => putBetweenMarkers(body, section, place);
const block = `${beginMarker}\n\nNEW\n\nlines\n\n${endMarker}`;

test.each([
  ['an empty file', '', `${block}\n`],
  ['a file without markers', '# A\n', `# A\n\n${block}\n`],
  ['a last line without an end', '# A', `# A\n\n${block}\n`],
  ['old text', `# A\n${beginMarker}\nOLD\n${endMarker}\nafter\n`, `# A\n${block}\nafter\n`],
  ['markers in one line', `a ${beginMarker}${endMarker} b`, `a ${block} b`],
  [
    'Windows line ends',
    `# A\r\n\r\n${beginMarker}\r\nOLD\r\n${endMarker}\r\n`,
    `# A\r\n\r\n${block.replaceAll('\n', '\r\n')}\r\n`,
  ],
  ['markers shown in code', `\`\`\`\n${beginMarker}\n\`\`\`\n`, `\`\`\`\n${beginMarker}\n\`\`\`\n\n${block}\n`],
  ['longer fences', `~~~~\n~~~\n${endMarker}\n~~~~\nx\n`, `~~~~\n~~~\n${endMarker}\n~~~~\nx\n\n${block}\n`],
  ['the word alone', 'See skiagram: begin here.\n', `See skiagram: begin here.\n\n${block}\n`],
])('%s', (_, body, expected) => {
  expect(put(body)).toBe(expected);
  expect(put(expected)).toBe(expected);
});

test.each([
  ['only a beginning', `a\n${beginMarker}\nb\n`, ['line 2']],
  ['only an end', `a\n${endMarker}\nb\n`, ['line 2']],
  ['the wrong order', `${endMarker}\n${beginMarker}\n`, ['line 1', 'line 2']],
  ['two beginnings', `${beginMarker}\n${beginMarker}\n${endMarker}\n`, ['line 1', 'line 2', 'line 3']],
  ['two pairs', `${beginMarker}\n${endMarker}\n${beginMarker}\n${endMarker}\n`, ['line 3', 'line 4']],
  ['a misspelt one', `<!-- skiagram:begn -->\n${endMarker}\n`, ['damaged', 'line 1']],
  ['a cut one', `<!-- skiagram:begin --\n${endMarker}\n`, ['damaged', 'line 1']],
  ['one without its beginning', `!-- skiagram:begin -->\n${endMarker}\n`, ['damaged', 'line 1']],
  ['other spaces', `<!--skiagram:begin-->\n${endMarker}\n`, ['damaged', 'line 1']],
  ['other case', `<!-- Skiagram:Begin -->\n${endMarker}\n`, ['damaged', 'line 1']],
])('%s is refused with the lines', (_, body, parts) => {
  expect(() => put(body)).toThrow(expect.objectContaining({ code: 'card-markers' }));
  for (const part of parts) expect(() => put(body)).toThrow(part);
});
