//! The product of byte matrices for each kind of processor. All give the same numbers: the sums are exact integers,
//! and what follows is one multiplication and one addition in floats, never fused.
// What runs in the hot pass must be compiled into it, with the instructions of its processor.
#![allow(clippy::many_single_char_names, clippy::inline_always, clippy::cast_ptr_alignment)]

use super::product::LANES;

/// Plain instructions, on any machine.
pub const PLAIN: usize = 0;
/// AVX2.
pub const AVX2: usize = 1;
/// AVX-512 with its byte products (VNNI). Rows come with the highest bit of every byte flipped.
pub const AVX512: usize = 2;

/// The best level this processor has.
pub fn level() -> usize {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512bw") && has!("avx512vl") && has!("avx512vnni") {
            return AVX512;
        }
        if has!("avx2") {
            return AVX2;
        }
    }
    PLAIN
}

/// The knowledge that this processor has `LEVEL`.
#[derive(Clone, Copy, Debug)]
pub struct Proof<const LEVEL: usize>(());

impl<const LEVEL: usize> Proof<LEVEL> {
    /// The proof, where the processor has the level.
    pub fn find() -> Option<Self> {
        (level() >= LEVEL).then_some(Self(()))
    }
}

/// A product to be made: `out[t, c] = (Σ rows[t, r] · matrix[r, c]) · (steps[t] · scale[c]) + bias[c]`.
pub struct Task<'t> {
    /// Rows of the matrix, a multiple of 4, and bytes of an input row.
    pub inner: usize,
    /// Columns of the matrix, a multiple of [`LANES`].
    pub outer: usize,
    /// The matrix: for every four rows, for every column, four bytes that lie together.
    pub matrix: &'t [i8],
    /// Of every column -128 times the sum of its bytes.
    pub offset: &'t [i32],
    /// Step of every column.
    pub scale: &'t [f32],
    /// Bias of every column.
    pub bias: &'t [f32],
    /// Input rows, between -127 and 127.
    pub rows: &'t [i8],
    /// Step of every input row.
    pub steps: &'t [f32],
}

