import { listed, measuredText } from '../base/format.ts';
import { ok, skipped } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import { withScores } from './applicable.ts';
import { evidence, sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** Tasks that cannot show a gain: the base is at the top, or both checkpoints guess. */
export const saturatedOrFloorTask: Pattern = {
  meta: {
    id: 'saturated-or-floor-task',
    title: 'Every task has room',
    failureTitle: 'A task is saturated or at the floor',
    description:
      'A task that the base solves already cannot show a gain, and one that both checkpoints only guess cannot show anything. Such tasks make a model look more even than it is.',
    formula:
      'Detected: a compared task whose 95 % interval of chance-corrected score κ lies above ceiling in the base, or below floor in both checkpoints. Not detected: for every task the intervals exclude both. Inconclusive: an interval holds ceiling or floor, or is missing.',
    needs: ['scores'],
    source: 'METHOD §§ 4.1, 4.5, 9',
    thresholds: [
      { key: 'ceiling', unit: 'κ', provenance: 'ours' },
      { key: 'floor', unit: 'κ', provenance: 'ours' },
    ],
  },
  find: (comparison, dossier) => withScores(({ tasks }) => judge(tasks, comparison, dossier))(comparison, dossier),
};

type Tasks = Extract<Comparison['scores'], { status: 'ok' }>['tasks'];

function judge(tasks: Tasks, comparison: Comparison, dossier: Dossier): FindingProduct {
  const [ceiling, floor] = [inForce(dossier.constants, 'ceiling'), inForce(dossier.constants, 'floor')];
  const judged = tasks.map(({ task }) => {
    const rows = sidesOf(comparison, dossier).flatMap(({ role, side, pointer }) => {
      const index = side.scores.findIndex((row) => row.task === task);
      const kappa = side.scores[index]?.kappa;
      return kappa === undefined ? [] : [{ role, kappa, pointer: `${pointer}/scores/${index}/kappa` }];
    });
    const bounds = (role: string) => {
      const kappa = rows.find((row) => row.role === role)?.kappa;
      return kappa?.status === 'ok' ? kappa.interval : undefined;
    };
    const [before, after] = [bounds('base'), bounds('subject')];
    if (!before || !after) return { task, rows, state: 'open' as const };
    if (before.low > ceiling) return { task, rows, state: 'saturated' as const };
    if (before.high < floor && after.high < floor) return { task, rows, state: 'floor' as const };
    const free = before.high <= ceiling && (before.low >= floor || after.low >= floor);
    return { task, rows, state: free ? ('free' as const) : ('open' as const) };
  });
  const of = (state: string) => judged.filter((entry) => entry.state === state).map(({ task }) => task);
  const [saturated, floored, open] = [of('saturated'), of('floor'), of('open')];
  const found = [...saturated, ...floored];
  const status =
    tasks.length === 0
      ? 'not-applicable'
      : found.length > 0
        ? 'detected'
        : open.length > 0
          ? 'inconclusive'
          : 'not-detected';
  return {
    status,
    effect:
      tasks.length === 0
        ? skipped('no-tasks', 'No task was compared.')
        : ok((100 * found.length) / tasks.length, {
            k: found.length,
            n: tasks.length,
            note: 'No interval: these tasks, all of them, and not a sample of tasks.',
          }),
    plain: {
      detected: [
        ...(saturated.length > 0
          ? [`The base solves ${listed(saturated)} almost entirely, so no gain can show there.`]
          : []),
        ...(floored.length > 0 ? [`Both checkpoints only guess in ${listed(floored)}.`] : []),
      ].join(' '),
      'not-detected': 'Every task leaves room for a gain or a loss.',
      inconclusive: `It is not settled whether ${listed(open)} ${open.length === 1 ? 'leaves' : 'leave'} room for a gain.`,
      'not-applicable': 'No task was compared.',
    }[status],
    technical: `${saturated.length} of ${tasks.length} tasks with κ of the base above ${ceiling}, ${floored.length} with κ of both below ${floor}, ${open.length} not settled.`,
    action:
      status === 'detected'
        ? 'Replace these tasks by harder (or easier) ones of the same family, or read their family without them.'
        : 'Nothing to do.',
    evidence: judged
      .filter(({ task }) => found.includes(task))
      .flatMap(({ task, rows }) =>
        rows.map(({ role, kappa, pointer }) =>
          evidence(`${task}: κ of the ${role}, ${measuredText(kappa, 2)}`, kappa, pointer),
        ),
      ),
    names: found,
  };
}
