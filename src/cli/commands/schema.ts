import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { Command } from '../command.ts';

/** `skiagram schema`: the JSON Schema of a document. */
export const schema: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of a document',
  description:
    'Prints the JSON Schema (draft 2020-12) of a config, a families file or an artifact. Without a name, lists them.',
  arguments: [{ name: '[name]', text: 'e.g. config, dossier, verdict' }],
  flags: [],
  examples: [
    { line: 'skiagram schema', text: 'which documents there are' },
    { line: 'skiagram schema verdict', text: 'the shape of verdict.json' },
  ],
  act: async ([name], _options, { terminal }) => {
    const { schemas } = await import('../../pipeline/schemas.ts');
    if (name === undefined) {
      if (terminal.json) terminal.printJson(Object.keys(schemas));
      else
        for (const [id, { description }] of Object.entries(schemas)) terminal.print(`${id.padEnd(14)} ${description}`);
      return exitCodes.ok;
    }
    const found = Object.entries(schemas).find(([id]) => id === name)?.[1];
    if (!found) {
      const meant = didYouMean(String(name), Object.keys(schemas));
      throw new SkiagramError({
        code: 'schema-unknown',
        message: `There is no schema "${String(name)}".`,
        hint: `${meant ? `Did you mean "${meant}"? ` : ''}Known: ${Object.keys(schemas).join(', ')}.`,
        exitCode: exitCodes.usage,
      });
    }
    terminal.printJson(found);
    return exitCodes.ok;
  },
};
