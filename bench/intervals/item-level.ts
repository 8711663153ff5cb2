import { taskGain } from '../../src/scores/gain.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { coverage, crossed, type Size, simulate, type Table } from './simulate.ts';
import { bernoulli, covers, scale, taskOf } from './worlds.ts';

const counts = [30, 100, 500, 1500];
/** Half-width of the band from which p is drawn: at one p and n the coverage of any interval of a count saws. */
const band = 0.04;

/** (a) Scores and paired gains of independent 0/1 items. */
export function itemLevel(size: Size): Table[] {
  return [
    {
      title: 'Score of one task, independent 0/1 items (Wilson)',
      text: `taskScore; p is drawn afresh from ±${band} around the one given, since at one p and n the coverage of every interval of a count jumps with p.`,
      columns: ['p', 'items', 'coverage'],
      rows: simulate(
        crossed([0.06, 0.25, 0.5, 0.85], counts),
        size,
        ([p, n]) => [`${p}`, `${n}`],
        () => [coverage],
        ([centre, n], random) => {
          const p = centre + band * (2 * random.uniform() - 1);
          const items = Array.from({ length: n }, () => bernoulli(p, random));
          return [covers(taskScore(taskOf(items), scale).score, p)];
        },
      ),
    },
    {
      title: 'Paired gain of one task, independent 0/1 items (t; Tango below 25 changed items)',
      text: 'taskGain, on κ-points and on log-odds. With probability ρ the subject repeats the base’s answer, else it answers afresh with p + 0.05; p is drawn from the same band.',
      columns: ['p', 'ρ', 'items', 'κ coverage', 'log-odds coverage'],
      rows: simulate(
        crossed([0.25, 0.5, 0.85], [0, 0.3, 0.7], counts),
        size,
        ([p, rho, n]) => [`${p}`, `${rho}`, `${n}`],
        () => [coverage, coverage],
        ([centre, rho, n], random) => {
          const p = centre + band * (2 * random.uniform() - 1);
          const base = Array.from({ length: n }, () => bernoulli(p, random));
          const subject = base.map((answer) => (random.uniform() < rho ? answer : bernoulli(p + 0.05, random)));
          const gain = taskGain(taskOf(base), taskOf(subject), scale);
          if ('refused' in gain) throw new Error(gain.refused);
          const after = p + (1 - rho) * 0.05;
          const logit = (share: number): number => Math.log(share / (1 - share));
          return [covers(gain.gain, 100 * (after - p)), covers(gain.logit, logit(after) - logit(p))];
        },
      ),
    },
  ];
}
