//! One subject and one object a head: where the network gives a head two, the cheapest change takes one away.
//!
//! Arcs and relations are chosen one by one, so nothing else keeps a second subject from a verb. In the treebanks no
//! verb has two.

use super::{NEVER, Piece, Workspace, argmax, chance};
use crate::{
    Relation,
    parse::{
        kernel::Proof,
        model::{Model, distance},
    },
};

/// Heads that are tried beside the one chosen.
const OTHERS: usize = 3;

/// What a head has one of: 0 its subject, 1 its object; `None` for what it may have many of.
fn place(relation: Relation) -> Option<usize> {
    match relation {
        Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::CsubjPass => Some(0),
        Relation::Obj => Some(1),
        _ => None,
    }
}

/// Another head or relation for a word.
#[derive(Clone, Copy)]
struct Change {
    word: usize,
    head: u32,
    relation: u8,
    cost: f32,
}

impl Workspace {
    /// Goes over the pieces of the batch, whose arc scores stand one after the other.
    #[inline(always)]
    pub(super) fn settle_valency<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, pieces: &[Piece]) {
        let mut scores = 0;
        for piece in pieces {
            let n = piece.end - piece.start;
            // Every change leaves one word less too many.
            for _ in 0..n {
                let Some(pair) = self.crowded(model, piece) else { break };
                let changes = pair.map(|word| self.change(proof, model, piece, scores, word));
                let best = if changes[1].cost < changes[0].cost { changes[1] } else { changes[0] };
                self.apply(piece, scores, best);
            }
            scores += n * (n + 1);
        }
    }

    /// The place of a word below its head.
    fn place(&self, model: &Model, piece: &Piece, word: usize) -> Option<usize> {
        let analysis = &self.analyses[piece.start + word];
        if analysis.head == 0 { None } else { place(model.relations[usize::from(analysis.relation)]) }
    }

    /// The first two words that take the same place below the same head.
    fn crowded(&mut self, model: &Model, piece: &Piece) -> Option<[usize; 2]> {
        let n = piece.end - piece.start;
        let mut taken = std::mem::take(&mut self.taken);
        taken.clear();
        taken.resize(2 * (n + 1), 0);
        let mut found = None;
        for word in 0..n {
            let Some(place) = self.place(model, piece, word) else { continue };
            let slot = &mut taken[2 * self.analyses[piece.start + word].head as usize + place];
            if *slot > 0 {
                found = Some([*slot as usize - 1, word]);
                break;
            }
            *slot = word as u32 + 1;
        }
        self.taken = taken;
        found
    }

    /// Which places below a head are taken by words other than this one.
    fn taken_below(&self, model: &Model, piece: &Piece, head: u32, word: usize) -> [bool; 2] {
        let mut taken = [false; 2];
        for other in (0..piece.end - piece.start).filter(|&other| other != word) {
            if self.analyses[piece.start + other].head == head
                && let Some(place) = self.place(model, piece, other)
            {
                taken[place] = true;
            }
        }
        taken
    }

    /// The cheapest other relation to its head, or other head, for a word that is too many.
    #[inline(always)]
    fn change<const LEVEL: usize>(
        &mut self,
        proof: Proof<LEVEL>,
        model: &Model,
        piece: &Piece,
        scores: usize,
        word: usize,
    ) -> Change {
        let n = piece.end - piece.start;
        let head = self.analyses[piece.start + word].head;
        let width = model.label.outer();
        let row = &self.label_out[(piece.start + word) * width..][..model.dims.relations];
        let (relation, cost) = cheapest(model, row, self.taken_below(model, piece, head, word));
        let mut best = Change { word, head, relation, cost };
        let own = self.scores[scores + word * (n + 1) + head as usize];
        let mut tried = [head; OTHERS + 1];
        for turn in 1..=OTHERS {
            // The next best head; the root keeps its one word.
            let arcs = &self.scores[scores + word * (n + 1)..][..=n];
            let mut other = 0;
            for candidate in 1..=n {
                let free = !tried[..turn].contains(&(candidate as u32)) && candidate != word + 1;
                if free && (other == 0 || arcs[candidate] > arcs[other]) {
                    other = candidate;
                }
            }
            if other == 0 || arcs[other] <= NEVER || own - arcs[other] >= best.cost {
                break;
            }
            let gap = own - arcs[other];
            tried[turn] = other as u32;
            if self.below(piece, other - 1, word) {
                continue;
            }
            self.relate(proof, model, piece.start + word, piece.start + other - 1);
            let row = &self.relation_row[..model.dims.relations];
            let (relation, cost) = cheapest(model, row, self.taken_below(model, piece, other as u32, word));
            if gap + cost < best.cost {
                best = Change { word, head: other as u32, relation, cost: gap + cost };
            }
        }
        best
    }

    /// True when `word` is `above` or hangs below it.
    fn below(&self, piece: &Piece, word: usize, above: usize) -> bool {
        let mut at = word;
        loop {
            if at == above {
                return true;
            }
            match self.analyses[piece.start + at].head {
                0 => return false,
                head => at = head as usize - 1,
            }
        }
    }

    /// Scores of the relations between a word and a head, into `relation_row`.
    #[inline(always)]
    fn relate<const LEVEL: usize>(&mut self, proof: Proof<LEVEL>, model: &Model, word: usize, head: usize) {
        let (l, width) = (model.dims.label, model.heads.outer());
        let columns = model.dims.columns();
        let own = &self.heads[word * width + columns[3]..][..l];
        let other = &self.heads[head * width + columns[4]..][..l];
        let gap = &model.label_distance[distance(word, head) * l..][..l];
        self.relation_in.clear();
        self.relation_in.extend((0..l).map(|c| (own[c] + other[c] + gap[c]).max(0.0)));
        model.label.apply(proof, &self.relation_in, l, 1, &mut self.scratch, &mut self.relation_row);
    }

    fn apply(&mut self, piece: &Piece, scores: usize, change: Change) {
        let n = piece.end - piece.start;
        let arcs = &self.scores[scores + change.word * (n + 1)..][..=n];
        let analysis = &mut self.analyses[piece.start + change.word];
        if analysis.head != change.head {
            analysis.head = change.head;
            analysis.certainty = chance(arcs, change.head as usize, &mut self.sums);
        }
        analysis.relation = change.relation;
        // What was believed less than another thing is no surer than a coin.
        analysis.label_certainty = analysis.label_certainty.min(0.5);
    }
}

