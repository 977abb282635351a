//! The network in floats with its hand-written backward pass. [`demarche_core::parse`] runs the same network in bytes.
// Sizes of matrices have the one-letter names they have in every text on the matter.
#![allow(clippy::many_single_char_names, clippy::case_sensitive_file_extension_comparisons)]

use demarche_core::parse::{
    features::STYLES,
    model::{DISTANCES, Dims, distance},
};

use crate::{
    gemm::{product, product_left_transposed, product_right_transposed},
    rng::Rng,
};

/// Named matrices in one flat list.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Name, offset, rows, columns.
    pub parts: Vec<(String, usize, usize, usize)>,
    /// Length of the list.
    pub len: usize,
}

impl Layout {
    /// All dense parts of a network.
    pub fn new(dims: Dims) -> Self {
        let mut layout = Self { parts: vec![], len: 0 };
        let mut add = |name: &str, rows: usize, columns: usize| {
            layout.parts.push((name.to_owned(), layout.len, rows, columns));
            layout.len += rows * columns;
        };
        let Dims { embedding, state, gate, layers, arc, label, name, relations, names, .. } = dims;
        add("taps.w", embedding, 3 * state);
        add("conv.b", 1, state);
        add("first", 1, state);
        add("last", 1, state);
        add("style", STYLES, state);
        for i in 0..layers {
            add(&format!("layer{i}.gates.w"), state, 4 * gate);
            add(&format!("layer{i}.gates.b"), 1, 4 * gate);
            add(&format!("layer{i}.out.w"), 2 * gate, state);
            add(&format!("layer{i}.out.b"), 1, state);
            add(&format!("layer{i}.norm.gain"), 1, state);
            add(&format!("layer{i}.norm.bias"), 1, state);
        }
        add("heads.w", state, dims.columns()[9]);
        add("heads.b", 1, dims.columns()[9]);
        add("arc.w", arc, arc);
        add("label.distance", DISTANCES, label);
        add("label.w", label, relations);
        add("label.b", 1, relations);
        add("name.w", name, names);
        add("name.b", 1, names);
        layout
    }

    /// The place of a part.
    pub fn range(&self, name: &str) -> std::ops::Range<usize> {
        let (_, at, rows, columns) = self.parts.iter().find(|p| p.0 == name).expect("a part of the network");
        *at..at + rows * columns
    }
}

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

/// Gradients of a batch.
#[derive(Clone, Debug, Default)]
pub struct Gradients {
    /// Of the dense parts.
    pub dense: Vec<f32>,
    /// Of the token embeddings of the batch, to be spread over their feature rows.
    pub embedded: Vec<f32>,
}

/// What is known of a word, to learn from. Negative numbers: not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// Joint tag.
    pub tag: i32,
    /// 0 for the root, else the number of the head in its sentence.
    pub head: i32,
    /// Relation; unknown for the root.
    pub relation: i32,
    /// Set of allowed name tags as bits; 0: not known.
    pub names: u32,
}

impl Truth {
    /// Nothing known.
    pub const NONE: Self = Self { tag: -1, head: -1, relation: -1, names: 0 };
}

/// Sentences to learn from, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Rows of the features of all words.
    pub features: Vec<u32>,
    /// Where each word's features start; one more than words.
    pub starts: Vec<usize>,
    /// First word, end and style of each sentence.
    pub sentences: Vec<(usize, usize, usize)>,
    /// What is known.
    pub truth: Vec<Truth>,
    /// The head whose relation is learnt, counted as in [`Truth::head`]; 0 where there is none.
    pub guide: Vec<u32>,
}

/// What teachers think of a batch: probabilities to learn beside the truth, and in its place where it is not known.
#[derive(Clone, Debug, Default)]
pub struct Soft {
    /// Share of the teachers in the target where the truth is known.
    pub share: f32,
    /// `tags` a word.
    pub tags: Vec<f32>,
    /// Per sentence `n` rows of `n + 1`.
    pub arcs: Vec<f32>,
    /// `relations` a word, for the arc to the word's guide.
    pub relations: Vec<f32>,
    /// `names` a word.
    pub names: Vec<f32>,
}

impl Soft {
    /// Adds what another teacher thinks of the same sentences.
    pub fn add(&mut self, trace: &Trace) {
        for (into, from) in [
            (&mut self.tags, &trace.tags),
            (&mut self.arcs, &trace.arcs),
            (&mut self.relations, &trace.relations),
            (&mut self.names, &trace.names),
        ] {
            into.resize(from.len(), 0.0);
            into.iter_mut().zip(from).for_each(|(x, y)| *x += y);
        }
    }

    /// Divides the sums by the number of teachers.
    pub fn divide(&mut self, teachers: usize) {
        for list in [&mut self.tags, &mut self.arcs, &mut self.relations, &mut self.names] {
            for x in list.iter_mut() {
                *x /= teachers as f32;
            }
        }
    }

