//! The entries of a matrix in random order, as `src/spectrum/shuffle.ts` says: Fisher–Yates from the last entry down.

use crate::decode::Bad;
use crate::entries::{Dense, Entries};
use crate::failure::Failure;
use crate::noise::Xoshiro128;

/// All entries in memory, in an order that follows from the seed.
pub fn shuffled(matrix: &impl Entries, seed: u32) -> Result<Dense, Failure> {
    let (rows, cols) = (matrix.rows(), matrix.cols());
    let mut values: Vec<f64> = Vec::new();
    values
        .try_reserve_exact(matrix.total())
        .map_err(|_| Failure::Internal(format!("no memory for {rows} x {cols} numbers")))?;
    values.resize(matrix.total(), 0.0);
    let mut bad = Bad::default();
    for (row, line) in values.chunks_exact_mut(cols.max(1)).enumerate() {
        bad += matrix.read(row, 0, line);
    }
    bad.refuse(matrix.total())?;
    let mut generator = Xoshiro128::new(seed);
    for last in (1..values.len()).rev() {
        let pick = (generator.uniform() * (last as f64 + 1.0)).floor() as usize;
        values.swap(last, pick);
    }
    Ok(Dense { values, rows, cols })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_still_there_and_the_seed_decides() {
        let matrix = Dense { values: (0..600).map(f64::from).collect(), rows: 20, cols: 30 };
        let order = |seed| shuffled(&matrix, seed).expect("entries").values;
        let mut sorted = order(7);
        assert_ne!(sorted, matrix.values);
        assert_eq!(sorted, order(7));
        assert_ne!(sorted, order(8));
        sorted.sort_by(f64::total_cmp);
        assert_eq!(sorted, matrix.values);
    }
}
