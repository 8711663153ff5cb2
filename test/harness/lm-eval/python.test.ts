import { describe, expect, it } from 'vitest';
import { isSupportedLmEval, probeHarness } from '../../../src/harness/lm-eval/python.ts';
import { findPython, onPath } from '../../../src/process/python.ts';
import { folder } from '../stage.ts';

describe('the Python of the harness', () => {
  it('is undefined where there is no environment, and an error where a named one is missing', async () => {
    const venv = await folder();
    expect(await findPython({ venv })).toBeUndefined();
    await expect(findPython({ venv, explicit: '/no/such/python' })).rejects.toMatchObject({ code: 'python-missing' });
    await expect(findPython({ venv, explicit: 'no-such-python' })).rejects.toMatchObject({ code: 'python-missing' });
  });

  it('has no harness when it is another program or does not exist', async () => {
    expect(await probeHarness(process.execPath)).toBeUndefined();
    expect(await probeHarness('/no/such/python')).toBeUndefined();
  });

  it('is found by path and by name', async () => {
    expect(await onPath(process.execPath)).toBe(process.execPath);
    expect(await onPath('node')).toMatch(/node/);
  });

  it('must have lm-eval 0.4.10 or newer of the 0.4 series, the first that takes a config file', () => {
    const versions = ['0.4.8', '0.4.9', '0.4.9.2', '0.4.10', '0.4.13', '0.4.13.dev0', '0.5.0', '1.4.13', 'odd'];
    expect(versions.filter(isSupportedLmEval)).toEqual(['0.4.10', '0.4.13', '0.4.13.dev0']);
  });
});
