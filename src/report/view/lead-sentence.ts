import { listed } from '../../base/format.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';

/** Names that a sentence at the top of a page can hold. */
const mostNames = 3;

/** The whole report in one sentence, for the top of the page. */
export function leadSentence(verdicts: readonly ComparisonVerdict[]): string {
  if (verdicts.length === 0) return 'No checkpoint names a base, so there is nothing to compare.';
  const shadows = verdicts.filter((verdict) => verdict.verdict === 'benchmark-shadow');
  const abstained = verdicts.filter((verdict) => verdict.confidence === 'none');
  const among = verdicts.length > 1 ? ` among ${verdicts.length} comparisons` : '';
  const first =
    shadows.length === 0
      ? `No comparison shows the benchmark-shadow pattern${among}`
      : shadows.length > mostNames
        ? `${shadows.length} of ${verdicts.length} comparisons show the benchmark-shadow pattern`
        : `${listed(shadows.map((verdict) => verdict.checkpoint))} ${shadows.length === 1 ? 'shows' : 'show'} the benchmark-shadow pattern${among}`;
  const fell = verdicts.filter(
    ({ verdict, evidence }) => verdict === 'regression' || evidence.some((key) => key.startsWith('family-regression:')),
  );
  const lost =
    fell.length === 0
      ? ''
      : `; ${fell.length > mostNames ? `${fell.length} of ${verdicts.length}` : listed(fell.map(({ checkpoint }) => checkpoint))} lost in some families`;
  const unsettled =
    abstained.length > 0 ? `; ${abstained.length} ${abstained.length === 1 ? 'is' : 'are'} not settled` : '';
  return `${first}${lost}${unsettled}.`;
}
