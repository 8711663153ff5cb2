import { SkiagramError } from '../base/error.ts';
import type { HubId } from './hub-id.ts';

/** The error of a hub id that may not be fetched and is not in the cache. */
export function notCached(text: string, cacheDir: string): SkiagramError {
  return new SkiagramError({
    code: 'hub-offline',
    message: `There is no path ${text}, and as a hub id it is not in the cache ${cacheDir}; fetching is switched off.`,
    hint: 'Fetch it once without --offline (and without HF_HUB_OFFLINE), or give a path.',
  });
}

/** What the hub or the way to it answered, as an error with what to do. A SkiagramError stays what it is. */
export function hubFailure(text: string, { repo, revision }: HubId, cause: unknown): SkiagramError {
  if (cause instanceof SkiagramError) return cause;
  const status = (cause as { statusCode?: unknown } | null)?.statusCode;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (status === 404)
    return new SkiagramError({
      code: 'hub-not-found',
      message: `There is no path ${text}, and the hub has no model ${repo} with revision ${revision}.`,
      hint: 'Check the spelling. A private model needs HF_TOKEN.',
      cause,
    });
  if (status === 401 || status === 403)
    return new SkiagramError({
      code: 'hub-gated',
      message: `There is no path ${text}, and the hub does not give out ${repo} (${status}): it does not exist, is private, or has terms to accept.`,
      hint: "Accept the terms on the model's page and set HF_TOKEN to a token that may read it.",
      cause,
    });
  return new SkiagramError({
    code: 'hub-failed',
    message: `${text} is no path that exists, and fetching ${repo} from the hub failed: ${message}.`,
    hint: 'Check the connection and HF_ENDPOINT, or give a path. What was fetched so far is kept.',
    cause,
  });
}
