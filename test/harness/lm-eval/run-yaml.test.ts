import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runYaml } from '../../../src/harness/lm-eval/run-yaml.ts';
import type { LmEvalSettings } from '../../../src/harness/lm-eval/settings.ts';

const settings: LmEvalSettings = { suite: 'core', model: 'hf', tasks: ['arc_easy'], offline: true };
const places = {
  weights: { pretrained: '/ckpt/a, b=c' },
  names: { path: '/ckpt/a, b=c', checkpoint: 'sft' },
  outputDir: '/out',
};

describe('run.yaml', () => {
  it('always logs samples, names the device and writes into the output folder itself', () => {
    expect(parse(runYaml(settings, places))).toEqual({
      model: 'hf',
      model_args: { pretrained: '/ckpt/a, b=c' },
      tasks: ['arc_easy'],
      batch_size: 1,
      device: 'cpu',
      output_path: '/out/results.json',
      log_samples: true,
      metadata: {},
    });
  });

  it('names chosen items in the order of the task, since lm-eval numbers them by their place in the list', () => {
    const samples = { arc_easy: [30, 4, 100], 'no: 1e3': [2, 0] };
    const { samples: written } = parse(runYaml({ ...settings, tasks: Object.keys(samples), samples }, places)) as {
      samples: string;
    };
    expect(written).toBe('{"arc_easy":[4,30,100],"no: 1e3":[0,2]}');
  });

  it('refuses chosen items beside a limit, and a task without any, which lm-eval would take for all of them', () => {
    const samples = { arc_easy: [1] };
    expect(() => runYaml({ ...settings, samples, limit: 5 }, places)).toThrow(/chooses the items itself/);
    expect(() => runYaml({ ...settings, samples: { arc_easy: [] } }, places)).toThrow(/no items were chosen/);
    expect(() => runYaml({ ...settings, samples: {} }, places)).toThrow(/no items were chosen/);
  });

  it('carries every setting under the name of its flag', () => {
    const text = runYaml(
      {
        ...settings,
        modelArgs: { attn_implementation: 'eager' },
        includePath: '/tasks',
        numFewshot: 0,
        batchSize: 'auto:4',
        device: 'cuda:1',
        dtype: 'bfloat16',
        limit: 0.5,
        seed: [0, 1, 2, 3],
        applyChatTemplate: true,
        genKwargs: { do_sample: false, until: ['\n'] },
      },
      { ...places, cachePrefix: '/cache/answers', stamp: { fingerprint: 'abc' } },
    );
    expect(parse(text)).toMatchObject({
      model_args: { attn_implementation: 'eager', dtype: 'bfloat16' },
      include_path: '/tasks',
      num_fewshot: 0,
      batch_size: 'auto:4',
      device: 'cuda:1',
      limit: 0.5,
      seed: [0, 1, 2, 3],
      apply_chat_template: true,
      gen_kwargs: { do_sample: false, until: ['\n'] },
      use_cache: '/cache/answers',
      metadata: { skiagram_fingerprint: 'abc' },
    });
  });

  it('quotes strings that YAML 1.1 would read as something else', () => {
    const text = runYaml({ ...settings, tasks: ['no', '1e5', '12:30', 'a\nb'] }, places);
    expect(text).toContain('- "no"\n  - "1e5"\n  - "12:30"\n  - "a\\nb"');
    expect(parse(text, { version: '1.1' }).tasks).toEqual(['no', '1e5', '12:30', 'a\nb']);
  });

  it('spells small numbers so that PyYAML reads numbers', () => {
    const text = runYaml({ ...settings, genKwargs: { temperature: 1e-7, top_p: 0.9, top_k: 5 } }, places);
    expect(text).toContain('temperature: 1.0e-7');
    expect(text).toContain('top_p: 0.9');
    expect(text).toContain('top_k: 5');
  });

  it('refuses a checkpoint, a second dtype and secrets among the model arguments', () => {
    const write = (change: Partial<LmEvalSettings>) => () => runYaml({ ...settings, ...change }, places);
    expect(write({ modelArgs: { pretrained: 'gpt2' } })).toThrow(
      expect.objectContaining({ code: 'settings-conflict' }),
    );
    expect(write({ dtype: 'float32', modelArgs: { dtype: 'float16' } })).toThrow(
      expect.objectContaining({ code: 'settings-conflict' }),
    );
    expect(write({ tasks: [] })).toThrow(expect.objectContaining({ code: 'settings-conflict' }));
    for (const key of ['token', 'hf_token', 'api_key', 'OPENAI_API_KEY', 'password'])
      expect(write({ modelArgs: { [key]: 'x' } }), key).toThrow(expect.objectContaining({ code: 'settings-secret' }));
    for (const key of ['add_bos_token', 'tokenizer', 'max_gen_toks', 'think_end_token'])
      expect(write({ modelArgs: { [key]: 'x' } }), key).not.toThrow();
  });
});
