//! Stage one of the reduction: a full symmetric matrix to one with SIDE subdiagonals, by blocks of reflections. Four fifths of
//! the work are products of tiles, where a reduction straight to three diagonals spends half of it waiting for memory.

use pulp::{Simd, WithSimd};

use crate::failure::Failure;
use crate::householder::{factor, Reflections};
use crate::product::{panel_height, AddProduct};
use crate::slab::{add_product, add_transposed};
use crate::stop::StopFlag;
use crate::team::Team;
use crate::tiles::{mirror, Tiles, SIDE, TILE};

/// Parts of a pass over the matrix that several threads may do.
const PARTS: usize = 4;

/// Reduces in place. What lies below the band is not cleared: it is not part of the matrix any more.
///
/// The update that a panel of tiles asks for is applied in the pass that multiplies the matrix with the next panel's
/// vectors, so that the matrix is gone over once a panel and not twice.
pub fn to_band(matrix: &mut Tiles, team: &Team, stop: &StopFlag) -> Result<(), Failure> {
    let arch = pulp::Arch::new();
    let (blocks, side) = (matrix.blocks(), matrix.side());
    let most = blocks.saturating_sub(1) * TILE;
    let [mut v, mut w] = [(); 2].map(|()| vec![0.0; most]);
    let mut y = vec![0.0; PARTS * most];
    let [mut left, mut right] = [(); 2].map(|()| vec![0.0; 2 * most]);
    for column in 0..blocks.saturating_sub(1) {
        stop.check()?;
        let from = column + 1;
        let length = (blocks - from) * TILE;
        let (v, w) = (&mut v[..length], &mut w[..length]);
        let update = (column > 0).then(|| Update { left: &left, right: &right, from: column, side });

        // 1. The tiles below the diagonal one = Q R.
        if let Some(update) = &update {
            arch.dispatch(update.to(column, matrix.column_mut(column)));
        }
        load(matrix, column, v);
        let (r, reflections) = arch.dispatch(Factor(v));
        store(matrix, column, &r);

        // 2. y = A v over the rest of the matrix, in parts that are added up in one order whoever computed them.
        let known = &*v;
        let parts = parts_of(matrix.columns_mut(from));
        let sums: Vec<_> = y.chunks_exact_mut(most).map(|y| &mut y[..length]).zip(parts).collect();
        team.share(sums, |(y, columns)| arch.dispatch(Pass { update: &update, from, columns, v: known, y }));
        let (y, others) = y.split_at_mut(most);
        for other in others.chunks_exact(most) {
            y[..length].iter_mut().zip(other).for_each(|(sum, part)| *sum += part);
        }

        // 3. w = y T − ½ v Tᵀ vᵀ y T, so that QᵀA Q = A − v wᵀ − w vᵀ.
        arch.dispatch(Transform { v: known, y: &y[..length], reflections: &reflections, w });
        pack(v, w, &mut left[..2 * length], &mut right[..2 * length]);
    }
    if blocks > 1 {
        let update = Update { left: &left, right: &right, from: blocks - 1, side };
        arch.dispatch(update.to(blocks - 1, matrix.column_mut(blocks - 1)));
    }
    Ok(())
}

/// A −= v wᵀ + w vᵀ from tile `from` on, packed and not yet applied.
struct Update<'a> {
    left: &'a [f64],
    right: &'a [f64],
    from: usize,
    /// Of the whole matrix.
    side: usize,
}

impl Update<'_> {
    fn to<'a>(&'a self, column: usize, tiles: &'a mut [f64]) -> UpdateColumn<'a> {
        let Self { left, right, from, side } = *self;
        UpdateColumn(AddProduct {
            left,
            right,
            depth: 2 * SIDE,
            side: side - from * SIDE,
            column: column - from,
            tiles,
        })
    }
}

struct UpdateColumn<'a>(AddProduct<'a>);

impl WithSimd for UpdateColumn<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let AddProduct { left, right, depth, side, column, tiles } = self.0;
        AddProduct { left, right, depth, side, column, tiles: &mut *tiles }.with_simd(simd);
        // The product leaves the upper half of the diagonal tile half done.
        mirror(&mut tiles[..TILE]);
    }
}

/// Tiles below the diagonal one of a column, as rows.
fn load(matrix: &Tiles, column: usize, v: &mut [f64]) {
    for (index, block) in v.chunks_exact_mut(TILE).enumerate() {
        let tile = matrix.tile(column + 1 + index, column);
        for i in 0..SIDE {
            for j in 0..SIDE {
                block[i * SIDE + j] = tile[j * SIDE + i];
            }
        }
    }
}

fn store(matrix: &mut Tiles, column: usize, r: &[f64]) {
    let tile = matrix.tile_mut(column + 1, column);
    for i in 0..SIDE {
        for j in 0..SIDE {
            tile[j * SIDE + i] = r[i * SIDE + j];
        }
    }
}

