//! Gram matrix of the short side, block by block along the long side, so that memory is short² + short × block.

use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::{Accum, Mat, Par};

use crate::decode::Bad;
use crate::failure::Failure;
use crate::stop::StopFlag;
use crate::tensor::Entries;

/// Entries of the long side per block. faer's triangular product ran fastest at 512 for short sides of 1024 and 2560
/// (256 and 1024 a few per cent slower, 4096 a third slower).
const BLOCK: usize = 512;
/// Rows transposed at once: 16 cache lines are written side by side instead of one per row.
const STRIP: usize = 16;

/// Lower triangle of the Gram matrix on the short side; the upper one is not written.
///
/// Each block is packed with the long side contiguous, the layout in which the product runs fastest.
pub fn gram(matrix: &impl Entries, stop: &StopFlag) -> Result<Mat<f64>, Failure> {
    let (short, long) = (matrix.short(), matrix.long());
    room_for(short, short)?;
    let mut product = Mat::<f64>::zeros(short, short);
    let mut bad = Bad::default();
    for from in (0..long).step_by(BLOCK) {
        stop.check()?;
        let mut block = Mat::<f64>::zeros(BLOCK.min(long - from), short);
        bad += pack(matrix, from, &mut block);
        // Go on counting, but no product of NaN is worth its time.
        if bad != Bad::default() {
            continue;
        }
        triangular::matmul(
            product.as_mut(),
            BlockStructure::TriangularLower,
            Accum::Add,
            block.as_ref().transpose(),
            BlockStructure::Rectangular,
            block.as_ref(),
            BlockStructure::Rectangular,
            1.0,
            Par::Seq,
        );
    }
    bad.refuse(matrix.total())?;
    Ok(product)
}

/// The whole matrix with the long side first, for the direct decomposition.
pub fn long_by_short(matrix: &impl Entries) -> Result<Mat<f64>, Failure> {
    room_for(matrix.long(), matrix.short())?;
    let mut whole = Mat::<f64>::zeros(matrix.long(), matrix.short());
    pack(matrix, 0, &mut whole).refuse(matrix.total())?;
    Ok(whole)
}

/// Fills `block` (long × short, column-major) from place `from` of the long side on.
fn pack(matrix: &impl Entries, from: usize, block: &mut Mat<f64>) -> Bad {
    let (length, short) = (block.nrows(), block.ncols());
    let mut bad = Bad::default();
    if matrix.rows() <= matrix.cols() {
        for row in 0..short {
            bad += matrix.read(row * matrix.cols() + from, block.col_as_slice_mut(row));
        }
        return bad;
    }
    let mut lines = vec![0.0; STRIP * short];
    for start in (0..length).step_by(STRIP) {
        let strip = STRIP.min(length - start);
        bad += matrix.read((from + start) * short, &mut lines[..strip * short]);
        for column in 0..short {
            for (offset, slot) in block.col_as_slice_mut(column)[start..start + strip].iter_mut().enumerate() {
                *slot = lines[offset * short + column];
            }
        }
    }
    bad
}

/// Asks for the memory before it is taken: a failed allocation inside faer would end the whole process.
fn room_for(rows: usize, cols: usize) -> Result<(), Failure> {
    Vec::<f64>::new()
        .try_reserve_exact(rows.saturating_mul(cols))
        .map_err(|_| Failure::Internal(format!("no memory for {rows} x {cols} numbers")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::Dense;

    fn numbers(rows: usize, cols: usize) -> Dense {
        Dense { values: (0..rows * cols).map(|i| ((i * 37) % 11) as f64 - 5.0).collect(), rows, cols }
    }

    #[test]
    fn the_lower_triangle_is_the_product_of_every_two_rows_or_columns() {
        for (rows, cols) in [(3, BLOCK + 70), (BLOCK + 70, 3), (5, 5), (1, 9), (9, 1), (40, 33)] {
            let matrix = numbers(rows, cols);
            let product = gram(&matrix, &StopFlag::default()).expect("a product");
            let at = |short: usize, long: usize| match rows <= cols {
                true => matrix.values[short * cols + long],
                false => matrix.values[long * cols + short],
            };
            for i in 0..matrix.short() {
                for j in 0..=i {
                    let expected: f64 = (0..matrix.long()).map(|k| at(i, k) * at(j, k)).sum();
                    assert_eq!(product[(i, j)], expected, "{rows} x {cols} at {i}, {j}");
                }
            }
        }
    }

    #[test]
    fn a_raised_flag_ends_the_product() {
        let stop = StopFlag::default();
        stop.raise();
        assert_eq!(gram(&numbers(2, 2), &stop).expect_err("stopped"), Failure::Stopped);
    }
}
