import { probability, signed } from '../../base/format.ts';
import type { Asymmetry } from '../../dossier/dossier.ts';
import { type Cell, cell, plain, type TableView, table } from './cell.ts';

/** Every statistic of the score axis with the question that it answers. */
export function scoreStatistics(name: string, asymmetry: Asymmetry): TableView {
  return table(
    `Statistics of the score axis, ${name}`,
    ['Quantity', 'Value', 'What it answers'],
    [...contrasts(asymmetry), ...tests(asymmetry), ...spread(asymmetry)],
    [1],
  );
}

function contrasts(asymmetry: Asymmetry): Cell[][] {
  return [
    [plain('Targeted gain T'), cell(asymmetry.T, 1, signed), plain('mean of the targeted families, κ-points')],
    [plain('Coverage gain C'), cell(asymmetry.C, 1, signed), plain('mean of the coverage families, κ-points')],
    [
      plain('Shadow contrast S'),
      cell(asymmetry.S, 1, signed),
      plain(asymmetry.declared ? 'T − C' : 'largest minus smallest family, simultaneous interval'),
    ],
    [
      plain('Transfer contrast C − ½T'),
      cell(asymmetry.transferContrast, 1, signed),
      plain('above 0: transferring; below 0: not (ends are one-sided 95 % bounds)'),
    ],
    [
      plain('Transfer ratio C/T'),
      cell(asymmetry.transferRatio, 2, signed),
      plain('share of the targeted gain that the coverage families show; Fieller'),
    ],
  ];
}

function tests(asymmetry: Asymmetry): Cell[][] {
  return [
    [
      plain('Largest of four p'),
      cell(asymmetry.pAsymmetric, 4, probability),
      plain('Q and permutation F, on κ and on log-odds: all must reject'),
    ],
    [plain('Q on κ, p'), cell(asymmetry.kappa.pQ, 4, probability), plain('beyond item noise?')],
    [plain('F on κ, permutation p'), cell(asymmetry.kappa.pF, 4, probability), plain('beyond scatter between tasks?')],
    [plain('Q on log-odds, p'), cell(asymmetry.logit.pQ, 4, probability), plain('the same on the other scale')],
    [
      plain('F on log-odds, permutation p'),
      cell(asymmetry.logit.pF, 4, probability),
      plain('the same on the other scale'),
    ],
  ];
}

function spread(asymmetry: Asymmetry): Cell[][] {
  const worst = asymmetry.leaveOneOut;
  return [
    [plain('Dispersion τ'), cell(asymmetry.tau, 1), plain('spread of true family gains, κ-points')],
    ...(asymmetry.acrossFamilies
      ? [
          [
            plain('S, families as a sample'),
            cell(asymmetry.acrossFamilies, 1, signed),
            plain('would it hold for other families of each side? Welch; shown, not decided by'),
          ],
        ]
      : []),
    [plain('CAI'), cell(asymmetry.CAI, 2), plain('0 uniform, 1 dispersion only; for display')],
    [
      plain('Families that carry the gain'),
      cell(asymmetry.effectiveFamilies, 1),
      plain('effective number; for display'),
    ],
    [
      plain('Leave one task out'),
      worst
        ? {
            text: worst.holds ? 'holds' : 'does not hold',
            note: `worst without ${worst.task}: S ${signed(worst.S)}, p ${probability(worst.p)}`,
          }
        : { text: '—', note: 'too few tasks' },
      plain('does one task drive it?'),
    ],
    [plain('Detectable contrast'), cell(asymmetry.detectable, 1), plain('smallest S this suite finds with 80 % power')],
  ];
}
