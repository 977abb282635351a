//! Forward pass: from the words of a batch of sentences to everything the heads say about them.
// What runs in the hot pass must be compiled into it, with the instructions of its processor.
#![allow(clippy::many_single_char_names, clippy::inline_always, clippy::cast_ptr_alignment)]

mod valency;

use std::collections::HashMap;

use crate::Upos;

use super::{
    decode,
    features::{self, Style},
    kernel::{AVX2, AVX512, PLAIN, Proof},
    model::{Model, distance},
    product::{Scratch, exp_negative},
};

/// What the network says of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Index into the model's tags.
    pub tag: u16,
    /// 0 for the root, else the head's index in its piece plus one.
    pub head: u32,
    /// Index into the model's relations.
    pub relation: u8,
    /// Probability of the arc.
    pub certainty: f32,
    /// Probability of the relation, given the arc.
    pub label_certainty: f32,
}

/// One stretch of words that is parsed as one tree.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// First word in the batch.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// How its sentence writes capitals.
    pub style: Style,
}

/// Most word forms whose projections are kept before the memory is emptied.
const KEPT_FORMS: usize = 8192;

/// Numbers that one instruction takes where it takes most.
const LANES: usize = 16;

/// Score of an arc that must not be.
const NEVER: f32 = -1e4;

/// Memory of a parse, kept from batch to batch.
#[derive(Default)]
pub struct Workspace {
    /// Forms met so far and where their projection stands in `taps`.
    forms: HashMap<Box<str>, u32>,
    taps: Vec<f32>,
    words: Vec<u32>,
    state: Vec<f32>,
    gates: Vec<f32>,
    scan: Vec<f32>,
    update: Vec<f32>,
    heads: Vec<f32>,
    arc_in: Vec<f32>,
    arc_out: Vec<f32>,
    label_in: Vec<f32>,
    label_out: Vec<f32>,
    name_in: Vec<f32>,
    /// Scores of the name tags, `name_width` a word.
    pub names: Vec<f32>,
    /// Width of a row of `names`.
    pub name_width: usize,
    memory: Vec<f32>,
    turned: Vec<f32>,
    sums: Vec<f32>,
    /// Scores of arcs, per piece `n` rows of `n + 1`.
    scores: Vec<f32>,
    taken: Vec<u32>,
    relation_in: Vec<f32>,
    relation_row: Vec<f32>,
    tree: Vec<usize>,
    embedded: Vec<f32>,
    projected: Vec<f32>,
    scratch: Scratch,
    /// The result, one a word.
    pub analyses: Vec<Analysis>,
}

impl Workspace {
    /// Starts a batch.
    pub fn clear(&mut self) {
        self.words.clear();
        if self.forms.len() > KEPT_FORMS {
            self.forms.clear();
            self.taps.clear();
        }
    }

    /// Adds a word to the batch.
    pub fn push(&mut self, model: &Model, form: &str) {
        if let Some(&at) = self.forms.get(form) {
            self.words.push(at);
            return;
        }
        let at = self.forms.len() as u32;
        self.forms.insert(form.into(), at);
        self.words.push(at);
        let width = model.dims.embedding;
        let start = self.embedded.len();
        self.embedded.resize(start + width, 0.0);
        let embedded = &mut self.embedded[start..];
        for &hash in features::features(form).as_slice() {
            if let Some(row) = model.row(hash) {
                let step = model.steps[row];
                for (x, &w) in embedded.iter_mut().zip(&model.rows[row * width..][..width]) {
                    *x += f32::from(w as i8) * step;
                }
            }
        }
    }

