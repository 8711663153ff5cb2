/** A moment of a long job: work done by then, in any unit. */
export interface Moment {
  readonly time: number;
  readonly done: number;
}

/** The pace is that of the last minute: what was read from a cache at the start says nothing about what is left. */
const windowMs = 60_000;
/** Less is no basis for an estimate. */
const leastMs = 3_000;

/**
 * Estimates how long a job still takes from how fast it went lately. `left(moment, total)` takes each moment in order and returns
 * milliseconds, or undefined while there is nothing to go by.
 */
export function timeLeft(): (moment: Moment, total: number) => number | undefined {
  const moments: Moment[] = [];
  return (moment, total) => {
    moments.push(moment);
    while (moments.length > 2 && (moments[1] as Moment).time < moment.time - windowMs) moments.shift();
    const first = moments[0] as Moment;
    const [elapsed, done] = [moment.time - first.time, moment.done - first.done];
    // The first of ten thousand answers waits for the model to load; it says nothing about the others.
    if (elapsed < leastMs || done <= 0 || done < Math.min(total / 100, 20)) return undefined;
    return ((total - moment.done) / done) * elapsed;
  };
}

/** `40 s`, `12 min`, `3.5 h`: as exact as an estimate deserves. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
