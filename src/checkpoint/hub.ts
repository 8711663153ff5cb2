import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { StopSignal } from '../base/stop-signal.ts';
import { hubFailure, notCached } from './hub-errors.ts';
import { neededFiles } from './hub-files.ts';
import { type HubId, hubId } from './hub-id.ts';

/** How hub ids are turned into folders. */
export interface Fetching {
  /** Cache in the layout of huggingface_hub, shared with it. */
  readonly cacheDir: string;
  /** Root of the hub; the public one where it is left out. */
  readonly hubUrl?: string | undefined;
  readonly accessToken?: string | undefined;
  /** Nothing is fetched; only what the cache has is opened. */
  readonly offline: boolean;
  /** Called as bytes arrive, with those of all files that have to be fetched. */
  readonly onDownload?: ((bytesDone: number, bytesTotal: number, file: string) => void) | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** HF_HUB_CACHE, HF_HOME, HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE, with the meaning they have for huggingface_hub. */
export function hubFromEnvironment(environment: Environment, options: { offline: boolean }): Fetching {
  const cache = environment.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const home = environment.HF_HOME ?? join(cache, 'huggingface');
  return {
    cacheDir: environment.HF_HUB_CACHE ?? environment.HUGGINGFACE_HUB_CACHE ?? join(home, 'hub'),
    hubUrl: environment.HF_ENDPOINT?.replace(/\/+$/, ''),
    accessToken: environment.HF_TOKEN,
    offline: options.offline || /^(1|true|yes|on)$/i.test(environment.HF_HUB_OFFLINE ?? ''),
  };
}

/**
 * What a config's `path` means: relative to the config's folder, unless nothing is there and it can be a hub id.
 */
export async function pathOrHubId(folder: string, text: string): Promise<string> {
  const path = resolve(folder, text);
  return hubId(text) && !(await exists(path)) ? text : path;
}

/**
 * A path or hub id -> a path. A path that exists always wins; one that is a repository in a hub cache (`models--org--name`) is
 * its snapshot. A hub id is asked for at the hub and only the weights, their index and the config are fetched into the
 * cache; what is there already is not fetched again. Offline, or with the hub out of reach, the cache has to do.
 *
 * Throws `hub-offline` (not in the cache), `hub-not-found`, `hub-gated` (401, 403), `hub-failed`, and the signal's reason.
 */
export async function fetched(
  path: string,
  hub: Fetching | undefined,
  { signal }: { readonly signal?: StopSignal | undefined } = {},
): Promise<string> {
  if (await exists(path)) return (await snapshotOf(path, 'main')) ?? path;
  const id = hubId(path);
  if (!id || !hub) return path;
  const repository = join(hub.cacheDir, `models--${id.repo.replace('/', '--')}`);
  if (hub.offline) {
    const cached = await snapshotOf(repository, id.revision);
    if (cached) return cached;
    throw notCached(path, hub.cacheDir);
  }
  try {
    return await download(id, repository, hub, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    // `fetch` says TypeError where no answer came at all.
    const cached = cause instanceof TypeError ? await snapshotOf(repository, id.revision) : undefined;
    if (cached) return cached;
    throw hubFailure(path, id, cause);
  }
}

/** The snapshot of a cached repository, or undefined where it has none of this revision. */
async function snapshotOf(repository: string, revision: string): Promise<string | undefined> {
  const commit = (await readFile(join(repository, 'refs', revision), 'utf8').catch(() => revision)).trim();
  if (!/^[0-9a-f]{40}$/.test(commit)) return undefined;
  const snapshot = join(repository, 'snapshots', commit);
  return (await exists(snapshot)) ? snapshot : undefined;
}

async function download(id: HubId, repository: string, hub: Fetching, signal: StopSignal | undefined): Promise<string> {
  // Half a megabyte of code that most runs do not need.
  const { downloadFile, listFiles, modelInfo } = await import('@huggingface/hub');
  const access = {
    ...(hub.hubUrl === undefined ? {} : { hubUrl: hub.hubUrl }),
    ...(hub.accessToken === undefined ? {} : { accessToken: hub.accessToken }),
    fetch: (url: Parameters<typeof fetch>[0], init?: RequestInit) =>
      fetch(url, { ...init, ...(signal ? { signal: signal as AbortSignal } : {}) }),
  };
  const { sha: commit } = await modelInfo({
    name: id.repo,
    revision: id.revision,
    additionalFields: ['sha'],
    ...access,
  });
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error('the hub names no commit');
  const repo = { type: 'model', name: id.repo } as const;
  const listed = [];
  for await (const entry of listFiles({ repo, revision: commit, ...access }))
    if (entry.type === 'file') listed.push(entry);
  const files = neededFiles(listed, id);
  const snapshot = join(repository, 'snapshots', commit);
  const missing = [];
  for (const file of files) if (!(await exists(join(snapshot, file.path)))) missing.push(file);
  await mkdir(join(repository, 'blobs'), { recursive: true });
  await mkdir(join(repository, 'refs'), { recursive: true });
  await mkdir(snapshot, { recursive: true });
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const { path, size, blob, sha256 } of missing) {
    const target = join(repository, 'blobs', blob);
    if (!(await exists(target))) {
      const content = await downloadFile({ repo, path, revision: commit, ...access });
      if (!content) throw new Error(`the hub lists ${path} and does not have it`);
      let received = 0;
      const hash = createHash('sha256');
      const source = Readable.fromWeb(content.stream() as ReadableStream);
      source.on('data', (chunk: Uint8Array) => {
        received += chunk.length;
        hash.update(chunk);
        hub.onDownload?.(done + received, total, path);
      });
      await pipeline(
        source,
        createWriteStream(`${target}.incomplete`),
        signal ? { signal: signal as AbortSignal } : {},
      );
      if (received !== size) throw new Error(`${path} came with ${received} of ${size} bytes`);
      if (sha256 !== undefined && hash.digest('hex') !== sha256) throw new Error(`${path} came damaged`);
      await rename(`${target}.incomplete`, target);
    }
    done += size;
    await symlink(join('..', '..', 'blobs', blob), join(snapshot, path));
  }
  if (id.revision !== commit) await writeFile(join(repository, 'refs', id.revision), commit);
  return snapshot;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
