//! Record: a claim as it is kept and exported, in the contract's shape with what exports need behind it.

use demarche_core::{
    Annotation, Claim, DateMention, DatePrecision, Day, EventType, Report, Span,
    link::when,
    record::{ClaimRecord, Offsets},
};
use serde::{Deserialize, Serialize};

/// A claim without its id and report, which the archive gives. Offsets are code points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Record {
    pub sentence: u32,
    pub span: [u32; 2],
    pub text: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: Option<String>,
    pub quad: u8,
    pub intensity: f64,
    pub contexts: Vec<String>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub date: Option<Date>,
    pub place: Option<Place>,
    pub figures: Vec<Figure>,
    pub modality: String,
    pub attribution: Option<Said>,
    pub historical: bool,
    pub rule: String,
    pub confidence: f64,
    /// The words of the act.
    #[serde(default)]
    pub act: [u32; 2],
    /// What is acted on, where it is no party.
    #[serde(default)]
    pub object: Option<Words>,
    /// CAMEO code, where the codebook entry names one.
    #[serde(default)]
    pub cameo: Option<String>,
}

/// Somebody who acts, is acted on or speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Party {
    pub span: [u32; 2],
    pub text: String,
    pub name: Option<String>,
    pub country: Option<String>,
    pub sectors: Vec<String>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Date {
    pub span: [u32; 2],
    pub text: String,
    pub value: Option<String>,
    pub precision: String,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Place {
    pub span: [u32; 2],
    pub text: String,
    pub name: String,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: String,
    pub geonameid: Option<u32>,
}

/// How many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Figure {
    pub what: String,
    pub low: Option<u64>,
    pub high: Option<u64>,
    pub of: Option<String>,
    pub text: String,
    pub span: [u32; 2],
}

/// According to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Said {
    pub source: Option<Party>,
    pub cue: Words,
    pub stance: String,
    pub form: String,
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Words {
    pub span: [u32; 2],
    pub text: String,
}

impl Record {
    /// From a coded claim; `offsets` are those of its report's text.
    pub fn new(claim: &Claim, offsets: &Offsets) -> Self {
        // Through the contract's own shape, so that the two cannot part.
        let shape = serde_json::to_value(ClaimRecord::new(claim, offsets)).unwrap_or_default();
        let mut record: Self = serde_json::from_value(shape).expect("a claim record reads as one");
        let words = |span: Span| Words { span: offsets.range(span), text: offsets.text(span).to_owned() };
        record.act = offsets.range(claim.act);
        record.object = claim.object.map(words);
        record.cameo.clone_from(&claim.cameo);
        record
    }

    /// PLOVER type.
    pub fn event_type(&self) -> Option<EventType> {
        EventType::from_name(&self.kind)
    }

    /// The day it stands on: the last that its date allows and its report can know, else that of publication.
    pub fn day(&self, published: Option<Day>) -> Option<Day> {
        let value = self.date.as_ref().and_then(|date| date.value.clone());
        let dated = value.and_then(|value| {
            let mention = DateMention { span: Span::default(), value, precision: DatePrecision::Day };
            let (_, last) = when::days(&mention, published)?;
            Some(published.map_or(last, |published| last.min(published)))
        });
        dated.or(published)
    }

    /// Who says so: code, else name, else `?`; `None` for the outlet's own voice.
    pub fn source(&self) -> Option<&str> {
        let source = self.attribution.as_ref()?.source.as_ref();
        Some(source.and_then(|party| party.country.as_deref().or(party.name.as_deref())).unwrap_or("?"))
    }

    /// Every pair of codes of who acts on whom; empty where nobody is known.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let (actors, recipients) = (codes(&self.actors), codes(&self.recipients));
        actors.iter().flat_map(|&actor| recipients.iter().map(move |&recipient| (actor, recipient))).collect()
    }
}

/// Codes of the parties, sorted, each once; one empty code where there is none.
fn codes(parties: &[Party]) -> Vec<&str> {
    let mut out: Vec<&str> = parties.iter().filter_map(|party| party.country.as_deref()).collect();
    out.sort_unstable();
    out.dedup();
    if out.is_empty() { vec![""] } else { out }
}

/// A report with its claims, ready to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Coded {
    /// As it was read.
    pub report: Report,
    /// In text order.
    pub claims: Vec<Record>,
}

impl Coded {
    /// From all layers of a report.
    pub fn new(annotation: &Annotation) -> Self {
        let offsets = Offsets::new(&annotation.report.text);
        let claims = annotation.claims.iter().map(|claim| Record::new(claim, &offsets)).collect();
        Self { report: annotation.report.clone(), claims }
    }
}
