import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { weightArguments } from '../../../src/harness/lm-eval/weights.ts';
import { folder } from '../stage.ts';

async function holding(...names: string[]): Promise<string> {
  const place = await folder();
  for (const name of names) await writeFile(join(place, name), '{}');
  return place;
}

it('A folder goes to the argument of its back end, and nothing goes to a server.', async () => {
  const path = await holding('config.json');
  expect(await weightArguments('hf', { path })).toEqual({ pretrained: path });
  expect(await weightArguments('nemo_lm', { path })).toEqual({ path });
  expect(await weightArguments('local-completions', { path })).toEqual({});
});

it('An adapter goes beside the base that it was opened on, whatever base its own settings name.', async () => {
  const [path, base] = [await holding('adapter_config.json'), await holding('config.json')];
  expect(await weightArguments('hf', { path, base })).toEqual({ pretrained: base, peft: path });
  expect(await weightArguments('vllm', { path, base })).toEqual({ pretrained: base, lora_local_path: path });
  await expect(weightArguments('sglang', { path, base })).rejects.toMatchObject({
    code: 'checkpoint-unloadable',
    hint: expect.stringContaining('Merge'),
  });
  await expect(weightArguments('hf', { path })).rejects.toMatchObject({ code: 'checkpoint-unloadable' });
});

it('A merged adapter, which brings a config, is a checkpoint like any other.', async () => {
  const path = await holding('adapter_config.json', 'config.json');
  expect(await weightArguments('hf', { path })).toEqual({ pretrained: path });
});

it('A single file is named so that no other file of its folder can be loaded instead.', async () => {
  const place = await holding('model.safetensors', 'other.safetensors', 'small.gguf');
  expect(await weightArguments('hf', { path: join(place, 'model.safetensors') })).toEqual({ pretrained: place });
  expect(await weightArguments('hf', { path: join(place, 'small.gguf') })).toEqual({
    pretrained: place,
    gguf_file: 'small.gguf',
  });
  expect(await weightArguments('vllm', { path: join(place, 'small.gguf') })).toEqual({
    pretrained: join(place, 'small.gguf'),
  });
  await expect(weightArguments('hf', { path: join(place, 'other.safetensors') })).rejects.toMatchObject({
    code: 'checkpoint-unloadable',
  });
});
