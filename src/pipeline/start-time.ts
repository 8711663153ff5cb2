import { exitCodes, SkiagramError } from '../base/error.ts';

/**
 * When a run starts, as an ISO time: now, or the seconds in SOURCE_DATE_EPOCH (reproducible-builds.org), with which equal inputs give
 * equal reports. Throws `source-date-epoch` for what is no whole number of seconds.
 */
export function startTime(environment: NodeJS.ProcessEnv = process.env): string {
  const epoch = environment.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date().toISOString();
  const time = /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : undefined;
  if (time === undefined || Number.isNaN(time.getTime()))
    throw new SkiagramError({
      code: 'source-date-epoch',
      message: `SOURCE_DATE_EPOCH is "${epoch}", not a whole number of seconds since 1970.`,
      hint: 'Set it to such a number (`git log -1 --format=%ct` prints one), or unset it.',
      exitCode: exitCodes.usage,
    });
  return time.toISOString();
}
