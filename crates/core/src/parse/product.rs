//! The integer matrix product everything rests on, and the rounding of rows to bytes.
//!
//! Sums of bytes times bytes are exact in 32 bits, so every instruction set and every order of addition gives the
//! same number; what follows in floats is element by element in one written order. That is why the parser's answer is
//! the same on every machine.
#![allow(clippy::many_single_char_names)]

/// Columns of a packed matrix come in groups of this many.
pub const LANES: usize = 16;

/// A matrix of bytes, packed: for every four rows, for every column, four bytes that lie together.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    /// Rows, padded to a multiple of 4.
    pub inner: usize,
    /// Columns, padded to a multiple of [`LANES`].
    pub outer: usize,
    /// `inner / 4 * outer * 4` bytes.
    bytes: Vec<i8>,
}

/// The next multiple of `step`.
pub const fn padded(n: usize, step: usize) -> usize {
    n.div_ceil(step) * step
}

impl Packed {
    /// Packs a row-major matrix of `rows` by `columns`.
    pub fn new(matrix: &[i8], rows: usize, columns: usize) -> Self {
        let mut packed = Self::default();
        packed.reset(rows, columns);
        for r in 0..rows {
            for c in 0..columns {
                // -128 has no opposite in a byte; see `wide`.
                packed.bytes[(r / 4 * packed.outer + c) * 4 + r % 4] = matrix[r * columns + c].max(-127);
            }
        }
        packed
    }

    /// Makes it a zero matrix of this size, keeping the memory.
    pub fn reset(&mut self, rows: usize, columns: usize) {
        self.inner = padded(rows, 4);
        self.outer = padded(columns, LANES);
        self.bytes.clear();
        self.bytes.resize(self.inner * self.outer, 0);
    }

    /// Writes column `c`.
    pub fn set_column(&mut self, c: usize, column: &[i8]) {
        for (quad, values) in column.chunks(4).enumerate() {
            let at = (quad * self.outer + c) * 4;
            self.bytes[at..at + values.len()].copy_from_slice(values);
        }
    }

    /// `out[t, c] = Σ rows[t, r] · matrix[r, c]` for `count` rows of `inner` bytes each.
    pub fn multiply(&self, rows: &[i8], count: usize, out: &mut [i32]) {
        assert!(rows.len() >= count * self.inner && out.len() >= count * self.outer);
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as was just asked.
            unsafe { wide::multiply(&self.bytes, self.inner, self.outer, rows, count, out) };
            return;
        }
        self.multiply_plainly(rows, count, out);
    }

    /// The same without special instructions.
    fn multiply_plainly(&self, rows: &[i8], count: usize, out: &mut [i32]) {
        let (inner, outer) = (self.inner, self.outer);
        for t in 0..count {
            let row = &rows[t * inner..][..inner];
            let out = &mut out[t * outer..][..outer];
            for (block, sums) in out.chunks_exact_mut(LANES).enumerate() {
                let mut acc = [0i32; LANES];
                for (quad, x) in row.chunks_exact(4).enumerate() {
                    let w = &self.bytes[(quad * outer + block * LANES) * 4..][..LANES * 4];
                    for lane in 0..LANES {
                        acc[lane] += i32::from(w[lane * 4]) * i32::from(x[0])
                            + i32::from(w[lane * 4 + 1]) * i32::from(x[1])
                            + i32::from(w[lane * 4 + 2]) * i32::from(x[2])
                            + i32::from(w[lane * 4 + 3]) * i32::from(x[3]);
                    }
                }
                sums.copy_from_slice(&acc);
            }
        }
    }
}

/// Rounds a row to bytes in -127..=127 and returns what one step is worth.
pub fn round_row(row: &[f32], out: &mut [i8]) -> f32 {
    let mut most = 0f32;
    for &x in row {
        most = most.max(x.abs());
    }
    let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
    for (q, &x) in out.iter_mut().zip(row) {
        // Adding 1.5·2²³ leaves the integer, rounded half to even, in the low bits.
        *q = ((x * inverse + 12_582_912.0).to_bits() as i32 - 0x4b40_0000) as i8;
    }
    out[row.len()..].fill(0);
    most / 127.0
}

