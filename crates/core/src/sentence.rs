//! Sentence: tokens, tags, tree and entities of one sentence of a report.

use crate::{
    labels::{Relation, Upos, Xpos},
    span::Span,
};

/// One syntactic word as Universal Dependencies counts them ("don't" is two).
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its letters in the report.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index in the sentence of the word it depends on; `None` for the root.
    pub head: Option<usize>,
    /// How it depends on it.
    pub relation: Relation,
    /// Probability the parser gives to the arc, 0 to 1.
    pub certainty: f32,
    /// Probability it gives to the relation, had the word this head, 0 to 1.
    pub label_certainty: f32,
    /// True when it is written as one word with the token before it ("n't" in "don't").
    pub clitic: bool,
}

/// Kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Per,
    /// An organisation, ministry, armed group, company, medium.
    Org,
    /// A place that is no polity: river, mountain, base, line.
    Loc,
    /// A country, region or city.
    Gpe,
    /// A nationality, religion or political group ("Indian", "Hindu").
    Norp,
    /// Any other name: treaty, operation, weapon, law, event.
    Misc,
}

impl EntityKind {
    /// The tag in the contract's output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Gpe => "GPE",
            Self::Norp => "NORP",
            Self::Misc => "MISC",
        }
    }
}

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its words.
    pub span: Span,
    /// First token, index in the sentence.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What it names.
    pub kind: EntityKind,
}

/// One sentence with its analysis. `tokens[i].head` points into the same list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// The words in order.
    pub tokens: Vec<Token>,
    /// The names in order, not overlapping.
    pub entities: Vec<Entity>,
}

impl Sentence {
    /// The letters of token `i`.
    pub fn form<'t>(&self, text: &'t str, i: usize) -> &'t str {
        self.tokens[i].span.of(text)
    }
}
