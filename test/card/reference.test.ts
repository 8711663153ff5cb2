import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { evalResults } from '../../src/card/formats/eval-results.ts';
import { everyEvalEver } from '../../src/card/formats/every-eval-ever.ts';
import { insertCard } from '../../src/card/insert/insert-card.ts';
import type { CardScore, ModelCard } from '../../src/card/model-card.ts';
import { modelIndexEntry } from '../../src/card/model-index-entry.ts';
import { hostileNames } from '../hostile-names.ts';
import { exampleCard, hostileCard } from './example-card.ts';

const card = exampleCard(inject('exampleRun'));
const placed = (of: ModelCard, task?: string): ModelCard => ({
  ...of,
  scores: of.scores.map((score) => ({
    ...score,
    dataset: { id: 'org/set', task_id: task ?? score.task, scale: 'percent' as const },
  })),
});
/** One card of every kind: as it is, with a source, numbers with exponents, and every hostile name. */
const cards: ModelCard[] = [
  placed(card),
  {
    ...placed(card),
    publisher: { organization: 'acme', relationship: 'first_party', source: 'https://example.org/logs' },
  },
  {
    ...card,
    scores: card.scores.slice(0, 2).map(
      (score, index): CardScore => ({
        ...score,
        score: { status: 'ok', value: index === 0 ? 1e-7 : 1e-21 },
        stderr: { value: 2.5e-9, method: 'x' },
      }),
    ),
  },
  ...hostileNames.map((name) => placed(hostileCard(card, name), name)),
];

const python = resolve('.venv/bin/python');
/** Reads front matter and result files as the hub's own library does, and says what it found. */
const script = `
import json, sys, yaml
from huggingface_hub import ModelCard
from huggingface_hub.repocard_data import eval_results_to_model_index
from huggingface_hub._eval_results import parse_eval_result_entries, eval_result_entries_to_yaml
out = []
for item in json.load(sys.stdin):
    data = ModelCard(item["readme"]).data
    entries = parse_eval_result_entries(yaml.safe_load(item["results"])) if item["results"] else []
    out.append({
        "name": data.model_name,
        "license": data.get("license"),
        "results": [[r.task_type, r.dataset_type, r.dataset_config, r.dataset_name, r.dataset_args, r.metric_type, r.metric_value, r.metric_name, r.source_url] for r in data.eval_results],
        "again": eval_results_to_model_index(data.model_name, data.eval_results),
        "entries": [[e.dataset_id, e.task_id, e.value, e.date, e.source_url, e.notes] for e in entries],
        "yaml": eval_result_entries_to_yaml(entries),
    })
json.dump(out, sys.stdout)
`;

describe.skipIf(!existsSync(python))('huggingface_hub reads what is written (needs .venv)', () => {
  test('model-index and .eval_results of every card: names, numbers and dates are what they were', async () => {
    const inputs = cards.map((own) => ({
      readme: insertCard('---\nlicense: mit\n---\n# Model\n', { entry: modelIndexEntry(own).entry }, 'README.md').text,
      results: evalResults.render(own).files[0]?.text ?? '',
    }));
    const { stdout } = await execa(python, ['-c', script], {
      input: JSON.stringify(inputs),
      env: { HF_HUB_OFFLINE: '1' },
    });
    const read = JSON.parse(stdout) as Record<string, unknown>[];
    expect(read).toHaveLength(cards.length);
    for (const [index, own] of cards.entries()) {
      const { entry } = modelIndexEntry(own);
      expect(read[index]).toMatchObject({ name: own.model.name, license: 'mit', again: [entry] });
      expect(read[index]?.results).toEqual(
        entry?.results.flatMap(({ task, dataset, metrics, source }) =>
          metrics.map(({ type, value, name }) => [
            task.type,
            dataset.type,
            dataset.config ?? null,
            dataset.name,
            dataset.args,
            type,
            value,
            name,
            source?.url ?? null,
          ]),
        ),
      );
      const wanted = own.scores.filter(({ dataset }) => dataset);
      expect(read[index]?.entries).toEqual(
        wanted.map(({ dataset, score, date }) => [
          dataset?.id,
          dataset?.task_id,
          score.status === 'ok' ? Number((100 * score.value).toPrecision(15)) : null,
          date,
          own.publisher.source,
          expect.stringContaining('interval'),
        ]),
      );
    }
  });
});

const published = resolve('.venv-reference/schemas/every_eval_ever/schemas/eval.schema.json');

describe.skipIf(!existsSync(published))('the published schema of Every Eval Ever (npm run setup:reference)', () => {
  test('accepts every record of every card', () => {
    const ajv = new Ajv({ strict: false });
    const schema = JSON.parse(readFileSync(published, 'utf8'));
    const check = ajv.compile(schema);
    expect(schema.version).toBe('0.3.0');
    for (const own of cards)
      for (const { path, text } of everyEvalEver.render(own).files)
        expect(check(JSON.parse(text)), `${path}: ${JSON.stringify(check.errors)}`).toBe(true);
    expect(check({ schema_version: '0.3.0' })).toBe(false);
  });
});
