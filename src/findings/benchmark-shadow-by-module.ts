import { defaultConstants } from '../base/constants.ts';
import { listed, measuredText, signed } from '../base/format.ts';
import { numberOf, skipped } from '../base/measured.ts';
import { attentionRoles, mlpRoles } from '../diagnostics/module-sides.ts';
import type { Comparison, Dossier, Restructuring } from '../dossier/dossier.ts';
import { measureRestructuring } from '../dossier/restructuring.ts';
import { notApplicable } from './applicable.ts';
import { evidence } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** The shadow pattern for the module groups that families are assumed to lean on. */
export const benchmarkShadowByModule: Pattern = {
  meta: {
    id: 'benchmark-shadow-by-module',
    title: 'No benchmark-shadow pattern in a module group',
    failureTitle: 'Benchmark-shadow pattern in a module group',
    description:
      'The shadow pattern read per module group: gains in families that are assumed to lean on a group (visual families on the vision encoder) while that very group stayed close to the base. Which family leans on what is a working assumption of the families file, so this supports a verdict and never makes one.',
    formula:
      'Per group (attention, mlp, vision) with a leaning family that rose (BH q < bh_q; targeted, where an axis is declared). Detected: the score pattern is asymmetric-gain and the restructuring of one such group, measured by itself, is limited. Not detected: the score pattern is settled as another one, or all such groups are deep. Inconclusive: anything else. Not applicable: no family names a group, or none of them rose.',
    needs: ['scores', 'weights'],
    source: 'Benchmark Shadows §§ 3.2, 5.2 (cross-submodule decoupling); METHOD §§ 3.3, 4.2',
    thresholds: [
      { key: 'bh_q', unit: 'false-discovery rate', provenance: 'ours' },
      { key: 'D_limited', unit: 'D̄, upper bound', provenance: 'ours' },
      { key: 'G_inert', unit: 'Ḡ, upper bound', provenance: 'ours' },
      { key: 'D_deep', unit: 'D̄, lower bound', provenance: 'ours' },
    ],
  },
  find: ({ scores, weights }, dossier) => {
    if (scores.status !== 'ok') return notApplicable(scores.error.code, scores.error.message);
    if (weights.status !== 'ok') return notApplicable(weights.error.code, weights.error.message);
    if (scores.adaptive)
      return notApplicable('adaptive-run', 'The tests of this pattern need every item: evaluate in full.');
    if (!dossier.families.some(({ modules }) => modules?.some((module) => module in members)))
      return notApplicable('no-module-groups', 'The families file names no module group that a family leans on.');
    const groups = Object.entries(members).flatMap(([module, belongs]) => {
      const rose = risen(module, scores, dossier);
      const own = weights.matrices.filter(belongs);
      return rose.length > 0 && own.length > 0
        ? [{ module, rose, restructuring: measureRestructuring(own, constantsOf(dossier), dossier.seed) }]
        : [];
    });
    if (groups.length === 0)
      return notApplicable('no-leaning-gain', 'No family that leans on a module group of these weights rose.');
    return judge(groups, scores, dossier);
  },
};

type Scores = Extract<Comparison['scores'], { status: 'ok' }>;
type Matrix = Extract<Comparison['weights'], { status: 'ok' }>['matrices'][number];
interface Group {
  readonly module: string;
  readonly rose: readonly number[];
  readonly restructuring: Restructuring;
}

/** Which matrices make up a module group; embeddings are listed and never pooled, so they are not judged. */
const members: Readonly<Record<string, (matrix: Matrix) => boolean>> = {
  attention: ({ group, role }) => group === 'decoder' && attentionRoles.some((known) => known === role),
  mlp: ({ group, role }) => group === 'decoder' && mlpRoles.some((known) => known === role),
  vision: ({ group }) => group === 'vision',
};

/** Places of the families that lean on a group and rose. */
function risen(module: string, { families, asymmetry }: Scores, dossier: Dossier): number[] {
  return families.flatMap((family, index) => {
    const leans = dossier.families.find(({ id }) => id === family.family)?.modules?.includes(module);
    const rose = (family.qGain ?? 1) < inForce(dossier.constants, 'bh_q') && (numberOf(family.fixed) ?? 0) > 0;
    return leans && rose && (!asymmetry.declared || family.side === 'targeted') ? [index] : [];
  });
}

function judge(groups: readonly Group[], { asymmetry, families }: Scores, dossier: Dossier): FindingProduct {
  const limited = groups.filter(({ restructuring }) => settled(restructuring) && restructuring.label === 'limited');
  const deep = groups.every(({ restructuring }) => settled(restructuring) && restructuring.label === 'deep');
  const { pattern } = asymmetry;
  const status =
    pattern === 'asymmetric-gain'
      ? limited.length > 0
        ? 'detected'
        : deep
          ? 'not-detected'
          : 'inconclusive'
      : pattern === 'inconclusive'
        ? 'inconclusive'
        : 'not-detected';
  const titles = (own: readonly number[]) => listed(own.map((index) => families[index]?.title ?? ''));
  const named = (list: readonly Group[]) => list.map(({ module, rose }) => `${module} (${titles(rose)})`);
  return {
    status,
    effect: (limited[0] ?? groups[0])?.restructuring.D ?? skipped('no-group', 'No module group was judged.'),
    plain: {
      detected: `The gains are concentrated, and the parts of the network that the families with gains are assumed to lean on stayed close to the base: ${listed(named(limited))}.`,
      'not-detected': 'No module group shows concentrated gains on weights that stayed close to the base.',
      inconclusive:
        'It is not settled whether a module group shows concentrated gains on weights that stayed close to the base.',
    }[status],
    technical: `Score pattern ${pattern}, S = ${measuredText(asymmetry.S, 1, signed)}; ${groups.map(({ module, restructuring }) => `${module}: D̄ ${measuredText(restructuring.D, 3)}, Ḡ ${measuredText(restructuring.G, 3)}, ${restructuring.label}`).join('; ')}. The effect is D̄ of ${(limited[0] ?? groups[0])?.module ?? 'none'}, measured on its matrices alone. Limits: D̄ ≤ ${inForce(dossier.constants, 'D_limited')}, Ḡ ≤ ${inForce(dossier.constants, 'G_inert')}.`,
    action:
      status === 'detected'
        ? 'Test these families on rephrased or newer items; check the assumption of which part they lean on.'
        : 'Nothing to do.',
    evidence: [
      evidence('Shadow contrast S', asymmetry.S, '/scores/asymmetry/S', 'families'),
      ...[...new Set(groups.flatMap(({ rose }) => rose))].flatMap((index) => {
        const family = families[index];
        return family
          ? [
              evidence(
                `${family.title}: gain on these benchmarks`,
                family.fixed,
                `/scores/families/${index}/fixed`,
                'families',
              ),
            ]
          : [];
      }),
    ],
    names: (status === 'detected' ? limited : groups).map(({ module }) => module),
  };
}

/** A label that rests on an interval, and not on the values of a handful of layers. */
function settled({ D }: Restructuring): boolean {
  return D.status === 'ok' && D.interval !== undefined;
}

function constantsOf({ constants }: Dossier): typeof defaultConstants {
  const numbers = Object.entries(constants).filter(([, value]) => typeof value === 'number');
  return { ...defaultConstants, ...Object.fromEntries(numbers) };
}
