import { expect, test } from 'vitest';
import { isIdentity } from '../../../src/harness/source/is-identity.ts';

test.each([
  'pretrained',
  'model_args.peft',
  'model_args.lora_local_path',
  'model_args.base_url',
  'generate.api_key',
  'model_args.openai_api_key',
  'tokenizer',
  'revision',
  'port',
])('%s says which weights or where', (name) => expect(isIdentity(name)).toBe(true));

test.each([
  'max_length',
  'model_args.add_bos_token',
  'think_end_token',
  'generate.temperature',
  'max_tokens',
  'quantization',
  'conv_template',
])('%s says how', (name) => expect(isIdentity(name)).toBe(false));
