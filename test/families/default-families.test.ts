import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { findTask } from '../../src/families/find-task.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import { defaultFamilies } from '../../src/pipeline/load-taxonomy.ts';
import { rawTask } from '../scores/raw-task.ts';
import { paperNames } from './paper-names.ts';

const document = await defaultFamilies();
const rules = resolveTaxonomy(document, undefined);
const familyOf = (name: string): string | undefined => findTask(rules, name)?.rule.family;
const taskOf = (name: string): string | undefined => findTask(rules, name)?.rule.id;

describe('families/default.yaml', () => {
  test('has at least 200 named tasks, patterns not counted', () => {
    expect(rules.tasks.length).toBeGreaterThanOrEqual(200);
  });

  test('says of every family what it is, in which modality, on which usual side, and what its modules are assumed from', () => {
    for (const family of rules.families) {
      expect(family, family.id).toMatchObject({
        title: expect.stringMatching(/.{3}/),
        description: expect.stringMatching(/.{20}/),
        modality: expect.any(String),
        role: expect.stringMatching(/^(matched|coverage)$/),
        modules_source: expect.stringContaining('working assumption'),
      });
      expect(family.modules?.length, family.id).toBeGreaterThan(0);
    }
  });

  test.each(rules.tasks.map((task) => [task.id, task] as const))('%s: every scale can be read', (_, task) => {
    expect(task.source.length).toBeGreaterThan(5);
    for (const metric of task.metrics) {
      if (metric.chance === null) continue;
      expect(metric.chance).toBeGreaterThanOrEqual(0);
      expect(metric.chance).toBeLessThan(metric.max ?? 0);
      expect(task.confidence).toBeDefined();
    }
    if (task.options !== undefined)
      expect(task.metrics.map(({ chance }) => chance?.toFixed(3))).toContain((1 / task.options).toFixed(3));
    expect(task.source.startsWith('1 of') && task.confidence !== 'derived' && task.confidence !== 'sourced').toBe(
      false,
    );
  });

  test('no name, alias, group or pattern leads to two tasks', () => {
    const names = rules.tasks.flatMap((task) => [...task.names, ...task.groups, ...task.match]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('no pattern catches a name or group of another task than its own, which exact names would hide', () => {
    for (const task of rules.tasks)
      for (const name of [...task.names, ...task.groups]) expect(taskOf(name), name).toBe(task.id);
  });

  test('a name that an exact entry owns is never tied between two patterns once that entry is taken out', () => {
    for (const task of rules.tasks.filter(({ match }) => match.length > 0))
      for (const pattern of task.match) {
        const part = pattern.replaceAll('*', 'zz');
        expect(taskOf(part), part).toBe(task.id);
      }
  });

  test('recalled levels are few and none says that it was sourced', () => {
    const recalled = rules.tasks.filter((task) => task.confidence === 'recalled');
    expect(recalled.length).toBeLessThan(rules.tasks.length / 10);
    for (const task of rules.tasks.filter(({ confidence }) => confidence === 'sourced'))
      expect(task.source, task.id).toMatch(/arXiv \d{4}\.\d{5}|https:\/\/|github\.com|lm_eval\//);
  });
});

describe('every benchmark of Tables 2–8 of arXiv 2604.07363, as printed, has a family', () => {
  test.each(Object.entries(paperNames).flatMap(([family, names]) => names.map((name) => [name, family] as const)))(
    '%s: %s',
    (name, family) => {
      expect(familyOf(name)).toBe(family);
    },
  );
});

describe('patterns', () => {
  test.each([
    ['mmlu_abstract_algebra', 'mmlu'],
    ['mmlu:anatomy', 'mmlu'],
    ['lukaemon_mmlu_college_biology', 'mmlu'],
    ['mmlu_pro_biology', 'mmlu_pro'],
    ['mmlu_pro_plus_biology', 'mmlu_pro_plus'],
    ['mmlu_prox_af_biology', 'mmlu_prox'],
    ['mmlu_redux_anatomy_generative', 'mmlu_redux'],
    ['mmlu_anatomy_generative', 'mmlu_generative'],
    ['mmlu_flan_cot_fewshot_anatomy', 'mmlu_flan_cot'],
    ['mmlu_flan_n_shot_loglikelihood_anatomy', 'mmlu_flan_n_shot_loglikelihood'],
    ['kmmlu_direct_hard_law', 'kmmlu_direct_hard'],
    ['mmmu_val_accounting', 'mmmu'],
    ['mmmlu_de_de_anatomy', 'mmmlu'],
    ['blimp_adjunct_island', 'blimp'],
    ['leaderboard_math_algebra_hard', 'leaderboard_math_hard'],
    ['niah_single_2', 'ruler'],
    ['ceval-valid_accountant', 'ceval'],
    ['refcoco+_bbox_val', 'refcoco+'],
    ['mvbench_action_sequence', 'mvbench'],
    ['inspect_evals/mmlu_0_shot', 'mmlu'],
  ])('%s is %s', (name, task) => {
    expect(taskOf(name)).toBe(task);
  });

  test.each([
    'mmlux',
    'my_mmlu_anatomy',
    'gsm8k_hard_of_mine',
    'arc',
    'arc_xyz',
    'truthfulqa',
    'multiple_choice_task',
    'mathematics',
    'tiny_sorting_early',
    'math_algebra_of_mine',
    'blinky',
    '',
  ])('%j is not theirs', (name) => {
    expect(taskOf(name)).toBeUndefined();
  });
});

describe('chance levels under the protocols of the paper', () => {
  const chanceOf = (name: string): number | null | undefined =>
    assignTasks(rules, [
      [
        {
          schemaVersion: '1.0',
          harness: 'table',
          harnessVersion: null,
          suite: 's',
          fingerprint: null,
          settings: {},
          date: null,
          files: [],
          tasks: [rawTask([1, 0], name)],
        },
      ],
    ]).families[0]?.tasks[0]?.chance;

  test.each([
    ['GPQA-Diamond (pass@4)', 1 - 0.75 ** 4],
    ['MMMU (pass@4)', 1 - (1 - 0.221) ** 4],
    ['MathVista (pass@4)', 1 - (1 - 0.179) ** 4],
    ['MathVision (avg@4)', 0.0717],
    ['MMLU-Pro (micro acc)', 0.1],
    ['AI2D-test', 0.25],
    ['BLINK', 0.3809],
  ])('%s: %s', (name, expected) => {
    expect(chanceOf(name)).toBeCloseTo(expected, 9);
  });
});

test('docs/FAMILIES.md lists every sourced and recalled level, and its counts are right', () => {
  const page = readFileSync('docs/FAMILIES.md', 'utf8');
  const levelled = rules.tasks.filter((task) => task.metrics.some(({ chance }) => chance !== null));
  const count = (confidence: string): number => levelled.filter((task) => task.confidence === confidence).length;
  for (const task of levelled.filter(({ confidence }) => confidence === 'recalled'))
    expect(page).toContain(`| ${task.id} | ${task.family} | ${task.metrics[0]?.chance} | ${task.source} |`);
  for (const task of levelled.filter(({ confidence }) => confidence === 'sourced'))
    expect(page).toContain(`| ${task.id} | ${task.metrics[0]?.chance} | ${task.source} |`);
  expect(page).toContain(`holds ${rules.families.length} families of ${rules.tasks.length} benchmarks`);
  expect(page.replace(/\s+/g, ' ')).toContain(
    `Of ${rules.tasks.length} tasks ${count('derived')} have a level that follows from the form of the question (*derived*), ${count('sourced')} one that was read in the source named (*sourced*), ${count('recalled')} one from memory (*recalled*), and ${rules.tasks.length - levelled.length} have none`,
  );
});
