//! Verbs of saying beside a quotation that the tagger took for plural nouns: “…,” Rubio notes.

use super::{Cues, Draft, quotes::Quote};
use crate::{
    labels::Upos,
    sentence::{Sentence, Token},
    span::Span,
};

/// Longest speaker, in tokens.
const LONGEST: usize = 6;

/// Adds a draft for each such verb of the sentence.
pub fn find(text: &str, number: usize, sentence: &Sentence, quotes: &[Quote], cues: &Cues, drafts: &mut Vec<Draft>) {
    for (at, token) in sentence.tokens.iter().enumerate() {
        if token.upos == Upos::Noun && token.xpos.as_str() == "NNS" && at > 0 {
            drafts.extend(at_noun(text, number, sentence, at, quotes, cues));
        }
    }
}

fn at_noun(text: &str, number: usize, sentence: &Sentence, at: usize, quotes: &[Quote], cues: &Cues) -> Option<Draft> {
    let tokens = &sentence.tokens;
    let lemma = tokens[at].lemma.as_str();
    let cue = cues.verb(lemma).iter().find(|cue| cue.quote && follows(tokens, at, &cue.rest))?;
    let end = at + 1 + cue.rest.len();
    let closing = |token: &Token| ends_quote(quotes, token.span);
    let next = tokens.get(end).map(|token| token.span.of(text));
    // From the quotation, or from the head of the sentence, up to the verb stands the speaker.
    let first = tokens[..at].iter().rposition(closing).map_or(0, |quote| quote + 1);
    let after_quote = first > 0
        || quotes
            .iter()
            .any(|quote| quote.span.end <= sentence.span.start && gap(text, quote.span.end, sentence.span.start));
    let beside = match next {
        None | Some("." | ",") => after_quote,
        Some(":") => {
            tokens.get(end + 1).is_some_and(|token| quotes.iter().any(|quote| quote.span.start == token.span.start))
        }
        _ => false,
    };
    let speaker = &tokens[first..at];
    let plain = |token: &Token| matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num);
    let named = |token: &Token| matches!(token.upos, Upos::Propn | Upos::Noun);
    if !beside || speaker.is_empty() || speaker.len() > LONGEST || !speaker.iter().all(plain) {
        return None;
    }
    let head = first + speaker.iter().rposition(named)?;
    Some(Draft {
        sentence: number,
        token: at,
        cue: tokens[at].span.cover(tokens[end - 1].span),
        source: Some((speaker[0].span.cover(speaker[speaker.len() - 1].span), head)),
        content: vec![],
        takes_quote: true,
        stance: cue.stance,
        statement: cue.statement,
    })
}

/// The further words of the cue stand right behind its verb.
fn follows(tokens: &[Token], at: usize, rest: &[String]) -> bool {
    rest.iter().enumerate().all(|(n, word)| tokens.get(at + 1 + n).is_some_and(|token| token.lemma == *word))
}

fn ends_quote(quotes: &[Quote], span: Span) -> bool {
    let at = quotes.partition_point(|quote| quote.span.end < span.end);
    quotes.get(at).is_some_and(|quote| quote.span.end == span.end)
}

/// Only blanks stand between.
fn gap(text: &str, from: u32, to: u32) -> bool {
    text.get(from as usize..to as usize).is_some_and(|gap| gap.chars().all(|c| c == ' '))
}
