import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { normalName } from '../../src/families/task-name.ts';
import { hostileNames } from '../hostile-names.ts';

/** Ids of the two checkpoints; ids become file names, so that a hostile one is refused by the config's schema. */
export const checkpoints = ['base', 'subject'] as const;

/** Every hostile name is a task of its own; two of ten name a family besides, one its id and one its title. */
export const tasks: readonly string[] = told(hostileNames);
const perFamily = 10;
const items = 24;

/**
 * Writes a config, a families file, results of two models and a policy under `folder`, with a hostile name wherever one may stand:
 * title, suite's model, harness, version, metric, tasks, families, titles, descriptions, sources, items, clusters, settings, warnings.
 *
 * @param exampleRun run of the example family, whose checkpoints are the scored ones
 * @returns path of the config
 */
export function writeHostileWorld(folder: string, exampleRun: string): string {
  mkdirSync(folder, { recursive: true });
  const name = (index: number): string => hostileNames[index % hostileNames.length] ?? '';
  const families = Object.fromEntries(
    Array.from({ length: Math.ceil(tasks.length / perFamily) }, (_, family) => {
      const own = tasks.slice(family * perFamily, (family + 1) * perFamily);
      return [
        `${own[0]} ${family}`,
        {
          title: own[1] ?? 'One',
          description: own[2] ?? '',
          tasks: Object.fromEntries(
            own.map((task, index) => [
              task,
              { metric: name(family), chance: 0, max: 1, source: name(family * 7 + index) },
            ]),
          ),
        },
      ];
    }),
  );
  const ids = Object.keys(families);
  const write = (file: string, document: object): void =>
    writeFileSync(join(folder, file), JSON.stringify(document, null, 1));
  write('families.yaml', { extends: 'none', families });
  for (const [place, checkpoint] of checkpoints.entries())
    write(`${checkpoint}.json`, {
      schemaVersion: '1.0',
      harness: '<script>alert(1)</script>',
      harnessVersion: '"><img src=x onerror=alert(1)>',
      model: name(place + 3),
      suite: 'hostile',
      fingerprint: fingerprintOf(exampleRun, place === 0 ? 'base' : 'narrow'),
      settings: Object.fromEntries(hostileNames.slice(0, 20).map((key, index) => [`k ${key}`, name(index + 20)])),
      date: '2026-01-02T03:04:05.000Z',
      files: [{ name: '../../etc/<b>x</b>.json', sha256: 'a'.repeat(64) }],
      tasks: tasks.map((task, index) => ({
        task,
        version: name(index + 5),
        nShot: 0,
        outputType: 'multiple_choice',
        hash: null,
        n: items,
        nOriginal: items,
        metrics: [
          {
            metric: name(Math.floor(index / perFamily)),
            filter: 'none',
            value: right(index, place) / items,
            stderr: null,
            higherIsBetter: true,
            unit: 'proportion',
          },
        ],
        samples: Array.from({ length: items }, (_, item) => ({
          docId: `${item} ${name(item + index)}`,
          docHash: null,
          promptHash: `p${item}`,
          targetHash: null,
          cluster: null,
          filter: 'none',
          metrics: { [name(Math.floor(index / perFamily))]: item < right(index, place) ? 1 : 0 },
        })),
        warnings: [{ code: 'hostile', message: name(index + 9) }],
      })),
    });
  write('policy.yaml', {
    title: '<b>policy</b> ##[error] ::error::x',
    rules: [
      { family: '*', non_inferior_within: { error: 3, warn: 1 } },
      { task: '*', non_inferior_within: 5 },
      { task: tasks.filter((task) => task.includes('<')), min: 40, level: 'warn' },
      { finding: ['benchmark-shadow', 'family-regression'] },
    ],
  });
  const examples = resolve('examples/tiny/checkpoints');
  write('skiagram.yaml', {
    title: '<script>alert("title")</script> =1+1 | \u202Egnp',
    checkpoints: [
      { id: 'base', path: join(examples, 'base') },
      {
        id: 'subject',
        path: join(examples, 'narrow'),
        base: 'base',
        condition: '</script><b onload=alert(1)>',
        step: 1,
      },
    ],
    suites: [{ id: 'hostile', harness: 'import', files: { base: './base.json', subject: './subject.json' } }],
    families: './families.yaml',
    axis: { targeted: ids.slice(0, 4), coverage: ids.slice(4) },
  });
  return join(folder, 'skiagram.yaml');
}

/** Items that a model has right: half for the base, more in the first forty tasks for the other. */
function right(task: number, place: number): number {
  return 8 + (task % 5) + (place === 1 ? (task < 4 * perFamily ? 8 : 1) : 0);
}

/** Names that are read as one and the same task get a number, as a person who has both would have to give them. */
function told(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, index) => {
    const own = seen.has(normalName(name)) ? `${name} ${index}` : name;
    seen.add(normalName(name));
    return own;
  });
}

function fingerprintOf(run: string, checkpoint: string): string {
  return (JSON.parse(readFileSync(join(run, `checkpoints/${checkpoint}.json`), 'utf8')) as { fingerprint: string })
    .fingerprint;
}
