import { type Measured, ok } from '../base/measured.ts';
import type { MatrixDiagnostic, PairInput } from './diagnostic.ts';

/** A matrix diagnostic of the subject minus that of the reference; why there is none where one side has none. */
export function changeOf(
  { measure }: MatrixDiagnostic,
  { subject, reference }: PairInput,
  scale: (value: number) => number = (value) => value,
): Measured {
  const [now, before] = [measure(subject), measure(reference)];
  if (now.status !== 'ok') return now;
  return before.status === 'ok' ? ok(scale(now.value) - scale(before.value)) : before;
}
