//! Where sentences end: what the layout settles, then a linear model.

use super::{
    boundary::{COUNT, Class, Gaps, score},
    enumerators::Enumerators,
    lines::Lines,
    shapes,
    tokens::Piece,
};
use crate::span::Span;

/// Words after which what still has not ended is a list or a table rather than a sentence, and is cut: next to a
/// comma or the like if there is one, anywhere at [`LONGEST`]. Coding a sentence takes the square of its length.
const LONG: usize = 150;

/// Words that no sentence has more of.
const LONGEST: usize = 200;

/// What can be said of a gap without the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ends,
    GoesOn,
    Ask,
}

/// Groups the words of `text` into sentences.
pub fn sentences(text: &str, pieces: &[Piece]) -> Vec<Vec<(Span, bool)>> {
    let mut out = vec![];
    let mut sentence: Vec<(Span, bool)> = vec![];
    walk(text, pieces, |piece, ends, features| {
        sentence.push((Span::new(piece.start, piece.end), piece.clitic));
        let ends = ends.unwrap_or_else(|| score(demarche_data::SPLITTER, features) > -12);
        if ends {
            part_stop(text, &mut sentence);
            out.push(std::mem::take(&mut sentence));
        }
        ends
    });
    out
}

/// What the trainer learns from: the features of every gap that the layout does not settle, with whether a sentence
/// ends there. `ends` tells it for the end of a word, in bytes.
pub fn examples(text: &str, ends: impl Fn(usize) -> bool) -> Vec<([u32; COUNT], bool)> {
    let mut out = vec![];
    walk(text, &super::tokens::tokens(text), |piece, settled, features| {
        let truth = ends(piece.end);
        if settled.is_none() {
            out.push((*features, truth));
        }
        truth
    });
    out
}

