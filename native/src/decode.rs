//! Stored bytes to float64. Every value of F32, F16 and BF16 is exact in float64.

use std::ops::AddAssign;

use half::f16;

use crate::failure::Failure;

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

/// How many numbers were not finite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bad {
    pub nan: usize,
    pub infinite: usize,
}

impl Bad {
    /// A failure that says how many, unless there are none.
    pub fn refuse(self, total: usize) -> Result<(), Failure> {
        match self {
            Self { nan: 0, infinite: 0 } => Ok(()),
            Self { nan, infinite } => Err(Failure::NotFinite { nan, infinite, total }),
        }
    }
}

impl AddAssign for Bad {
    fn add_assign(&mut self, other: Self) {
        self.nan += other.nan;
        self.infinite += other.infinite;
    }
}

/// Decodes little-endian `bytes` into `out`, which holds as many numbers.
pub fn decode_into(bytes: &[u8], dtype: Dtype, out: &mut [f64]) -> Bad {
    match dtype {
        Dtype::F64 => fill(bytes, out, f64::from_le_bytes),
        Dtype::F32 => fill(bytes, out, |b| f64::from(f32::from_le_bytes(b))),
        Dtype::F16 => fill(bytes, out, |b| f64::from(f16::from_le_bytes(b).to_f32())),
        // bfloat16 is the upper half of a float32.
        Dtype::Bf16 => fill(bytes, out, |b| f64::from(f32::from_bits(u32::from(u16::from_le_bytes(b)) << 16))),
    }
    if out.iter().fold(true, |finite, value| finite & value.is_finite()) {
        return Bad::default();
    }
    Bad {
        nan: out.iter().filter(|value| value.is_nan()).count(),
        infinite: out.iter().filter(|value| value.is_infinite()).count(),
    }
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
    fn all_16_bit_patterns_have_the_value_that_the_half_crate_gives() {
        for bits in 0..=u16::MAX {
            let mut out = [0.0];
            decode_into(&bits.to_le_bytes(), Dtype::Bf16, &mut out);
            assert!(same(out[0], half::bf16::from_bits(bits).to_f64()), "bf16 {bits:04x}");
            decode_into(&bits.to_le_bytes(), Dtype::F16, &mut out);
            assert!(same(out[0], f16::from_bits(bits).to_f64()), "f16 {bits:04x}");
        }
    }

    #[test]
    fn nan_and_infinity_are_counted_apart() {
        let bytes: Vec<u8> = [1.0f32, f32::NAN, f32::NEG_INFINITY].iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(decode_into(&bytes, Dtype::F32, &mut [0.0; 3]), Bad { nan: 1, infinite: 1 });
    }

    fn same(a: f64, b: f64) -> bool {
        a == b || (a.is_nan() && b.is_nan())
    }
}
