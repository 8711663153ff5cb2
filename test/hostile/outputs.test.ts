/// <reference lib="dom" />
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { visible, visibleLines } from '../../src/base/visible.ts';
import { findBrowser } from '../../src/print/find-browser.ts';
import { launch } from '../browser.ts';
import { renderedMarkdown, shown, tagsOf, textOf } from '../card/render-markdown.ts';
import { hostileNames } from '../hostile-names.ts';
import { tasks, writeHostileWorld } from './hostile-world.ts';

/**
 * Hostile names through the whole product, as a user would run it: real checkpoints, results and families that bear every name of
 * the corpus, and every file that every command writes.
 */
const place = mkdtempSync(join(tmpdir(), 'skiagram-hostile-'));
const run = join(place, 'run');
const terminal: string[] = [];
const found = await findBrowser().catch(() => undefined);
const poppler = spawnSync('pdftotext', ['-v']).error === undefined;

function skiagram(codes: readonly number[], ...line: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...line], { encoding: 'utf8' });
  expect(codes, stderr).toContain(status);
  terminal.push(stdout, stderr);
  return stdout;
}

beforeAll(() => {
  const config = writeHostileWorld(place, inject('exampleRun'));
  const formats = ['html', 'md', 'json', 'csv', 'parquet', ...(found ? ['pdf'] : [])].join(',');
  skiagram([0], 'run', config, '--out', run, '--format', formats);
  skiagram(
    [1],
    'gate',
    run,
    '--policy',
    join(place, 'policy.yaml'),
    '--format',
    'junit,summary',
    '--explain',
    '--report',
  );
  skiagram([0], 'card', run, '--organization', '<b>x</b>');
  skiagram([0], 'leaderboard', run, '--out', join(place, 'site'));
  skiagram([0], 'leaderboard', run, '--out', join(place, 'board'), '--single-file');
  skiagram([0], 'compare', run, run);
}, 300_000);

const read = (...path: string[]): string => readFileSync(join(place, ...path), 'utf8');
const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(place, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

test('there are at least a hundred hostile names', () => {
  expect(hostileNames.length).toBeGreaterThanOrEqual(100);
  expect(new Set(hostileNames).size).toBe(hostileNames.length);
});

test('no file is named after what only looks like a name', () => {
  for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' }))
    expect(name).toMatch(/^[A-Za-z0-9._~/-]+$/);
});

test('nothing reaches the terminal that could drive it', () => {
  expect(terminal.join('')).not.toMatch(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
  );
});

test('annotations hold one command a line, and no name adds one', () => {
  const out = skiagram([1], 'gate', run, '--policy', join(place, 'policy.yaml'), '--format', 'annotations,summary');
  for (const line of out.split('\n').filter((text) => text.includes('::')))
    if (line.startsWith('::')) expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,\r\n]*::[^\r\n]*$/);
  expect(out).not.toMatch(/^##\[/m);
});

