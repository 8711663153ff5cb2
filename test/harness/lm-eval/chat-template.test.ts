import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasChatTemplate } from '../../../src/harness/lm-eval/chat-template.ts';
import { folder } from '../stage.ts';

it.each([
  ['tokenizer_config.json', '{"chat_template": "{{ messages }}"}', true],
  ['tokenizer_config.json', '{"chat_template": [{"name": "default", "template": "x"}]}', true],
  ['tokenizer_config.json', '{"chat_template": null}', false],
  ['tokenizer_config.json', '{"chat_template": ""}', false],
  ['tokenizer_config.json', '{broken', false],
  ['chat_template.jinja', '{{ messages }}', true],
  ['config.json', '{}', false],
])('%s with %s: %s', async (name, text, expected) => {
  const place = await folder();
  await writeFile(join(place, name), text);
  expect(await hasChatTemplate(place)).toBe(expected);
});

it('A file and a missing folder have none.', async () => {
  expect(await hasChatTemplate('/no/such/folder')).toBe(false);
  expect(await hasChatTemplate(import.meta.filename)).toBe(false);
});
