//! What a claim says, as words: its own without its parties, what it reports, what it is done to.

use super::{around::Around, words};
use crate::{
    claim::{Annotation, Claim},
    code::spot::circumstances,
    labels::{Relation as R, Upos},
    sentence::{Sentence, Token},
    span::Span,
    tree::Tree,
};

/// Steps in Brown's tree of classes after which words are used alike.
const BITS: u32 = 12;

/// The words of the claim without its parties: lemmas where the sentences are parsed, else the words as they stand.
pub(crate) fn content(around: &Around, c: &Claim) -> Vec<String> {
    let annotation = around.annotation;
    let text = &annotation.report.text;
    let names = around.parties_in(c.span);
    let a_name = |span: Span| {
        let parties = c.actors.iter().chain(&c.recipients);
        parties
            .into_iter()
            .any(|p| p.span.len() < c.span.len() && p.span.len() < 80 && p.span.touches(span) && c.span.holds(p.span))
            || names.iter().any(|n| n.touches(span))
    };
    match annotation.sentences.get(c.sentence) {
        Some(sentence) if !sentence.tokens.is_empty() => {
            let beside = [beside(around, c, sentence), circumstances(c, sentence)].concat();
            // Where the act stands for parties that nobody names, its word is still the act's.
            let parties = || c.actors.iter().chain(&c.recipients).map(|p| p.span).filter(|span| !c.act.holds(*span));
            // Of "unprovoked fire from Pakistan" the country is a party and the fire is not.
            let party = |t: &Token| {
                let capital = t.span.of(text).starts_with(char::is_uppercase);
                (t.upos == Upos::Propn || capital && t.upos == Upos::Adj) && parties().any(|span| span.holds(t.span))
            };
            let own = |t: &&Token| {
                c.span.holds(t.span)
                    && !party(t)
                    && !names.iter().any(|n| n.touches(t.span))
                    && !beside.iter().any(|b| b.holds(t.span))
            };
            let inside = sentence.tokens.iter().filter(own);
            inside.flat_map(|t| words::split(&t.lemma)).collect()
        }
        _ => {
            let mut out = Vec::new();
            let mut at = c.span.start as usize;
            for piece in c.span.of(text).split_inclusive(char::is_whitespace) {
                if !a_name(Span::new(at, at + piece.trim_end().len())) {
                    out.extend(words::split(piece));
                }
                at += piece.len();
            }
            out
        }
    }
}

/// What a word of saying alone reports: "The answer would be swift, **he warned**".
pub(super) fn reported(around: &Around, c: &Claim) -> Vec<String> {
    let said = around.said(c);
    let tokens = around.annotation.sentences.get(c.sentence).map_or(&[][..], |sentence| &sentence.tokens);
    let own = |t: &&Token| said.iter().any(|part| part.holds(t.span)) && !around.is_party(t.span);
    tokens.iter().filter(own).flat_map(|t| words::split(&t.lemma)).collect()
}

/// What it is done to: the object that the codebook found, else the one that the tree gives the word of the act.
pub(crate) fn object(annotation: &Annotation, c: &Claim) -> Option<Span> {
    if c.object.is_some() {
        return c.object;
    }
    let sentence = annotation.sentences.get(c.sentence).filter(|s| c.trigger < s.tokens.len())?;
    let tree = Tree::new(sentence);
    // "shut down the post" without a preposition is an object, whatever the parser took it for.
    let bare = |&t: &usize| t > c.trigger && tree.relation(t).universal() == "obl" && tree.child(t, R::Case).is_none();
    let child = tree.child(c.trigger, R::Obj).or_else(|| tree.child(c.trigger, R::NsubjPass));
    let child = child.or_else(|| tree.children(c.trigger).find(bare))?;
    let own = tree.subtree(child, |t| !matches!(tree.relation(t), R::AclRelcl | R::Conj));
    let span = sentence.tokens[*own.first()?].span.cover(sentence.tokens[*own.last()?].span);
    let party = c.actors.iter().chain(&c.recipients).any(|p| p.span.holds(span) || span == p.span);
    let day = c.date.as_ref().is_some_and(|date| date.span.touches(span));
    (!party && !day).then_some(span)
}

