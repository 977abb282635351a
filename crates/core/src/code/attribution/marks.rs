//! Marks that report: "Rubio: Pakistan must act", "Pakistan must act — Rubio".

use super::Draft;
use crate::{
    claim::Stance,
    labels::Upos,
    sentence::{EntityKind, Sentence},
    span::Span,
};

/// Longest speaker before a colon or after a dash, in tokens.
const LONGEST: usize = 8;

/// Adds the statements that a colon or a dash reports.
pub fn find(text: &str, paragraphs: &[Span], sentences: &[Sentence], drafts: &mut Vec<Draft>) {
    for (number, sentence) in sentences.iter().enumerate() {
        let at = paragraphs.partition_point(|paragraph| paragraph.end <= sentence.span.start);
        let Some(&paragraph) = paragraphs.get(at) else { continue };
        if sentence.span.start == paragraph.start {
            drafts.extend(colon(text, number, sentence, paragraph));
        }
        if sentence.span.end == paragraph.end {
            drafts.extend(dash(text, number, sentence));
        }
    }
}

/// A speaker at the head of a paragraph, a colon, and what is said up to the end of the paragraph.
fn colon(text: &str, number: usize, sentence: &Sentence, paragraph: Span) -> Option<Draft> {
    let tokens = &sentence.tokens;
    let at = tokens.iter().take(LONGEST + 1).position(|token| token.span.of(text) == ":")?;
    if at == 0 || !is_speaker(text, sentence, 0, at) {
        return None;
    }
    // The sentence may end with the colon.
    let behind = text.get(tokens[at].span.end as usize..paragraph.end as usize)?;
    let start = paragraph.end as usize - behind.trim_start().len();
    let words = behind.split_whitespace().count();
    let end = start + behind.trim_start().trim_end_matches(['.', ' ']).len();
    if words < 3 || end <= start {
        return None;
    }
    let content = Span::new(start, end);
    Some(draft(number, sentence, at, 0..at, content))
}

/// What is said, a dash, and a speaker up to the end of the paragraph.
fn dash(text: &str, number: usize, sentence: &Sentence) -> Option<Draft> {
    let tokens = &sentence.tokens;
    let is_dash = |token: &crate::sentence::Token| matches!(token.span.of(text), "—" | "–" | "--" | "-");
    let at = tokens.iter().rposition(is_dash)?;
    let after = tokens.len() - at - 1;
    if at < 3 || after == 0 || after > 4 || !is_speaker(text, sentence, at + 1, tokens.len()) {
        return None;
    }
    let spaced = tokens[at - 1].span.end < tokens[at].span.start && tokens[at].span.end < tokens[at + 1].span.start;
    let verb = tokens[..at].iter().any(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
    (spaced && verb).then(|| {
        let content = tokens[0].span.cover(tokens[at - 1].span);
        draft(number, sentence, at, at + 1..tokens.len(), content)
    })
}

fn draft(number: usize, sentence: &Sentence, mark: usize, speaker: std::ops::Range<usize>, content: Span) -> Draft {
    let tokens = &sentence.tokens;
    // The last name or noun before a comma is the head: "Marco Rubio, secretary of state".
    let named = |&i: &usize| matches!(tokens[i].upos, Upos::Propn | Upos::Noun | Upos::Pron);
    let first = speaker.clone().find(named).unwrap_or(speaker.start);
    let head = (first..speaker.end).take_while(named).last().unwrap_or(first);
    let span = tokens[speaker.start].span.cover(tokens[speaker.end - 1].span);
    Draft {
        sentence: number,
        token: mark,
        cue: tokens[mark].span,
        source: Some((span, head)),
        content: vec![content],
        takes_quote: true,
        stance: Stance::Asserts,
        statement: true,
    }
}

/// A name of a person, a body or a country with its titles, and nothing that makes a clause.
fn is_speaker(text: &str, sentence: &Sentence, from: usize, to: usize) -> bool {
    let tokens = &sentence.tokens[from..to];
    let plain = |token: &crate::sentence::Token| {
        use Upos::{Adj, Adp, Det, Noun, Propn, Punct};
        matches!(token.upos, Propn | Noun | Adj | Adp | Det) || (token.upos == Punct && token.span.of(text) != ":")
    };
    let who = |kind| matches!(kind, EntityKind::Per | EntityKind::Org | EntityKind::Gpe | EntityKind::Norp);
    let named = sentence.entities.iter().any(|entity| entity.first >= from && entity.last <= to && who(entity.kind))
        || (sentence.entities.is_empty() && tokens.iter().any(|token| token.upos == Upos::Propn));
    // "Obama: …", "Report: …"
    let short = match tokens {
        [one] => {
            one.upos == Upos::Propn
                || matches!(one.lemma.to_lowercase().as_str(), "report" | "poll" | "study" | "source" | "official")
        }
        [one, two] => one.upos == Upos::Propn && two.upos == Upos::Propn,
        _ => false,
    };
    (named || short) && tokens.iter().all(plain)
}
