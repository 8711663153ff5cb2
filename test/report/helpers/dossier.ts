import { readdirSync, readFileSync } from 'node:fs';
import { defaultConstants } from '../../../src/base/constants.ts';
import type { Dossier } from '../../../src/dossier/dossier.ts';
import { type CheckpointInput, joinDossier } from '../../../src/dossier/join.ts';
import { findAll } from '../../../src/findings/find.ts';
import { glossary } from '../../../src/pipeline/glossary.ts';
import type { ReportInput, Templates } from '../../../src/report/report.ts';
import { decide } from '../../../src/verdict/decide.ts';
import { type Lift, lifts, rawRun, taxonomy } from './scores.ts';
import { artifact, diagnosis, type Movement, pairDiagnosis } from './weights.ts';

/** How one checkpoint of the fixture is made. */
export interface Planted {
  readonly id: string;
  readonly lift: Lift;
  /** Left out: the checkpoint is the base. Null: its weights could not be compared. */
  readonly movement?: Movement | null;
  readonly alpha?: number;
  readonly condition?: string;
  readonly step?: number;
  readonly attested?: boolean;
  /** Task whose answers are not finite. */
  readonly broken?: string;
}

/** A shadow, a broad run at two steps, unattested losses, and one whose weights could not be compared. */
export const family: readonly Planted[] = [
  { id: 'base', lift: lifts.none, alpha: 4.2 },
  { id: 'sft-maths', lift: lifts.shadow, movement: { size: 0.035, geometry: 0.03 }, alpha: 4.4 },
  {
    id: 'mix-2k',
    lift: lifts.somewhatBroad,
    movement: { size: 0.3, geometry: 0.3 },
    alpha: 4.0,
    condition: 'mix',
    step: 2000,
  },
  {
    id: 'mix-6k',
    lift: lifts.broad,
    movement: { size: 0.72, geometry: 0.6 },
    alpha: 3.8,
    condition: 'mix',
    step: 6000,
    broken: 'quac',
  },
  { id: 'pruned', lift: lifts.loss, movement: { size: 0.12, geometry: 0.1 }, alpha: 5.1, attested: false },
  { id: 'ported', lift: lifts.shadow, movement: null, alpha: 4.6 },
];

const layers = 8;

/** Joins planted checkpoints as a run would: real scores, gains, intervals, findings and verdicts of planted inputs. */
export function reportInput(
  planted: readonly Planted[] = family,
  title = 'Release candidates of November',
  axisDeclared = true,
): ReportInput {
  const axis = axisDeclared ? taxonomy : { ...taxonomy, axis: { declared: false, targeted: [], coverage: [] } };
  const dossier = joinDossier({
    title,
    seed: 0,
    constants: { ...defaultConstants, permutations: 1000, bootstrap: 300 },
    taxonomy: axis,
    checkpoints: planted.map((entry, index) => checkpointInput(entry, index, planted[0]?.id ?? 'base')),
  });
  return inputOf(dossier);
}

/** A report input around a dossier: findings and verdict are those that the dossier gives. */
export function inputOf(dossier: Dossier): ReportInput {
  const findings = findAll(dossier);
  return {
    dossier,
    findings,
    verdict: decide(dossier, findings),
    glossary,
    templates: templates(),
    context: {
      tool: { name: 'skiagram', version: '0.1.0' },
      created: '2026-11-23T10:00:00.000Z',
      engine: 'native',
      node: 'v24.0.0',
      platform: 'linux-x64',
    },
  };
}

/** Everything in templates/, as the pipeline loads it. */
export function templates(): Templates {
  const folder = new URL('../../../templates/', import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

function checkpointInput(planted: Planted, index: number, base: string): CheckpointInput {
  const isBase = index === 0;
  const fingerprint = String(index + 1)
    .padStart(2, '0')
    .repeat(32);
  const movement = planted.movement ?? undefined;
  return {
    id: planted.id,
    base: isBase ? null : base,
    condition: planted.condition ?? null,
    step: planted.step ?? null,
    path: `./checkpoints/${planted.id}`,
    artifact: artifact(fingerprint, `./checkpoints/${planted.id}`, layers),
    diagnosis: diagnosis(fingerprint, planted.alpha ?? 4.2, index + 100, layers),
    pair: movement && pairDiagnosis({ subject: fingerprint, base: '01'.repeat(32) }, movement, index + 200, layers),
    runs: [
      rawRun({
        fingerprint: planted.attested === false ? null : fingerprint,
        lift: planted.lift,
        seed: index + 300,
        ...(planted.broken === undefined ? {} : { broken: planted.broken }),
      }),
    ],
    allowUnattested: planted.attested === false,
    errors:
      planted.movement === null
        ? [
            {
              stage: 'pair',
              error: {
                code: 'base-mismatch',
                message: `No matrix of ${planted.id} has a partner of the same name and shape in ${base}.`,
                hint: 'Name the checkpoint that training started from.',
              },
            },
          ]
        : [],
  };
}
