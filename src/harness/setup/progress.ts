/** One line of what setup is doing. */
export interface SetupProgress {
  readonly step: 'environment' | 'packages' | 'check' | 'done';
  readonly text: string;
  /** Packages seen so far and pinned in all; some are for other systems, so `done` may end below `total`. */
  readonly done?: number;
  readonly total?: number;
}

/**
 * Turns the output of pip or uv into progress. Downloads of large files and the installation itself are told in words;
 * everything else is counted.
 *
 * @param total packages in the lock
 */
export function packageProgress(total: number): (line: string) => SetupProgress | undefined {
  const seen = new Set<string>();
  return (line) => {
    const text = line.trim();
    const collected = /^(?:Collecting|Requirement already satisfied:) ([\w.-]+)/.exec(text)?.[1];
    if (collected !== undefined) seen.add(collected.toLowerCase());
    const said =
      collected !== undefined ||
      /^(?:Downloading|Downloaded|Installing|Resolved|Prepared|Installed|Building|Built)\b/.test(text);
    if (!said) return undefined;
    const counts = seen.size > 0 ? { done: Math.min(seen.size, total), total } : {};
    return { step: 'packages', text: text.slice(0, 160), ...counts };
  };
}
