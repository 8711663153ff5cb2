//! Uniform numbers to standard normals, many at a time: written so that the compiler turns the loop into vector code, which calls of
//! the system's ln, sin and cos do not allow. Each step is within two units in the last place of the rounded result.

/// Pairs of uniforms in [0, 1) → pairs of normals √(−2 ln(1 − u)) · (cos 2πv, sin 2πv), in place.
#[inline(always)]
pub fn normals<const PAIRS: usize>(first: &mut [f64; PAIRS], second: &mut [f64; PAIRS]) {
    for (u, v) in first.iter_mut().zip(second.iter_mut()) {
        let radius = (-2.0 * ln(1.0 - *u)).sqrt();
        let (cosine, sine) = turn(*v);
        *u = radius * cosine;
        *v = radius * sine;
    }
}

/// Natural logarithm for 2⁻⁵³ ≤ x ≤ 1: exponent and 2 artanh((m − 1)/(m + 1)), √½ < m ≤ √2.
#[inline(always)]
fn ln(x: f64) -> f64 {
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    // The exponent as a float, by way of the fraction bits of 2⁵².
    const SHIFT: f64 = 4_503_599_627_370_496.0;
    let bits = x.to_bits();
    let exponent = f64::from_bits(SHIFT.to_bits() | (bits >> 52)) - SHIFT - 1023.0;
    let fraction = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    let high = fraction > std::f64::consts::SQRT_2;
    let m = if high { 0.5 * fraction } else { fraction };
    let exponent = if high { exponent + 1.0 } else { exponent };
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let mut sum = 0.0;
    for odd in [23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        sum = sum * z + 1.0 / odd;
    }
    exponent * LN_2_HIGH + (2.0 * s + (2.0 * s * z * sum + exponent * LN_2_LOW))
}

/// Cosine and sine of 2πv, 0 ≤ v < 1: series within an eighth of a turn from the nearest quarter.
#[inline(always)]
fn turn(v: f64) -> (f64, f64) {
    let quarters = 4.0 * v;
    let nearest = (quarters + 0.5).floor();
    let angle = (quarters - nearest) * std::f64::consts::FRAC_PI_2;
    let z = -angle * angle;
    let (mut sine, mut cosine) = (0.0, 0.0);
    for k in [16.0, 14.0, 12.0, 10.0, 8.0, 6.0, 4.0, 2.0] {
        sine = (sine + 1.0) * (z / (k * (k + 1.0)));
        cosine = (cosine + 1.0) * (z / (k * (k - 1.0)));
    }
    let (sine, cosine) = ((sine + 1.0) * angle, cosine + 1.0);
    let odd = nearest == 1.0 || nearest == 3.0;
    let (across, along) = if odd { (cosine, sine) } else { (sine, cosine) };
    (
        if nearest == 1.0 || nearest == 2.0 {
            -along
        } else {
            along
        },
        if nearest == 2.0 || nearest == 3.0 {
            -across
        } else {
            across
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_are_those_of_the_standard_functions() {
        for step in 0..100_000 {
            let u = match step {
                0 => 0.0,
                1 => 1.0 - f64::EPSILON / 2.0,
                2 => f64::EPSILON / 2.0,
                _ => (f64::from(step) * 0.618_033_988_749_894_9).fract(),
            };
            let v = (f64::from(step) * 0.754_877_666_246_692_8).fract();
            let (mut first, mut second) = ([u], [v]);
            normals(&mut first, &mut second);
            let radius = (-2.0 * (1.0 - u).ln()).sqrt();
            let (sine, cosine) = (2.0 * std::f64::consts::PI * v).sin_cos();
            for (found, expected) in [(first[0], radius * cosine), (second[0], radius * sine)] {
                assert!(
                    (found - expected).abs() <= 2e-15 * radius.max(1e-300),
                    "{u} {v}: {found} is not {expected}"
                );
            }
        }
    }
}
