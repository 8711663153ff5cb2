import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suggestTasks, taskNames } from '../../../src/harness/lm-eval/known-tasks.ts';
import { folder } from '../stage.ts';

it('Names of tasks, groups and tags are read from the files, and the nearest one is suggested.', async () => {
  const place = await folder();
  await writeFile(join(place, 'a.yaml'), 'task: my_task\ntag: my_tag\ndataset_path: json\n');
  await writeFile(join(place, 'b.yml'), 'group: "my_group"\ntask: [a, b]\n');
  await writeFile(join(place, 'c.txt'), 'task: no_task_file\n');
  expect((await taskNames(place)).sort()).toEqual(['my_group', 'my_tag', 'my_task']);
  const found = await suggestTasks(['my_tsak', 'something_else'], { python: '/no/such/python', includePaths: [place] });
  expect([...found]).toEqual([['my_tsak', 'my_task']]);
});

it('A folder that cannot be read suggests nothing.', async () => {
  expect([...(await suggestTasks(['x'], { python: '/no/such/python', includePaths: ['/no/such/folder'] }))]).toEqual(
    [],
  );
});
