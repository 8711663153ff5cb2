//! One pass over two matrices of equal shape.

use crate::failure::Failure;
use crate::tensor::Mapped;

/// Entries added up before a partial sum joins the total; keeps rounding error near that of pairwise summation.
const CHUNK: usize = 1024;

/// Σw₀, Σw, Σw₀², Σw², Σw₀w, Σδ, Σδ², Σ|δ|, in this order.
pub fn moments(reference: &Mapped, subject: &Mapped) -> Result<[f64; 8], Failure> {
    let total = reference.len();
    let mut totals = [0.0; 8];
    let (mut before, mut after) = ([0.0; CHUNK], [0.0; CHUNK]);
    let (mut nan, mut infinite) = (0, 0);
    for from in (0..total).step_by(CHUNK) {
        let length = CHUNK.min(total - from);
        for (tensor, out) in [(reference, &mut before), (subject, &mut after)] {
            let bad = tensor.read(from, &mut out[..length]);
            nan += bad.0;
            infinite += bad.1;
        }
        for (sum, part) in totals.iter_mut().zip(chunk_sums(&before[..length], &after[..length])) {
            *sum += part;
        }
    }
    if nan + infinite > 0 {
        return Err(Failure::NotFinite { nan, infinite, total });
    }
    Ok(totals)
}

fn chunk_sums(before: &[f64], after: &[f64]) -> [f64; 8] {
    let mut sums = [0.0; 8];
    for (&a, &b) in before.iter().zip(after) {
        let delta = b - a;
        for (sum, term) in sums.iter_mut().zip([a, b, a * a, b * b, a * b, delta, delta * delta, delta.abs()]) {
            *sum += term;
        }
    }
    sums
}
