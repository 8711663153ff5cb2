//! The product that everything rests on: C += A Bᵀ for a micro-tile of C that stays in registers.

use pulp::{Simd, WithSimd};

use crate::tiles::{SIDE, TILE};

/// Rows of tiles worked on together, so that their packed panels stay in the second-level cache.
const TALL: usize = 3;

/// Numbers of a packed panel side by side: rows of the micro-tile, three vectors of the processor's length.
pub fn panel_height() -> usize {
    struct Height;
    impl WithSimd for Height {
        type Output = usize;
        fn with_simd<S: Simd>(self, _: S) -> usize {
            3 * vector_length::<S>()
        }
    }
    pulp::Arch::new().dispatch(Height)
}

/// Numbers in a vector, as far as this crate makes use of it.
#[inline(always)]
fn vector_length<S: Simd>() -> usize {
    match S::F64_LANES {
        8 => 8,
        4 => 4,
        2 => 2,
        _ => 1,
    }
}

/// Adds `left` · `right`ᵀ to one column of tiles of a symmetric matrix, diagonal tile downwards.
///
/// Both sides are packed in panels of `panel_height()` rows, `[panel][k][row]`, over `depth` values of k; panel 0 begins
/// at the first row of the matrix that `columns` counts from. Of the diagonal tile at least the lower half is added.
pub struct AddProduct<'a> {
    pub left: &'a [f64],
    pub right: &'a [f64],
    pub depth: usize,
    /// Rows of the matrix; what lies beyond them is padding, and is not computed.
    pub side: usize,
    /// Index of the column of tiles.
    pub column: usize,
    /// Tiles (column, column), (column + 1, column), …
    pub tiles: &'a mut [f64],
}

impl WithSimd for AddProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match S::F64_LANES {
            8 => column_of_tiles::<S, 8>(simd, self),
            4 => column_of_tiles::<S, 4>(simd, self),
            2 => column_of_tiles::<S, 2>(simd, self),
            _ => column_of_tiles::<S, 1>(simd, self),
        }
    }
}

#[inline(always)]
fn column_of_tiles<S: Simd, const L: usize>(simd: S, work: AddProduct<'_>) {
    let AddProduct { left, right, depth, side, column, tiles } = work;
    let height = 3 * L;
    let per_tile = SIDE / height;
    let size = height * depth;
    let count = tiles.len() / TILE;
    let panels = side.div_ceil(height);
    for top in (0..count).step_by(TALL) {
        for q in 0..per_tile {
            let b = &right[(column * per_tile + q) * size..][..size];
            // Columns of the padding are left out too.
            let begin = (column * per_tile + q) * height;
            for offset in (0..height).step_by(L).filter(|offset| begin + offset < side) {
                for row in top..(top + TALL).min(count) {
                    // Of the diagonal tile only what touches its lower half.
                    let last = per_tile.min(panels.saturating_sub((column + row) * per_tile));
                    for p in if row == 0 { q } else { 0 }..last {
                        let a = &left[((column + row) * per_tile + p) * size..][..size];
                        let c = &mut tiles[row * TILE + (q * height + offset) * SIDE + p * height..];
                        micro_tile::<S, L>(simd, a, b, offset, c);
                    }
                }
            }
        }
    }
}

/// C (3L × L, columns SIDE apart) += the panel `a` times L rows of the panel `b` from `offset` on.
#[inline(always)]
fn micro_tile<S: Simd, const L: usize>(simd: S, a: &[f64], b: &[f64], offset: usize, c: &mut [f64]) {
    let mut sums = [[simd.splat_f64s(0.0); 3]; L];
    for (a, b) in a.chunks_exact(3 * L).zip(b.chunks_exact(3 * L)) {
        let (a, _) = S::as_simd_f64s(a);
        let (Ok(a), Ok(b)) = (<&[S::f64s; 3]>::try_from(a), <&[f64; L]>::try_from(&b[offset..offset + L])) else {
            return;
        };
        for (sums, factor) in sums.iter_mut().zip(b) {
            let factor = simd.splat_f64s(*factor);
            for (sum, value) in sums.iter_mut().zip(a) {
                *sum = simd.mul_add_f64s(*value, factor, *sum);
            }
        }
    }
    for (column, sums) in sums.iter().enumerate() {
        let (lanes, _) = S::as_mut_simd_f64s(&mut c[column * SIDE..column * SIDE + 3 * L]);
        for (lane, sum) in lanes.iter_mut().zip(sums) {
            *lane = simd.add_f64s(*lane, *sum);
        }
    }
}
