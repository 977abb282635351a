//! Direct speech told by its shape alone, whatever the verb: “…,” he retaliated. “…,” snapped the envoy. She cracked, “…”

use super::{
    Cues, Draft,
    quoted::{is_gap, is_name, stands_apart},
    quotes::Quote,
    source,
};
use crate::{
    claim::Stance,
    labels::{Relation, Upos},
    sentence::Sentence,
    span::Span,
    tree::Tree,
};

/// How many words behind a quotation are looked at.
const REACH: usize = 14;

/// The number of the draft that the words beside a quotation make; a new one is added where the verb has none.
pub fn find(
    text: &str,
    sentences: &[Sentence],
    paragraph: Span,
    quote: &Quote,
    cues: &Cues,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    let found = behind(text, sentences, paragraph, quote, cues).or_else(|| ahead(text, sentences, quote))?;
    let sentence = &sentences[found.sentence];
    let lemma = sentence.tokens[found.verb].lemma.as_str();
    let listed = cues.verb(lemma).iter().find(|cue| cue.quote);
    let mut draft = Draft {
        sentence: found.sentence,
        token: found.verb,
        cue: sentence.tokens[found.verb].span,
        source: found.source,
        content: vec![],
        takes_quote: true,
        stance: listed.map_or(Stance::Asserts, |cue| cue.stance),
        statement: true,
    };
    let known = drafts.iter().position(|other| other.sentence == draft.sentence && other.token == draft.token);
    if let Some(number) = known {
        draft.cue = drafts[number].cue;
        drafts[number] = draft;
        return Some(number);
    }
    drafts.push(draft);
    Some(drafts.len() - 1)
}

struct Found {
    sentence: usize,
    verb: usize,
    source: Option<(Span, usize)>,
}

/// Behind a quotation that leaves the sentence open: a speaker and a verb, or a verb and a speaker.
fn behind(text: &str, sentences: &[Sentence], paragraph: Span, quote: &Quote, cues: &Cues) -> Option<Found> {
    let inner = quote.span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !",?!…".contains(c));
    let comma = inner.ends_with(',') || text[quote.span.end as usize..].starts_with(',');
    if !(comma || inner.ends_with(['?', '!', '…'])) || !stands_apart(text, paragraph, quote) {
        return None;
    }
    let number = sentences.partition_point(|sentence| sentence.span.end <= quote.span.end);
    let sentence = sentences.get(number)?;
    let tokens = &sentence.tokens;
    let is_word = |t: &usize| tokens[*t].span.of(text).starts_with(char::is_alphanumeric);
    let start = (0..tokens.len()).find(|&t| tokens[t].span.start >= quote.span.end && is_word(&t))?;
    if !is_gap(text, quote.span.end, tokens[start].span.start, false) {
        return None;
    }
    let end = (start..tokens.len().min(start + REACH)).find(|&t| tokens[t].upos == Upos::Punct);
    let end = end.unwrap_or(tokens.len().min(start + REACH));
    let nominal = |t: &usize| {
        use Upos::{Adj, Det, Noun, Num, Pron, Propn};
        matches!(tokens[*t].upos, Adj | Det | Noun | Num | Pron | Propn) || tokens[*t].xpos.as_str() == "POS"
    };
    let named = |t: &usize| matches!(tokens[*t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let tag = |t: usize| tokens[t].xpos.as_str();
    let verb_first = tokens[start].upos == Upos::Verb && matches!(tag(start), "VBD" | "VBN" | "VBZ");
    if verb_first {
        let listed = cues.verb(&tokens[start].lemma).iter().any(|cue| cue.quote);
        let last = (start + 1..end).take_while(nominal).last()?;
        let head = (start + 1..=last).rfind(named)?;
        let first = &tokens[start + 1];
        let time = first.relation == Relation::OblUnmarked || matches!(first.lemma.as_str(), "this" | "that" | "last");
        let whole = listed || (comma && first.upos != Upos::Adj && !is_name(text, quote));
        let source = first.span.cover(tokens[last].span);
        return (whole && !time).then_some(Found { sentence: number, verb: start, source: Some((source, head)) });
    }
    let last = (start..end).take_while(nominal).last()?;
    let head = (start..=last).rfind(named)?;
    let verb = (last + 1..end).find(|&t| tokens[t].upos != Upos::Adv)?;
    let ends = verb + 1 == end;
    // A past tense may be tagged as a participle where nothing stands behind it.
    let finite = matches!(tag(verb), "VBD" | "VBZ" | "VBP") || (ends && comma && tag(verb) == "VBN");
    if tokens[verb].upos != Upos::Verb || !finite {
        return None;
    }
    let open = || matches!(tokens[verb + 1].upos, Upos::Adp | Upos::Adv | Upos::Sconj);
    let capital = tokens[start].span.of(text).starts_with(char::is_uppercase);
    let fits = if comma { ends || (open() && !is_name(text, quote)) } else { ends && !capital };
    let source = tokens[start].span.cover(tokens[last].span);
    fits.then_some(Found { sentence: number, verb, source: Some((source, head)) })
}

/// Right before a quotation that begins like a sentence: a verb and a comma.
fn ahead(text: &str, sentences: &[Sentence], quote: &Quote) -> Option<Found> {
    let inner = quote.span.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    if !inner.starts_with(char::is_uppercase) || inner.split_whitespace().count() < 3 || is_name(text, quote) {
        return None;
    }
    let comma = text[..quote.span.start as usize].trim_end().strip_suffix(',')?.len() as u32;
    let number = sentences.partition_point(|sentence| sentence.span.end <= comma);
    let sentence = sentences.get(number)?;
    let mark = sentence.tokens.iter().position(|token| token.span.start == comma)?;
    let verb = mark.checked_sub(1)?;
    let token = &sentence.tokens[verb];
    if token.upos != Upos::Verb || !matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "VBG") {
        return None;
    }
    let tree = Tree::new(sentence);
    let who = source::of_verb(&tree, verb, false)?;
    let source = Some((tree.span(&who.tokens)?, who.head));
    Some(Found { sentence: number, verb, source })
}