/// The best relation whose place is free, and how far it is from the best of all.
fn cheapest(model: &Model, row: &[f32], taken: [bool; 2]) -> (u8, f32) {
    let free = |i: usize| place(model.relations[i]).is_none_or(|place| !taken[place]);
    let mut best = usize::MAX;
    for i in (0..row.len()).filter(|&i| free(i)) {
        if best == usize::MAX || row[i] > row[best] {
            best = i;
        }
    }
    (best as u8, row[argmax(row)] - row[best])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse_tokens;
    use crate::span::Span;

    #[test]
    fn no_head_has_two_subjects_or_two_objects_whatever_the_words() {
        let pool = [
            "he",
            "them",
            "struck",
            "lives",
            "was",
            "which",
            "the",
            "army",
            "condemned",
            "attack",
            "—",
            ",",
            "said",
            "talks",
            "closed",
            "border",
            "it",
            "who",
            "asked",
            "her",
        ];
        let mut seed = 5u32;
        for _ in 0..60 {
            let mut text = String::new();
            let mut words = Vec::new();
            for _ in 0..24 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let form = pool[(seed >> 16) as usize % pool.len()];
                words.push((Span::new(text.len(), text.len() + form.len()), false));
                text.push_str(form);
                text.push(' ');
            }
            let sentence = &parse_tokens(&text, &[words])[0];
            let mut seen = std::collections::BTreeSet::new();
            for token in &sentence.tokens {
                if let (Some(head), Some(place)) = (token.head, place(token.relation)) {
                    assert!(seen.insert((head, place)), "{text}");
                }
            }
            for start in 0..sentence.tokens.len() {
                let mut at = Some(start);
                let mut steps = 0;
                while let Some(i) = at {
                    at = sentence.tokens[i].head;
                    steps += 1;
                    assert!(steps <= sentence.tokens.len(), "a circle in {text}");
                }
            }
        }
    }
}
