//! Stage two of the reduction: a symmetric band to three diagonals. Each sweep clears one column and chases the bulge that
//! this makes down the band, SIDE rows at a time (Schwarz 1968; in blocks as Bischof, Lang & Sun 2000).

use pulp::{Simd, WithSimd};

use crate::failure::Failure;
use crate::stop::StopFlag;
use crate::tiles::{Tiles, SIDE};

/// Distance in memory between neighbours in a row: a column holds its diagonal entry and the 2·SIDE − 1 entries below it that
/// a bulge may fill, and lies one further on.
const STEP: usize = 2 * SIDE;
/// Longest vector made use of.
const LONGEST: usize = 8;
/// Ones from each place of a vector on: what of a vector of a diagonal block lies on or below the diagonal.
const MASKS: [[f64; LONGEST]; LONGEST] = masks();

/// Lower half of a band matrix, padded with zeros so that every block is whole: entry (i, j), j ≤ i < j + 2·SIDE, at i + j·STEP.
pub struct Band {
    side: usize,
    values: Vec<f64>,
}

impl Band {
    /// The entries of `matrix` within SIDE of the diagonal.
    pub fn of(matrix: &Tiles) -> Self {
        let side = matrix.side();
        let mut values = vec![0.0; (side + 3 * SIDE) * (STEP + 1)];
        for j in 0..side {
            for i in j..(j + SIDE + 1).min(side) {
                values[i + j * STEP] = matrix.get(i, j);
            }
        }
        Self { side, values }
    }

    /// Diagonal and subdiagonal of the tridiagonal matrix with the same eigenvalues.
    pub fn into_tridiagonal(mut self, stop: &StopFlag) -> Result<(Vec<f64>, Vec<f64>), Failure> {
        for column in 0..self.side.saturating_sub(2) {
            if column % SIDE == 0 {
                stop.check()?;
            }
            pulp::Arch::new().dispatch(Sweep {
                band: &mut self,
                column,
            });
        }
        let Self { side, values } = self;
        let diagonal = (0..side).map(|j| values[j + j * STEP]).collect();
        let below = (1..side).map(|j| values[j + (j - 1) * STEP]).collect();
        Ok((diagonal, below))
    }
}

struct Sweep<'a> {
    band: &'a mut Band,
    column: usize,
}

impl WithSimd for Sweep<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match S::F64_LANES {
            8 => sweep::<S, 6>(simd, self),
            4 => sweep::<S, 12>(simd, self),
            2 => sweep::<S, 24>(simd, self),
            _ => sweep::<S, 48>(simd, self),
        }
    }
}

/// I − tau v vᵀ, v₀ = 1.
struct Reflection {
    v: [f64; SIDE],
    tau: f64,
}

#[inline(always)]
fn sweep<S: Simd, const V: usize>(
    simd: S,
    Sweep {
        band: Band { side, values },
        column,
    }: Sweep<'_>,
) {
    let mut row = column + 1;
    let mut reflection = clear(&mut values[row + column * STEP..]);
    loop {
        both_sides::<S, V>(simd, &mut values[row + row * STEP..], &reflection);
        if row + SIDE >= *side {
            return;
        }
        let block = &mut values[row + SIDE + row * STEP..];
        let bulge = from_the_right::<S, V>(simd, block, &reflection);
        reflection = clear_bulge::<S, V>(simd, block, &reflection, &bulge);
        row += SIDE;
    }
}

