import { createLogUpdate } from 'log-update';
import type { Progress, ProgressEvent } from '../pipeline/progress.ts';
import { printable, type Terminal } from './terminal.ts';

const titles: Readonly<Record<ProgressEvent['stage'], string>> = {
  open: 'Open',
  spectra: 'Spectra',
  pair: 'Compare',
  harness: 'Evaluate',
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
  const persist = (text: string): void => {
    draw.clear();
    terminal.note(text);
  };
  return {
    update(event) {
      if (event.state === 'running') {
        current = event;
        if (Date.now() - drawn < 80) return;
        drawn = Date.now();
        draw(bar(event));
        return;
      }
      current = undefined;
      persist(ended(event));
    },
    note: (text) => persist(text),
    warn: (text) => {
      draw.clear();
      terminal.warn(text);
      if (current) draw(bar(current));
    },
    close: () => draw.clear(),
  };
}

function lineView(terminal: Terminal): Progress & { close(): void } {
  const printed = new Map<string, number>();
  return {
    update(event) {
      const key = `${event.stage}:${event.subject}`;
      if (event.state !== 'running') {
        terminal.note(ended(event));
        return;
      }
      const last = printed.get(key);
      if (last !== undefined && Date.now() - last < lineEvery) return;
      if (last !== undefined)
        terminal.note(
          `  ${titles[event.stage].padEnd(9)} ${printable(event.subject)}  ${share(event)} ${printable(event.text ?? '')}`.trimEnd(),
        );
      printed.set(key, Date.now());
    },
    note: (text) => terminal.note(text),
    warn: (text) => terminal.warn(text),
    close: () => {},
  };
}

function bar(event: ProgressEvent): string {
  const part = event.total ? Math.min(1, (event.done ?? 0) / event.total) : 0;
  const full = Math.round(part * barWidth);
  const drawing = event.total ? `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${share(event)}` : '…';
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
