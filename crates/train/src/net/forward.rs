//! The forward pass, with everything the backward pass will ask for.
// Sizes of matrices have the one-letter names they have in every text on the matter.
#![allow(clippy::many_single_char_names)]

use demarche_core::parse::model::{Dims, distance};

use super::{Batch, Dropout, Net, guide};
use crate::{
    gemm::{product, product_right_transposed},
    rng::Rng,
};

/// What one layer leaves.
pub(super) struct LayerTrace {
    pub(super) input: Vec<f32>,
    pub(super) gates: Vec<f32>,
    pub(super) hidden: Vec<f32>,
    pub(super) scan: Vec<f32>,
    pub(super) mask_scan: Vec<f32>,
    pub(super) mask_out: Vec<f32>,
    pub(super) normal: Vec<f32>,
    pub(super) inverse: Vec<f32>,
}

/// What a forward pass leaves for the backward pass, and its predictions.
pub struct Trace {
    pub(super) embedded: Vec<f32>,
    pub(super) mask_embedded: Vec<f32>,
    pub(super) convolved: Vec<f32>,
    pub(super) mask_convolved: Vec<f32>,
    pub(super) layers: Vec<LayerTrace>,
    pub(super) state: Vec<f32>,
    pub(super) mask_state: Vec<f32>,
    pub(super) arc_dependant: Vec<f32>,
    pub(super) arc_head: Vec<f32>,
    pub(super) arc_query: Vec<f32>,
    pub(super) mask_arc: Vec<f32>,
    pub(super) label_hidden: Vec<f32>,
    pub(super) mask_label: Vec<f32>,
    pub(super) name_hidden: Vec<f32>,
    pub(super) mask_name: Vec<f32>,
    /// Probabilities of tags.
    pub tags: Vec<f32>,
    /// Probabilities of arcs, per sentence `n` rows of `n + 1`.
    pub arcs: Vec<f32>,
    /// Probabilities of relations for the true arc.
    pub relations: Vec<f32>,
    /// Probabilities of name tags.
    pub names: Vec<f32>,
}

fn add_bias(out: &mut [f32], bias: &[f32]) {
    for row in out.chunks_exact_mut(bias.len()) {
        for (x, b) in row.iter_mut().zip(bias) {
            *x += b;
        }
    }
}

fn softmax(row: &mut [f32]) {
    let most = row.iter().fold(f32::MIN, |m, &x| m.max(x));
    let mut sum = 0.0;
    for x in row.iter_mut() {
        *x = (*x - most).exp();
        sum += *x;
    }
    for x in row.iter_mut() {
        *x /= sum;
    }
}

fn columns_of(from: &[f32], stride: usize, first: usize, width: usize) -> Vec<f32> {
    from.chunks_exact(stride).flat_map(|row| row[first..first + width].iter().copied()).collect()
}

fn relu_masked(x: &mut [f32], mask: &[f32]) {
    for (x, m) in x.iter_mut().zip(mask) {
        *x = x.max(0.0) * m;
    }
}

