//! The backward pass, written by hand and checked by finite differences.
// Sizes of matrices have the one-letter names they have in every text on the matter.
#![allow(clippy::many_single_char_names)]

use demarche_core::parse::model::{Dims, distance};

use super::{
    Batch, Net, Soft, Trace,
    forward::LayerTrace,
    guide, sum_rows,
    target::{Target, allowed_loss},
};
use crate::gemm::{product, product_left_transposed, product_right_transposed};

/// Gradients of a batch.
#[derive(Clone, Debug, Default)]
pub struct Gradients {
    /// Of the dense parts.
    pub dense: Vec<f32>,
    /// Of the token embeddings of the batch, to be spread over their feature rows.
    pub embedded: Vec<f32>,
}

/// Sums of losses of a batch, and how many decisions went into each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loss {
    /// Tags, arcs, relations, names.
    pub sum: [f64; 4],
    /// Decisions.
    pub count: [usize; 4],
}

impl Loss {
    fn add(&mut self, task: usize, loss: Option<f64>) {
        if let Some(loss) = loss {
            self.sum[task] += loss;
            self.count[task] += 1;
        }
    }
}

/// Weight of each task's loss: tags, arcs, relations, names.
pub const WEIGHTS: [f32; 4] = [1.0, 1.0, 1.0, 1.0];

/// Gradient through `relu_masked`: `value` is its result.
fn relu_masked_back(gradient: &mut [f32], value: &[f32], mask: &[f32]) {
    for ((g, v), m) in gradient.iter_mut().zip(value).zip(mask) {
        *g = if *v > 0.0 { *g * m } else { 0.0 };
    }
}

