//! Eigenvalues of WᵀW on the short side, without vectors.

use crate::band::to_band;
use crate::chase::Band;
use crate::direct::singular_squares;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::gram::gram;
use crate::refine::refined;
use crate::stop::StopFlag;
use crate::team::Team;
use crate::tiles::Tiles;
use crate::tridiagonal;

/// A small Gram eigenvalue is off by about half of ε·λ_max, whatever its own size and the side (measured up to 1024; at most 4 ε is
/// asserted below). One at this share of λ_max still has its first six digits.
const FLOOR: f64 = 1e-9;

/// Ascending, clamped at 0, length min(rows, cols).
///
/// Forming the Gram matrix squares the condition number. Where its smallest eigenvalues have not six digits left they are computed
/// anew from the matrix itself; where they are too many or too small for that, singular values of W are computed instead of all,
/// and squared: several times slower, and right for rank-deficient matrices too.
pub fn spectrum(matrix: &impl Entries, team: &Team, stop: &StopFlag) -> Result<Vec<f64>, Failure> {
    if matrix.total() == 0 {
        return Ok(vec![0.0; matrix.short()]);
    }
    let product = gram(matrix, team, stop)?;
    // Finite squares on the diagonal bound every other entry.
    let largest = (0..product.side()).map(|index| product.get(index, index)).fold(0.0, largest_or_nan);
    if !largest.is_finite() {
        return Err(Failure::TooLarge);
    }
    let values = match symmetric(product, largest, team, stop)? {
        Some(values) if !lost(&values) => values,
        Some(values) => match refined(&ascending(values)?, FLOOR, &gram(matrix, team, stop)?, matrix, stop)? {
            Some(values) => values,
            None => singular_squares(matrix, stop)?,
        },
        None => singular_squares(matrix, stop)?,
    };
    ascending(values)
}

/// Eigenvalues of a symmetric positive semidefinite matrix with this largest diagonal entry; none where they do not converge.
pub fn symmetric(mut matrix: Tiles, largest: f64, team: &Team, stop: &StopFlag) -> Result<Option<Vec<f64>>, Failure> {
    if largest == 0.0 {
        return Ok(Some(vec![0.0; matrix.side()]));
    }
    // Squares of entries are needed on the way. A power of two changes no digit.
    let exponent = largest.log2().round().clamp(-1000.0, 1000.0);
    matrix.scale((-exponent).exp2());
    to_band(&mut matrix, team, stop)?;
    let band = Band::of(&matrix);
    drop(matrix);
    let (diagonal, below) = band.into_tridiagonal(stop)?;
    let values = tridiagonal::eigenvalues(diagonal, &below);
    Ok(values.map(|values| values.into_iter().map(|value| value * exponent.exp2()).collect()))
}

fn largest_or_nan(most: f64, value: f64) -> f64 {
    if value.is_nan() {
        value
    } else {
        most.max(value)
    }
}

fn lost(eigenvalues: &[f64]) -> bool {
    let smallest = eigenvalues.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = eigenvalues.iter().copied().fold(0.0, f64::max);
    largest > 0.0 && smallest < largest * FLOOR
}

