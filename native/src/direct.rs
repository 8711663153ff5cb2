//! Singular values of the matrix itself, for spectra whose small eigenvalues the Gram matrix would lose.

use faer::Mat;

use crate::decode::Bad;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::stop::StopFlag;

/// Stretches of the long side taken into the triangle at once, in short sides.
const STRETCH: usize = 2;

/// Squares of the singular values, unsorted; each singular value is off by a few ε times the largest.
///
/// The long side goes through a QR decomposition stretch by stretch, so that memory is three times short², and singular
/// values are taken of the triangle.
pub fn singular_squares(matrix: &impl Entries, stop: &StopFlag) -> Result<Vec<f64>, Failure> {
    let (short, long) = (matrix.short(), matrix.long());
    let stretch = (STRETCH * short).max(1);
    let mut bad = Bad::default();
    let mut triangle: Option<Mat<f64>> = None;
    let mut from = 0;
    while from < long {
        stop.check()?;
        // A remainder shorter than half a stretch goes along.
        let length = if long - from < stretch + stretch / 2 { long - from } else { stretch };
        let above = triangle.as_ref().map_or(0, Mat::nrows);
        let mut stacked = zeros(above + length, short)?;
        if let Some(triangle) = &triangle {
            for column in 0..short {
                for row in 0..=column.min(above - 1) {
                    stacked[(row, column)] = triangle[(row, column)];
                }
            }
        }
        bad += fill(matrix, from, above, &mut stacked);
        bad.refuse(matrix.total())?;
        triangle = Some(stacked.qr().R().to_owned());
        from += length;
    }
    stop.check()?;
    let Some(mut triangle) = triangle else {
        return Ok(vec![0.0; short]);
    };
    for column in 0..short {
        for row in column + 1..triangle.nrows() {
            triangle[(row, column)] = 0.0;
        }
    }
    let values = triangle.singular_values().map_err(|error| Failure::Internal(format!("{error:?}")))?;
    Ok(values.into_iter().map(|value| value * value).collect())
}

/// Places `from..` of the long side as rows of `stacked` from `above` on.
fn fill(matrix: &impl Entries, from: usize, above: usize, stacked: &mut Mat<f64>) -> Bad {
    let (length, short) = (stacked.nrows() - above, stacked.ncols());
    let mut bad = Bad::default();
    if matrix.rows() <= matrix.cols() {
        for row in 0..short {
            bad += matrix.read(row, from, &mut stacked.col_as_slice_mut(row)[above..]);
        }
        return bad;
    }
    let mut line = vec![0.0; short];
    for offset in 0..length {
        bad += matrix.read(from + offset, 0, &mut line);
        for (column, value) in line.iter().enumerate() {
            stacked[(above + offset, column)] = *value;
        }
    }
    bad
}

fn zeros(rows: usize, cols: usize) -> Result<Mat<f64>, Failure> {
    room_for(rows, cols)?;
    Ok(Mat::zeros(rows, cols))
}

/// Asks for the memory of a dense matrix before it is taken: a failed allocation inside faer would end the whole process.
pub fn room_for(rows: usize, cols: usize) -> Result<(), Failure> {
    Vec::<f64>::new()
        .try_reserve_exact(rows.saturating_mul(cols))
        .map_err(|_| Failure::Internal(format!("no memory for {rows} x {cols} numbers")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    fn squares(rows: usize, cols: usize, entry: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let values = (0..rows * cols).map(|at| entry(at / cols, at % cols)).collect();
        let mut found = singular_squares(&Dense { values, rows, cols }, &StopFlag::default()).expect("values");
        found.sort_by(f64::total_cmp);
        found
    }

    #[test]
    fn stretches_of_the_long_side_add_up_to_the_whole() {
        // Columns orthogonal by construction: cosines of whole frequencies, scaled by 1, 2, 3 (norm² N/2 each).
        let cosine =
            |k: usize, j: usize| (j + 1) as f64 * (2.0 * std::f64::consts::PI * ((j + 1) * k) as f64 / 60.0).cos();
        for found in [squares(60, 3, cosine), squares(3, 60, |j, k| cosine(k, j))] {
            for (value, expected) in found.iter().zip([30.0, 120.0, 270.0]) {
                assert!((value / expected - 1.0).abs() < 1e-13, "{value} is not {expected}");
            }
        }
    }

    #[test]
    fn repeated_columns_give_zeros_at_rounding_level() {
        let found = squares(40, 8, |row, col| ((row * 7 + (col % 4) * 5) % 13) as f64);
        assert_eq!(found.iter().filter(|value| value.sqrt() > found[7].sqrt() * 40.0 * f64::EPSILON).count(), 4);
    }
}
