//! Seeded Gaussian noise, the same stream as `src/spectrum/noise.ts`: xoshiro128** seeded by four steps of
//! splitmix32, 53-bit uniforms from two draws (high word first), Box–Muller with the cosine first.

use pulp::{Simd, WithSimd};

use crate::box_muller::normals;
use crate::decode::Bad;
use crate::entries::Entries;
use crate::failure::Failure;
use crate::stop::StopFlag;

/// Numbers between two places of the stream from which it can be taken up again; even, since they come in pairs.
const SEGMENT: usize = 128;

/// Standard normals scaled to a Frobenius norm. They are not kept: each reading draws them anew from the state at the beginning of
/// their segment, 16 bytes for 128 numbers.
pub struct Noise {
    states: Vec<Xoshiro128>,
    scale: f64,
}

impl Noise {
    /// `length` numbers of this norm.
    pub fn of_norm(length: usize, norm: f64, seed: u32, stop: &StopFlag) -> Result<Self, Failure> {
        let mut generator = Xoshiro128::new(seed);
        let mut states = Vec::with_capacity(length.div_ceil(SEGMENT));
        let mut squares = 0.0;
        let mut segment = [0.0; SEGMENT];
        for from in (0..length).step_by(SEGMENT) {
            if from % (SEGMENT << 12) == 0 {
                stop.check()?;
            }
            states.push(generator.clone());
            pulp::Arch::new().dispatch(Draw { generator: &mut generator, out: &mut segment });
            squares += segment[..SEGMENT.min(length - from)].iter().map(|value| value * value).sum::<f64>();
        }
        Ok(Self { states, scale: norm / squares.sqrt() })
    }

    /// Adds numbers `from..from + out.len()` of the stream.
    #[inline(always)]
    fn add(&self, from: usize, out: &mut [f64]) {
        let mut segment = [0.0; SEGMENT];
        let mut done = 0;
        while done < out.len() {
            let at = from + done;
            self.states[at / SEGMENT].clone().normals(&mut segment);
            let rest = &segment[at % SEGMENT..];
            for (slot, value) in out[done..].iter_mut().zip(rest) {
                *slot += self.scale * value;
            }
            done += rest.len();
        }
    }
}

struct Draw<'a> {
    generator: &'a mut Xoshiro128,
    out: &'a mut [f64; SEGMENT],
}

impl WithSimd for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.generator.normals(self.out);
    }
}

/// W + E.
pub struct Perturbed<'a, Matrix> {
    pub matrix: &'a Matrix,
    pub noise: Noise,
}

impl<Matrix: Entries> Entries for Perturbed<'_, Matrix> {
    fn rows(&self) -> usize {
        self.matrix.rows()
    }

    fn cols(&self) -> usize {
        self.matrix.cols()
    }

    #[inline(always)]
    fn read(&self, row: usize, col: usize, out: &mut [f64]) -> Bad {
        let bad = self.matrix.read(row, col, out);
        self.noise.add(row * self.cols() + col, out);
        bad
    }
}

#[derive(Clone)]
pub struct Xoshiro128 {
    state: [u32; 4],
}

impl Xoshiro128 {
    pub fn new(seed: u32) -> Self {
        let mut step = seed;
        let mut splitmix32 = || {
            step = step.wrapping_add(0x9e37_79b9);
            let mut mixed = step ^ (step >> 16);
            mixed = mixed.wrapping_mul(0x21f0_aaad);
            mixed ^= mixed >> 15;
            mixed = mixed.wrapping_mul(0x735a_2d97);
            mixed ^ (mixed >> 15)
        };
        Self { state: [splitmix32(), splitmix32(), splitmix32(), splitmix32()] }
    }

    /// The next numbers of the stream, in pairs.
    #[inline(always)]
    fn normals(&mut self, out: &mut [f64; SEGMENT]) {
        let (mut first, mut second) = ([0.0; SEGMENT / 2], [0.0; SEGMENT / 2]);
        for (u, v) in first.iter_mut().zip(&mut second) {
            *u = self.uniform();
            *v = self.uniform();
        }
        normals(&mut first, &mut second);
        for ((pair, cosine), sine) in out.chunks_exact_mut(2).zip(first).zip(second) {
            pair[0] = cosine;
            pair[1] = sine;
        }
    }

    #[inline(always)]
    pub fn next(&mut self) -> u32 {
        let [a, b, c, d] = &mut self.state;
        let scrambled = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 9;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(11);
        scrambled
    }

    /// In [0, 1), 53 bits.
    #[inline(always)]
    pub fn uniform(&mut self) -> f64 {
        let high = f64::from(self.next() >> 5);
        let low = f64::from(self.next() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::Dense;

    #[test]
    fn the_norm_is_the_one_asked_for_and_any_piece_is_the_same() {
        let matrix = Dense { values: vec![0.0; 1001], rows: 7, cols: 143 };
        let noise = Noise::of_norm(1001, 2.5, 7, &StopFlag::default()).expect("noise");
        let perturbed = Perturbed { matrix: &matrix, noise };
        let mut whole = vec![0.0; 1001];
        for (row, line) in whole.chunks_exact_mut(143).enumerate() {
            perturbed.read(row, 0, line);
        }
        assert!((whole.iter().map(|value| value * value).sum::<f64>().sqrt() - 2.5).abs() < 1e-12);
        let mut piece = [0.0; 100];
        perturbed.read(3, 41, &mut piece);
        assert_eq!(piece, whole[3 * 143 + 41..3 * 143 + 141]);
    }

    #[test]
    fn the_generator_is_xoshiro128_starstar() {
        let mut generator = Xoshiro128 { state: [1, 2, 3, 4] };
        assert_eq!([(); 4].map(|()| generator.next()), [11520, 0, 5_927_040, 70_819_200]);
    }
}
