//! Bytes of a tensor: held in memory, or read from the file when they are asked for. Never mapped: a file that is cut short while
//! it is mapped ends the process, one that is cut short while it is read gives an error.

use std::cell::RefCell;
use std::fs::File;
use std::sync::OnceLock;

use crate::failure::Failure;

/// Tensors up to this size are read at once where the caller goes over them stretch by stretch.
const HELD: u64 = 1 << 28;

/// Bytes of one tensor.
#[derive(Debug)]
pub struct Source {
    bytes: Bytes,
    fault: OnceLock<String>,
}

#[derive(Debug)]
enum Bytes {
    Held(Vec<u8>),
    Filed { file: File, begin: u64 },
}

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Source {
    /// Bytes `begin..end` of the file, which must be that long.
    pub fn open(path: &str, begin: u64, end: u64, hold: bool) -> Result<Self, Failure> {
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() < end {
            return Err(Failure::Truncated);
        }
        let length = end - begin;
        if !hold || length > HELD {
            return Ok(Self {
                bytes: Bytes::Filed { file, begin },
                fault: OnceLock::new(),
            });
        }
        let mut held = Vec::new();
        held.try_reserve_exact(length as usize)
            .map_err(|_| Failure::Internal(format!("no memory for {length} bytes")))?;
        held.resize(length as usize, 0);
        read_at(&file, &mut held, begin).map_err(unread)?;
        Ok(Self {
            bytes: Bytes::Held(held),
            fault: OnceLock::new(),
        })
    }

    /// Calls `work` with bytes `from..from + length`; zeros in place of what cannot be read, which `fault` then tells.
    #[inline(always)]
    pub fn with(&self, from: usize, length: usize, work: impl FnOnce(&[u8])) {
        match &self.bytes {
            Bytes::Held(held) => work(&held[from..from + length]),
            Bytes::Filed { file, begin } => SCRATCH.with_borrow_mut(|scratch| {
                scratch.resize(length.max(scratch.len()), 0);
                let part = &mut scratch[..length];
                if let Err(error) = read_at(file, part, begin + from as u64) {
                    part.fill(0);
                    let _ = self.fault.set(unread(error).encode());
                }
                work(part);
            }),
        }
    }

    /// The first thing that could not be read.
    pub fn fault(&self) -> Result<(), Failure> {
        match self.fault.get().map(|text| text.split_once('|')) {
            None => Ok(()),
            Some(Some((_, text))) => Err(Failure::Unreadable(text.into())),
            Some(None) => Err(Failure::Truncated),
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, out: &mut [u8], from: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, out, from)
}

#[cfg(windows)]
fn read_at(file: &File, mut out: &mut [u8], mut from: u64) -> std::io::Result<()> {
    while !out.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, out, from)?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        out = &mut out[count..];
        from += count as u64;
    }
    Ok(())
}

fn unreadable(error: std::io::Error) -> Failure {
    Failure::Unreadable(error.to_string())
}

/// A file that has become shorter since its length was looked at.
fn unread(error: std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Failure::Truncated,
        _ => unreadable(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cut_short_while_it_is_read_is_told_and_does_not_crash() {
        let path = std::env::temp_dir().join(format!("skiagram-native-{}-cut", std::process::id()));
        std::fs::write(&path, [7; 100]).expect("a temporary file");
        let source = Source::open(&path.display().to_string(), 10, 100, false).expect("a source");
        source.with(0, 90, |bytes| assert_eq!(bytes, [7; 90]));
        assert_eq!(source.fault(), Ok(()));
        std::fs::write(&path, [7; 50]).expect("a temporary file");
        source.with(0, 90, |bytes| assert_eq!(bytes, [0; 90]));
        assert_eq!(source.fault(), Err(Failure::Truncated));
    }
}
