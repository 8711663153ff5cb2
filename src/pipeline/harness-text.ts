import type { HarnessProgress } from '../harness/lm-eval/progress.ts';

const phases: Readonly<Record<HarnessProgress['phase'], string>> = {
  starting: 'starting lm-eval',
  loading: 'loading weights',
  data: 'reading task data',
  contexts: 'building prompts',
  requests: 'answering',
  bootstrap: 'bootstrapping errors',
  saving: 'saving results',
};

/**
 * Progress of the harness as a bar with a sentence. Done and total are those of all requests of the run where they are known,
 * else of the present phase.
 *
 * @example `{phase: 'requests', requestType: 'loglikelihood', done: 310, total: 1200, itemsPerSecond: 45.2, …}` for a suite
 *   `core` says `core: answering loglikelihood 310/1200, 45/s`.
 */
export function harnessText(suite: string, progress: HarnessProgress): { done?: number; total?: number; text: string } {
  const { phase, task, requestType, done, total, etaSeconds, itemsPerSecond, overall } = progress;
  const counted = done === undefined || total === undefined ? undefined : { done, total };
  const words = [
    phases[phase],
    task === undefined ? '' : `for ${task}`,
    phase === 'requests' ? (requestType ?? '') : '',
    phase === 'requests' && counted !== undefined ? `${done}/${total}` : '',
  ].filter((word) => word !== '');
  const rate = phase === 'requests' && itemsPerSecond !== undefined ? `, ${rateText(itemsPerSecond)}` : '';
  // Where the whole is known, the view tells the time that is left of it.
  const left = etaSeconds === undefined || overall !== undefined ? '' : `, ${minutes(etaSeconds)} left`;
  return { text: `${suite}: ${words.join(' ')}${rate}${left}`, ...(overall ?? counted) };
}

function rateText(perSecond: number): string {
  return perSecond >= 10 ? `${Math.round(perSecond)}/s` : `${perSecond.toPrecision(2)}/s`;
}

function minutes(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
