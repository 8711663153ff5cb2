import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCard, type CardInput } from '../../src/card/build-card.ts';
import type { ModelCard } from '../../src/card/model-card.ts';
import { diagnostics } from '../../src/diagnostics/registry.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import type { ScoresDocument } from '../../src/harness/scores-document.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';

/** What cards of a real run are made of; `change` edits the JSON text of its documents first. */
export function cardInput(
  run: string,
  id: string,
  change: (text: string) => string = (text) => text,
  more: Partial<CardInput> = {},
): CardInput {
  const read = (name: string): unknown => JSON.parse(change(readFileSync(join(run, name), 'utf8')));
  return {
    dossier: read('dossier.json') as Dossier,
    verdict: read('verdict.json') as Verdict,
    scores: read(`scores/${id}.json`) as ScoresDocument,
    tool: { name: 'skiagram', version: '0.1.0' },
    created: '2026-01-02T03:04:05.000Z',
    configHash: 'c0ffee',
    diagnostics: Object.values(diagnostics).map(({ meta }) => meta),
    model: {},
    publisher: { organization: null, relationship: 'other', source: null },
    ...more,
  };
}

export function exampleCard(
  run: string,
  id = 'narrow',
  change?: (text: string) => string,
  more?: Partial<CardInput>,
): ModelCard {
  return buildCard(cardInput(run, id, change, more), id);
}

/** A card in which one name stands for the model, the base, an ability, a task, a metric, a filter, a suite and a title. */
export function hostileCard(card: ModelCard, name: string): ModelCard {
  const copy = structuredClone(card) as {
    -readonly [Key in keyof ModelCard]: ModelCard[Key];
  };
  copy.title = name;
  copy.model = { ...copy.model, name, checkpoint: name, architecture: name, dtypes: [name] };
  copy.publisher = { ...copy.publisher, organization: name };
  copy.limits = [name, `${name}: something`];
  copy.axis = { declared: true, targeted: [name], coverage: [name] };
  copy.suites = copy.suites.map((suite) => ({ ...suite, suite: name, settings: { model: name, [name]: name } }));
  copy.comparisons = copy.comparisons.map((comparison) => ({
    ...comparison,
    base: name,
    title: name,
    plain: `${name} rose`,
    because: [name],
    next: [name],
    families: comparison.families.slice(0, 1).map((family) => ({ ...family, title: name })),
  }));
  copy.scores = copy.scores.slice(0, 1).map((score) => ({
    ...score,
    suite: name,
    task: name,
    family: name,
    metric: name,
    filter: name,
    warnings: [name],
  }));
  return copy;
}
