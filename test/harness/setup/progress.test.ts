import { expect, it } from 'vitest';
import { packageProgress } from '../../../src/harness/setup/progress.ts';

it("The packages in pip's output are counted once each, against the lock.", () => {
  const progress = packageProgress(3);
  expect(progress('Collecting torch==2.15.0 (from -r requirements.lock (line 9))')).toMatchObject({
    done: 1,
    total: 3,
  });
  expect(progress('  Downloading torch-2.15.0-cp311-manylinux.whl (550 MB)')).toMatchObject({
    text: 'Downloading torch-2.15.0-cp311-manylinux.whl (550 MB)',
    done: 1,
  });
  expect(progress('Requirement already satisfied: numpy==2.4.6 in ./x')).toMatchObject({ done: 2 });
  expect(progress('Collecting Torch==2.15.0')).toMatchObject({ done: 2 });
  expect(progress('Looking in links: /wheels')).toBeUndefined();
});

it("uv's summary lines are shown without a count, since it does not list packages as it goes.", () => {
  const progress = packageProgress(3);
  expect(progress('Resolved 99 packages in 1.2s')).toEqual({ step: 'packages', text: 'Resolved 99 packages in 1.2s' });
});
