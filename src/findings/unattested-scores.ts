import { listed } from '../base/format.ts';
import { ok } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import { withScores } from './applicable.ts';
import { sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';

/** Scores that do not say which weights were scored. */
export const unattestedScores: Pattern = {
  meta: {
    id: 'unattested-scores',
    title: 'Scores belong to these weights',
    failureTitle: 'Unattested scores',
    description:
      'Scores carry the fingerprint of the weights that were scored where the harness loaded the checkpoint itself. Scores without one may belong to another checkpoint, and the two halves of a finding then do not meet.',
    formula:
      'Detected: scores of the checkpoint or of its base carry no fingerprint. Not detected: all carry that of the weights. (Another fingerprint is refused before any comparison.)',
    needs: ['scores'],
    source: 'METHOD § 8.13; docs/ARCHITECTURE.md (attestation)',
    thresholds: [{ name: 'fingerprint', value: 'equal', provenance: 'definition' }],
  },
  find: (comparison, dossier) => withScores(() => judge(comparison, dossier))(comparison, dossier),
};

function judge(comparison: Comparison, dossier: Dossier): FindingProduct {
  const sides = sidesOf(comparison, dossier);
  const marked = sides.filter(({ side }) => side.attestation === 'unattested').map(({ side }) => side.id);
  const silent = sides.length < 2 || sides.some(({ side }) => side.attestation === 'none');
  const status = marked.length > 0 ? 'detected' : silent ? 'inconclusive' : 'not-detected';
  return {
    status,
    effect: ok(marked.length, {
      k: marked.length,
      n: sides.length,
      note: 'Checkpoints; no interval: nothing is estimated.',
    }),
    plain: {
      detected: `Nothing shows that the scores of ${listed(marked)} were made with these very weights.`,
      'not-detected': 'The scores of both checkpoints carry the fingerprint of these very weights.',
      inconclusive: 'It is not known for both checkpoints which weights were scored.',
    }[status],
    technical: sides.map(({ side }) => `${side.id}: ${side.attestation}`).join('; '),
    action:
      status === 'not-detected'
        ? 'Nothing to do.'
        : 'Let Skiagram run the harness with a model type that loads the checkpoint itself (hf, vllm).',
    evidence: [],
    names: marked,
  };
}
