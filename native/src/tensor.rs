//! Where a matrix lies, and reading it block by block from a mapped file.

use std::fs::File;

use memmap2::Mmap;

use crate::decode::{decode_into, Dtype};
use crate::failure::Failure;

/// Bytes `begin..end` of `file`, row-major `rows` × `cols`.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub file: String,
    pub begin: u64,
    pub end: u64,
    pub dtype: String,
    pub rows: usize,
    pub cols: usize,
}

/// A mapped tensor whose length was checked against file, shape and type.
pub struct Mapped {
    map: Mmap,
    begin: usize,
    dtype: Dtype,
    pub rows: usize,
    pub cols: usize,
}

impl Tensor {
    /// Maps the file and checks that it holds what the header promised.
    pub fn map(&self) -> Result<Mapped, Failure> {
        let dtype = Dtype::parse(&self.dtype).ok_or_else(|| Failure::DtypeUnsupported(self.dtype.clone()))?;
        let file = File::open(&self.file).map_err(|error| Failure::Unreadable(error.to_string()))?;
        let length = file.metadata().map_err(|error| Failure::Unreadable(error.to_string()))?.len();
        let needed = (self.rows as u128) * (self.cols as u128) * (dtype.width() as u128);
        if self.end < self.begin || u128::from(self.end - self.begin) != needed {
            return Err(Failure::Internal(format!("{} bytes for {} x {}", self.end - self.begin, self.rows, self.cols)));
        }
        if length < self.end {
            return Err(Failure::Truncated);
        }
        // SAFETY: the map is read only and lives as long as the tensor; a file that shrinks while it is mapped is the
        // one thing this cannot guard against, so the length is checked right before.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.map_err(|error| Failure::Unreadable(error.to_string()))?;
        Ok(Mapped { map, begin: self.begin as usize, dtype, rows: self.rows, cols: self.cols })
    }
}

impl Mapped {
    /// Numbers in all.
    pub fn len(&self) -> usize {
        self.rows * self.cols
    }

    /// Decodes entries `from..from + out.len()` in row-major order; returns the counts of NaN and of Inf.
    pub fn read(&self, from: usize, out: &mut [f64]) -> (usize, usize) {
        let width = self.dtype.width();
        let start = self.begin + from * width;
        decode_into(&self.map[start..start + out.len() * width], self.dtype, out)
    }

    /// The whole tensor as float64, refused where it holds NaN or Inf.
    pub fn read_all(&self) -> Result<Vec<f64>, Failure> {
        let mut values = vec![0.0; self.len()];
        match self.read(0, &mut values) {
            (0, 0) => Ok(values),
            (nan, infinite) => Err(Failure::NotFinite { nan, infinite, total: self.len() }),
        }
    }
}