/// A linear map with bytes for weights, one step size per column, and float bias.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    /// The weights.
    pub packed: Packed,
    /// Step size per column, padded with zeros.
    pub scale: Vec<f32>,
    /// Bias per column, padded with zeros.
    pub bias: Vec<f32>,
}

impl Linear {
    /// From a row-major matrix with its steps and its bias (empty for none).
    pub fn new(matrix: &[i8], rows: usize, columns: usize, scale: &[f32], bias: &[f32]) -> Self {
        let packed = Packed::new(matrix, rows, columns);
        let pad = |v: &[f32]| {
            let mut v = v.to_vec();
            v.resize(packed.outer, 0.0);
            v
        };
        Self { scale: pad(scale), bias: pad(bias), packed }
    }

    /// Width of a result row.
    pub fn outer(&self) -> usize {
        self.packed.outer
    }

    /// `out = rows · weights + bias`; `rows` are rounded on the way.
    pub fn apply(&self, rows: &[f32], width: usize, count: usize, scratch: &mut Scratch, out: &mut Vec<f32>) {
        let (inner, outer) = (self.packed.inner, self.packed.outer);
        debug_assert!(width <= inner);
        scratch.bytes.resize(count * inner, 0);
        scratch.steps.resize(count, 0.0);
        scratch.sums.resize(count * outer, 0);
        for t in 0..count {
            scratch.steps[t] = round_row(&rows[t * width..][..width], &mut scratch.bytes[t * inner..][..inner]);
        }
        self.packed.multiply(&scratch.bytes, count, &mut scratch.sums);
        out.resize(count * outer, 0.0);
        for t in 0..count {
            let step = scratch.steps[t];
            let sums = &scratch.sums[t * outer..][..outer];
            let out = &mut out[t * outer..][..outer];
            for c in 0..outer {
                out[c] = sums[c] as f32 * (step * self.scale[c]) + self.bias[c];
            }
        }
    }
}

/// Memory of [`Linear::apply`], kept between calls.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    bytes: Vec<i8>,
    steps: Vec<f32>,
    sums: Vec<i32>,
}

/// `e` to the `x` for `x <= 0`, in plain arithmetic so that every machine agrees; relative error below 1e-5.
pub fn exp_negative(x: f32) -> f32 {
    if x < -87.0 {
        return 0.0;
    }
    let t = x * std::f32::consts::LOG2_E;
    let whole = (t + 12_582_912.0) - 12_582_912.0;
    let f = (t - whole) * std::f32::consts::LN_2;
    let poly = 1.0 + f * (1.0 + f * (0.5 + f * (1.0 / 6.0 + f * (1.0 / 24.0 + f * (1.0 / 120.0 + f / 720.0)))));
    f32::from_bits(((whole as i32 + 127) << 23) as u32) * poly
}

