import type { Gate, RuleResult } from '../gate.ts';
import { plainLine } from './plain-line.ts';

/** GitHub shows ten annotations of a kind for a step and drops the rest without a word. */
const shownOfAKind = 10;

/**
 * Workflow commands of GitHub Actions, one a line, for every rule that did not pass: `::error title=…::…` where it blocks,
 * `::warning …` otherwise. Of more than ten of a kind the last says how many are left, so nothing is lost in silence.
 */
export function annotations(gate: Gate): string {
  const rules = gate.rules.filter(({ outcome }) => outcome !== 'pass');
  const [errors, warnings] = [rules.filter(blocks), rules.filter((rule) => !blocks(rule))];
  return [...ofKind('error', errors), ...ofKind('warning', warnings), notice(gate)].map((line) => `${line}\n`).join('');
}

function blocks({ level, outcome, onInconclusive }: RuleResult): boolean {
  return level === 'error' && (outcome === 'fail' || outcome === 'error' || onInconclusive === 'block');
}

function ofKind(kind: 'error' | 'warning', rules: readonly RuleResult[]): string[] {
  const room = rules.length > shownOfAKind ? shownOfAKind - 1 : shownOfAKind;
  const lines = rules.slice(0, room).map((rule) => {
    const title = `Gate ${rule.outcome}: ${rule.checkpoint ?? 'run'}, ${rule.rule}`;
    return command(kind, title, rule.message);
  });
  const left = rules.length - lines.length;
  return left > 0 ? [...lines, command(kind, 'Gate', `${left} more rules did not pass; see gate.json.`)] : lines;
}

function notice({ summary, outcome }: Gate): string {
  return command('notice', `Gate: ${outcome}`, summary);
}

/** Escapes as the runner undoes them: % and line breaks in both, colon and comma in properties too. */
function command(kind: string, title: string, message: string): string {
  const data = plainLine(message).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = plainLine(title, 200)
    .replaceAll('%', '%25')
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
  return `::${kind} title=${property}::${data}`;
}
