//! Adam (Kingma and Ba 2015) with a warm-up and a linear decay; feature rows move only when they were seen.

use crate::net::{Batch, Gradients, Net};

/// Running means, apart so that the compiler makes one instruction of many.
struct Moments {
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Moments {
    fn new(len: usize) -> Self {
        Self { mean: vec![0.0; len], square: vec![0.0; len] }
    }

    /// Moves the weights from `at` on down their gradients, which are multiplied by `clip`.
    fn update(&mut self, at: usize, weights: &mut [f32], gradients: &[f32], clip: f32, rate: f32) {
        let moments = self.mean[at..].iter_mut().zip(&mut self.square[at..]);
        for (((m, v), w), g) in moments.zip(weights).zip(gradients) {
            let g = g * clip;
            *m = MEAN * *m + (1.0 - MEAN) * g;
            *v = SQUARE * *v + (1.0 - SQUARE) * g * g;
            *w -= rate * *m / (v.sqrt() + 1e-8);
        }
    }
}

/// Running means of gradients and their squares.
pub struct Adam {
    dense: Moments,
    rows: Moments,
    spread: Vec<f32>,
    touched: Vec<u32>,
    seen: Vec<bool>,
    step: u32,
    /// Highest rate.
    pub rate: f32,
    /// Steps in all.
    pub total: u32,
    /// Steps of warm-up.
    pub warm: u32,
}

const MEAN: f32 = 0.9;
const SQUARE: f32 = 0.99;
/// Gradients longer than this are shortened to it.
const LONGEST: f32 = 2.0;

impl Adam {
    /// For a network, over so many steps.
    pub fn new(net: &Net, rate: f32, total: u32) -> Self {
        Self {
            dense: Moments::new(net.dense.len()),
            rows: Moments::new(net.rows.len()),
            spread: vec![0.0; net.rows.len()],
            touched: Vec::new(),
            seen: vec![false; net.rows.len() / net.dims.embedding],
            step: 0,
            rate,
            total,
            warm: 200,
        }
    }

    /// One step down the gradients of a batch.
    pub fn step(&mut self, net: &mut Net, batch: &Batch, gradients: &Gradients) {
        let e = net.dims.embedding;
        for t in 0..batch.starts.len() - 1 {
            for &row in &batch.features[batch.starts[t]..batch.starts[t + 1]] {
                if !self.seen[row as usize] {
                    self.seen[row as usize] = true;
                    self.touched.push(row);
                }
                for (x, g) in self.spread[row as usize * e..][..e].iter_mut().zip(&gradients.embedded[t * e..]) {
                    *x += g;
                }
            }
        }
        let mut square: f64 = gradients.dense.iter().map(|&g| f64::from(g * g)).sum();
        for &row in &self.touched {
            square += self.spread[row as usize * e..][..e].iter().map(|&g| f64::from(g * g)).sum::<f64>();
        }
        let length = square.sqrt() as f32;
        let clip = if length > LONGEST { LONGEST / length } else { 1.0 };
        self.step += 1;
        let warm = (self.step as f32 / self.warm as f32).min(1.0);
        let left = 1.0 - self.step as f32 / (self.total + 1) as f32;
        let steps = self.step.min(100_000) as i32;
        let rate = self.rate * warm * left.max(0.0) * (1.0 - SQUARE.powi(steps)).sqrt() / (1.0 - MEAN.powi(steps));
        self.dense.update(0, &mut net.dense, &gradients.dense, clip, rate);
        for row in self.touched.drain(..) {
            self.seen[row as usize] = false;
            let range = row as usize * e..(row as usize + 1) * e;
            self.rows.update(range.start, &mut net.rows[range.clone()], &self.spread[range.clone()], clip, rate);
            self.spread[range].fill(0.0);
        }
    }
}
