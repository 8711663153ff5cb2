import Handlebars from 'handlebars';
import { didYouMean } from '../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { Templates } from './report-input.ts';

/**
 * The built-in templates with a user's laid over them, file by file. A template is text, never code: it sees the same view, is
 * compiled with the same escaping, and may leave unescaped only what the built-in ones do (drawings, styles). A page keeps the
 * built-in content security policy, so that nothing in it can load or run anything.
 *
 * Throws `template-unknown` for a name that is none of ours, `template-invalid` for what does not compile, would not be escaped,
 * or leaves the policy out.
 */
export function withOverrides(builtIn: Templates, overrides: Templates): Templates {
  const raw = new Set(Object.entries(builtIn).flatMap(([name, source]) => unescaped(name, source)));
  for (const [name, source] of Object.entries(overrides)) {
    if (!Object.hasOwn(builtIn, name)) throw unknownTemplate(name, Object.keys(builtIn));
    if (name.endsWith('.hbs')) checkTemplate(name, source, raw, Object.keys(builtIn));
    else if (!name.endsWith('.css')) throw invalid(name, 'it is code, which cannot be replaced');
    else if (/<\/?style|<!--/i.test(source)) throw invalid(name, 'a style sheet holds no markup');
  }
  const page = overrides['report.hbs'];
  const policy = /<meta http-equiv="Content-Security-Policy"[^\n]*>/.exec(builtIn['report.hbs'] ?? '')?.[0];
  if (page !== undefined && policy !== undefined && !keepsPolicy(page, policy))
    throw invalid(
      'report.hbs',
      'the content security policy must stand in its head, before any style, link or script',
      policy,
    );
  return { ...builtIn, ...overrides };
}

function checkTemplate(name: string, source: string, raw: ReadonlySet<string>, known: readonly string[]): void {
  for (const path of unescaped(name, source))
    if (!raw.has(path))
      throw invalid(
        name,
        `{{{${path}}}} would not be escaped`,
        `Write {{${path}}}; only ${[...raw].join(', ')} may be unescaped.`,
      );
  for (const partial of nodes(name, source).flatMap((node) =>
    node.type === 'PartialStatement' ? [partialName(node)] : [],
  ))
    if (!known.includes(`${partial}.hbs`)) throw unknownTemplate(`${partial}.hbs`, known, name);
  if (/<script(?!>\{\{\{script\}\}\}<\/script>)|\son[a-z]+\s*=|javascript:/i.test(source))
    throw invalid(name, 'a template holds no script');
}

function keepsPolicy(page: string, policy: string): boolean {
  const at = page.indexOf(policy);
  const loads = page.search(/<(style|link|script|body|img)\b/i);
  return at >= 0 && (loads < 0 || at < loads);
}

/** Paths that a template puts out as they are. */
function unescaped(name: string, source: string): string[] {
  return name.endsWith('.hbs')
    ? nodes(name, source).flatMap((node) =>
        node.type === 'MustacheStatement' && (node as hbs.AST.MustacheStatement).escaped === false
          ? [String(((node as hbs.AST.MustacheStatement).path as hbs.AST.PathExpression).original)]
          : [],
      )
    : [];
}

/** Every statement of a template, blocks opened. */
function nodes(name: string, source: string): hbs.AST.Node[] {
  const inside = (program: hbs.AST.Program | undefined): hbs.AST.Node[] =>
    (program?.body ?? []).flatMap((node) => {
      const { program: then, inverse } = node as hbs.AST.BlockStatement;
      return [node, ...inside(then), ...inside(inverse)];
    });
  try {
    return inside(Handlebars.parse(source));
  } catch (cause) {
    throw invalid(name, `it does not compile: ${(cause as Error).message.split('\n')[0] ?? ''}`);
  }
}

function partialName(node: hbs.AST.Node): string {
  return String(((node as hbs.AST.PartialStatement).name as hbs.AST.PathExpression).original);
}

function unknownTemplate(name: string, known: readonly string[], within?: string): SkiagramError {
  const meant = didYouMean(name, known);
  return new SkiagramError({
    code: 'template-unknown',
    message: `There is no template "${name}" to override${within === undefined ? '' : ` or include (in ${within})`}.`,
    hint: `${meant ? `Did you mean "${meant}"? ` : ''}Known: ${known.join(', ')}.`,
    exitCode: exitCodes.usage,
  });
}

function invalid(name: string, what: string, hint = 'docs/OUTPUTS.md says what a template may hold.'): SkiagramError {
  return new SkiagramError({
    code: 'template-invalid',
    message: `The template ${name} cannot be used: ${what}.`,
    hint,
    exitCode: exitCodes.usage,
  });
}
