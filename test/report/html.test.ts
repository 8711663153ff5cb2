import { createHash } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import type { Measured } from '../../src/base/measured.ts';
import { renderHtml, renderJson, renderMarkdown } from '../../src/report/report.ts';
import { exampleInput } from './example-input.ts';

const run = inject('exampleRun');
const html = await renderHtml(exampleInput(run));
const text = html.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, ' ');

describe('the HTML report', () => {
  test('two renderings of one run are the same bytes', async () => {
    expect(await renderHtml(exampleInput(run))).toBe(html);
  });

  test('says first what was found, then shows the map, then each comparison', () => {
    const places = [
      'narrow shows the benchmark-shadow pattern among 5 comparisons',
      'id="map"',
      'narrow against base',
      'id="limits"',
    ].map((part) => html.indexOf(part));
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true);
  });

  test('needs no network, has one script of its own, and its policy lets no other run', () => {
    expect(html).not.toMatch(/<link|@import|\bon[a-z]+="|src="(?!data:)/i);
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
    expect(scripts.map(([whole]) => whole.slice(0, 8))).toEqual(['<script>']);
    const hash = createHash('sha256')
      .update(scripts[0]?.[1] ?? '')
      .digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect([...html.matchAll(/(?:href|url\()["']?(https?:[^"')]+)/g)].map((match) => match[1])).toEqual([]);
  });

  test('claims no cause and no fault, in any rendering', () => {
    const banned = /caused by|proves|contaminated|overfit|cheated/i;
    expect(text).not.toMatch(banned);
    expect(renderMarkdown(exampleInput(run))).not.toMatch(banned);
  });

  test('shows no NaN, undefined or [object Object]', () => {
    expect(text).not.toMatch(/\bNaN\b|undefined|\[object|Infinity/);
    expect(renderMarkdown(exampleInput(run))).not.toMatch(/\bNaN\b|undefined|\[object|Infinity/);
  });

  test('every id is used once and every link leads somewhere', () => {
    const ids = [...html.matchAll(/\bid="?([^"\s>]+)/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/(?:href="#|popovertarget="|aria-labelledby=")([^"]+)"/g))
      expect(ids).toContain(target);
  });
});

describe('scores that nobody vouches for', () => {
  const input = exampleInput(run, (json) =>
    json.replaceAll('"attestation": "attested"', '"attestation": "unattested"'),
  );

  test('are marked on page one, on the map, in each comparison, chart and table, and in Markdown', async () => {
    const marked = (await renderHtml(input)).replaceAll(/<[^>]+>/g, ' ');
    for (const words of [
      'base; scores unattested',
      'Unattested scores: narrow, broad-1',
      'Scores of base and narrow are unattested: nothing shows that these very weights were scored.',
      'narrow (unattested)',
    ])
      expect(marked).toContain(words);
    expect(renderMarkdown(input)).toContain('**Unattested.** Nothing shows that the scores of base and narrow');
    expect(text).not.toMatch(/scores unattested|are unattested|\(unattested\)|Unattested scores:|Unattested\./);
  });
});

describe('missing and hostile input', () => {
  test('a number that could not be had shows its reason', async () => {
    const input = exampleInput(run);
    const comparison = input.dossier.comparisons[0];
    const scores = comparison?.scores;
    if (scores?.status !== 'ok') throw new Error('the example has scores');
    const gone: Measured = { status: 'failed', code: 'test', reason: 'The disk was eaten.' };
    scores.asymmetry.tau = gone;
    expect(await renderHtml(input)).toContain('The disk was eaten.');
  });

  test('a comparison without weights, and a report without any comparison, still render', async () => {
    const input = exampleInput(run);
    const [first] = input.dossier.comparisons;
    if (first) first.weights = { status: 'failed', error: { code: 'base-mismatch', message: 'Another architecture.' } };
    expect(await renderHtml(input)).toContain('Weights: Another architecture.');
    const empty = {
      ...input,
      dossier: { ...input.dossier, comparisons: [] },
      verdict: { ...input.verdict, comparisons: [] },
    };
    expect(await renderHtml(empty)).toContain('nothing to compare');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '</style><script>alert(1)</script>',
    '{{constructor}} `|` **b** | x',
    '\u202Egnp.exe',
    'ä'.repeat(500),
  ])('the name %s stays text', async (name) => {
    const hostile = exampleInput(run, (json) => json.replaceAll('"narrow"', JSON.stringify(name)));
    const page = await renderHtml(hostile);
    expect(page.match(/<script/g)?.length).toBe(1);
    expect(page).not.toMatch(/<img|<svg onload/);
    const markdown = renderMarkdown(hostile);
    expect(markdown).not.toMatch(/<img|<script|<svg/);
    for (const line of markdown.split('\n').filter((row) => row.startsWith('| ') && row.includes('against')))
      expect(line.match(/(?<!\\)\|/g)?.length).toBe(8);
  });
});

test('the JSON report holds the documents it was made from', () => {
  const input = exampleInput(run);
  expect(JSON.parse(renderJson(input))).toMatchObject({
    schemaVersion: '1.0',
    verdict: input.verdict,
    findings: input.findings,
  });
});

describe('the checklist of findings', () => {
  const input = exampleInput(run);
  const [first] = html.split('id="comparison-2"');
  const part = first?.slice(first.indexOf('id="comparison-1"')) ?? '';

  test('shows what was found before what is open, and folds the rest with its reason', () => {
    const own = input.findings.findings.filter(({ checkpoint }) => checkpoint === 'narrow');
    const folded = part.slice(part.indexOf('Looked for and not found'));
    const place = (status: string): number[] =>
      own.filter((finding) => finding.status === status).map(({ id }) => part.indexOf(`href="#term-${id}"`));
    expect(place('detected').length).toBeGreaterThan(2);
    expect(Math.max(...place('detected'))).toBeLessThan(Math.min(...place('inconclusive')));
    expect(Math.max(...place('inconclusive'))).toBeLessThan(
      Math.min(...place('not-detected'), ...place('not-applicable')),
    );
    for (const finding of own.filter(({ status }) => status.startsWith('not-')))
      expect(folded).toContain(finding.title);
    expect(folded).toContain('The checkpoint has no vision encoder among its weight matrices.');
  });

  test('counts every finding once', () => {
    const own = input.findings.findings.filter(({ checkpoint }) => checkpoint === 'narrow');
    for (const { id } of own) expect(part.split(`href="#term-${id}"`).length - 1, id).toBe(1);
  });

  test('the folded part opens on paper', () => {
    expect(part).toMatch(/<details><summary>Looked for and not found/);
  });
});