impl Net {
    /// Gradients of the loss, with the opinion of teachers if there is one.
    pub fn backward(&self, batch: &Batch, trace: &Trace, soft: Option<&Soft>, gradients: &mut Gradients) -> Loss {
        let Dims { embedding: e, state: d, arc: a, label: l, name: m, tags, relations, names, .. } = self.dims;
        let count = batch.starts.len() - 1;
        let columns = self.dims.columns();
        let width = columns[9];
        let mut loss = Loss::default();
        gradients.dense.clear();
        gradients.dense.resize(self.layout.len, 0.0);
        let part = |name: &str| self.layout.range(name);
        // Every loss is divided by the words of the batch, so that a batch weighs the same however it is filled.
        let unit = 1.0 / count as f32;
        let mut d_heads = vec![0f32; count * width];

        // Tags.
        for t in 0..count {
            let at = t * tags..(t + 1) * tags;
            let target = Target::new(batch.truth[t].tag, soft.map(|s| (&s.tags[at.clone()], s.share)));
            let out = &mut d_heads[t * width + columns[0]..][..tags];
            loss.add(0, target.loss(&trace.tags[at], unit * WEIGHTS[0], out));
        }

        // Names.
        let mut d_names = vec![0f32; count * names];
        for t in 0..count {
            let at = t * names..(t + 1) * names;
            let q = soft.map(|s| (&s.names[at.clone()], s.share));
            let out = &mut d_names[at.clone()];
            loss.add(3, allowed_loss(&trace.names[at], batch.truth[t].names, q, unit * WEIGHTS[3], out));
        }
        product_left_transposed(&trace.name_hidden, &d_names, &mut gradients.dense[part("name.w")], (count, m, names));
        sum_rows(&d_names, &mut gradients.dense[part("name.b")]);
        let mut d_hidden = vec![0f32; count * m];
        product_right_transposed(&d_names, self.part("name.w"), &mut d_hidden, (count, names, m), false);
        relu_masked_back(&mut d_hidden, &trace.name_hidden, &trace.mask_name);
        for t in 0..count {
            d_heads[t * width + columns[8]..][..m].copy_from_slice(&d_hidden[t * m..][..m]);
        }

        // Relations.
        let mut d_relations = vec![0f32; count * relations];
        for t in 0..count {
            if batch.guide[t] == 0 {
                continue;
            }
            let at = t * relations..(t + 1) * relations;
            let target = Target::new(batch.truth[t].relation, soft.map(|s| (&s.relations[at.clone()], s.share)));
            loss.add(2, target.loss(&trace.relations[at.clone()], unit * WEIGHTS[2], &mut d_relations[at]));
        }
        let range = part("label.w");
        product_left_transposed(&trace.label_hidden, &d_relations, &mut gradients.dense[range], (count, l, relations));
        sum_rows(&d_relations, &mut gradients.dense[part("label.b")]);
        let mut d_hidden = vec![0f32; count * l];
        product_right_transposed(&d_relations, self.part("label.w"), &mut d_hidden, (count, relations, l), false);
        relu_masked_back(&mut d_hidden, &trace.label_hidden, &trace.mask_label);
        let range = part("label.distance");
        for &(start, end, _) in &batch.sentences {
            for t in start..end {
                let head = guide(batch, start, t);
                let gap = &mut gradients.dense[range.start + distance(t, head) * l..][..l];
                for c in 0..l {
                    let g = d_hidden[t * l + c];
                    d_heads[t * width + columns[3] + c] += g;
                    d_heads[head * width + columns[4] + c] += g;
                    gap[c] += g;
                }
            }
        }

        // Arcs.
        let mut d_query = vec![0f32; count * a];
        let mut d_arc_head = vec![0f32; count * a];
        let mut at = 0;
        for &(start, end, _) in &batch.sentences {
            let n = end - start;
            let mut d_scores = vec![0f32; n * n];
            let mut any = false;
            for i in 0..n {
                let target = Target::new(batch.truth[start + i].head, soft.map(|s| (&s.arcs[at..=at + n], s.share)));
                let p = &trace.arcs[at..=at + n];
                at += n + 1;
                if matches!(target, Target::None) {
                    continue;
                }
                any = true;
                let mut row = vec![0f32; n + 1];
                loss.add(1, target.loss(p, unit * WEIGHTS[1], &mut row));
                row[i + 1] = 0.0;
                d_heads[(start + i) * width + columns[7]] += row[0];
                for j in 0..n {
                    let class = distance(i, j);
                    d_scores[i * n + j] = row[j + 1];
                    d_heads[(start + i) * width + columns[5] + class] += row[j + 1];
                    d_heads[(start + j) * width + columns[6] + class] += row[j + 1];
                }
            }
            if any {
                let rows = start * a..end * a;
                product(&d_scores, &trace.arc_head[rows.clone()], &mut d_query[rows.clone()], (n, n, a), false);
                let query = &trace.arc_query[rows.clone()];
                product_left_transposed(&d_scores, query, &mut d_arc_head[rows], (n, n, a));
            }
        }
        product_left_transposed(&trace.arc_dependant, &d_query, &mut gradients.dense[part("arc.w")], (count, a, a));
        let mut d_dependant = vec![0f32; count * a];
        product_right_transposed(&d_query, self.part("arc.w"), &mut d_dependant, (count, a, a), false);
        let (mask_dependant, mask_head) = trace.mask_arc.split_at(count * a);
        relu_masked_back(&mut d_dependant, &trace.arc_dependant, mask_dependant);
        relu_masked_back(&mut d_arc_head, &trace.arc_head, mask_head);
        for t in 0..count {
            d_heads[t * width + columns[1]..][..a].copy_from_slice(&d_dependant[t * a..][..a]);
            d_heads[t * width + columns[2]..][..a].copy_from_slice(&d_arc_head[t * a..][..a]);
        }

        // Into the encoder.
        product_left_transposed(&trace.state, &d_heads, &mut gradients.dense[part("heads.w")], (count, d, width));
        sum_rows(&d_heads, &mut gradients.dense[part("heads.b")]);
        let mut d_state = vec![0f32; count * d];
        product_right_transposed(&d_heads, self.part("heads.w"), &mut d_state, (count, width, d), false);
        for (x, m) in d_state.iter_mut().zip(&trace.mask_state) {
            *x *= m;
        }
        for i in (0..self.dims.layers).rev() {
            self.layer_back(i, batch, &trace.layers[i], &mut d_state, gradients);
        }
        relu_masked_back(&mut d_state, &trace.convolved, &trace.mask_convolved);
        sum_rows(&d_state, &mut gradients.dense[part("conv.b")]);
        let mut d_taps = vec![0f32; count * 3 * d];
        let (first, last, style) = (part("first").start, part("last").start, part("style").start);
        for &(start, end, which) in &batch.sentences {
            for t in start..end {
                let row = &d_state[t * d..][..d];
                d_taps[(t * 3 + 1) * d..][..d].copy_from_slice(row);
                if t > start {
                    d_taps[(t - 1) * 3 * d..][..d].copy_from_slice(row);
                } else {
                    sum_rows(row, &mut gradients.dense[first..first + d]);
                }
                if t + 1 < end {
                    d_taps[((t + 1) * 3 + 2) * d..][..d].copy_from_slice(row);
                } else {
                    sum_rows(row, &mut gradients.dense[last..last + d]);
                }
                sum_rows(row, &mut gradients.dense[style + which * d..][..d]);
            }
        }
        product_left_transposed(&trace.embedded, &d_taps, &mut gradients.dense[part("taps.w")], (count, e, 3 * d));
        gradients.embedded.clear();
        gradients.embedded.resize(count * e, 0.0);
        product_right_transposed(&d_taps, self.part("taps.w"), &mut gradients.embedded, (count, 3 * d, e), false);
        for (x, m) in gradients.embedded.iter_mut().zip(&trace.mask_embedded) {
            *x *= m;
        }
        loss
    }

