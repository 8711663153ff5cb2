import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../src/print/find-browser.ts';
import { pagesOfAnchors } from '../../src/print/page-numbers.ts';
import { type PrintOptions, printPdf } from '../../src/print/pdf.ts';

const created = '2026-01-02T03:04:05.000Z';
const browser = await findBrowser().catch(() => undefined);
const poppler = ['pdfinfo', 'pdftotext', 'pdffonts', 'pdfimages'].every(
  (name) => spawnSync(name, ['-v']).error === undefined,
);

/** Long heading that breaks over two lines, a table over three pages, a table too wide for any page, a drawing. */
const tall = Array.from({ length: 120 }, (_, row) => `<tr><th scope="row">task ${row}</th><td>0.5</td></tr>`).join('');
const wideHead = Array.from({ length: 26 }, (_, column) => `<th scope="col">checkpoint${column}</th>`).join('');
const wideRow = Array.from({ length: 26 }, (_, column) => `<td class="numeric">${column}.5 [0.1, 99.9]</td>`).join('');
const hostile = '"} body{display:none} </style><script>location="x"</script>\u202e 層';
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="description" content="broad: no shadow &quot;}"><title>Print test ${hostile.replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</title>
<style>.numeric{white-space:nowrap} table{border-collapse:collapse} td,th{padding:2mm} thead{display:table-header-group} h2{break-before:page} nav .page{float:right}</style></head>
<body><header><h1>First</h1></header><nav class="contents"><ul><li><a href="#tall">Tall</a></li><li><a href="#wide">Wide</a></li><li><a href="#end">End</a></li></ul></nav>
<main><h2 id="tall">${'A heading so long that it breaks over two lines at least. '.repeat(3)}</h2>
<div class="scroll"><table><caption>Long</caption><thead><tr><th scope="col">HEADOFTABLE</th><th scope="col">Score</th></tr></thead><tbody>${tall}</tbody></table></div>
<h2 id="wide">Wide</h2><div class="scroll"><table id="w"><caption>Scores</caption><thead><tr><th scope="col">Task</th>${wideHead}</tr></thead><tbody><tr><th scope="row">ROWHEAD</th>${wideRow}</tr></tbody></table></div>
<h2 id="end"><span aria-hidden="true">●</span> End</h2><svg role="img" aria-label="A line" width="90" height="20"><path d="M0 0L90 20" stroke="black"/></svg>
<p style="background:url(https://example.invalid/x.png)">never loaded</p><script>document.body.textContent = 'a script ran'</script></main></body></html>`;

const print = (options: Partial<PrintOptions> = {}): Promise<Uint8Array> => printPdf(html, { created, ...options });

describe.skipIf(!browser)('a printed page', () => {
  let bytes: Uint8Array;
  let document: PDFDocument;
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-test-print-'));
  const file = join(folder, 'report.pdf');
  const ask = (tool: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(tool, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };

  beforeAll(async () => {
    bytes = await print();
    document = await PDFDocument.load(bytes, { updateMetadata: false });
    writeFileSync(file, bytes);
  }, 60_000);

  test('is tagged, has a language, page labels, an outline and the date of the run', () => {
    for (const key of ['StructTreeRoot', 'Outlines', 'PageLabels'])
      expect(document.catalog.has(PDFName.of(key)), key).toBe(true);
    expect(String(document.catalog.get(PDFName.of('Lang')))).toContain('en');
    expect(document.getTitle()).toContain('Print test');
    expect(document.getCreationDate()?.toISOString()).toBe(created);
    expect(document.getModificationDate()?.toISOString()).toBe(created);
  });

  test('is the same in every byte when it is printed again', async () => {
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(await print()))).toBe(0);
  }, 60_000);

  test.skipIf(!poppler)('names the page of every entry of its contents', () => {
    const pages = pagesOfAnchors(document);
    const contents = ask('pdftotext', '-f', '1', '-l', '1', '-layout', file, '-');
    for (const [title, anchor] of [
      ['Tall', 'tall'],
      ['Wide', 'wide'],
      ['End', 'end'],
    ] as const) {
      const page = pages.get(anchor) ?? 0;
      expect(contents).toMatch(new RegExp(`${title}\\s+${page}\\b`));
      expect(ask('pdftotext', '-f', String(page), '-l', String(page), file, '-')).toContain(
        title === 'Tall' ? 'A heading so long' : title,
      );
    }
  });

  test.skipIf(!poppler)('has title, verdict and number of pages around its text, but for the first page’s head', () => {
    const total = document.getPageCount();
    for (let page = 1; page <= total; page++) {
      const text = ask('pdftotext', '-f', String(page), '-l', String(page), '-layout', file, '-');
      expect(text).toContain(`Page ${page} of ${total}`);
      expect(text.includes('broad: no shadow "}')).toBe(page > 1);
      if (page > 1) expect(text).toContain('Print test "} body{display:none}');
    }
  });

  test.skipIf(!poppler)('repeats the head of a table on each of its pages and keeps rows whole', () => {
    const text = ask('pdftotext', file, '-');
    const pages = (pagesOfAnchors(document).get('wide') ?? 0) - (pagesOfAnchors(document).get('tall') ?? 0);
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(text.match(/HEADOFTABLE/g)).toHaveLength(pages);
    for (let row = 0; row < 120; row++) expect(text).toMatch(new RegExp(`task ${row}\\b`));
  });

  test.skipIf(!poppler)(
    'breaks a table that is too wide into parts with its first column, and no interval over lines',
    () => {
      const text = ask('pdftotext', '-layout', file, '-');
      const parts = text.match(/columns, part \d+ of \d+/g) ?? [];
      expect(parts.length).toBeGreaterThanOrEqual(3);
      expect(text.match(/ROWHEAD/g)).toHaveLength(parts.length);
      for (let column = 0; column < 26; column++) {
        expect(text).toContain(`checkpoint${column}`);
        expect(text).toContain(`${column}.5 [0.1, 99.9]`);
      }
    },
  );

  test.skipIf(!poppler)(
    'has its headings as bookmarks and tags, without marks and with the blank at a line’s end',
    () => {
      const outline = [...outlineTitles(document)];
      expect(outline).toEqual([
        'First',
        'A heading so long that it breaks over two lines at least. '.repeat(3).trim(),
        'Wide',
        'End',
      ]);
      const tags = ask('pdfinfo', '-struct', file);
      for (const tag of ['H1', 'H2', 'Table', 'TH', 'Caption', 'Figure', 'Link', 'LI']) expect(tags).toContain(tag);
    },
  );

  test.skipIf(!poppler)('holds its own fonts and no picture of a drawing', () => {
    const fonts = ask('pdffonts', file).split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/yes\s+yes\s+yes\s+\d+\s+\d+\s*$/);
    expect(fonts.join('\n')).toContain('SourceSans3');
    expect(ask('pdfimages', '-list', file).split('\n').slice(2).filter(Boolean)).toEqual([]);
  });

  test.skipIf(!poppler)('runs no script of the page and takes no title for a style', () => {
    const text = ask('pdftotext', file, '-');
    expect(text).not.toContain('a script ran');
    expect(text).toContain('ROWHEAD');
  });

  test('is as large as the paper that is asked for', async () => {
    expect(sizeOf(document)).toEqual([595, 842]);
    expect(sizeOf(await PDFDocument.load(await print({ paper: 'letter' })))).toEqual([612, 792]);
  }, 60_000);

  test('is not made when stopped, and the reason is passed on', async () => {
    const controller = new AbortController();
    const printing = print({ signal: controller.signal });
    controller.abort(new Error('stopped by the user'));
    await expect(printing).rejects.toThrow('stopped by the user');
  });

  test('is not waited for longer than was said', async () => {
    await expect(print({ timeoutMs: 1 })).rejects.toMatchObject({ code: 'pdf-failed', exitCode: 5 });
  });
});

test('a program that is no browser is pdf-failed, not a hang', async () => {
  await expect(print({ browser: '/bin/false', timeoutMs: 10_000 })).rejects.toMatchObject({
    code: 'pdf-failed',
    exitCode: 5,
    hint: expect.stringContaining('HTML report was written'),
  });
});

test('a browser that is named and not there is browser-missing', async () => {
  await expect(print({ browser: '/nowhere/chrome' })).rejects.toMatchObject({ code: 'browser-missing', exitCode: 5 });
});

function sizeOf(document: PDFDocument): number[] {
  const { width, height } = document.getPage(0).getSize();
  return [Math.round(width), Math.round(height)];
}

function* outlineTitles(document: PDFDocument): Generator<string> {
  yield* titlesUnder(document, document.catalog.get(PDFName.of('Outlines')));
}

function* titlesUnder(document: PDFDocument, parent: unknown): Generator<string> {
  // biome-ignore lint/suspicious/noExplicitAny: pdf-lib's objects are walked as they come
  const look = (value: unknown): any => document.context.lookup(value as never);
  for (let entry = look(look(parent)?.get(PDFName.of('First'))); entry; entry = look(entry.get(PDFName.of('Next')))) {
    yield look(entry.get(PDFName.of('Title'))).decodeText() as string;
    yield* titlesUnder(document, entry);
  }
}
