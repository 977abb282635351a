//! Linear maps with bytes for weights, and the rounding of rows to bytes.
//!
//! Sums of bytes times bytes are exact in 32 bits, so every instruction set and every order of addition gives the
//! same number; what follows in floats is element by element in one written order. That is why the parser's answer is
//! the same on every machine.

// What runs in the hot pass must be compiled into it, with the instructions of its processor.
#![allow(clippy::inline_always)]

use super::kernel::{AVX512, Proof, Task};

/// Columns of a packed matrix come in groups of this many.
pub const LANES: usize = 16;

/// The next multiple of `step`.
pub const fn padded(n: usize, step: usize) -> usize {
    n.div_ceil(step) * step
}

/// Rounds a row to bytes in -127..=127 and returns what one step is worth. On [`AVX512`] the highest bit is flipped.
#[inline(always)]
pub fn round_row<const LEVEL: usize>(row: &[f32], out: &mut [i8]) -> f32 {
    let flip = if LEVEL == AVX512 { -128 } else { 0 };
    let mut most = [0f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        for (m, x) in most.iter_mut().zip(chunk) {
            *m = m.max(x.abs());
        }
    }
    let most = most.iter().chain(rest).fold(0f32, |m, x| m.max(x.abs()));
    let inverse = if most > 1e-30 { 127.0 / most } else { 0.0 };
    let (out, padding) = out.split_at_mut(row.len());
    for (q, &x) in out.iter_mut().zip(row) {
        // Adding 1.5·2²³ leaves the integer, rounded half to even, in the low bits.
        *q = ((x * inverse + 12_582_912.0).to_bits() as i32 - 0x4b40_0000) as i8 ^ flip;
    }
    padding.fill(flip);
    most / 127.0
}

/// A linear map with bytes for weights, one step size per column, and float bias.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    /// Rows, padded to a multiple of 4.
    inner: usize,
    /// Columns, padded to a multiple of [`LANES`].
    outer: usize,
    /// For every four rows, for every column, four bytes that lie together.
    matrix: Vec<i8>,
    /// Of every column -128 times the sum of its bytes.
    offset: Vec<i32>,
    /// Step size per column, padded with zeros.
    scale: Vec<f32>,
    /// Bias per column, padded with zeros.
    bias: Vec<f32>,
}

impl Linear {
    /// From a row-major matrix of signed bytes with its steps and its bias (empty for none).
    pub fn new(matrix: &[u8], rows: usize, columns: usize, scale: &[f32], bias: &[f32]) -> Self {
        let (inner, outer) = (padded(rows, 4), padded(columns, LANES));
        let mut packed = vec![0i8; inner * outer];
        let mut offset = vec![0i32; outer];
        for r in 0..rows {
            for c in 0..columns {
                let weight = matrix[r * columns + c] as i8;
                packed[(r / 4 * outer + c) * 4 + r % 4] = weight;
                offset[c] -= 128 * i32::from(weight);
            }
        }
        let pad = |v: &[f32]| {
            let mut v = v.to_vec();
            v.resize(outer, 0.0);
            v
        };
        Self { inner, outer, matrix: packed, offset, scale: pad(scale), bias: pad(bias) }
    }

    /// Width of a result row.
    pub fn outer(&self) -> usize {
        self.outer
    }

    /// `out = rows · weights + bias` for `count` rows of `width` floats, which are rounded on the way.
    #[inline(always)]
    pub fn apply<const LEVEL: usize>(
        &self,
        proof: Proof<LEVEL>,
        rows: &[f32],
        width: usize,
        count: usize,
        scratch: &mut Scratch,
        out: &mut Vec<f32>,
    ) {
        let Self { inner, outer, .. } = *self;
        debug_assert!(width <= inner);
        scratch.bytes.resize(count * inner, 0);
        scratch.steps.resize(count, 0.0);
        for t in 0..count {
            let bytes = &mut scratch.bytes[t * inner..][..inner];
            scratch.steps[t] = round_row::<LEVEL>(&rows[t * width..][..width], bytes);
        }
        out.resize(count * outer, 0.0);
        let Self { matrix, offset, scale, bias, .. } = self;
        let task = Task { inner, outer, matrix, offset, scale, bias, rows: &scratch.bytes, steps: &scratch.steps };
        task.run(proof, out);
    }
}