fn ascending(mut values: Vec<f64>) -> Result<Vec<f64>, Failure> {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
    values.sort_by(f64::total_cmp);
    match values.last() {
        Some(largest) if !largest.is_finite() => Err(Failure::TooLarge),
        _ => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;
    use crate::noise::{Noise, Perturbed};

    fn eigenvalues(values: Vec<f64>, rows: usize, cols: usize) -> Vec<f64> {
        spectrum(&Dense { values, rows, cols }, &Team::of(1), &StopFlag::default()).expect("a spectrum")
    }

    fn close(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() <= tolerance * b.abs().max(1e-300), "{a:e} is not {b:e}");
        }
    }

    /// H diag(s) G with two Householder reflections, so that the singular values are known.
    fn planted(singular: &[f64], cols: usize) -> Vec<f64> {
        let rows = singular.len();
        let unit = |n: usize, seed: usize| -> Vec<f64> {
            let raw: Vec<f64> = (0..n).map(|i| ((i * 7919 + seed * 104_729) % 1009) as f64 / 1009.0 - 0.5).collect();
            let norm = raw.iter().map(|x| x * x).sum::<f64>().sqrt();
            raw.iter().map(|x| x / norm).collect()
        };
        let (left, right) = (unit(rows, 1), unit(cols, 2));
        let mut values = vec![0.0; rows * cols];
        for i in 0..rows {
            for j in 0..cols {
                let at = |k: usize| {
                    let own = if k == j { 1.0 } else { 0.0 } - 2.0 * right[k] * right[j];
                    singular[k] * own
                };
                let inner: f64 = (0..rows).map(|k| left[k] * at(k)).sum();
                values[i * cols + j] = at(i) - 2.0 * left[i] * inner;
            }
        }
        values
    }

    #[test]
    fn a_diagonal_matrix_has_the_squares_of_its_diagonal() {
        close(&eigenvalues(vec![3.0, 0.0, 0.0, 0.0, 0.0, -2.0, 0.0, 0.0], 2, 4), &[4.0, 9.0], 1e-14);
        close(&eigenvalues(vec![3.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 0.0], 4, 2), &[4.0, 9.0], 1e-14);
    }

    #[test]
    fn planted_singular_values_come_back() {
        for (rows, cols) in [(5, 9), (48, 60), (49, 49), (150, 200)] {
            let singular: Vec<f64> = (0..rows).map(|i| 1.0 + i as f64 / rows as f64).collect();
            let expected: Vec<f64> = singular.iter().map(|s| s * s).collect();
            close(&eigenvalues(planted(&singular, cols), rows, cols), &expected, 1e-12);
        }
    }

    #[test]
    fn small_eigenvalues_keep_six_digits() {
        // Smallest eigenvalue from 1 down to 1e-14 of the largest: above FLOOR from the Gram matrix, below it directly. A
        // singular value is known to ε · s_max either way, so its square to 2 ε s_max/s.
        for exponent in 0..=14 {
            let rows = 120;
            let singular: Vec<f64> =
                (0..rows).rev().map(|i| 10f64.powf(-0.5 * exponent as f64 * i as f64 / (rows - 1) as f64)).collect();
            let expected: Vec<f64> = singular.iter().map(|s| s * s).collect();
            close(&eigenvalues(planted(&singular, 200), rows, 200), &expected, 1e-6);
        }
    }

    #[test]
    fn small_values_next_to_a_large_one_keep_their_digits() {
        close(&eigenvalues(vec![1e8, 0.0, 0.0, 1e-8], 2, 2), &[1e-16, 1e16], 1e-12);
    }

    #[test]
    fn zero_and_empty_matrices_have_zeros_and_nothing() {
        assert_eq!(eigenvalues(vec![0.0; 6], 2, 3), [0.0, 0.0]);
        assert_eq!(eigenvalues(vec![], 0, 3), [0.0; 0]);
    }

    #[test]
    fn the_scale_of_the_weights_does_not_matter() {
        let singular: Vec<f64> = (0..60).map(|i| 1.0 + i as f64).collect();
        for scale in [1e-120, 1e-20, 1e20, 1e120] {
            let values = planted(&singular, 80).iter().map(|value| value * scale).collect();
            let expected: Vec<f64> = singular.iter().map(|s| (s * scale).powi(2)).collect();
            close(&eigenvalues(values, 60, 80), &expected, 1e-10);
        }
    }

    #[test]
    fn squares_beyond_float64_are_refused() {
        let matrix = Dense { values: vec![1e200, 0.0, 0.0, 1.0], rows: 2, cols: 2 };
        assert_eq!(spectrum(&matrix, &Team::of(1), &StopFlag::default()), Err(Failure::TooLarge));
    }

    #[test]
    fn small_eigenvalues_of_square_noise_are_off_by_little() {
        for (side, seed) in [(100, 1), (256, 2), (400, 3)] {
            let zeros = Dense { values: vec![0.0; side * side], rows: side, cols: side };
            let stop = StopFlag::default();
            let noise = Noise::of_norm(side * side, side as f64, seed, &stop).expect("noise");
            let matrix = Perturbed { matrix: &zeros, noise };
            let product = gram(&matrix, &Team::of(1), &stop).expect("a product");
            let mut found = symmetric(product, side as f64, &Team::of(1), &stop).expect("no stop").expect("converged");
            let mut exact = singular_squares(&matrix, &stop).expect("values");
            found.sort_by(f64::total_cmp);
            exact.sort_by(f64::total_cmp);
            for (value, expected) in found.iter().zip(&exact).take(10) {
                let off = (value - expected).abs() / (f64::EPSILON * exact[side - 1]);
                assert!(off < 4.0, "{side}: {off} ε λ_max");
            }
        }
    }
}
