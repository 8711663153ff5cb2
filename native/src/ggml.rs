//! Quantised blocks of GGUF to float64. Scales are halves and quants small integers, so every product is exact; the
//! reference rounds to float32 once more. Layouts: `dequantize_blocks` of the Python package gguf, 0.19.

/// How a block is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quant {
    Q8_0,
    Q4_0,
    Q4K,
    Q5K,
    Q6K,
}

impl Quant {
    /// Name as in a GGUF file's listing.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "Q8_0" => Some(Self::Q8_0),
            "Q4_0" => Some(Self::Q4_0),
            "Q4_K" => Some(Self::Q4K),
            "Q5_K" => Some(Self::Q5K),
            "Q6_K" => Some(Self::Q6K),
            _ => None,
        }
    }

    /// Numbers of one block.
    pub fn elements(self) -> usize {
        match self {
            Self::Q8_0 | Self::Q4_0 => 32,
            Self::Q4K | Self::Q5K | Self::Q6K => 256,
        }
    }

    /// Bytes of one block.
    pub fn bytes(self) -> usize {
        match self {
            Self::Q8_0 => 34,
            Self::Q4_0 => 18,
            Self::Q4K => 144,
            Self::Q5K => 176,
            Self::Q6K => 210,
        }
    }

    /// Decodes whole blocks; `out` holds `elements` numbers for each. A cut block at the end is left alone.
    pub fn decode_into(self, bytes: &[u8], out: &mut [f64]) {
        let decode = match self {
            Self::Q8_0 => q8_0,
            Self::Q4_0 => q4_0,
            Self::Q4K => q4_k,
            Self::Q5K => q5_k,
            Self::Q6K => q6_k,
        };
        for (block, numbers) in bytes
            .chunks_exact(self.bytes())
            .zip(out.chunks_exact_mut(self.elements()))
        {
            decode(block, numbers);
        }
    }
}

/// d · q, q signed bytes: d, 32 q.
fn q8_0(block: &[u8], out: &mut [f64]) {
    let d = half(block, 0);
    for (byte, slot) in block[2..].iter().zip(out) {
        *slot = d * f64::from(*byte as i8);
    }
}

/// d · (q − 8), q four bits: low halves of 16 bytes, then their high halves.
fn q4_0(block: &[u8], out: &mut [f64]) {
    let d = half(block, 0);
    let (low, high) = out.split_at_mut(16);
    for ((byte, low), high) in block[2..].iter().zip(low).zip(high) {
        *low = d * (f64::from(byte & 15) - 8.0);
        *high = d * (f64::from(byte >> 4) - 8.0);
    }
}

/// d · s · q − dmin · m, s and m six bits for each 32 numbers: d, dmin, 12 of s and m, 128 of q.
fn q4_k(block: &[u8], out: &mut [f64]) {
    let quants = &block[16..];
    for (part, numbers) in out.chunks_exact_mut(32).enumerate() {
        let (scale, minimum) = scale_and_minimum(block, part);
        for (index, slot) in numbers.iter_mut().enumerate() {
            *slot = scale * f64::from(nibble(quants, part, index)) - minimum;
        }
    }
}

/// As Q4_K with a fifth bit of q: bit `part` of byte `index` of 32 more bytes before the quants.
fn q5_k(block: &[u8], out: &mut [f64]) {
    let (high, quants) = block[16..].split_at(32);
    for (part, numbers) in out.chunks_exact_mut(32).enumerate() {
        let (scale, minimum) = scale_and_minimum(block, part);
        for (index, slot) in numbers.iter_mut().enumerate() {
            let q = nibble(quants, part, index) | ((high[index] >> part) & 1) << 4;
            *slot = scale * f64::from(q) - minimum;
        }
    }
}