/// Goes from word to word. `step` gets each, with whether a sentence ends after it where that is settled, else with
/// the features, and answers whether it does.
fn walk(text: &str, pieces: &[Piece], mut step: impl FnMut(Piece, Option<bool>, &[u32; COUNT]) -> bool) {
    let gaps = Gaps::new(text, pieces);
    let lines = Lines::new(text);
    let mut enumerators = Enumerators::default();
    let (mut start, mut open, mut depth) = (0, false, 0u32);
    for (i, &piece) in pieces.iter().enumerate() {
        match gaps.class(i) {
            Class::OpenQuote => open = true,
            Class::CloseQuote => open = false,
            Class::OpenBracket => depth += 1,
            Class::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if i + 1 == pieces.len() {
            step(piece, Some(true), &[0; COUNT]);
            return;
        }
        let verdict = if cut(gaps.class(i), gaps.class(i + 1), i + 1 - start) {
            Verdict::Ends
        } else {
            verdict(&gaps, &lines, &mut enumerators, i, start, pieces)
        };
        let ended = match verdict {
            Verdict::Ends => step(piece, Some(true), &[0; COUNT]),
            Verdict::GoesOn => step(piece, Some(false), &[0; COUNT]),
            Verdict::Ask => step(piece, None, &gaps.features(i, start, u32::from(open) | depth.min(1) << 1)),
        };
        if ended {
            start = i + 1;
            depth = 0;
        }
        if gaps.blank_line(i) {
            open = false;
            enumerators = Enumerators::default();
        }
    }
}

/// Whether what has `words` words so far has to be cut here.
fn cut(here: Class, next: Class, words: usize) -> bool {
    let pause = matches!(here, Class::Comma | Class::Semicolon | Class::Dash | Class::CloseBracket);
    next != Class::Clitic && (words >= LONGEST || words >= LONG && pause)
}

fn verdict(
    gaps: &Gaps,
    lines: &Lines,
    enumerators: &mut Enumerators,
    i: usize,
    start: usize,
    pieces: &[Piece],
) -> Verdict {
    if gaps.blank_line(i) {
        return Verdict::Ends;
    }
    let (here, next) = (gaps.class(i), gaps.class(i + 1));
    let gap = gaps.gap(i);
    if next == Class::Clitic {
        return Verdict::GoesOn;
    }
    if gap.contains(['\n', '\r']) {
        let wrapped = lines.wrapped(pieces[i].end - 1, gaps.form(i + 1).len());
        let goes_on = matches!(here, Class::Comma | Class::Dash | Class::OpenBracket | Class::OpenQuote)
            || next == Class::Lower && (!gaps.unpunctuated(i) || LEADING.contains(&gaps.form(i)));
        if !wrapped && !goes_on {
            return Verdict::Ends;
        }
    }
    if here == Class::Title {
        return Verdict::GoesOn;
    }
    // A short mark in square brackets ("[12]") belongs to what it stands before.
    if gaps.form(i) == "]" && gaps.form(start) == "[" && i - start < 8 {
        return Verdict::GoesOn;
    }
    if gap.is_empty() {
        let closed =
            matches!(here, Class::CloseQuote | Class::CloseBracket | Class::Stop | Class::Question | Class::Ellipsis);
        let starts = matches!(next, Class::Capital | Class::Capitals | Class::OpenQuote | Class::OpenBracket);
        return if closed && starts { Verdict::Ask } else { Verdict::GoesOn };
    }
    if let Some(ends) = enumerators.settle(gaps, i, start).or_else(|| shapes::settle(gaps, i, start)) {
        return if ends { Verdict::Ends } else { Verdict::GoesOn };
    }
    // A stop that the tokenizer set apart belongs to no abbreviation: before a capital it ends a sentence.
    if here == Class::Stop && gaps.form(i + 1).chars().next().is_some_and(char::is_uppercase) {
        return Verdict::Ends;
    }
    match next {
        Class::Stop | Class::Comma | Class::Semicolon | Class::CloseBracket => Verdict::GoesOn,
        _ => Verdict::Ask,
    }
}

/// Words that lead on to the next line, however short their own.
const LEADING: &[&str] = &[
    "the", "a", "an", "of", "to", "and", "or", "in", "on", "at", "by", "for", "with", "from", "that", "which", "is",
    "are", "was", "were", "has", "have", "had", "will", "would", "as", "its", "their", "his", "her", "but", "not",
    "be", "into", "over", "than",
];

/// The treebanks part the stop of an abbreviation that ends a sentence ("etc" "."), and keep that of an initialism.
fn part_stop(text: &str, sentence: &mut Vec<(Span, bool)>) {
    let Some(&(last, clitic)) = sentence.last() else { return };
    let word = last.of(text);
    let Some(stem) = word.strip_suffix('.') else { return };
    let initialism = stem.contains('.') && stem.chars().any(char::is_uppercase);
    if stem.is_empty() || initialism || !stem.ends_with(char::is_alphanumeric) {
        return;
    }
    sentence.pop();
    let cut = last.end as usize - 1;
    sentence.push((Span::new(last.start as usize, cut), clitic));
    sentence.push((Span::new(cut, last.end as usize), false));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONG, LONGEST};
    use crate::text::split;

    /// The sentences as their words were written, white space made one blank.
    fn cut(text: &str) -> Vec<String> {
        let lines = split(text);
        let whole = lines.iter().map(|words| words[0].0.cover(words[words.len() - 1].0).of(text));
        whole.map(|sentence| sentence.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// `‖` marks where sentences end.
    fn holds(marked: &str) {
        let wanted: Vec<String> =
            marked.split('‖').map(|sentence| sentence.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(cut(&marked.replace('‖', "")), wanted);
    }

    #[test]
    fn ranks_initials_and_abbreviations_end_nothing() {
        holds("Lt. Gen. A. R. Chaudhry met Adm. J. Roe Jr. at 5 p.m. on Jan. 5. ‖They left.");
        holds("No. 3 Brigade of St. Marks, e.g. in the U.S. Army, paid Rs. 100 vs. 200.");
        holds("He works for the U.S. Government, she for the U.N. Security Council.");
    }

    #[test]
    fn an_abbreviation_before_the_first_word_of_a_sentence_ends_one() {
        holds("The envoys flew to the U.S. ‖They stayed in Washington, D.C. ‖In the evening they left.");
        holds("They met at 5 p.m. ‖Mr. Roe was late. ‖\"We wait.\" ‖Gen. Doe did not.");
    }

    #[test]
    fn a_sentence_may_begin_with_an_initialism() {
        holds("It came from the United States. ‖ U.S. officials declined to comment.");
    }

    #[test]
    fn a_dateline_belongs_to_what_follows() {
        holds("NEW DELHI, India — Tensions rose. ‖ISLAMABAD says no.");
        holds("KABUL: Both sides met.");
        holds("GENEVA (Agency) - Talks failed.");
    }

    #[test]
    fn quotations_may_hold_several_sentences() {
        holds("\"We will not bow,\" he said. ‖\"We are ready. ‖We wait.\" ‖She left.");
        holds("“It is a dark day. ‖We must act!” he said… ‖Then he left.");
        holds("He left. ‖(They never told us.) ‖\"Why?\" she asked.");
    }

    #[test]
    fn headlines_bullets_and_numbered_items_stand_alone() {
        holds("Guards exchange fire as talks stall\n‖Envoys to meet again\n\n‖The talks failed.");
        holds("Key points:\n‖• India closed a post\n‖• Both expelled diplomats");
        holds("1. The treaty is suspended 2. Visas are cancelled".replace(" 2.", " ‖2.").as_str());
        holds("(a) The treaty. ‖(b) The visas.");
    }

    #[test]
    fn a_mark_in_square_brackets_begins_a_sentence() {
        holds("[3][note:5] Both sides agree. ‖They met.");
    }

    #[test]
    fn wrapped_lines_go_on() {
        holds(
            "Officials in the capital said on Tuesday that they had held two\nIndian men who were suspected of it, \
             and that they would be\ncharged. ‖The men were not named.",
        );
    }

    #[test]
    fn what_never_ends_is_cut_at_its_commas() {
        let list = split(&"Mali, Niger, ".repeat(500));
        assert!(list.len() > 2000 / LONG - 1, "{}", list.len());
        assert!(list.iter().all(|sentence| sentence.len() <= LONGEST && sentence.len() % 2 == 0));
        assert!(split(&"word ".repeat(5_000)).iter().all(|sentence| sentence.len() <= LONGEST));
    }

    #[test]
    fn the_stop_of_a_final_abbreviation_is_a_word_and_that_of_an_initialism_is_not() {
        let words = |text: &str| split(text)[0].iter().map(|(span, _)| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(words("They sent tents etc."), ["They", "sent", "tents", "etc", "."]);
        assert_eq!(words("They left the U.S."), ["They", "left", "the", "U.S."]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn every_word_is_in_one_sentence_in_order(
            bits in proptest::collection::vec(proptest::sample::select(BITS), 0..40), noise in any::<String>()
        ) {
            for text in [bits.concat(), noise] {
                let mut at = 0;
                for sentence in split(&text) {
                    prop_assert!(!sentence.is_empty() && !sentence[0].1);
                    for (span, _) in sentence {
                        prop_assert!(span.start as usize >= at && !span.is_empty());
                        prop_assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
                        at = span.end as usize;
                    }
                }
            }
        }
    }

    const BITS: &[&str] = &[
        "The ",
        "envoy ",
        "é",
        "Déjà ",
        "U.S. ",
        "Gen. ",
        "a.m. ",
        ". ",
        ".",
        ". . . ",
        "... ",
        "?! ",
        ": ",
        "— ",
        "-- ",
        "\"",
        "“",
        "” ",
        "'",
        "’s ",
        "(",
        ") ",
        "[",
        "]",
        "1. ",
        "2) ",
        "(b) ",
        "iii. ",
        "• ",
        "\n",
        "\n\n",
        " ",
        "NEW DELHI",
        "don't ",
        "…",
        "।",
        "👍",
        "\u{0}",
        "\u{300}",
        ",",
        "etc. ",
    ];

    // A test of time needs a clock; nothing that is shipped reads one.
    #[allow(clippy::disallowed_methods)]
    #[test]
    fn a_sentence_of_any_length_and_ten_thousand_brackets_take_linear_time() {
        for unit in ["word ", "( ", "\" ", ". ", ".", "1. ", "• ", "A", "(a) ", "\n", "- ", "Gen. ", "a\n"] {
            let text = unit.repeat(100_000);
            // A rule that looked back or ahead without bound would take minutes here.
            assert!(split(&text).len() <= text.len(), "{unit:?}");
        }
    }
}
