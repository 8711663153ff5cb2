//! Spectra of weight matrices for Node: numbers in, numbers out. Paths, policy and words stay in TypeScript.
//!
//! Every call runs on a thread of its own and settles a promise; the caller limits how many run at once, and calls of one team
//! lend each other the threads that are free. A rejection says `tensor|code|detail…` (tensor 0 or 1 of the call). No panic
//! crosses the border: it becomes an `internal` failure.

#![deny(clippy::all)]
#![deny(unsafe_code)]

mod arguments;
mod band;
mod box_muller;
mod chase;
mod decode;
mod direct;
mod eigen;
mod entries;
mod failure;
mod float8;
mod ggml;
mod gram;
mod householder;
mod median;
mod moments;
mod noise;
mod overlap;
mod pack;
mod product;
mod refine;
mod shuffle;
mod slab;
mod source;
mod stop;
mod team;
mod tensor;
mod tiles;
mod tridiagonal;

use std::panic::{catch_unwind, AssertUnwindSafe};

use arguments::Location;
use entries::{Difference, Entries};
use failure::Failure;
use napi::bindgen_prelude::{Env, Float64Array, Object, Result};
use napi::Error;
use napi_derive::napi;
use stop::StopFlag;
use tensor::{Opened, Tensor};

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

/// Threads that the calls of one engine have between them.
#[napi]
pub struct Team {
    inner: team::Team,
}

#[napi]
impl Team {
    #[napi(constructor)]
    pub fn new(threads: u32) -> Self {
        Self { inner: team::Team::of(threads as usize) }
    }
}

/// What a call gives: numbers, or a failure and the tensor it is about.
type Outcome = std::result::Result<Vec<f64>, (usize, Failure)>;

/// Eigenvalues of WᵀW on the short side, ascending.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn spectrum<'env>(env: &'env Env, matrix: Location, team: &Team, stop: &Stop) -> Result<Object<'env>> {
    of_one(env, matrix, team, stop, eigen::spectrum)
}

/// Eigenvalues of (W + E)ᵀ(W + E), E Gaussian of Frobenius norm `noise_norm`.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn perturbed<'env>(
    env: &'env Env,
    matrix: Location,
    noise_norm: f64,
    seed: u32,
    team: &Team,
    stop: &Stop,
) -> Result<Object<'env>> {
    of_one(env, matrix, team, stop, move |matrix, team, stop| {
        let noise = noise::Noise::of_norm(matrix.total(), noise_norm, seed, stop)?;
        eigen::spectrum(&noise::Perturbed { matrix, noise }, team, stop)
    })
}

/// Eigenvalues of the matrix with its entries in random order.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn shuffled<'env>(env: &'env Env, matrix: Location, seed: u32, team: &Team, stop: &Stop) -> Result<Object<'env>> {
    of_one(env, matrix, team, stop, move |matrix, team, stop| {
        eigen::spectrum(&shuffle::shuffled(matrix, seed)?, team, stop)
    })
}

/// The eight sums of `moments`, in its order.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn pair<'env>(
    env: &'env Env,
    reference: Location,
    subject: Location,
    team: &Team,
    stop: &Stop,
) -> Result<Object<'env>> {
    // Read once from end to end: nothing is gained by holding the tensors.
    of_two(env, [reference, subject], false, team, stop, |before, after, _, stop| {
        moments::moments(before, after, stop).map(Vec::from)
    })
}

/// Eigenvalues of (W − W₀)ᵀ(W − W₀).
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn difference<'env>(
    env: &'env Env,
    reference: Location,
    subject: Location,
    team: &Team,
    stop: &Stop,
) -> Result<Object<'env>> {
    of_two(env, [reference, subject], true, team, stop, |reference, subject, team, stop| {
        eigen::spectrum(&Difference { reference, subject }, team, stop).map_err(|failure| (1, failure))
    })
}

/// Shared part of the leading singular subspaces, for each of `ranks`.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn overlap<'env>(
    env: &'env Env,
    reference: Location,
    subject: Location,
    ranks: Vec<u32>,
    team: &Team,
    stop: &Stop,
) -> Result<Object<'env>> {
    let ranks: Vec<usize> = ranks.into_iter().map(|rank| rank as usize).collect();
    of_two(env, [reference, subject], true, team, stop, move |before, after, team, stop| {
        overlap::overlap(before, after, &ranks, team, stop)
    })
}

/// Median over the entries of |w − w₀|/|w₀|, as the only number.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn median_change<'env>(
    env: &'env Env,
    reference: Location,
    subject: Location,
    team: &Team,
    stop: &Stop,
) -> Result<Object<'env>> {
    of_two(env, [reference, subject], true, team, stop, |before, after, _, stop| {
        median::median_change(before, after, stop).map(|value| vec![value])
    })
}

/// Version of this kernel; `src/spectrum/native.ts` takes only the one it was written for.
#[napi]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// Opens the tensor, works on it on a thread of its own, and tells what reading it had to leave out.
fn of_one<'env>(
    env: &'env Env,
    matrix: Location,
    team: &Team,
    stop: &Stop,
    work: impl FnOnce(&Opened, &team::Team, &StopFlag) -> std::result::Result<Vec<f64>, Failure> + Send + 'static,
) -> Result<Object<'env>> {
    let tensor = Tensor::from(matrix);
    on_thread(env, team, stop, move |team, stop| {
        let attempt = || {
            let opened = tensor.open(true)?;
            let values = work(&opened, team, stop);
            opened.finish()?;
            values
        };
        attempt().map_err(|failure| (0, failure))
    })
}

/// The same for two tensors of one shape, reference first.
fn of_two<'env>(
    env: &'env Env,
    matrices: [Location; 2],
    hold: bool,
    team: &Team,
    stop: &Stop,
    work: impl FnOnce(&Opened, &Opened, &team::Team, &StopFlag) -> Outcome + Send + 'static,
) -> Result<Object<'env>> {
    let [reference, subject] = matrices.map(Tensor::from);
    on_thread(env, team, stop, move |team, stop| {
        let before = reference.open(hold).map_err(|failure| (0, failure))?;
        let after = subject.open(hold).map_err(|failure| (1, failure))?;
        if (before.rows(), before.cols()) != (after.rows(), after.cols()) {
            return Err((1, Failure::Internal("shapes differ".into())));
        }
        let values = work(&before, &after, team, stop);
        before.finish().map_err(|failure| (0, failure))?;
        after.finish().map_err(|failure| (1, failure))?;
        values
    })
}

fn on_thread<'env>(
    env: &'env Env,
    team: &Team,
    stop: &Stop,
    work: impl FnOnce(&team::Team, &StopFlag) -> Outcome + Send + 'static,
) -> Result<Object<'env>> {
    let (deferred, promise) = env.create_deferred()?;
    let (team, stop) = (team.inner.clone(), stop.flag.clone());
    let settle = move || {
        let _seat = team.sit();
        match catch_unwind(AssertUnwindSafe(|| work(&team, &stop))) {
            Ok(Ok(values)) => deferred.resolve(move |_| Ok(Float64Array::new(values))),
            Ok(Err((tensor, failure))) => deferred.reject(Error::from_reason(format!("{tensor}|{}", failure.encode()))),
            Err(_) => deferred.reject(Error::from_reason("0|internal|the kernel stopped unexpectedly")),
        }
    };
    std::thread::Builder::new()
        .name("skiagram-spectrum".into())
        .spawn(settle)
        .map_err(|error| Error::from_reason(format!("0|internal|no thread: {error}")))?;
    Ok(promise)
}
