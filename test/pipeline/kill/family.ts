import { readdirSync, readFileSync } from 'node:fs';

/** Variable that a test sets for Skiagram; every descendant inherits it, whatever group or session it moves to. */
export const mark = 'SKIAGRAM_KILL_TEST';

export interface Descendant {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

/** Every living process on this machine that carries the mark, zombies left out. Linux only: reads /proc. */
export function marked(value: string): Descendant[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(`${mark}=${value}`)) return [];
        // After the command in brackets, which may hold anything: state, parent, group.
        const [state, parent, group] =
          readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
      } catch {
        return []; // It ended while it was looked at, or belongs to somebody else.
      }
    });
}

/** The process that leads lm-eval's group. */
export function harnessLeader(family: readonly Descendant[]): Descendant | undefined {
  return family.find(({ pid, group, command }) => pid === group && command.includes('lm_eval'));
}

/** Processes that lm-eval forked (the pool that resamples). */
export function harnessWorkers(family: readonly Descendant[]): Descendant[] {
  const leader = harnessLeader(family);
  return leader === undefined ? [] : family.filter(({ parent }) => parent === leader.pid);
}
