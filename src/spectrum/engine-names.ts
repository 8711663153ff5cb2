/** What `--engine` and `diagnostics.engine` may say; `auto` takes torch on a GPU, else native, else portable. */
export const engineNames = ['auto', 'native', 'portable', 'torch'] as const;
export type EngineName = (typeof engineNames)[number];
