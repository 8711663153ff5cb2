//! Spectra of weight matrices for Node: numbers in, numbers out. Paths, policy and words stay in TypeScript.
//!
//! Every call runs on a thread of its own and settles a promise; the caller limits how many run at once. No panic
//! crosses the border: it becomes an `internal` failure.

#![deny(clippy::all)]
#![deny(unsafe_code)]

mod decode;
mod eigen;
mod failure;
mod gram;
mod moments;
mod noise;
mod tensor;

use std::panic::{catch_unwind, AssertUnwindSafe};

use failure::Failure;
use napi::bindgen_prelude::{Env, Float64Array, Object, Result};
use napi::Error;
use napi_derive::napi;
use tensor::Tensor;

/// Where a matrix lies: bytes `begin..end` of `file`, row-major.
#[napi(object)]
pub struct Location {
    pub file: String,
    pub begin: f64,
    pub end: f64,
    pub dtype: String,
    pub rows: u32,
    pub cols: u32,
}

/// Eigenvalues of WᵀW on the short side, ascending.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn spectrum(env: &Env, matrix: Location) -> Result<Object<'_>> {
    let tensor = Tensor::from(matrix);
    on_thread(env, move || eigen::spectrum(&tensor.map()?))
}

/// The eight sums of `moments`, in its order.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn pair(env: &Env, reference: Location, subject: Location) -> Result<Object<'_>> {
    let (reference, subject) = (Tensor::from(reference), Tensor::from(subject));
    on_thread(env, move || {
        if (reference.rows, reference.cols) != (subject.rows, subject.cols) {
            return Err(Failure::Internal("shapes differ".into()));
        }
        moments::moments(&reference.map()?, &subject.map()?).map(Vec::from)
    })
}

/// Eigenvalues of (W + E)ᵀ(W + E), E Gaussian of Frobenius norm `noise_norm`.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn perturbed(env: &Env, matrix: Location, noise_norm: f64, seed: u32) -> Result<Object<'_>> {
    let tensor = Tensor::from(matrix);
    on_thread(env, move || eigen::perturbed(&tensor.map()?, noise_norm, seed))
}

/// Version of this kernel.
#[napi]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

fn on_thread(env: &Env, work: impl FnOnce() -> std::result::Result<Vec<f64>, Failure> + Send + 'static) -> Result<Object<'_>> {
    let (deferred, promise) = env.create_deferred()?;
    std::thread::spawn(move || match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(values)) => deferred.resolve(move |_| Ok(Float64Array::new(values))),
        Ok(Err(failure)) => deferred.reject(Error::from_reason(failure.encode())),
        Err(_) => deferred.reject(Error::from_reason(Failure::Internal("the kernel stopped unexpectedly".into()).encode())),
    });
    Ok(promise)
}

impl From<Location> for Tensor {
    fn from(location: Location) -> Self {
        Self {
            file: location.file,
            begin: location.begin as u64,
            end: location.end as u64,
            dtype: location.dtype,
            rows: location.rows as usize,
            cols: location.cols as usize,
        }
    }
}
