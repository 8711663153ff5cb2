//! Spectra of weight matrices for Node: numbers in, numbers out. Paths, policy and words stay in TypeScript.
//!
//! Every call runs on a thread of its own and settles a promise; the caller limits how many run at once, and calls of one team
//! lend each other the threads that are free. A rejection says `tensor|code|detail…` (tensor 0 or 1 of the call). No panic
//! crosses the border: it becomes an `internal` failure.

#![deny(clippy::all)]
#![deny(unsafe_code)]

mod band;
mod box_muller;
mod chase;
mod decode;
mod direct;
mod eigen;
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

use failure::Failure;
use napi::bindgen_prelude::{Env, Float64Array, Object, Result};
use napi::Error;
use napi_derive::napi;
use stop::StopFlag;
use tensor::{Axis, Entries, Opened, Scale, Tensor, Update, View};

/// One axis of a strided view: steps, and stored numbers between two of them.
#[napi(object)]
pub struct AxisArgument {
    pub size: u32,
    pub stride: f64,
}

/// A matrix inside a stored tensor.
#[napi(object)]
pub struct ViewArgument {
    pub offset: f64,
    pub rows: Vec<AxisArgument>,
    pub cols: Vec<AxisArgument>,
}

/// Entry (i, j) is multiplied by factor (i / blockRows, j / blockCols).
#[napi(object)]
pub struct ScaleArgument {
    pub scale: Location,
    pub block_rows: u32,
    pub block_cols: u32,
}

/// factor · B A is added.
#[napi(object)]
pub struct UpdateArgument {
    pub a: Location,
    pub b: Location,
    pub factor: f64,
}

/// Where a matrix lies: bytes `begin..end` of `file`, row-major where there is no view.
#[napi(object)]
pub struct Location {
    pub file: String,
    pub begin: f64,
    pub end: f64,
    pub dtype: String,
    pub rows: u32,
    pub cols: u32,
    pub view: Option<ViewArgument>,
    /// A list of at most one, since a type cannot hold itself directly.
    pub scaled: Vec<ScaleArgument>,
    pub updates: Vec<UpdateArgument>,
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

/// Eigenvalues of WᵀW on the short side, ascending, on so many threads.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn spectrum<'env>(env: &'env Env, matrix: Location, team: &Team, stop: &Stop) -> Result<Object<'env>> {
    let (tensor, team, stop) = (Tensor::from(matrix), team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || one(&tensor, |opened| eigen::spectrum(opened, &team, &stop)))
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
    let (tensor, team, stop) = (Tensor::from(matrix), team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        one(&tensor, |matrix| {
            let noise = noise::Noise::of_norm(matrix.total(), noise_norm, seed, &stop)?;
            eigen::spectrum(&noise::Perturbed { matrix, noise }, &team, &stop)
        })
    })
}

/// Eigenvalues of the matrix with its entries in random order.
#[napi(ts_return_type = "Promise<Float64Array>")]
pub fn shuffled<'env>(env: &'env Env, matrix: Location, seed: u32, team: &Team, stop: &Stop) -> Result<Object<'env>> {
    let (tensor, team, stop) = (Tensor::from(matrix), team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        one(&tensor, |matrix| eigen::spectrum(&shuffle::shuffled(matrix, seed)?, &team, &stop))
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
    let (reference, subject) = (Tensor::from(reference), Tensor::from(subject));
    let (team, stop) = (team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        two(&reference, &subject, false, |before, after| moments::moments(before, after, &stop).map(Vec::from))
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
    let (reference, subject) = (Tensor::from(reference), Tensor::from(subject));
    let (team, stop) = (team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        two(&reference, &subject, true, |before, after| {
            let difference = tensor::Difference { reference: before, subject: after };
            eigen::spectrum(&difference, &team, &stop).map_err(|failure| (1, failure))
        })
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
    let (reference, subject) = (Tensor::from(reference), Tensor::from(subject));
    let (team, stop) = (team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        let ranks: Vec<usize> = ranks.into_iter().map(|rank| rank as usize).collect();
        two(&reference, &subject, true, |before, after| overlap::overlap(before, after, &ranks, &team, &stop))
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
    let (reference, subject) = (Tensor::from(reference), Tensor::from(subject));
    let (team, stop) = (team.inner.clone(), stop.flag.clone());
    on_thread(env, team.clone(), move || {
        two(&reference, &subject, true, |before, after| {
            median::median_change(before, after, &stop).map(|value| vec![value])
        })
    })
}

/// Version of this kernel; `src/spectrum/native.ts` takes only the one it was written for.
#[napi]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// Opens the tensor, works on it, and tells what reading it had to leave out.
fn one(tensor: &Tensor, work: impl FnOnce(&Opened) -> std::result::Result<Vec<f64>, Failure>) -> Outcome {
    let attempt = || {
        let opened = tensor.open(true)?;
        let values = work(&opened);
        opened.finish()?;
        values
    };
    attempt().map_err(|failure| (0, failure))
}

/// The same for two tensors of one shape.
fn two(reference: &Tensor, subject: &Tensor, hold: bool, work: impl FnOnce(&Opened, &Opened) -> Outcome) -> Outcome {
    let before = reference.open(hold).map_err(|failure| (0, failure))?;
    let after = subject.open(hold).map_err(|failure| (1, failure))?;
    if (before.rows(), before.cols()) != (after.rows(), after.cols()) {
        return Err((1, Failure::Internal("shapes differ".into())));
    }
    let values = work(&before, &after);
    before.finish().map_err(|failure| (0, failure))?;
    after.finish().map_err(|failure| (1, failure))?;
    values
}

fn on_thread(env: &Env, team: team::Team, work: impl FnOnce() -> Outcome + Send + 'static) -> Result<Object<'_>> {
    let (deferred, promise) = env.create_deferred()?;
    let settle = move || {
        let _seat = team.sit();
        match catch_unwind(AssertUnwindSafe(work)) {
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

impl From<Location> for Tensor {
    fn from(location: Location) -> Self {
        let Location { file, begin, end, dtype, rows, cols, view, scaled, updates } = location;
        Self {
            file,
            begin: begin as u64,
            end: end as u64,
            dtype,
            rows: rows as usize,
            cols: cols as usize,
            view: view.map(View::from),
            scale: scaled.into_iter().next().map(|argument| {
                let ScaleArgument { scale, block_rows, block_cols } = argument;
                Box::new(Scale {
                    factors: scale.into(),
                    block_rows: block_rows as usize,
                    block_cols: block_cols as usize,
                })
            }),
            updates: updates
                .into_iter()
                .map(|UpdateArgument { a, b, factor }| Update { a: a.into(), b: b.into(), factor })
                .collect(),
        }
    }
}

impl From<ViewArgument> for View {
    fn from(ViewArgument { offset, rows, cols }: ViewArgument) -> Self {
        let axes = |axes: Vec<AxisArgument>| {
            axes.into_iter()
                .map(|AxisArgument { size, stride }| Axis { size: size as usize, stride: stride as usize })
                .collect()
        };
        Self { offset: offset as usize, rows: axes(rows), cols: axes(cols) }
    }
}