    fn layer_back(
        &self,
        i: usize,
        batch: &Batch,
        trace: &LayerTrace,
        d_state: &mut Vec<f32>,
        gradients: &mut Gradients,
    ) {
        let Dims { state: d, gate: k, .. } = self.dims;
        let count = batch.starts.len() - 1;
        let part = |name: &str| self.layout.range(&format!("layer{i}.{name}"));
        let gain = &self.dense[part("norm.gain")];
        let (at_gain, at_bias) = (part("norm.gain").start, part("norm.bias").start);
        let mut d_sum = vec![0f32; count * d];
        for t in 0..count {
            let g = &d_state[t * d..][..d];
            let normal = &trace.normal[t * d..][..d];
            let (mut mean, mut along) = (0f32, 0f32);
            for c in 0..d {
                gradients.dense[at_gain + c] += g[c] * normal[c];
                gradients.dense[at_bias + c] += g[c];
                mean += g[c] * gain[c];
                along += g[c] * gain[c] * normal[c];
            }
            mean /= d as f32;
            along /= d as f32;
            let out = &mut d_sum[t * d..][..d];
            for c in 0..d {
                out[c] = (g[c] * gain[c] - mean - normal[c] * along) * trace.inverse[t];
            }
        }
        let mut d_out = d_sum.clone();
        for (x, m) in d_out.iter_mut().zip(&trace.mask_out) {
            *x *= m;
        }
        product_left_transposed(&trace.scan, &d_out, &mut gradients.dense[part("out.w")], (count, 2 * k, d));
        sum_rows(&d_out, &mut gradients.dense[part("out.b")]);
        let mut d_hidden = vec![0f32; count * 2 * k];
        product_right_transposed(&d_out, &self.dense[part("out.w")], &mut d_hidden, (count, d, 2 * k), false);
        relu_masked_back(&mut d_hidden, &trace.scan, &trace.mask_scan);
        let mut d_gates = vec![0f32; count * 4 * k];
        let zeros = vec![0f32; k];
        for &(start, end, _) in &batch.sentences {
            let mut carry = vec![0f32; k];
            for t in (start..end).rev() {
                let before = if t > start { &trace.hidden[(t - 1) * 2 * k..][..k] } else { &zeros[..] };
                let gates = &trace.gates[t * 4 * k..][..2 * k];
                let out = &mut d_gates[t * 4 * k..][..2 * k];
                scan_back(&mut carry, before, gates, &d_hidden[t * 2 * k..][..k], out);
            }
            carry.fill(0.0);
            for t in start..end {
                let before = if t + 1 < end { &trace.hidden[(t + 1) * 2 * k + k..][..k] } else { &zeros[..] };
                let gates = &trace.gates[t * 4 * k + 2 * k..][..2 * k];
                let out = &mut d_gates[t * 4 * k + 2 * k..][..2 * k];
                scan_back(&mut carry, before, gates, &d_hidden[t * 2 * k + k..][..k], out);
            }
        }
        product_left_transposed(&trace.input, &d_gates, &mut gradients.dense[part("gates.w")], (count, d, 4 * k));
        sum_rows(&d_gates, &mut gradients.dense[part("gates.b")]);
        product_right_transposed(&d_gates, &self.dense[part("gates.w")], &mut d_sum, (count, 4 * k, d), true);
        *d_state = d_sum;
    }
}

fn scan_back(carry: &mut [f32], before: &[f32], gates: &[f32], d_hidden: &[f32], out: &mut [f32]) {
    let k = carry.len();
    let (z, c) = gates.split_at(k);
    let (d_z, d_c) = out.split_at_mut(k);
    for i in 0..k {
        let s = 1.0 / (1.0 + z[i].abs());
        let gate = 0.5 + 0.5 * z[i] * s;
        let g = d_hidden[i] + carry[i];
        d_z[i] = g * (before[i] - c[i]) * 0.5 * s * s;
        d_c[i] = g * (1.0 - gate);
        carry[i] = g * gate;
    }
}
