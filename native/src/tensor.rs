//! Where a matrix lies in a file, and reading it piece by piece.

use crate::decode::{count_bad, Bad, Dtype};
use crate::entries::{Dense, Entries};
use crate::failure::Failure;
use crate::source::Source;

/// One axis of a strided view: steps, and stored numbers between two of them.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub size: usize,
    pub stride: usize,
}

/// A matrix inside a stored tensor: entry (i, j) is number `offset` + i in the mixed radix of `rows` + j in that of `cols`.
#[derive(Clone, Debug)]
pub struct View {
    pub offset: usize,
    pub rows: Vec<Axis>,
    pub cols: Vec<Axis>,
}

/// Bytes `begin..end` of `file`, and the matrix `rows` × `cols` that is made of their numbers.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub file: String,
    pub begin: u64,
    pub end: u64,
    pub dtype: String,
    pub rows: usize,
    pub cols: usize,
    /// None: the stored numbers are the matrix, row-major.
    pub view: Option<View>,
    /// Factors of blocks of entries.
    pub scale: Option<Box<Scale>>,
    /// Added to the stored matrix.
    pub updates: Vec<Update>,
}

/// Entry (i, j) × factors[i / block_rows, j / block_cols].
#[derive(Clone, Debug)]
pub struct Scale {
    pub factors: Tensor,
    pub block_rows: usize,
    pub block_cols: usize,
}

/// factor · B A.
#[derive(Clone, Debug)]
pub struct Update {
    pub a: Tensor,
    pub b: Tensor,
    pub factor: f64,
}

/// A tensor whose length was checked against file, shape and type, open for reading.
#[derive(Debug)]
pub struct Opened {
    source: Source,
    dtype: Dtype,
    rows: usize,
    cols: usize,
    view: View,
    scale: Option<(Dense, usize, usize)>,
    updates: Vec<(Dense, Dense, f64)>,
}

impl Tensor {
    /// Opens the file and checks that it holds what the header promised. With `hold`, tensors of moderate size are read into
    /// memory at once; larger ones, and all without it, piece by piece.
    pub fn open(&self, hold: bool) -> Result<Opened, Failure> {
        let dtype = Dtype::parse(&self.dtype).ok_or_else(|| Failure::DtypeUnsupported(self.dtype.clone()))?;
        let (view, numbers) = self.checked_view()?;
        let needed = dtype.bytes_for(numbers);
        let available = u128::from(self.end.checked_sub(self.begin).ok_or_else(|| self.misfit())?);
        // A view may leave stored numbers out; without one they are the matrix.
        let fits = if self.view.is_some() { needed <= available } else { needed == available && dtype.fills(numbers) };
        if !fits {
            return Err(self.misfit());
        }
        let scale = self.scale.as_ref().map(|scale| self.open_scale(scale)).transpose()?;
        let updates = self.updates.iter().map(|update| self.open_update(update)).collect::<Result<_, _>>()?;
        let source = Source::open(&self.file, self.begin, self.end, hold)?;
        Ok(Opened { source, dtype, rows: self.rows, cols: self.cols, view, scale, updates })
    }

    /// The view, and how many stored numbers it reaches over. A view without numbers reaches over none.
    fn checked_view(&self) -> Result<(View, u128), Failure> {
        let plain = || View {
            offset: 0,
            rows: vec![Axis { size: self.rows, stride: self.cols }],
            cols: vec![Axis { size: self.cols, stride: 1 }],
        };
        let view = self.view.clone().unwrap_or_else(plain);
        let sides = |axes: &[Axis]| axes.iter().try_fold(1usize, |product, axis| product.checked_mul(axis.size));
        if sides(&view.rows) != Some(self.rows) || sides(&view.cols) != Some(self.cols) {
            return Err(self.misfit());
        }
        if self.rows == 0 || self.cols == 0 {
            return Ok((view, 0));
        }
        let last = view.rows.iter().chain(&view.cols).map(|axis| (axis.size as u128 - 1) * axis.stride as u128);
        let reach = view.offset as u128 + last.sum::<u128>() + 1;
        Ok((view, reach))
    }

    fn open_scale(&self, scale: &Scale) -> Result<(Dense, usize, usize), Failure> {
        let Scale { factors, block_rows, block_cols } = scale;
        let enough = |side: usize, block: usize, count: usize| block > 0 && side.div_ceil(block) <= count;
        if !enough(self.rows, *block_rows, factors.rows) || !enough(self.cols, *block_cols, factors.cols) {
            return Err(self.misfit());
        }
        Ok((factors.open(false)?.whole()?, *block_rows, *block_cols))
    }

    fn open_update(&self, Update { a, b, factor }: &Update) -> Result<(Dense, Dense, f64), Failure> {
        if a.cols != self.cols || b.rows != self.rows || a.rows != b.cols {
            return Err(self.misfit());
        }
        Ok((a.open(false)?.whole()?, b.open(false)?.whole()?, *factor))
    }

    fn misfit(&self) -> Failure {
        let Self { begin, end, rows, cols, dtype, .. } = self;
        Failure::Inconsistent(format!(
            "bytes {begin} to {end} do not hold {rows} × {cols} numbers of {dtype} as they are described"
        ))
    }
}

impl Opened {
    /// All entries in memory, finite ones only.
    fn whole(&self) -> Result<Dense, Failure> {
        let mut values = vec![0.0; self.total()];
        let mut bad = Bad::default();
        for (row, line) in values.chunks_exact_mut(self.cols.max(1)).enumerate() {
            bad += self.read(row, 0, line);
        }
        bad.refuse(self.total())?;
        self.finish()?;
        Ok(Dense { values, rows: self.rows, cols: self.cols })
    }

