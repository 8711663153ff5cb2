import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser as Launched, type Page } from 'puppeteer-core';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { findBrowser } from './find-browser.ts';
import { withFixedDates } from './fixed-dates.ts';

export interface PrintOptions {
  /** Path of a browser; found when left out. */
  readonly browser?: string;
  /** Milliseconds for launch, load and print together. */
  readonly timeoutMs?: number;
  /** ISO time that the PDF carries as its creation date, so that equal reports give equal bytes. */
  readonly created: string;
  readonly signal?: AbortSignal;
}

/** Flags of our own: no background traffic; the sandbox is given up only where it cannot work (root, CI containers). */
const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
  '--disable-gpu',
  '--disable-dev-shm-usage',
];

/**
 * HTML -> tagged PDF with an outline and page numbers. The page may load nothing but itself: every other request is
 * cut off, so a report cannot reach the network while it is printed. The browser is ended whatever happens.
 *
 * Throws `browser-missing` or `pdf-failed`, both of exit code 5; rejects with the signal's reason when aborted.
 */
export async function printPdf(html: string, options: PrintOptions): Promise<Uint8Array> {
  const { path } = await findBrowser(options.browser);
  const timeout = options.timeoutMs ?? 60_000;
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-print-'));
  let browser: Launched | undefined;
  const stop = (): void => void browser?.process()?.kill('SIGKILL');
  options.signal?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, timeout);
  try {
    options.signal?.throwIfAborted();
    const file = join(folder, 'report.html');
    await writeFile(file, html);
    const unsandboxed = process.getuid?.() === 0 || process.env.CI ? ['--no-sandbox'] : [];
    browser = await puppeteer.launch({
      executablePath: path,
      headless: true,
      userDataDir: join(folder, 'profile'),
      args: [...flags, ...unsandboxed],
      timeout,
    });
    const bytes = await printPage(await browser.newPage(), pathToFileURL(file).href, timeout);
    return withFixedDates(bytes, options.created);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new SkiagramError({
      code: 'pdf-failed',
      message: `The PDF could not be printed with ${path}.`,
      hint: 'Try another browser with --browser. The HTML report was written and prints from any browser.',
      cause,
      exitCode: exitCodes.pdf,
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    await browser?.close().catch(() => stop());
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function printPage(page: Page, url: string, timeout: number): Promise<Uint8Array> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const own = request.url() === url || request.url().startsWith('data:');
    void (own ? request.continue() : request.abort());
  });
  await page.goto(url, { waitUntil: 'load', timeout });
  return page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout,
  });
}
