//! Words to analysed sentences: tags, lemmas, trees and names by one small network.
//!
//! ```text
//! forms ─ features ─ encoder ┬ tags ─ lemma
//!                            ├ arcs ─ decode (one-root tree)
//!                            ├ relations
//!                            └ names
//! ```
//!
//! [`parse_tokens`] is the whole interface: give it a text and its tokens, sentence by sentence.

mod again;
mod agree;
pub mod clusters;
pub mod conllu;
pub mod decode;
pub mod encoder;
pub mod features;
mod fronted;
mod kernel;
mod known;
pub mod lemma;
pub mod model;
pub mod names;
mod pairs;
pub mod product;
mod settle;
pub mod store;

use std::cell::RefCell;

use crate::{
    Sentence, Span, Token,
    labels::{Relation, Upos, Xpos},
};
use encoder::{Piece, Workspace};
use model::Model;

/// Longest stretch of words that is parsed as one tree; a longer sentence is parsed in stretches, each later one
/// hanging from the first as `parataxis`, so that time stays linear in length.
const LONGEST_PIECE: usize = 192;

/// Marks without a letter or digit among them that may still mean something (":-)", "* * *"); of more nobody learns anything.
const MARKS: usize = 20;

/// Words analysed at once.
const BATCH: usize = 128;

