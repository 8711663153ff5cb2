import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../src/print/find-browser.ts';

/** One picture of a page of the gallery: where it begins and how much of it is seen, in CSS pixels. */
interface Picture {
  readonly page: string;
  readonly width: number;
  readonly height: number;
  readonly from?: string;
  readonly scheme?: 'light' | 'dark';
  readonly media?: 'screen' | 'print';
}

const pictures: Readonly<Record<string, Picture>> = {
  'report-light': { page: 'tiny/report.html', width: 1160, height: 1500 },
  'report-dark': { page: 'tiny/report.html', width: 1160, height: 1500, scheme: 'dark' },
  'report-narrow': { page: 'tiny/report.html', width: 360, height: 1500 },
  'report-print': { page: 'tiny/report.html', width: 672, height: 950, media: 'print' },
  'gate-light': { page: 'gate/report.html', width: 1160, height: 900, from: '#gate' },
  'leaderboard-light': { page: 'leaderboard/leaderboard.html', width: 1160, height: 1150 },
  'leaderboard-dark': { page: 'leaderboard/leaderboard.html', width: 1160, height: 1150, scheme: 'dark' },
};

/** Takes every picture of the gallery under `folder` and writes it to `folder`/pictures. Throws `browser-missing` without a browser. */
export async function takePictures(folder: string): Promise<void> {
  const { path } = await findBrowser();
  await mkdir(join(folder, 'pictures'), { recursive: true });
  const browser = await puppeteer.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const [name, { page: file, width, height, from, scheme = 'light', media = 'screen' }] of Object.entries(
      pictures,
    )) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 1000 });
      // Both at once: emulating features after the medium takes the medium back.
      const session = await page.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', {
        media,
        features: [{ name: 'prefers-color-scheme', value: scheme }],
      });
      await page.goto(pathToFileURL(join(folder, file)).href);
      const top = from === undefined ? 0 : await page.$eval(from, (node) => node.getBoundingClientRect().top - 24);
      const bytes = await page.screenshot({
        type: 'webp',
        quality: 82,
        clip: { x: 0, y: top, width, height },
        captureBeyondViewport: true,
      });
      await writeFile(join(folder, 'pictures', `${name}.webp`), bytes);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