struct Factor<'a>(&'a mut [f64]);

impl WithSimd for Factor<'_> {
    type Output = (Vec<f64>, Reflections);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        factor(simd, self.0)
    }
}

/// Columns of tiles, from the longest on, in PARTS stretches of about equal area; the last ones may be empty.
fn parts_of<Column>(columns: Vec<Column>) -> Vec<Vec<Column>> {
    let count = columns.len();
    let border = |part: usize| count - (((PARTS - part) as f64 / PARTS as f64).sqrt() * count as f64).round() as usize;
    let mut columns = columns.into_iter();
    (0..PARTS).map(|part| columns.by_ref().take(border(part + 1) - border(part)).collect()).collect()
}

/// Applies the update to some columns of tiles, and adds up what they give to A v; A from tile `from` on, of which the lower half
/// is stored. Each tile is fetched once and used twice, as it lies and transposed.
struct Pass<'a> {
    update: &'a Option<Update<'a>>,
    from: usize,
    columns: Vec<(usize, &'a mut [f64])>,
    v: &'a [f64],
    y: &'a mut [f64],
}

impl WithSimd for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { update, from, columns, v, y } = self;
        y.fill(0.0);
        let part = |index: usize| (index - from) * TILE..(index - from + 1) * TILE;
        for (column, tiles) in columns {
            if let Some(update) = update {
                update.to(column, tiles).with_simd(simd);
            }
            for (row, tile) in (column..).zip(tiles.chunks_exact(TILE)) {
                add_product(simd, &mut y[part(row)], tile, &v[part(column)]);
                if row > column {
                    add_transposed(simd, &mut y[part(column)], tile, &v[part(row)]);
                }
            }
        }
    }
}

struct Transform<'a> {
    v: &'a [f64],
    y: &'a [f64],
    reflections: &'a Reflections,
    w: &'a mut [f64],
}

impl WithSimd for Transform<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { v, y, reflections: Reflections { t }, w } = self;
        w.fill(0.0);
        for (w, y) in w.chunks_exact_mut(TILE).zip(y.chunks_exact(TILE)) {
            add_transposed(simd, w, y, t);
        }
        let mut inner = vec![0.0; TILE];
        for (v, w) in v.chunks_exact(TILE).zip(w.chunks_exact(TILE)) {
            add_product(simd, &mut inner, v, w);
        }
        let mut half = vec![0.0; TILE];
        add_product(simd, &mut half, t, &inner);
        half.iter_mut().for_each(|value| *value *= -0.5);
        for (w, v) in w.chunks_exact_mut(TILE).zip(v.chunks_exact(TILE)) {
            add_transposed(simd, w, v, &half);
        }
    }
}

/// [v w] and −[w v] as the panels of the product.
fn pack(v: &[f64], w: &[f64], left: &mut [f64], right: &mut [f64]) {
    let height = panel_height();
    let size = height * 2 * SIDE;
    let panels = left.chunks_exact_mut(size).zip(right.chunks_exact_mut(size));
    let rows = v.chunks_exact(height * SIDE).zip(w.chunks_exact(height * SIDE));
    for ((left, right), (v, w)) in panels.zip(rows) {
        for row in 0..height {
            for k in 0..SIDE {
                let (a, b) = (v[row * SIDE + k], w[row * SIDE + k]);
                left[k * height + row] = a;
                left[(SIDE + k) * height + row] = b;
                right[k * height + row] = -b;
                right[(SIDE + k) * height + row] = -a;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;
    use crate::gram::gram;

    /// Sum of the diagonal and of all squares, which orthogonal transformations leave as they are.
    fn invariants(matrix: &Tiles, width: usize) -> [f64; 2] {
        let n = matrix.side();
        let squares = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i.abs_diff(*j) <= width);
        [(0..n).map(|i| matrix.get(i, i)).sum(), squares.map(|(i, j)| matrix.get(i, j).powi(2)).sum()]
    }

    #[test]
    fn trace_and_norm_move_into_the_band() {
        for side in [1, 48, 49, 96, 100, 290] {
            let values = (0..side * 300).map(|i| ((i * i + 7 * i) % 101) as f64 / 50.0 - 1.0).collect();
            let stop = StopFlag::default();
            let mut matrix = gram(&Dense { values, rows: side, cols: 300 }, &Team::of(1), &stop).expect("a product");
            let before = invariants(&matrix, side);
            let mut alone = matrix.clone();
            to_band(&mut alone, &Team::of(1), &stop).expect("a band");
            to_band(&mut matrix, &Team::of(2), &stop).expect("a band");
            for (found, expected) in invariants(&matrix, SIDE).into_iter().zip(before) {
                assert!((found / expected - 1.0).abs() < 1e-13, "{side}: {found} is not {expected}");
            }
            for i in 0..side {
                assert_eq!(matrix.get(i, i), alone.get(i, i), "threads must not change a bit");
            }
        }
    }
}