/// d · s · (q − 32), s a signed byte for each 16 numbers, q six bits: 128 of low four bits, 64 of high two bits, 16 of s, d.
/// Numbers come in two halves of 128; in each, four runs of 32 share their bytes.
fn q6_k(block: &[u8], out: &mut [f64]) {
    let d = half(block, 208);
    for (part, numbers) in out.chunks_exact_mut(32).enumerate() {
        let (upper, run) = (part >> 2, part & 3);
        for (index, slot) in numbers.iter_mut().enumerate() {
            let low = block[upper * 64 + (run & 1) * 32 + index] >> if run > 1 { 4 } else { 0 };
            let high = block[128 + upper * 32 + index] >> (2 * run);
            let scale = f64::from(block[192 + part * 2 + index / 16] as i8);
            *slot = d * scale * (f64::from((low & 15) | (high & 3) << 4) - 32.0);
        }
    }
}

/// Four bits: 32 low halves, then the high halves of the same 32 bytes, and so on.
fn nibble(quants: &[u8], part: usize, index: usize) -> u8 {
    (quants[(part >> 1) * 32 + index] >> if part & 1 == 1 { 4 } else { 0 }) & 15
}

/// d · s and dmin · m of one of eight parts; six bits each, the last four parts spread over three rows of four bytes.
fn scale_and_minimum(block: &[u8], part: usize) -> (f64, f64) {
    let byte = |row: usize| block[4 + row * 4 + (part & 3)];
    let (scale, minimum) = if part < 4 {
        (byte(0) & 63, byte(1) & 63)
    } else {
        (
            (byte(2) & 15) | ((byte(0) >> 2) & 48),
            (byte(2) >> 4) | ((byte(1) >> 2) & 48),
        )
    };
    (
        half(block, 0) * f64::from(scale),
        half(block, 2) * f64::from(minimum),
    )
}

/// IEEE 754 binary16, little-endian, at `at`.
fn half(block: &[u8], at: usize) -> f64 {
    let bits = u16::from_le_bytes([block[at], block[at + 1]]);
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 31);
    let fraction = f64::from(bits & 1023);
    match exponent {
        0 => sign * fraction * 2f64.powi(-24),
        31 if fraction > 0.0 => f64::NAN,
        31 => sign * f64::INFINITY,
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight blocks, then the float32 numbers that the gguf package reads from them (test/checkpoint/fixtures/make.py).
    const FIXTURES: [(&str, &[u8]); 5] = [
        (
            "Q8_0",
            include_bytes!("../../test/checkpoint/fixtures/ggml-Q8_0.bin"),
        ),
        (
            "Q4_0",
            include_bytes!("../../test/checkpoint/fixtures/ggml-Q4_0.bin"),
        ),
        (
            "Q4_K",
            include_bytes!("../../test/checkpoint/fixtures/ggml-Q4_K.bin"),
        ),
        (
            "Q5_K",
            include_bytes!("../../test/checkpoint/fixtures/ggml-Q5_K.bin"),
        ),
        (
            "Q6_K",
            include_bytes!("../../test/checkpoint/fixtures/ggml-Q6_K.bin"),
        ),
    ];

    #[test]
    fn blocks_hold_the_numbers_that_gguf_reads_before_its_rounding_to_float32() {
        for (name, bytes) in FIXTURES {
            let quant = Quant::parse(name).expect("a known name");
            let (blocks, expected) = bytes.split_at(8 * quant.bytes());
            let mut out = vec![0.0; 8 * quant.elements()];
            quant.decode_into(blocks, &mut out);
            assert_eq!(expected.len(), 4 * out.len());
            for (index, (value, word)) in out.iter().zip(expected.chunks_exact(4)).enumerate() {
                let expected = f32::from_le_bytes([word[0], word[1], word[2], word[3]]);
                assert_eq!(*value as f32, expected, "{name} {index}");
            }
        }
    }

    #[test]
    fn a_cut_block_is_left_alone() {
        let mut out = [7.0; 32];
        Quant::Q8_0.decode_into(&[1; 33], &mut out);
        assert_eq!(out, [7.0; 32]);
    }
}
