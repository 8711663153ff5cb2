import type { Command } from '../command.ts';

/** `skiagram doctor`: what works here, and how to get what does not. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'check what works on this machine, and say how to get the rest',
  description:
    'Looks for the native engine, Python, the harness, a browser for the PDF and room on the disk. Nothing is installed or changed. Exit code 3 where something that is always needed is missing.',
  arguments: [],
  flags: [{ flags: '--browser <path>', text: 'browser to check' }],
  examples: [{ line: 'skiagram doctor', text: 'check this machine' }],
  act: async (_args, options, { terminal }) => {
    const { default: Table } = await import('cli-table3');
    const { examine } = await import('../../pipeline/doctor.ts');
    const checks = await examine(typeof options.browser === 'string' ? { browser: options.browser } : {});
    if (terminal.json) terminal.printJson({ schemaVersion: '1.0', checks });
    const { green, yellow, red } = terminal.colors;
    const marks = { ok: green('ok'), optional: yellow('missing'), missing: red('missing') } as const;
    const table = new Table({
      head: ['', 'what', 'found', 'what to do'],
      wordWrap: true,
      colWidths: [10, 18, 44, 46],
      style: { head: [], border: [], compact: true },
    });
    for (const check of checks) table.push([marks[check.state], check.what, check.found, check.advice ?? '']);
    terminal.print(table.toString());
    return checks.some((check) => check.state === 'missing') ? 3 : 0;
  },
};
