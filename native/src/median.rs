//! Median over the entries of |w − w₀|/|w₀|, exactly and without holding them.

use crate::decode::Bad;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::stop::StopFlag;

/// Bits of the answer found by one pass over the entries.
const BITS: u32 = 16;

/// The median; 0 for empty matrices, infinite where most entries left 0. Floats that are not negative are in the order of
/// their bits, so each pass counts how many entries share the bits found so far, by their next sixteen.
pub fn median_change(
    reference: &impl Entries,
    subject: &impl Entries,
    stop: &StopFlag,
) -> Result<f64, (usize, Failure)> {
    let total = reference.total();
    if total == 0 {
        return Ok(0.0);
    }
    let mut rank = (total - 1) / 2;
    let mut known = 0u64;
    for shift in (0..u64::BITS / BITS).rev().map(|place| place * BITS) {
        let mut counts = vec![0usize; 1 << BITS];
        each(reference, subject, stop, |bits| {
            if (bits ^ known) >> shift >> BITS == 0 {
                counts[(bits >> shift) as usize & ((1 << BITS) - 1)] += 1;
            }
        })?;
        let mut digit = 0;
        while rank >= counts[digit] {
            rank -= counts[digit];
            digit += 1;
        }
        known |= (digit as u64) << shift;
    }
    if total % 2 == 1 {
        return Ok(f64::from_bits(known));
    }
    // The upper one of the middle pair: the same number again, or the next one.
    let (mut upto, mut next) = (0, u64::MAX);
    each(reference, subject, stop, |bits| {
        if bits <= known {
            upto += 1;
        } else {
            next = next.min(bits);
        }
    })?;
    let upper = if upto > total / 2 { known } else { next };
    Ok((f64::from_bits(known) + f64::from_bits(upper)) / 2.0)
}

fn each(
    reference: &impl Entries,
    subject: &impl Entries,
    stop: &StopFlag,
    mut visit: impl FnMut(u64),
) -> Result<(), (usize, Failure)> {
    let (mut before, mut after) = (vec![0.0; reference.cols()], vec![0.0; reference.cols()]);
    let mut bad = [Bad::default(); 2];
    for row in 0..reference.rows() {
        stop.check().map_err(|failure| (0, failure))?;
        bad[0] += reference.read(row, 0, &mut before);
        bad[1] += subject.read(row, 0, &mut after);
        for (before, after) in before.iter().zip(&after) {
            let change = if before == after { 0.0 } else { (after - before).abs() / before.abs() };
            visit(change.to_bits());
        }
    }
    for (index, bad) in bad.into_iter().enumerate() {
        bad.refuse(reference.total()).map_err(|failure| (index, failure))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    fn median(before: &[f64], after: &[f64]) -> f64 {
        let row = |values: &[f64]| Dense { values: values.to_vec(), rows: 1, cols: values.len() };
        median_change(&row(before), &row(after), &StopFlag::default()).expect("a median")
    }

    #[test]
    fn it_is_the_middle_one_or_the_mean_of_two() {
        assert_eq!(median(&[1.0, 2.0, -4.0], &[1.0, 3.0, -3.0]), 0.25);
        assert_eq!(median(&[1.0, 2.0, 4.0, 1.0], &[1.0, 3.0, 5.0, 9.0]), 0.375);
        assert_eq!(median(&[1.0, 1.0], &[1.0, 1.0]), 0.0);
        assert_eq!(median(&[], &[]), 0.0);
        assert_eq!(median(&[0.0, 0.0, 1.0], &[0.0, 1.0, 2.0]), 1.0);
    }
}
