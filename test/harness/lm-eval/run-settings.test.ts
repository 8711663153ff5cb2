import { describe, expect, it } from 'vitest';
import { runSettings } from '../../../src/harness/lm-eval/run-settings.ts';

describe('settings of a run', () => {
  it('keep what changes scores and drop what names weights or places', () => {
    const { model_args: _, ...settings } = runSettings({
      config: {
        model: 'hf',
        model_dtype: 'torch.bfloat16',
        model_args: {
          pretrained: '/home/me/ckpt',
          tokenizer: 'org/tok',
          dtype: 'auto',
          max_length: 2048,
          chat_template_args: { x: 1 },
          cache_dir: '/home/me/cache',
          offload_folder: './offload',
          add_bos_token: true,
        },
      },
    });
    expect(settings).toMatchObject({
      dtype: 'bfloat16',
      'model_args.max_length': 2048,
      'model_args.add_bos_token': true,
    });
    expect(JSON.stringify(settings)).not.toMatch(/home|offload|org\/tok/);
  });

  it('are equal for equal generation arguments in another order', () => {
    const [one, two] = [
      { temperature: 0, do_sample: false },
      { do_sample: false, temperature: 0 },
    ].map((gen_kwargs) => runSettings({ config: { gen_kwargs } }));
    expect(one).toEqual(two);
    expect(one?.gen_kwargs).toBe('{"do_sample":false,"temperature":0}');
    expect(runSettings({ config: { gen_kwargs: {} } }).gen_kwargs).toBeNull();
  });

  it('read the text form of model_args in older files', () => {
    const settings = runSettings({ config: { model_args: 'pretrained=/x,dtype=float16,max_length=512' } });
    expect(settings).toMatchObject({ dtype: 'float16', 'model_args.max_length': '512' });
  });
});