/// Analyses sentences whose words are known: every token gets its tags, lemma, head and relation, every sentence its
/// names. `sentences` are as [`crate::text::split`] returns them: a token is its place in `text` and whether it is written
/// as one word with the token before it ("n't").
///
/// Sentences without tokens come back empty, in their place. The sentences are taken as those of one report, whose
/// names agree with each other. The answer is the same on every machine.
///
/// ```
/// use demarche_core::{parse::parse_tokens, Span};
/// let words = [(0, 3), (4, 9), (10, 14), (14, 15)].map(|(start, end)| (Span::new(start, end), false));
/// let sentences = parse_tokens("The envoy left.", &[words.to_vec()]);
/// assert_eq!(sentences[0].tokens.len(), 4);
/// assert_eq!(sentences[0].tokens.iter().filter(|token| token.head.is_none()).count(), 1);
/// ```
pub fn parse_tokens(text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<Sentence> {
    parse_with(Model::built_in(), text, sentences)
}

/// Cuts a text into sentences and analyses them.
///
/// ```
/// let text = "India closed the border. Pakistan protested.";
/// let sentences = demarche_core::parse(text);
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn parse(text: &str) -> Vec<Sentence> {
    parse_tokens(text, &crate::text::split(text))
}

/// The lemma that a form inside a sentence has with a tag: for words whose tag is put right later.
pub(crate) fn lemma(form: &str, xpos: Xpos) -> String {
    Model::built_in().lemmas.lemma(form, xpos, false)
}

/// As [`parse_tokens`], with another model.
pub fn parse_with(model: &Model, text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<Sentence> {
    let mut out = part_with(model, text, sentences);
    agree(text, &mut out);
    out
}

/// Some sentences of a report, for themselves: the parts of a long report may be analysed side by side, and [`agree`]
/// makes them one.
///
/// ```
/// use demarche_core::{parse::{agree, parse_part, parse_tokens}, text};
/// let report = "India closed the border. Pakistan protested.";
/// let tokens = text::split(report);
/// let mut parts = [parse_part(report, &tokens[..1]), parse_part(report, &tokens[1..])].concat();
/// agree(report, &mut parts);
/// assert_eq!(parts, parse_tokens(report, &tokens));
/// ```
pub fn parse_part(text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<Sentence> {
    part_with(Model::built_in(), text, sentences)
}

/// Lets the names of a whole report agree with each other.
pub fn agree(text: &str, sentences: &mut [Sentence]) {
    agree::names(text, sentences);
}

fn part_with(model: &Model, text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<Sentence> {
    let firsts = again::firsts(text, sentences);
    let new = |&(at, _): &(usize, &Vec<_>)| firsts[at] == at;
    let distinct: Vec<&[(Span, bool)]> =
        sentences.iter().enumerate().filter(new).map(|(_, words)| words.as_slice()).collect();
    let mut analysed = each(model, text, &distinct).into_iter();
    let mut out: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for (at, &first) in firsts.iter().enumerate() {
        if first < at {
            out.push(again::moved(&out[first], sentences[at][0].0.start));
        } else if let Some(mut sentence) = analysed.next() {
            if let Some(last) = fronted::place(text, &sentences[at]) {
                let two = fronted::read(&sentences[at], last, |parts| each(model, text, parts));
                sentence = two.unwrap_or(sentence);
            }
            settle::names(text, &mut sentence);
            out.push(sentence);
        }
    }
    out
}

thread_local! {
    /// The memory of the parses of this thread and the model they are of: fresh memory for every report costs as much as
    /// the parse itself.
    static WORKSPACE: RefCell<(usize, Workspace)> = RefCell::default();
}

/// Every sentence for itself.
fn each(model: &Model, text: &str, sentences: &[&[(Span, bool)]]) -> Vec<Sentence> {
    WORKSPACE.with_borrow_mut(|(of, workspace)| {
        if *of != model.id {
            (*of, *workspace) = (model.id, Workspace::default());
        }
        each_in(workspace, model, text, sentences)
    })
}

fn each_in(workspace: &mut Workspace, model: &Model, text: &str, sentences: &[&[(Span, bool)]]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(sentences.len());
    let mut pieces = Vec::new();
    let mut first = 0;
    while first < sentences.len() {
        if marks_alone(text, sentences[first]) {
            out.push(row_of_marks(text, sentences[first]));
            first += 1;
            continue;
        }
        // At least one sentence, then as many as fit.
        workspace.clear();
        pieces.clear();
        let mut last = first;
        while last < sentences.len()
            && (last == first
                || workspace.len() + sentences[last].len() <= BATCH && !marks_alone(text, sentences[last]))
        {
            add_sentence(model, text, sentences[last], workspace, &mut pieces);
            last += 1;
        }
        workspace.run(model, &pieces);
        let (mut word, mut piece) = (0, 0);
        for tokens in &sentences[first..last] {
            let end = word + tokens.len();
            let upto = piece + pieces[piece..].iter().take_while(|p| p.start < end).count();
            out.push(sentence(model, text, tokens, workspace, &pieces[piece..upto]));
            (word, piece) = (end, upto);
        }
        first = last;
    }
    out
}

/// True for a long row of marks: a ruler, a table of dots, what is no text.
fn marks_alone(text: &str, tokens: &[(Span, bool)]) -> bool {
    let mark = |(span, _): &(Span, bool)| !span.of(text).contains(char::is_alphanumeric);
    tokens.len() > MARKS && tokens.iter().all(mark)
}

/// Marks that hang from the first of them.
fn row_of_marks(text: &str, tokens: &[(Span, bool)]) -> Sentence {
    // Superfluous punctuation, in the tags of the Penn Treebank.
    let xpos = Xpos::from_name("NFP");
    let token = |(i, &(span, clitic)): (usize, &(Span, bool))| Token {
        span,
        lemma: span.of(text).to_owned(),
        upos: Upos::Punct,
        xpos,
        head: (i > 0).then_some(0),
        relation: if i > 0 { Relation::Punct } else { Relation::Root },
        certainty: 1.0,
        label_certainty: 1.0,
        clitic,
    };
    let (first, last) = (tokens[0].0, tokens[tokens.len() - 1].0);
    Sentence { span: first.cover(last), tokens: tokens.iter().enumerate().map(token).collect(), entities: Vec::new() }
}

/// Puts the words of a sentence into the batch and cuts it into pieces.
fn add_sentence(
    model: &Model,
    text: &str,
    tokens: &[(Span, bool)],
    workspace: &mut Workspace,
    pieces: &mut Vec<Piece>,
) {
    let style = features::style(tokens.iter().map(|(span, _)| span.of(text)));
    let base = workspace.len();
    for (span, _) in tokens {
        workspace.push(model, span.of(text));
    }
    let mut start = 0;
    while start < tokens.len() {
        let mut end = tokens.len();
        if end - start > LONGEST_PIECE {
            // After the last stop or comma in the second half of the window, else anywhere.
            let window = start + LONGEST_PIECE / 2..start + LONGEST_PIECE;
            let cut = |marks: &[&str]| window.clone().rev().find(|&i| marks.contains(&tokens[i].0.of(text)));
            end = cut(&[".", "!", "?", ";"]).or_else(|| cut(&[",", ":", ")"])).map_or(start + LONGEST_PIECE, |i| i + 1);
        }
        pieces.push(Piece { start: base + start, end: base + end, style });
        start = end;
    }
}

/// Reads a sentence out of the batch.
fn sentence(model: &Model, text: &str, tokens: &[(Span, bool)], workspace: &Workspace, pieces: &[Piece]) -> Sentence {
    let (Some(first), Some(last), Some(first_piece)) = (tokens.first(), tokens.last(), pieces.first()) else {
        return Sentence::default();
    };
    let base = first_piece.start;
    let expected_everywhere = matches!(first_piece.style, features::Style::Title | features::Style::Capitals);
    let mut root = None;
    let mut out = Vec::with_capacity(tokens.len());
    let mut before_word = true;
    for piece in pieces {
        for at in piece.start..piece.end {
            let analysis = workspace.analyses[at];
            let (span, clitic) = tokens[at - base];
            let form = span.of(text);
            let (upos, xpos) = model.tags[usize::from(analysis.tag)];
            let (head, relation) = match (analysis.head as usize, root) {
                (0, None) => {
                    root = Some(at - base);
                    (None, Relation::Root)
                }
                (0, Some(root)) => (Some(root), Relation::Parataxis),
                (head, _) => (Some(piece.start - base + head - 1), model.relations[usize::from(analysis.relation)]),
            };
            out.push(Token {
                span,
                lemma: model.lemmas.lemma(form, xpos, expected_everywhere || before_word),
                upos,
                xpos,
                head,
                relation,
                certainty: analysis.certainty,
                label_certainty: analysis.label_certainty,
                clitic,
            });
            before_word &= !form.chars().any(char::is_alphanumeric);
        }
    }
    pairs::hang(text, &mut out);
    let rows = &workspace.names[base * workspace.name_width..][..tokens.len() * workspace.name_width];
    let entities = names::entities(model, rows, workspace.name_width, &out);
    Sentence { span: first.0.cover(last.0), tokens: out, entities }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<(Span, bool)> {
        let mut at = 0;
        let mut out = Vec::new();
        for word in text.split(' ') {
            out.push((Span::new(at, at + word.len()), false));
            at += word.len() + 1;
        }
        out
    }

    fn roots(sentence: &Sentence) -> usize {
        sentence.tokens.iter().filter(|t| t.head.is_none()).count()
    }

    #[test]
    fn a_sentence_has_one_root_however_long() {
        for n in [1, 2, 191, 192, 193, 700, 5000] {
            let text = vec!["word"; n].join(" ");
            let sentence = &parse_tokens(&text, &[words(&text)])[0];
            assert_eq!((sentence.tokens.len(), roots(sentence)), (n, 1));
        }
    }

    #[test]
    fn the_company_of_other_sentences_changes_nothing() {
        let text = "The minister denied the report . He left Vienna . Talks go on ,";
        let all = words(text);
        let parts = [&all[..6], &[], &all[6..10], &all[10..]];
        let together = each(Model::built_in(), text, &parts);
        for (i, part) in parts.into_iter().enumerate() {
            assert_eq!(each(Model::built_in(), text, &[part])[0], together[i]);
        }
    }

    #[test]
    fn a_sentence_said_again_is_analysed_as_the_first_time() {
        let text = "Kenya hit Chad . Chad denied it . Kenya hit Chad . Kenya hit Chad .";
        let all = words(text);
        let mut parts = [&all[..4], &all[4..8], &all[8..12], &[], &all[12..]].map(<[_]>::to_vec);
        let each_alone = |parts: &[Vec<(Span, bool)>]| -> Vec<Sentence> {
            parts.iter().flat_map(|part| parse_part(text, std::slice::from_ref(part))).collect()
        };
        assert_eq!(again::firsts(text, &parts), [0, 1, 0, 3, 0]);
        assert_eq!(parse_part(text, &parts), each_alone(&parts));
        // The same letters cut otherwise are another sentence.
        parts[2].splice(2..4, [(Span::new(44, 50), false)]);
        assert_eq!(again::firsts(text, &parts), [0, 1, 2, 3, 0]);
        assert_eq!(parse_part(text, &parts), each_alone(&parts));
    }

    #[test]
    fn a_long_row_of_marks_is_one_tree_and_leaves_its_neighbours_alone() {
        let text = format!("The minister left . {} He stayed", "( ".repeat(40).trim_end());
        let all = words(&text);
        let parts = [&all[..4], &all[4..44], &all[44..]];
        let together = parse_tokens(&text, &parts.map(<[_]>::to_vec));
        assert_eq!((together[1].tokens.len(), roots(&together[1])), (40, 1));
        assert!(together[1].tokens.iter().all(|token| token.upos == Upos::Punct && token.span.of(&text) == "("));
        for i in [0, 2] {
            assert_eq!(parse_tokens(&text, &[parts[i].to_vec()])[0], together[i]);
        }
    }

    #[test]
    fn odd_words_are_parsed_without_panic() {
        let text = "\u{0} 🙂 \u{200d} йцу ﷽ … — 1,2,3 ’ e\u{301}";
        assert_eq!(roots(&parse_tokens(text, &[words(text)])[0]), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_text_becomes_trees_whose_words_are_its_words(
            bits in proptest::collection::vec(proptest::sample::select(BITS), 0..60), noise in any::<String>()
        ) {
            let text = bits.concat() + &noise;
            let mut end = 0;
            for sentence in crate::parse(&text) {
                prop_assert_eq!(roots(&sentence), 1);
                for token in &sentence.tokens {
                    prop_assert!(token.span.start >= end && token.span.end > token.span.start);
                    prop_assert!(text.get(token.span.start as usize..token.span.end as usize).is_some());
                    end = token.span.end;
                }
                let inside = |entity: &crate::Entity| entity.first < entity.last && entity.last <= sentence.tokens.len();
                prop_assert!(sentence.entities.iter().all(inside));
            }
        }
    }

    /// Other scripts, marks alone, pictures, combining marks, joiners, U+0000, and news between them.
    const BITS: &[&str] = &[
        "Talks ",
        "failed ",
        "in Kabul ",
        "the U.S. ",
        "said ",
        "“",
        "”",
        "\"",
        ".",
        "...",
        "?!",
        "\n\n",
        "- ",
        "(",
        ")",
        "हमला ",
        "وزارة ",
        "议会",
        "👩\u{200D}👧",
        "🇮🇳",
        "e\u{301}",
        "\u{200D}",
        "\u{300}",
        "\u{0}",
        "\u{FFFD}",
        "\u{202E}",
        "1,000 ",
        "—",
        "''",
        "@",
        "http://a.b/c ",
        " ",
    ];
}
