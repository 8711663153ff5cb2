import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/store/cache-folder.ts';

test('SKIAGRAM_CACHE is taken as it is, then XDG_CACHE_HOME where absolute, then the place of the platform', () => {
  const place = (env: Record<string, string>, platform: NodeJS.Platform = 'linux'): string =>
    cacheFolder(env, platform, '/home/x');
  expect(place({ SKIAGRAM_CACHE: '/fast/cache', XDG_CACHE_HOME: '/xdg' })).toBe('/fast/cache');
  expect(place({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/skiagram');
  // The XDG specification: relative paths are invalid and ignored.
  expect(place({ XDG_CACHE_HOME: 'xdg' })).toBe('/home/x/.cache/skiagram');
  expect(place({})).toBe('/home/x/.cache/skiagram');
  expect(place({}, 'darwin')).toBe('/home/x/Library/Caches/skiagram');
  expect(place({ LOCALAPPDATA: '/local' }, 'win32')).toContain('skiagram');
});
