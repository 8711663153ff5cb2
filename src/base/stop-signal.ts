/**
 * The part of the platform's AbortSignal that pure stages use; every AbortSignal is one.
 * Declared here so that stages without Node's or the DOM's types can pass it along.
 */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
