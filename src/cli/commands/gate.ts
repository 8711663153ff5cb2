import { appendFile } from 'node:fs/promises';
import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { Command } from '../command.ts';

const gateFormats = ['json', 'junit', 'summary', 'annotations'] as const;
type GateFormat = (typeof gateFormats)[number];

/** `skiagram gate`: a release policy on a finished run. */
export const gate: Command = {
  name: 'gate',
  summary: 'hold a finished run against a release policy: pass, fail or inconclusive',
  description:
    'Reads dossier.json, findings.json and verdict.json of a run folder and judges every rule of the policy. gate.json is always written. Needs no Python, no GPU and no weights.\nExit codes: 0 pass, 1 fail, 2 usage, 3 an artifact cannot be read, 4 inconclusive (0 where the policy says warn).',
  arguments: [{ name: '[run]', text: 'run folder (default: the newest under runs/)' }],
  flags: [
    { flags: '--policy <file>', text: 'policy (default: policy.yaml here, else `gate` of the config here)' },
    { flags: '--config <file>', text: 'config whose `gate` is the policy, where --policy names none' },
    {
      flags: '--baseline <run...>',
      text: 'run of an approved release; several, oldest first: approved baseline, …, last release. RUN#ID picks a checkpoint',
    },
    { flags: '--explain', text: 'each rule in full: what was measured, margin, n, method' },
    {
      flags: '--format <list>',
      text: `also, separated by commas: ${gateFormats.join(', ')}. summary is appended to GITHUB_STEP_SUMMARY where that is set`,
      parse: parseGateFormats,
    },
    { flags: '--out <dir>', text: 'folder for gate.json and the like (default: the run folder)' },
    { flags: '--report', text: 'write the HTML and Markdown reports of the run again, with the outcome in them' },
  ],
  examples: [
    {
      line: 'skiagram gate runs/tiny --policy examples/tiny/policy.yaml',
      text: 'the example policy on the run made with `skiagram run examples/tiny/recorded.yaml --out runs/tiny`',
    },
    {
      line: 'skiagram gate runs/tiny --policy examples/tiny/policy.yaml --explain --format junit',
      text: 'every rule in full, and gate.junit.xml',
    },
  ],
  act: async ([run], options, { terminal, signal }) => {
    const { newestRun } = await import('../../pipeline/newest-run.ts');
    const { findPolicy } = await import('../../pipeline/find-policy.ts');
    const { baselinesOf, gateRun } = await import('../../pipeline/gate-run.ts');
    const folder = typeof run === 'string' ? run : await newestRun('runs');
    const policy = await findPolicy(options.policy as string | undefined, options.config as string | undefined);
    const baselines = await baselinesOf(policy, (options.baseline as string[] | undefined) ?? []);
    const out = options.out as string | undefined;
    if (out !== undefined && options.report === true)
      throw new SkiagramError({
        code: 'flags-exclude',
        message: '--report shows the gate.json of the run folder, and --out writes it elsewhere.',
        hint: 'Leave one of the two out.',
        exitCode: exitCodes.usage,
      });
    const result = await gateRun({ run: folder, policy, baselines, ...(out === undefined ? {} : { out }) });
    const formats = (options.format as GateFormat[] | undefined) ?? [];
    const { writeGateFormats } = await import('../../pipeline/gate-formats.ts');
    const { written, summary, annotations } = await writeGateFormats(result, out ?? folder, formats);
    if (terminal.json) terminal.printJson(result);
    const { gateLines } = await import('../gate-table.ts');
    for (const line of gateLines(result, terminal)) terminal.print(line);
    if (options.explain === true) {
      const { explainGate } = await import('../../gate/explain.ts');
      for (const line of ['', ...explainGate(result)]) terminal.print(line.replaceAll('##[', '## ['));
    }
    for (const path of written) terminal.print(`  ${terminal.colors.dim('wrote')} ${path}`);
    // Commands are read from either stream; stdout is the document in JSON mode.
    if (annotations !== '') (terminal.json ? process.stderr : process.stdout).write(annotations);
    const stepSummary = process.env.GITHUB_STEP_SUMMARY;
    if (summary !== '' && stepSummary) await appendFile(stepSummary, `${summary}\n`);
    if (options.report === true) {
      const { reportAgain } = await import('../../pipeline/report-again.ts');
      const { progressView } = await import('../progress-view.ts');
      const progress = progressView(terminal);
      const again = await reportAgain({ folder, formats: ['html', 'md'], progress, signal }).finally(() =>
        progress.close(),
      );
      for (const path of again.written) terminal.print(`  ${terminal.colors.dim('wrote')} ${path}`);
    }
    return result.exitCode;
  },
};

/** `junit,summary` -> ['junit', 'summary']; throws `format-unknown` with the nearest known one. */
export function parseGateFormats(text: string): GateFormat[] {
  return text.split(',').map((name) => {
    const known = gateFormats.find((format) => format === name.trim());
    if (known) return known;
    const meant = didYouMean(name.trim(), gateFormats);
    throw new SkiagramError({
      code: 'format-unknown',
      message: `"${name}" is not a format of the gate.`,
      hint: `${meant ? `Did you mean "${meant}"? ` : ''}Known: ${gateFormats.join(', ')}.`,
      exitCode: exitCodes.usage,
    });
  });
}
