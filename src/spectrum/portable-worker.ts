import { parentPort } from 'node:worker_threads';
import { toErrorInfo } from '../base/error.ts';
import { type PortableTask, runTask } from './portable-task.ts';

// Body of a worker thread of the portable engine: one task in, one answer out.
parentPort?.on('message', async ({ id, task }: { id: number; task: PortableTask }) => {
  try {
    parentPort?.postMessage({ id, result: await runTask(task) });
  } catch (thrown) {
    parentPort?.postMessage({ id, error: toErrorInfo(thrown) });
  }
});
