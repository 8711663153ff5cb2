//! Seeded Gaussian noise, the same stream as `src/spectrum/noise.ts`: xoshiro128** seeded by four steps of
//! splitmix32, 53-bit uniforms from two draws (high word first), Box–Muller with the cosine first.

/// Squares added up before a partial sum joins the total.
const CHUNK: usize = 1024;

/// `length` standard normals scaled so that their Frobenius norm is `norm`.
pub fn scaled_noise(length: usize, norm: f64, seed: u32) -> Vec<f64> {
    let mut noise = gaussian_noise(length, seed);
    let squares: f64 = noise.chunks(CHUNK).map(|part| part.iter().map(|value| value * value).sum::<f64>()).sum();
    let scale = norm / squares.sqrt();
    noise.iter_mut().for_each(|value| *value *= scale);
    noise
}

fn gaussian_noise(length: usize, seed: u32) -> Vec<f64> {
    let mut generator = Xoshiro128::new(seed);
    let mut noise = Vec::with_capacity(length + 1);
    while noise.len() < length {
        let radius = (-2.0 * (1.0 - generator.uniform()).ln()).sqrt();
        let angle = 2.0 * std::f64::consts::PI * generator.uniform();
        noise.push(radius * angle.cos());
        noise.push(radius * angle.sin());
    }
    noise.truncate(length);
    noise
}

struct Xoshiro128 {
    state: [u32; 4],
}

impl Xoshiro128 {
    fn new(seed: u32) -> Self {
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

    fn next(&mut self) -> u32 {
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

    fn uniform(&mut self) -> f64 {
        let high = f64::from(self.next() >> 5);
        let low = f64::from(self.next() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_norm_is_the_one_asked_for() {
        let squares: f64 = scaled_noise(1001, 2.5, 7).iter().map(|value| value * value).sum();
        assert!((squares.sqrt() - 2.5).abs() < 1e-12);
    }

    #[test]
    fn the_generator_is_xoshiro128_starstar() {
        let mut generator = Xoshiro128 { state: [1, 2, 3, 4] };
        assert_eq!([(); 4].map(|()| generator.next()), [11520, 0, 5_927_040, 70_819_200]);
    }
}
