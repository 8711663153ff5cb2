import { SkiagramError } from '../base/error.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { type NotFinite, widths } from './decode.ts';

/** The error of a tensor whose numbers cannot be read. */
export function unsupported({ dtype, name }: TensorLocation): SkiagramError {
  return new SkiagramError({
    code: 'dtype-unsupported',
    message: `Tensor "${name}" is stored as ${dtype}, which this version does not read.`,
    hint: `Readable: ${Object.keys(widths).join(', ')}. Quantised weights need their scales; give the unquantised checkpoint.`,
  });
}

/** The error of a tensor with NaN or Inf in it. */
export function notFinite({ name, shape }: TensorLocation, { nan, infinite }: NotFinite): SkiagramError {
  const total = shape.reduce((product, side) => product * side, 1);
  return new SkiagramError({
    code: 'weights-not-finite',
    message: `Tensor "${name}" holds ${nan} NaN and ${infinite} infinite values among ${total}.`,
    hint: 'This checkpoint is broken: its scores mean nothing either. Look at the loss around this step.',
  });
}

/** The error of a tensor whose finite numbers have squares beyond float64. */
export function tooLarge({ name }: TensorLocation): SkiagramError {
  return new SkiagramError({
    code: 'weights-too-large',
    message: `Tensor "${name}" holds numbers whose squares are larger than a float64 can be.`,
    hint: 'No trained weight is of the order of 1e150: look at how this file was written.',
  });
}

/** The error of a file that became shorter than its header says. */
export function truncated({ name, file }: TensorLocation): SkiagramError {
  return new SkiagramError({
    code: 'file-truncated',
    message: `${file} ends before tensor "${name}" does.`,
    hint: 'The file changed or was cut short while it was read. Copy it again and compare sizes.',
  });
}

/** The error of a file that was there when the checkpoint was opened and cannot be read any more. */
export function unreadable({ name, file }: TensorLocation, cause: unknown): SkiagramError {
  return new SkiagramError({
    code: 'file-unreadable',
    message: `${file} could not be read for tensor "${name}": ${cause instanceof Error ? cause.message : cause}.`,
    hint: 'Check that the file is still there and readable.',
    cause,
  });
}
