/** Words of page one and the captions, explained once; they pop up beside the word and stand in the glossary. */
export const words = [
  {
    id: 'word-shadow',
    term: 'Benchmark-shadow pattern',
    text: 'Scores rose in the families that were trained for, did not follow in the others, and the weights stayed close to the base. It is a co-occurrence, not a cause.',
  },
  {
    id: 'word-confidence',
    term: 'Confidence',
    text: 'Weak: fixed tasks only, unpaired scores or no declared axis. Moderate: paired items, and the contrast also holds beyond scatter between tasks. Strong: moderate, with a declared axis and a second seed or held-out twins of the tasks. None: the tool abstains.',
  },
  {
    id: 'word-kappa',
    term: 'κ-points',
    text: 'Score corrected for guessing, times 100: 0 is what guessing gives, 100 is perfect.',
  },
  {
    id: 'word-sides',
    term: 'Targeted and coverage families',
    text: 'Families of tasks that the training aimed at, and families that it did not aim at and that should follow if ability grew.',
  },
  {
    id: 'word-contrast',
    term: 'Contrast S',
    text: 'Gain of the targeted families minus gain of the coverage families, in κ-points. Without a declared axis: largest minus smallest family.',
  },
  {
    id: 'word-depth',
    term: 'Depth D̄',
    text: 'How far the weights are from those of the base: mean of 1 − max(0, r) over the compared matrices. 0 as the base, 1 unrelated to it.',
  },
  {
    id: 'word-restructuring',
    term: 'Restructuring',
    text: 'Limited, partial or deep, from the depth score, the geometry score and the share of matrices that moved. Limited is an upper-bound claim: with few layers or much noise it becomes partial.',
  },
  {
    id: 'word-change',
    term: 'Relative change',
    text: 'Norm of the difference over norm of the base matrix, ‖W − W₀‖/‖W₀‖.',
  },
  {
    id: 'word-alpha',
    term: 'α',
    text: 'Exponent of the power law that fits the largest eigenvalues of a weight matrix. The paper counts matrices with α between 2 and 6; the share depends on shape without any learning.',
  },
  {
    id: 'word-interval',
    term: '95 % interval',
    text: 'In square brackets. Over tasks and items for scores, over layers for weights; none covers the randomness of training.',
  },
  {
    id: 'word-abstain',
    term: 'No firm verdict',
    text: 'These data settle neither the pattern nor its absence. What is missing is said in its place.',
  },
] as const;
