import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csv } from '../../../src/base/csv.ts';
import { leaderboardRows } from '../../../src/leaderboard/csv-rows.ts';
import { addresses } from '../../../src/leaderboard/page/addresses.ts';
import { renderBoard } from '../../../src/leaderboard/page/render.ts';
import { hostileBoard, hostileNames } from '../hostile.ts';
import { all, board } from '../models.ts';
import { templates } from '../pages.ts';

const made = board([
  { id: 'good', skill: all(0.9) },
  { id: 'fair', skill: all(0.6) },
  { id: 'fair too', skill: all(0.61) },
  { id: 'quoted', skill: all(0.99), runFields: { claimed: true } },
]);

describe('the site', () => {
  test('has an index, a page a model and a page a family, and every link leads to one of them', async () => {
    const pages = await renderBoard({ board: made, history: undefined, templates, singleFile: false });
    expect([...pages.keys()].sort()).toEqual([
      'family-maths.html',
      'family-reading.html',
      'index.html',
      'model-fair-too.html',
      'model-fair.html',
      'model-good.html',
      'model-quoted.html',
    ]);
    for (const [name, html] of pages) {
      for (const href of links(html)) {
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? html : pages.get(file);
        expect(target, `${name}: ${href}`).toBeDefined();
        if (anchor) expect(target).toContain(`id="${anchor}"`);
      }
    }
  });

  test('as one file it holds the same sections, no id twice, and only links into itself', async () => {
    const pages = await renderBoard({ board: made, history: undefined, templates, singleFile: true });
    expect([...pages.keys()]).toEqual(['leaderboard.html']);
    const html = pages.get('leaderboard.html') ?? '';
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual([...new Set(ids)]);
    for (const href of links(html)) expect(ids).toContain(href.slice(1));
    expect(html).toContain('not the output of a harness');
  });

  test('says in its first sentence what the tests leave open', async () => {
    const pages = await renderBoard({ board: made, history: undefined, templates, singleFile: false });
    expect(pages.get('index.html')).toContain('<p class="lead">good scores higher than each of the 2 others');
    const tied = board([
      { id: 'a', skill: all(0.5) },
      { id: 'b', skill: all(0.5) },
    ]);
    const page = (await renderBoard({ board: tied, history: undefined, templates, singleFile: false })).get(
      'index.html',
    );
    expect(page?.includes('<p class="lead">These 2 models cannot be told apart')).toBe(true);
  });

  test('uses no word that claims a cause', async () => {
    const pages = await renderBoard({ board: made, history: undefined, templates, singleFile: true });
    const words = (pages.get('leaderboard.html') ?? '')
      .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
      .replace('or a cause', '');
    expect(words).not.toMatch(/caused by|because of training|leads to|due to|proves|cheat/i);
  });
});

describe('addresses', () => {
  test('are safe file names, never twice, whatever the names', () => {
    const hostile = hostileBoard();
    const to = addresses(hostile, false);
    const files = hostile.models.map(({ model }) => to.model(model));
    for (const file of files) expect(file).toMatch(/^model(-[a-z0-9-]{1,64})?\.html$/);
    expect(new Set(files).size).toBe(hostile.models.length);
    expect(to.model('con')).toBe('model-con.html');
  });
});

describe('CSV', () => {
  const rows = parse(csv(leaderboardRows(made)), { columns: true }) as Record<string, string>[];

  test('has a row a model and ranking, and one for what is not ranked, with the reason', () => {
    expect(rows).toHaveLength(3 * 3 + 1);
    expect(rows.at(-1)).toMatchObject({ model: 'quoted', rank: '', status: 'listed' });
    expect(rows.at(-1)?.not_ranked_because).toContain('quoted');
    expect(rows[0]).toMatchObject({
      ranking: 'overall',
      model: 'good',
      rank: '1',
      rank_best: '1',
      rank_worst: '1',
      tier: '1',
      letters: 'a',
    });
  });

  test('no cell of a hostile board is a formula, and every model is there', () => {
    const cells = parse(csv(leaderboardRows(hostileBoard()))) as string[][];
    for (const cell of cells.flat()) if (!/^-?[\d.e+-]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(new Set(cells.slice(1).map((row) => row[3])).size).toBe(hostileNames.length);
  });
});

/** Addresses in a page, but for the numbers of its charts that it carries itself. */
function links(html: string): string[] {
  return [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => href)
    .filter((href) => !href.startsWith('data:text/csv'));
}
