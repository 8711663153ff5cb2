import { exitCodes, SkiagramError } from '../base/error.ts';
import type { CardFile, CardFormatId } from '../card/format.ts';
import type { LeftOut, ModelCard } from '../card/model-card.ts';
import { hubId } from '../checkpoint/hub-id.ts';
import { insertedInto } from './insert-into.ts';
import { cardFiles } from './run-cards.ts';

/** Where a card goes and with what right. */
export interface HubAccess {
  readonly repo: string;
  /** Root of the hub; the public one where it is left out. */
  readonly hubUrl?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A pull request as it would be sent. */
export interface PullRequest {
  readonly repo: string;
  /** Commit that the README was read at, and that the request is based on. */
  readonly parent: string;
  readonly title: string;
  readonly description: string;
  /** Empty where the repository holds all of it already. */
  readonly files: readonly (CardFile & { readonly existed: boolean })[];
  readonly leftOut: readonly LeftOut[];
}

/** Formats whose files a repository keeps in a folder of their own. */
const ownFolder = 'skiagram';

/**
 * Reads what the repository holds and makes the pull request; nothing is sent. The README is changed between the markers and in
 * `model-index` only, result files go to `.eval_results/`, and other formats to `skiagram/`.
 *
 * @throws SkiagramError `repo-invalid`, `hub-not-found`, `hub-refused`, `hub-failed`, and those of inserting
 */
export async function preparePullRequest(
  card: ModelCard,
  formats: readonly CardFormatId[],
  access: HubAccess,
): Promise<PullRequest> {
  const repo = repoName(access.repo);
  const { downloadFile, modelInfo } = await import('@huggingface/hub');
  return guarded(access, async (options) => {
    const { sha } = await modelInfo({ name: repo, additionalFields: ['sha'], ...options });
    if (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha)) throw new Error('the hub names no commit');
    const read = async (path: string): Promise<Uint8Array | undefined> => {
      const blob = await downloadFile({ repo: { type: 'model', name: repo }, path, revision: sha, ...options });
      return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
    };
    const readme = await read('README.md');
    const inserted = insertedInto(readme ?? new Uint8Array(), 'README.md', card, formats);
    const others = cardFiles(
      card,
      formats.filter((format) => format !== 'md' && format !== 'model-index'),
    );
    const files: (CardFile & { existed: boolean })[] = inserted.changed
      ? [{ path: 'README.md', text: inserted.text, existed: readme !== undefined }]
      : [];
    for (const { path, text } of others.files) {
      const place = path.startsWith('.eval_results/') ? path : `${ownFolder}/${path}`;
      const present = await read(place);
      if (present === undefined || Buffer.from(present).toString('utf8') !== text)
        files.push({ path: place, text, existed: present !== undefined });
    }
    return {
      repo,
      parent: sha,
      title: 'Add evaluation results and the change of the weights',
      description: `Scores with intervals and what the weights say about the training, measured with ${card.tool.name} ${card.tool.version}. Nothing outside the marked section of README.md and its model-index is changed.`,
      files,
      leftOut: [...inserted.leftOut, ...others.leftOut],
    };
  });
}

/**
 * Opens the pull request.
 *
 * @returns its address
 * @throws SkiagramError `hub-token` where HF_TOKEN is missing or is none, `hub-refused`, `hub-failed`
 */
export async function sendPullRequest(request: PullRequest, access: HubAccess): Promise<string> {
  if (!access.accessToken) throw noToken('it is not set');
  const { commit } = await import('@huggingface/hub');
  return guarded(access, async (options) => {
    const sent = await commit({
      repo: { type: 'model', name: request.repo },
      title: request.title,
      description: request.description,
      parentCommit: request.parent,
      isPullRequest: true,
      operations: request.files.map(({ path, text }) => ({
        operation: 'addOrUpdate',
        path,
        content: new Blob([text]),
      })),
      ...options,
    });
    if (!sent?.pullRequestUrl) throw new Error('the hub took the commit and names no pull request');
    return sent.pullRequestUrl;
  });
}

interface CallOptions {
  readonly hubUrl?: string;
  readonly accessToken?: string;
  readonly fetch: typeof fetch;
}

/** Runs calls to the hub; what goes wrong becomes an error to act on, in which the token cannot stand. */
async function guarded<T>(access: HubAccess, call: (options: CallOptions) => Promise<T>): Promise<T> {
  const { accessToken, hubUrl, signal } = access;
  if (accessToken && !accessToken.startsWith('hf_')) throw noToken('it does not begin with "hf_"');
  try {
    return await call({
      ...(hubUrl === undefined ? {} : { hubUrl }),
      ...(accessToken ? { accessToken } : {}),
      fetch: (url, init) => fetch(url, { ...init, ...(signal ? { signal } : {}) }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof SkiagramError) throw cause;
    throw failure(access, cause);
  }
}

function failure({ repo, accessToken }: HubAccess, cause: unknown): SkiagramError {
  const status = (cause as { statusCode?: unknown } | null)?.statusCode;
  const told = cause instanceof Error ? cause.message : String(cause);
  const message = (accessToken ? told.replaceAll(accessToken, '***') : told).replaceAll(/hf_[A-Za-z0-9]+/g, '***');
  if (status === 404)
    return new SkiagramError({
      code: 'hub-not-found',
      message: `The hub has no model ${repo}, or it is private: ${message}`,
      hint: 'Check the spelling; a private repository needs HF_TOKEN.',
    });
  if (status === 401 || status === 403)
    return new SkiagramError({
      code: 'hub-refused',
      message: `The hub refuses ${repo} (${status}): ${message}`,
      hint: 'Set HF_TOKEN to a token that may open pull requests there.',
    });
  return new SkiagramError({
    code: 'hub-failed',
    message: `Asking the hub about ${repo} failed: ${message}`,
    hint: 'Check the connection and HF_ENDPOINT. Nothing was changed.',
  });
}

function noToken(why: string): SkiagramError {
  return new SkiagramError({
    code: 'hub-token',
    message: `A pull request needs the token in HF_TOKEN, and ${why}.`,
    hint: 'Make one with write access in the settings of the hub. It is read from the environment only.',
    exitCode: exitCodes.usage,
  });
}

/** Throws `repo-invalid`; the revision is the hub's own, so that none can be named. */
export function repoName(text: string): string {
  const id = hubId(text);
  if (id && !text.includes('@')) return id.repo;
  throw new SkiagramError({
    code: 'repo-invalid',
    message: `"${text}" is no model repository of the hub.`,
    hint: 'Write it as org/name.',
    exitCode: exitCodes.usage,
  });
}
