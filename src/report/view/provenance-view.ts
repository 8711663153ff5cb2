import { fromPaper } from '../../base/constants.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import type { ReportInput } from '../report-input.ts';
import { plain, type TableView, table } from './cell.ts';

/** Every threshold and setting of the method with its source. */
export function constantsView(dossier: Dossier): TableView {
  return table(
    'Thresholds and settings of the method',
    ['Constant', 'Value', 'From'],
    Object.entries(dossier.constants).map(([key, value]) => [
      plain(key),
      plain(String(value)),
      plain((fromPaper as readonly string[]).includes(key) ? 'the paper' : 'our choice'),
    ]),
    [1],
  );
}

/** Versions, settings and seed of the run. */
export function provenanceView(dossier: Dossier, context: ReportInput['context']): TableView {
  return table(
    'Provenance',
    ['What', 'Value'],
    [
      [
        plain('Made by'),
        plain(`${context.tool.name} ${context.tool.version}, Node ${context.node}, ${context.platform}`),
      ],
      [plain('Started'), plain(context.created)],
      [plain('Spectra'), plain(context.engine)],
      ...dossier.harness.map((suite) => [
        plain(`Suite ${suite.suite}`),
        plain(
          `${suite.harness} ${suite.version ?? 'of unknown version'}: ${Object.entries(suite.settings)
            .filter(([, value]) => value !== null)
            .map(([key, value]) => `${key} = ${String(value)}`)
            .join(', ')}`,
        ),
      ]),
      [plain('Axis'), plain(axisText(dossier))],
      [plain('Seed'), plain(String(dossier.seed))],
    ],
  );
}

/** Which families were named as targeted and as coverage. */
export function axisText({ axis }: Dossier): string {
  return axis.declared
    ? `declared in the config: targeted ${axis.targeted.join(', ')}; coverage ${axis.coverage.join(', ')}`
    : 'not declared';
}
