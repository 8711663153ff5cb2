//! The smallest eigenvalues of a Gram matrix with the digits that forming it has cost them.

use faer::linalg::solvers::Solve;
use faer::{Mat, Side};
use pulp::{Simd, WithSimd};

use crate::decode::Bad;
use crate::direct::room_for;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::stop::StopFlag;
use crate::tiles::Tiles;

/// Share of λ_max up to which vectors are kept in the iteration; ten times where eigenvalues begin to lack digits, so that the
/// ones computed anew lie well apart from what is left out.
const NEAR: f64 = 1e-8;
/// Vectors kept beyond those.
const GUARD: usize = 8;
/// Share of λ_max below which this does not hold either.
const FLOOR: f64 = 1e-13;
/// More small eigenvalues than this are as well computed all.
const MOST: usize = 96;
/// Share of λ_max that is added to the diagonal, so that a factorisation exists; well below NEAR, for the iteration to converge.
const SHIFT: f64 = 1e-12;
/// Steps of inverse iteration; each one reduces the part of what is left out tenfold or more.
const STEPS: usize = 6;
/// How far a new value may be from the old one, in ε·λ_max: more means that the vectors are not those of the small eigenvalues.
const AGREED: f64 = 64.0;

/// Replaces those of the ascending eigenvalues of `gram`, the Gram matrix of `matrix`, that are below `floor`·λ_max by squared
/// singular values of W V, V an orthonormal basis of the space of the small ones from inverse iteration. None where they are
/// too many or too small for that.
///
/// V is off by about ε·λ_max/λ_j in the direction of another vector j, which adds its square times λ_j: at most n·ε²·λ_max/NEAR
/// in all, some 10⁻²⁰·λ_max. W V itself is as exact as the weights.
pub fn refined(
    eigenvalues: &[f64],
    floor: f64,
    gram: &Tiles,
    matrix: &impl Entries,
    stop: &StopFlag,
) -> Result<Option<Vec<f64>>, Failure> {
    let side = eigenvalues.len();
    let largest = eigenvalues.last().copied().unwrap_or(0.0);
    let below = |share: f64| eigenvalues.partition_point(|value| *value < largest * share);
    let (needy, kept) = (below(floor), (below(NEAR) + GUARD).min(side));
    if kept > MOST || !eigenvalues.first().is_some_and(|least| *least > largest * FLOOR) {
        return Ok(None);
    }
    let Some(basis) = small_space(gram, largest, kept, stop)? else { return Ok(None) };
    stop.check()?;
    let (applied, bad) = pulp::Arch::new().dispatch(Apply { matrix, basis: &basis });
    bad.refuse(matrix.total())?;
    let singular = applied.singular_values().map_err(|error| Failure::Internal(format!("{error:?}")))?;
    let mut values: Vec<f64> = singular.into_iter().map(|value| value * value).collect();
    values.sort_by(f64::total_cmp);
    values.truncate(needy);
    let agreed = |(new, old): (&f64, &f64)| (new - old).abs() <= AGREED * f64::EPSILON * largest;
    if !values.iter().zip(eigenvalues).all(agreed) || values.first().is_none_or(|least| *least <= largest * FLOOR) {
        return Ok(None);
    }
    values.extend_from_slice(&eigenvalues[needy..]);
    Ok(Some(values))
}

/// Orthonormal basis of the space of the `count` smallest eigenvalues; none where the matrix cannot be factored.
fn small_space(gram: &Tiles, largest: f64, count: usize, stop: &StopFlag) -> Result<Option<Mat<f64>>, Failure> {
    let side = gram.side();
    // The matrix and its factor.
    room_for(2 * side, side)?;
    let shift = |row: usize, column: usize| if row == column { SHIFT * largest } else { 0.0 };
    let shifted = Mat::from_fn(side, side, |row, column| gram.get(row, column) + shift(row, column));
    let Ok(factors) = shifted.llt(Side::Lower) else { return Ok(None) };
    drop(shifted);
    // Any start will do that is not orthogonal to the space; a chirp has a part in every direction.
    let mut basis =
        Mat::from_fn(side, count, |row, column| ((row * row + 1) as f64 * (column + 1) as f64 * 0.618).sin());
    for _ in 0..STEPS {
        stop.check()?;
        basis = factors.solve(&basis).qr().compute_thin_Q();
    }
    Ok(Some(basis))
}

/// The matrix, long side first, times the basis.
struct Apply<'a, Matrix> {
    matrix: &'a Matrix,
    basis: &'a Mat<f64>,
}

