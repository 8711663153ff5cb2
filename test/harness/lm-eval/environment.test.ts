import { expect, it } from 'vitest';
import { lmEvalEnvironment } from '../../../src/harness/lm-eval/environment.ts';

it('Offline runs forbid every download; others leave the cache and the network alone.', () => {
  const offline = { HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' };
  expect(lmEvalEnvironment({ offline: true })).toMatchObject(offline);
  const online = lmEvalEnvironment({ offline: false });
  expect(Object.keys(online).filter((name) => name in offline || name === 'HF_HOME')).toEqual([]);
  expect(lmEvalEnvironment({ offline: false }, { hfHome: '/cache' }).HF_HOME).toBe('/cache');
  expect(online).toMatchObject({ PYTHONUNBUFFERED: '1', TOKENIZERS_PARALLELISM: 'false', LC_ALL: 'C.UTF-8' });
});
