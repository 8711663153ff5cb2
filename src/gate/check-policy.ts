import { didYouMean } from '../base/did-you-mean.ts';
import { type Problem, problemsOf } from '../base/validate.ts';
import { PolicyFrame } from './policy.ts';
import { allRuleKinds } from './registry.ts';
import type { RuleKind } from './rule-kind.ts';

/**
 * Everything that is wrong with a policy, each with its place and, for a misspelt key, the one that was probably meant. An empty
 * list means that it is a `Policy`.
 */
export function checkPolicy(value: unknown): Problem[] {
  const frame = problemsOf(PolicyFrame, value);
  const rules = (value as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(rules)) return frame;
  return [...frame, ...rules.flatMap((rule, index) => checkRule(rule, ['rules', String(index)]))];
}

/** The kind of a rule: the one whose subject it names and, where that has several, whose measure it has. */
export function kindOf(rule: object): RuleKind | undefined {
  const ofSubject = allRuleKinds.filter(({ subject }) => Object.hasOwn(rule, subject));
  return ofSubject.find(({ measures }) => measures.length === 0 || measures.some((key) => Object.hasOwn(rule, key)));
}

function checkRule(rule: unknown, path: readonly string[]): Problem[] {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return [];
  const kind = kindOf(rule);
  if (!kind) return [noKind(rule, path)];
  const found = problemsOf(kind.schema, rule).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  return [...withoutEchoes(found), ...levelTwice(rule, kind, path)];
}

/** Of a value that may be one name or a list, the better of the two complaints. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ path, message }) =>
      !message.startsWith('Must be array') ||
      !problems.some((other) => other.message.startsWith('Must be one of') && other.path.join('/') === path.join('/')),
  );
}

/** `{error: 3, warn: 1}` says the level itself. */
function levelTwice(rule: object, { measures }: RuleKind, path: readonly string[]): Problem[] {
  const paired = measures.find((key) => typeof (rule as Record<string, unknown>)[key] === 'object');
  if (paired === undefined || !Object.hasOwn(rule, 'level')) return [];
  return [
    {
      path: [...path, 'level'],
      message: `"${paired}" already says its level; keep one of the two.`,
      suggestion: undefined,
    },
  ];
}

/** A rule of no kind: which keys it has, which it should have. */
function noKind(rule: object, path: readonly string[]): Problem {
  const keys = Object.keys(rule);
  const subjects = [...new Set(allRuleKinds.map(({ subject }) => subject))];
  const subject = subjects.find((key) => keys.includes(key));
  if (subject === undefined) {
    const [stranger, meant] = nearest(keys, subjects);
    return {
      path: stranger === undefined ? path : [...path, stranger],
      message: `A rule names what it judges: ${subjects.join(', ')}; this one has ${keys.map(quoted).join(', ') || 'no key'}.`,
      suggestion: meant,
    };
  }
  const measures = allRuleKinds.filter((kind) => kind.subject === subject).flatMap((kind) => kind.measures);
  const known = new Set(allRuleKinds.flatMap(({ schema }) => Object.keys(schema.properties)));
  const unknown = keys.filter((key) => !known.has(key));
  const [stranger, meant] = nearest(unknown.length > 0 ? unknown : keys.filter((key) => key !== subject), measures);
  return {
    path: stranger === undefined ? path : [...path, stranger],
    message: `A rule about a ${subject} has ${measures.join(', ')}; this one has ${keys.map(quoted).join(', ')}.`,
    suggestion: meant,
  };
}

/** The key that is nearest to one that is known, and that one. */
function nearest(keys: readonly string[], known: readonly string[]): [string | undefined, string | undefined] {
  for (const key of keys) {
    const meant = didYouMean(key, known);
    if (meant !== undefined) return [key, meant];
  }
  return [undefined, undefined];
}

function quoted(key: string): string {
  return `"${key.length > 40 ? `${key.slice(0, 39)}…` : key}"`;
}
