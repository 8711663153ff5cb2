import { markdownText } from '../../report/markdown-text.ts';
import type { ModelCard } from '../model-card.ts';

/** What the run could not say. */
export function limitLines({ limits }: ModelCard): string[] {
  const lines = limits.map((limit) => `- ${markdownText(limit)}`);
  return ['### Limits', lines.length > 0 ? lines.join('\n') : '- The run names none.'];
}
