//! One pass over two matrices of equal shape.

use pulp::{Simd, WithSimd};

use crate::decode::Bad;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::stop::StopFlag;

/// Entries added up before a partial sum joins the total; keeps rounding error near that of pairwise summation.
const CHUNK: usize = 2048;

/// Σw₀, Σw, Σw₀², Σw², Σw₀w, Σδ, Σδ², Σ|δ|.
pub type Sums = [f64; 8];

/// The sums in their order. A failure comes with the matrix it is about (0 or 1).
pub fn moments(reference: &impl Entries, subject: &impl Entries, stop: &StopFlag) -> Result<Sums, (usize, Failure)> {
    let mut totals = [0.0; 8];
    let mut bad = [Bad::default(); 2];
    for row in 0..reference.rows() {
        stop.check().map_err(|failure| (0, failure))?;
        let (sums, found) = pulp::Arch::new().dispatch(Row { reference, subject, row });
        bad[0] += found[0];
        bad[1] += found[1];
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total += sum;
        }
    }
    for (index, bad) in bad.into_iter().enumerate() {
        bad.refuse(reference.total()).map_err(|failure| (index, failure))?;
    }
    match totals.iter().all(|sum| sum.is_finite()) {
        true => Ok(totals),
        false => Err((1, Failure::TooLarge)),
    }
}

struct Row<'a, Reference, Subject> {
    reference: &'a Reference,
    subject: &'a Subject,
    row: usize,
}

impl<Reference: Entries, Subject: Entries> WithSimd for Row<'_, Reference, Subject> {
    type Output = (Sums, [Bad; 2]);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let Self { reference, subject, row } = self;
        let mut totals = [0.0; 8];
        let mut bad = [Bad::default(); 2];
        let (mut before, mut after) = ([0.0; CHUNK], [0.0; CHUNK]);
        for from in (0..reference.cols()).step_by(CHUNK) {
            let length = CHUNK.min(reference.cols() - from);
            bad[0] += reference.read(row, from, &mut before[..length]);
            bad[1] += subject.read(row, from, &mut after[..length]);
            // Zeros at the end add nothing.
            let whole = length.next_multiple_of(S::F64_LANES).min(CHUNK);
            before[length..whole].fill(0.0);
            after[length..whole].fill(0.0);
            for (total, sum) in totals.iter_mut().zip(chunk_sums(simd, &before[..whole], &after[..whole])) {
                *total += sum;
            }
        }
        (totals, bad)
    }
}

#[inline(always)]
fn chunk_sums<S: Simd>(simd: S, before: &[f64], after: &[f64]) -> Sums {
    let mut sums = [simd.splat_f64s(0.0); 8];
    for (a, b) in S::as_simd_f64s(before).0.iter().zip(S::as_simd_f64s(after).0) {
        let (a, b) = (*a, *b);
        let delta = simd.sub_f64s(b, a);
        sums[0] = simd.add_f64s(sums[0], a);
        sums[1] = simd.add_f64s(sums[1], b);
        sums[2] = simd.mul_add_f64s(a, a, sums[2]);
        sums[3] = simd.mul_add_f64s(b, b, sums[3]);
        sums[4] = simd.mul_add_f64s(a, b, sums[4]);
        sums[5] = simd.add_f64s(sums[5], delta);
        sums[6] = simd.mul_add_f64s(delta, delta, sums[6]);
        sums[7] = simd.add_f64s(sums[7], simd.abs_f64s(delta));
    }
    sums.map(|sum| simd.reduce_sum_f64s(sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

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
        let (n, step) = (3_000_001, 0.1);
        let sums = moments(&row(&vec![0.0; n]), &row(&vec![step; n]), &StopFlag::default()).expect("sums");
        assert!((sums[1] / (n as f64 * step) - 1.0).abs() < 1e-12);
    }
}
