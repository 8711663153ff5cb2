import type { Dossier } from '../../dossier/dossier.ts';
import { plain, type TableView, table } from './cell.ts';

type Task = Dossier['families'][number]['tasks'][number];

/** Families with their side and tasks, and where each chance level comes from. */
export function familiesView({ families }: Dossier): TableView | undefined {
  if (families.length === 0) return undefined;
  return table(
    'Families',
    ['Family', 'Side', 'Tasks', 'Chance'],
    families.map((family) => [
      plain(family.title),
      plain(family.side),
      plain(family.tasks.map(taskText).join(', ')),
      plain([...new Set(family.tasks.map(chanceText))].join('; ')),
    ]),
  );
}

/** A task, with what it was made of and read by where that was a choice. */
function taskText(task: Task): string {
  const notes = [
    ...(task.parts ? [`${task.parts.length} parts`] : []),
    ...(task.passedOver
      ? [
          `read by ${task.metric}${task.filter === 'none' ? '' : `,${task.filter}`}; passed over: ${task.passedOver.join('; ')}`,
        ]
      : []),
  ];
  return notes.length === 0 ? task.id : `${task.id} (${notes.join('; ')})`;
}

function chanceText(task: Task): string {
  const level = task.chance === null ? 'not known' : String(Number(task.chance.toPrecision(4)));
  return `${level} (${task.source}${task.confidence ? `; ${task.confidence}` : ''})`;
}
