//! QR of a slab (rows × SIDE, row-major) by Householder reflections, as I − V T Vᵀ.

use pulp::Simd;

use crate::slab::add_product;
use crate::tiles::{SIDE, TILE};

/// Q of a slab: `v` with ones on the diagonal and zeros above it, `t` upper triangular, row-major.
pub struct Reflections {
    pub t: Vec<f64>,
}

/// Slab → V in place; R, upper triangular and row-major, is returned beside T.
#[inline(always)]
pub fn factor<S: Simd>(simd: S, slab: &mut [f64]) -> (Vec<f64>, Reflections) {
    let mut taus = [0.0; SIDE];
    eliminate(simd, slab, &mut taus);
    let mut r = vec![0.0; TILE];
    for i in 0..SIDE {
        r[i * SIDE + i..(i + 1) * SIDE].copy_from_slice(&slab[i * SIDE + i..(i + 1) * SIDE]);
        slab[i * SIDE + i] = 1.0;
        slab[i * SIDE + i + 1..(i + 1) * SIDE].fill(0.0);
    }
    let t = triangle(simd, slab, &taus);
    (r, Reflections { t })
}

/// Columns cleared one after the other. One pass over the rows below applies a reflection and already gathers the products that
/// the next one needs, so that the slab is read once a column.
#[inline(always)]
fn eliminate<S: Simd>(simd: S, slab: &mut [f64], taus: &mut [f64; SIDE]) {
    // dots[j] = Σ x_i · slab[i, j] over the rows below the diagonal one, x the column to be cleared.
    let mut dots = dots_of(slab, 0);
    for c in 0..SIDE {
        let squares = dots[c];
        let alpha = slab[c * SIDE + c];
        if squares <= f64::MIN_POSITIVE {
            // Nothing to clear.
            slab[(c + 1) * SIDE..]
                .iter_mut()
                .skip(c)
                .step_by(SIDE)
                .for_each(|value| *value = 0.0);
            if c + 1 < SIDE {
                dots = dots_of(slab, c + 1);
            }
            continue;
        }
        let beta = -(alpha * alpha + squares).sqrt().copysign(alpha);
        let scale = 1.0 / (alpha - beta);
        taus[c] = (beta - alpha) / beta;
        let mut factors = [0.0; SIDE];
        for j in c + 1..SIDE {
            let first = slab[c * SIDE + j];
            factors[j] = taus[c] * (first + dots[j] * scale);
            slab[c * SIDE + j] = first - factors[j];
        }
        slab[c * SIDE + c] = beta;
        dots = reflect(simd, &mut slab[(c + 1) * SIDE..], c, scale, &factors);
    }
}

fn dots_of(slab: &[f64], c: usize) -> [f64; SIDE] {
    let mut dots = [0.0; SIDE];
    for line in slab.chunks_exact(SIDE).skip(c + 1) {
        for (dot, value) in dots.iter_mut().zip(line) {
            *dot += line[c] * value;
        }
    }
    dots
}

/// Rows −= v · factors, v = column c scaled, which stays in that column. Returns the dots of column c + 1.
#[inline(always)]
fn reflect<S: Simd>(
    simd: S,
    rows: &mut [f64],
    c: usize,
    scale: f64,
    factors: &[f64; SIDE],
) -> [f64; SIDE] {
    let mut dots = [0.0; SIDE];
    let next = (c + 1).min(SIDE - 1);
    let first = c / S::F64_LANES;
    let (factor_lanes, _) = S::as_simd_f64s(factors);
    let (dot_lanes, _) = S::as_mut_simd_f64s(&mut dots);
    for (index, line) in rows.chunks_exact_mut(SIDE).enumerate() {
        let v = line[c] * scale;
        let vs = simd.splat_f64s(v);
        let (lanes, _) = S::as_mut_simd_f64s(line);
        for (lane, factor) in lanes.iter_mut().zip(factor_lanes).skip(first) {
            *lane = simd.negate_mul_add_f64s(vs, *factor, *lane);
        }
        // Taken from the row as it is now: where little is left, a value rounded otherwise would be another vector altogether. The
        // first of these rows holds the diagonal entry of the next column, which is not part of its dots.
        let x = simd.splat_f64s(if index == 0 { 0.0 } else { line[next] });
        let (lanes, _) = S::as_simd_f64s(line);
        for (lane, dot) in lanes.iter().zip(dot_lanes.iter_mut()).skip(first) {
            *dot = simd.mul_add_f64s(x, *lane, *dot);
        }
        line[c] = v;
    }
    dots
}

/// T from VᵀV and the scales of the reflections (Schreiber & Van Loan 1989).
#[inline(always)]
fn triangle<S: Simd>(simd: S, v: &[f64], taus: &[f64; SIDE]) -> Vec<f64> {
    let mut inner = vec![0.0; TILE];
    for block in v.chunks_exact(TILE) {
        add_product(simd, &mut inner, block, block);
    }
    let mut t = vec![0.0; TILE];
    for j in 0..SIDE {
        t[j * SIDE + j] = taus[j];
        for i in 0..j {
            let sum: f64 = (i..j).map(|k| t[i * SIDE + k] * inner[k * SIDE + j]).sum();
            t[i * SIDE + j] = -taus[j] * sum;
        }
    }
    t
}
