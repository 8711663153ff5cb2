import { expect, inject, test } from 'vitest';
import { renderHtml } from '../../src/report/report.ts';
import { withOverrides } from '../../src/report/templates.ts';
import { exampleInput } from './example-input.ts';

const input = exampleInput(inject('exampleRun'));
const builtIn = input.templates;
const page = builtIn['report.hbs'] ?? '';

test('one partial laid over changes its part and escapes as before', async () => {
  const templates = withOverrides(builtIn, {
    'table.hbs': '<p class="own">{{label}}: {{rows.length}} rows</p>',
  });
  const html = await renderHtml({ ...input, dossier: { ...input.dossier, title: '<b>&' }, templates });
  expect(html).toContain('<p class="own">What was opened of each checkpoint: 6 rows</p>');
  expect(html).toContain('&lt;b&gt;&amp;');
  expect(html).toContain("default-src 'none'");
});

test.each([
  ['figur.hbs', '', 'template-unknown', /figur\.hbs/],
  ['../table.hbs', '', 'template-unknown', /table\.hbs/],
  ['__proto__', '', 'template-unknown', /__proto__/],
  ['table.hbs', '{{{label}}}', 'template-invalid', /\{\{\{label\}\}\} would not be escaped/],
  ['table.hbs', '{{& label}}', 'template-invalid', /would not be escaped/],
  ['table.hbs', '{{#if a}}x{{else}}{{{label}}}{{/if}}', 'template-invalid', /would not be escaped/],
  ['table.hbs', '{{> nothing}}', 'template-unknown', /nothing\.hbs/],
  ['table.hbs', '{{#if a}}', 'template-invalid', /does not compile/],
  ['table.hbs', '<script>1</script>', 'template-invalid', /no script/],
  ['table.hbs', '<p onclick="x()">', 'template-invalid', /no script/],
  ['report.css', '</style><b>', 'template-invalid', /no markup/],
  ['report.hbs', page.replace(/<meta http-equiv[^\n]*\n/, ''), 'template-invalid', /security policy/],
  [
    'report.hbs',
    page.replace(/(<meta http-equiv[^\n]*\n)/, '').replace('</body>', "<meta http-equiv='x'></body>"),
    'template-invalid',
    /security policy/,
  ],
])('%s with %j is refused', (name, source, code, message) => {
  const overrides = Object.fromEntries([[name, source]]);
  expect(() => withOverrides(builtIn, overrides)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  expect(() => withOverrides(builtIn, overrides)).toThrow(message);
});

test('a misspelt name is answered with the nearest', () => {
  expect(() => withOverrides(builtIn, { 'figur.hbs': '' })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('Did you mean "figure.hbs"?') }),
  );
});

test('a word that the view does not have is said to be the template’s', async () => {
  const templates = withOverrides(builtIn, { 'table.hbs': '{{wether}}' });
  await expect(renderHtml({ ...input, templates })).rejects.toMatchObject({ code: 'template-invalid', exitCode: 2 });
});
