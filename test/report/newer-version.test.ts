import { describe, expect, inject, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { renderHtml, renderMarkdown } from '../../src/report/report.ts';
import type { VerdictId } from '../../src/verdict/verdict.ts';
import { exampleInput, repeated } from './example-input.ts';

const run = inject('exampleRun');

describe('documents of a newer version', () => {
  test('a finding of an unknown kind and status is shown as it is, without a link to a rule that is not there', async () => {
    const input = exampleInput(run);
    const [first] = input.findings.findings;
    if (!first) throw new Error('the example has findings');
    const strange: Finding = {
      ...first,
      key: 'moonlight:narrow~base',
      id: 'moonlight</script>',
      title: 'Moonlight seen',
      status: 'half-seen' as Finding['status'],
      plain: 'It shone.',
    };
    const html = await renderHtml({
      ...input,
      findings: { ...input.findings, findings: [...input.findings.findings, strange] },
    });
    expect(html).toContain('1 with a status that this version does not know');
    expect(html).toContain('half seen</span> Moonlight seen');
    expect(html).toContain('<code>moonlight&lt;/script&gt;</code>: this version has no rule of that name');
    expect(html).not.toContain('term-moonlight');
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test('an unknown verdict keeps its title and its place', async () => {
    const input = exampleInput(run);
    const [first] = input.verdict.comparisons;
    if (first) Object.assign(first, { verdict: 'sunrise' as VerdictId, title: 'Sunrise pattern' });
    expect(await renderHtml(input)).toContain('<span aria-hidden="true">?</span> Sunrise pattern');
  });
});

describe('a report of no comparison', () => {
  test('says so, states what it must, and keeps scores and checkpoints', async () => {
    const input = exampleInput(run);
    const empty = {
      ...input,
      dossier: { ...input.dossier, comparisons: [] },
      verdict: { ...input.verdict, comparisons: [] },
      findings: { ...input.findings, findings: [] },
    };
    const html = await renderHtml(empty);
    for (const words of [
      'There is nothing to compare.',
      'Score per task and checkpoint',
      '6 checkpoints, 0 comparisons',
    ])
      expect(html).toContain(words);
    expect(html).not.toMatch(/\bNaN\b|undefined|\[object/);
    expect(renderMarkdown(empty)).toContain('nothing to compare');
  });
});

test('a report of many comparisons names each of them in the overview, the cards, the contents and its own part', async () => {
  const html = await renderHtml(repeated(exampleInput(run), 10));
  for (let number = 1; number <= 50; number++) {
    expect(html.split(`href="#comparison-${number}"`).length - 1, String(number)).toBeGreaterThanOrEqual(4);
    expect(html).toContain(`id="comparison-${number}"`);
  }
  expect(html.match(/<details class="part">/g)).toHaveLength(50);
});
