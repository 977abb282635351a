//! The shapes that leave the program as JSON: reports, claims and their parts, with offsets in code points.
//!
//! Inside, a [`Span`] counts UTF-8 bytes. Everything here counts Unicode code points, as Python and the measuring
//! contract do. What is unknown is `null`.

mod brief;

use serde::Serialize;

pub use brief::{
    BriefRecord, DifferenceRecord, DifferenceValueRecord, EventRecord, ReadRecord, SlotValueRecord, Slots,
};

use crate::{
    claim::{
        AccordingTo, Annotation, Attribution, Claim, DateMention, Figure, NamedEntity, Party, PlaceMention, QuoteForm,
        Stance,
    },
    report::Warning,
    span::Span,
};

/// Byte offsets of one text to code points, in a step of at most [`Offsets::STEP`] bytes.
///
/// ```
/// use demarche_core::{Span, record::Offsets};
/// let text = "Îles Éparses";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.range(Span::new(6, 14)), [5, 12]);
/// ```
pub struct Offsets<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP`; empty where the text is ASCII and both counts agree.
    before: Vec<u32>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    /// Counts the text once.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0u32;
            for chunk in text.as_bytes().chunks(Self::STEP) {
                before.push(seen);
                seen += code_points(chunk);
            }
            before.push(seen);
        }
        Self { text, before }
    }

    /// Code points before this byte; bytes past the end count as the end.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        match self.before.get(byte / Self::STEP) {
            None => byte as u32,
            Some(before) => before + code_points(&self.text.as_bytes()[byte - byte % Self::STEP..byte]),
        }
    }

    /// The span in code points, `[start, end)`.
    pub fn range(&self, span: Span) -> [u32; 2] {
        [self.at(span.start), self.at(span.end)]
    }

    fn words(&self, span: Span) -> Words<'t> {
        Words { span: self.range(span), text: self.text(span) }
    }

    /// The words at the span.
    pub fn text(&self, span: Span) -> &'t str {
        span.of(self.text)
    }
}

/// Code points that start in these bytes of UTF-8.
fn code_points(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

/// A number of `f32` precision rounded to two decimals, so that no digit is printed that means nothing.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

/// Words with their place.
#[derive(Clone, Debug, Serialize)]
pub struct Words<'a> {
    /// Code points.
    pub span: [u32; 2],
    /// Verbatim.
    pub text: &'a str,
}

/// Somebody who acts, is acted upon or speaks.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ActorRecord<'a> {
    pub span: [u32; 2],
    pub text: &'a str,
    pub name: Option<&'a str>,
    pub country: Option<&'a str>,
    pub sectors: &'a [&'static str],
    /// Beyond the contract, so only where it is so: the sentence does not name the party; the report implies it, and the
    /// words are those of the act from which it was worked out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
}

impl<'a> ActorRecord<'a> {
    /// The party as the contract prints it.
    pub fn new(party: &'a Party, offsets: &Offsets<'a>) -> Self {
        Self {
            span: offsets.range(party.span),
            text: offsets.text(party.span),
            name: party.name.as_deref(),
            country: party.country.as_deref(),
            sectors: &party.sectors,
            inferred: party.is_inferred(),
        }
    }
}

/// A name found in a report.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EntityRecord<'a> {
    pub span: [u32; 2],
    pub text: &'a str,
    pub kind: &'static str,
    pub name: Option<&'a str>,
    pub country: Option<&'a str>,
    pub sectors: &'a [&'static str],
}

impl<'a> EntityRecord<'a> {
    fn new(named: &'a NamedEntity, offsets: &Offsets<'a>) -> Self {
        let party = named.party.as_ref();
        Self {
            span: offsets.range(named.entity.span),
            text: offsets.text(named.entity.span),
            kind: named.entity.kind.as_str(),
            name: party.and_then(|party| party.name.as_deref()),
            country: party.and_then(|party| party.country.as_deref()),
            sectors: party.map_or(&[], |party| &party.sectors),
        }
    }
}

/// A temporal expression.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DateRecord<'a> {
    pub span: [u32; 2],
    pub text: &'a str,
    pub value: Option<&'a str>,
    pub precision: &'static str,
}

impl<'a> DateRecord<'a> {
    fn new(date: &'a DateMention, offsets: &Offsets<'a>) -> Self {
        Self {
            span: offsets.range(date.span),
            text: offsets.text(date.span),
            value: Some(date.value.as_str()).filter(|value| !value.is_empty()),
            precision: match date.precision {
                crate::DatePrecision::Vague => crate::DatePrecision::Interval,
                other => other,
            }
            .as_str(),
        }
    }
}

/// What has no place in the calendar: a duration, a repetition, or a vague time ("a few days ago").
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct SpellRecord<'a> {
    pub span: [u32; 2],
    pub text: &'a str,
    pub value: &'a str,
}

impl<'a> SpellRecord<'a> {
    fn new(spell: &'a DateMention, offsets: &Offsets<'a>) -> Self {
        Self { span: offsets.range(spell.span), text: offsets.text(spell.span), value: &spell.value }
    }
}

/// A place name.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PlaceRecord<'a> {
    pub span: [u32; 2],
    pub text: &'a str,
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub lat: Option<f32>,
    pub lon: Option<f32>,
    pub precision: &'static str,
    pub geonameid: Option<u32>,
}

impl<'a> PlaceRecord<'a> {
    fn new(place: &'a PlaceMention, offsets: &Offsets<'a>) -> Self {
        Self {
            span: offsets.range(place.span),
            text: offsets.text(place.span),
            name: &place.name,
            country: place.country.as_deref(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision.as_str(),
            geonameid: place.geonameid,
        }
    }
}

/// A reported statement of a report.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AttributionRecord<'a> {
    pub source: Option<Words<'a>>,
    pub cue: Words<'a>,
    pub content: Vec<[u32; 2]>,
    pub form: &'static str,
    pub stance: &'static str,
    /// Canonical names of the speakers, several joined with `; `.
    pub speaker: Option<String>,
}

impl<'a> AttributionRecord<'a> {
    fn new(attribution: &Attribution, offsets: &Offsets<'a>) -> Self {
        let names: Vec<&str> = attribution.speakers.iter().filter_map(|party| party.name.as_deref()).collect();
        Self {
            source: attribution.source.map(|span| offsets.words(span)),
            cue: offsets.words(attribution.cue),
            content: attribution.content.iter().map(|&span| offsets.range(span)).collect(),
            form: QuoteForm::as_str(attribution.form),
            stance: Stance::as_str(attribution.stance),
            speaker: (!names.is_empty()).then(|| names.join("; ")),
        }
    }
}

/// According to whom a claim stands.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AccordingToRecord<'a> {
    pub source: Option<ActorRecord<'a>>,
    pub cue: Words<'a>,
    pub stance: &'static str,
    pub form: &'static str,
}

impl<'a> AccordingToRecord<'a> {
    fn new(according_to: &'a AccordingTo, offsets: &Offsets<'a>) -> Self {
        Self {
            source: according_to.source.as_ref().map(|party| ActorRecord::new(party, offsets)),
            cue: offsets.words(according_to.cue),
            stance: according_to.stance.as_str(),
            form: according_to.form.as_str(),
        }
    }
}

/// A number with what it counts.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct FigureRecord<'a> {
    pub what: &'a str,
    pub low: Option<u64>,
    pub high: Option<u64>,
    pub of: Option<&'a str>,
    pub text: &'a str,
    pub span: [u32; 2],
}

impl<'a> FigureRecord<'a> {
    fn new(figure: &'a Figure, offsets: &Offsets<'a>) -> Self {
        Self {
            what: &figure.what,
            low: figure.low,
            high: figure.high,
            of: figure.of.map(|span| offsets.text(span)),
            text: offsets.text(figure.span),
            span: offsets.range(figure.span),
        }
    }
}

/// One claim, as `demarche code` prints it a line.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ClaimRecord<'a> {
    pub id: &'a str,
    pub report: &'a str,
    pub sentence: usize,
    pub span: [u32; 2],
    pub text: &'a str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub mode: Option<&'a str>,
    pub quad: u8,
    pub intensity: f64,
    pub contexts: &'a [String],
    pub actors: Vec<ActorRecord<'a>>,
    pub recipients: Vec<ActorRecord<'a>>,
    pub date: Option<DateRecord<'a>>,
    pub place: Option<PlaceRecord<'a>>,
    pub figures: Vec<FigureRecord<'a>>,
    pub modality: &'static str,
    pub attribution: Option<AccordingToRecord<'a>>,
    pub historical: bool,
    pub rule: &'a str,
    pub confidence: f64,
}

impl<'a> ClaimRecord<'a> {
    /// The claim as the contract prints it; `offsets` are those of its report's text.
    pub fn new(claim: &'a Claim, offsets: &Offsets<'a>) -> Self {
        Self {
            id: &claim.id,
            report: &claim.report,
            sentence: claim.sentence,
            span: offsets.range(claim.span),
            text: offsets.text(claim.span),
            kind: claim.kind.as_str(),
            mode: claim.mode.as_deref(),
            quad: claim.kind.quad(),
            intensity: rounded(claim.intensity()),
            contexts: &claim.contexts,
            actors: claim.actors.iter().map(|party| ActorRecord::new(party, offsets)).collect(),
            recipients: claim.recipients.iter().map(|party| ActorRecord::new(party, offsets)).collect(),
            date: claim.date.as_ref().map(|date| DateRecord::new(date, offsets)),
            place: claim.place.as_ref().map(|place| PlaceRecord::new(place, offsets)),
            figures: claim.figures.iter().map(|figure| FigureRecord::new(figure, offsets)).collect(),
            modality: claim.modality.as_str(),
            attribution: claim.attribution.as_ref().map(|said| AccordingToRecord::new(said, offsets)),
            historical: claim.historical,
            rule: &claim.rule,
            confidence: rounded(claim.confidence),
        }
    }
}

/// What a reader of the output must know.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct WarningRecord<'a> {
    pub span: Option<[u32; 2]>,
    pub message: &'a str,
}

/// One report with every layer found in it, as `demarche annotate` prints it a line.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ReportRecord<'a> {
    pub report: &'a str,
    pub outlet: Option<&'a str>,
    pub title: Option<&'a str>,
    // Beyond the contract, so only where a page tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<&'a str>,
    pub url: Option<&'a str>,
    pub published: Option<&'a str>,
    pub language: Option<&'a str>,
    pub text: &'a str,
    pub sentences: Vec<[u32; 2]>,
    pub entities: Vec<EntityRecord<'a>>,
    pub dates: Vec<DateRecord<'a>>,
    // Beyond the contract as well: expressions of time that are no date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<SpellRecord<'a>>,
    pub places: Vec<PlaceRecord<'a>>,
    pub attributions: Vec<AttributionRecord<'a>>,
    pub claims: Vec<ClaimRecord<'a>>,
    pub warnings: Vec<WarningRecord<'a>>,
}

impl<'a> ReportRecord<'a> {
    /// All layers of the annotation.
    pub fn new(annotation: &'a Annotation) -> Self {
        let report = &annotation.report;
        let offsets = Offsets::new(&report.text);
        let warning = |warning: &'a Warning| WarningRecord {
            span: warning.span.map(|span| offsets.range(span)),
            message: &warning.message,
        };
        let dated = annotation.dates.iter().filter(|date| date.is_date());
        let spells = annotation.dates.iter().filter(|date| !date.is_date());
        Self {
            report: &report.id,
            outlet: report.outlet.as_deref(),
            title: report.title.as_deref(),
            author: report.author.as_deref(),
            url: report.url.as_deref(),
            published: report.published.as_deref(),
            language: report.language.as_deref(),
            text: &report.text,
            sentences: annotation.sentences.iter().map(|sentence| offsets.range(sentence.span)).collect(),
            entities: annotation.entities.iter().map(|named| EntityRecord::new(named, &offsets)).collect(),
            dates: dated.map(|date| DateRecord::new(date, &offsets)).collect(),
            spells: spells.map(|date| SpellRecord::new(date, &offsets)).collect(),
            places: annotation.places.iter().map(|place| PlaceRecord::new(place, &offsets)).collect(),
            attributions: annotation
                .attributions
                .iter()
                .filter(|said| !said.quoted)
                .map(|said| AttributionRecord::new(said, &offsets))
                .collect(),
            claims: annotation.claims.iter().map(|claim| ClaimRecord::new(claim, &offsets)).collect(),
            warnings: annotation.warnings.iter().map(warning).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;

    #[test]
    fn code_points_agree_with_counting_at_every_border() {
        let text = "“Ölpreis” \u{1F6E2} steigt — ".repeat(40);
        let offsets = Offsets::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.at(byte as u32), count as u32);
        }
        assert_eq!(offsets.at(text.len() as u32), text.chars().count() as u32);
        assert_eq!(offsets.at(u32::MAX), text.chars().count() as u32);
    }

    #[test]
    fn ascii_needs_no_table() {
        let offsets = Offsets::new("plain words");
        assert!(offsets.before.is_empty());
        assert_eq!(offsets.range(Span::new(6, 11)), [6, 11]);
    }

    #[test]
    fn the_unknown_is_null_and_the_key_order_is_the_contracts() {
        let annotation = Annotation { report: Report::from_text("a", "Fog."), ..Annotation::default() };
        let json = serde_json::to_string(&ReportRecord::new(&annotation)).unwrap();
        let expected = "{\"report\":\"a\",\"outlet\":null,\"title\":null,\"url\":null,\"published\":null,\
                        \"language\":null,\"text\":\"Fog.\",\"sentences\":[],\"entities\":[],\"dates\":[],\"places\":[],\
                        \"attributions\":[],\"claims\":[],\"warnings\":[]}";
        assert_eq!(json, expected);
    }

    #[test]
    fn whom_the_sentence_does_not_name_is_marked_as_inferred() {
        let text =
            "India accused Pakistan of lies. Pakistani troops again fired along the Line of Control on Tuesday night.";
        let annotation = crate::code::code(Report::from_text("a", text), crate::parse(text));
        let json = serde_json::to_value(ReportRecord::new(&annotation)).unwrap();
        let shot = json["claims"].as_array().unwrap().iter().find(|claim| claim["type"] == "ASSAULT").expect("a claim");
        assert_eq!(
            (&shot["recipients"][0]["country"], &shot["recipients"][0]["inferred"]),
            (&"IND".into(), &true.into())
        );
        assert_eq!(shot["actors"][0].get("inferred"), None);
    }
}
