import type { Comparison, DossierCheckpoint } from '../../dossier/dossier.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';
import type { RunDocuments } from '../tables/inputs.ts';
import { changedSettings } from './changed-settings.ts';
import { type Both, corrected, moved } from './moved.ts';
import type { ComparedPair, Moved, RunsCompared } from './runs-compared.ts';

/** A run with the name by which it was asked for. */
export interface NamedRun extends RunDocuments {
  readonly run: string;
}

/**
 * What changed between two runs: verdicts, family gains, indices, findings and the summaries of spectra of checkpoints and comparisons
 * that both have, by id. Numbers are called different only after correction within their kind.
 */
export function compareRuns(before: NamedRun, after: NamedRun): RunsCompared {
  const level = Number(after.dossier.constants.bh_q ?? 0.05);
  const pairs = both(before.dossier.comparisons, after.dossier.comparisons, pairKey);
  const checkpoints = both(before.dossier.checkpoints, after.dossier.checkpoints, ({ id }) => id);
  const families = spread(
    pairs.shared.map(([one, two]) => familyRows(one, two)),
    level,
  );
  const indices = spread(
    pairs.shared.map(([one, two]) => indexRows(one, two)),
    level,
  );
  const diagnostics = spread(
    checkpoints.shared.map(([one, two]) => modelRows(one, two)),
    level,
  );
  const tested = (rows: readonly (readonly Moved[])[]): number => rows.flat().filter(({ p }) => p !== null).length;
  return {
    schemaVersion: '1.0',
    before: { run: before.run, title: before.dossier.title },
    after: { run: after.run, title: after.dossier.title },
    settings: changedSettings(before.dossier, after.dossier),
    comparisons: pairs.shared.map(([one, two], index) =>
      comparedPair(one, two, [before, after], families[index] ?? [], indices[index] ?? []),
    ),
    checkpoints: checkpoints.shared.map(([one, two], index) => ({
      id: one.id,
      sameWeights: sameWeights(one.fingerprint, two.fingerprint),
      diagnostics: diagnostics[index] ?? [],
    })),
    only: { comparisons: pairs.only, checkpoints: checkpoints.only },
    correction: {
      method: 'Benjamini–Hochberg',
      q: level,
      families: tested(families),
      indices: tested(indices),
      diagnostics: tested(diagnostics),
    },
    notes: [
      'Differences are after minus before. Their intervals take the two runs as independent; runs over the same items are not, and their intervals are then too wide rather than too narrow.',
      'A difference between runs of other weights, items or settings is an association with all of them together.',
    ],
  };
}

function comparedPair(
  one: Comparison,
  two: Comparison,
  [before, after]: readonly [NamedRun, NamedRun],
  families: Moved[],
  indices: Moved[],
): ComparedPair {
  const [was, is] = [verdictOf(before, one), verdictOf(after, two)];
  const changed = (key: 'verdict' | 'confidence'): ComparedPair['verdict'] => {
    const [from, to] = [was?.[key] ?? 'none', is?.[key] ?? 'none'];
    return { before: from, after: to, changed: from !== to };
  };
  return {
    checkpoint: one.checkpoint,
    base: one.base,
    sameWeights: allSame([
      sameWeights(one.fingerprint, two.fingerprint),
      sameWeights(one.baseFingerprint, two.baseFingerprint),
    ]),
    verdict: changed('verdict'),
    confidence: changed('confidence'),
    families,
    indices,
    findings: changedFindings(before, after, one),
  };
}

function verdictOf({ verdict }: NamedRun, comparison: Comparison): ComparisonVerdict | undefined {
  return verdict.comparisons.find((entry) => pairKey(entry) === pairKey(comparison));
}

function changedFindings(before: NamedRun, after: NamedRun, comparison: Comparison): ComparedPair['findings'] {
  const statuses = ({ findings }: NamedRun): Map<string, string> =>
    new Map(
      findings.findings
        .filter((finding) => finding.condition === undefined && pairKey(finding) === pairKey(comparison))
        .map(({ id, status }) => [id, status]),
    );
  const [was, is] = [statuses(before), statuses(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((id) => ({ id, before: was.get(id) ?? 'absent', after: is.get(id) ?? 'absent' }))
    .filter((entry) => entry.before !== entry.after);
}

function familyRows(one: Comparison, two: Comparison): Both[] {
  const gains = ({ scores }: Comparison) => (scores.status === 'ok' ? scores.families : []);
  const [was, is] = [gains(one), gains(two)];
  return [...new Set([...was, ...is].map(({ family }) => family))].map((id) => {
    const [from, to] = [was.find(({ family }) => family === id), is.find(({ family }) => family === id)];
    return { id, title: to?.title ?? from?.title ?? id, unit: 'κ-points', before: from?.fixed, after: to?.fixed };
  });
}

function indexRows(one: Comparison, two: Comparison): Both[] {
  const scores = ({ scores: own }: Comparison) => (own.status === 'ok' ? own.asymmetry : undefined);
  const weights = ({ weights: own }: Comparison) => (own.status === 'ok' ? own.restructuring : undefined);
  const [s1, s2, w1, w2] = [scores(one), scores(two), weights(one), weights(two)];
  return [
    { id: 'S', title: 'Contrast S', unit: 'κ-points', before: s1?.S, after: s2?.S },
    { id: 'T', title: 'Targeted gain T', unit: 'κ-points', before: s1?.T, after: s2?.T },
    { id: 'C', title: 'Coverage gain C', unit: 'κ-points', before: s1?.C, after: s2?.C },
    { id: 'D', title: 'Depth D̄', unit: '0 to 1', before: w1?.D, after: w2?.D },
    { id: 'G', title: 'Geometry Ḡ', unit: '0 to 1', before: w1?.G, after: w2?.G },
  ];
}

function modelRows(one: DossierCheckpoint, two: DossierCheckpoint): Both[] {
  // Summaries of one module kind (`id:kind`) are left to the dossiers.
  return [...new Set([...Object.keys(one.model), ...Object.keys(two.model)])]
    .filter((id) => !id.includes(':'))
    .map((id) => ({ id, title: id, unit: '', before: one.model[id], after: two.model[id] }));
}

/** Every list's numbers, corrected in one pool, in the lists they came in. */
function spread(lists: readonly (readonly Both[])[], level: number): Moved[][] {
  const pool = corrected(
    lists.flatMap((list) => list.map(moved)),
    level,
  );
  let at = 0;
  return lists.map((list) => {
    at += list.length;
    return pool.slice(at - list.length, at);
  });
}

/** Items of both sides by key, and the keys that one side alone has. */
function both<Item>(
  before: readonly Item[],
  after: readonly Item[],
  key: (item: Item) => string,
): { shared: [Item, Item][]; only: { before: string[]; after: string[] } } {
  const [was, is] = [new Map(before.map((item) => [key(item), item])), new Map(after.map((item) => [key(item), item]))];
  return {
    shared: [...was].flatMap(([name, item]): [Item, Item][] => {
      const other = is.get(name);
      return other === undefined ? [] : [[item, other]];
    }),
    only: {
      before: [...was.keys()].filter((name) => !is.has(name)),
      after: [...is.keys()].filter((name) => !was.has(name)),
    },
  };
}

function pairKey({ checkpoint, base }: { checkpoint: string; base: string }): string {
  return `${checkpoint} against ${base}`;
}

function sameWeights(one: string | null, two: string | null): boolean | null {
  return one === null || two === null || one === 'unknown' || two === 'unknown' ? null : one === two;
}

function allSame(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}
