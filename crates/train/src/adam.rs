//! Adam (Kingma and Ba 2015) with a warm-up and a linear decay; feature rows move only when they were seen.

use crate::net::{Batch, Gradients, Net};

/// Running means of gradients and their squares.
pub struct Adam {
    dense: Vec<[f32; 2]>,
    rows: Vec<[f32; 2]>,
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
            dense: vec![[0.0; 2]; net.dense.len()],
            rows: vec![[0.0; 2]; net.rows.len()],
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
        let update = |w: &mut f32, m: &mut [f32; 2], g: f32| {
            m[0] = MEAN * m[0] + (1.0 - MEAN) * g;
            m[1] = SQUARE * m[1] + (1.0 - SQUARE) * g * g;
            *w -= rate * m[0] / (m[1].sqrt() + 1e-8);
        };
        for ((w, m), g) in net.dense.iter_mut().zip(&mut self.dense).zip(&gradients.dense) {
            update(w, m, g * clip);
        }
        for row in self.touched.drain(..) {
            self.seen[row as usize] = false;
            let range = row as usize * e..(row as usize + 1) * e;
            for i in range {
                update(&mut net.rows[i], &mut self.rows[i], self.spread[i] * clip);
                self.spread[i] = 0.0;
            }
        }
    }
}
