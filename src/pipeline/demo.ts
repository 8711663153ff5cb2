import { fileURLToPath } from 'node:url';
import { packageRoot } from './version.ts';

/** The example's config: live, or with the recorded scores of a real run. */
export function demoConfig(recorded: boolean): string {
  return fileURLToPath(new URL(recorded ? 'examples/tiny/recorded.yaml' : 'examples/tiny/skiagram.yaml', packageRoot));
}
