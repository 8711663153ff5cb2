//! Gram matrix of the short side, block by block along the long side, so that memory is short² + short × block.

use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::{Accum, Mat, Par};

use crate::failure::Failure;
use crate::tensor::Mapped;

/// Entries of the long side per block: large enough for the product to run at full speed, small enough to stay cached.
const BLOCK: usize = 1024;

/// Lower triangle of the Gram matrix on the short side; the upper one is not written.
///
/// Each block is packed with the long side contiguous, the layout in which the product runs fastest.
pub fn gram(tensor: &Mapped) -> Result<Mat<f64>, Failure> {
    let (short, long) = sides(tensor);
    let mut product = Mat::<f64>::zeros(short, short);
    let (mut nan, mut infinite) = (0, 0);
    for from in (0..long).step_by(BLOCK) {
        let length = BLOCK.min(long - from);
        let mut block = Mat::<f64>::zeros(length, short);
        let bad = pack(tensor, from, &mut block);
        nan += bad.0;
        infinite += bad.1;
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
    if nan + infinite > 0 {
        return Err(Failure::NotFinite { nan, infinite, total: tensor.len() });
    }
    Ok(product)
}

/// The whole matrix as long × short, for the direct decomposition.
pub fn long_by_short(values: &[f64], rows: usize, cols: usize) -> Mat<f64> {
    if rows >= cols {
        Mat::from_fn(rows, cols, |i, j| values[i * cols + j])
    } else {
        Mat::from_fn(cols, rows, |i, j| values[j * cols + i])
    }
}

fn sides(tensor: &Mapped) -> (usize, usize) {
    (tensor.rows.min(tensor.cols), tensor.rows.max(tensor.cols))
}

/// Fills one block (long × short, column-major) and returns the counts of NaN and Inf in it.
fn pack(tensor: &Mapped, from: usize, block: &mut Mat<f64>) -> (usize, usize) {
    let (length, short) = (block.nrows(), block.ncols());
    let (mut nan, mut infinite) = (0, 0);
    if tensor.rows <= tensor.cols {
        for row in 0..short {
            let column = block.col_as_slice_mut(row);
            let bad = tensor.read(row * tensor.cols + from, column);
            nan += bad.0;
            infinite += bad.1;
        }
        return (nan, infinite);
    }
    let mut line = vec![0.0; short];
    for offset in 0..length {
        let bad = tensor.read((from + offset) * tensor.cols, &mut line);
        nan += bad.0;
        infinite += bad.1;
        for (column, value) in line.iter().enumerate() {
            block[(offset, column)] = *value;
        }
    }
    (nan, infinite)
}