impl Net {
    /// Runs a batch forward. With `random`, parts are hidden by the chances of `dropout`.
    pub fn forward(&self, batch: &Batch, dropout: Dropout, rng: &mut Rng) -> Trace {
        let Dims { embedding: e, state: d, gate: k, arc: a, label: l, name: m, tags, relations, names, .. } = self.dims;
        let count = batch.starts.len() - 1;
        let mut mask = |len: usize, drop: f32| {
            let mut out = vec![1f32; len];
            if drop > 0.0 {
                rng.mask(&mut out, drop);
            }
            out
        };
        let mask_embedded = mask(count * e, dropout.embedding);
        let mut embedded = vec![0f32; count * e];
        for t in 0..count {
            let out = &mut embedded[t * e..][..e];
            for &row in &batch.features[batch.starts[t]..batch.starts[t + 1]] {
                for (x, w) in out.iter_mut().zip(&self.rows[row as usize * e..][..e]) {
                    *x += w;
                }
            }
            for (x, m) in out.iter_mut().zip(&mask_embedded[t * e..]) {
                *x *= m;
            }
        }
        let mut taps = vec![0f32; count * 3 * d];
        product(&embedded, self.part("taps.w"), &mut taps, (count, e, 3 * d), false);
        let (first, last, bias) = (self.part("first"), self.part("last"), self.part("conv.b"));
        let mut convolved = vec![0f32; count * d];
        for &(start, end, style) in &batch.sentences {
            let style = &self.part("style")[style * d..][..d];
            for t in start..end {
                let before = if t > start { &taps[(t - 1) * 3 * d..][..d] } else { first };
                let here = &taps[(t * 3 + 1) * d..][..d];
                let after = if t + 1 < end { &taps[((t + 1) * 3 + 2) * d..][..d] } else { last };
                let out = &mut convolved[t * d..][..d];
                for c in 0..d {
                    out[c] = here[c] + before[c] + after[c] + bias[c] + style[c];
                }
            }
        }
        let mask_convolved = mask(count * d, dropout.state);
        relu_masked(&mut convolved, &mask_convolved);
        let mut state = convolved.clone();
        let mut layers = Vec::new();
        for i in 0..self.dims.layers {
            let input = state;
            let mut gates = vec![0f32; count * 4 * k];
            product(&input, self.part(&format!("layer{i}.gates.w")), &mut gates, (count, d, 4 * k), false);
            add_bias(&mut gates, self.part(&format!("layer{i}.gates.b")));
            let mut hidden = vec![0f32; count * 2 * k];
            for &(start, end, _) in &batch.sentences {
                let mut h = vec![0f32; k];
                for t in start..end {
                    scan_step(&mut h, &gates[t * 4 * k..][..2 * k], &mut hidden[t * 2 * k..][..k]);
                }
                h.fill(0.0);
                for t in (start..end).rev() {
                    scan_step(&mut h, &gates[t * 4 * k + 2 * k..][..2 * k], &mut hidden[t * 2 * k + k..][..k]);
                }
            }
            let mask_scan = mask(count * 2 * k, dropout.state);
            let mut scan = hidden.clone();
            relu_masked(&mut scan, &mask_scan);
            let mut out = vec![0f32; count * d];
            product(&scan, self.part(&format!("layer{i}.out.w")), &mut out, (count, 2 * k, d), false);
            add_bias(&mut out, self.part(&format!("layer{i}.out.b")));
            let mask_out = mask(count * d, dropout.state);
            for ((o, m), x) in out.iter_mut().zip(&mask_out).zip(&input) {
                *o = *o * m + x;
            }
            let (gain, shift) = (self.part(&format!("layer{i}.norm.gain")), self.part(&format!("layer{i}.norm.bias")));
            let mut inverse = vec![0f32; count];
            let mut normal = out;
            let mut next = vec![0f32; count * d];
            for t in 0..count {
                let row = &mut normal[t * d..][..d];
                let mean = row.iter().sum::<f32>() / d as f32;
                let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / d as f32;
                inverse[t] = 1.0 / (variance + 1e-5).sqrt();
                let out = &mut next[t * d..][..d];
                for c in 0..d {
                    row[c] = (row[c] - mean) * inverse[t];
                    out[c] = row[c] * gain[c] + shift[c];
                }
            }
            state = next;
            layers.push(LayerTrace { input, gates, hidden, scan, mask_scan, mask_out, normal, inverse });
        }
        let mask_state = mask(count * d, dropout.head);
        for (x, m) in state.iter_mut().zip(&mask_state) {
            *x *= m;
        }
        let columns = self.dims.columns();
        let width = columns[9];
        let mut heads = vec![0f32; count * width];
        product(&state, self.part("heads.w"), &mut heads, (count, d, width), false);
        add_bias(&mut heads, self.part("heads.b"));

        let mut tag_scores = columns_of(&heads, width, columns[0], tags);
        tag_scores.chunks_exact_mut(tags).for_each(softmax);

        let mask_arc = mask(count * 2 * a, dropout.head);
        let (mask_dependant, mask_head) = mask_arc.split_at(count * a);
        let mut arc_dependant = columns_of(&heads, width, columns[1], a);
        relu_masked(&mut arc_dependant, mask_dependant);
        let mut arc_head = columns_of(&heads, width, columns[2], a);
        relu_masked(&mut arc_head, mask_head);
        let mut arc_query = vec![0f32; count * a];
        product(&arc_dependant, self.part("arc.w"), &mut arc_query, (count, a, a), false);
        let mut arcs = Vec::new();
        for &(start, end, _) in &batch.sentences {
            let n = end - start;
            let mut scores = vec![0f32; n * n];
            product_right_transposed(
                &arc_query[start * a..end * a],
                &arc_head[start * a..end * a],
                &mut scores,
                (n, a, n),
                false,
            );
            for i in 0..n {
                let here = &heads[(start + i) * width..][..width];
                let from = arcs.len();
                arcs.push(here[columns[7]]);
                for j in 0..n {
                    let class = distance(i, j);
                    let there = &heads[(start + j) * width..][..width];
                    let bias = here[columns[5] + class] + there[columns[6] + class];
                    arcs.push(if i == j { -1e9 } else { scores[i * n + j] + bias });
                }
                softmax(&mut arcs[from..]);
            }
        }

        let mask_label = mask(count * l, dropout.head);
        let gaps = self.part("label.distance");
        let mut label_hidden = vec![0f32; count * l];
        for &(start, end, _) in &batch.sentences {
            for t in start..end {
                let head = guide(batch, start, t);
                let own = &heads[t * width + columns[3]..][..l];
                let other = &heads[head * width + columns[4]..][..l];
                let gap = &gaps[distance(t, head) * l..][..l];
                let out = &mut label_hidden[t * l..][..l];
                for c in 0..l {
                    out[c] = own[c] + other[c] + gap[c];
                }
            }
        }
        relu_masked(&mut label_hidden, &mask_label);
        let mut relation_scores = vec![0f32; count * relations];
        product(&label_hidden, self.part("label.w"), &mut relation_scores, (count, l, relations), false);
        add_bias(&mut relation_scores, self.part("label.b"));
        relation_scores.chunks_exact_mut(relations).for_each(softmax);

        let mask_name = mask(count * m, dropout.head);
        let mut name_hidden = columns_of(&heads, width, columns[8], m);
        relu_masked(&mut name_hidden, &mask_name);
        let mut name_scores = vec![0f32; count * names];
        product(&name_hidden, self.part("name.w"), &mut name_scores, (count, m, names), false);
        add_bias(&mut name_scores, self.part("name.b"));
        name_scores.chunks_exact_mut(names).for_each(softmax);

        Trace {
            embedded,
            mask_embedded,
            convolved,
            mask_convolved,
            layers,
            state,
            mask_state,
            arc_dependant,
            arc_head,
            arc_query,
            mask_arc,
            label_hidden,
            mask_label,
            name_hidden,
            mask_name,
            tags: tag_scores,
            arcs,
            relations: relation_scores,
            names: name_scores,
        }
    }
}

fn scan_step(h: &mut [f32], gates: &[f32], out: &mut [f32]) {
    let (z, c) = gates.split_at(h.len());
    for i in 0..h.len() {
        let gate = 0.5 + 0.5 * (z[i] / (1.0 + z[i].abs()));
        h[i] = gate * h[i] + (1.0 - gate) * c[i];
        out[i] = h[i];
    }
}
