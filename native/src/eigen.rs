//! Eigenvalues of WᵀW on the short side, without vectors.

use faer::{Mat, Side};

use crate::failure::Failure;
use crate::gram::{gram, long_by_short};
use crate::noise::scaled_noise;
use crate::tensor::Mapped;

/// Short sides up to this size are decomposed directly where the Gram matrix would lose small eigenvalues.
const DIRECT_SIDE: usize = 1024;
/// A Gram eigenvalue below λ_max · n · ε · this has lost more than six digits.
const SAFETY: f64 = 1e6;

/// Ascending, clamped at 0, length min(rows, cols).
///
/// Forming the Gram matrix squares the condition number; where the smallest eigenvalue comes near rounding noise,
/// singular values of W are computed instead and squared.
pub fn spectrum(tensor: &Mapped) -> Result<Vec<f64>, Failure> {
    if tensor.len() == 0 {
        return Ok(Vec::new());
    }
    let eigenvalues = of_gram(&gram(tensor)?)?;
    if lost(&eigenvalues) {
        return singular_squares(&long_by_short(&tensor.read_all()?, tensor.rows, tensor.cols));
    }
    Ok(clamped(eigenvalues))
}

/// Spectrum of W + E, E Gaussian of Frobenius norm `noise_norm`.
pub fn perturbed(tensor: &Mapped, noise_norm: f64, seed: u32) -> Result<Vec<f64>, Failure> {
    let mut values = tensor.read_all()?;
    if values.is_empty() {
        return Ok(Vec::new());
    }
    for (value, noise) in values.iter_mut().zip(scaled_noise(tensor.len(), noise_norm, seed)) {
        *value += noise;
    }
    let matrix = long_by_short(&values, tensor.rows, tensor.cols);
    let eigenvalues = of_gram(&(matrix.transpose() * &matrix))?;
    if lost(&eigenvalues) {
        return singular_squares(&matrix);
    }
    Ok(clamped(eigenvalues))
}

fn of_gram(product: &Mat<f64>) -> Result<Vec<f64>, Failure> {
    let mut eigenvalues =
        product.self_adjoint_eigenvalues(Side::Lower).map_err(|error| Failure::Internal(format!("{error:?}")))?;
    eigenvalues.sort_by(f64::total_cmp);
    Ok(eigenvalues)
}

fn lost(eigenvalues: &[f64]) -> bool {
    let (Some(smallest), Some(largest)) = (eigenvalues.first(), eigenvalues.last()) else { return false };
    let count = eigenvalues.len();
    *largest > 0.0 && count <= DIRECT_SIDE && *smallest < largest * count as f64 * f64::EPSILON * SAFETY
}

fn singular_squares(matrix: &Mat<f64>) -> Result<Vec<f64>, Failure> {
    let mut squares: Vec<f64> = matrix
        .singular_values()
        .map_err(|error| Failure::Internal(format!("{error:?}")))?
        .iter()
        .map(|value| value * value)
        .collect();
    squares.sort_by(f64::total_cmp);
    Ok(squares)
}

fn clamped(eigenvalues: Vec<f64>) -> Vec<f64> {
    eigenvalues.into_iter().map(|value| value.max(0.0)).collect()
}
