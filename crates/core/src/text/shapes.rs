//! What the shape of the words around a gap settles, where a treebank of the open web is a poor teacher: agency
//! datelines, abbreviations before the first word of a sentence, spaced ellipses, sentences in brackets.

use super::boundary::{Class, Gaps};

/// Words that, with a capital in the middle of a text, begin a sentence rather than a name.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "In",
    "On",
    "At",
    "But",
    "And",
    "Or",
    "So",
    "When",
    "While",
    "How",
    "What",
    "Who",
    "Why",
    "Where",
    "Which",
    "If",
    "As",
    "After",
    "Before",
    "Since",
    "Although",
    "Though",
    "However",
    "Meanwhile",
    "Both",
    "Some",
    "Many",
    "Most",
    "No",
    "Not",
    "Is",
    "Are",
    "Was",
    "Were",
    "Did",
    "Does",
    "Do",
    "Has",
    "Have",
    "Had",
    "Will",
    "Would",
    "Can",
    "Could",
    "Earlier",
    "Later",
    "Then",
    "For",
    "From",
    "By",
    "With",
];

/// Whether the sentence from word `start` ends after word `i`, where its shape tells.
pub fn settle(gaps: &Gaps, i: usize, start: usize) -> Option<bool> {
    let (here, next) = (gaps.class(i), gaps.class(i + 1));
    match here {
        Class::Initialism | Class::Abbreviation | Class::Enumerator => {
            let clock = matches!(gaps.form(i).to_ascii_lowercase().as_str(), "a.m." | "p.m.");
            if next == Class::Title && (clock || here == Class::Abbreviation) {
                return Some(i + 1 - start >= 5);
            }
            (STARTERS.contains(&gaps.form(i + 1)) && i + 1 - start >= 3).then_some(true)
        }
        Class::Stop if gaps.form(i) == "." => dots(gaps, i).or_else(|| (next == Class::Title).then_some(true)),
        Class::CloseQuote if next == Class::Title && i > 0 && gaps.class(i - 1) == Class::Stop => Some(true),
        Class::Colon | Class::Dash => dateline(gaps, i, start).then_some(false),
        Class::Question => inserted(gaps, i, start).then_some(false),
        Class::CloseBracket if next == Class::OpenQuote && i > 0 && gaps.class(i - 1) == Class::Stop => Some(true),
        _ => None,
    }
    .or_else(|| bracketed(gaps, i).then_some(true))
    .or_else(|| broken_off(gaps, i).then_some(true))
}

/// Three full stops apart by blanks leave words out and end nothing; a fourth ends the sentence: the first, where it is
/// written to its word, else the last.
fn dots(gaps: &Gaps, i: usize) -> Option<bool> {
    let dot = |at: usize| gaps.form(at) == ".";
    let first = (0..i).rev().take(4).take_while(|&at| dot(at) && !gaps.gap(at).is_empty()).last().unwrap_or(i);
    let last = (i + 1..gaps.len()).take(4).take_while(|&at| dot(at)).last().unwrap_or(i);
    let count = last + 1 - first;
    if count < 3 || last + 1 >= gaps.len() || gaps.blank_line(last) {
        return None;
    }
    let attached = first > 0 && gaps.gap(first - 1).is_empty();
    let follower = gaps.class(last + 1);
    let starts = matches!(follower, Class::Capital | Class::Capitals | Class::OpenQuote | Class::Number);
    Some(count >= 4 && starts && if attached { i == first } else { i == last })
}

/// "NEW DELHI, India —", "ISLAMABAD:", "WASHINGTON (Agency) -": the dateline belongs to the sentence after it.
fn dateline(gaps: &Gaps, i: usize, start: usize) -> bool {
    let opens = start == 0 || gaps.gap(start - 1).contains('\n');
    let named = |at: usize| {
        matches!(
            gaps.class(at),
            Class::Capitals
                | Class::Capital
                | Class::Comma
                | Class::OpenBracket
                | Class::CloseBracket
                | Class::Abbreviation
                | Class::Initialism
                | Class::Number
                | Class::Mark
        )
    };
    opens && gaps.class(start) == Class::Capitals && (1..=10).contains(&(i - start)) && (start..i).all(named)
}

/// "-- voila! -- you have": an exclamation between dashes ends nothing.
fn inserted(gaps: &Gaps, i: usize, start: usize) -> bool {
    gaps.class(i + 1) == Class::Dash
        && i + 2 < gaps.len()
        && gaps.class(i + 2) == Class::Lower
        && (start..i).rev().take(8).any(|at| gaps.class(at) == Class::Dash)
}

/// After a mark that ends a sentence, a bracket that holds whole sentences itself.
fn bracketed(gaps: &Gaps, i: usize) -> bool {
    let mut mark = i;
    while mark > 0 && gaps.class(mark) == Class::CloseQuote {
        mark -= 1;
    }
    if gaps.class(i + 1) != Class::OpenBracket || !matches!(gaps.class(mark), Class::Stop | Class::Question) {
        return false;
    }
    let close = (i + 2..gaps.len()).take(80).find(|&at| gaps.class(at) == Class::CloseBracket);
    close.is_some_and(|close| matches!(gaps.class(close - 1), Class::Stop | Class::Question))
}

/// A quotation that breaks off with a dash, and a new beginning.
fn broken_off(gaps: &Gaps, i: usize) -> bool {
    gaps.class(i) == Class::CloseQuote
        && i > 0
        && gaps.class(i - 1) == Class::Dash
        && STARTERS.contains(&gaps.form(i + 1))
}
