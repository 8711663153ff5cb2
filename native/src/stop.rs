//! Cancellation: a flag that long loops look at.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use crate::failure::Failure;

/// Shared between the caller, who may raise it, and the thread that works.
#[derive(Clone, Debug, Default)]
pub struct StopFlag(Arc<AtomicBool>);

impl StopFlag {
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// `Stopped` once the flag was raised.
    pub fn check(&self) -> Result<(), Failure> {
        if self.0.load(Ordering::Relaxed) {
            Err(Failure::Stopped)
        } else {
            Ok(())
        }
    }
}
