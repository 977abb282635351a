//! The network in floats with its hand-written backward pass. [`demarche_core::parse`] runs the same network in bytes.

mod backward;
mod batch;
mod forward;
mod layout;
mod target;

pub use backward::{Gradients, Loss};
pub use batch::{Batch, Dropout, Soft, Truth};
pub use forward::Trace;
pub use layout::Layout;

use demarche_core::parse::model::Dims;

use crate::rng::Rng;

/// The weights.
#[derive(Clone, Debug)]
pub struct Net {
    /// Sizes.
    pub dims: Dims,
    /// Where each dense part lies.
    pub layout: Layout,
    /// Dense parts.
    pub dense: Vec<f32>,
    /// Rows of the features, `dims.embedding` wide.
    pub rows: Vec<f32>,
}

impl Net {
    /// With random weights.
    pub fn new(dims: Dims, rows: usize, rng: &mut Rng) -> Self {
        let layout = Layout::new(dims);
        let mut dense = vec![0f32; layout.len];
        for (name, at, height, width) in &layout.parts {
            let part = &mut dense[*at..at + height * width];
            if name.ends_with(".gain") {
                part.fill(1.0);
            } else if name.ends_with("gates.b") {
                // Memories from a word to some twenty words long.
                let gate = dims.gate;
                for i in 0..gate {
                    let bias = 6.0 * i as f32 / gate as f32;
                    (part[i], part[2 * gate + i]) = (bias, bias);
                }
            } else if name.ends_with(".w") || name == "style" || name == "first" || name == "last" {
                let deviation = match name.as_str() {
                    "taps.w" => (2.0 / (3 * height) as f32).sqrt(),
                    "arc.w" => 1.0 / *height as f32,
                    "style" | "first" | "last" => 0.05,
                    _ => (1.0 / *height as f32).sqrt(),
                };
                for x in part {
                    *x = rng.normal() * deviation;
                }
            }
        }
        let rows = (0..rows * dims.embedding).map(|_| rng.normal() * 0.15).collect();
        Self { dims, layout, dense, rows }
    }

    /// Goes back to the weights it started from, but for this share of the way.
    pub fn stay_near(&mut self, first: &Self, way: f32) {
        for (now, first) in [(&mut self.dense, &first.dense), (&mut self.rows, &first.rows)] {
            for (x, first) in now.iter_mut().zip(first) {
                *x = first + (*x - first) * way;
            }
        }
    }

    fn part(&self, name: &str) -> &[f32] {
        &self.dense[self.layout.range(name)]
    }
}

/// Adds the rows of `from` to `into`.
fn sum_rows(from: &[f32], into: &mut [f32]) {
    for row in from.chunks_exact(into.len()) {
        for (x, r) in into.iter_mut().zip(row) {
            *x += r;
        }
    }
}

/// The word whose relation to `t` is learnt, `t` itself where there is none.
fn guide(batch: &Batch, start: usize, t: usize) -> usize {
    match batch.guide[t] {
        0 => t,
        head => start + head as usize - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{backward::WEIGHTS, *};

    fn small() -> (Net, Batch) {
        let dims = Dims {
            embedding: 6,
            state: 8,
            gate: 5,
            layers: 2,
            arc: 7,
            label: 6,
            name: 4,
            tags: 5,
            relations: 4,
            names: 3,
        };
        let mut rng = Rng::new(5);
        let net = Net::new(dims, 9, &mut rng);
        let truth = |tag, head, relation, names| Truth { tag, head, relation, names };
        let batch = Batch {
            features: vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3],
            starts: vec![0, 2, 4, 5, 7, 9, 11],
            sentences: vec![(0, 4, 0), (4, 6, 1)],
            truth: vec![
                truth(1, 2, 3, 1),
                truth(0, 0, -1, 6),
                truth(4, 2, 0, 2),
                truth(2, 3, 1, 1),
                truth(-1, -1, -1, 4),
                truth(3, 0, -1, 0),
            ],
            guide: vec![2, 0, 2, 3, 0, 0],
        };
        (net, batch)
    }

    fn loss(net: &Net, batch: &Batch) -> f64 {
        let trace = net.forward(batch, Dropout::NONE, &mut Rng::new(1));
        let mut gradients = Gradients::default();
        let loss = net.backward(batch, &trace, None, &mut gradients);
        (0..4).map(|i| loss.sum[i] * f64::from(WEIGHTS[i])).sum::<f64>() / (batch.starts.len() - 1) as f64
    }

    #[test]
    fn gradients_agree_with_finite_differences() {
        let (mut net, batch) = small();
        let trace = net.forward(&batch, Dropout::NONE, &mut Rng::new(1));
        let mut gradients = Gradients::default();
        net.backward(&batch, &trace, None, &mut gradients);
        for (name, at, rows, columns) in net.layout.parts.clone() {
            for i in (at..at + rows * columns).step_by(1 + rows * columns / 40) {
                let (kept, step) = (net.dense[i], 3e-4);
                net.dense[i] = kept + step;
                let up = loss(&net, &batch);
                net.dense[i] = kept - step;
                let down = loss(&net, &batch);
                net.dense[i] = kept;
                let slope = (up - down) / f64::from(2.0 * step);
                let own = f64::from(gradients.dense[i]);
                assert!((slope - own).abs() < 4e-3 + 0.03 * slope.abs(), "{name} {i}: {slope} {own}");
            }
        }
        let e = net.dims.embedding;
        let mut spread = vec![0f32; net.rows.len()];
        for t in 0..batch.starts.len() - 1 {
            for &row in &batch.features[batch.starts[t]..batch.starts[t + 1]] {
                sum_rows(&gradients.embedded[t * e..][..e], &mut spread[row as usize * e..][..e]);
            }
        }
        #[allow(clippy::needless_range_loop)]
        for i in 0..net.rows.len() {
            let (kept, step) = (net.rows[i], 3e-4);
            net.rows[i] = kept + step;
            let up = loss(&net, &batch);
            net.rows[i] = kept - step;
            let down = loss(&net, &batch);
            net.rows[i] = kept;
            let slope = (up - down) / f64::from(2.0 * step);
            assert!((slope - f64::from(spread[i])).abs() < 4e-3 + 0.03 * slope.abs(), "row {i}: {slope} {}", spread[i]);
        }
    }
}
