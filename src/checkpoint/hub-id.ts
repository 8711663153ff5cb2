/** `org/name`, `hf://org/name` and `hf://org/name@revision`. */
export interface HubId {
  readonly repo: string;
  readonly revision: string;
}

/** Reads a hub id; undefined for anything that can only be a path. */
export function hubId(text: string): HubId | undefined {
  const match = /^(?:hf:\/\/)?([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@([\w.-]+))?$/.exec(text);
  const [, repo, revision = 'main'] = match ?? [];
  return repo === undefined || revision.includes('..') ? undefined : { repo, revision };
}
