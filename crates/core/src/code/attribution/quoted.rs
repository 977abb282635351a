//! Direct speech: which quotation belongs to which cue.

use super::{Draft, quotes::Quote, shared};
use crate::{sentence::Sentence, span::Span, tree::Tree};

/// For each quotation, the drafts that stand right after and right before it.
pub struct Links {
    after: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
}

impl Links {
    /// No link for any quotation yet.
    pub fn new(quotes: &[Quote]) -> Self {
        Self { after: vec![None; quotes.len()], before: vec![None; quotes.len()] }
    }

    /// Looks from the quotations around this sentence to its cues; `drafts` are those of the sentence, the first of
    /// which has the number `from`.
    pub fn note(&mut self, text: &str, tree: &Tree, sentence: usize, quotes: &[Quote], drafts: &[Draft], from: usize) {
        let span = tree.sentence.span;
        let tokens = &tree.sentence.tokens;
        let is_word = |t: &usize| tokens[*t].span.of(text).chars().any(char::is_alphanumeric);
        let quote_at = |t: usize| {
            let at = quotes.partition_point(|quote| quote.span.end <= tokens[t].span.start);
            quotes.get(at).filter(|quote| quote.span.start < tokens[t].span.end).map(|_| at)
        };
        let cue_above = |word: usize| {
            let mut at = Some(word);
            while let Some(here) = at {
                let draft = drafts.iter().position(|draft| draft.token == here && draft.takes_quote);
                if let Some(draft) = draft.filter(|_| quote_at(here).is_none()) {
                    return Some(from + draft);
                }
                at = tree.head(here);
            }
            debug_assert!(drafts.iter().all(|draft| draft.sentence == sentence));
            None
        };
        let near = |quote: &Quote| {
            let gap_after = quote.span.end <= span.start && is_gap(text, quote.span.end, span.start, false);
            let gap_before = span.end <= quote.span.start && is_gap(text, span.end, quote.span.start, true);
            (quote.span.touches(span) || gap_after, quote.span.touches(span) || gap_before)
        };
        let first = quotes.partition_point(|quote| quote.span.end + 4 < span.start);
        for (number, quote) in quotes.iter().enumerate().skip(first) {
            if quote.span.start > span.end + 4 {
                break;
            }
            let (ends_here, starts_here) = near(quote);
            if ends_here && quote.span.end < span.end {
                let next = (0..tokens.len()).find(|&t| tokens[t].span.start >= quote.span.end && is_word(&t));
                let free = next.filter(|&t| quote_at(t).is_none());
                if let Some(draft) = free.and_then(cue_above) {
                    self.after[number] = self.after[number].or(Some(draft));
                }
            }
            if starts_here && quote.span.start > span.start {
                let last = (0..tokens.len()).rfind(|&t| tokens[t].span.end <= quote.span.start && is_word(&t));
                let free = last.filter(|&t| quote_at(t).is_none());
                if let Some(draft) = free.and_then(cue_above) {
                    self.before[number] = Some(draft);
                }
            }
        }
    }
}

/// Only white space and marks stand between; over a line break only where `lines` allows it.
fn is_gap(text: &str, from: u32, to: u32, lines: bool) -> bool {
    let between = Span { start: from, end: to }.of(text);
    between.chars().all(|c| !c.is_alphanumeric()) && (lines || !between.contains('\n'))
}

/// Gives every quotation that is somebody's speech to a draft.
pub fn attach(
    text: &str,
    sentences: &[Sentence],
    paragraphs: &[Span],
    quotes: &[Quote],
    links: &Links,
    drafts: &mut [Draft],
) {
    let mut owner: Vec<Option<usize>> = vec![None; quotes.len()];
    for number in 0..quotes.len() {
        if quotes[number].goes_on {
            owner[number] = owner[number - 1];
            if let Some(draft) = owner[number] {
                add(&mut drafts[draft].content, quotes[number].span);
            }
            continue;
        }
        let quote = &quotes[number];
        owner[number] = holder(quote, drafts)
            .or_else(|| linked(text, quote, number, links, drafts))
            .or_else(|| continued(text, sentences, paragraphs, quotes, number, &owner, drafts));
        let Some(draft) = owner[number] else { continue };
        take(text, sentences, quote, &mut drafts[draft]);
    }
}