impl<Matrix: Entries> WithSimd for Apply<'_, Matrix> {
    type Output = (Mat<f64>, Bad);

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        let Self { matrix, basis } = self;
        let (short, long, count) = (matrix.short(), matrix.long(), basis.ncols());
        let rows: Vec<f64> = (0..short * count).map(|at| basis[(at / count, at % count)]).collect();
        let mut applied = vec![0.0; long * count];
        let mut line = vec![0.0; matrix.cols()];
        let mut bad = Bad::default();
        let add = |sums: &mut [f64], factor: f64, row: &[f64]| {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += factor * value;
            }
        };
        for row in 0..matrix.rows() {
            bad += matrix.read(row, 0, &mut line);
            if matrix.rows() <= matrix.cols() {
                for (sums, weight) in applied.chunks_exact_mut(count).zip(&line) {
                    add(sums, *weight, &rows[row * count..(row + 1) * count]);
                }
            } else {
                let sums = &mut applied[row * count..(row + 1) * count];
                for (weight, basis) in line.iter().zip(rows.chunks_exact(count)) {
                    add(sums, *weight, basis);
                }
            }
        }
        (Mat::from_fn(long, count, |row, column| applied[row * count + column]), bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eigen::{spectrum, symmetric};
    use crate::entries::Dense;
    use crate::gram::gram;
    use crate::noise::{Noise, Perturbed};
    use crate::team::Team;

    /// Gaussian `rows` × `cols` of which the last rows are combinations of the first ones plus a little: as many small eigenvalues.
    fn nearly_dependent(rows: usize, cols: usize, little: &[f64]) -> Dense {
        let zeros = Dense { values: vec![0.0; rows * cols], rows, cols };
        let noise = Noise::of_norm(rows * cols, ((rows * cols) as f64).sqrt(), 5, &StopFlag::default()).expect("noise");
        let perturbed = Perturbed { matrix: &zeros, noise };
        let mut values = vec![0.0; rows * cols];
        for (row, line) in values.chunks_exact_mut(cols).enumerate() {
            perturbed.read(row, 0, line);
        }
        for (index, share) in little.iter().enumerate() {
            let row = rows - 1 - index;
            for col in 0..cols {
                let copied = values[index * cols + col] - values[(index + 20) * cols + col];
                values[row * cols + col] = copied + share * values[row * cols + col];
            }
        }
        Dense { values, rows, cols }
    }

    fn refined_of(matrix: &Dense) -> Option<Vec<f64>> {
        let (team, stop) = (Team::of(1), StopFlag::default());
        let product = gram(matrix, &team, &stop).expect("a product");
        let largest = (0..product.side()).map(|index| product.get(index, index)).fold(0.0, f64::max);
        let mut values = symmetric(product, largest, &team, &stop).expect("no stop").expect("converged");
        values.iter_mut().for_each(|value| *value = value.max(0.0));
        values.sort_by(f64::total_cmp);
        refined(&values, 1e-9, &gram(matrix, &team, &stop).expect("a product"), matrix, &stop).expect("no failure")
    }

    #[test]
    fn small_eigenvalues_get_their_digits_back_and_the_others_stay() {
        let little = [1e-4, 5e-5, 1e-5, 4e-6, 3e-6];
        for (rows, cols) in [(150, 200), (100, 300)] {
            let matrix = nearly_dependent(rows, cols, &little);
            let found = refined_of(&matrix).expect("refined");
            let mut exact = crate::direct::singular_squares(&matrix, &StopFlag::default()).expect("values");
            exact.sort_by(f64::total_cmp);
            for (value, expected) in found.iter().zip(&exact) {
                assert!((value / expected - 1.0).abs() < 1e-8, "{value:e} is not {expected:e}");
            }
            let turned = Dense {
                values: (0..rows * cols).map(|at| matrix.values[(at % rows) * cols + at / rows]).collect(),
                rows: cols,
                cols: rows,
            };
            for (value, expected) in refined_of(&turned).expect("refined").iter().zip(&exact) {
                assert!((value / expected - 1.0).abs() < 1e-8, "{value:e} is not {expected:e} (transposed)");
            }
        }
    }

    #[test]
    fn what_is_too_small_or_too_much_is_left_to_singular_values() {
        assert!(refined_of(&nearly_dependent(150, 200, &[1e-5, 0.0])).is_none());
        assert!(refined_of(&nearly_dependent(150, 200, &[1e-9])).is_none());
        let rank_deficient = nearly_dependent(100, 100, &[0.0; 8]);
        let values = spectrum(&rank_deficient, &Team::of(1), &StopFlag::default()).expect("a spectrum");
        assert_eq!(values.iter().filter(|value| **value > values[99] * 1e-26).count(), 92);
    }
}
