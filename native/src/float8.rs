//! Eight-bit floats to float64, exactly. Formats: Micikevicius et al. 2022, table 1 (E4M3, E5M2) and OCP Microscaling 1.0
//! § 5.4.1 (E8M0, a power of two and nothing else).

/// Which of the formats a byte is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float8 {
    E4M3,
    E5M2,
    E8M0,
}

impl Float8 {
    /// Upper-case safetensors name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "F8_E4M3" => Some(Self::E4M3),
            "F8_E5M2" => Some(Self::E5M2),
            "F8_E8M0" => Some(Self::E8M0),
            _ => None,
        }
    }

    /// The number of one byte; NaN and infinity where the format has them.
    pub fn value(self, bits: u8) -> f64 {
        match self {
            // Bias 7, no infinities; only the pattern with all bits set is NaN.
            Self::E4M3 if bits & 0x7f == 0x7f => f64::NAN,
            Self::E4M3 => number(bits, 4, 3, 7),
            Self::E5M2 if bits & 0x7f > 0x7c => f64::NAN,
            Self::E5M2 if bits & 0x7f == 0x7c => f64::INFINITY * sign(bits),
            Self::E5M2 => number(bits, 5, 2, 15),
            Self::E8M0 if bits == 255 => f64::NAN,
            Self::E8M0 => power_of_two(i32::from(bits) - 127),
        }
    }

    /// All 256 numbers, for decoding by look-up.
    pub fn table(self) -> [f64; 256] {
        std::array::from_fn(|bits| self.value(bits as u8))
    }
}

fn number(bits: u8, exponent_bits: u32, fraction_bits: u32, bias: i32) -> f64 {
    let exponent = i32::from(bits >> fraction_bits) & ((1 << exponent_bits) - 1);
    let steps = f64::from(1u32 << fraction_bits);
    let fraction = f64::from(u32::from(bits) & ((1 << fraction_bits) - 1)) / steps;
    match exponent {
        0 => sign(bits) * fraction * power_of_two(1 - bias),
        _ => sign(bits) * (1.0 + fraction) * power_of_two(exponent - bias),
    }
}

fn sign(bits: u8) -> f64 {
    if bits & 0x80 == 0 {
        1.0
    } else {
        -1.0
    }
}

/// Exact for the normal range of float64, which all of these are in.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What torch reads from every byte, three tables of 256 (test/checkpoint/fixtures/make.py).
    const TORCH: &[u8] = include_bytes!("../../test/checkpoint/fixtures/float8.bin");

    #[test]
    fn every_pattern_has_the_number_that_torch_gives() {
        for (index, kind) in [Float8::E4M3, Float8::E5M2, Float8::E8M0]
            .into_iter()
            .enumerate()
        {
            for bits in 0..=255u8 {
                let mut word = [0; 8];
                word.copy_from_slice(&TORCH[(index * 256 + usize::from(bits)) * 8..][..8]);
                let expected = f64::from_le_bytes(word);
                let value = kind.value(bits);
                assert!(
                    value == expected || (value.is_nan() && expected.is_nan()),
                    "{kind:?} {bits}: {value} {expected}"
                );
            }
        }
    }
}
