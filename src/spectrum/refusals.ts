import { SkiagramError } from '../base/error.ts';
import { widths } from './dtype-widths.ts';

/** The error of a tensor whose numbers cannot be read. */
export function unsupported(dtype: string, name: string): SkiagramError {
  return new SkiagramError({
    code: 'dtype-unsupported',
    message: `Tensor "${name}" is stored as ${dtype}, which this version does not read.`,
    hint: `Readable: ${Object.keys(widths).join(', ')}. Quantised weights need their scales; give the unquantised checkpoint.`,
  });
}

/** The error of a tensor with NaN or Inf in it. */
export function notFinite(name: string, nan: number, infinite: number, total: number): SkiagramError {
  return new SkiagramError({
    code: 'weights-not-finite',
    message: `Tensor "${name}" holds ${nan} NaN and ${infinite} infinite values among ${total}.`,
    hint: 'This checkpoint is broken: its scores mean nothing either. Look at the loss around this step.',
  });
}

/** The error of a file that became shorter than its header says. */
export function truncated(name: string, file: string): SkiagramError {
  return new SkiagramError({
    code: 'file-truncated',
    message: `${file} ends before tensor "${name}" does.`,
    hint: 'The file changed or was cut short while it was read. Copy it again and compare sizes.',
  });
}

/** The error of a file that went away or may not be read. */
export function unreadable(file: string, why: string): SkiagramError {
  return new SkiagramError({
    code: 'file-unreadable',
    message: `${file} could not be read: ${why}.`,
    hint: 'Check that the file is still there and readable.',
  });
}

/** The error of finite weights so large that their squares are not. */
export function overflowed(name: string): SkiagramError {
  return new SkiagramError({
    code: 'weights-too-large',
    message: `The squares of tensor "${name}" are beyond what float64 holds, so it has no spectrum.`,
    hint: 'Weights of this size are a sign of a broken checkpoint.',
  });
}

/** The error of a matrix that the device of an engine has no room for. */
export function deviceMemory(name: string, why: string): SkiagramError {
  return new SkiagramError({
    code: 'device-memory',
    message: `The device has too little memory for tensor "${name}".`,
    hint: 'Free memory on it, choose a larger one (CUDA_VISIBLE_DEVICES), or use --engine native, which takes main memory.',
    cause: why,
  });
}

/** The error of an engine that broke down on a tensor; `why` is its own last words. */
export function engineFailed(engine: string, name: string, why: string): SkiagramError {
  return new SkiagramError({
    code: 'engine-failed',
    message: `The ${engine} engine failed on "${name}".`,
    hint: 'Run again: what was finished is kept. If it fails again, use another --engine and report it.',
    cause: why,
  });
}