/// The draft with the least content that holds most of the quotation, or most of its part in the cue's sentence.
fn holder(quote: &Quote, drafts: &[Draft]) -> Option<usize> {
    let length = |draft: &Draft| draft.content.iter().map(|part| part.len()).sum::<usize>();
    let holds = |draft: &Draft| {
        let held: usize = draft.content.iter().map(|part| shared(*part, quote.span)).sum();
        !quote.span.touches(draft.cue) && held > 0 && (2 * held > quote.span.len() || 2 * held > length(draft))
    };
    let fits = drafts.iter().enumerate().filter(|(_, draft)| holds(draft));
    fits.min_by_key(|(_, draft)| (!draft.takes_quote, length(draft))).map(|(number, _)| number)
}

fn linked(text: &str, quote: &Quote, number: usize, links: &Links, drafts: &[Draft]) -> Option<usize> {
    let speech = is_speech(text, quote);
    let before = links.before[number].filter(|_| speech || is_introduced(text, quote));
    let after = links.after[number].filter(|_| speech);
    let empty = |draft: &usize| drafts[*draft].content.is_empty();
    match (before, after) {
        // "He said: “…”, adding …" against "After the raid, “…,” he said".
        (Some(before), Some(after)) if is_introduced(text, quote) && !empty(&after) => Some(before),
        (_, Some(after)) if speech => Some(after),
        (before, _) => before,
    }
}

/// A quotation that fills its sentence and has no cue goes on from the speech before it.
fn continued(
    text: &str,
    sentences: &[Sentence],
    paragraphs: &[Span],
    quotes: &[Quote],
    number: usize,
    owner: &[Option<usize>],
    drafts: &[Draft],
) -> Option<usize> {
    let quote = &quotes[number];
    if !is_speech(text, quote) {
        return None;
    }
    let last = number.checked_sub(1)?;
    let draft = owner[last]?;
    let sentence = sentences.get(drafts[draft].sentence)?;
    let gap = Span { start: quotes[last].span.end.min(quote.span.start), end: quote.span.start };
    if quotes[last].paragraph == quote.paragraph {
        // Between the two stands the cue with its source, and nothing else that could have another speaker.
        let here = gap.touches(drafts[draft].cue) || !gap.of(text).chars().any(char::is_alphanumeric);
        let one_sentence = sentences.iter().filter(|s| s.span.touches(gap)).count() <= 2;
        let _ = sentence;
        return (here && one_sentence).then_some(draft);
    }
    let whole = paragraphs.get(quote.paragraph)?;
    let fills = whole.end <= quote.span.end + 2 && quote.span.start == whole.start;
    (fills && quotes[last].paragraph + 1 == quote.paragraph).then_some(draft)
}

/// Words that could be spoken by themselves: they begin like a sentence, or end with the comma or stop of one.
fn is_speech(text: &str, quote: &Quote) -> bool {
    let inner =
        quote.span.of(text).trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '?' | '!' | '…'));
    let ends = inner.ends_with([',', '.', '?', '!', '…']) || text[quote.span.end as usize..].starts_with([',', '.']);
    let begins = inner.chars().next().is_some_and(|c| !c.is_lowercase());
    let words = inner.split_whitespace().count();
    (ends && (begins || words > 3)) || (begins && words > 5)
}

/// A comma or a colon stands before the quotation.
fn is_introduced(text: &str, quote: &Quote) -> bool {
    text[..quote.span.start as usize].trim_end().ends_with([',', ':'])
}

/// Adds a quotation to a draft. Where the content the tree gave is little more than the quotation, it is the quotation.
fn take(text: &str, sentences: &[Sentence], quote: &Quote, draft: &mut Draft) {
    let starts_sentence = sentences
        .get(sentences.partition_point(|sentence| sentence.span.end <= quote.span.start))
        .is_none_or(|sentence| !has_words(text, sentence.span.start, quote.span.start));
    let whole = (starts_sentence || is_introduced(text, quote)) && is_speech(text, quote);
    if whole {
        let outside = |part: &Span| !part.touches(quote.span) && !quoted_only(text, *part);
        draft.content.retain(|part| part.touches(quote.span) || !outside(part));
        for part in &mut draft.content {
            if part.touches(quote.span) {
                *part = quote.span;
            }
        }
        draft.content.dedup();
    }
    add(&mut draft.content, quote.span);
}

fn quoted_only(text: &str, part: Span) -> bool {
    part.of(text).starts_with(['“', '"', '\'', '‘', '«', '`', '„'])
}

fn has_words(text: &str, from: u32, to: u32) -> bool {
    from < to && Span { start: from, end: to }.of(text).chars().any(char::is_alphanumeric)
}

/// Adds a span, joined with those it touches.
fn add(content: &mut Vec<Span>, span: Span) {
    let mut whole = span;
    content.retain(|part| {
        let touches = part.touches(whole);
        if touches {
            whole = whole.cover(*part);
        }
        !touches
    });
    content.push(whole);
    content.sort_unstable();
}
