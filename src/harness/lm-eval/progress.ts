/** What lm-eval is doing, in the order of a run; phases come again (contexts per task, requests per request type). */
export type HarnessPhase = 'starting' | 'loading' | 'data' | 'contexts' | 'requests' | 'bootstrap' | 'saving';

export interface HarnessProgress {
  readonly phase: HarnessPhase;
  /** Units done and wanted of the current bar. Bars restart: add nothing up over bars. */
  readonly done?: number;
  readonly total?: number;
  /** Only while contexts are built: requests of all tasks are pooled. */
  readonly task?: string;
  readonly etaSeconds?: number;
  /** Of `done`, as the bar shows it. */
  readonly itemsPerSecond?: number;
  /** Kind of request that is being answered, e.g. `loglikelihood`. */
  readonly requestType?: string;
  /** Requests of all tasks together; known once every task has said how many it makes. Cached ones count as done. */
  readonly overall?: { readonly done: number; readonly total: number };
}

const bar =
  /^\s*(?:(?<label>[^:|%]+): +)?(?<percent>\d+)%\|.*\| (?<done>\d+)\/(?<total>\d+) \[(?<elapsed>[\d:?]+)<(?<eta>[\d:?]+)(?:, *(?<rate>[\d.]+)(?<unit>\w+\/s|s\/\w+))?/;

/** Is this piece of stderr a state of a progress bar (or of a running count), not a message? */
export function isBar(piece: string): boolean {
  return bar.test(piece) || /^\s*[^|]*: \d+ examples \[/.test(piece);
}

/**
 * Reads progress out of lm-eval's stderr; it has no machine-readable form. Feed every piece in order; undefined means
 * that the piece says nothing about progress.
 *
 * The bar over a task's documents and the one over bootstrap resamples carry no label: what was last logged tells
 * which it is. Bars that only prepare requests (tokenizing, looking into the cache) are not counted as answers.
 * `loglikelihood_rolling` draws several request bars, each a phase of its own.
 *
 * @example after `… Building contexts for arc_easy on rank 0...`, the piece ` 25%|██▌  | 2/8 [00:01<00:03, 2.0it/s]` gives
 *   `{phase: 'contexts', task: 'arc_easy', done: 2, total: 8, etaSeconds: 3, itemsPerSecond: 2}`.
 */
export function progressParser(): (piece: string) => HarnessProgress | undefined {
  const count = requestCount();
  const read = phaseParser();
  return (piece) => {
    count.log(piece);
    const progress = read(piece);
    if (progress === undefined) return undefined;
    const overall = count.after(progress);
    return overall === undefined ? progress : { ...progress, overall };
  };
}

/** Adds up requests over the tasks' own announcements, what the cache answered, and the bars of each kind of request. */
function requestCount(): {
  log(piece: string): void;
  after(progress: HarnessProgress): { done: number; total: number } | undefined;
} {
  let [total, ended, bar, shown] = [0, 0, { done: 0, total: 0 }, 0];
  return {
    log(piece) {
      total += Number(/number of requests on this rank: (\d+)/.exec(piece)?.[1] ?? 0);
      ended += Number(/Cached requests: (\d+), Requests remaining/.exec(piece)?.[1] ?? 0);
    },
    after({ phase, done, total: of }) {
      if (total === 0 || !['requests', 'bootstrap', 'saving'].includes(phase)) return undefined;
      if (phase === 'requests' && done !== undefined && of !== undefined) {
        // A bar that starts again is the next one: of another kind of request, or of the next rolling text.
        if (of !== bar.total || done < bar.done) ended += bar.done;
        bar = { done, total: of };
      }
      // Texts of a rolling task make more requests than announced, so the share is held within what was said.
      shown = phase === 'requests' ? Math.max(shown, Math.min(total, ended + bar.done)) : total;
      return { done: shown, total };
    },
  };
}

function phaseParser(): (piece: string) => HarnessProgress | undefined {
  let phase: HarnessPhase = 'starting';
  let requestType: string | undefined;
  let task: string | undefined;
  let requestsSeen = false;

  return (piece) => {
    const parts = bar.exec(piece)?.groups;
    if (parts === undefined) return fromLog(piece);
    const { label, done, total, eta, rate, unit } = parts;
    if (label !== undefined) {
      phase = phaseOfLabel(label, phase);
      requestsSeen ||= label.startsWith('Running ');
    } else if (phase === 'requests' && requestsSeen) phase = 'bootstrap';
    if (phase === 'requests' && !label?.startsWith('Running ')) return { phase };
    const etaSeconds = seconds(eta ?? '?');
    const itemsPerSecond = rate === undefined ? 0 : unit?.endsWith('/s') ? Number(rate) : 1 / Number(rate);
    return {
      phase,
      done: Number(done),
      total: Number(total),
      ...(phase === 'contexts' && task !== undefined ? { task } : {}),
      ...(phase === 'requests' && requestType !== undefined ? { requestType } : {}),
      ...(etaSeconds === undefined ? {} : { etaSeconds }),
      ...(itemsPerSecond > 0 && Number.isFinite(itemsPerSecond) ? { itemsPerSecond } : {}),
    };
  };

  function fromLog(piece: string): HarnessProgress | undefined {
    const context = /Building contexts for (.+?) on rank/.exec(piece)?.[1];
    if (context !== undefined) {
      phase = 'contexts';
      task = context;
      return { phase, task };
    }
    const found = logPhases.find(([pattern]) => pattern.test(piece))?.[1];
    if (found === undefined) return undefined;
    if (found === 'requests') {
      requestsSeen = false;
      requestType = /Running (\S+) requests$/.exec(piece)?.[1];
    }
    phase = found;
    return { phase };
  }
}

const logPhases: readonly (readonly [RegExp, HarnessPhase])[] = [
  [/Initializing \S+ model/, 'loading'],
  [/Selected tasks:|Generating \S+ split:/, 'data'],
  [/Running \S+ requests$/, 'requests'],
  [/Saving results aggregated/, 'saving'],
];

function phaseOfLabel(label: string, current: HarnessPhase): HarnessPhase {
  if (/^Loading (?:weights|checkpoint)/.test(label)) return 'loading';
  if (/^(?:Running|Tokenizing|Checking cached)/.test(label)) return 'requests';
  if (/^(?:Generating|Downloading|Map|Filter)/.test(label)) return 'data';
  return current;
}

/** tqdm's `[hours:]minutes:seconds`; undefined for `?`. */
function seconds(clock: string): number | undefined {
  if (clock.includes('?')) return undefined;
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