/// Claims that stand inside the words of this one and are no part of what it says: a coordinated or relative clause,
/// "closed the border" inside "both countries expelled diplomats, closed the border".
fn beside(around: &Around, c: &Claim, sentence: &Sentence) -> Vec<Span> {
    // What somebody is accused of, or thanked for, is what is said.
    let charged = |t: usize| {
        let tree = Tree::new(sentence);
        let mark = tree.child(t, R::Mark).or_else(|| tree.child(t, R::Case)).map(|m| tree.lemma(m));
        c.kind.verbal() && tree.head(t) == Some(c.trigger) && matches!(mark, Some("of" | "for" | "that"))
    };
    let part = |other: &Claim| {
        if charged(other.trigger) {
            return true;
        }
        let mut at = other.trigger;
        for _ in 0..sentence.tokens.len() {
            let Some(token) = sentence.tokens.get(at) else { return false };
            let apart =
                matches!(token.relation, R::Conj | R::Advcl | R::AclRelcl | R::Parataxis | R::Nsubj | R::NsubjPass);
            match token.head {
                _ if apart => return false,
                Some(head) if head == c.trigger => return true,
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    };
    let inside = |other: &&Claim| other.span != c.span && c.span.holds(other.span) && !other.span.touches(c.act);
    around.mates(c).filter(inside).filter(|other| !part(other)).map(|other| other.span).collect()
}

/// Classes of words that the words of a claim, and those of its sentence, are used like. Sorted.
pub(super) fn classes(annotation: &Annotation, c: &Claim) -> [Vec<u32>; 2] {
    let tokens = annotation.sentences.get(c.sentence).map_or(&[][..], |s| &s.tokens);
    let of = |all: bool| {
        let tells = |t: &&Token| matches!(t.upos, Upos::Noun | Upos::Verb | Upos::Adj) && (all || c.span.holds(t.span));
        let path = |t: &Token| {
            let chars: Vec<char> = t.lemma.chars().flat_map(char::to_lowercase).collect();
            crate::parse::clusters::path(&chars, &chars).map(|path| path >> (32 - BITS))
        };
        let mut out: Vec<u32> = tokens.iter().filter(tells).filter_map(path).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    [of(false), of(true)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, code, parse, text};

    fn annotate(words: &str) -> Annotation {
        let report = Report { published: Some("2023-04-17".into()), ..Report::from_text("one", words) };
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        code(report, sentences)
    }

    /// The claim whose words begin so.
    fn claim<'a>(annotation: &'a Annotation, start: &str) -> &'a Claim {
        let text = &annotation.report.text;
        annotation.claims.iter().find(|c| c.span.of(text).starts_with(start)).expect(start)
    }

    #[test]
    fn what_went_on_meanwhile_is_no_part_of_the_act() {
        let annotation = annotate("Three aid workers were killed on Saturday during clashes in Kabkabiya.");
        let killing = claim(&annotation, "Three aid workers");
        let sentence = &annotation.sentences[killing.sentence];
        let words = |span: &Span| span.of(&annotation.report.text);
        assert_eq!(
            circumstances(killing, sentence).iter().map(words).collect::<Vec<_>>(),
            ["during clashes in Kabkabiya"]
        );
        let around = Around::new(&annotation);
        assert!(content(&around, killing).iter().all(|word| word != "clash"));
    }

    #[test]
    fn what_is_said_before_the_word_of_saying_is_what_is_said() {
        let annotation = annotate("Any raid would meet a swift response, the Pakistani minister warned India.");
        let around = Around::new(&annotation);
        let warning = claim(&annotation, "the Pakistani minister warned");
        assert!(reported(&around, warning).contains(&"response".to_string()));
    }

    #[test]
    fn what_somebody_is_accused_of_is_what_is_said() {
        let annotation = annotate("Russia accused Ukraine of shelling the nuclear plant.");
        let around = Around::new(&annotation);
        assert!(content(&around, claim(&annotation, "Russia accused")).contains(&"plant".to_string()));
    }
}
