//! Record: a claim as it is kept and exported, in the contract's shape with what exports need behind it.

use demarche_core::{
    Annotation, Claim, DateMention, DatePrecision, Day, EventType, Report, Span,
    link::when,
    record::{AccordingToRecord, ActorRecord, ClaimRecord, DateRecord, FigureRecord, Offsets, PlaceRecord},
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
    /// As the archive keeps it and seals it.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a record is JSON")
    }

    /// From a coded claim; `offsets` are those of its report's text.
    pub fn new(claim: &Claim, offsets: &Offsets) -> Self {
        let shape = ClaimRecord::new(claim, offsets);
        let words = |span: Span| Words { span: offsets.range(span), text: offsets.text(span).to_owned() };
        let date = |date: &DateRecord| Date {
            span: date.span,
            text: date.text.to_owned(),
            value: date.value.map(str::to_owned),
            precision: date.precision.to_owned(),
        };
        let place = |place: &PlaceRecord| Place {
            span: place.span,
            text: place.text.to_owned(),
            name: place.name.to_owned(),
            country: place.country.map(str::to_owned),
            lat: place.lat.map(decimal),
            lon: place.lon.map(decimal),
            precision: place.precision.to_owned(),
            geonameid: place.geonameid,
        };
        let figure = |figure: &FigureRecord| Figure {
            what: figure.what.to_owned(),
            low: figure.low,
            high: figure.high,
            of: figure.of.map(str::to_owned),
            text: figure.text.to_owned(),
            span: figure.span,
        };
        let said = |said: &AccordingToRecord| Said {
            source: said.source.as_ref().map(party),
            cue: Words { span: said.cue.span, text: said.cue.text.to_owned() },
            stance: said.stance.to_owned(),
            form: said.form.to_owned(),
        };
        Self {
            sentence: shape.sentence as u32,
            span: shape.span,
            text: shape.text.to_owned(),
            kind: shape.kind.to_owned(),
            mode: shape.mode.map(str::to_owned),
            quad: shape.quad,
            intensity: shape.intensity,
            contexts: shape.contexts.to_vec(),
            actors: shape.actors.iter().map(party).collect(),
            recipients: shape.recipients.iter().map(party).collect(),
            date: shape.date.as_ref().map(date),
            place: shape.place.as_ref().map(place),
            figures: shape.figures.iter().map(figure).collect(),
            modality: shape.modality.to_owned(),
            attribution: shape.attribution.as_ref().map(said),
            historical: shape.historical,
            rule: shape.rule.to_owned(),
            confidence: shape.confidence,
            act: offsets.range(claim.act),
            object: claim.object.map(words),
            cameo: claim.cameo.clone(),
        }
    }

    /// PLOVER type.
    pub fn event_type(&self) -> Option<EventType> {
        EventType::from_name(&self.kind)
    }

    /// The day it stands on: the last that its date allows and its report can know, the first of a "since", else that of
    /// publication.
    pub fn day(&self, published: Option<Day>) -> Option<Day> {
        let value = self.date.as_ref().and_then(|date| date.value.clone());
        let dated = value.and_then(|value| {
            let mention = DateMention { span: Span::default(), value, precision: DatePrecision::Day };
            when::stands_on(&mention, published)
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

fn party(party: &ActorRecord) -> Party {
    Party {
        span: party.span,
        text: party.text.to_owned(),
        name: party.name.map(str::to_owned),
        country: party.country.map(str::to_owned),
        sectors: party.sectors.iter().map(|&sector| sector.to_owned()).collect(),
    }
}

/// A number of single precision with the digits it is printed with, and no more.
fn decimal(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
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

#[cfg(test)]
mod tests {
    use demarche_core::{
        AccordingTo, EventType, Figure, Modality, Party, PlaceMention, PlacePrecision, QuoteForm, Stance,
    };

    use super::*;

    #[test]
    fn a_record_is_the_contracts_with_three_fields_behind() {
        let text = "Norland expelled two envoys of Sudmark from Åby, it said.";
        let offsets = Offsets::new(text);
        let someone = |start, end| Party {
            span: Span::new(start, end),
            name: Some("Norland".into()),
            country: Some("NOR".into()),
            sectors: vec!["GOV"],
            ..Party::default()
        };
        let date = DateMention { span: Span::new(0, 3), value: String::new(), precision: DatePrecision::Day };
        let place = PlaceMention {
            span: Span::new(44, 48),
            name: "Åby".into(),
            country: None,
            lat: Some(58.663_2),
            lon: Some(16.18),
            precision: PlacePrecision::City,
            geonameid: Some(7),
        };
        let figure = Figure { span: Span::new(17, 27), what: "diplomats".into(), low: Some(2), high: None, of: None };
        let said = AccordingTo {
            source: Some(someone(0, 7)),
            cue: Span::new(53, 57),
            stance: Stance::Asserts,
            form: QuoteForm::Indirect,
        };
        let claim = Claim {
            id: "a/0.0".into(),
            report: "a".into(),
            sentence: 0,
            trigger: 1,
            span: Span::new(0, 48),
            act: Span::new(8, 16),
            object: Some(Span::new(17, 27)),
            kind: EventType::Sanction,
            mode: Some("expel".into()),
            contexts: vec!["diplomatic".into()],
            cameo: Some("166".into()),
            actors: vec![someone(0, 7)],
            recipients: vec![someone(31, 38)],
            date: Some(date),
            place: Some(place),
            figures: vec![figure],
            modality: Modality::Occurred,
            attribution: Some(said),
            historical: false,
            rule: "sanction.expel".into(),
            confidence: 0.876,
        };
        let contract = serde_json::to_string(&ClaimRecord::new(&claim, &offsets)).unwrap();
        let ours = serde_json::to_string(&Record::new(&claim, &offsets)).unwrap();
        let (_, contract) = contract.split_once("\"report\":\"a\",").unwrap();
        let shared = contract.trim_end_matches('}');
        assert_eq!(&ours[1..=shared.len()], shared);
        assert!(
            ours.ends_with(",\"act\":[8,16],\"object\":{\"span\":[17,27],\"text\":\"two envoys\"},\"cameo\":\"166\"}"),
            "{ours}"
        );
        assert_eq!(serde_json::from_str::<Record>(&ours).unwrap(), Record::new(&claim, &offsets));
    }
}
