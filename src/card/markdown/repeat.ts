import { markdownText } from '../../report/markdown-text.ts';
import type { ModelCard } from '../model-card.ts';
import { yamlText } from '../yaml-text.ts';

/** A config that repeats the comparison, without any place of the machine it was made on. */
export function repeatLines(card: ModelCard): string[] {
  const { tool, created, seed, configHash, model, comparisons } = card;
  // All texts are in double quotes, where YAML knows escapes: so no marker and no HTML can stand in the section, even in code.
  const config = yamlText(configOf(card)).trimEnd().replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  const fence = '`'.repeat(Math.max(3, ...[...config.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const prints = [
    `${markdownText(model.checkpoint)} has the fingerprint ${model.fingerprint ?? 'none'}`,
    ...comparisons.map(({ base, baseFingerprint }) => `${markdownText(base)} ${baseFingerprint ?? 'none'}`),
  ].join(', ');
  return [
    '### How to repeat it',
    `Made with ${markdownText(tool.name)} ${markdownText(tool.version)} on ${markdownText(created.slice(0, 10))}, seed ${seed}${configHash === null ? '' : `, config with SHA-256 ${markdownText(configHash)}`}. Save this as \`skiagram.yaml\`, put the places of the weights where it says PATH (${prints}), add \`families:\` where the abilities come from a file of your own, then run \`skiagram run skiagram.yaml\`, and \`skiagram card\` for this section.`,
    `${fence}yaml\n${config}\n${fence}`,
  ];
}

function configOf({ title, model, comparisons, axis, seed, suites, scores }: ModelCard): Record<string, unknown> {
  const bases = comparisons.map(({ base }) => base);
  return {
    title,
    seed,
    checkpoints: [
      ...bases.map((id) => ({ id, path: `PATH of ${id}` })),
      {
        id: model.checkpoint,
        path: `PATH of ${model.checkpoint}`,
        ...(bases[0] === undefined ? {} : { base: bases[0] }),
      },
    ],
    ...(suites.length > 0
      ? {
          suites: suites.flatMap(({ suite, harness, settings }): Record<string, unknown>[] => {
            const own = scores.filter((score) => score.suite === suite);
            if (own.length === 0) return [];
            if (harness !== 'lm-eval')
              return [
                { id: suite, harness: 'import', format: harness, files: { [model.checkpoint]: 'PATH of results' } },
              ];
            const shots = [...new Set(own.map((score) => score.shots))];
            const backEnd = settings.model;
            return [
              {
                id: suite,
                harness,
                ...(typeof backEnd === 'string' ? { model: backEnd } : {}),
                ...(shots.length === 1 && shots[0] !== null ? { num_fewshot: shots[0] } : {}),
                tasks: own.map((score) => score.task),
              },
            ];
          }),
        }
      : {}),
    ...(axis.declared ? { axis: { targeted: axis.targeted, coverage: axis.coverage } } : {}),
  };
}