    /// Appends the first `n` of the `words` words of another sentence.
    pub fn extend(&mut self, sentence: &Self, words: usize, n: usize) {
        for (into, from) in [
            (&mut self.tags, &sentence.tags),
            (&mut self.relations, &sentence.relations),
            (&mut self.names, &sentence.names),
        ] {
            into.extend_from_slice(&from[..from.len() / words * n]);
        }
        for row in sentence.arcs.chunks_exact(words + 1).take(n) {
            self.arcs.extend_from_slice(&row[..=n]);
        }
    }
}

/// Chances to hide things in training.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Embeddings.
    pub embedding: f32,
    /// States between layers.
    pub state: f32,
    /// Vectors of the heads.
    pub head: f32,
}

impl Dropout {
    /// None, to look at what was learnt.
    pub const NONE: Self = Self { embedding: 0.0, state: 0.0, head: 0.0 };
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

struct LayerTrace {
    input: Vec<f32>,
    gates: Vec<f32>,
    hidden: Vec<f32>,
    scan: Vec<f32>,
    mask_scan: Vec<f32>,
    mask_out: Vec<f32>,
    normal: Vec<f32>,
    inverse: Vec<f32>,
}

/// What a forward pass leaves for the backward pass, and its predictions.
pub struct Trace {
    embedded: Vec<f32>,
    mask_embedded: Vec<f32>,
    convolved: Vec<f32>,
    mask_convolved: Vec<f32>,
    layers: Vec<LayerTrace>,
    state: Vec<f32>,
    mask_state: Vec<f32>,
    arc_dependant: Vec<f32>,
    arc_head: Vec<f32>,
    arc_query: Vec<f32>,
    mask_arc: Vec<f32>,
    label_hidden: Vec<f32>,
    mask_label: Vec<f32>,
    name_hidden: Vec<f32>,
    mask_name: Vec<f32>,
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

fn sum_rows(from: &[f32], into: &mut [f32]) {
    for row in from.chunks_exact(into.len()) {
        for (x, r) in into.iter_mut().zip(row) {
            *x += r;
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

/// Gradient through `relu_masked`: `value` is its result.
fn relu_masked_back(gradient: &mut [f32], value: &[f32], mask: &[f32]) {
    for ((g, v), m) in gradient.iter_mut().zip(value).zip(mask) {
        *g = if *v > 0.0 { *g * m } else { 0.0 };
    }
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

    fn part(&self, name: &str) -> &[f32] {
        &self.dense[self.layout.range(name)]
    }

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

/// The word whose relation to `t` is learnt, `t` itself where there is none.
fn guide(batch: &Batch, start: usize, t: usize) -> usize {
    match batch.guide[t] {
        0 => t,
        head => start + head as usize - 1,
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

/// What a decision should be.
enum Target<'q> {
    None,
    /// The right answer, and a teacher's opinion with its share.
    Truth(usize, Option<(&'q [f32], f32)>),
    /// A teacher's opinion alone.
    Opinion(&'q [f32]),
}

impl<'q> Target<'q> {
    fn new(truth: i32, soft: Option<(&'q [f32], f32)>) -> Self {
        match (usize::try_from(truth), soft) {
            (Ok(truth), soft) => Self::Truth(truth, soft),
            (Err(_), Some((q, _))) => Self::Opinion(q),
            (Err(_), None) => Self::None,
        }
    }

    /// Cross-entropy; adds its gradient times `weight` to `out`.
    fn loss(&self, p: &[f32], weight: f32, out: &mut [f32]) -> Option<f64> {
        let (truth, soft) = match *self {
            Self::None => return None,
            Self::Truth(truth, soft) => (Some(truth), soft),
            Self::Opinion(q) => (None, Some((q, 1.0))),
        };
        for (o, p) in out.iter_mut().zip(p) {
            *o += weight * p;
        }
        let mut loss = 0.0;
        if let Some(truth) = truth {
            let own = 1.0 - soft.map_or(0.0, |(_, share)| share);
            out[truth] -= weight * own;
            loss -= own * p[truth].max(1e-12).ln();
        }
        if let Some((q, share)) = soft {
            for ((o, q), p) in out.iter_mut().zip(q).zip(p) {
                *o -= weight * share * q;
                if *q > 1e-6 {
                    loss -= share * q * p.max(1e-12).ln();
                }
            }
        }
        Some(f64::from(loss))
    }
}

/// Loss and gradient where several answers are allowed, as bits: their probabilities count together, shared out by the
/// network's own or the teacher's opinion. No bits: only the teacher speaks.
fn allowed_loss(p: &[f32], allowed: u32, soft: Option<(&[f32], f32)>, weight: f32, out: &mut [f32]) -> Option<f64> {
    if allowed == 0 {
        return soft.and_then(|(q, _)| Target::Opinion(q).loss(p, weight, out));
    }
    let inside = |i: usize| allowed >> i & 1 == 1;
    let within = |v: &[f32]| (0..v.len()).filter(|&i| inside(i)).map(|i| v[i]).sum::<f32>().max(1e-9);
    let sum = within(p);
    let (q, share) = soft.unwrap_or((p, 0.0));
    let sum_soft = within(q);
    for i in 0..p.len() {
        let target = if inside(i) { (1.0 - share) * p[i] / sum + share * q[i] / sum_soft } else { 0.0 };
        out[i] += weight * (p[i] - target);
    }
    Some(f64::from(-sum.ln()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
