/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findBrowser } from '../../src/print/find-browser.ts';
import { renderHtml } from '../../src/report/report.ts';
import { launch } from '../browser.ts';
import { exampleInput, repeated } from './example-input.ts';

const run = inject('exampleRun');
const found = await findBrowser().catch(() => undefined);

describe.skipIf(!found)('the report under the hands of a reader', () => {
  let browser: Browser;
  const file = join(run, 'script-test.html');
  const manyFile = join(run, 'script-test-many.html');
  const complaints: string[] = [];
  beforeAll(async () => {
    const input = exampleInput(run);
    writeFileSync(file, await renderHtml(input));
    writeFileSync(manyFile, await renderHtml(repeated(input, 3)));
    browser = await launch(found?.path ?? '');
  });
  afterAll(() => browser?.close());

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.setViewport({ width: 1200, height: 900 });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`file://${path}`);
    return page;
  }

  test('its policy lets the script run, and nothing complains', async () => {
    const page = await open(file);
    expect(await page.evaluate(() => document.querySelectorAll('button.sort').length)).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a column sorts up, down and back, by number, with what is missing last', async () => {
    const page = await open(file);
    const states = await page.evaluate(() => {
      const table = document.querySelector('table.overview') as HTMLTableElement;
      const head = table.tHead?.rows[0]?.cells[4] as HTMLTableCellElement;
      const button = head.querySelector('button') as HTMLButtonElement;
      const column = (): number[] =>
        [...(table.tBodies[0]?.rows ?? [])].map((row) =>
          Number((row.cells[4]?.textContent ?? '').split(' ')[0]?.replace('−', '-')),
        );
      const seen = [{ sort: head.ariaSort, column: column() }];
      for (let click = 0; click < 3; click++) {
        button.click();
        seen.push({ sort: head.ariaSort, column: column() });
      }
      return seen;
    });
    const original = states[0]?.column ?? [];
    const up = [...original].sort((a, b) => a - b);
    expect(original.every(Number.isFinite)).toBe(true);
    expect(states.slice(1)).toEqual([
      { sort: 'ascending', column: up },
      { sort: 'descending', column: [...up].reverse() },
      { sort: null, column: original },
    ]);
    await page.close();
  });

  test('rows filter as one types, and the count is said', async () => {
    const page = await open(file);
    const seen = await page.evaluate(() => {
      const caption = [...document.querySelectorAll('caption')].find((own) =>
        own.textContent?.startsWith('Score per task'),
      );
      const table = caption?.closest('table') as HTMLTableElement;
      const tools = table.closest('.scroll')?.previousElementSibling as HTMLElement;
      const input = tools.querySelector('input') as HTMLInputElement;
      input.value = 'Tiny_Sorting';
      input.dispatchEvent(new Event('input'));
      const shown = [...(table.tBodies[0]?.rows ?? [])].filter((row) => !row.hidden);
      return {
        rows: shown.map((row) => row.cells[0]?.textContent ?? ''),
        said: tools.querySelector('output')?.textContent,
      };
    });
    expect(seen.rows).toHaveLength(4);
    expect(seen.rows.every((row) => row.startsWith('tiny_sorting'))).toBe(true);
    expect(seen.said).toBe('4 of 36 rows');
    await page.close();
  });

  test('Tab reaches everything there is to reach, in the order of the page, with a visible focus, the skip link first', async () => {
    const page = await open(file);
    const expected = await page.evaluate(() => {
      const reachable = [
        ...document.querySelectorAll<HTMLElement>('a[href], button, summary, input, [tabindex="0"]'),
      ].filter((node) => node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true }));
      for (const [index, node] of reachable.entries()) node.dataset.walk = String(index);
      return reachable.length;
    });
    const walked: { walk: string; text: string; outline: number }[] = [];
    for (let step = 0; step < expected; step++) {
      await page.keyboard.press('Tab');
      walked.push(
        await page.evaluate(() => {
          const node = document.activeElement as HTMLElement;
          return {
            walk: node.dataset.walk ?? node.outerHTML.slice(0, 80),
            text: (node.textContent ?? '').slice(0, 30),
            outline: Number.parseFloat(getComputedStyle(node).outlineWidth) || 0,
          };
        }),
      );
    }
    expect(walked[0]?.text).toBe('Skip to the findings');
    expect(walked.map(({ walk }) => walk)).toEqual(Array.from({ length: expected }, (_, index) => String(index)));
    expect(walked.filter(({ outline }) => outline < 2)).toEqual([]);
    await page.close();
  }, 120_000);

  test('the skip link leads into the findings, and Enter opens a folded part', async () => {
    const page = await open(file);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#main');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    const opened = await page.evaluate(() => {
      (document.querySelector('#map summary') as HTMLElement).focus();
      return document.activeElement?.tagName;
    });
    expect(opened).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => (document.querySelector('#map details') as HTMLDetailsElement).open)).toBe(true);
    await page.close();
  });

  test('a word explains itself on keyboard focus, and Escape closes it', async () => {
    const page = await open(file);
    const shown = (): Promise<string | undefined> =>
      page.evaluate(() => document.querySelector(':popover-open dt')?.textContent ?? undefined);
    await page.evaluate(() => (document.querySelector('.contents a:last-child') as HTMLElement).focus());
    let label: string | undefined;
    for (let step = 0; step < 40 && label === undefined; step++) {
      await page.keyboard.press('Tab');
      label = await page.evaluate(() =>
        document.activeElement?.className === 'term' ? (document.activeElement.textContent ?? '') : undefined,
      );
    }
    expect(label).toBe('Confidence');
    expect(await shown()).toBe('Confidence');
    await page.keyboard.press('Escape');
    expect(await shown()).toBeUndefined();
    await page.close();
  });

  test('an address into a folded comparison opens it', async () => {
    const page = await open(`${manyFile}#families-comparison-12`);
    expect(
      await page.evaluate(() => [
        document.querySelector('#families-comparison-12')?.checkVisibility(),
        document.querySelector('#families-comparison-11')?.checkVisibility({ contentVisibilityAuto: true }),
      ]),
    ).toEqual([true, false]);
    await page.close();
  });

  test('of many comparisons the overview comes first, then the map with every point, and each is folded', async () => {
    const page = await open(manyFile);
    const seen = await page.evaluate(() => ({
      overview: document.querySelector('table.overview')?.getBoundingClientRect().top ?? 0,
      rows: document.querySelectorAll('table.overview tbody tr').length,
      map: document.querySelector('#map')?.getBoundingClientRect().top ?? 0,
      labels: [...document.querySelectorAll('#map svg text')].filter(
        (node) => /^\d+$/.test(node.textContent ?? '') && node.parentElement?.getAttribute('font-weight') === '600',
      ).length,
      folded: document.querySelectorAll('details.part:not([open])').length,
    }));
    expect(seen.overview).toBeLessThan(seen.map);
    expect(seen).toMatchObject({ rows: 15, folded: 15 });
    expect(seen.labels).toBe(15);
    await page.close();
  });
});
