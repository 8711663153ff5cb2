/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findBrowser } from '../../src/print/find-browser.ts';
import { printPdf } from '../../src/print/pdf.ts';
import { renderHtml } from '../../src/report/report.ts';
import { blankPage, launch, violationsOf } from '../browser.ts';
import { gateOf, world } from '../gate/worlds.ts';
import { exampleInput, repeated } from './example-input.ts';

const run = inject('exampleRun');
const html = await renderHtml(exampleInput(run));
const found = await findBrowser().catch(() => undefined);
if (!found) console.warn('No browser was found: the report is not looked at in one.');

describe.skipIf(!found)('the report in a real browser', () => {
  let browser: Browser;
  const file = join(run, 'browser-test.html');
  const bareFile = join(run, 'browser-test-bare.html');
  const manyFile = join(run, 'browser-test-many.html');
  const gateFile = join(run, 'browser-test-gate.html');
  beforeAll(async () => {
    writeFileSync(file, html);
    const bare = exampleInput(run);
    writeFileSync(bareFile, await renderHtml({ ...bare, templates: { ...bare.templates, 'report.js': '' } }));
    writeFileSync(manyFile, await renderHtml(repeated(bare, 3)));
    const gate = gateOf(world({ reading: { gained: 10, lost: 50 } }), {
      title: 'Assistant releases',
      rules: [
        { family: '*', non_inferior_within: 2 },
        { family: 'nowhere', non_inferior_within: 2, level: 'warn' },
      ],
    });
    writeFileSync(gateFile, await renderHtml({ ...bare, gate }));
    browser = await launch(found?.path ?? '');
  });
  afterAll(() => browser?.close());

  async function open(options: {
    scheme?: 'light' | 'dark';
    media?: 'screen' | 'print';
    width?: number;
    /** Without its script the page is what a reader without JavaScript has. */
    script?: boolean;
    many?: boolean;
    /** With the section of a release gate that failed. */
    gate?: boolean;
  }): Promise<Page> {
    const page = await blankPage(browser, options);
    await page.setBypassCSP(true);
    const shown = options.many ? manyFile : options.gate ? gateFile : options.script === false ? bareFile : file;
    await page.goto(`file://${shown}`);
    return page;
  }

  test.each([
    { scheme: 'light', media: 'screen' },
    { scheme: 'dark', media: 'screen' },
    { scheme: 'light', media: 'print' },
    { scheme: 'dark', media: 'print' },
    { scheme: 'light', media: 'screen', width: 320 },
    { scheme: 'light', media: 'screen', script: false },
    { scheme: 'dark', media: 'screen', script: false },
    { scheme: 'light', media: 'print', script: false },
    { scheme: 'dark', media: 'print', script: false },
    { scheme: 'light', media: 'screen', gate: true },
    { scheme: 'dark', media: 'screen', gate: true },
    { scheme: 'light', media: 'print', gate: true },
    { scheme: 'light', media: 'screen', many: true },
  ] as const)(
    'axe finds no violation of WCAG 2.2 AA: %j',
    async (options) => {
      const page = await open(options);
      const violations = await violationsOf(page);
      await page.close();
      expect(violations).toEqual([]);
    },
    240_000,
  );

  test.each([320, 480, 768, 794, 1200])(
    'nothing makes the page scroll sideways at %i px, and no table is cut off',
    async (width) => {
      const page = await open({ width });
      const { page: pageWidth, cut } = await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        const tables = [...document.querySelectorAll('table')];
        return {
          page: document.documentElement.scrollWidth,
          cut: tables
            .filter((table) => {
              const scroll = table.closest('.scroll');
              const box = scroll?.getBoundingClientRect();
              return !scroll || !box || box.right > innerWidth || getComputedStyle(scroll).overflowX !== 'auto';
            })
            .map((table) => table.caption?.textContent),
        };
      });
      expect(pageWidth).toBeLessThanOrEqual(width);
      expect(cut).toEqual([]);
      await page.close();
    },
  );

  test('on the width of an A4 page no printed table is wider than the page', async () => {
    // 210 mm less two margins of 16 mm, at 96 dots an inch.
    const page = await open({ media: 'print', width: 672 });
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('table')]
        .filter((table) => table.checkVisibility() && table.getBoundingClientRect().right > innerWidth + 1)
        .map((table) => [table.caption?.textContent, table.getBoundingClientRect().right]),
    );
    expect(wide).toEqual([]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'chart text and marks have enough contrast in %s, which axe cannot judge',
    async (scheme) => {
      const page = await open({ scheme });
      const ratios = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('span'));
        const rgb = (name: string): number[] => {
          probe.style.color = `var(--${name})`;
          return (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        };
        const luminance = (name: string): number => {
          const [r = 0, g = 0, b = 0] = rgb(name).map((part) =>
            part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ratio = (a: string, b: string): number => {
          const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
          return (high + 0.05) / (low + 0.05);
        };
        return {
          text: ['ink', 'muted', 'alert', 'good', 'accent'].map((name) => [
            name,
            Math.min(ratio(name, 'paper'), ratio(name, 'soft')),
          ]),
          marks: ['targeted', 'coverage', 'other'].map((name) => [name, ratio(name, 'paper')]),
          deepCell: ratio('paper', 'heat'),
          muted: ratio('muted', 'zone'),
        };
      });
      for (const [name, value] of ratios.text) expect(value, String(name)).toBeGreaterThanOrEqual(4.5);
      for (const [name, value] of ratios.marks) expect(value, String(name)).toBeGreaterThanOrEqual(3);
      expect(ratios.deepCell).toBeGreaterThanOrEqual(4.5);
      expect(ratios.muted).toBeGreaterThanOrEqual(4.5);
      await page.close();
    },
  );

  test('a hostile name makes no element', async () => {
    const name = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>';
    writeFileSync(
      file,
      await renderHtml(exampleInput(run, (json) => json.replaceAll('"narrow"', JSON.stringify(name)))),
    );
    const page = await open({});
    expect(
      await page.evaluate(() => [
        document.querySelectorAll('img, iframe, object, embed, form').length,
        document.querySelectorAll('script').length,
        [...document.querySelectorAll('*')].filter((node) =>
          [...node.attributes].some(({ name: attribute }) => attribute.startsWith('on')),
        ).length,
        (globalThis as { hit?: number }).hit ?? 0,
      ]),
    ).toEqual([0, 1, 0, 0]);
    await page.close();
    writeFileSync(file, html);
  });

  test.each([
    ['500 characters without a break', 'x'.repeat(500)],
    ['500 wide characters', '漢'.repeat(500)],
    ['right to left', `${'שלום עולם '.repeat(20)}`],
    ['characters that turn the direction', '\u202Egnp.exe\u2066 evil'],
    ['emoji of several parts', '👩🏽‍🚀'.repeat(60)],
  ])('a name of %s does not widen the page at 320 px and is not lost', async (_, name) => {
    writeFileSync(
      file,
      await renderHtml(exampleInput(run, (json) => json.replaceAll('"narrow"', JSON.stringify(name)))),
    );
    const page = await open({ width: 320 });
    const [width, text] = await page.evaluate(() => [document.documentElement.scrollWidth, document.body.textContent]);
    expect(width).toBeLessThanOrEqual(320);
    expect(text).toContain(
      name.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase()}⟩`),
    );
    await page.close();
    writeFileSync(file, html);
  });

  test('the PDF is tagged, has an outline, a language and every page, and its dates are the run’s', async () => {
    const document = await PDFDocument.load(await printPdf(html, { created: '2026-01-02T03:04:05.000Z' }), {
      updateMetadata: false,
    });
    expect(document.catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
    expect(document.catalog.has(PDFName.of('Outlines'))).toBe(true);
    expect(document.getTitle()).toBe('Tiny family, three trainings from one base');
    expect(document.getPageCount()).toBeGreaterThan(5);
    expect(document.getCreationDate()?.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  });
});
