import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cssSize, margins, type Paper } from '../base/paper.ts';

/** What stands above and below the text of every page but the first, which says both in large letters. */
export interface Running {
  readonly title: string;
  readonly verdict: string;
}

/** Letters that fit beside each other above the text. */
const roomFor = { title: 52, verdict: 64 };

/** Weights of Source Sans 3 (OFL-1.1) that reports use; print.css asks for it by name and falls back to the system’s font. */
const weights = [400, 600, 700];

/** Sheet, margins, running header and footer; their text is escaped, so that no title can end the rule it stands in. */
export function pageRules(paper: Paper, { title, verdict }: Running): string {
  const { top, right, bottom, left } = margins;
  const small = `font: 400 8pt "Source Sans 3", system-ui, sans-serif; color: #57606a; white-space: nowrap;`;
  const box = (name: string, content: string): string => `@${name} { content: ${content}; ${small} }`;
  return `@page { size: ${cssSize(paper)}; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm;
${box('top-left', cssString(cut(title, roomFor.title)))}
${box('top-right', cssString(cut(verdict, roomFor.verdict)))}
${box('bottom-left', cssString('Skiagram report'))}
${box('bottom-right', '"Page " counter(page) " of " counter(pages)')} }
@page :first { @top-left { content: none } @top-right { content: none } }`;
}

/** The font of a printed report as `@font-face` rules with the files inside, so that every machine prints the same letters. */
export async function fontRules(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('@fontsource/source-sans-3/400.css'));
  const sheets = await Promise.all(weights.map((weight) => readFile(join(folder, `${weight}.css`), 'utf8')));
  const files = [...new Set(sheets.flatMap((sheet) => [...sheet.matchAll(/\.\/files\/([\w-]+\.woff2)/g)].map(second)))];
  const data = new Map(
    await Promise.all(
      files.map(async (name) => [name, (await readFile(join(folder, 'files', name))).toString('base64')] as const),
    ),
  );
  return sheets
    .join('\n')
    .replaceAll(
      /src:\s*url\(\.\/files\/([\w-]+\.woff2)\)[^;}]*/g,
      (_, name: string) => `src: url(data:font/woff2;base64,${data.get(name)}) format("woff2")`,
    );
}

/** Any text as a CSS string: everything but letters, digits and a few marks as its number. */
function cssString(text: string): string {
  const escaped = [...text].map((letter) =>
    /[\p{L}\p{N} .,:;()[\]%+·–—-]/u.test(letter) ? letter : `\\${(letter.codePointAt(0) ?? 0xfffd).toString(16)} `,
  );
  return `"${escaped.join('')}"`;
}

function cut(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const letters = [...flat];
  return letters.length <= length ? flat : `${letters.slice(0, length - 1).join('')}…`;
}

function second(match: RegExpMatchArray): string {
  return match[1] ?? '';
}
