import { writeFileSync } from 'node:fs';
import { randomStream } from '../../src/base/random.ts';
import { mutated } from './mutate.ts';
import { targets, tried } from './targets.ts';

// npm run fuzz [-- CASES SEED READER]: seeded mutations of small valid files through each reader, in memory. Ends with 1 where a
// case failed with anything but a SkiagramError, took more than the time allowed, or memory grew over the bound; the
// input is then kept in test/fuzz/corpus. Run with a small heap, so that an allocation by a claimed size ends it.
const [cases = 1_000_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const only = process.argv[4];
const maxMilliseconds = 1000;
const maxGrowth = 256 * 2 ** 20;
let failures = 0;

for (const target of targets.filter(({ name }) => only === undefined || name === only)) {
  const random = randomStream(seed);
  const before = process.memoryUsage().rss;
  const begin = performance.now();
  let [read, slowest, largest] = [0, 0, before];
  for (let index = 0; index < cases; index++) {
    const [own, other] = [0, 1].map(() => target.seeds[random.below(target.seeds.length)] as Uint8Array);
    const input = mutated(own as Uint8Array, other as Uint8Array, random);
    const start = performance.now();
    try {
      if ((await tried(target, input)) === 'read') read++;
    } catch (error) {
      keep(input, `case ${index}: ${(error as Error).stack}`);
    }
    let took = performance.now() - start;
    // Slow once may be the collector or another process; slow twice is the case.
    if (took > 10) took = Math.min(took, await timed(() => tried(target, input)));
    slowest = Math.max(slowest, took);
    if (took > maxMilliseconds) keep(input, `case ${index} took ${took.toFixed(0)} ms`);
    if (index % 64 === 0) {
      const used = process.memoryUsage().rss;
      if (used > largest && used - before > maxGrowth && largest - before <= maxGrowth)
        keep(input, `memory grew by ${used - before}`);
      largest = Math.max(largest, used);
    }
    // Promises that settle in the same turn keep timers and the collector's finalisers waiting.
    if (index % 1024 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - begin) / 1000;
  console.log(
    `${target.name}: ${cases} cases in ${seconds.toFixed(0)} s (${Math.round(cases / seconds)} a second), ${read} read, ` +
      `${cases - read} refused, slowest ${slowest.toFixed(1)} ms, memory +${((largest - before) / 2 ** 20).toFixed(0)} MiB`,
  );

  function keep(input: Uint8Array, what: string): void {
    failures++;
    if (failures > 20) return;
    const file = new URL(`corpus/${target.name}-${failures}-${seed}.bin`, import.meta.url);
    writeFileSync(file, input);
    console.error(`${target.name} ${what}\n  kept as ${file.pathname}`);
  }
}
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work().catch(() => {});
  return performance.now() - start;
}

process.exitCode = failures > 0 ? 1 : 0;
