import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../src/print/find-browser.ts';
import { printPdf } from '../../src/print/pdf.ts';

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Print test</title></head>
<body><main><h1>First</h1><p>Text of the report.</p><h2>Second</h2><img src="https://example.invalid/x.png" alt="never loaded"></main></body></html>`;
const created = '2026-01-02T03:04:05.000Z';
const browser = await findBrowser().catch(() => undefined);

describe.skipIf(!browser)('printing with a real browser', () => {
  test('the PDF is tagged, has a language and an outline, and asks the network for nothing', async () => {
    const document = await PDFDocument.load(await printPdf(html, { created }), { updateMetadata: false });
    expect(document.catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
    expect(document.catalog.has(PDFName.of('Outlines'))).toBe(true);
    expect(String(document.catalog.get(PDFName.of('Lang')))).toContain('en');
    expect(document.getTitle()).toBe('Print test');
    expect(document.getCreationDate()?.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  });

  test('two prints of one page are the same bytes', async () => {
    const [first, second] = [await printPdf(html, { created }), await printPdf(html, { created })];
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0);
  });

  test('an aborted print rejects with the reason and leaves no browser', async () => {
    const controller = new AbortController();
    const printing = printPdf(html, { created, signal: controller.signal });
    controller.abort(new Error('stopped by the user'));
    await expect(printing).rejects.toThrow('stopped by the user');
  });
});

test('a browser that is named and not there is an error of exit code 5 with a hint', async () => {
  await expect(printPdf(html, { created, browser: '/nowhere/chrome' })).rejects.toMatchObject({
    code: 'browser-missing',
    exitCode: 5,
    hint: expect.stringContaining('--browser'),
  });
});

test('a program that is no browser is pdf-failed, not a hang', async () => {
  await expect(printPdf(html, { created, browser: '/bin/false', timeoutMs: 10_000 })).rejects.toMatchObject({
    code: 'pdf-failed',
    exitCode: 5,
  });
});
