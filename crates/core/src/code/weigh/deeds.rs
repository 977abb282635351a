//! Which deed a word tells of, weighed: where no entry of the codebook fires, and where the one that fires is doubtful.

use std::cell::RefCell;

use super::{mentions::Mentions, weights::Weights};
use crate::{
    EventType, Relation as R, Tree, Upos,
    code::{
        codebook::Codebook,
        factuality::word,
        frames::{Match, Scene},
        words::Part,
    },
    parse::clusters,
};

/// Answers: none, and each type.
pub const KINDS: usize = 1 + EventType::ALL.len();

/// What the codebook makes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruled {
    /// No entry fires.
    Nothing,
    /// An entry fires, and it tells of a deed of its own.
    Deed(EventType, usize),
    /// An entry fires, but what it tells is a part or the content of something else.
    Part(EventType),
}

/// One question to the model, for learning: which deed does this word tell of?
#[derive(Clone, Debug)]
pub struct DeedQuestion {
    /// Index of the sentence.
    pub sentence: usize,
    /// The word.
    pub token: usize,
    /// What the codebook says.
    pub ruled: Ruled,
    /// Tokens of the wording of the entry that fires.
    pub wording: Vec<usize>,
    /// What speaks for the answers, as hashes.
    pub features: Vec<u32>,
}

/// The model with what it asks of a report.
pub struct Deeds<'a> {
    weights: &'a Weights,
    /// Of each sentence the tokens that denote a party.
    parties: Vec<Vec<usize>>,
    /// What was asked, where somebody wants to learn from it.
    pub asked: RefCell<Option<Vec<DeedQuestion>>>,
}

/// What the model makes of a word.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// The type that is likeliest, if any deed is told of.
    pub kind: EventType,
    /// How much likelier it is than that none is.
    pub over_none: i32,
    /// How much likelier than the type that the codebook says; than none where it says nothing.
    pub over_ruled: i32,
}

impl<'a> Deeds<'a> {
    /// For a report. Without weights nothing is said.
    pub fn new(mentions: &Mentions, sentences: usize, weights: &'a Weights) -> Self {
        let of = |sentence| {
            let own = mentions.of_sentence(sentence).iter().filter(|mention| mention.own);
            own.map(|mention| mention.token).collect()
        };
        Self { weights, parties: (0..sentences).map(of).collect(), asked: RefCell::new(None) }
    }

    /// The words of a sentence as the model sees them; `None` where there is nobody to ask.
    pub fn words(&self, tree: &Tree, sentence: usize) -> Option<Sight> {
        if self.weights.is_empty() && self.asked.borrow().is_none() {
            return None;
        }
        let tokens = tree.sentence.tokens.iter();
        let mut party = vec![false; tree.sentence.tokens.len()];
        self.parties.get(sentence).into_iter().flatten().for_each(|&token| party[token] = true);
        Some(Sight {
            lemmas: tokens.clone().map(|token| word(&token.lemma)).collect(),
            paths: tokens.map(|token| path(&token.lemma)).collect(),
            party,
        })
    }

    /// What the model makes of a word that may tell of a deed; `None` for other words, and where there is no model.
    pub fn ask(
        &self,
        tree: &Tree,
        sight: &Sight,
        sentence: usize,
        token: usize,
        ruled: Ruled,
        wording: &[usize],
    ) -> Option<Verdict> {
        let named = || tree.sentence.entities.iter().any(|entity| (entity.first..entity.last).contains(&token));
        let may = match tree.sentence.tokens[token].upos {
            Upos::Noun | Upos::Verb | Upos::Adj => true,
            Upos::Propn => !named(),
            _ => false,
        };
        if !may && ruled == Ruled::Nothing {
            return None;
        }
        let features = features(tree, sight, token, ruled);
        let verdict = (!self.weights.is_empty()).then(|| self.weights.verdict(&features, ruled));
        if let Some(asked) = self.asked.borrow_mut().as_mut() {
            asked.push(DeedQuestion { sentence, token, ruled, wording: wording.to_vec(), features });
        }
        verdict
    }
}

/// How much likelier a deed must be than none where no entry fires; in units of the weights, 24 of which are one of the
/// logarithm of the odds. On stories kept apart nearly every second word that passes is marked as that deed.
const NOTHING: i32 = -12;
/// The same where an entry fires whose deed is a part or the content of something else.
const PART: i32 = 8;
/// How much likelier another type must be than the one that the entry says: right ten times as often as the entry.
const OTHER: i32 = 24;

impl Verdict {
    /// Whether the word tells of a deed though the codebook does not say so.
    pub fn is_deed(&self, ruled: Ruled) -> bool {
        self.over_none >= if ruled == Ruled::Nothing { NOTHING } else { PART }
    }

    /// Whether the deed is of another type than the codebook says.
    pub fn is_other(&self, kind: EventType) -> bool {
        self.over_ruled >= OTHER && self.kind != kind
    }
}

/// A match that was judged: as it was, or of another type.
pub fn judged(book: &Codebook, found: &Match, verdict: Verdict) -> Match {
    let other = verdict.is_other(book.entries[found.entry].kind);
    let entry = if other { book.weighed(verdict.kind) } else { found.entry };
    Match { entry, ..found.clone() }
}

/// The match for a word that tells of a deed though no entry says so.
pub fn proposed(scene: &Scene, token: usize, ruled: Ruled, verdict: Verdict) -> Option<Match> {
    if !verdict.is_deed(ruled) {
        return None;
    }
    let part = Part::of(scene.tree.sentence.tokens[token].upos)?;
    let part = if part == Part::Adjective && scene.tree.child(token, R::Cop).is_none() { Part::Verb } else { part };
    let entry = scene.book.weighed(verdict.kind);
    let arguments = scene.arguments(token, part);
    let (actors, recipients) = scene.parties(&scene.book.entries[entry], &arguments, part, token)?;
    let (trigger, wording) = (token, vec![token]);
    Some(Match { entry, trigger, part, used: Vec::new(), wording, specificity: 0, arguments, actors, recipients })
}

