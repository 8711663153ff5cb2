import { createLogUpdate } from 'log-update';
import type { Progress, ProgressEvent } from '../pipeline/progress.ts';
import { printable, type Terminal } from './terminal.ts';
import { durationText, timeLeft } from './time-left.ts';

const titles: Readonly<Record<ProgressEvent['stage'], string>> = {
  open: 'Open',
  spectra: 'Spectra',
  pair: 'Compare',
  harness: 'Evaluate',
  join: 'Join',
  report: 'Report',
  setup: 'Setup',
};
const barWidth = 24;
/** Lines for logs are rare enough to read: one per stage and subject, and one each ten seconds of a long one. */
const lineEvery = 10_000;

/** Progress on a terminal as one live bar a subject, elsewhere as plain lines. Close it before printing results. */
export function progressView(terminal: Terminal): Progress & { close(): void } {
  return terminal.live ? liveView(terminal) : lineView(terminal);
}

function liveView(terminal: Terminal): Progress & { close(): void } {
  const draw = createLogUpdate(process.stderr, { showCursor: true });
  let current: ProgressEvent | undefined;
  let drawn = 0;
  let left = '';
  const remaining = estimates();
  const persist = (text: string): void => {
    draw.clear();
    terminal.note(printable(text));
  };
  return {
    update(event) {
      if (event.state === 'running') {
        current = event;
        left = remaining(event);
        if (Date.now() - drawn < 80) return;
        drawn = Date.now();
        draw(bar(event, left));
        return;
      }
      current = undefined;
      persist(ended(event));
    },
    note: (text) => persist(text),
    warn: (text) => {
      draw.clear();
      terminal.warn(text);
      if (current) draw(bar(current, left));
    },
    close: () => draw.clear(),
  };
}

function lineView(terminal: Terminal): Progress & { close(): void } {
  const printed = new Map<string, number>();
  const remaining = estimates();
  return {
    update(event) {
      const key = `${event.stage}:${event.subject}`;
      if (event.state !== 'running') {
        terminal.note(ended(event));
        return;
      }
      const left = remaining(event);
      const last = printed.get(key);
      if (last !== undefined && Date.now() - last < lineEvery) return;
      if (last !== undefined)
        terminal.note(
          `  ${titles[event.stage].padEnd(9)} ${printable(event.subject)}  ${share(event)}${left} ${printable(event.text ?? '')}`.trimEnd(),
        );
      printed.set(key, Date.now());
    },
    note: (text) => terminal.note(printable(text)),
    warn: (text) => terminal.warn(text),
    close: () => {},
  };
}

/** `, about 3 min left`, or nothing where that cannot be said yet; one estimate a stage and subject. */
function estimates(): (event: ProgressEvent) => string {
  const jobs = new Map<string, ReturnType<typeof timeLeft>>();
  return ({ stage, subject, done, total }) => {
    if (done === undefined || total === undefined) return '';
    const key = `${stage}:${subject}`;
    const job = jobs.get(key) ?? timeLeft();
    jobs.set(key, job);
    const milliseconds = job({ time: Date.now(), done }, total);
    return milliseconds === undefined ? '' : `, about ${durationText(milliseconds)} left`;
  };
}

function bar(event: ProgressEvent, left: string): string {
  const part = event.total ? Math.min(1, (event.done ?? 0) / event.total) : 0;
  const full = Math.round(part * barWidth);
  const drawing = event.total ? `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${share(event)}${left}` : '…';
  return `  ${titles[event.stage].padEnd(9)} ${printable(event.subject).padEnd(12)} ${drawing} ${printable(event.text ?? '').slice(0, 60)}`;
}

function ended(event: ProgressEvent): string {
  const marks = { done: '✓', reused: '✓', failed: '✗', running: ' ' } as const;
  const reused = event.state === 'reused' ? ' (kept from before)' : '';
  return `${marks[event.state]} ${titles[event.stage].padEnd(9)} ${printable(event.subject)}${reused}${event.text ? `  ${printable(event.text)}` : ''}`;
}

function share(event: ProgressEvent): string {
  return event.total ? `${String(Math.floor((100 * (event.done ?? 0)) / event.total)).padStart(3)} %` : '';
}
