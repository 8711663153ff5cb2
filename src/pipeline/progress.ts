/** One moment of a long job. `subject` is what is worked on, e.g. a checkpoint id. */
export interface ProgressEvent {
  readonly stage: 'open' | 'spectra' | 'pair' | 'harness' | 'join' | 'report' | 'setup';
  readonly subject: string;
  readonly state: 'running' | 'done' | 'reused' | 'failed';
  /** Work done and in all, in the stage's own unit (bytes, multiply–adds, requests). Absent where unknown. */
  readonly done?: number;
  readonly total?: number;
  /** What is happening, for people: "Running loglikelihood requests 310/1200". */
  readonly text?: string;
}

/** Where a pipeline says what it does. The command line draws it; a library caller may ignore it. */
export interface Progress {
  update(event: ProgressEvent): void;
  /** Something worth knowing that is no error, once: "no native build found, using the portable engine". */
  note(text: string): void;
  warn(text: string): void;
}

/** Tells progress by work rather than by count, as what `onMatrix` of a diagnosis wants; a large matrix takes a thousand small ones. */
export function matrixProgress(
  progress: Progress,
  stage: 'spectra' | 'pair',
  subject: string,
): (done: number, total: number, name: string, work: { done: number; total: number }) => void {
  return (done, total, name, work) =>
    progress.update({ stage, subject, state: 'running', ...work, text: `${done}/${total} ${name}` });
}

/** The same for the layers that are searched after the matrices were compared. */
export function searchProgress(progress: Progress, subject: string): (done: number, total: number) => void {
  return (done, total) =>
    progress.update({
      stage: 'pair',
      subject,
      state: 'running',
      done,
      total,
      text: `${done}/${total} layers, looking for other coordinates`,
    });
}

/** Says nothing. */
export const silent: Progress = { update: () => {}, note: () => {}, warn: () => {} };