impl Weights {
    /// What these features say of a word.
    pub fn verdict(&self, features: &[u32], ruled: Ruled) -> Verdict {
        let scores = self.scores(features);
        let of = |kind: EventType| scores[1 + kind as usize];
        let at_rule = match ruled {
            Ruled::Nothing => scores[0],
            Ruled::Deed(kind, _) | Ruled::Part(kind) => of(kind),
        };
        let mut kind = EventType::Agree;
        for &one in EventType::ALL {
            if of(one) > of(kind) {
                kind = one;
            }
        }
        Verdict { kind, over_none: of(kind) - scores[0], over_ruled: of(kind) - at_rule }
    }
}

/// The words of a sentence as the model sees them.
pub struct Sight {
    lemmas: Vec<u32>,
    /// Classes of words used alike.
    paths: Vec<u32>,
    party: Vec<bool>,
}

/// The class of words that a lemma is used like.
fn path(lemma: &str) -> u32 {
    let chars: Vec<char> = lemma.chars().flat_map(char::to_lowercase).collect();
    clusters::path(&chars, &chars).unwrap_or(0)
}

/// What stands for any party, any other name, any number.
const PARTY: u32 = 77;
const NAME: u32 = 78;
const NUMBER: u32 = 79;

fn features(tree: &Tree, sight: &Sight, i: usize, ruled: Ruled) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(96);
    let mut add = |template: u32, a: u32, b: u32, c: u32| {
        let mut hash = template.wrapping_mul(0x9E37_79B1);
        for value in [a, b, c] {
            hash = (hash ^ value).wrapping_mul(0x85EB_CA6B);
            hash ^= hash >> 13;
        }
        out.push(hash);
    };
    let tokens = &tree.sentence.tokens;
    let lemma = |i: usize| sight.lemmas[i];
    let class = |i: usize, bits: u32| sight.paths[i] >> (32 - bits);
    let shown = |i: usize| match tokens[i].upos {
        _ if sight.party[i] => PARTY,
        Upos::Propn => NAME,
        Upos::Num => NUMBER,
        _ => lemma(i),
    };
    let (own, upos, relation) = (lemma(i), tokens[i].upos as u32, tree.relation(i) as u32);
    add(1, 0, 0, 0);
    add(2, own, 0, 0);
    add(3, own, upos, 0);
    add(4, upos, relation, 0);
    add(5, word(tokens[i].xpos.as_str()), relation, 0);
    let text = tree.lemma(i);
    let tail = text.char_indices().rev().nth(3).map_or(text, |(at, _)| &text[at..]);
    add(6, word(tail), upos, 0);
    add(7, class(i, 8), upos, 0);
    add(8, class(i, 12), upos, 0);
    for c in tree.children(i) {
        let r = tree.relation(c);
        if r == R::Punct {
            continue;
        }
        let (number, what) = (r as u32, shown(c));
        add(10, number, 0, 0);
        add(11, number, what, 0);
        add(12, own, number, what);
        if matches!(r, R::Obj | R::Obl | R::Nmod | R::Xcomp | R::Ccomp | R::NsubjPass | R::Compound | R::Amod)
            && what != PARTY
        {
            add(13, number, class(c, 10), 0);
            add(14, number, class(i, 8), class(c, 8));
        }
        if matches!(r, R::Obl | R::Nmod | R::Advcl | R::Acl | R::Xcomp | R::Ccomp) {
            for mark in tree.children(c).filter(|&mark| matches!(tree.relation(mark), R::Case | R::Mark)) {
                add(15, own, lemma(mark), 0);
                add(16, lemma(mark), what, number);
                add(17, own, lemma(mark), what);
            }
        }
    }
    if let Some(head) = tree.head(i) {
        let above = lemma(head);
        add(20, above, 0, 0);
        add(21, above, relation, 0);
        add(22, above, own, relation);
        add(23, class(head, 10), relation, 0);
        for c in tree.children(head).filter(|&c| c != i && matches!(tree.relation(c), R::Obj | R::Nsubj | R::NsubjPass))
        {
            add(24, tree.relation(c) as u32, shown(c), relation);
        }
        for case in tree.children(i).filter(|&c| matches!(tree.relation(c), R::Case | R::Mark)) {
            add(25, above, lemma(case), 0);
        }
        if let Some(top) = tree.head(head) {
            add(26, lemma(top), relation, tree.relation(head) as u32);
        }
    } else {
        add(27, 0, 0, 0);
    }
    for steps in [-2isize, -1, 1, 2] {
        let beside = i.checked_add_signed(steps).filter(|&at| at < tokens.len());
        add(30, steps as u32, beside.map_or(0, shown), 0);
        if steps.abs() == 1 {
            add(31, steps as u32, beside.map_or(0, shown), own);
        }
    }
    let last = tokens.last().map_or(0, |last| word(&last.lemma));
    add(32, u32::from(last == word(".")), relation, upos);
    match ruled {
        Ruled::Nothing => add(40, 0, upos, 0),
        Ruled::Deed(kind, entry) => {
            add(41, kind as u32, 0, 0);
            add(42, kind as u32, own, 0);
            add(43, entry as u32, 0, 0);
            add(44, kind as u32, relation, upos);
        }
        Ruled::Part(kind) => {
            add(45, kind as u32, 0, 0);
            add(46, kind as u32, own, 0);
            add(47, kind as u32, relation, upos);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
