import { expect, inject, test } from 'vitest';
import { renderHtml, renderMarkdown } from '../../src/report/report.ts';
import { hostileNames } from '../gate/formats/hostile.ts';
import { gateOf, world } from '../gate/worlds.ts';
import { exampleInput } from './example-input.ts';

const gate = gateOf(world({ reading: { gained: 10, lost: 50 } }), {
  title: 'Assistant releases',
  rules: [
    { family: '*', non_inferior_within: 2 },
    { family: 'nowhere', non_inferior_within: 2, level: 'warn' },
  ],
});

test('the HTML report shows the outcome, what did not pass first, and its place in the contents', async () => {
  const html = await renderHtml({ ...exampleInput(inject('exampleRun')), gate });
  expect(html).toContain('<li><a href="#gate">Release gate</a></li>');
  const section = html.slice(html.indexOf('<section aria-labelledby="gate">'));
  expect(section.slice(0, section.indexOf('</section>'))).toMatch(
    /fail<\/span><\/strong> Failed: 1 of 6 checks[\s\S]*Rules that did not pass[\s\S]*reading|Reading[\s\S]*5 checks passed/,
  );
  expect(section).toContain('No family &quot;nowhere&quot; was compared');
});

test('of very many open rules the worst twenty are shown and the rest are folded, none lost', async () => {
  const [one] = gate.rules;
  const rules = Array.from({ length: 60 }, (_, index) => ({
    ...(one as (typeof gate.rules)[number]),
    outcome: index % 3 === 0 ? ('fail' as const) : ('inconclusive' as const),
    message: `result ${index} of many`,
  }));
  const html = await renderHtml({ ...exampleInput(inject('exampleRun')), gate: { ...gate, rules } });
  const [shown = '', folded = ''] = html
    .slice(html.indexOf('Rules that did not pass'))
    .split('40 more did not pass: 40 inconclusive');
  expect(shown.match(/result \d+ of many/g)).toHaveLength(20);
  expect(folded.match(/result \d+ of many/g)).toHaveLength(40);
  for (let index = 0; index < 60; index += 3) expect(shown).toContain(`result ${index} of many`);
});

test('without a policy the report has no such section', async () => {
  expect(await renderHtml(exampleInput(inject('exampleRun')))).not.toContain('id="gate"');
});

test('names of outsiders stay text in both reports', async () => {
  const rules = hostileNames.map((name) => ({
    ...(gate.rules[0] as (typeof gate.rules)[number]),
    ...{ outcome: 'fail' as const, rule: name, checkpoint: name, subject: name, message: name, notes: [name] },
  }));
  const input = { ...exampleInput(inject('exampleRun')), gate: { ...gate, run: hostileNames.join(' '), rules } };
  const html = await renderHtml(input);
  const section = html.slice(html.indexOf('<section aria-labelledby="gate">'));
  const own = section.slice(0, section.indexOf('</section>'));
  const tags = new Set([...own.matchAll(/<\/?([a-z0-9]+)[\s>]/gi)].map((match) => match[1]));
  for (const tag of tags)
    expect([
      'section',
      'h2',
      'h3',
      'div',
      'p',
      'strong',
      'span',
      'small',
      'code',
      'table',
      'caption',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'details',
      'summary',
      'ul',
      'li',
    ]).toContain(tag);
  const markdown = renderMarkdown(input);
  const part = markdown.slice(markdown.indexOf('## Release gate'), markdown.indexOf('\n## narrow'));
  expect(part.split('\n').filter((line) => line.startsWith('- **fail**')).length).toBe(hostileNames.length);
  expect(part).not.toMatch(/<[a-z!/]/i);
});
