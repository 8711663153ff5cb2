import { describe, expect, inject, test } from 'vitest';
import { problemsOf } from '../../../src/base/validate.ts';
import { renderHtml, renderJson } from '../../../src/report/report.ts';
import { checkedStatements, statementsOf } from '../../../src/report/statements/state.ts';
import { ComparisonStatements, ReportStatements, WholeStatements } from '../../../src/report/statements/statement.ts';
import { exampleInput } from '../example-input.ts';

const input = exampleInput(inject('exampleRun'));
const stated = statementsOf(input);

describe('what every report must state', () => {
  test('is stated by a report of a real run, which the schema accepts', () => {
    expect(problemsOf(ReportStatements, stated)).toEqual([]);
    expect(stated.comparisons).toHaveLength(5);
  });

  test.each(Object.keys(WholeStatements.properties))('a report that does not state its %s is refused', (key) => {
    const report = Object.fromEntries(Object.entries(stated.report).filter(([name]) => name !== key));
    const lacking = { ...stated, report } as ReportStatements;
    expect(problemsOf(ReportStatements, lacking)[0]?.message).toContain(key);
    expect(() => checkedStatements(lacking)).toThrow(key);
  });

  test.each(Object.keys(ComparisonStatements.properties).filter((key) => key !== 'checkpoint' && key !== 'base'))(
    'nor a comparison that does not state its %s',
    (key) => {
      const [first, ...rest] = stated.comparisons;
      const lacking = {
        ...stated,
        comparisons: [{ ...first, [key]: { text: '', known: true } }, ...rest],
      } as ReportStatements;
      expect(problemsOf(ReportStatements, lacking)).not.toEqual([]);
      expect(() => checkedStatements(lacking)).toThrow(key);
    },
  );

  test('holds the numbers of the documents', () => {
    const [narrow] = stated.comparisons;
    const { scores } = input.dossier.comparisons[0] ?? {};
    if (scores?.status !== 'ok') throw new Error('the example has scores');
    expect(narrow?.contrast.text).toContain(
      `S +${scores.asymmetry.S.status === 'ok' ? scores.asymmetry.S.value.toFixed(1) : ''}`,
    );
    expect(narrow?.items.text).toContain(`${scores.tasks[0]?.n} items a task`);
    expect(narrow?.verdict.text).toContain('(benchmark-shadow), confidence moderate');
    expect(stated.report.levels.text).toContain(
      `Each of the four asymmetry tests at ${input.dossier.constants.alpha_test}`,
    );
    expect(stated.report.versions.text).toContain(`Seed ${input.dossier.seed}`);
  });

  test('says so where the documents do not hold it', () => {
    const own = exampleInput(inject('exampleRun'));
    const [first] = own.dossier.comparisons;
    if (first) first.weights = { status: 'failed', error: { code: 'x', message: 'Another architecture.' } };
    expect(statementsOf(own).comparisons[0]?.matrices).toEqual({
      text: 'No weights: Another architecture.',
      known: false,
    });
  });

  test('is in the HTML, word for word, and in the JSON', async () => {
    const html = await renderHtml(input);
    const plain = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    for (const { text } of Object.values(stated.report)) expect(html).toContain(plain(text));
    for (const { checkpoint: _, base: __, ...own } of stated.comparisons)
      for (const { text } of Object.values(own)) expect(html).toContain(plain(text));
    expect(JSON.parse(renderJson(input))).toMatchObject({ statements: stated });
  });
});
