//! How TypeScript says where a matrix lies, and what the kernel makes of it.

use napi_derive::napi;

use crate::tensor::{Axis, Scale, Tensor, Update, View};

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
