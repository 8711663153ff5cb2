//! Eigenvalues of WᵀW on the short side, without vectors.

use faer::{Mat, Side};

use crate::decode::Bad;
use crate::failure::Failure;
use crate::gram::{gram, long_by_short};
use crate::noise::scaled_noise;
use crate::stop::StopFlag;
use crate::tensor::{Dense, Entries};

/// Short sides up to this size are decomposed directly where the Gram matrix would lose small eigenvalues.
const DIRECT_SIDE: usize = 1024;
/// A Gram eigenvalue below λ_max · n · ε · this may have lost all but some six digits.
const SAFETY: f64 = 1e6;
/// Entries of the matrix that are read at once when noise is added.
const CHUNK: usize = 4096;

/// Ascending, clamped at 0, length min(rows, cols).
///
/// Forming the Gram matrix squares the condition number: an eigenvalue carries an absolute error of about λ_max · ε.
/// Where the smallest one comes near that, singular values of W are computed instead and squared; above `DIRECT_SIDE`
/// that would take minutes, and values below λ_max · n · ε are rounding there.
pub fn spectrum(matrix: &impl Entries, stop: &StopFlag) -> Result<Vec<f64>, Failure> {
    if matrix.total() == 0 {
        return Ok(vec![0.0; matrix.short()]);
    }
    let product = gram(matrix, stop)?;
    // Finite squares on the diagonal bound every other entry.
    if !(0..product.nrows()).all(|index| product[(index, index)].is_finite()) {
        return Err(Failure::TooLarge);
    }
    stop.check()?;
    let eigenvalues = product.self_adjoint_eigenvalues(Side::Lower).map_err(unconverged)?;
    drop(product);
    let values = if lost(&eigenvalues) { singular_squares(matrix)? } else { eigenvalues };
    ascending(values)
}

/// Spectrum of W + E, E Gaussian of Frobenius norm `noise_norm`.
pub fn perturbed(matrix: &impl Entries, noise_norm: f64, seed: u32, stop: &StopFlag) -> Result<Vec<f64>, Failure> {
    let mut values = scaled_noise(matrix.total(), noise_norm, seed);
    let mut bad = Bad::default();
    let mut weights = vec![0.0; CHUNK];
    for (index, part) in values.chunks_mut(CHUNK).enumerate() {
        stop.check()?;
        let weights = &mut weights[..part.len()];
        bad += matrix.read(index * CHUNK, weights);
        part.iter_mut().zip(weights).for_each(|(value, weight)| *value += *weight);
    }
    bad.refuse(matrix.total())?;
    spectrum(&Dense { values, rows: matrix.rows(), cols: matrix.cols() }, stop)
}

fn lost(eigenvalues: &[f64]) -> bool {
    let count = eigenvalues.len();
    let smallest = eigenvalues.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = eigenvalues.iter().copied().fold(0.0, f64::max);
    largest > 0.0 && count <= DIRECT_SIDE && smallest < largest * count as f64 * f64::EPSILON * SAFETY
}

fn singular_squares(matrix: &impl Entries) -> Result<Vec<f64>, Failure> {
    let whole: Mat<f64> = long_by_short(matrix)?;
    Ok(whole.singular_values().map_err(unconverged)?.into_iter().map(|value| value * value).collect())
}

fn ascending(mut values: Vec<f64>) -> Result<Vec<f64>, Failure> {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
    values.sort_by(f64::total_cmp);
    match values.last() {
        Some(largest) if !largest.is_finite() => Err(Failure::TooLarge),
        _ => Ok(values),
    }
}

fn unconverged(error: impl std::fmt::Debug) -> Failure {
    Failure::Internal(format!("{error:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eigenvalues(values: Vec<f64>, rows: usize, cols: usize) -> Vec<f64> {
        spectrum(&Dense { values, rows, cols }, &StopFlag::default()).expect("a spectrum")
    }

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-300), "{found:?} is not {expected:?}");
        }
    }

    #[test]
    fn a_diagonal_matrix_has_the_squares_of_its_diagonal() {
        close(&eigenvalues(vec![3.0, 0.0, 0.0, 0.0, 0.0, -2.0, 0.0, 0.0], 2, 4), &[4.0, 9.0]);
        close(&eigenvalues(vec![3.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 0.0], 4, 2), &[4.0, 9.0]);
    }

    #[test]
    fn small_values_next_to_a_large_one_keep_their_digits() {
        close(&eigenvalues(vec![1e8, 0.0, 0.0, 1e-8], 2, 2), &[1e-16, 1e16]);
    }

    #[test]
    fn zero_and_empty_matrices_have_zeros_and_nothing() {
        assert_eq!(eigenvalues(vec![0.0; 6], 2, 3), [0.0, 0.0]);
        assert_eq!(eigenvalues(vec![], 0, 3), [0.0; 0]);
    }

    #[test]
    fn squares_beyond_float64_are_refused() {
        let matrix = Dense { values: vec![1e200, 0.0, 0.0, 1.0], rows: 2, cols: 2 };
        assert_eq!(spectrum(&matrix, &StopFlag::default()), Err(Failure::TooLarge));
    }

    #[test]
    fn noise_on_a_zero_matrix_has_the_norm_that_was_asked_for() {
        let matrix = Dense { values: vec![0.0; 60], rows: 6, cols: 10 };
        let values = perturbed(&matrix, 3.0, 7, &StopFlag::default()).expect("a spectrum");
        assert!((values.iter().sum::<f64>() - 9.0).abs() < 1e-12);
    }
}