impl Task<'_> {
    /// Makes the product into `out`, `outer` numbers for each of `steps`.
    #[inline(always)]
    pub fn run<const LEVEL: usize>(&self, _: Proof<LEVEL>, out: &mut [f32]) {
        let count = self.steps.len();
        assert!(self.inner.is_multiple_of(4) && self.outer.is_multiple_of(LANES));
        assert!(self.matrix.len() >= self.inner * self.outer && self.rows.len() >= count * self.inner);
        assert!(self.offset.len() >= self.outer && self.scale.len() >= self.outer && self.bias.len() >= self.outer);
        assert!(out.len() >= count * self.outer);
        #[cfg(target_arch = "x86_64")]
        {
            // SAFETY: the proof vouches for the processor; the lengths were just checked.
            match LEVEL {
                AVX512 => return unsafe { avx512::run(self, out) },
                AVX2 => return unsafe { avx2::run(self, out) },
                _ => {}
            }
        }
        self.plain(out);
    }

    fn plain(&self, out: &mut [f32]) {
        for (t, step) in self.steps.iter().enumerate() {
            let row = &self.rows[t * self.inner..][..self.inner];
            for block in (0..self.outer).step_by(LANES) {
                let mut sums = [0i32; LANES];
                for (quad, x) in row.chunks_exact(4).enumerate() {
                    let w = &self.matrix[(quad * self.outer + block) * 4..][..LANES * 4];
                    for (lane, sum) in sums.iter_mut().enumerate() {
                        for i in 0..4 {
                            *sum += i32::from(w[lane * 4 + i]) * i32::from(x[i]);
                        }
                    }
                }
                for (lane, sum) in sums.iter().enumerate() {
                    let c = block + lane;
                    out[t * self.outer + c] = *sum as f32 * (step * self.scale[c]) + self.bias[c];
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{LANES, Task};
    use std::arch::x86_64::{
        __m256i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps,
        _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_sign_epi8, _mm256_storeu_ps,
    };

    /// Rows multiplied at once, so that each load of the matrix serves them all.
    const ROWS: usize = 4;

    /// # Safety
    /// Lengths as [`Task::run`] checks them.
    #[target_feature(enable = "avx2")]
    pub unsafe fn run(task: &Task, out: &mut [f32]) {
        let count = task.steps.len();
        let whole = count / ROWS * ROWS;
        // SAFETY: rows t to t + ROWS are within `count`.
        unsafe {
            (0..whole).step_by(ROWS).for_each(|t| tile::<ROWS>(task, t, out));
            (whole..count).for_each(|t| tile::<1>(task, t, out));
        }
    }

    /// `N` rows from `first` on. A byte is never -128, so |x| fits a byte, flipping a sign cannot overflow, and a pair
    /// of products stays below 2 · 127² < 2¹⁵: nothing saturates and the sums are exact.
    #[target_feature(enable = "avx2")]
    unsafe fn tile<const N: usize>(task: &Task, first: usize, out: &mut [f32]) {
        let ones = _mm256_set1_epi16(1);
        let (inner, outer) = (task.inner, task.outer);
        for block in (0..outer).step_by(LANES) {
            let mut sums = [[_mm256_setzero_si256(); 2]; N];
            for quad in 0..inner / 4 {
                // SAFETY: (quad, block) lies inside the matrix, row first + n inside the rows.
                unsafe {
                    let at = task.matrix.as_ptr().add((quad * outer + block) * 4).cast::<__m256i>();
                    let [low, high] = [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))];
                    for (n, sums) in sums.iter_mut().enumerate() {
                        let four = task.rows.as_ptr().add((first + n) * inner + quad * 4);
                        let x = _mm256_set1_epi32(four.cast::<i32>().read_unaligned());
                        let size = _mm256_abs_epi8(x);
                        let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(low, x));
                        sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(pairs, ones));
                        let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(high, x));
                        sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (n, sums) in sums.iter().enumerate() {
                let step = _mm256_set1_ps(task.steps[first + n]);
                for (half, sum) in sums.iter().enumerate() {
                    let c = block + 8 * half;
                    // SAFETY: c + 8 <= outer, and row first + n of `out` is whole.
                    unsafe {
                        let factor = _mm256_mul_ps(step, _mm256_loadu_ps(task.scale.as_ptr().add(c)));
                        let bias = _mm256_loadu_ps(task.bias.as_ptr().add(c));
                        let value = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(*sum), factor), bias);
                        _mm256_storeu_ps(out.as_mut_ptr().add((first + n) * outer + c), value);
                    }
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::{LANES, Task};
    use std::arch::x86_64::{
        _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps,
        _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_ps,
    };

    /// Rows and groups of columns in a tile: 16 sums in registers.
    const ROWS: usize = 4;
    const BLOCKS: usize = 4;

    /// # Safety
    /// Lengths as [`Task::run`] checks them.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub unsafe fn run(task: &Task, out: &mut [f32]) {
        let count = task.steps.len();
        let whole = count / ROWS * ROWS;
        let wide = task.outer / (LANES * BLOCKS) * (LANES * BLOCKS);
        // SAFETY: tiles lie within `count` rows and `outer` columns.
        unsafe {
            for c in (0..wide).step_by(LANES * BLOCKS) {
                (0..whole).step_by(ROWS).for_each(|t| tile::<ROWS, BLOCKS>(task, t, c, out));
                (whole..count).for_each(|t| tile::<1, BLOCKS>(task, t, c, out));
            }
            for c in (wide..task.outer).step_by(LANES) {
                (0..whole).step_by(ROWS).for_each(|t| tile::<ROWS, 1>(task, t, c, out));
                (whole..count).for_each(|t| tile::<1, 1>(task, t, c, out));
            }
        }
    }

    /// `N` rows from `first` on, `B` groups of columns from `column` on. The instruction takes one side without sign:
    /// the rows come with 128 added, and `offset` takes it off the sums again.
    #[target_feature(enable = "avx512f,avx512vnni")]
    unsafe fn tile<const N: usize, const B: usize>(task: &Task, first: usize, column: usize, out: &mut [f32]) {
        let (inner, outer) = (task.inner, task.outer);
        let mut sums = [[_mm512_setzero_si512(); B]; N];
        for (b, offset) in (0..B).map(|b| (b, column + b * LANES)) {
            for sums in &mut sums {
                // SAFETY: the group of columns lies inside `offset`.
                sums[b] = unsafe { _mm512_loadu_si512(task.offset.as_ptr().add(offset).cast()) };
            }
        }
        for quad in 0..inner / 4 {
            // SAFETY: (quad, column + b) lies inside the matrix, row first + n inside the rows.
            unsafe {
                let at = task.matrix.as_ptr().add((quad * outer + column) * 4);
                let mut w = [_mm512_setzero_si512(); B];
                for (b, w) in w.iter_mut().enumerate() {
                    *w = _mm512_loadu_si512(at.add(b * LANES * 4).cast());
                }
                for (n, sums) in sums.iter_mut().enumerate() {
                    let four = task.rows.as_ptr().add((first + n) * inner + quad * 4);
                    let x = _mm512_set1_epi32(four.cast::<i32>().read_unaligned());
                    for (sum, w) in sums.iter_mut().zip(w) {
                        *sum = _mm512_dpbusd_epi32(*sum, x, w);
                    }
                }
            }
        }
        for (n, sums) in sums.iter().enumerate() {
            let step = _mm512_set1_ps(task.steps[first + n]);
            for (b, sum) in sums.iter().enumerate() {
                let c = column + b * LANES;
                // SAFETY: c + LANES <= outer, and row first + n of `out` is whole.
                unsafe {
                    let factor = _mm512_mul_ps(step, _mm512_loadu_ps(task.scale.as_ptr().add(c)));
                    let bias = _mm512_loadu_ps(task.bias.as_ptr().add(c));
                    let value = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(*sum), factor), bias);
                    _mm512_storeu_ps(out.as_mut_ptr().add((first + n) * outer + c), value);
                }
            }
        }
    }
}
