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
    { id: model.checkpoint, fingerprint: model.fingerprint },
    ...comparisons.map(({ base, baseFingerprint }) => ({ id: base, fingerprint: baseFingerprint })),
  ].flatMap(({ id, fingerprint }) => (fingerprint === null ? [] : [`${markdownText(id)} has ${fingerprint}`]));
  const places =
    prints.length === 0
      ? ''
      : `Put the places of the weights where it says PATH; their fingerprints: ${prints.join(', ')}. `;
  return [
    '### How to repeat it',
    `Made with ${markdownText(tool.name)} ${markdownText(tool.version)} on ${markdownText(created.slice(0, 10))}, seed ${seed}${configHash === null ? '' : `, config with SHA-256 ${markdownText(configHash)}`}. Save this as \`skiagram.yaml\`. ${places}Add \`families:\` where the abilities come from a file of your own. Then run \`skiagram run skiagram.yaml\`, and \`skiagram card\` for this section.`,
    `${fence}yaml\n${config}\n${fence}`,
  ];
}

function configOf({ title, model, comparisons, axis, seed, suites, scores }: ModelCard): Record<string, unknown> {
  const bases = comparisons.map(({ base, baseFingerprint }) => ({ id: base, fingerprint: baseFingerprint }));
  const place = (id: string, fingerprint: string | null) => ({
    id,
    ...(fingerprint === null ? {} : { path: `PATH of ${id}` }),
  });
  const ids = [...bases.map(({ id }) => id), model.checkpoint];
  const used = suites.flatMap(({ suite, harness, settings }): Record<string, unknown>[] => {
    const own = scores.filter((score) => score.suite === suite);
    if (own.length === 0) return [];
    const unattested = model.attestation === 'unattested' ? { unattested: true } : {};
    if (harness !== 'lm-eval') {
      const files = Object.fromEntries(ids.map((id) => [id, `PATH of results of ${id}`]));
      return [{ id: suite, harness: 'import', format: harness, files, ...unattested }];
    }
    const shots = [...new Set(own.map((score) => score.shots))];
    return [
      {
        id: suite,
        harness,
        ...(typeof settings.model === 'string' ? { model: settings.model } : {}),
        ...(shots.length === 1 && typeof shots[0] === 'number' ? { num_fewshot: shots[0] } : {}),
        ...unattested,
        tasks: own.map((score) => score.task),
      },
    ];
  });
  return {
    title,
    seed,
    checkpoints: [
      ...bases.map(({ id, fingerprint }) => place(id, fingerprint)),
      { ...place(model.checkpoint, model.fingerprint), ...(bases[0] === undefined ? {} : { base: bases[0].id }) },
    ],
    ...(used.length > 0 ? { suites: used } : {}),
    ...(axis.declared ? { axis: { targeted: axis.targeted, coverage: axis.coverage } } : {}),
  };
}
