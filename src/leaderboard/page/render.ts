import { sha256Base64 } from '../../base/sha256.ts';
import { renderPage } from '../../report/page.ts';
import type { Templates } from '../../report/report.ts';
import { numberTables } from '../../report/view/cell.ts';
import type { HistoryLine } from '../history.ts';
import type { Leaderboard } from '../leaderboard.ts';
import { addresses } from './addresses.ts';
import { type FamilyView, familyView } from './family-view.ts';
import { type IndexView, indexView, leadSentence } from './index-view.ts';
import { type ModelView, modelView } from './model-view.ts';

/** What the pages are made of. */
export interface PageInput {
  readonly board: Leaderboard;
  /** Builds of the history file with this one last; undefined where no file was named. */
  readonly history: readonly HistoryLine[] | undefined;
  readonly templates: Templates;
  readonly singleFile: boolean;
}

/**
 * A leaderboard as HTML, file name -> content: `index.html` with one page a model and a family beside it, or all of it in
 * `leaderboard.html`. Readable without its script and without a network.
 */
export async function renderBoard({ board, history, templates, singleFile }: PageInput): Promise<Map<string, string>> {
  const to = addresses(board, singleFile);
  const index = await indexView(board, history, to);
  const families = await Promise.all(board.families.map((family) => familyView(family, board, to)));
  const models = await Promise.all(board.models.map((model) => modelView(model, board, history, to)));
  const script = templates['leaderboard.js'] ?? '';
  const style = ['report.css', 'print.css', 'leaderboard.css'].map((name) => templates[name] ?? '').join('');
  const page = (title: string, sections: readonly (IndexView | FamilyView | ModelView)[], first: boolean): string => {
    numberTables(sections, false);
    return renderPage(templates, 'leaderboard.hbs', {
      title,
      heading: board.title,
      lead: first ? leadSentence(board) : '',
      created: `${board.created.slice(0, 16).replace('T', ' ')} UTC`,
      version: board.tool.version,
      back: first ? '' : to.index,
      navigation: first,
      contents: first ? contents(index, board) : [],
      models: board.models.map(({ model }) => ({ name: model, href: to.model(model) })),
      families: board.families.map(({ family, title: name }) => ({ name, href: to.family(family) })),
      sections,
      style,
      script,
      scriptHash: sha256Base64(script),
      facts: facts(board),
    });
  };
  if (singleFile) return new Map([['leaderboard.html', page(board.title, [index, ...families, ...models], true)]]);
  return new Map([
    ['index.html', page(board.title, [index], true)],
    ...[...families, ...models].map((view): [string, string] => [
      `${view.anchor}.html`,
      page(`${view.name}: ${board.title}`, [view], false),
    ]),
  ]);
}

/** How large the board is, at a glance. */
function facts({ models, overall, families, tasks }: Leaderboard): { count: string; what: string }[] {
  const items = tasks.reduce((sum, task) => sum + task.items, 0);
  return [
    { count: String(overall?.places.length ?? 0), what: `of ${models.length} models ranked` },
    { count: String(families.length), what: families.length === 1 ? 'family' : 'families' },
    { count: String(tasks.length), what: tasks.length === 1 ? 'task' : 'tasks' },
    { count: items.toLocaleString('en-GB'), what: 'items in common' },
  ];
}

function contents({ history, historyText, listedModels, notCompared }: IndexView, { overall }: Leaderboard): object[] {
  return [
    { href: '#ranking', name: 'Ranking' },
    ...(overall ? [{ href: '#firmness', name: 'How firm' }] : []),
    ...(listedModels ? [{ href: '#listed', name: 'Listed' }] : []),
    { href: '#families', name: 'Families' },
    ...(history || historyText !== '' ? [{ href: '#history-section', name: 'History' }] : []),
    { href: '#tasks', name: 'Tasks' },
    ...(notCompared ? [{ href: '#not-compared', name: 'Not compared' }] : []),
    { href: '#method', name: 'Method' },
    { href: '#limits', name: 'Limits' },
  ];
}
