import { markdownTable, markdownText } from '../../report/markdown-text.ts';
import type { ModelCard } from '../model-card.ts';

/** Which weights were looked at, and how they were scored. */
export function settingLines({ model, suites, comparisons, scores }: ModelCard): string[] {
  const used = suites.filter(({ suite }) => scores.some((score) => score.suite === suite || score.suite === null));
  const attested = {
    attested: 'taken of these very weights: the fingerprint was the same before and after the harness ran',
    unattested: 'not shown to be of these very weights',
    none: 'none',
  }[model.attestation];
  return [
    '### Settings',
    markdownTable(
      ['What', 'Value'],
      [
        ['Checkpoint', model.checkpoint],
        ['Fingerprint of the weights (SHA-256)', model.fingerprint ?? 'none: no weights were read'],
        ...comparisons.flatMap(({ base, baseFingerprint }) => [
          [`Fingerprint of the base, ${base}`, baseFingerprint ?? 'none: no weights were read'],
        ]),
        ['Architecture', model.architecture ?? 'not known'],
        ['Parameters', model.parameters === null ? 'not known' : model.parameters.toLocaleString('en-GB')],
        ['Stored as', model.dtypes.join(', ') || 'not known'],
        ['Scores', attested],
        ...used.map(({ suite, harness, version, settings }) => [
          `Suite ${suite}`,
          [
            `${harness} ${version ?? '(version not known)'}`,
            ...Object.entries(settings).flatMap(([key, value]) => (value === null ? [] : [`${key} ${value}`])),
          ].join(', '),
        ]),
      ],
    ).join('\n'),
    ...(used.length === 0 && scores.length > 0 ? [markdownText('How the scores were made is not known.')] : []),
  ];
}
