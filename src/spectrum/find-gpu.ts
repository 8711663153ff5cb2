import { existsSync } from 'node:fs';
import { onPath } from '../process/python.ts';

/** Is there a sign of an NVIDIA GPU? Looks for its device file and for nvidia-smi; starts nothing, so it costs nothing. */
export async function findGpu(): Promise<boolean> {
  return existsSync('/dev/nvidia0') || (await onPath('nvidia-smi')) !== undefined;
}
