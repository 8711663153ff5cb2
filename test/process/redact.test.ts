import { expect, it } from 'vitest';
import { redact } from '../../src/process/redact.ts';

it('Credentials are taken out of messages and nothing else is.', () => {
  expect(redact('Looking in indexes: https://me:s3cret@mirror.example/simple')).toBe(
    'Looking in indexes: https://***@mirror.example/simple',
  );
  expect(redact("headers={'Authorization': 'Bearer abc123'} hf_AbCdEfGhIjKl")).not.toMatch(/abc123|hf_Ab/);
  expect(redact('EvaluatorConfig(token=None, batch_size=4), max_gen_toks: 8')).toBe(
    'EvaluatorConfig(token=None, batch_size=4), max_gen_toks: 8',
  );
});
