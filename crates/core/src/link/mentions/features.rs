//! What linking looks at in a marked mention: its word, what hangs on it, the words around it.

use super::{
    Document, Words,
    synonyms::{SYNONYMS, Synonyms},
};
use crate::{
    labels::Upos,
    link::words::stem,
    sentence::{Sentence, Token},
    tree::Tree,
};
use std::collections::BTreeSet;

/// One mention.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Index of its document.
    pub document: usize,
    /// The word that tells the event, without its ending.
    pub word: u32,
    /// The same as written, for words whose dictionary form the parser misses.
    pub form: u32,
    /// Groups of words that news uses for one another.
    pub groups: BTreeSet<u32>,
    /// A word too thin to tell an event by: "take", "event".
    pub thin: bool,
    /// A word of saying.
    pub saying: bool,
    /// Words of who, what, where and how many.
    pub arguments: BTreeSet<u32>,
    /// Content words of its sentence.
    pub around: BTreeSet<u32>,
}

/// The features of every mention of a document. One that points at no token gets a word of its own.
pub fn features(number: usize, document: &Document, words: &mut Words) -> Vec<Features> {
    let of = |(place, (sentence, tokens)): (usize, &(usize, Vec<usize>))| {
        let sentence = document.sentences.get(*sentence);
        let known = |s: &&Sentence| !tokens.is_empty() && tokens.iter().all(|&t| t < s.tokens.len());
        let Some(sentence) = sentence.filter(known) else {
            let word = words.number(format!("\0{number} {place}"));
            return Features { document: number, word, form: word, ..Features::default() };
        };
        Features { document: number, ..one(&document.text, sentence, tokens, words) }
    };
    document.mentions.iter().enumerate().map(of).collect()
}

/// A word without its ending, lower-cased.
fn base(word: &str) -> String {
    stem(&word.to_lowercase())
}

fn one(text: &str, sentence: &Sentence, tokens: &[usize], words: &mut Words) -> Features {
    let tree = Tree::new(sentence);
    let lemma = |t: usize| base(&sentence.tokens[t].lemma);
    let table: &Synonyms = &SYNONYMS;
    let outside = |t: &&usize| tree.head(**t).is_none_or(|head| !tokens.contains(&head));
    let head = tokens.iter().filter(outside).min().or(tokens.iter().min()).copied().unwrap_or(0);
    let (mut word, form) = (lemma(head), base(sentence.form(text, head)));
    let mut groups = table.of(&word);
    groups.extend(table.of(&form));
    if tokens.len() > 1 {
        let joined: Vec<String> = tokens.iter().map(|&t| sentence.tokens[t].lemma.to_lowercase()).collect();
        groups.extend(table.of(&stem(&joined.join("-"))));
        // "make an offer": the noun tells it.
        let heavy = tokens.iter().rev().filter(|&&t| content(&sentence.tokens[t])).map(|&t| lemma(t));
        if let Some(other) = heavy.into_iter().find(|w| !table.thin(w)).filter(|_| table.thin(&word)) {
            groups = table.of(&other);
            word = other;
        }
    }
    let arguments = arguments(&tree, head, tokens);
    let told = |t: &Token| {
        use Upos::{Adj, Noun, Num, Propn, Verb};
        matches!(t.upos, Adj | Noun | Num | Propn | Verb)
    };
    let around = (0..sentence.tokens.len()).filter(|t| told(&sentence.tokens[*t]) && !tokens.contains(t));
    Features {
        document: 0,
        thin: table.thin(&word),
        saying: table.saying(&word),
        groups,
        arguments: arguments.into_iter().map(|t| words.number(lemma(t))).collect(),
        around: around.map(|t| words.number(lemma(t))).collect(),
        word: words.number(word),
        form: words.number(form),
    }
}

fn content(token: &Token) -> bool {
    !matches!(token.upos, Upos::Det | Upos::Punct | Upos::Adp | Upos::Pron | Upos::Aux)
}

/// The words of the phrases that hang on a mention; the subject may hang on a verb that it is joined to.
fn arguments(tree: &Tree, head: usize, tokens: &[usize]) -> BTreeSet<usize> {
    let phrase = |top: usize| {
        let part =
            move |&c: &usize| matches!(tree.relation(c).universal(), "compound" | "flat" | "amod" | "nummod" | "nmod");
        let words = std::iter::once(top).chain(tree.children(top).filter(part));
        words.filter(|&t| content(&tree.sentence.tokens[t])).collect::<Vec<_>>()
    };
    let free = |c: &usize| !tokens.contains(c);
    let mut out = BTreeSet::new();
    let mut up = head;
    let mut subject = false;
    for _ in 0..3 {
        for c in tree.children(up).filter(free).filter(|&c| tree.relation(c).universal() == "nsubj") {
            let patient = tree.relation(c).as_str() == "nsubj:pass";
            if patient || !subject {
                out.extend(phrase(c));
                subject |= !patient;
            }
        }
        match tree.head(up) {
            Some(above) if matches!(tree.relation(up).universal(), "conj" | "xcomp") => up = above,
            _ => break,
        }
    }
    for c in tree.children(head).filter(free) {
        let held = ["obj", "iobj", "obl", "nmod", "ccomp", "xcomp", "advcl", "compound", "amod", "nummod"];
        if held.contains(&tree.relation(c).universal()) {
            out.extend(phrase(c));
        }
    }
    out
}
