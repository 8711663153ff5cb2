//! How much of the leading singular subspaces two matrices share.

use faer::{Mat, Side};

use crate::direct::room_for;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::gram::gram;
use crate::stop::StopFlag;
use crate::team::Team;

/// For each k of `ranks`: ‖U₀ₖᵀUₖ‖²/k, the mean squared cosine of the principal angles between the spaces of the k leading
/// singular vectors on the short side. k beyond the short side counts as all of it. All vectors are computed: this is for requests,
/// not for every matrix.
pub fn overlap(
    reference: &impl Entries,
    subject: &impl Entries,
    ranks: &[usize],
    team: &Team,
    stop: &StopFlag,
) -> Result<Vec<f64>, (usize, Failure)> {
    let before = leading(reference, team, stop).map_err(|failure| (0, failure))?;
    let after = leading(subject, team, stop).map_err(|failure| (1, failure))?;
    let cosines = before.transpose() * &after;
    let share = |rank: &usize| {
        let k = (*rank).min(cosines.nrows());
        let squares: f64 = (0..k).flat_map(|j| (0..k).map(move |i| (i, j))).map(|at| cosines[at].powi(2)).sum();
        squares / k as f64
    };
    Ok(ranks.iter().map(share).collect())
}

/// Eigenvectors of the Gram matrix as columns, largest eigenvalue first.
fn leading(matrix: &impl Entries, team: &Team, stop: &StopFlag) -> Result<Mat<f64>, Failure> {
    let product = gram(matrix, team, stop)?;
    let side = product.side();
    // The matrix, its vectors, and their copy in the other order.
    room_for(3 * side, side)?;
    let whole = Mat::from_fn(side, side, |i, j| product.get(i, j));
    drop(product);
    stop.check()?;
    let ascending = whole.self_adjoint_eigen(Side::Lower).map_err(|error| Failure::Internal(format!("{error:?}")))?;
    let vectors = ascending.U();
    Ok(Mat::from_fn(side, side, |i, j| vectors[(i, side - 1 - j)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    #[test]
    fn a_matrix_shares_all_with_itself_and_nothing_with_other_directions() {
        let diagonal = |entries: [f64; 3]| {
            let values = (0..9).map(|at| if at % 4 == 0 { entries[at / 4] } else { 0.0 }).collect();
            Dense { values, rows: 3, cols: 3 }
        };
        let found = overlap(
            &diagonal([3.0, 2.0, 1.0]),
            &diagonal([1.0, 2.0, 3.0]),
            &[1, 2, 3, 9],
            &Team::of(1),
            &StopFlag::default(),
        );
        let found = found.expect("overlaps");
        for (value, expected) in found.iter().zip([0.0, 0.5, 1.0, 1.0]) {
            assert!((value - expected).abs() < 1e-12);
        }
    }
}
