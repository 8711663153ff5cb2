import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { exitCodes, SkiagramError } from '../base/error.ts';

/** A browser that can print, and how it was found. */
export interface Browser {
  readonly path: string;
  readonly kind: 'named' | 'environment' | 'installed' | 'package';
}

const installed: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The browser to print with: the one named, else the one PUPPETEER_EXECUTABLE_PATH or CHROME_PATH names, else the one
 * that ships in @sparticuz/chromium (an optional package, x86-64 Linux; the same on every machine), else an installed
 * Chrome, Chromium or Edge. Throws `browser-missing` (exit code 5) naming the ways to get one.
 */
export async function findBrowser(named?: string): Promise<Browser> {
  if (named !== undefined) {
    if (existsSync(named)) return { path: named, kind: 'named' };
    throw missing(`There is no browser at ${named}.`);
  }
  const environment = process.env.PUPPETEER_EXECUTABLE_PATH ?? process.env.CHROME_PATH;
  if (environment) {
    if (existsSync(environment)) return { path: environment, kind: 'environment' };
    throw missing(`PUPPETEER_EXECUTABLE_PATH or CHROME_PATH names ${environment}, which does not exist.`);
  }
  const shipped = await fromPackage();
  if (shipped) return { path: shipped, kind: 'package' };
  const local = (installed[platform()] ?? []).find((path) => existsSync(path));
  if (local) return { path: local, kind: 'installed' };
  throw missing('No browser was found to print the PDF with.');
}

async function fromPackage(): Promise<string | undefined> {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } catch {
    return undefined;
  }
}

function missing(message: string): SkiagramError {
  return new SkiagramError({
    code: 'browser-missing',
    message,
    hint: 'Install Chromium or Chrome, or `npm install @sparticuz/chromium` (x86-64 Linux), or name one with --browser or CHROME_PATH. The HTML report needs none.',
    exitCode: exitCodes.pdf,
  });
}
