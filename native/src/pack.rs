//! A stretch of the long side of a matrix as the panels that the product reads, decoded straight from the stored bytes.

use pulp::{Simd, WithSimd};

use crate::decode::Bad;
use crate::entries::Entries;

/// Fills `panels` (`[panel][k][row]`, `height` rows each) with places `from..from + depth` of the long side; `panels` are those
/// from panel `first` on, and rows beyond the matrix are zero. Returns how many numbers were not finite.
pub struct Pack<'a, Matrix> {
    pub matrix: &'a Matrix,
    pub from: usize,
    pub depth: usize,
    pub height: usize,
    pub first: usize,
    pub panels: &'a mut [f64],
}

impl<Matrix: Entries> WithSimd for Pack<'_, Matrix> {
    type Output = Bad;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Bad {
        if self.matrix.rows() <= self.matrix.cols() {
            wide(self)
        } else {
            tall(self)
        }
    }
}

/// Rows are the short side: each is read along and spread over its panel.
#[inline(always)]
fn wide<Matrix: Entries>(work: Pack<'_, Matrix>) -> Bad {
    let Pack { matrix, from, depth, height, first, panels } = work;
    let mut bad = Bad::default();
    let mut line = vec![0.0; depth];
    for (index, panel) in panels.chunks_exact_mut(height * depth).enumerate() {
        for row in 0..height {
            let short = (first + index) * height + row;
            if short < matrix.rows() {
                bad += matrix.read(short, from, &mut line);
            } else {
                line.fill(0.0);
            }
            for (slot, value) in panel[row..].iter_mut().step_by(height).zip(&line) {
                *slot = *value;
            }
        }
    }
    bad
}

/// Columns are the short side: each row gives one step of every panel.
#[inline(always)]
fn tall<Matrix: Entries>(work: Pack<'_, Matrix>) -> Bad {
    let Pack { matrix, from, depth, height, first, panels } = work;
    let mut bad = Bad::default();
    let size = height * depth;
    let count = panels.len() / size;
    let begin = first * height;
    let known = (matrix.cols() - begin.min(matrix.cols())).min(count * height);
    let mut line = vec![0.0; count * height];
    panels.fill(0.0);
    for k in 0..if known > 0 { depth } else { 0 } {
        bad += matrix.read(from + k, begin, &mut line[..known]);
        for (panel, part) in panels.chunks_exact_mut(size).zip(line.chunks_exact(height)) {
            panel[k * height..(k + 1) * height].copy_from_slice(part);
        }
    }
    bad
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    fn packed(rows: usize, cols: usize) -> Vec<f64> {
        let matrix = Dense { values: (0..rows * cols).map(|value| value as f64).collect(), rows, cols };
        let mut panels = vec![f64::NAN; 2 * 3 * 2];
        let bad = pulp::Arch::new().dispatch(Pack {
            matrix: &matrix,
            from: 1,
            depth: 2,
            height: 3,
            first: 0,
            panels: &mut panels,
        });
        assert_eq!(bad, Bad::default());
        panels
    }

    #[test]
    fn the_short_side_lies_side_by_side_and_is_padded_with_zeros() {
        // Rows 0 to 3 of a 4 × 5 matrix at columns 1 and 2.
        assert_eq!(packed(4, 5), [1.0, 6.0, 11.0, 2.0, 7.0, 12.0, 16.0, 0.0, 0.0, 17.0, 0.0, 0.0]);
        // Columns 0 to 3 of a 5 × 4 matrix at rows 1 and 2.
        assert_eq!(packed(5, 4), [4.0, 5.0, 6.0, 8.0, 9.0, 10.0, 7.0, 0.0, 0.0, 11.0, 0.0, 0.0]);
    }
}
