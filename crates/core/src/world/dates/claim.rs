//! The date of one claim among the dates of its sentence.

use super::value::bounds;
use crate::{
    claim::{DateMention, DatePrecision},
    span::Span,
    tree::Tree,
    world::attach,
};

/// The date that the act of token `trigger` is told with, or `None` where the sentence does not say.
///
/// Only the act's own clause and noun phrase count: a date beside the verb of saying is the date of the saying. Of
/// several the nearest counts, a day before a duration. "since 2019" and "between 2015 and 2018" widen the years of the
/// date layer to the interval that holds for the act.
pub fn of_claim(mentions: &[DateMention], text: &str, tree: &Tree, trigger: usize) -> Option<DateMention> {
    let sentence = tree.sentence.span;
    let from = mentions.partition_point(|date| date.span.end <= sentence.start);
    let here = mentions[from..].iter().take_while(|date| date.span.start < sentence.end);
    let best = here
        .enumerate()
        .filter(|(_, date)| !date.is_spell())
        .filter_map(|(i, date)| Some((attach::distance(tree, date.span, trigger)?, clock_only(&date.value), i)))
        .min()?;
    let at = from + best.2;
    Some(widened(mentions, at, text))
}

/// A time of day alone says less than a day.
fn clock_only(value: &str) -> bool {
    value.len() == 5 && value.as_bytes()[2] == b':'
}

/// The mention, or the interval that the words around it make of it.
fn widened(mentions: &[DateMention], at: usize, text: &str) -> DateMention {
    let date = &mentions[at];
    let word_before =
        |span: Span| text[..span.start as usize].split_whitespace().next_back().unwrap_or("").to_lowercase();
    let coarse = matches!(date.precision, DatePrecision::Year | DatePrecision::Month) && bounds(&date.value).is_some();
    if !coarse || date.value.contains('/') {
        return date.clone();
    }
    let interval = |span: Span, value: String| DateMention { span, value, precision: DatePrecision::Interval };
    let joins = |a: &DateMention, b: &DateMention| {
        let between = text.get(a.span.end as usize..b.span.start as usize).unwrap_or("").trim().to_lowercase();
        let intro = word_before(a.span);
        matches!(between.as_str(), "to" | "until" | "till" | "through" | "-" | "–" | "—")
            || between == "and" && intro == "between"
    };
    let pair = |a: &DateMention, b: &DateMention| interval(a.span.cover(b.span), format!("{}/{}", a.value, b.value));
    if let Some(next) = mentions.get(at + 1).filter(|next| next.precision == date.precision && joins(date, next)) {
        return pair(date, next);
    }
    if let Some(previous) =
        at.checked_sub(1).map(|i| &mentions[i]).filter(|p| p.precision == date.precision && joins(p, date))
    {
        return pair(previous, date);
    }
    match word_before(date.span).as_str() {
        "since" => interval(date.span, format!("{}/..", date.value)),
        "until" | "till" => interval(date.span, format!("../{}", date.value)),
        _ => date.clone(),
    }
}
