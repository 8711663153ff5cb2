/// <reference lib="dom" />
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visible } from '../../src/base/visible.ts';
import { historyLine } from '../../src/leaderboard/history.ts';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.ts';
import { renderBoard } from '../../src/leaderboard/page/render.ts';
import { findBrowser } from '../../src/print/find-browser.ts';
import { blankPage, launch, violationsOf } from '../browser.ts';
import { hostileBoard, hostileNames } from './hostile.ts';
import { all, board } from './models.ts';
import { templates } from './pages.ts';

const found = await findBrowser().catch(() => undefined);
if (!found) console.warn('No browser was found: the leaderboard is not looked at in one.');
const folder = mkdtempSync(join(tmpdir(), 'skiagram-board-browser-'));

const small = withVerdicts(
  board([
    { id: 'good', skill: all(0.9) },
    { id: 'fair', skill: all(0.6) },
    { id: 'fair too', skill: all(0.61) },
    { id: 'partial', skill: { r1: 0.5, r2: 0.5 } },
    { id: 'other settings', skill: all(0.8), task: { nShot: 5 } },
    { id: 'quoted', skill: all(0.99), runFields: { claimed: true } },
  ]),
);
const earlier = board([
  { id: 'good', skill: all(0.8) },
  { id: 'fair', skill: all(0.55) },
  { id: 'fair too', skill: all(0.61) },
]);
const history = [historyLine(earlier, 'a'.repeat(64)), historyLine(small, 'a'.repeat(64))];
const fifty = board(
  Array.from({ length: 50 }, (_, index) => ({
    id: `checkpoint-${index}-of-a-long-run`,
    skill: all(0.2 + index / 80),
    items: 80,
  })),
);

