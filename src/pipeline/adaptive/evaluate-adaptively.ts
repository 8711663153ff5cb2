import Type from 'typebox';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { assignTasks } from '../../families/assign-tasks.ts';
import type { TaxonomyRules } from '../../families/resolve-taxonomy.ts';
import { isOpen } from '../../families/sequential/assess.ts';
import { SequentialEvidence } from '../../families/sequential/evidence.ts';
import type { RawRun } from '../../harness/raw-run.ts';
import type { RawRuns } from '../../harness/raw-runs.ts';
import { itemsIn } from '../../scores/sequential/item-order.ts';
import { constantsOf, type Outcome, type RunContext, runStage, throwIfStopped } from '../context.ts';
import { evaluateSuite, type SuiteJob } from '../evaluate-suite.ts';
import { writeScores } from '../write-scores.ts';
import { type Answered, answerBlock, tasksOf } from './answer-block.ts';
import { type AdaptiveComparison, adaptiveMark, look, openFamilies } from './comparisons.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { AdaptivePlan, adaptiveRule, type PlannedFamily, planDocument, planFamilies } from './plan.ts';
import { named, nothingToDecide, refuseNoAxis, refuseSuites, refuseUnknown } from './refusals.ts';
import { type SuiteSizes, suiteSizes } from './task-sizes.ts';

