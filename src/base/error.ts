import type Type from 'typebox';
import { visible } from './visible.ts';

/**
 * What a failed stage leaves behind in place of its artifact. Written out instead of built, because every command loads this file
 * and the builder takes longer to load than most of them take to answer.
 */
export const ErrorInfo = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    hint: { type: 'string' },
    cause: { type: 'string' },
  },
  additionalProperties: false,
} as unknown as Type.TObject<{
  code: Type.TString;
  message: Type.TString;
  hint: Type.TOptional<Type.TString>;
  cause: Type.TOptional<Type.TString>;
}>;
export type ErrorInfo = Type.Static<typeof ErrorInfo>;

/** Exit codes of the command line (DESIGN: 0 pass, 1 gate failed, 4 inconclusive are decided by the gate). */
export const exitCodes = {
  ok: 0,
  gateFailed: 1,
  usage: 2,
  input: 3,
  inconclusive: 4,
  pdf: 5,
  interrupted: 130,
} as const;

/**
 * Something the user can act on: shown as message and hint, never with a stack trace.
 * Any other exception is a bug of ours and keeps its trace.
 */
export class SkiagramError extends Error {
  override readonly name = 'SkiagramError';
  /** Stable kebab-case code, e.g. `checkpoint-missing`. */
  readonly code: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** Process exit code when this error ends a command. */
  readonly exitCode: number;

  /** A message of several lines is given as an array; names in it cannot add lines of their own, nor drive a terminal. */
  constructor(options: {
    code: string;
    message: string | readonly string[];
    hint?: string;
    cause?: unknown;
    exitCode?: number;
  }) {
    super(
      [options.message].flat().map(visible).join('\n'),
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.code = options.code;
    this.hint = options.hint === undefined ? undefined : visible(options.hint);
    this.exitCode = options.exitCode ?? exitCodes.input;
  }
}

/** Any thrown value as a JSON-safe record. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof SkiagramError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.cause === undefined ? {} : { cause: causeText(error.cause) }),
    };
  }
  return {
    code: 'internal',
    message: causeText(error),
    hint: 'This is a bug in Skiagram. Run again with --verbose and report it.',
  };
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
