import { type Claim, type Evidence, judge, type Outcome } from './judges.ts';

/** Claims and the runs' documents -> README.md. */
export function page(claims: readonly Claim[], evidence: Evidence): string {
  const judged = claims.map((claim) => ({ ...claim, ...judge(claim, evidence) }));
  const count = (outcome: Outcome): number => judged.filter((entry) => entry.outcome === outcome).length;
  return `# The paper, from its own numbers

"Benchmark Shadows" (arXiv 2604.07363v1, CC BY 4.0) publishes eight tables and quotes some values of its figures. They are laid down
in [data/](data), go through the same pipeline as anybody's checkpoints, and are set against what the paper says. \`npm run paper\` makes
this page and the reports anew; nothing here is written by hand but [claims.yaml](claims.yaml).

${count('reproduced')} of ${judged.length} claims are reproduced, ${count('not reproduced')} are not, and ${count('not resolved')} are not resolved by the numbers given.
*Reproduced* = the rules of this tool say the same of the same numbers. *Not resolved* = the numbers published cannot decide it, which says nothing against the claim.

| claim | where | | by which numbers |
| --- | --- | --- | --- |
${judged.map(({ claim, where, outcome, because }) => `| ${cell(claim)} | ${cell(where)} | **${outcome}** | ${cell(because)} |`).join('\n')}

## Reports

| run | made of |
| --- | --- |
| [trajectories](trajectories/report.html) ([md](trajectories/report.md), [json](trajectories/report.json)) | Table 1: four runs, five steps, shares of α as recorded counts |
| [peers](peers/report.html) ([md](peers/report.md), [json](peers/report.json)) | Table 2: three models beside each other |
| [modification](modification/report.html) ([md](modification/report.md), [json](modification/report.json)) | Figures 5 and 9 to 11: v_proj against Qwen3-4B-Base |
| [deduplication](deduplication/report.html) ([md](deduplication/report.md), [json](deduplication/report.json)) | Tables 3 to 8 and Figure 13 |

## What the numbers are

- No weights were opened and no model was run for this. Every number about weights is *recorded, not measured here*, and marked so in the reports; every score is unattested.
- Counts of Table 1 and Figure 13 are derived: 224 (32 layers of 7 matrices) is the smallest number of which all printed shares are whole counts.
- The paper gives no items and no number of them. Intervals are those of two unpaired binomials (\`unpaired-binomial\`) with numbers of items from memory of the data sets' cards
  (\`n_source\` recalled) or 500 for sets that are not public (\`assumed\`); with other numbers they would be narrower or wider. Averaged judge scores and pass@4 are no binomials either.
- Tables 4 to 8 are taken raw, with guessing at 0, as their averages are. A task that stands in two tables counts once.
- Families of Table 2 were laid out after its scores were known, so its axis is a description and not a prediction.
- Not used: [13 rows of Table 2](data/table-2-unplaced.csv) whose column the text has lost, and ScreenSpot Pro, where one value is another evaluator's (shown, not pooled).
  MMBench has one such value too and is pooled; it is marked in [the table](data/table-2.csv).
- Values "about" or "roughly" in captions are taken at their word, ranges at their middle; [figures.csv](data/figures.csv) has both ends.

## What cannot be concluded

- One study, one architecture of 0.6 B parameters for the controlled runs, one run per condition: no interval here covers what another seed would have given.
- Three and six matrices of 224 separate D from A and the two conditions of Figure 13. The labels Recover and Gap follow from the printed shares and are not told apart from the reference by them.
- Table 2 holds peers. Nobody published scores of their base, so it speaks of differences between models, never of gains, and no verdict about a fine-tune follows, whatever the columns of a report are called.
- A correlation near 0 with the base is also what the same matrix gives in other coordinates. The paper does not exclude that, and quoted values cannot.
- Deep, conservative and the like are said of v_proj alone. The models differ in data, optimiser, length and design at once.
- Which models are uneven and which were rewritten go together in three models. That is a co-occurrence: it shows neither contamination nor memorisation nor what led to what.
`;
}

function cell(value: string): string {
  return value.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
