/**
 * Keeps what engines computed, so that a resumed run, or a second checkpoint that shares weights, computes nothing twice.
 *
 * A key is text of the form `kind:engine@version:tensor…` with kind `spectrum`, `pair`, `null`, `difference`, `overlap` or
 * `median`; it names the tensors by
 * the SHA-256 of their bytes, dtype and shape, so it stays valid across checkpoints, paths and shardings. Keys hold no
 * path separators where tensors carry their `sha256`, but may be long.
 *
 * Values are eigenvalues, or the nine sums of a pair in the order of `PairMoments`, overlaps in the order of the ranks asked for, or one median. A value of the wrong length or with
 * numbers that are not finite is ignored and computed anew. An error thrown here ends the whole diagnosis.
 */
export interface SpectrumCache {
  get(key: string): Promise<Float64Array | undefined>;
  set(key: string, values: Float64Array): Promise<void>;
}
