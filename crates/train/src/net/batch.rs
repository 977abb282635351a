//! What is learnt from at once: sentences, what is known of their words, what teachers think, what is hidden.

use super::Trace;

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

    /// Takes the truth for what the teachers think of trees and tags, where it is known.
    pub fn believe(&mut self, truth: &[Truth]) {
        let n = truth.len();
        for (t, truth) in truth.iter().enumerate() {
            for (list, right) in
                [(&mut self.tags, truth.tag), (&mut self.arcs, truth.head), (&mut self.relations, truth.relation)]
            {
                let width = list.len() / n;
                if let Ok(right) = usize::try_from(right) {
                    let row = &mut list[t * width..][..width];
                    row.fill(0.0);
                    row[right] = 1.0;
                }
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