/// Replaces the first SIDE entries by their norm and zeros, and returns the reflection that does so.
#[inline(always)]
fn clear(x: &mut [f64]) -> Reflection {
    let mut entries = [0.0; SIDE];
    entries.copy_from_slice(&x[..SIDE]);
    let alpha = entries[0];
    let mut parts = [0.0; LONGEST];
    entries[0] = 0.0;
    for chunk in entries.chunks_exact(LONGEST) {
        for (part, value) in parts.iter_mut().zip(chunk) {
            *part += value * value;
        }
    }
    let squares: f64 = parts.iter().sum();
    x[1..SIDE].fill(0.0);
    if squares <= f64::MIN_POSITIVE {
        return Reflection {
            v: [0.0; SIDE],
            tau: 0.0,
        };
    }
    let beta = -(alpha * alpha + squares).sqrt().copysign(alpha);
    let scale = 1.0 / (alpha - beta);
    x[0] = beta;
    let mut v = entries.map(|value| value * scale);
    v[0] = 1.0;
    Reflection {
        v,
        tau: (beta - alpha) / beta,
    }
}

/// A ← H A H for a diagonal block, of which only the lower half is stored: A −= v wᵀ + w vᵀ with w = τ A v − ½ τ² (vᵀA v) v.
///
/// Above the diagonal the memory belongs to other entries; they are masked out of the product and written back unchanged.
#[inline(always)]
fn both_sides<S: Simd, const V: usize>(simd: S, a: &mut [f64], Reflection { v, tau }: &Reflection) {
    let lanes = S::F64_LANES;
    let vs = vectors::<S, V>(v);
    let mut products = [simd.splat_f64s(0.0); V];
    let mut own = [0.0; SIDE];
    for j in 0..SIDE {
        let column = vectors::<S, V>(&a[j * STEP..]);
        let (first, mask) = (j / lanes, mask::<S>(j));
        let vj = simd.splat_f64s(v[j]);
        // Each entry below the diagonal serves twice, the diagonal one once.
        let entries = simd.mul_f64s(column[first], mask);
        products[first] = simd.mul_add_f64s(entries, vj, products[first]);
        let mut dot = simd.mul_f64s(entries, vs[first]);
        for i in first + 1..V {
            products[i] = simd.mul_add_f64s(column[i], vj, products[i]);
            dot = simd.mul_add_f64s(column[i], vs[i], dot);
        }
        own[j] = simd.reduce_sum_f64s(dot) - a[j * STEP + j] * v[j];
    }
    let owns = vectors::<S, V>(&own);
    let mut inner = simd.splat_f64s(0.0);
    for i in 0..V {
        products[i] = simd.add_f64s(products[i], owns[i]);
        inner = simd.mul_add_f64s(products[i], vs[i], inner);
    }
    let half = simd.splat_f64s(-0.5 * tau * tau * simd.reduce_sum_f64s(inner));
    let ws = products.map(|product| simd.mul_f64s(product, simd.splat_f64s(*tau)));
    let mut w = [0.0; SIDE];
    let (slots, _) = S::as_mut_simd_f64s(&mut w);
    for i in 0..V {
        slots[i] = simd.mul_add_f64s(vs[i], half, ws[i]);
    }
    let ws = vectors::<S, V>(&w);
    for j in 0..SIDE {
        let (first, mask) = (j / lanes, mask::<S>(j));
        let (vj, wj) = (simd.splat_f64s(v[j]), simd.splat_f64s(w[j]));
        let column = vectors_mut::<S, V>(&mut a[j * STEP..]);
        let change = simd.mul_add_f64s(vs[first], wj, simd.mul_f64s(ws[first], vj));
        column[first] = simd.negate_mul_add_f64s(change, mask, column[first]);
        for i in first + 1..V {
            column[i] =
                simd.negate_mul_add_f64s(ws[i], vj, simd.negate_mul_add_f64s(vs[i], wj, column[i]));
        }
    }
}

/// u = τ B v for the block below: B H = B − u vᵀ. Applied by `clear_bulge`.
#[inline(always)]
fn from_the_right<S: Simd, const V: usize>(
    simd: S,
    b: &[f64],
    Reflection { v, tau }: &Reflection,
) -> [S::f64s; V] {
    let mut sums = [simd.splat_f64s(0.0); V];
    for (j, value) in v.iter().enumerate() {
        let factor = simd.splat_f64s(value * tau);
        for (sum, entries) in sums.iter_mut().zip(vectors::<S, V>(&b[j * STEP..])) {
            *sum = simd.mul_add_f64s(*entries, factor, *sum);
        }
    }
    sums
}

