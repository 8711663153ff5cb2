//! What can go wrong, as a code that TypeScript turns into a sentence naming the tensor.

/// Why a tensor has no answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    DtypeUnsupported(String),
    NotFinite { nan: usize, infinite: usize, total: usize },
    Truncated,
    Unreadable(String),
    Internal(String),
}

impl Failure {
    /// `code|detail|detail…`, split by the caller.
    pub fn encode(&self) -> String {
        match self {
            Self::DtypeUnsupported(dtype) => format!("dtype-unsupported|{dtype}"),
            Self::NotFinite { nan, infinite, total } => format!("weights-not-finite|{nan}|{infinite}|{total}"),
            Self::Truncated => "file-truncated".into(),
            Self::Unreadable(text) => format!("file-unreadable|{text}"),
            Self::Internal(text) => format!("internal|{text}"),
        }
    }
}
