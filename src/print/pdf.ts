/// <reference lib="dom" />
import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import type { Page } from 'puppeteer-core';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { type Paper, textWidth } from '../base/paper.ts';
import { findBrowser } from './find-browser.ts';
import { finishPdf } from './finish-pdf.ts';
import { fitTables } from './fit-tables.ts';
import { withPage } from './open-page.ts';
import { pagesOfAnchors } from './page-numbers.ts';
import { fontRules, pageRules } from './page-style.ts';

export interface PrintOptions {
  /** Path of a browser; found when left out. */
  readonly browser?: string;
  /** A4 when left out. */
  readonly paper?: Paper;
  /** Milliseconds for launch, load and print together; two minutes when left out, twelve times what a long report takes. */
  readonly timeoutMs?: number;
  /** ISO time that the PDF carries as its creation date, so that equal reports give equal bytes. */
  readonly created: string;
  readonly signal?: AbortSignal;
}

const longest = 120_000;

/** Stands for a page number until pages are known, so that the numbers change no line. */
const placeholder = '000';

/**
 * HTML -> tagged PDF with outline, page labels, running header and footer, and page numbers in its table of contents
 * (`nav.contents`). The page may load nothing but itself and runs no script. A browser that dies is started once more.
 *
 * Throws `browser-missing` or `pdf-failed`, both of exit code 5; rejects with the signal's reason when aborted.
 */
export async function printPdf(html: string, options: PrintOptions): Promise<Uint8Array> {
  const { path } = await findBrowser(options.browser);
  const opening = { path, timeout: options.timeoutMs ?? longest, signal: options.signal };
  const attempt = (): Promise<Uint8Array> => withPage(html, opening, (page) => printed(page, options));
  try {
    return await attempt().catch((cause: unknown) => {
      options.signal?.throwIfAborted();
      if (!died(cause)) throw cause;
      return attempt();
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new SkiagramError({
      code: 'pdf-failed',
      message: `The PDF could not be printed with ${path}: ${reason(cause)}`,
      hint: 'Try another browser with --browser. The HTML report was written and prints from any browser.',
      cause,
      exitCode: exitCodes.pdf,
    });
  }
}

async function printed(page: Page, { created, paper = 'a4', timeoutMs: timeout = longest }: PrintOptions) {
  const { headings, ...running } = await describe(page);
  await page.addStyleTag({ content: `${await fontRules()}\n${pageRules(paper, running)}` });
  await page.emulateMediaType('print');
  await page.setViewport({ width: textWidth(paper), height: 1000 });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await fitTables(page);
  const print = async (tagged: boolean): Promise<PDFDocument> =>
    PDFDocument.load(
      await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged, outline: tagged, timeout }),
      { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest },
    );
  // 1. Pages -> numbers of the contents. Without tags a print takes half the time and lies the same.
  const entries = await numberContents(page, new Map());
  if (entries > 0) await numberContents(page, pagesOfAnchors(await print(false)));
  // 2. The same pages with their numbers.
  return finishPdf(await print(true), headings, created);
}

/** Title, verdict and headings of the report, as text. Marks that are only drawn are no part of a heading. */
function describe(page: Page): Promise<{ title: string; verdict: string; headings: string[] }> {
  return page.evaluate(() => ({
    title: document.title,
    verdict: document.querySelector('meta[name="description"]')?.getAttribute('content') ?? '',
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .filter((heading) => (heading as HTMLElement).checkVisibility())
      .map((heading) => {
        const copy = heading.cloneNode(true) as HTMLElement;
        for (const mark of copy.querySelectorAll('[aria-hidden="true"]')) mark.remove();
        return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
      }),
  }));
}

/** Writes page numbers beside the entries of the contents and returns how many entries there are. */
function numberContents(page: Page, pages: ReadonlyMap<string, number>): Promise<number> {
  return page.evaluate(
    (known, unknown) => {
      const links = [...document.querySelectorAll('nav.contents a[href^="#"]')];
      for (const link of links) {
        const anchor = decodeURIComponent((link.getAttribute('href') ?? '').slice(1));
        const number = link.querySelector('.page') ?? document.createElement('span');
        number.className = 'page';
        number.textContent = String(known[anchor] ?? unknown);
        link.append(number);
      }
      return links.length;
    },
    Object.fromEntries(pages),
    placeholder,
  );
}

/** The first words of what went wrong, as a sentence. */
function reason(cause: unknown): string {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line.replace(/([^.!?…])$/, '$1.');
}

/** True where the browser went away, which another start may mend; a slow one is not tried again. */
function died(cause: unknown): boolean {
  return cause instanceof Error && /closed|crash|disconnected|detached/i.test(cause.message);
}
