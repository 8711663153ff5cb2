import type { BoardInput } from '../../src/leaderboard/build.ts';
import { buildLeaderboard } from '../../src/leaderboard/build.ts';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.ts';
import { modelScores } from '../../src/leaderboard/model-scores.ts';
import { families, input } from './models.ts';

/** Names that try to be something else in HTML, CSV, Markdown, a path, a terminal or a chart's language. */
export const hostileNames: readonly string[] = [
  '"><img src=x onerror="window.hit=1">',
  '<script>window.hit=1</script>',
  '</script><script>window.hit=1</script>',
  '</style><svg onload="window.hit=1">',
  "' onmouseover='window.hit=1",
  '{{constructor.constructor("window.hit=1")()}}',
  '{{{style}}}',
  '&lt;b&gt;',
  '=1+1',
  '+SUM(A1)',
  '-2+3',
  '@cmd',
  '\t=1+1',
  '=HYPERLINK("http://x.example","y")',
  'a,b;"c"\nd',
  '../../etc/passwd',
  'con',
  'C:\\temp',
  '\u202egnp.exe',
  '\u001b[31mred',
  '😀🏳️‍🌈 семь 模型',
  'datum.value + window',
  '[link](javascript:window.hit=1)',
  '__proto__',
  'constructor',
  'x'.repeat(500),
];

/** A leaderboard whose models, tasks, families and title all bear hostile names. */
export function hostileBoard(): Leaderboard {
  const [familyName = '', taskName = ''] = hostileNames;
  const own = families.map((family, index) => ({
    ...family,
    id: `${family.id} ${hostileNames[index + 3]}`,
    title: index === 0 ? familyName : (hostileNames[2] ?? ''),
  }));
  const models = hostileNames.map((id, index) => {
    const plain = input({
      id,
      skill: { r1: 0.3 + index / 40, r2: 0.5, m1: 0.6 },
      items: 60,
      run: hostileNames.at(-2 - index) ?? '',
    });
    const renamed = {
      ...plain,
      families: own.map((family) => ({
        ...family,
        tasks: family.tasks.map((task) => ({ ...task, id: `${task.id} ${taskName}` })),
      })),
    };
    return modelScores({
      ...renamed,
      checkpoint: {
        ...plain.checkpoint,
        condition: id,
        step: 1,
        base: id,
        architecture: id,
        fingerprint: String(index).padStart(64, '0'),
      },
      runs: plain.runs.map((run) => ({
        ...run,
        fingerprint: String(index).padStart(64, '0'),
        tasks: run.tasks.map((task) => ({ ...task, task: `${task.task} ${taskName}` })),
      })),
    });
  });
  const board: BoardInput = {
    title: hostileNames[1] ?? '',
    tool: { name: 'skiagram', version: '0.0.0' },
    runs: [{ run: hostileNames[4] ?? '', title: hostileNames[5] ?? '', date: null }],
    models,
    seed: 0,
  };
  return buildLeaderboard(board);
}
