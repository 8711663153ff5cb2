//! Stored bytes to float64. Every value of F32, F16 and BF16 is exact in float64.

use half::{bf16, f16};

/// Types of number that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dtype {
    F64,
    F32,
    F16,
    Bf16,
}

impl Dtype {
    /// Upper-case safetensors name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "F64" => Some(Self::F64),
            "F32" => Some(Self::F32),
            "F16" => Some(Self::F16),
            "BF16" => Some(Self::Bf16),
            _ => None,
        }
    }

    /// Bytes per number.
    pub fn width(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
        }
    }
}

/// Decodes little-endian `bytes` into `out`, which holds as many numbers. Returns how many are NaN and how many infinite.
pub fn decode_into(bytes: &[u8], dtype: Dtype, out: &mut [f64]) -> (usize, usize) {
    match dtype {
        Dtype::F64 => fill(bytes, out, f64::from_le_bytes),
        Dtype::F32 => fill(bytes, out, |b| f64::from(f32::from_le_bytes(b))),
        Dtype::F16 => fill(bytes, out, |b| f16::from_le_bytes(b).to_f64()),
        Dtype::Bf16 => fill(bytes, out, |b| bf16::from_le_bytes(b).to_f64()),
    }
    out.iter().fold((0, 0), |(nan, infinite), value| {
        (nan + usize::from(value.is_nan()), infinite + usize::from(value.is_infinite()))
    })
}

fn fill<const WIDTH: usize>(bytes: &[u8], out: &mut [f64], read: impl Fn([u8; WIDTH]) -> f64) {
    for (chunk, slot) in bytes.chunks_exact(WIDTH).zip(out) {
        let mut word = [0; WIDTH];
        word.copy_from_slice(chunk);
        *slot = read(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bf16_and_f16_are_exact_subnormals_included() {
        let mut out = [0.0];
        decode_into(&0x3fc0u16.to_le_bytes(), Dtype::Bf16, &mut out);
        assert_eq!(out[0], 1.5);
        decode_into(&0x0001u16.to_le_bytes(), Dtype::F16, &mut out);
        assert_eq!(out[0], 2f64.powi(-24));
    }

    #[test]
    fn nan_and_infinity_are_counted_apart() {
        let bytes: Vec<u8> = [1.0f32, f32::NAN, f32::NEG_INFINITY].iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(decode_into(&bytes, Dtype::F32, &mut [0.0; 3]), (1, 1));
    }
}
