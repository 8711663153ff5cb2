#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What a command loads is compiled once and kept in the system's folder for temporary files: a third of its start.
enableCompileCache();

// A reader may leave early (`| head`): what is left to say is dropped, and what is left to do is done.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause;
  });

const [first, ...others] = process.argv.slice(2);
if (others.length === 0 && (first === '--version' || first === '-V')) {
  // The question asked most often, by scripts: answered without loading any command.
  const { toolVersion } = await import('../pipeline/version.ts');
  process.stdout.write(`${toolVersion}\n`);
} else {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv);
}