/// B ← H′ (B − u vᵀ), H′ the reflection that clears the first column; that one is returned.
#[inline(always)]
fn clear_bulge<S: Simd, const V: usize>(
    simd: S,
    b: &mut [f64],
    Reflection { v, .. }: &Reflection,
    us: &[S::f64s; V],
) -> Reflection {
    for (entries, u) in vectors_mut::<S, V>(b).iter_mut().zip(us) {
        *entries = simd.sub_f64s(*entries, *u);
    }
    let next = clear(b);
    let ns = vectors::<S, V>(&next.v);
    for (j, value) in v.iter().enumerate().skip(1) {
        let vj = simd.splat_f64s(*value);
        let column = vectors_mut::<S, V>(&mut b[j * STEP..]);
        let mut values = *column;
        let mut dot = simd.splat_f64s(0.0);
        for i in 0..V {
            values[i] = simd.negate_mul_add_f64s(us[i], vj, values[i]);
            dot = simd.mul_add_f64s(values[i], ns[i], dot);
        }
        let factor = simd.splat_f64s(next.tau * simd.reduce_sum_f64s(dot));
        for i in 0..V {
            column[i] = simd.negate_mul_add_f64s(ns[i], factor, values[i]);
        }
    }
    next
}

/// The first SIDE numbers as V vectors. V · F64_LANES is SIDE for every kind of processor, so the conversion cannot fail.
#[inline(always)]
fn vectors<S: Simd, const V: usize>(x: &[f64]) -> &[S::f64s; V] {
    S::as_simd_f64s(&x[..SIDE])
        .0
        .try_into()
        .unwrap_or_else(|_| unreachable!())
}

#[inline(always)]
fn vectors_mut<S: Simd, const V: usize>(x: &mut [f64]) -> &mut [S::f64s; V] {
    S::as_mut_simd_f64s(&mut x[..SIDE])
        .0
        .try_into()
        .unwrap_or_else(|_| unreachable!())
}

/// Zeros before place `row` of its vector, ones from there on.
#[inline(always)]
fn mask<S: Simd>(row: usize) -> S::f64s {
    let lanes = S::F64_LANES.min(LONGEST);
    S::as_simd_f64s(&MASKS[row % lanes][..lanes]).0[0]
}

const fn masks() -> [[f64; LONGEST]; LONGEST] {
    let mut masks = [[0.0; LONGEST]; LONGEST];
    let mut place = 0;
    while place < LONGEST {
        let mut lane = place;
        while lane < LONGEST {
            masks[place][lane] = 1.0;
            lane += 1;
        }
        place += 1;
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trace_and_norm_move_into_three_diagonals() {
        for side in [1, 2, 3, 47, 48, 49, 97, 150] {
            let mut matrix = Tiles::zeros(side).expect("memory");
            let (mut trace, mut squares) = (0.0, 0.0);
            for j in 0..side {
                for i in j..(j + SIDE + 1).min(side) {
                    let value = ((i * 31 + j * 17) % 23) as f64 - 11.0;
                    matrix.tile_mut(i / SIDE, j / SIDE)[i % SIDE + (j % SIDE) * SIDE] = value;
                    trace += if i == j { value } else { 0.0 };
                    squares += value * value * if i == j { 1.0 } else { 2.0 };
                }
            }
            matrix.mirror();
            let (diagonal, below) = Band::of(&matrix)
                .into_tridiagonal(&StopFlag::default())
                .expect("three diagonals");
            assert!((diagonal.iter().sum::<f64>() - trace).abs() < 1e-10);
            let found = diagonal.iter().map(|x| x * x).sum::<f64>()
                + 2.0 * below.iter().map(|x| x * x).sum::<f64>();
            assert!(
                (found / squares - 1.0).abs() < 1e-12,
                "{side}: {found} is not {squares}"
            );
        }
    }
}