describe.skipIf(!found)('the leaderboard in a real browser', () => {
  let browser: Browser;
  const files: Record<string, string> = {};
  beforeAll(async () => {
    const made = {
      one: await renderBoard({ board: small, history, templates, singleFile: true }),
      fifty: await renderBoard({ board: fifty, history: undefined, templates, singleFile: false }),
      hostile: await renderBoard({ board: hostileBoard(), history: undefined, templates, singleFile: true }),
    };
    const site = await renderBoard({ board: small, history, templates, singleFile: false });
    const page = (kind: string): Map<string, string> =>
      new Map([['index.html', [...site].find(([name]) => name.startsWith(kind))?.[1] ?? '']]);
    for (const [name, pages] of [
      ...Object.entries(made),
      ['model', page('model-')],
      ['family', page('family-')],
    ] as const) {
      const html = pages.get('leaderboard.html') ?? pages.get('index.html') ?? '';
      expect(html.length).toBeGreaterThan(1000);
      files[name] = join(folder, `${name}.html`);
      writeFileSync(files[name] as string, html);
      files[`${name}-plain`] = join(folder, `${name}-plain.html`);
      // What a reader without JavaScript has.
      writeFileSync(files[`${name}-plain`] as string, html.replace(/<script>[\s\S]*?<\/script>\n<\/body>/, '</body>'));
    }
    browser = await launch(found?.path ?? '');
  }, 120_000);
  afterAll(() => browser?.close());

  interface Look {
    readonly file: string;
    readonly scheme?: 'light' | 'dark';
    readonly media?: 'screen' | 'print';
    readonly width?: number;
  }

  async function open({ file, scheme = 'light', media = 'screen', width = 1200 }: Look): Promise<Page> {
    const page = await blankPage(browser, { scheme, media, width });
    await page.goto(`file://${files[file]}`);
    expect(await page.evaluate(() => matchMedia('print').matches)).toBe(media === 'print');
    return page;
  }

  test.each<Look>([
    { file: 'one', scheme: 'light' },
    { file: 'one', scheme: 'dark' },
    { file: 'one', scheme: 'light', media: 'print' },
    { file: 'one', scheme: 'dark', media: 'print' },
    { file: 'one', width: 320 },
    { file: 'one-plain', scheme: 'light' },
    { file: 'one-plain', scheme: 'dark' },
    { file: 'one-plain', media: 'print' },
    { file: 'one-plain', scheme: 'dark', media: 'print' },
    { file: 'fifty' },
    { file: 'model', scheme: 'light' },
    { file: 'model', scheme: 'dark' },
    { file: 'model', media: 'print' },
    { file: 'model-plain' },
    { file: 'family', scheme: 'light' },
    { file: 'family', scheme: 'dark' },
    { file: 'family', media: 'print' },
  ])(
    'axe finds no violation of WCAG 2.2 AA: %j',
    async (look) => {
      const page = await open(look);
      const violations = await violationsOf(page);
      await page.close();
      expect(violations).toEqual([]);
    },
    60_000,
  );

  test.each(['one', 'fifty', 'hostile'])(
    '%s: nothing makes the page scroll sideways from 320 to 1200 px',
    async (file) => {
      for (const width of [320, 768, 1200]) {
        const page = await open({ file, width });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(
          width,
        );
        await page.close();
      }
    },
  );

  test('printed on A4 no table is wider than the page', async () => {
    for (const file of ['one', 'fifty']) {
      const page = await open({ file, media: 'print', width: 672 });
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('table')]
          .filter((table) => table.scrollWidth > document.documentElement.clientWidth)
          .map((table) => table.caption?.textContent),
      );
      await page.close();
      expect(wide).toEqual([]);
    }
  });

  test('the page’s policy lets its own script sort and filter, by keyboard', async () => {
    const page = await open({ file: 'one' });
    const names = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLTableRowElement>('table[data-filtered] tbody tr')]
          .filter((row) => !row.hidden)
          .map((row) => row.dataset.name),
      );
    expect(await names()).toEqual(['good', 'fair too', 'fair']);
    await page.focus('table[data-filtered] thead th:first-child button');
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['fair', 'fair too', 'good']);
    expect(await page.$eval('table[data-filtered] thead th', (head) => head.getAttribute('aria-sort'))).toBe(
      'ascending',
    );
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['good', 'fair too', 'fair']);
    await page.type('[data-filter="name"]', 'FAIR');
    expect(await names()).toEqual(['fair too', 'fair']);
    await page.select('[data-filter="verdict"]', 'Benchmark-shadow pattern');
    expect(await names()).toEqual(['fair']);
    expect(await page.$eval('[data-count]', (text) => text.textContent)).toBe('1 of 3 models shown');
    await page.close();
  });

  test('without JavaScript no control stands there that does nothing', async () => {
    const page = await open({ file: 'one-plain' });
    expect(
      await page.evaluate(
        () =>
          [...document.querySelectorAll('button, input, select')].filter((element) => element.checkVisibility()).length,
      ),
    ).toBe(0);
    await page.close();
  });

  test('hostile names make no element, run nothing, and are all there as text', async () => {
    const page = await open({ file: 'hostile' });
    const seen = await page.evaluate(() => ({
      elements: document.querySelectorAll('img, iframe, object, embed, form, base, link').length,
      scripts: document.querySelectorAll('script').length,
      handlers: [...document.querySelectorAll('*')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on')),
      ).length,
      addresses: [...document.querySelectorAll('a')].filter(
        (link) => !/^(?:#|data:text\/csv)/.test(link.getAttribute('href') ?? ''),
      ).length,
      hit: (globalThis as { hit?: number }).hit ?? 0,
      text: document.body.textContent ?? '',
    }));
    await page.close();
    expect({ ...seen, text: '' }).toEqual({ elements: 0, scripts: 1, handlers: 0, addresses: 0, hit: 0, text: '' });
    for (const name of hostileNames.filter((text) => visible(text) === text)) expect(seen.text).toContain(name);
    expect(seen.text).toContain('⟨U+202E⟩gnp.exe');
    expect(seen.text).toContain('␛[31mred');
  });
});

/** One model is called a benchmark shadow by its own run, one broad. */
function withVerdicts(made: Leaderboard): Leaderboard {
  const verdict = (id: 'benchmark-shadow' | 'broad-gain', title: string): Leaderboard['models'][number]['verdict'] => ({
    base: 'base',
    verdict: id,
    title,
    confidence: 'moderate',
    text: 'Scores rose.',
    restructuring: 'not-assessable',
    D: { status: 'ok', value: 0.02 },
    S: { status: 'ok', value: 12 },
  });
  return {
    ...made,
    models: made.models.map((model) =>
      model.model === 'fair'
        ? { ...model, verdict: verdict('benchmark-shadow', 'Benchmark-shadow pattern') }
        : model.model === 'good'
          ? { ...model, verdict: verdict('broad-gain', 'Broad gain') }
          : model,
    ),
  };
}
