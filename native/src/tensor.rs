//! Where a matrix lies, and reading it block by block from a mapped file or from memory.

use std::fs::File;

use memmap2::Mmap;

use crate::decode::{decode_into, Bad, Dtype};
use crate::failure::Failure;

/// A row-major matrix that is read piece by piece.
pub trait Entries {
    fn rows(&self) -> usize;
    fn cols(&self) -> usize;

    /// Entries `from..from + out.len()` in row-major order, as float64.
    fn read(&self, from: usize, out: &mut [f64]) -> Bad;

    /// Numbers in all.
    fn total(&self) -> usize {
        self.rows() * self.cols()
    }

    fn short(&self) -> usize {
        self.rows().min(self.cols())
    }

    fn long(&self) -> usize {
        self.rows().max(self.cols())
    }
}

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
#[derive(Debug)]
pub struct Mapped {
    map: Mmap,
    begin: usize,
    dtype: Dtype,
    rows: usize,
    cols: usize,
}

impl Tensor {
    /// Maps the file and checks that it holds what the header promised.
    pub fn map(&self) -> Result<Mapped, Failure> {
        let dtype = Dtype::parse(&self.dtype).ok_or_else(|| Failure::DtypeUnsupported(self.dtype.clone()))?;
        let file = File::open(&self.file).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let needed = (self.rows as u128) * (self.cols as u128) * (dtype.width() as u128);
        if u128::from(self.begin) + needed != u128::from(self.end) {
            let Self { begin, end, rows, cols, .. } = self;
            return Err(Failure::Internal(format!(
                "bytes {begin} to {end} cannot hold {rows} x {cols} {}",
                self.dtype
            )));
        }
        if length < self.end {
            return Err(Failure::Truncated);
        }
        // SAFETY: the map is read only and lives as long as the tensor; a file that shrinks while it is mapped is the
        // one thing this cannot guard against, so the length is checked right before.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.map_err(unreadable)?;
        if (map.len() as u64) < self.end {
            return Err(Failure::Truncated);
        }
        Ok(Mapped { map, begin: self.begin as usize, dtype, rows: self.rows, cols: self.cols })
    }
}

impl Entries for Mapped {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    fn read(&self, from: usize, out: &mut [f64]) -> Bad {
        let width = self.dtype.width();
        let start = self.begin + from * width;
        decode_into(&self.map[start..start + out.len() * width], self.dtype, out)
    }
}

/// A matrix in memory, row-major.
#[derive(Debug)]
pub struct Dense {
    pub values: Vec<f64>,
    pub rows: usize,
    pub cols: usize,
}

impl Entries for Dense {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    fn read(&self, from: usize, out: &mut [f64]) -> Bad {
        out.copy_from_slice(&self.values[from..from + out.len()]);
        Bad::default()
    }
}

fn unreadable(error: std::io::Error) -> Failure {
    Failure::Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn tensor(name: &str, bytes: &[u8], end: u64, rows: usize) -> Tensor {
        let path = std::env::temp_dir().join(format!("skiagram-native-{}-{name}", std::process::id()));
        File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("a temporary file");
        Tensor { file: path.display().to_string(), begin: 4, end, dtype: "F32".into(), rows, cols: 1 }
    }

    #[test]
    fn a_tensor_is_read_from_its_offset() {
        let bytes: Vec<u8> = [9.0f32, 1.0, 2.0, 3.0].iter().flat_map(|value| value.to_le_bytes()).collect();
        let mapped = tensor("offset", &bytes, 16, 3).map().expect("a mapped tensor");
        let mut out = [0.0; 2];
        assert_eq!(mapped.read(1, &mut out), Bad::default());
        assert_eq!(out, [2.0, 3.0]);
    }

    #[test]
    fn a_file_that_ends_too_early_and_a_shape_of_another_size_are_refused() {
        assert_eq!(tensor("short", &[0; 12], 16, 3).map().expect_err("refused"), Failure::Truncated);
        assert!(matches!(tensor("shape", &[0; 16], 16, 4).map(), Err(Failure::Internal(_))));
        assert!(matches!(tensor("order", &[0; 16], 0, 3).map(), Err(Failure::Internal(_))));
    }
}
