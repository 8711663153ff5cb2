//! What the kernel asks of a matrix, and matrices that lie in memory or follow from others.

use crate::decode::{count_bad, Bad};

/// A matrix that is read along its rows.
pub trait Entries: Sync {
    fn rows(&self) -> usize;
    fn cols(&self) -> usize;

    /// Entries (row, col), (row, col + 1), …, within one row, as float64.
    fn read(&self, row: usize, col: usize, out: &mut [f64]) -> Bad;

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

    #[inline(always)]
    fn read(&self, row: usize, col: usize, out: &mut [f64]) -> Bad {
        let from = row * self.cols + col;
        out.copy_from_slice(&self.values[from..from + out.len()]);
        count_bad(out)
    }
}

/// W − W₀ of two matrices of one shape.
pub struct Difference<'a, Reference, Subject> {
    pub reference: &'a Reference,
    pub subject: &'a Subject,
}

impl<Reference: Entries, Subject: Entries> Entries for Difference<'_, Reference, Subject> {
    fn rows(&self) -> usize {
        self.subject.rows()
    }

    fn cols(&self) -> usize {
        self.subject.cols()
    }

    #[inline(always)]
    fn read(&self, row: usize, col: usize, out: &mut [f64]) -> Bad {
        let mut before = vec![0.0; out.len()];
        let mut bad = self.reference.read(row, col, &mut before);
        bad += self.subject.read(row, col, out);
        out.iter_mut().zip(before).for_each(|(value, before)| *value -= before);
        bad
    }
}
