//! Words of a report with their place.

use demarche_core::{Annotation, Brief, ClaimRef, Span, Value};

use crate::render::words::{clip, one_line, party_name};

/// Words of a report with their place.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Index of the report.
    pub report: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words, on one line.
    pub words: String,
    /// Who says so, where it is not the outlet.
    pub according_to: Option<String>,
}

impl Quote {
    /// True where the words have quotation marks of their own.
    pub fn has_marks(&self) -> bool {
        self.words.contains(['"', '“', '”'])
    }

    /// The words in quotation marks, once.
    pub fn quoted(&self, limit: usize) -> String {
        let words = clip(&self.words, limit);
        if self.has_marks() { format!("«{words}»") } else { format!("“{words}”") }
    }

    /// `[2] s7`: the mark that leads to the sentence.
    pub fn mark(&self) -> String {
        format!("[{}] s{}", self.report + 1, self.sentence + 1)
    }
}

/// The sentence that holds a span; the last before it where none does.
pub fn sentence_at(annotation: &Annotation, span: Span) -> usize {
    annotation.sentences.partition_point(|sentence| sentence.span.start <= span.start).saturating_sub(1)
}

pub(super) fn text(brief: &Brief, report: usize) -> &str {
    &brief.annotations[report].report.text
}

pub(super) fn quote(brief: &Brief, report: usize, span: Span) -> Quote {
    let sentence = sentence_at(&brief.annotations[report], span);
    Quote { report, sentence, words: one_line(brief.words(report, span)), according_to: None }
}

/// A claim in the words that make it, with its speaker.
pub(super) fn claim_quote(brief: &Brief, at: ClaimRef) -> Quote {
    let claim = brief.claim(at);
    let said = claim.attribution.as_ref();
    let source = said.map(|said| {
        said.source.as_ref().map_or("an unnamed source".to_string(), |party| party_name(party, text(brief, at.report)))
    });
    Quote { according_to: source, sentence: claim.sentence, ..quote(brief, at.report, told(brief, at)) }
}

/// The words of a claim; of one that is made by a word of saying alone ("he warned") with what is said beside it.
pub fn told(brief: &Brief, at: ClaimRef) -> Span {
    let (annotation, claim) = (&brief.annotations[at.report], brief.claim(at));
    let from = annotation.attributions.partition_point(|said| said.sentence < claim.sentence);
    let mut here = annotation.attributions[from..].iter().take_while(|said| said.sentence == claim.sentence);
    let said = here.find(|said| claim.kind.verbal() && said.cue.touches(claim.act));
    let apart = |part: &&Span| !part.touches(claim.span) && annotation.sentences[claim.sentence].span.holds(**part);
    let parts = said.into_iter().flat_map(|said| &said.content).filter(apart);
    parts.fold(claim.span, |span, part| span.cover(*part))
}

pub(super) fn value_quote(brief: &Brief, value: &Value) -> Quote {
    let source = value.according_to.as_ref().map(|party| party_name(party, text(brief, value.report)));
    Quote { according_to: source, ..quote(brief, value.report, value.span) }
}
