import { expect, test } from 'vitest';
import { csvLink } from '../../../src/report/charts/csv-link.ts';

function textOf(link: string): string {
  return decodeURIComponent(link.slice(link.indexOf(',') + 1));
}

test('numbers are in full, text is quoted where it must be, nothing stands for nothing', () => {
  const link = csvLink({
    table: { head: [], rows: [] },
    csv: {
      head: ['a', 'b'],
      rows: [
        ['x, "y"', -1.5],
        ['z', null],
      ],
    },
  });
  expect(textOf(link)).toBe('a,b\n"x, ""y""",-1.5\nz,');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1'])(
  'text that a spreadsheet takes for a formula is led by an apostrophe: %j',
  (text) => {
    expect(textOf(csvLink({ table: { head: ['a'], rows: [[text]] } })).split('\n')[1]).toMatch(/^'/);
  },
);

test.each(['"><script>', "' onmouseover=", '&quot;', '{{x}}', '\u0000', 'ä→𝄞', '\ud800', '#%25'])(
  'an address holds nothing that ends an attribute: %j',
  (text) => {
    const link = csvLink({ table: { head: [text], rows: [] } });
    expect(link.slice(5)).not.toMatch(/["'<>&#{}\s]/);
  },
);