/// Memory of [`Linear::apply`], kept between calls.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    bytes: Vec<i8>,
    steps: Vec<f32>,
}

/// `e` to the `x` for `x <= 0`, in plain arithmetic so that every machine agrees; relative error below 1e-5.
#[inline(always)]
pub fn exp_negative(x: f32) -> f32 {
    let x = x.max(-87.0);
    let t = x * std::f32::consts::LOG2_E;
    let whole = (t + 12_582_912.0) - 12_582_912.0;
    let f = (t - whole) * std::f32::consts::LN_2;
    let poly = 1.0 + f * (1.0 + f * (0.5 + f * (1.0 / 6.0 + f * (1.0 / 24.0 + f * (1.0 / 120.0 + f / 720.0)))));
    f32::from_bits(((whole as i32 + 127) << 23) as u32) * poly
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::kernel::{AVX2, PLAIN};

    fn numbers(count: usize, seed: u32) -> Vec<i8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 24) as i32 % 255 - 127) as i8
        };
        (0..count).map(|_| next()).collect()
    }

    fn run<const LEVEL: usize>(linear: &Linear, input: &[f32], count: usize) -> Option<Vec<f32>> {
        let (mut scratch, mut out) = (Scratch::default(), Vec::new());
        linear.apply(Proof::<LEVEL>::find()?, input, input.len() / count, count, &mut scratch, &mut out);
        Some(out)
    }

    #[test]
    fn every_processor_gives_the_plain_sum_bit_for_bit() {
        for (rows, columns, count) in [(4, 16, 1), (10, 19, 3), (64, 150, 9), (132, 70, 5)] {
            let matrix = numbers(rows * columns, 7);
            let scale: Vec<f32> = (0..columns).map(|c| 0.001 + c as f32 * 0.0003).collect();
            let bias: Vec<f32> = (0..columns).map(|c| c as f32 * 0.1 - 3.0).collect();
            let stored: Vec<u8> = matrix.iter().map(|&x| x as u8).collect();
            let linear = Linear::new(&stored, rows, columns, &scale, &bias);
            let input: Vec<f32> = numbers(count * rows, 11).iter().map(|&x| f32::from(x) * 0.37).collect();
            let mut results = Vec::new();
            results.extend(run::<PLAIN>(&linear, &input, count));
            results.extend(run::<AVX2>(&linear, &input, count));
            results.extend(run::<AVX512>(&linear, &input, count));
            let mut bytes = vec![0; rows];
            for t in 0..count {
                let step = round_row::<PLAIN>(&input[t * rows..][..rows], &mut bytes);
                for c in 0..columns {
                    let sum: i32 = (0..rows).map(|r| i32::from(bytes[r]) * i32::from(matrix[r * columns + c])).sum();
                    let expected = sum as f32 * (step * scale[c]) + bias[c];
                    for result in &results {
                        assert_eq!(result[t * linear.outer() + c].to_bits(), expected.to_bits());
                    }
                }
            }
        }
    }

    #[test]
    fn rounding_keeps_the_largest_at_127() {
        let mut out = [0i8; 4];
        let step = round_row::<PLAIN>(&[-2.0, 1.0, 0.5], &mut out);
        assert_eq!(out, [-127, 64, 32, 0]);
        assert!((step * 127.0 - 2.0).abs() < 1e-6);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the library's exponential is what ours is held against")]
    fn the_exponential_is_right_to_five_digits() {
        for i in 0..860 {
            let x = -(i as f32) / 10.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp_negative(x)) - exact).abs() <= 1e-5 * exact + 1e-37);
        }
    }
}
