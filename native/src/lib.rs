//! Spectra of weight matrices for Node: numbers in, numbers out. Paths, policy and words stay in TypeScript.
//!
//! Every call runs on a thread of its own and settles a promise; the caller limits how many run at once. A rejection
//! says `tensor|code|detail…` (tensor 0 or 1 of the call). No panic crosses the border: it becomes an `internal` failure.

#![deny(clippy::all)]
#![deny(unsafe_code)]

mod decode;
mod eigen;
mod failure;
mod gram;
mod moments;
mod noise;
mod stop;
mod tensor;

use std::panic::{catch_unwind, AssertUnwindSafe};

use failure::Failure;
use napi::bindgen_prelude::{Env, Float64Array, Object, Result};
use napi::Error;
use napi_derive::napi;
use stop::StopFlag;
use tensor::{Entries, Tensor};

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

/// Ends the call that it was given to, at the next place where that is possible.
#[napi]
#[derive(Default)]
pub struct Stop {
    flag: StopFlag,
}

#[napi]
impl Stop {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    #[napi]
    pub fn raise(&self) {
        self.flag.raise();
    }
}

/// What a call gives: numbers, or a failure and the tensor it is about.
type Outcome = std::result::Result<Vec<f64>, (usize, Failure)>;

/// Eigenvalues of WᵀW on the short side, ascending.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn spectrum<'env>(env: &'env Env, matrix: Location, stop: &Stop) -> Result<Object<'env>> {
    let (tensor, stop) = (Tensor::from(matrix), stop.flag.clone());
    on_thread(env, move || eigen::spectrum(&mapped(&tensor, 0)?, &stop).map_err(|failure| (0, failure)))
}

/// The eight sums of `moments`, in its order.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn pair<'env>(env: &'env Env, reference: Location, subject: Location, stop: &Stop) -> Result<Object<'env>> {
    let (reference, subject, stop) = (Tensor::from(reference), Tensor::from(subject), stop.flag.clone());
    on_thread(env, move || {
        let (reference, subject) = (mapped(&reference, 0)?, mapped(&subject, 1)?);
        if (reference.rows(), reference.cols()) != (subject.rows(), subject.cols()) {
            return Err((1, Failure::Internal("shapes differ".into())));
        }
        moments::moments(&reference, &subject, &stop).map(Vec::from)
    })
}

/// Eigenvalues of (W + E)ᵀ(W + E), E Gaussian of Frobenius norm `noise_norm`.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn perturbed<'env>(
    env: &'env Env,
    matrix: Location,
    noise_norm: f64,
    seed: u32,
    stop: &Stop,
) -> Result<Object<'env>> {
    let (tensor, stop) = (Tensor::from(matrix), stop.flag.clone());
    on_thread(env, move || {
        eigen::perturbed(&mapped(&tensor, 0)?, noise_norm, seed, &stop).map_err(|failure| (0, failure))
    })
}

/// Version of this kernel; `src/spectrum/native.ts` takes only the one it was written for.
#[napi]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

fn mapped(tensor: &Tensor, index: usize) -> std::result::Result<tensor::Mapped, (usize, Failure)> {
    tensor.map().map_err(|failure| (index, failure))
}

fn on_thread(env: &Env, work: impl FnOnce() -> Outcome + Send + 'static) -> Result<Object<'_>> {
    let (deferred, promise) = env.create_deferred()?;
    let settle = move || match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(values)) => deferred.resolve(move |_| Ok(Float64Array::new(values))),
        Ok(Err((tensor, failure))) => deferred.reject(Error::from_reason(format!("{tensor}|{}", failure.encode()))),
        Err(_) => deferred.reject(Error::from_reason("0|internal|the kernel stopped unexpectedly")),
    };
    std::thread::Builder::new()
        .name("skiagram-spectrum".into())
        .spawn(settle)
        .map_err(|error| Error::from_reason(format!("0|internal|no thread: {error}")))?;
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
