//! A small generator of random numbers with a written algorithm, so that a seed means the same for ever (SplitMix64).

/// State of the generator.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    /// 64 random bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `[0, 1)`.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// A normal number with mean 0 and deviation 1.
    pub fn normal(&mut self) -> f32 {
        let (u, v) = (self.unit().max(1e-9), self.unit());
        (-2.0 * u.ln()).sqrt() * (std::f32::consts::TAU * v).cos()
    }

    /// Puts a list in random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }

    /// Fills a mask: 0 with probability `drop` (in steps of 1/256), else the inverse of the chance to stay.
    pub fn mask(&mut self, out: &mut [f32], drop: f32) {
        let limit = (drop * 256.0).round() as u64;
        let keep = 256.0 / (256.0 - limit as f32);
        for chunk in out.chunks_mut(8) {
            let mut bits = self.next();
            for x in chunk {
                *x = if (bits & 255) < limit { 0.0 } else { keep };
                bits >>= 8;
            }
        }
    }
}
