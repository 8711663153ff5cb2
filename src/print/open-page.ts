import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';

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
 * Opens HTML in a browser of its own and hands the page to `work`. The page may load nothing but itself and runs no script
 * of its own: every other request is cut off. The browser is ended and its folder removed whatever happens.
 *
 * Rejects where the browser cannot be started, ends early, or takes longer than `timeout` milliseconds.
 */
export async function withPage<T>(
  html: string,
  { path, timeout, signal }: { path: string; timeout: number; signal: AbortSignal | undefined },
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { default: puppeteer } = await import('puppeteer-core');
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-print-'));
  let browser: Browser | undefined;
  let late = false;
  const stop = (): void => void browser?.process()?.kill('SIGKILL');
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeout);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
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
    signal?.throwIfAborted();
    return await work(await loaded(browser, pathToFileURL(file).href, timeout));
  } catch (cause) {
    throw late ? new Error(`It took longer than ${timeout / 1000} s.`, { cause }) : cause;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await browser?.close().catch(() => stop());
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function loaded(browser: Browser, url: string, timeout: number): Promise<Page> {
  const page = await browser.newPage();
  // The report's own policy allows no font; its scripts stay off, so nothing else is opened by this.
  await page.setJavaScriptEnabled(false);
  await page.setBypassCSP(true);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const own = request.url() === url || request.url().startsWith('data:');
    void (own ? request.continue() : request.abort()).catch(() => {});
  });
  await page.goto(url, { waitUntil: 'load', timeout });
  return page;
}
