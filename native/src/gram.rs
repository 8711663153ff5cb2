//! Gram matrix of the short side, stretch by stretch of the long side: memory is short²/2 and one packed stretch.

use std::sync::Mutex;

use crate::decode::Bad;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::pack::Pack;
use crate::product::{panel_height, AddProduct};
use crate::stop::StopFlag;
use crate::team::Team;
use crate::tiles::{Tiles, SIDE};

/// Places of the long side taken at once: L rows of a panel of this depth fill two thirds of a first-level cache of 48 KiB, three rows
/// of tiles half of a second-level cache of 1 MiB.
const DEPTH: usize = 512;
/// Panels packed by one thread at a time.
const PART: usize = 12;
/// Numbers of a cache line; packed panels begin at one.
const LINE: usize = 8;

/// Gram matrix W Wᵀ or WᵀW, whichever is smaller; whole tiles on the diagonal. Rounded as a float64 product is: entry
/// (i, j) is off by at most `long` · ε · ‖wᵢ‖‖wⱼ‖, typically by √long less.
pub fn gram(matrix: &impl Entries, team: &Team, stop: &StopFlag) -> Result<Tiles, Failure> {
    let (short, long) = (matrix.short(), matrix.long());
    let mut product = Tiles::zeros(short)?;
    let height = panel_height();
    let panels = product.blocks() * SIDE / height;
    let mut packed = aligned(panels * height * DEPTH.min(long.max(1)))?;
    let mut bad = Bad::default();
    for from in (0..long).step_by(DEPTH) {
        stop.check()?;
        let depth = DEPTH.min(long - from);
        let packed = packed.part(panels * height * depth);
        bad += pack(matrix, from, depth, height, packed, team);
        // Go on counting, but no product of NaN is worth its time.
        if bad != Bad::default() {
            continue;
        }
        let packed = &*packed;
        team.share(product.columns_mut(0), |(column, tiles)| {
            if stop.check().is_ok() {
                pulp::Arch::new().dispatch(AddProduct {
                    left: packed,
                    right: packed,
                    depth,
                    side: short,
                    column,
                    tiles,
                });
            }
        });
    }
    stop.check()?;
    bad.refuse(matrix.total())?;
    product.mirror();
    Ok(product)
}

fn pack(matrix: &impl Entries, from: usize, depth: usize, height: usize, packed: &mut [f64], team: &Team) -> Bad {
    let total = Mutex::new(Bad::default());
    let parts = packed.chunks_mut(PART * height * depth).enumerate().collect();
    team.share(parts, |(index, panels): (usize, &mut [f64])| {
        let first = index * PART;
        let bad = pulp::Arch::new().dispatch(Pack { matrix, from, depth, height, first, panels });
        *total.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) += bad;
    });
    total.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Numbers that begin at a cache line.
struct Aligned {
    values: Vec<f64>,
    skip: usize,
}

impl Aligned {
    fn part(&mut self, length: usize) -> &mut [f64] {
        &mut self.values[self.skip..self.skip + length]
    }
}

fn aligned(length: usize) -> Result<Aligned, Failure> {
    let mut values: Vec<f64> = Vec::new();
    values
        .try_reserve_exact(length + LINE)
        .map_err(|_| Failure::Internal(format!("no memory for {length} packed numbers")))?;
    values.resize(length + LINE, 0.0);
    let skip = values.as_ptr().align_offset(LINE * size_of::<f64>()).min(LINE);
    Ok(Aligned { values, skip })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    fn numbers(rows: usize, cols: usize) -> Dense {
        Dense { values: (0..rows * cols).map(|i| ((i * 37) % 11) as f64 - 5.0).collect(), rows, cols }
    }

    fn plain(matrix: &Dense, i: usize, j: usize) -> f64 {
        let at = |short: usize, long: usize| {
            let (row, col) = if matrix.rows <= matrix.cols { (short, long) } else { (long, short) };
            matrix.values[row * matrix.cols + col]
        };
        (0..matrix.long()).map(|k| at(i, k) * at(j, k)).sum()
    }

    #[test]
    fn it_is_the_product_with_its_own_transpose() {
        // Integers: sums are exact in any order.
        for (rows, cols) in [(1, 1), (1, 5), (5, 1), (3, 7), (7, 3), (50, 49), (49, 500), (500, 49), (100, 1000)] {
            let matrix = numbers(rows, cols);
            for threads in [1, 3] {
                let product = gram(&matrix, &Team::of(threads), &StopFlag::default()).expect("a product");
                for i in 0..matrix.short() {
                    for j in 0..matrix.short() {
                        assert_eq!(product.get(i, j), plain(&matrix, i, j), "{rows} x {cols} at {i}, {j}");
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_that_are_not_finite_are_counted_over_the_whole_matrix() {
        let mut matrix = numbers(3, 1000);
        matrix.values[1] = f64::NAN;
        matrix.values[2999] = f64::INFINITY;
        let found = gram(&matrix, &Team::of(1), &StopFlag::default()).expect_err("refused");
        assert_eq!(found, Failure::NotFinite { nan: 1, infinite: 1, total: 3000 });
    }

    #[test]
    fn a_raised_flag_ends_the_product() {
        let stop = StopFlag::default();
        stop.raise();
        assert_eq!(gram(&numbers(2, 2), &Team::of(1), &stop).expect_err("stopped"), Failure::Stopped);
    }
}
