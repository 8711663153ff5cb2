//! One pass over two matrices of equal shape.

use crate::decode::Bad;
use crate::failure::Failure;
use crate::stop::StopFlag;
use crate::tensor::Entries;

/// Entries added up before a partial sum joins the total; keeps rounding error near that of pairwise summation.
const CHUNK: usize = 1024;

/// Σw₀, Σw, Σw₀², Σw², Σw₀w, Σδ, Σδ², Σ|δ|, in this order. A failure comes with the matrix it is about (0 or 1).
pub fn moments(
    reference: &impl Entries,
    subject: &impl Entries,
    stop: &StopFlag,
) -> Result<[f64; 8], (usize, Failure)> {
    let total = reference.total();
    let mut totals = [0.0; 8];
    let (mut before, mut after) = ([0.0; CHUNK], [0.0; CHUNK]);
    let mut bad = [Bad::default(); 2];
    for from in (0..total).step_by(CHUNK) {
        stop.check().map_err(|failure| (0, failure))?;
        let length = CHUNK.min(total - from);
        bad[0] += reference.read(from, &mut before[..length]);
        bad[1] += subject.read(from, &mut after[..length]);
        for (sum, part) in totals.iter_mut().zip(chunk_sums(&before[..length], &after[..length])) {
            *sum += part;
        }
    }
    for (index, bad) in bad.into_iter().enumerate() {
        bad.refuse(total).map_err(|failure| (index, failure))?;
    }
    match totals.iter().all(|sum| sum.is_finite()) {
        true => Ok(totals),
        false => Err((1, Failure::TooLarge)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::Dense;

    fn row(values: &[f64]) -> Dense {
        Dense { values: values.to_vec(), rows: 1, cols: values.len() }
    }

    #[test]
    fn the_sums_are_what_they_say() {
        let found = moments(&row(&[1.0, 2.0, 3.0]), &row(&[2.0, 0.0, 3.0]), &StopFlag::default());
        assert_eq!(found, Ok([6.0, 5.0, 14.0, 13.0, 11.0, -1.0, 5.0, 3.0]));
    }

    #[test]
    fn many_equal_terms_add_up_to_their_product() {
        let (n, step) = (3_000_000, 0.1);
        let sums = moments(&row(&vec![0.0; n]), &row(&vec![step; n]), &StopFlag::default()).expect("sums");
        assert!((sums[1] / (n as f64 * step) - 1.0).abs() < 1e-12);
    }
}