/** Artifact `adaptive/evidence.json`: what every comparison says at its last look. */
export const AdaptiveEvidence = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    comparisons: Type.Array(
      Type.Object(
        {
          checkpoint: Type.String(),
          base: Type.String(),
          evidence: SequentialEvidence,
          refused: Type.Array(
            Type.Object({ family: Type.String(), reason: Type.String() }, { additionalProperties: false }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type AdaptiveEvidence = Type.Static<typeof AdaptiveEvidence>;

/**
 * Checkpoints -> scores of as many items as it takes (METHOD § 6.2): each family is asked in random blocks until its own
 * rule and the contrast of the axis are decided in every comparison that it is part of, or all its items are answered.
 *
 * One harness process a block and checkpoint. What a killed run finished is found by its attestation, single answers in
 * the cache. Looks depend on nothing but the answers, so a resumed run stops where an undisturbed one does.
 *
 * Throws `adaptive-no-comparison`, `adaptive-recorded`, `adaptive-limit`, `adaptive-no-family`, `adaptive-no-axis` and `config-invalid`.
 */
export async function evaluateAdaptively(
  context: RunContext,
  opened: ReadonlyMap<string, Outcome<Checkpoint>>,
  rules: TaxonomyRules,
  means: Pick<SuiteJob, 'harness' | 'slots'>,
): Promise<Map<string, Outcome<RawRuns>>> {
  const { config } = context.loaded;
  const suites = config.suites ?? [];
  refuseSuites(suites);
  const answered = new Map<string, Answered>();
  for (const [id, outcome] of opened)
    if ('value' in outcome)
      answered.set(id, { checkpoint: outcome.value, blocks: new Map(), rounds: new Map(), failed: false });
  const comparisons = config.checkpoints.flatMap(({ id, base }): AdaptiveComparison[] =>
    base !== undefined && answered.has(id) && answered.has(base)
      ? [{ subject: id, base, evidence: undefined, refused: new Map(), asked: new Map() }]
      : [],
  );
  const first = comparisons[0];
  if (first === undefined) throw nothingToDecide();

  // 1. How many items has each task? -> order and looks, written down before any of them is asked.
  const rule = adaptiveRule(config, constantsOf(context));
  const sized: SuiteSizes[] = [];
  const probe = answered.get(first.base)?.checkpoint;
  const sizing = await runStage(context, 'scores', 'task sizes', async () => {
    if (probe === undefined) throw new Error('unreachable: comparisons hold opened checkpoints');
    for (const suite of suites)
      sized.push(await suiteSizes({ context, id: first.base, checkpoint: probe, suite, ...means }));
    return { value: sized };
  });
  if ('error' in sizing) {
    context.progress.update({ stage: 'harness', subject: first.base, state: 'failed', text: sizing.error.message });
    return new Map([...answered.keys()].map((id) => [id, sizing]));
  }
  const taxonomy = assignTasks(rules, [sized.map(({ run }) => run)]);
  refuseUnknown(taxonomy, taxonomy.unknown);
  refuseNoAxis(taxonomy, rule.decide);
  if (taxonomy.unknown.length > 0)
    context.progress.warn(
      `Tasks in no family decide nothing and are not asked in an adaptive evaluation: ${named(taxonomy.unknown)}.`,
    );
  const families = planFamilies(taxonomy, new Map(sized.flatMap(({ sizes }) => [...sizes])), rule);
  await context.folder.write(AdaptivePlan, 'adaptive/plan.json', planDocument(families, rule));

  // 2. Blocks, until nothing is open.
  const scores = new Map<string, Outcome<RawRuns>>();
  const looks = Math.max(0, ...families.map((family) => family.looks.length));
  for (let block = 0; block < looks; block++) {
    const open = comparisons.filter((comparison) => openFamilies(comparison, families).length > 0);
    const wanted = wantedRounds(open, families, answered, block);
    if (wanted.size === 0) break;
    for (const [id, targets] of wanted) {
      const own = answered.get(id);
      if (own === undefined) continue;
      const outcome = await runStage(context, 'scores', `${id}, block ${block + 1}`, () =>
        answerBlock(context, id, own, { block, targets, families, sized, means }),
      );
      if ('error' in outcome) {
        own.failed = true;
        scores.set(id, outcome);
        context.progress.update({ stage: 'harness', subject: id, state: 'failed', text: outcome.error.message });
      }
    }
    for (const comparison of open) {
      const [base, subject] = [answered.get(comparison.base), answered.get(comparison.subject)];
      if (!base || !subject || base.failed || subject.failed) continue;
      look(comparison, families, { base: tasksOf(base), subject: tasksOf(subject) }, taxonomy.axis, rule);
      context.progress.note(`  ${comparison.subject}: ${progressText(comparison, families, block)}`);
    }
    const whole = comparisons.filter(
      ({ base, subject }) => !answered.get(base)?.failed && !answered.get(subject)?.failed,
    );
    await writeEvidence(context, whole);
    throwIfStopped(context.signal);
  }

  // 3. Blocks -> one marked run a suite.
  for (const [id, own] of answered) {
    if (own.failed) continue;
    const outcome = await runStage(context, 'scores', id, async () => {
      const runs =
        own.blocks.size === 0
          ? await inFull({ context, id, checkpoint: own.checkpoint, ...means })
          : [...own.blocks.values()].map((blocks) =>
              mergeBlocks(
                blocks,
                adaptiveMark(
                  families,
                  own.rounds,
                  undecidedIn(id, comparisons),
                  rule,
                  new Set(blocks.flatMap((run) => run.tasks.map(({ task }) => task))),
                ),
              ),
            );
      const document: RawRuns = { schemaVersion: '1.0', runs };
      await writeScores(context.folder, id, document);
      return { value: document };
    });
    scores.set(id, outcome);
    context.progress.update({ stage: 'harness', subject: id, state: 'error' in outcome ? 'failed' : 'done' });
  }
  return scores;
}

/** Checkpoint -> family -> rounds to have answered after this block. */
function wantedRounds(
  comparisons: readonly AdaptiveComparison[],
  families: readonly PlannedFamily[],
  answered: ReadonlyMap<string, Answered>,
  block: number,
): Map<string, Map<string, number>> {
  const wanted = new Map<string, Map<string, number>>();
  for (const comparison of comparisons) {
    if (answered.get(comparison.base)?.failed || answered.get(comparison.subject)?.failed) continue;
    for (const { family, looks } of openFamilies(comparison, families)) {
      const target = looks[Math.min(block, looks.length - 1)] ?? 0;
      comparison.asked.set(family.id, target);
      for (const id of [comparison.base, comparison.subject])
        wanted.set(id, (wanted.get(id) ?? new Map<string, number>()).set(family.id, target));
    }
  }
  return wanted;
}

/** A checkpoint that is compared with nothing decides nothing: it is evaluated in full. */
async function inFull(job: Omit<SuiteJob, 'suite'>): Promise<RawRun[]> {
  const runs: RawRun[] = [];
  for (const suite of job.context.loaded.config.suites ?? []) runs.push((await evaluateSuite({ ...job, suite })).run);
  return runs;
}

/** Families that some comparison of this checkpoint left open. */
function undecidedIn(id: string, comparisons: readonly AdaptiveComparison[]): Set<string> {
  return new Set(
    comparisons
      .filter(({ subject, base }) => subject === id || base === id)
      .flatMap(({ evidence }) =>
        (evidence?.families ?? []).filter((row) => evidence && isOpen(row, evidence)).map(({ family }) => family),
      ),
  );
}

/** "block 2: 3 of 9 families decided, contrast open, 1,368 of 7,200 items". A family that only the contrast needs counts. */
function progressText(
  { evidence, refused }: AdaptiveComparison,
  families: readonly PlannedFamily[],
  block: number,
): string {
  if (evidence === undefined) return 'no look yet';
  const alone = { ...evidence, axis: null };
  const closed = evidence.families.filter((row) => !isOpen(row, alone)).length + refused.size;
  const contrast = evidence.axis ? ` contrast ${evidence.axis.state.replace('-', ' ')},` : '';
  const count = new Intl.NumberFormat('en-US');
  const available = families.reduce((sum, { order }) => sum + itemsIn(order, order.rounds), 0);
  return `block ${block + 1}: ${closed} of ${families.length} families decided,${contrast} ${count.format(evidence.items)} of ${count.format(available)} items`;
}

async function writeEvidence(context: RunContext, comparisons: readonly AdaptiveComparison[]): Promise<void> {
  await context.folder.write(AdaptiveEvidence, 'adaptive/evidence.json', {
    schemaVersion: '1.0',
    comparisons: comparisons.flatMap(({ subject, base, evidence, refused }) =>
      evidence === undefined
        ? []
        : [
            {
              checkpoint: subject,
              base,
              evidence,
              refused: [...refused].map(([family, reason]) => ({ family, reason })),
            },
          ],
    ),
  });
}
