import type { GlossaryEntry } from '../report/report.ts';

/** docs/FINDINGS.md: every finding with its rule, thresholds and source, from the same text as `skiagram explain`. */
export function findingsPage(glossary: readonly GlossaryEntry[]): string {
  const findings = glossary.filter(({ kind }) => kind === 'finding');
  return [
    '# Findings',
    '',
    'Made by `npm run schemas` from the registry in `src/findings`; do not edit. Thresholds are the defaults; a report shows those in force.',
    '`skiagram explain ID` prints the same.',
    '',
    'A finding is *detected*, *not detected*, *inconclusive*, *not applicable* or *failed*. Not detected is said only where an interval excludes',
    'what matters, or where everything there is was counted; all else is inconclusive. Findings say what occurs together, never why.',
    'How often each is found on planted truth: [FINDING-RATES.md](FINDING-RATES.md).',
    '',
    '| id | found | rule | thresholds | source |',
    '|---|---|---|---|---|',
    ...findings.map(
      ({ id, title, formula, thresholds, source }) =>
        `| \`${id}\` | ${[title, formula, thresholds.map(({ name, value, provenance }) => `${name}: ${value} (${provenance})`).join('<br>'), source].map(inCell).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

/** A bar would end the cell. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
