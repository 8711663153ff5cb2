/** Chance level under a protocol, or why it cannot be said. */
export type ChanceUnder = { readonly chance: number } | { readonly unknown: string };

/**
 * What guessing scores when several answers to one item become one score, from `chance` of one answer:
 *
 * - `pass@k`, best of k: 1 − (1 − c)^k, so 4 options at pass@4 give 1 − 0.75⁴ = 0.684
 * - `circular`, right in every rotation of n options: cⁿ, so 4 options give 0.25⁴ = 0.004
 * - means over repetitions (`avg@k`, `mean of k epochs`) and votes (`maj@k`, `cons@k`): c
 *
 * A best of k is not linear in ability; it is another metric, not a correction of the same one (METHOD § 8.14).
 */
export function chanceUnder(protocol: string | null, chance: number, options: number | undefined): ChanceUnder {
  if (protocol === null) return { chance };
  const text = protocol.trim().toLowerCase();
  const best = /^(?:pass|best of)[@ ](\d{1,6})$/.exec(text);
  if (best) return { chance: 1 - (1 - chance) ** Number(best[1]) };
  if (/^(?:avg|mean|maj|cons)@\d{1,6}$|^mean(?: of \d{1,6} \w+)?$/.test(text)) return { chance };
  if (text !== 'circular') return { unknown: `how guessing scores under the protocol "${protocol}" is not known` };
  if (chance === 0) return { chance };
  if (options === undefined)
    return { unknown: 'circular evaluation needs the number of options, which is not one for all items' };
  return { chance: chance ** options };
}