    /// Projects the forms that are new in this batch.
    #[inline(always)]
    fn project<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model) {
        let width = model.dims.embedding;
        let count = self.embedded.len() / width;
        model.taps.apply(proof, &self.embedded, width, count, &mut self.scratch, &mut self.projected);
        for row in self.projected.chunks_exact(model.taps.outer()).take(count) {
            self.taps.extend_from_slice(&row[..3 * model.dims.state]);
        }
        self.embedded.clear();
    }

    /// Number of words in the batch.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True when the batch has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Analyses the words pushed since [`Workspace::clear`]; `pieces` cover them in order.
    pub fn run(&mut self, model: &Model, pieces: &[Piece]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(proof) = Proof::<AVX512>::find() {
            // SAFETY: the level means at least these features.
            return unsafe { run_avx512(self, proof, model, pieces) };
        } else if let Some(proof) = Proof::<AVX2>::find() {
            // SAFETY: the level means this feature.
            return unsafe { run_avx2(self, proof, model, pieces) };
        }
        if let Some(proof) = Proof::<PLAIN>::find() {
            self.run_on(proof, model, pieces);
        }
    }

    #[inline(always)]
    fn run_on<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, pieces: &[Piece]) {
        self.project(proof, model);
        let count = self.words.len();
        self.convolve(model, pieces);
        for layer in 0..model.layers.len() {
            self.recur(proof, model, layer, pieces);
        }
        model.heads.apply(proof, &self.state, model.dims.state, count, &mut self.scratch, &mut self.heads);
        self.analyses.clear();
        self.analyses.resize(count, Analysis::default());
        self.tag(model);
        self.arcs(proof, model, pieces);
        self.relations(proof, model, pieces);
        self.settle_valency(proof, model, pieces);
        let columns = model.dims.columns();
        gather_relu(&self.heads, model.heads.outer(), columns[8], model.dims.name, &mut self.name_in);
        model.name.apply(proof, &self.name_in, model.dims.name, count, &mut self.scratch, &mut self.names);
        self.name_width = model.name.outer();
    }

    #[inline(always)]
    fn convolve(&mut self, model: &Model, pieces: &[Piece]) {
        let d = model.dims.state;
        self.state.resize(self.words.len() * d, 0.0);
        for piece in pieces {
            let style = &model.style[piece.style as usize * d..][..d];
            for t in piece.start..piece.end {
                let tap = |word: u32, which: usize| &self.taps[(word as usize * 3 + which) * d..][..d];
                let before = if t > piece.start { tap(self.words[t - 1], 0) } else { &model.first[..] };
                let here = tap(self.words[t], 1);
                let after = if t + 1 < piece.end { tap(self.words[t + 1], 2) } else { &model.last[..] };
                let out = &mut self.state[t * d..][..d];
                for c in 0..d {
                    out[c] = (here[c] + before[c] + after[c] + model.conv_bias[c] + style[c]).max(0.0);
                }
            }
        }
    }

    #[inline(always)]
    fn recur<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, layer: usize, pieces: &[Piece]) {
        let layer = &model.layers[layer];
        let (d, k, count) = (model.dims.state, model.dims.gate, self.words.len());
        layer.gates.apply(proof, &self.state, d, count, &mut self.scratch, &mut self.gates);
        let width = layer.gates.outer();
        self.scan.resize(count * 2 * k, 0.0);
        self.memory.resize(k, 0.0);
        let h = &mut self.memory[..];
        for piece in pieces {
            h.fill(0.0);
            for t in piece.start..piece.end {
                let (z, c) = self.gates[t * width..][..2 * k].split_at(k);
                step(h, z, c, &mut self.scan[t * 2 * k..][..k]);
            }
            h.fill(0.0);
            for t in (piece.start..piece.end).rev() {
                let (z, c) = self.gates[t * width + 2 * k..][..2 * k].split_at(k);
                step(h, z, c, &mut self.scan[t * 2 * k + k..][..k]);
            }
        }
        layer.out.apply(proof, &self.scan, 2 * k, count, &mut self.scratch, &mut self.update);
        let width = layer.out.outer();
        for t in 0..count {
            let row = &mut self.state[t * d..][..d];
            for (x, &u) in row.iter_mut().zip(&self.update[t * width..][..d]) {
                *x += u;
            }
            normalise(row, &layer.norm_gain, &layer.norm_bias);
        }
    }

    #[inline(always)]
    fn tag(&mut self, model: &Model) {
        let width = model.heads.outer();
        for (t, analysis) in self.analyses.iter_mut().enumerate() {
            analysis.tag = argmax(&self.heads[t * width..][..model.dims.tags]) as u16;
        }
    }

    #[inline(always)]
    fn arcs<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, pieces: &[Piece]) {
        let (a, width, count) = (model.dims.arc, model.heads.outer(), self.words.len());
        let columns = model.dims.columns();
        gather_relu(&self.heads, width, columns[1], a, &mut self.arc_in);
        model.arc.apply(proof, &self.arc_in, a, count, &mut self.scratch, &mut self.arc_out);
        gather_relu(&self.heads, width, columns[2], a, &mut self.arc_in);
        let arc_width = model.arc.outer();
        let mut from = 0;
        self.scores.clear();
        for piece in pieces {
            let n = piece.end - piece.start;
            self.scores.resize(from + n * (n + 1), 0.0);
            // Sixteen heads at a time, with one number of all of them side by side, so that a row of scores grows in one
            // written order; behind the last head stand zeros.
            let blocks = n.div_ceil(LANES);
            self.turned.clear();
            self.turned.resize(blocks * a * LANES, 0.0);
            for j in 0..n {
                let block = &mut self.turned[j / LANES * a * LANES..][..a * LANES];
                for (c, &x) in self.arc_in[(piece.start + j) * a..][..a].iter().enumerate() {
                    block[c * LANES + j % LANES] = x;
                }
            }
            self.sums.resize(blocks * LANES, 0.0);
            for i in 0..n {
                let row = &mut self.scores[from + i * (n + 1)..][..=n];
                let here = &self.heads[(piece.start + i) * width..][..width];
                row[0] = here[columns[7]];
                let weights = &self.arc_out[(piece.start + i) * arc_width..][..a];
                let blocks = self.turned.chunks_exact(a * LANES);
                for (sums, block) in self.sums.as_chunks_mut::<LANES>().0.iter_mut().zip(blocks) {
                    let mut grown = [0f32; LANES];
                    for (&x, there) in weights.iter().zip(block.as_chunks::<LANES>().0) {
                        for lane in 0..LANES {
                            grown[lane] += x * there[lane];
                        }
                    }
                    *sums = grown;
                }
                for j in 0..n {
                    let there = &self.heads[(piece.start + j) * width..][..width];
                    let class = distance(i, j);
                    row[j + 1] = self.sums[j] + (here[columns[5] + class] + there[columns[6] + class]);
                }
                row[i + 1] = f32::MIN;
            }
            self.forbid_punctuation(model, piece.start, n, from);
            decode::tree(&decode::Scores { n, values: &self.scores[from..] }, &mut self.tree);
            for i in 0..n {
                let row = &self.scores[from + i * (n + 1)..][..=n];
                let analysis = &mut self.analyses[piece.start + i];
                analysis.head = self.tree[i] as u32;
                analysis.certainty = chance(row, self.tree[i], &mut self.sums);
            }
            from += n * (n + 1);
        }
    }

    /// Nothing hangs from a punctuation mark, and none is the root, as long as there is a word.
    #[inline(always)]
    fn forbid_punctuation(&mut self, model: &Model, start: usize, n: usize, from: usize) {
        let is_mark = |i: usize| model.tags[usize::from(self.analyses[start + i].tag)].0 == Upos::Punct;
        if (0..n).all(is_mark) {
            return;
        }
        for mark in (0..n).filter(|&i| is_mark(i)) {
            self.scores[from + mark * (n + 1)] = NEVER;
            for dependant in (0..n).filter(|&i| i != mark) {
                self.scores[from + dependant * (n + 1) + mark + 1] = NEVER;
            }
        }
    }

    #[inline(always)]
    fn relations<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, pieces: &[Piece]) {
        let (l, width) = (model.dims.label, model.heads.outer());
        let columns = model.dims.columns();
        self.label_in.resize(self.words.len() * l, 0.0);
        for piece in pieces {
            for t in piece.start..piece.end {
                let head = match self.analyses[t].head as usize {
                    0 => t,
                    h => piece.start + h - 1,
                };
                let own = &self.heads[t * width + columns[3]..][..l];
                let other = &self.heads[head * width + columns[4]..][..l];
                let gap = &model.label_distance[distance(t, head) * l..][..l];
                let out = &mut self.label_in[t * l..][..l];
                for c in 0..l {
                    out[c] = (own[c] + other[c] + gap[c]).max(0.0);
                }
            }
        }
        let count = self.words.len();
        model.label.apply(proof, &self.label_in, l, count, &mut self.scratch, &mut self.label_out);
        let width = model.label.outer();
        for (t, analysis) in self.analyses.iter_mut().enumerate() {
            let row = &self.label_out[t * width..][..model.dims.relations];
            let best = argmax(row);
            analysis.relation = best as u8;
            analysis.label_certainty = 1.0 / chances(row, row[best], &mut self.sums);
        }
    }
}

