/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** How a page is looked at. */
export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly media?: 'screen' | 'print';
  readonly width?: number;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Starts the browser at `path`; the caller closes it. */
export function launch(path: string): Promise<Browser> {
  return puppeteer.launch({
    executablePath: path,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A new page that has not loaded anything, in the scheme, medium and width asked for. */
export async function blankPage(browser: Browser, { scheme, media, width }: Look): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: width ?? 1200, height: 900 });
  // Both at once: emulating features after the medium takes the medium back.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    media: media ?? 'screen',
    features: [{ name: 'prefers-color-scheme', value: scheme ?? 'light' }],
  });
  return page;
}

/** What axe finds against WCAG 2.2 AA with every fold opened: rule, how often, the first place and why. */
export async function violationsOf(
  page: Page,
): Promise<{ id: string; count: number; first: string | undefined; why: string | undefined }[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await page.evaluate(axe);
  return page.evaluate(async (values) => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run: (
            root: Document,
            options: object,
          ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      }
    ).axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({
      id,
      count: nodes.length,
      first: nodes[0]?.html.slice(0, 200),
      why: nodes[0]?.failureSummary,
    }));
  }, tags);
}
