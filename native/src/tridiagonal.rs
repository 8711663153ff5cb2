//! Stage three: eigenvalues of a symmetric tridiagonal matrix, by the QL iteration without square roots.

/// Shifts tried per eigenvalue before giving up; two are usual.
const MOST: usize = 50;
/// Squared relative size of a subdiagonal entry that is rounding.
const NEGLIGIBLE: f64 = f64::EPSILON * f64::EPSILON / 4.0;

/// Unsorted eigenvalues of the matrix with this diagonal and subdiagonal (one shorter); none where the iteration does not
/// converge. Each is off by a few ε times the largest in magnitude.
///
/// The rational QL variant of Pal, Walker and Kahan (Parlett, The Symmetric Eigenvalue Problem, § 8.14). The scale of the matrix
/// must leave room for squares.
pub fn eigenvalues(mut diagonal: Vec<f64>, below: &[f64]) -> Option<Vec<f64>> {
    let mut squares: Vec<f64> = below.iter().map(|value| value * value).collect();
    squares.push(0.0);
    let mut end = diagonal.len();
    // Parts that no subdiagonal entry ties together are solved on their own.
    while end > 0 {
        let mut start = end - 1;
        while start > 0 && !negligible(squares[start - 1], diagonal[start - 1], diagonal[start]) {
            start -= 1;
        }
        let (own, ties) = (&mut diagonal[start..end], &mut squares[start..end]);
        // The iteration keeps small eigenvalues best where they come first.
        if own[0].abs() > own[own.len() - 1].abs() {
            own.reverse();
            let count = ties.len() - 1;
            ties[..count].reverse();
        }
        solve(own, ties)?;
        end = start;
    }
    Some(diagonal)
}

fn negligible(square: f64, a: f64, b: f64) -> bool {
    square <= NEGLIGIBLE * (a * b).abs() || square < f64::MIN_POSITIVE
}

/// Diagonal → eigenvalues; the last of the squared subdiagonal entries is not used.
fn solve(diagonal: &mut [f64], squares: &mut [f64]) -> Option<()> {
    let n = diagonal.len();
    let (mut low, mut tries) = (0, 0);
    while low < n {
        let mut m = low;
        while m + 1 < n && !negligible(squares[m], diagonal[m], diagonal[m + 1]) {
            m += 1;
        }
        if m > low + 1 {
            tries += 1;
            if tries > MOST {
                return None;
            }
            let shift = wilkinson(diagonal[low], diagonal[low + 1], squares[low]);
            sweep(&mut diagonal[low..=m], &mut squares[low..m], shift);
            continue;
        }
        if m == low + 1 {
            (diagonal[low], diagonal[m]) = pair(diagonal[low], squares[low].sqrt(), diagonal[m]);
        }
        low = m + 1;
        tries = 0;
    }
    Some(())
}

/// The eigenvalue of the leading 2 × 2 matrix that is nearer to its first entry.
fn wilkinson(first: f64, second: f64, square: f64) -> f64 {
    let root = square.sqrt();
    let ratio = (second - first) / (2.0 * root);
    first - root / (ratio + ratio.hypot(1.0).copysign(ratio))
}

/// One QL step.
fn sweep(diagonal: &mut [f64], squares: &mut [f64], shift: f64) {
    let m = squares.len();
    let (mut c, mut s) = (1.0, 0.0);
    let mut gamma = diagonal[m] - shift;
    let mut p = gamma * gamma;
    for i in (0..m).rev() {
        let square = squares[i];
        let r = p + square;
        if i + 1 < m {
            squares[i + 1] = s * r;
        }
        let before = c;
        // Both divisions start as soon as r is there; γ²/c would have to wait for c and γ.
        let inverse = r / p;
        c = p / r;
        s = square / r;
        let old = gamma;
        gamma = c * (diagonal[i] - shift) - s * old;
        diagonal[i + 1] = old + (diagonal[i] - gamma);
        p = if c != 0.0 { gamma * gamma * inverse } else { before * square };
    }
    squares[0] = s * p;
    diagonal[0] = shift + gamma;
}

/// Eigenvalues of [[a, b], [b, c]], the smaller one without cancellation.
fn pair(a: f64, b: f64, c: f64) -> (f64, f64) {
    let (sum, gap) = (a + c, (a - c).hypot(2.0 * b));
    if sum == 0.0 {
        return (0.5 * gap, -0.5 * gap);
    }
    let first = 0.5 * (sum + gap.copysign(sum));
    let (large, small) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    (first, (large / first) * small - (b / first) * b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(diagonal: Vec<f64>, below: &[f64]) -> Vec<f64> {
        let mut values = eigenvalues(diagonal, below).expect("converged");
        values.sort_by(f64::total_cmp);
        values
    }

    #[test]
    fn the_second_difference_has_its_known_eigenvalues() {
        for n in [1, 2, 3, 10, 400] {
            let found = sorted(vec![2.0; n], &vec![-1.0; n - 1]);
            for (k, value) in found.iter().enumerate() {
                let angle = (k + 1) as f64 * std::f64::consts::PI / (2.0 * (n as f64 + 1.0));
                assert!((value - 4.0 * angle.sin().powi(2)).abs() < 1e-13, "{n}, {k}: {value}");
            }
        }
    }

    #[test]
    fn parts_that_are_not_tied_together_are_solved_apart() {
        assert_eq!(sorted(vec![3.0, 1.0, 2.0], &[0.0, 0.0]), [1.0, 2.0, 3.0]);
        assert_eq!(sorted(vec![0.0; 4], &[0.0; 3]), [0.0; 4]);
        assert_eq!(sorted(vec![0.0, 0.0, 5.0], &[1.0, 0.0]), [-1.0, 1.0, 5.0]);
    }

    #[test]
    fn the_wilkinson_matrix_keeps_its_close_pairs() {
        // W21+: the largest two eigenvalues agree to 14 digits (Wilkinson 1965, p. 309).
        let diagonal: Vec<f64> = (0..21).map(|i| (i as f64 - 10.0).abs()).collect();
        let found = sorted(diagonal, &[1.0; 20]);
        assert!((found[20] - 10.746_194_182_903_393).abs() < 1e-13);
        assert!((found[19] - 10.746_194_182_903_322).abs() < 1e-13);
    }
}