/// The whole pass, compiled for AVX-512.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn run_avx512(workspace: &mut Workspace, proof: Proof<AVX512>, model: &Model, pieces: &[Piece]) {
    workspace.run_on(proof, model, pieces);
}

/// The whole pass, compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2(workspace: &mut Workspace, proof: Proof<AVX2>, model: &Model, pieces: &[Piece]) {
    workspace.run_on(proof, model, pieces);
}

/// One step of the recurrence: `h = z·h + (1 − z)·c` with a softsign gate; writes the positive part.
#[inline(always)]
fn step(h: &mut [f32], z: &[f32], c: &[f32], out: &mut [f32]) {
    for i in 0..h.len() {
        let gate = 0.5 + 0.5 * (z[i] / (1.0 + z[i].abs()));
        h[i] = gate * h[i] + (1.0 - gate) * c[i];
        out[i] = h[i].max(0.0);
    }
}

/// Layer normalisation with sums in eight lanes, so that the order of addition is the written one everywhere.
#[inline(always)]
fn normalise(row: &mut [f32], gain: &[f32], bias: &[f32]) {
    let n = row.len() as f32;
    let mean = lanes(row, |x| x) / n;
    let variance = lanes(row, |x| (x - mean) * (x - mean)) / n;
    let inverse = 1.0 / (variance + 1e-5).sqrt();
    for i in 0..row.len() {
        row[i] = (row[i] - mean) * inverse * gain[i] + bias[i];
    }
}

