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

/** Progress of the harness as a bar with a sentence: done and total of the present phase, and the time left. */
export function harnessText(progress: HarnessProgress): { done?: number; total?: number; text: string } {
  const left = progress.etaSeconds === undefined ? '' : `, ${minutes(progress.etaSeconds)} left`;
  const text = `${phases[progress.phase]}${progress.task === undefined ? '' : ` for ${progress.task}`}${left}`;
  return {
    text,
    ...(progress.done === undefined || progress.total === undefined
      ? {}
      : { done: progress.done, total: progress.total }),
  };
}

function minutes(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