    /// What went wrong while reading, which `read` has no way to tell.
    pub fn finish(&self) -> Result<(), Failure> {
        self.source.fault()
    }

    /// Stored numbers `from..from + out.len()`.
    #[inline(always)]
    fn run(&self, from: usize, out: &mut [f64]) {
        let (begin, skip, length) = self.dtype.bytes_of(from, out.len());
        self.source.with(begin, length, |bytes| self.dtype.decode(bytes, skip, out));
    }

    #[inline(always)]
    fn adjust(&self, row: usize, col: usize, out: &mut [f64]) {
        if let Some((factors, block_rows, block_cols)) = &self.scale {
            let line = &factors.values[row / block_rows * factors.cols..];
            for (index, value) in out.iter_mut().enumerate() {
                *value *= line[(col + index) / block_cols];
            }
        }
        for (a, b, factor) in &self.updates {
            for (k, b) in b.values[row * b.cols..(row + 1) * b.cols].iter().enumerate() {
                let line = &a.values[k * a.cols + col..][..out.len()];
                for (value, a) in out.iter_mut().zip(line) {
                    *value += factor * b * a;
                }
            }
        }
    }
}

impl Entries for Opened {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    #[inline(always)]
    fn read(&self, row: usize, col: usize, out: &mut [f64]) -> Bad {
        let start = self.view.offset + place(&self.view.rows, row);
        match self.view.cols.as_slice() {
            [Axis { stride: 1, .. }] => self.run(start + col, out),
            axes => {
                for (index, slot) in out.iter_mut().enumerate() {
                    self.run(start + place(axes, col + index), std::slice::from_mut(slot));
                }
            }
        }
        self.adjust(row, col, out);
        count_bad(out)
    }
}

/// Digits of `index` in the mixed radix of the axes, times their strides.
#[inline(always)]
fn place(axes: &[Axis], mut index: usize) -> usize {
    let mut place = 0;
    for axis in axes.iter().rev() {
        place += index % axis.size * axis.stride;
        index /= axis.size;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::io::Write;

    fn tensor(name: &str, values: &[f32], rows: usize, cols: usize) -> Tensor {
        let path = std::env::temp_dir().join(format!("skiagram-native-{}-{name}", std::process::id()));
        let bytes: Vec<u8> = [9.0].iter().chain(values).flat_map(|value| value.to_le_bytes()).collect();
        File::create(&path).and_then(|mut file| file.write_all(&bytes)).expect("a temporary file");
        Tensor {
            file: path.display().to_string(),
            begin: 4,
            end: bytes.len() as u64,
            dtype: "F32".into(),
            rows,
            cols,
            view: None,
            scale: None,
            updates: vec![],
        }
    }

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|value| value as f32).collect()
    }

    fn whole(tensor: &Tensor) -> Vec<f64> {
        [true, false].map(|hold| tensor.open(hold).and_then(|opened| opened.whole()).expect("entries").values)[0]
            .clone()
    }

    #[test]
    fn a_tensor_is_read_from_its_offset() {
        let opened = tensor("offset", &numbers(6), 2, 3).open(false).expect("a tensor");
        let mut out = [0.0; 2];
        assert_eq!(opened.read(1, 1, &mut out), Bad::default());
        assert_eq!(out, [4.0, 5.0]);
    }

    #[test]
    fn a_view_takes_strided_rows_and_columns() {
        // The second of three matrices woven into each pair of rows, as fused attention weights are.
        let mut fused = tensor("fused", &numbers(12), 2, 2);
        let axis = |size, stride| Axis { size, stride };
        fused.view = Some(View { offset: 2, rows: vec![axis(2, 6)], cols: vec![axis(2, 1)] });
        assert_eq!(whole(&fused), [2.0, 3.0, 8.0, 9.0]);
        fused.view = Some(View { offset: 1, rows: vec![axis(2, 2)], cols: vec![axis(2, 6)] });
        assert_eq!(whole(&fused), [1.0, 7.0, 3.0, 9.0]);
        fused.view = Some(View { offset: 6, rows: vec![axis(2, 6)], cols: vec![axis(2, 1)] });
        assert!(matches!(fused.open(false), Err(Failure::Inconsistent(_))), "reaches beyond the tensor");
    }

    #[test]
    fn scales_and_updates_are_applied() {
        let mut scaled = tensor("scaled", &numbers(6), 2, 3);
        scaled.scale =
            Some(Box::new(Scale { factors: tensor("factors", &[10.0, 100.0], 1, 2), block_rows: 2, block_cols: 2 }));
        assert_eq!(whole(&scaled), [0.0, 10.0, 200.0, 30.0, 40.0, 500.0]);
        let mut updated = tensor("updated", &numbers(6), 2, 3);
        updated.updates =
            vec![Update { a: tensor("a", &[1.0, 0.0, 2.0], 1, 3), b: tensor("b", &[1.0, -1.0], 2, 1), factor: 0.5 }];
        assert_eq!(whole(&updated), [0.5, 1.0, 3.0, 2.5, 4.0, 4.0]);
    }

    #[test]
    fn a_shape_of_another_size_and_a_file_that_ends_too_early_are_refused() {
        assert!(matches!(tensor("shape", &numbers(6), 2, 4).open(true), Err(Failure::Inconsistent(_))));
        let mut short = tensor("short", &numbers(6), 2, 4);
        short.end += 8;
        assert_eq!(short.open(true).expect_err("refused"), Failure::Truncated);
        let mut backwards = tensor("order", &numbers(6), 2, 3);
        backwards.end = 0;
        assert!(matches!(backwards.open(true), Err(Failure::Inconsistent(_))));
    }
}