/// The product with AVX2: 32 bytes times bytes in three instructions.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::LANES;
    use std::arch::x86_64::{
        __m256i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
        _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_sign_epi8, _mm256_storeu_si256,
    };

    /// Rows multiplied at once, so that each load of the matrix serves them all.
    const ROWS: usize = 4;

    /// As `Packed::multiply`. `bytes` holds `inner * outer` bytes, `rows` at least `count * inner`, `out` at least
    /// `count * outer` numbers; `inner` is a multiple of 4 and `outer` of [`LANES`].
    #[target_feature(enable = "avx2")]
    pub fn multiply(bytes: &[i8], inner: usize, outer: usize, rows: &[i8], count: usize, out: &mut [i32]) {
        let mut first = 0;
        while first + ROWS <= count {
            some::<ROWS>(bytes, inner, outer, &rows[first * inner..], &mut out[first * outer..]);
            first += ROWS;
        }
        for t in first..count {
            some::<1>(bytes, inner, outer, &rows[t * inner..], &mut out[t * outer..]);
        }
    }

    /// `N` rows. A byte is never -128 (rounding clamps to ±127), so |x| fits a byte, flipping a sign cannot overflow,
    /// and a pair of products stays below 2 · 127² < 2¹⁵: nothing saturates and the sums are exact.
    // Loads and stores are the unaligned ones.
    #[allow(clippy::cast_ptr_alignment)]
    #[target_feature(enable = "avx2")]
    fn some<const N: usize>(bytes: &[i8], inner: usize, outer: usize, rows: &[i8], out: &mut [i32]) {
        assert!(bytes.len() >= inner * outer && rows.len() >= N * inner && out.len() >= N * outer);
        assert!(inner.is_multiple_of(4) && outer.is_multiple_of(LANES));
        let ones = _mm256_set1_epi16(1);
        for block in 0..outer / LANES {
            let mut sums = [[_mm256_setzero_si256(); 2]; N];
            for quad in 0..inner / 4 {
                // SAFETY: the 64 bytes end at or before (inner / 4 · outer) · 4 = inner · outer, the length asserted above.
                let [low, high] = unsafe {
                    let at = bytes.as_ptr().add((quad * outer + block * LANES) * 4).cast::<__m256i>();
                    [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
                };
                for (n, sums) in sums.iter_mut().enumerate() {
                    let four = &rows[n * inner + quad * 4..][..4];
                    let x = i32::from_le_bytes([four[0] as u8, four[1] as u8, four[2] as u8, four[3] as u8]);
                    let x = _mm256_set1_epi32(x);
                    let size = _mm256_abs_epi8(x);
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(low, x));
                    sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(pairs, ones));
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(high, x));
                    sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(pairs, ones));
                }
            }
            for (n, sums) in sums.iter().enumerate() {
                // SAFETY: the 16 numbers end at or before n · outer + outer <= N · outer, the length asserted above.
                unsafe {
                    let at = out.as_mut_ptr().add(n * outer + block * LANES).cast::<__m256i>();
                    _mm256_storeu_si256(at, sums[0]);
                    _mm256_storeu_si256(at.add(1), sums[1]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_product_is_the_plain_product() {
        let (rows, columns, count) = (10, 19, 3);
        let value = |i: usize| ((i * 7919 + 13) % 255) as i32 - 127;
        let matrix: Vec<i8> = (0..rows * columns).map(|i| value(i) as i8).collect();
        let packed = Packed::new(&matrix, rows, columns);
        let mut input = vec![0i8; count * packed.inner];
        for t in 0..count {
            for r in 0..rows {
                input[t * packed.inner + r] = value(t * 31 + r * 3) as i8;
            }
        }
        let mut out = vec![0; count * packed.outer];
        packed.multiply(&input, count, &mut out);
        for t in 0..count {
            for c in 0..columns {
                let plain: i32 = (0..rows)
                    .map(|r| i32::from(input[t * packed.inner + r]) * i32::from(matrix[r * columns + c]))
                    .sum();
                assert_eq!(out[t * packed.outer + c], plain);
            }
        }
    }

    #[test]
    fn rounding_keeps_the_largest_at_127() {
        let mut out = [0i8; 4];
        let step = round_row(&[-2.0, 1.0, 0.5], &mut out);
        assert_eq!(out, [-127, 64, 32, 0]);
        assert!((step * 127.0 - 2.0).abs() < 1e-6);
    }

    // The standard library's value is what is compared with.
    #[allow(clippy::disallowed_methods)]
    #[test]
    fn the_exponential_is_right_to_five_digits() {
        for i in 0..860 {
            let x = -(i as f32) / 10.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp_negative(x)) - exact).abs() <= 1e-5 * exact + 1e-37);
        }
    }

    #[test]
    fn every_way_of_multiplying_gives_the_same_sums() {
        let mut state = 7u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 24) as i32 % 128) as i8 * if state & 1 == 0 { 1 } else { -1 }
        };
        for (inner, outer, count) in [(4, 16, 1), (64, 48, 5), (132, 32, 9), (8, 160, 4)] {
            let matrix: Vec<i8> = (0..inner * outer).map(|_| byte()).collect();
            let rows: Vec<i8> = (0..inner * count).map(|_| byte()).collect();
            let packed = Packed::new(&matrix, inner, outer);
            let (mut a, mut b) = (vec![0; count * outer], vec![0; count * outer]);
            packed.multiply(&rows, count, &mut a);
            packed.multiply_plainly(&rows, count, &mut b);
            assert_eq!(a, b);
        }
    }
}
