//! What can go wrong, as a code that TypeScript turns into a sentence naming the tensor.

/// Why a tensor has no answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    DtypeUnsupported(String),
    NotFinite {
        nan: usize,
        infinite: usize,
        total: usize,
    },
    /// Finite weights whose squares are not.
    TooLarge,
    Truncated,
    Unreadable(String),
    /// The caller asked for it.
    Stopped,
    Internal(String),
}

impl Failure {
    /// `code|detail|detail…`, split by the caller.
    pub fn encode(&self) -> String {
        match self {
            Self::DtypeUnsupported(dtype) => format!("dtype-unsupported|{dtype}"),
            Self::NotFinite {
                nan,
                infinite,
                total,
            } => format!("weights-not-finite|{nan}|{infinite}|{total}"),
            Self::TooLarge => "weights-too-large".into(),
            Self::Truncated => "file-truncated".into(),
            Self::Unreadable(text) => format!("file-unreadable|{text}"),
            Self::Stopped => "stopped".into(),
            Self::Internal(text) => format!("internal|{text}"),
        }
    }
}
