import { expect, inject, test } from 'vitest';
import { renderMarkdown } from '../../src/report/report.ts';
import { renderedMarkdown, tagsOf, textOf } from '../card/render-markdown.ts';
import { exampleInput } from './example-input.ts';

const input = exampleInput(inject('exampleRun'));
const text = renderMarkdown(input);
const read = (markdown: string): string => textOf(renderedMarkdown(markdown));

test('every verdict is said in words, with its confidence, before the first number', () => {
  const lead = read(text.slice(0, text.indexOf('| Checkpoint |')));
  for (const { checkpoint, plain, confidence, because } of input.verdict.comparisons) {
    expect(lead).toContain(`${checkpoint} : ${plain} Confidence: ${confidence}.`);
    for (const reason of because ?? []) expect(lead).toContain(reason);
  }
  expect(lead.slice(lead.indexOf('base'))).not.toMatch(/\d\.\d|κ|D̄/);
});

test('reasons that all share are said once at the top', () => {
  const lead = text.slice(0, text.indexOf('| Checkpoint |'));
  expect(lead.match(/Targeted and coverage families were named/g)).toHaveLength(1);
});

test('each comparison begins with the plain sentence, the reasons and what would flip it; numbers follow', () => {
  for (const { checkpoint, base, plain, because, flips, sentence } of input.verdict.comparisons) {
    const part = read(text.split(`## ${checkpoint} against ${base}\n`)[1]?.split('\n## ')[0] ?? '');
    const places = [plain ?? '', ...(because ?? []), flips ?? '', sentence].map((words) => part.indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  }
});

test('a verdict of an older version has its sentence instead', () => {
  const comparisons = input.verdict.comparisons.map(({ plain: _, because: __, flips: ___, ...rest }) => rest);
  const old = renderMarkdown({ ...input, verdict: { ...input.verdict, comparisons } });
  expect(read(old)).toContain(`narrow : ${input.verdict.comparisons[0]?.sentence}`);
  expect(old).not.toMatch(/undefined|What the confidence rests on/);
});

test('it is Markdown throughout', () => {
  expect(
    tagsOf(renderedMarkdown(text)).filter(
      (tag) => !/^<\/?(?:h1|h2|p|ul|li|strong|table|thead|tbody|tr|th|td)>$/.test(tag),
    ),
  ).toEqual([]);
});
