//! A speaker and a verb between two commas in the middle of what is said: "Many of the closures, he said, have …".

use std::ops::Range;

use super::{
    clause::cut_tail,
    cues::Cues,
    edges::{is_comma, is_finite, stop_after, stop_before},
};
use crate::{Tree, Upos};

/// Longest speaker, in tokens.
const LONGEST: usize = 10;

/// Tokens that may stand between the verb and the comma: "he said on Tuesday,".
const GAP: usize = 4;

/// Where such an aside stands, found by the words alone: the parser may hang the verb anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The words that name the speaker.
    pub speaker: Range<usize>,
    /// The comma before them.
    comma: usize,
    /// What goes on behind the verb begins here.
    rest: usize,
}

impl Aside {
    /// The aside of a finite verb, if its speaker stands between a comma and the verb and a comma, "that" or "because"
    /// behind it.
    pub fn of(tree: &Tree, verb: usize) -> Option<Self> {
        let tokens = &tree.sentence.tokens;
        if !is_finite(tree, verb) {
            return None;
        }
        let end = (0..verb).rfind(|&t| !matches!(tokens[t].upos, Upos::Aux | Upos::Adv))? + 1;
        let comma = (end.saturating_sub(LONGEST + 1)..end).rfind(|&t| is_comma(tree, t))?;
        let nominal = |t: usize| {
            use Upos::{Adj, Det, Noun, Num, Pron, Propn};
            matches!(tokens[t].upos, Adj | Det | Noun | Num | Pron | Propn)
                || tokens[t].xpos.as_str() == "POS"
                || tokens[t].lemma == "of"
        };
        let speaker = comma + 1..end;
        let named = speaker.clone().any(|t| matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron));
        let relative = tokens.get(comma + 1).is_some_and(|t| matches!(t.xpos.as_str(), "WP" | "WDT" | "WRB" | "WP$"));
        if !named || relative || !speaker.clone().all(nominal) || comma == 0 {
            return None;
        }
        let stop = stop_after(tree, verb);
        let next = tokens.get(verb + 1).filter(|_| verb + 1 < stop)?;
        let rest = if matches!(next.lemma.as_str(), "that" | "because") && next.upos == Upos::Sconj {
            verb + 1
        } else {
            let near = verb + 1..stop.min(verb + 2 + GAP);
            let behind = near.clone().find(|&t| is_comma(tree, t))?;
            let when = |t: usize| matches!(tokens[t].upos, Upos::Adp | Upos::Adv | Upos::Propn | Upos::Num | Upos::Det);
            if !(verb + 1..behind).all(when) {
                return None;
            }
            behind + 1
        };
        (rest < stop).then_some(Self { speaker, comma, rest })
    }

    /// What is said on both sides of the aside, where the one side cannot stand without the other.
    pub fn around(&self, tree: &Tree, verb: usize, cues: &Cues) -> Option<Vec<usize>> {
        let tokens = &tree.sentence.tokens;
        let start = stop_before(tree, verb);
        let before = start..self.comma;
        let after = self.rest..stop_after(tree, verb);
        let is_mark = |t: usize| matches!(tokens[t].xpos.as_str(), "``" | "''");
        let first = &tokens[self.rest];
        let tag = first.xpos.as_str();
        let apart = first.upos == Upos::Cconj || matches!(tag, "WP" | "WDT" | "WP$" | "VBG");
        if before.is_empty() || apart || before.clone().chain([self.rest]).any(is_mark) {
            return None;
        }
        let finite = |range: &Range<usize>| range.clone().any(|t| is_finite(tree, t));
        let opener = &tokens[start];
        let commas = before.clone().any(|t| is_comma(tree, t));
        let subordinate = !commas && (opener.upos == Upos::Sconj || opener.xpos.as_str() == "WRB");
        let phrase = !finite(&before) && !commas && !matches!(opener.upos, Upos::Cconj | Upos::Adv);
        let occasion = before.clone().any(|t| cues.is_occasion(&tokens[t].lemma));
        let whole = match (finite(&before), finite(&after)) {
            (false, true) => phrase && !occasion,
            (true, true) => subordinate || matches!(first.lemma.as_str(), "that" | "because"),
            (true, false) => true,
            (false, false) => false,
        };
        if !whole {
            return None;
        }
        let mut said: Vec<usize> = before.clone().chain([self.comma]).chain(after).collect();
        cut_tail(tree, &mut said, cues);
        said.retain(|&t| t != self.comma);
        // A place or an occasion alone was all there was behind it.
        let more = said.iter().any(|&t| t >= self.rest);
        (more || finite(&before)).then_some(said)
    }
}
