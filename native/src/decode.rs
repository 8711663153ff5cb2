//! Stored bytes to float64. Every value of every type read here is exact in float64.

use std::ops::AddAssign;
use std::sync::OnceLock;

use crate::failure::Failure;
use crate::float8::Float8;
use crate::ggml::Quant;

/// Types of number that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dtype {
    F64,
    F32,
    F16,
    Bf16,
    F8(Float8),
    Block(Quant),
}

impl Dtype {
    /// Upper-case safetensors name, or the name of a GGUF block quantisation.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "F64" => Some(Self::F64),
            "F32" => Some(Self::F32),
            "F16" => Some(Self::F16),
            "BF16" => Some(Self::Bf16),
            _ => Float8::parse(name)
                .map(Self::F8)
                .or_else(|| Quant::parse(name).map(Self::Block)),
        }
    }

    /// Numbers stored together, and the bytes they take.
    fn unit(self) -> (usize, usize) {
        match self {
            Self::F64 => (1, 8),
            Self::F32 => (1, 4),
            Self::F16 | Self::Bf16 => (1, 2),
            Self::F8(_) => (1, 1),
            Self::Block(quant) => (quant.elements(), quant.bytes()),
        }
    }

    /// Bytes of that many numbers; none where they do not fill whole blocks.
    pub fn bytes_for(self, numbers: u128) -> Option<u128> {
        let (count, bytes) = self.unit();
        numbers
            .is_multiple_of(count as u128)
            .then(|| numbers / count as u128 * bytes as u128)
    }

    /// Where numbers `from..from + length` lie: first byte, numbers to skip there, and bytes.
    #[inline(always)]
    pub fn bytes_of(self, from: usize, length: usize) -> (usize, usize, usize) {
        let (count, bytes) = self.unit();
        let first = from / count;
        (
            (first) * bytes,
            from % count,
            ((from + length).div_ceil(count) - first) * bytes,
        )
    }

    /// Decodes `bytes`, as `bytes_of` gives them, into `out`, `skip` numbers left out at the beginning. Made to be compiled into
    /// the vector code of its caller.
    #[inline(always)]
    pub fn decode(self, bytes: &[u8], skip: usize, out: &mut [f64]) {
        match self {
            Self::F64 => fill(bytes, out, f64::from_le_bytes),
            Self::F32 => fill(bytes, out, |b| f64::from(f32::from_le_bytes(b))),
            Self::F16 => fill(bytes, out, |b| half_to_double(u16::from_le_bytes(b))),
            // bfloat16 is the upper half of a float32.
            Self::Bf16 => fill(bytes, out, |b| {
                f64::from(f32::from_bits(u32::from(u16::from_le_bytes(b)) << 16))
            }),
            Self::F8(kind) => {
                let table = table(kind);
                fill(bytes, out, |[byte]| table[usize::from(byte)]);
            }
            Self::Block(quant) => {
                let mut whole = vec![0.0; bytes.len() / quant.bytes() * quant.elements()];
                quant.decode_into(bytes, &mut whole);
                out.copy_from_slice(&whole[skip..skip + out.len()]);
            }
        }
    }
}

fn table(kind: Float8) -> &'static [f64; 256] {
    static TABLES: [OnceLock<[f64; 256]>; 3] = [const { OnceLock::new() }; 3];
    TABLES[kind as usize].get_or_init(|| kind.table())
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
            Self {
                nan: 0,
                infinite: 0,
            } => Ok(()),
            Self { nan, infinite } => Err(Failure::NotFinite {
                nan,
                infinite,
                total,
            }),
        }
    }
}

impl AddAssign for Bad {
    fn add_assign(&mut self, other: Self) {
        self.nan += other.nan;
        self.infinite += other.infinite;
    }
}

/// How many of the numbers are not finite.
#[inline(always)]
pub fn count_bad(values: &[f64]) -> Bad {
    if values
        .iter()
        .fold(true, |finite, value| finite & value.is_finite())
    {
        return Bad::default();
    }
    Bad {
        nan: values.iter().filter(|value| value.is_nan()).count(),
        infinite: values.iter().filter(|value| value.is_infinite()).count(),
    }
}

#[inline(always)]
fn fill<const WIDTH: usize>(bytes: &[u8], out: &mut [f64], read: impl Fn([u8; WIDTH]) -> f64) {
    for (chunk, slot) in bytes.chunks_exact(WIDTH).zip(out) {
        let mut word = [0; WIDTH];
        word.copy_from_slice(chunk);
        *slot = read(word);
    }
}

/// binary16 by way of binary32: the exponent is moved by a multiplication, which is exact for subnormals too.
#[inline(always)]
fn half_to_double(bits: u16) -> f64 {
    let bits = u32::from(bits);
    let magnitude = f32::from_bits((bits & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    let special = f32::from_bits(0x7f80_0000 | (bits & 0x03ff) << 13);
    let value = if bits & 0x7c00 == 0x7c00 {
        special
    } else {
        magnitude
    };
    f64::from(f32::from_bits(value.to_bits() | (bits & 0x8000) << 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_16_bit_patterns_have_the_value_that_the_half_crate_gives() {
        for bits in 0..=u16::MAX {
            let mut out = [0.0];
            Dtype::Bf16.decode(&bits.to_le_bytes(), 0, &mut out);
            assert!(
                same(out[0], half::bf16::from_bits(bits).to_f64()),
                "bf16 {bits:04x}"
            );
            Dtype::F16.decode(&bits.to_le_bytes(), 0, &mut out);
            assert!(
                same(out[0], half::f16::from_bits(bits).to_f64()),
                "f16 {bits:04x}"
            );
        }
    }

    #[test]
    fn a_run_inside_blocks_is_cut_out_of_them() {
        // Two blocks of Q8_0: scale 1 (half 0x3c00) and quants 0 to 31, scale 2 and the same quants.
        let quants: Vec<u8> = (0..32).collect();
        let bytes = [&[0x00, 0x3c], &quants[..], &[0x00, 0x40], &quants[..]].concat();
        let dtype = Dtype::Block(Quant::Q8_0);
        let (begin, skip, length) = dtype.bytes_of(30, 4);
        assert_eq!((begin, skip, length), (0, 30, 68));
        let mut out = [0.0; 4];
        dtype.decode(&bytes[begin..begin + length], skip, &mut out);
        assert_eq!(out, [30.0, 31.0, 0.0, 2.0]);
        assert_eq!(dtype.bytes_for(33), None);
        assert_eq!(dtype.bytes_for(64), Some(68));
    }

    #[test]
    fn nan_and_infinity_are_counted_apart() {
        assert_eq!(
            count_bad(&[1.0, f64::NAN, f64::NEG_INFINITY]),
            Bad {
                nan: 1,
                infinite: 1
            }
        );
    }

    fn same(a: f64, b: f64) -> bool {
        a == b || (a.is_nan() && b.is_nan())
    }
}
