import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../../../src/base/validate.ts';
import { markdown } from '../../../src/card/formats/markdown.ts';
import type { ModelCard } from '../../../src/card/model-card.ts';
import { Config } from '../../../src/config/config.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';
import { renderedMarkdown, shown, tagsOf, textOf } from '../render-markdown.ts';

const run = inject('exampleRun');
const card = exampleCard(run);
const text = (of: ModelCard): string => markdown.render(of).files[0]?.text ?? '';
const section = text(card);

test('the verdict stands first, in words, with its confidence and the two reasons, before any number', () => {
  const [comparison] = card.comparisons;
  const start = textOf(renderedMarkdown(section.slice(0, section.indexOf('| Ability'))));
  expect(start).toContain(`Benchmark-shadow pattern (confidence: moderate). ${comparison?.plain}`);
  expect(comparison?.because).toHaveLength(2);
  for (const reason of comparison?.because ?? []) expect(start).toContain(reason);
  expect(start.slice(0, start.indexOf('What the confidence rests on'))).not.toMatch(/\d|[α-ωΑ-Ω]|D̄|Ḡ/);
});

test('every score has its interval and the number of questions', () => {
  const page = renderedMarkdown(section);
  const rows = [...page.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    [...(row ?? '').matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell]) => textOf(cell ?? '')),
  );
  for (const { task, score, chance } of card.scores) {
    if (score.status !== 'ok' || !score.interval) throw new Error('the example has intervals');
    const { low, high, method } = score.interval;
    expect(rows.find(([, name]) => name === task)?.slice(3)).toEqual([
      score.value.toFixed(3),
      `${low.toFixed(3)} to ${high.toFixed(3)}, ${method}`,
      '200',
      (chance ?? 0).toFixed(3),
      '0',
    ]);
  }
});

test('settings, versions, fingerprints, limits and how to repeat it are there; no place of this machine is', () => {
  for (const part of [
    card.model.fingerprint,
    card.comparisons[0]?.baseFingerprint,
    'lm-eval 0.4.13',
    'skiagram 0.1.0',
    'c0ffee',
    'seed 0',
    ...card.limits.map((limit) => limit.slice(0, 16)),
  ])
    expect(section).toContain(part);
  expect(section).not.toMatch(/\.\/checkpoints|\/tmp|\/home|\/work/);
});

test('no symbol is left unexplained', () => {
  const [body, words] = section.split('### Symbols and short names');
  const symbols = new Set(body?.match(/[\u0370-\u03ff]|D̄|Ḡ/gu));
  expect(symbols.size).toBeGreaterThan(1);
  for (const symbol of symbols) expect(words, symbol).toContain(`**${symbol}**`);
  const other = text({
    ...card,
    comparisons: card.comparisons.map((one) => ({ ...one, plain: 'S = 4 κ-points, D̄ = 1, τ 2, λ' })),
  });
  for (const symbol of ['S', 'κ', 'D̄', 'τ', 'λ']) expect(other.split('### Symbols')[1]).toContain(`**${symbol}**`);
});

test('words are correlational', () => {
  expect(section).not.toMatch(
    /\bcaus(?:ed|es|ing)\b|\bbecause of\b|\bdue to\b|\bcontaminated\b|\bmemorised\b|\bcheat|\bproves?\b/i,
  );
});

test('numbers without an interval say why, once for all of them', () => {
  const scores = card.scores.map((score) => ({
    ...score,
    score: { status: 'ok' as const, value: 0.5, n: 7, note: 'No interval: there are no items.' },
  }));
  const bare = text({ ...card, scores });
  expect(bare.match(/No interval: there are no items/g)).toHaveLength(1);
  expect(bare).toContain('Of 36 of 36 scores: No interval');
  expect(bare).toContain('| 0.500 | none | 7 |');
});

test('the config that repeats it is one, with the same tasks, axis and seed', () => {
  const config = parse(/```yaml\n([\s\S]*?)\n```/.exec(section)?.[1] ?? '');
  expect(problemsOf(Config, config)).toEqual([]);
  expect(config).toMatchObject({
    seed: 0,
    checkpoints: [{ id: 'base' }, { id: 'narrow', base: 'base' }],
    axis: { targeted: card.axis.targeted },
  });
  expect(config.suites[0].tasks).toEqual(card.scores.map(({ task }) => task));
});

test('a config without weights names no place for them', () => {
  const comparisons = card.comparisons.map((one) => ({ ...one, baseFingerprint: null }));
  expect(text({ ...card, model: { ...card.model, fingerprint: null }, comparisons })).not.toContain('PATH of narrow');
});

test('what a run does not have is said', () => {
  const bare = text({
    ...card,
    model: {
      ...card.model,
      attestation: 'unattested',
      fingerprint: null,
      architecture: null,
      parameters: null,
      dtypes: [],
    },
    comparisons: card.comparisons.map((one) => ({
      ...one,
      families: [],
      noScores: 'There are none.',
      weights: null,
      noWeights: 'Other shapes.',
    })),
    scores: [
      {
        ...(card.scores[0] as ModelCard['scores'][number]),
        score: { status: 'failed', code: 'x', reason: 'It broke.' },
      },
      {
        ...(card.scores[1] as ModelCard['scores'][number]),
        claimed: true,
        score: { status: 'ok', value: 12.5 },
        scale: { unit: 'points', max: 1000 },
        chance: null,
        shots: null,
        lowerIsBetter: true,
      },
    ],
    spectra: [],
    limits: [],
  });
  for (const part of [
    'No scores were compared: There are none.',
    'No weights were compared: Other shapes.',
    'none: It broke.',
    '12.50 of 1000',
    'lower is better',
    '1 of these scores are quoted',
    '**Unattested:**',
  ])
    expect(bare).toContain(part);
  expect(bare).not.toMatch(/NaN|undefined|null|\[object/);
  const empty = text({ ...card, comparisons: [], scores: [], spectra: [], suites: [], limits: [] });
  expect(empty).toContain('This run holds no scores');
  expect(empty).toContain('No weights were measured.');
});

const allowed = /^<\/?(?:h2|h3|p|strong|ul|li|table|thead|tbody|tr|th|td|pre|code)>$|^<code class="language-yaml">$/;

test.each(hostileNames)('the name %j is text wherever it stands, and the section passes its check', (name) => {
  const hostile = text(hostileCard(card, name));
  expect(markdown.check(hostile)).toEqual([]);
  expect(hostile).not.toContain('<!--');
  const html = renderedMarkdown(hostile);
  expect(tagsOf(html).filter((tag) => !allowed.test(tag))).toEqual([]);
  expect([...html.matchAll(/<h3>/g)]).toHaveLength(
    [...renderedMarkdown(section).matchAll(/<h3>/g)].length - (hostile.includes('### Symbols') ? 0 : 1),
  );
  expect([...html.matchAll(/<table>/g)]).toHaveLength(4);
  expect(textOf(html)).toContain(`against ${shown(name)}`.trim());
});

test('the check finds HTML and uneven tables', () => {
  expect(markdown.check('a\n<b>x</b>\n')).toMatchObject([{ path: ['line 2'] }]);
  expect(markdown.check('| a | b |\n| --- | --- |\n| 1 |\n')).toMatchObject([{ path: ['line 3'] }]);
});
