import type { TensorLocation } from './checkpoint.ts';

/** What one weight file holds, whatever its format. */
export interface Contents {
  /** Every tensor that has a place in the file, also those whose numbers are not read. */
  readonly tensors: readonly TensorLocation[];
  /** Further tensors that are no weights of this checkpoint or have no place in the file, by name. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** What the file says of the model in the words of a config.json; null where it says nothing. */
  readonly config: Readonly<Record<string, unknown>> | null;
}