describe('documents', () => {
  test('report.json holds every task by its exact name', () => {
    const { dossier } = JSON.parse(read('run', 'report.json')) as {
      dossier: { comparisons: { scores: { tasks: { task: string }[] } }[] };
    };
    const known = new Set(dossier.comparisons[0]?.scores.tasks.map(({ task }) => task));
    for (const task of tasks) expect(known).toContain(JSON.parse(JSON.stringify(task)));
  });

  test('every JSON document parses and none sets a prototype', () => {
    for (const file of ['run', 'board', 'site'].flatMap((folder) => filesUnder(folder, '.json')))
      JSON.parse(read(file));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('every CSV reads back as text: no cell is a formula, and no task is lost', () => {
    const files = ['run/tables', 'board', 'site'].flatMap((folder) => filesUnder(folder, '.csv'));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files)
      for (const row of parseCsv(read(file)) as string[][])
        for (const cell of row) if (!Number.isFinite(Number(cell))) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
    const scores = parseCsv(read('run/tables/scores.csv'), { columns: true }) as { task: string }[];
    const cells = scores.map(({ task }) => task.replace(/^'/, ''));
    for (const task of tasks.filter((name) => visible(name) === name))
      expect(cells).toContain(wellFormed(task).replace(/^'/, ''));
  });

  test('Parquet holds the exact names', async () => {
    const bytes = readFileSync(join(place, 'run/tables/scores.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = (await parquetReadObjects({ file, compressors })) as { task: string }[];
    const known = new Set(rows.map(({ task }) => task));
    // The reader's decoder takes a mark at the start of a text for the mark of an encoding.
    for (const task of tasks) expect(known).toContain(wellFormed(task).replace(/^\ufeff/, ''));
  });

  test('YAML of the cards parses and comes out of a second writing as it went in', () => {
    const files = filesUnder('run/cards', '.yaml');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const document: unknown = parseYaml(read(file));
      expect(parseYaml(stringify(document))).toEqual(document);
    }
    const index = JSON.stringify(parseYaml(read('run/cards/subject/model-index.yaml')));
    const names = tasks.filter((task) => visible(task) === task && index.includes(JSON.stringify(task)));
    expect(names.length).toBeGreaterThan(100);
  });
});

describe('Markdown', () => {
  test.each(['run/report.md', 'run/gate.summary.md', 'run/cards/subject/card.md'])('%s renders as text', (file) => {
    const html = renderedMarkdown(read(file));
    for (const tag of tagsOf(html)) {
      expect(tag).not.toMatch(/^<\/?(?:script|style|svg|iframe|object|embed|form|input|meta|base|b|body)\b/i);
      expect(tag).not.toMatch(/\son\w+\s*=|javascript:|data:text\/html/i);
    }
    const text = textOf(html);
    const lost = tasks.filter((task) => !text.includes(shown(task)) && !text.includes(shown(visible(task))));
    // A report in Markdown and a summary show the tasks that matter; a card shows all.
    if (file.includes('cards')) expect(lost).toEqual([]);
    else expect(lost.length).toBeLessThan(tasks.length);
  });
});

describe.skipIf(!found)('pages in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(found?.path ?? '');
  });
  afterAll(() => browser?.close());

  const ours =
    'a abbr article aside br button caption circle clippath code col colgroup datalist dd defs del details dfn div dl dt em figcaption figure footer g h1 h2 h3 h4 h5 head header html body hr input label legend li line lineargradient link main mark meta nav ol option p path pre rect s samp section select small span stop strong style sub summary sup svg table tbody td text tfoot th thead time title tr tspan ul kbd output search script bdi';

  async function look(file: string, width: number) {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    let alerts = 0;
    page.on('dialog', (dialog) => {
      alerts += 1;
      void dialog.dismiss();
    });
    await page.setViewport({ width, height: 900 });
    await page.goto(`file://${join(place, file)}`);
    const seen = await page.evaluate((known) => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      const allowed = new Set(known.split(' '));
      const all = [...document.querySelectorAll('*')];
      return {
        foreign: [...new Set(all.map((node) => node.tagName.toLowerCase()).filter((tag) => !allowed.has(tag)))],
        handlers: all.filter((node) => node.getAttributeNames().some((name) => name.startsWith('on'))).length,
        scripts: document.scripts.length,
        addresses: [...document.querySelectorAll('[href], [src]')]
          .flatMap((node) => [node.getAttribute('href'), node.getAttribute('src')])
          .filter(
            (address) =>
              address !== null &&
              !/^(?:#|data:(?:text\/csv|image\/)|[a-z0-9-]+\.(?:html|css|csv|json)(?:#|$))/.test(address),
          ),
        width: document.documentElement.scrollWidth,
        text: (document.body.textContent ?? '').replaceAll(/[ \t\n]+/g, ' '),
      };
    }, ours);
    await page.close();
    return { ...seen, alerts, asked: asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')) };
  }

  test.each(['run/report.html', 'board/leaderboard.html', 'site/index.html', 'site/model-subject.html'])(
    '%s has no foreign element, handler or address, runs nothing, and loses no name',
    async (file) => {
      const { text, width, ...seen } = await look(file, 1200);
      expect(seen).toEqual({ foreign: [], handlers: 0, scripts: 1, addresses: [], alerts: 0, asked: [] });
      expect(width).toBeLessThanOrEqual(1200);
      if (file !== 'site/index.html') {
        const lost = tasks.filter((task) => !text.includes(onPage(task)));
        expect(lost).toEqual([]);
      }
      expect((await look(file, 320)).width).toBeLessThanOrEqual(320);
    },
    120_000,
  );

  test.skipIf(!poppler)('the PDF has no script and no address, and names the families', () => {
    const file = join(place, 'run/report.pdf');
    const ask = (...line: string[]): string =>
      spawnSync(line[0] as string, [...line.slice(1)], { encoding: 'utf8' }).stdout;
    expect(ask('pdfinfo', file)).toMatch(/JavaScript:\s+no/);
    expect(ask('pdfinfo', '-js', file).trim()).toBe('');
    expect(ask('pdfinfo', '-url', file)).not.toMatch(/javascript:|https?:/);
    const text = ask('pdftotext', file, '-');
    for (const name of ['<svg onload=alert(1)>', '=cmd|', 'hasOwnProperty']) expect(text).toContain(name);
  });

  test('a page that is written again is the same', () => {
    const before = read('run/report.html');
    skiagram([0], 'report', run, '--format', 'html');
    expect(read('run/report.html')).toBe(before);
  });
});

/** A lone surrogate is no text; UTF-8 holds U+FFFD instead. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** A name as a page holds it: what cannot be seen is made visible, white space is one blank. */
function onPage(name: string): string {
  return visibleLines(wellFormed(name))
    .replaceAll(/[ \t\n]+/g, ' ')
    .trim();
}
