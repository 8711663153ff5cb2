import type { Command } from '../command.ts';

/** `skiagram init`: a config to start from. */
export const init: Command = {
  name: 'init',
  summary: 'write a config and a families file to start from',
  description:
    'Writes skiagram.yaml and families.yaml, commented, into a folder. Existing files are kept unless --force is given.',
  arguments: [{ name: '[dir]', text: 'folder (default: this one)' }],
  flags: [{ flags: '--force', text: 'overwrite existing files' }],
  examples: [{ line: 'skiagram init my-release', text: 'start a release check in my-release/' }],
  act: async ([folder], options, { terminal }) => {
    const { writeStarter } = await import('../../pipeline/starter.ts');
    const written = await writeStarter(typeof folder === 'string' ? folder : '.', options.force === true);
    if (terminal.json) terminal.printJson({ schemaVersion: '1.0', written });
    for (const path of written) terminal.wrote(path);
    terminal.print(
      'Name your checkpoints and tasks in them, declare the axis before you see scores, then: skiagram run',
    );
    return 0;
  },
};
