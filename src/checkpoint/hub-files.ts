import { SkiagramError } from '../base/error.ts';
import type { HubId } from './hub-id.ts';

/** A file of a repository and the name of its content in the cache. */
export interface HubFile {
  readonly path: string;
  readonly size: number;
  readonly blob: string;
  /** Of its content, where the hub tells. */
  readonly sha256?: string;
}

interface Listed {
  readonly path: string;
  readonly size: number;
  readonly oid?: string;
  readonly lfs?: { readonly oid: string; readonly size: number };
  readonly xetHash?: string;
}

/** Weights by format, best first; the first kind that a repository has is fetched, the others are not. */
const kinds: readonly RegExp[] = [
  /^(?!consolidated).*\.safetensors(\.index\.json)?$/,
  /\.safetensors$/,
  /^pytorch_model.*\.bin(\.index\.json)?$/,
  /^adapter_model\.bin$/,
  /\.gguf$/,
];

/**
 * Files at the root of a repository -> those that opening it needs: config and the weights of one format. Names come from
 * outside and become paths, so that only plain ones are taken.
 * Throws `checkpoint-empty`, and `checkpoint-ambiguous` for a repository of several GGUF files.
 */
export function neededFiles(listed: readonly Listed[], { repo }: HubId): HubFile[] {
  const files = listed.filter(({ path }) => /^[A-Za-z0-9_][\w.-]*$/.test(path) && !path.includes('..'));
  const weights = kinds.map((kind) => files.filter(({ path }) => kind.test(path))).find((found) => found.length > 0);
  if (!weights)
    throw new SkiagramError({
      code: 'checkpoint-empty',
      message: `The hub repository ${repo} holds no weights that are read.`,
      hint: 'Formats read: .safetensors, pytorch_model.bin and .gguf.',
    });
  const models = weights.filter(({ path }) => path.endsWith('.gguf') && !/-0000[2-9]-of-|-000[1-9]\d-of-/.test(path));
  if (models.length > 1)
    throw new SkiagramError({
      code: 'checkpoint-ambiguous',
      message: `The hub repository ${repo} holds several models: ${models
        .slice(0, 4)
        .map(({ path }) => path)
        .join(', ')}, ….`,
      hint: 'Fetch the one that is meant and give its path.',
    });
  const configs = files.filter(({ path }) => path === 'config.json' || path === 'adapter_config.json');
  return [...configs, ...weights].map(({ path, size, oid, lfs, xetHash }) => {
    const blob = lfs?.oid ?? xetHash ?? oid ?? '';
    if (!/^[0-9a-f]{40,64}$/.test(blob)) throw new Error(`the hub gives no hash of ${path}`);
    return { path, size: lfs?.size ?? size, blob, ...(lfs ? { sha256: lfs.oid } : {}) };
  });
}