#[inline(always)]
fn lanes(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        for lane in 0..16 {
            sums[lane] += f(chunk[lane]);
        }
    }
    for (lane, &x) in rest.iter().enumerate() {
        sums[lane] += f(x);
    }
    let mut width = 8;
    while width > 0 {
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
        width /= 2;
    }
    sums[0]
}

/// Copies `width` columns from `first` on, negative numbers as zero.
#[inline(always)]
fn gather_relu(from: &[f32], stride: usize, first: usize, width: usize, out: &mut Vec<f32>) {
    out.clear();
    for row in from.chunks_exact(stride) {
        out.extend(row[first..first + width].iter().map(|x| x.max(0.0)));
    }
}

/// Probability of the arc to `head`, by the scores of all arcs of a word.
#[inline(always)]
fn chance(row: &[f32], head: usize, room: &mut Vec<f32>) -> f32 {
    let most = row.iter().fold(f32::MIN, |m, &x| m.max(x));
    exp_negative(row[head] - most) / chances(row, most, room)
}

/// The sum of what numbers are worth beside the greatest: first each by itself, many at once, then added in their order.
#[inline(always)]
fn chances(row: &[f32], most: f32, room: &mut Vec<f32>) -> f32 {
    room.resize(row.len(), 0.0);
    for (worth, &x) in room.iter_mut().zip(row) {
        *worth = exp_negative(x - most);
    }
    room.iter().fold(0.0, |sum, &worth| sum + worth)
}

/// Index of the largest number, the first of equals.
#[inline(always)]
pub fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in row.iter().enumerate() {
        if x > row[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on<const LEVEL: usize>(model: &Model, forms: &[&str], pieces: &[Piece]) -> Option<(Vec<Analysis>, Vec<f32>)> {
        let proof = Proof::<LEVEL>::find()?;
        let mut workspace = Workspace::default();
        for form in forms {
            workspace.push(model, form);
        }
        workspace.run_on(proof, model, pieces);
        Some((workspace.analyses, workspace.names))
    }

    #[test]
    fn every_processor_says_the_same_of_every_word() {
        let model = Model::built_in();
        let text =
            "The envoy , who left Geneva on 3 May , told TASS that “ no one ” had signed — not yet . Talks go on";
        let forms: Vec<&str> = text.split(' ').collect();
        let pieces = [(0, 23, Style::Plain), (23, forms.len(), Style::Title)];
        let pieces = pieces.map(|(start, end, style)| Piece { start, end, style });
        let plain = on::<PLAIN>(model, &forms, &pieces);
        for other in [on::<AVX2>(model, &forms, &pieces), on::<AVX512>(model, &forms, &pieces)] {
            assert!(other.is_none() || other == plain);
        }
        let mut workspace = Workspace::default();
        for form in &forms {
            workspace.push(model, form);
        }
        workspace.run(model, &pieces);
        assert_eq!(Some((workspace.analyses, workspace.names)), plain);
    }
}
