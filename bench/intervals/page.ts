import { holds, type Rate, type Table } from './simulate.ts';

/** One table in Markdown; rates that miss their bounds are bold. */
export function tableText({ title, text, columns, rows }: Table): string {
  return [
    `### ${title}`,
    '',
    text,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => ' --: |').join('')}`,
    ...rows.map(({ labels, rates }) => `| ${[...labels, ...rates.map(cell)].join(' | ')} |`),
    '',
  ].join('\n');
}

function cell(rate: Rate): string {
  const text = `${(100 * rate.rate).toFixed(1)} %`;
  return holds(rate) ? text : `**${text}**`;
}
