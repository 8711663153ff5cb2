/** What a reader must know about the cells of a section, above all of those that miss. */
export const notes: Readonly<Record<string, string>> = {
  Items: `Small samples of a high score with almost nothing changed (30 items, p 0.85, ρ 0.7: one item in two samples changes)
cover more than 97 %: with none, one or two changed items the score interval and the rule of three cannot be narrow, and
an interval that is would miss too often elsewhere.
`,
  Clusters: `The common error G/(G − 1) is too small where clusters differ in size, with t or without; the bias-reduced one (CR2) with
Satterthwaite's degrees of freedom is not. They are the same where all clusters have one size.
`,
  Families: `Where tasks do not scatter at all (scatter 0) the random-task interval of two or three tasks a family covers 97 to 98 %:
its variance is never below item noise, and pooled scatter that comes out too large by chance still widens it. That is the
price of never claiming to know a kind of task better than its own tasks; the unfloored interval in the last column is exact
on average, with a standard error below that of its own items in more than half of such worlds (χ² lies below its mean).
`,
  'Contrasts and dispersion': `S has the same price at scatter 0. Welch's t over two or three families a side covers up to 98 %: its degrees of freedom are
then between one and four and their estimate is cautious. The interval of S itself speaks of the families that were measured;
for "all such families" it covers far too little (last column of the first table), which is why both are shown.
τ at 0 cannot be missed from below, so its nominal coverage is 97.5 %, and more with the floor at item noise. The plain
Q-profile takes the variances as known and misses where they rest on few tasks; the dossier holds both.
`,
  'Tests under no effect': `The permutation test is exact: with few labellings the nearest level below 5 % can lie well below it (two families of four
tasks have 35 pairs of opposite labellings, so 1/35 = 2.9 %). Q on log-odds of ten clusters a task rejects a little less than 4 %:
Welch's F is cautious there, where χ² would reject 6.9 %.
`,
};
