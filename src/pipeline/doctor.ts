import { statfs } from 'node:fs/promises';
import { toErrorInfo } from '../base/error.ts';
import { findBrowser } from '../print/find-browser.ts';
import { findGpu } from '../spectrum/find-gpu.ts';
import { loadNative } from '../spectrum/native.ts';
import { torchVersion } from '../spectrum/torch-version.ts';
import { findHarness, pythonPlaces } from './find-harness.ts';

/** One thing that was looked for. `optional` = missing, and something is lost without it; `missing` = needed always. */
export interface Check {
  readonly what: string;
  readonly state: 'ok' | 'optional' | 'missing';
  readonly found: string;
  readonly advice?: string;
}

/** Looks at this machine; changes nothing. */
export async function examine(options: { browser?: string }): Promise<Check[]> {
  return [node(), native(), await torch(), await harness(), await browser(options.browser), await disk()];
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 18);
  return {
    what: 'Node',
    state: enough ? 'ok' : 'missing',
    found: process.version,
    ...(enough ? {} : { advice: 'Node 22.18 or newer is needed; in a clone, npm scripts bring Node 24.' }),
  };
}

function native(): Check {
  const built = loadNative() !== undefined;
  return built
    ? { what: 'native engine', state: 'ok', found: 'built' }
    : {
        what: 'native engine',
        state: 'optional',
        found: 'not built: the portable engine is used',
        advice: '`npm run build:native` (needs cargo) for large checkpoints.',
      };
}

async function torch(): Promise<Check> {
  const what = 'torch engine';
  const gpu = await findGpu();
  for (const python of await pythonPlaces(process.env.SKIAGRAM_PYTHON, '.')) {
    const version = await torchVersion(python);
    if (version === undefined) continue;
    const found = `torch ${version} in ${python}`;
    return gpu
      ? { what, state: 'ok', found: `${found}, and a GPU` }
      : { what, state: 'ok', found: `${found}; no GPU here, so it is used only with --engine torch` };
  }
  return {
    what,
    state: 'optional',
    found: gpu ? 'a GPU, but no Python with torch' : 'no GPU, and no Python with torch',
    ...(gpu ? { advice: 'Run `skiagram setup`, or name a Python with torch in SKIAGRAM_PYTHON.' } : {}),
  };
}

async function harness(): Promise<Check> {
  try {
    const { python, version } = await findHarness(process.env.SKIAGRAM_PYTHON, '.');
    return { what: 'lm-eval', state: 'ok', found: `${version} in ${python}` };
  } catch (error) {
    const { message, hint } = toErrorInfo(error);
    return { what: 'lm-eval', state: 'optional', found: message, ...(hint === undefined ? {} : { advice: hint }) };
  }
}

async function browser(named: string | undefined): Promise<Check> {
  try {
    const { path, kind } = await findBrowser(named);
    return { what: 'browser for PDF', state: 'ok', found: `${path} (${kind})` };
  } catch (error) {
    const { message, hint } = toErrorInfo(error);
    return {
      what: 'browser for PDF',
      state: 'optional',
      found: message,
      ...(hint === undefined ? {} : { advice: hint }),
    };
  }
}

async function disk(): Promise<Check> {
  const { bavail, bsize } = await statfs('.');
  const free = (bavail * bsize) / 2 ** 30;
  return {
    what: 'room here',
    state: free > 1 ? 'ok' : 'optional',
    found: `${free.toFixed(1)} GiB free`,
    ...(free > 8 ? {} : { advice: '`skiagram setup` needs about 8 GiB.' }),
  };
}
