import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { own } from './shape.ts';

/** Largest tokenizer_config.json that is looked into. Real ones: 50 kB, 1 MB with many added tokens. */
const maxBytes = 32 * 1024 * 1024;

/** Does the tokenizer in this folder bring a chat template? False for a file, and where the settings cannot be read. */
export async function hasChatTemplate(folder: string): Promise<boolean> {
  const size = async (name: string): Promise<number | undefined> =>
    (await stat(join(folder, name)).catch(() => undefined))?.size;
  for (const name of ['chat_template.jinja', 'chat_template.json', 'additional_chat_templates'])
    if ((await size(name)) !== undefined) return true;
  if (((await size('tokenizer_config.json')) ?? maxBytes + 1) > maxBytes) return false;
  try {
    const template = own(JSON.parse(await readFile(join(folder, 'tokenizer_config.json'), 'utf8')), 'chat_template');
    return typeof template === 'string' ? template !== '' : Array.isArray(template) && template.length > 0;
  } catch {
    return false; // Broken settings are lm-eval's to complain about.
  }
}
