//! Products of a square block (SIDE × SIDE) with rows of a slab (rows × SIDE, row-major), the two shapes that the reduction to
//! a band needs. The result stays in registers while the block is read, six vectors of a row at a time.

use pulp::Simd;

use crate::tiles::{SIDE, TILE};

/// Vectors of one row held at once.
const HELD: usize = 6;

/// y[i, :] += Σ_k a[k·SIDE + i] · v[k, :]: the column-major block times the slab, or the transpose of a row-major one.
#[inline(always)]
pub fn add_product<S: Simd>(simd: S, y: &mut [f64], a: &[f64], v: &[f64]) {
    match S::F64_LANES {
        8 => rows::<S, 4, 1, SIDE>(simd, y, a, v),
        _ => rows::<S, 2, 1, SIDE>(simd, y, a, v),
    }
}

/// y[j, :] += Σ_i a[j·SIDE + i] · v[i, :]: the transpose of the column-major block times the slab, or a row-major one.
#[inline(always)]
pub fn add_transposed<S: Simd>(simd: S, y: &mut [f64], a: &[f64], v: &[f64]) {
    match S::F64_LANES {
        8 => rows::<S, 4, SIDE, 1>(simd, y, a, v),
        _ => rows::<S, 2, SIDE, 1>(simd, y, a, v),
    }
}

/// R rows of the result at once; entry (i, k) of the block lies at i·ROW + k·STEP.
#[inline(always)]
fn rows<S: Simd, const R: usize, const ROW: usize, const STEP: usize>(
    simd: S,
    y: &mut [f64],
    a: &[f64],
    v: &[f64],
) {
    let group = HELD * S::F64_LANES;
    let Ok(a) = <&[f64; TILE]>::try_from(a) else {
        return;
    };
    for i in (0..SIDE).step_by(R) {
        for from in (0..SIDE).step_by(group) {
            let mut sums = [[simd.splat_f64s(0.0); HELD]; R];
            for (r, sums) in sums.iter_mut().enumerate() {
                let (line, _) = S::as_simd_f64s(&y[(i + r) * SIDE + from..][..group]);
                sums.copy_from_slice(line);
            }
            for (k, line) in v.chunks_exact(SIDE).enumerate() {
                let (line, _) = S::as_simd_f64s(&line[from..from + group]);
                let Ok(line) = <&[S::f64s; HELD]>::try_from(line) else {
                    return;
                };
                for (r, sums) in sums.iter_mut().enumerate() {
                    let factor = simd.splat_f64s(a[(i + r) * ROW + k * STEP]);
                    for (sum, value) in sums.iter_mut().zip(line) {
                        *sum = simd.mul_add_f64s(*value, factor, *sum);
                    }
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                let (line, _) = S::as_mut_simd_f64s(&mut y[(i + r) * SIDE + from..][..group]);
                line.copy_from_slice(sums);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulp::WithSimd;

    struct Both<'a>(&'a [f64], &'a [f64]);

    impl WithSimd for Both<'_> {
        type Output = [Vec<f64>; 2];
        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
            let mut found = [vec![1.0; TILE], vec![1.0; TILE]];
            add_product(simd, &mut found[0], self.0, self.1);
            add_transposed(simd, &mut found[1], self.0, self.1);
            found
        }
    }

    #[test]
    fn the_block_and_its_transpose_are_multiplied_and_added() {
        let a: Vec<f64> = (0..TILE).map(|i| ((i * 29) % 17) as f64 - 8.0).collect();
        let v: Vec<f64> = (0..TILE).map(|i| ((i * 31) % 13) as f64 - 6.0).collect();
        let [product, transposed] = pulp::Arch::new().dispatch(Both(&a, &v));
        for i in 0..SIDE {
            for c in 0..SIDE {
                let sum = |at: &dyn Fn(usize) -> f64| {
                    1.0 + (0..SIDE).map(|k| at(k) * v[k * SIDE + c]).sum::<f64>()
                };
                assert_eq!(product[i * SIDE + c], sum(&|k| a[k * SIDE + i]));
                assert_eq!(transposed[i * SIDE + c], sum(&|k| a[i * SIDE + k]));
            }
        }
    }
}
