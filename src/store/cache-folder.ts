import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where results outlive a command: `SKIAGRAM_CACHE` where it is set, else `skiagram` in the user's cache folder
 * (`XDG_CACHE_HOME` where it is an absolute path; `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows, `~/.cache` elsewhere).
 * Nothing in it is needed: deleting the folder clears it.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.SKIAGRAM_CACHE) return env.SKIAGRAM_CACHE;
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, 'skiagram');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'skiagram');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'skiagram', 'Cache');
  return join(home, '.cache', 'skiagram');
}
