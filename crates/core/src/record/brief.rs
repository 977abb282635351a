//! The shape of `demarche brief --format json`.

use std::collections::BTreeMap;

use serde::{Serialize, ser::SerializeMap};

use super::{ActorRecord, ClaimRecord, DateRecord, Offsets, PlaceRecord};
use crate::{
    brief::{Brief, BriefEvent},
    event::{Comparison, Difference, Slot, Value},
};

/// A brief: the reports, the events, where the reports differ, and all claims.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct BriefRecord<'a> {
    pub reports: Vec<ReadRecord<'a>>,
    pub events: Vec<EventRecord<'a>>,
    pub differences: Vec<DifferenceRecord<'a>>,
    pub claims: Vec<ClaimRecord<'a>>,
}

/// A report that was read.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ReadRecord<'a> {
    pub report: &'a str,
    pub outlet: Option<&'a str>,
    pub published: Option<&'a str>,
    pub text: &'a str,
    /// Reports with the same number are near-identical texts.
    pub origin: usize,
}

/// An event with its slots.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EventRecord<'a> {
    pub id: &'a str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub summary: &'a str,
    pub date: Option<DateRecord<'a>>,
    pub place: Option<PlaceRecord<'a>>,
    pub reports: Vec<&'a str>,
    pub origins: usize,
    pub claims: Vec<&'a str>,
    pub slots: Slots<'a>,
}

/// The values of an event slot by slot, written as a map in the order of [`Slot`].
#[derive(Clone, Debug)]
pub struct Slots<'a>(pub BTreeMap<Slot, Vec<SlotValueRecord<'a>>>);

impl Serialize for Slots<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (slot, values) in &self.0 {
            map.serialize_entry(slot.as_str(), values)?;
        }
        map.end()
    }
}

/// What one report says in one slot.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct SlotValueRecord<'a> {
    pub report: &'a str,
    pub text: &'a str,
    pub span: [u32; 2],
    pub value: &'a str,
    pub according_to: Option<ActorRecord<'a>>,
}

/// One way in which the reports differ on an event.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DifferenceRecord<'a> {
    pub event: &'a str,
    pub slot: &'static str,
    pub kind: &'static str,
    pub values: Vec<DifferenceValueRecord<'a>>,
}

/// One side of a difference.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DifferenceValueRecord<'a> {
    pub report: &'a str,
    pub text: &'a str,
    pub span: [u32; 2],
    pub according_to: Option<ActorRecord<'a>>,
}

impl<'a> BriefRecord<'a> {
    /// The brief as the contract prints it.
    pub fn new(brief: &'a Brief) -> Self {
        let offsets: Vec<Offsets<'a>> = brief.annotations.iter().map(|a| Offsets::new(&a.report.text)).collect();
        let reports = brief.annotations.iter().enumerate().map(|(i, annotation)| ReadRecord {
            report: &annotation.report.id,
            outlet: annotation.report.outlet.as_deref(),
            published: annotation.report.published.as_deref(),
            text: &annotation.report.text,
            origin: brief.origins[i],
        });
        let events = brief.events.iter().enumerate();
        let events = events.map(|(i, event)| event_record(brief, event, brief.comparisons.get(i), &offsets)).collect();
        let differences = brief.comparisons.iter().flat_map(|comparison| &comparison.differences);
        let differences = differences.map(|difference| difference_record(brief, difference, &offsets)).collect();
        let claims = brief.annotations.iter().zip(&offsets);
        let claims = claims.flat_map(|(a, offsets)| a.claims.iter().map(|claim| ClaimRecord::new(claim, offsets)));
        Self { reports: reports.collect(), events, differences, claims: claims.collect() }
    }
}

fn event_record<'a>(
    brief: &'a Brief,
    event: &'a BriefEvent,
    comparison: Option<&'a Comparison>,
    offsets: &[Offsets<'a>],
) -> EventRecord<'a> {
    let date = event.date.and_then(|at| Some((brief.claim(at).date.as_ref()?, at)));
    let place = event.place.and_then(|at| Some((brief.claim(at).place.as_ref()?, at)));
    let slots = comparison.into_iter().flat_map(|comparison| &comparison.slots);
    let slots = slots.map(|(slot, values)| (*slot, values.iter().map(|v| slot_value(brief, v, offsets)).collect()));
    EventRecord {
        id: &event.event.id,
        kind: event.kind.as_str(),
        summary: offsets[event.best.report].text(brief.claim(event.best).span),
        date: date.map(|(date, at)| DateRecord::new(date, &offsets[at.report])),
        place: place.map(|(place, at)| PlaceRecord::new(place, &offsets[at.report])),
        reports: event.reports.iter().map(|&report| brief.annotations[report].report.id.as_str()).collect(),
        origins: event.origins,
        claims: event.event.claims.iter().map(|&at| brief.claim(at).id.as_str()).collect(),
        slots: Slots(slots.collect()),
    }
}

fn slot_value<'a>(brief: &'a Brief, value: &'a Value, offsets: &[Offsets<'a>]) -> SlotValueRecord<'a> {
    let of = &offsets[value.report];
    SlotValueRecord {
        report: &brief.annotations[value.report].report.id,
        text: of.text(value.span),
        span: of.range(value.span),
        value: &value.value,
        according_to: value.according_to.as_ref().map(|party| ActorRecord::new(party, of)),
    }
}

fn difference_record<'a>(
    brief: &'a Brief,
    difference: &'a Difference,
    offsets: &[Offsets<'a>],
) -> DifferenceRecord<'a> {
    let values = difference.values.iter().map(|value| {
        let of = &offsets[value.report];
        DifferenceValueRecord {
            report: &brief.annotations[value.report].report.id,
            text: of.text(value.span),
            span: of.range(value.span),
            according_to: value.according_to.as_ref().map(|party| ActorRecord::new(party, of)),
        }
    });
    DifferenceRecord {
        event: &brief.events[difference.event].event.id,
        slot: difference.slot.as_str(),
        kind: difference.kind.as_str(),
        values: values.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Annotation, Claim, ClaimRef, Event, EventType, Kind, Modality, Party, Report, Span, claim::DateMention,
        claim::DatePrecision,
    };

    fn hand_made() -> Brief {
        let text = "Île: troops left on Monday.";
        let claim = Claim {
            id: "a/0.0".into(),
            report: "a".into(),
            sentence: 0,
            trigger: 0,
            span: Span::new(6, 17),
            act: Span::new(13, 17),
            object: None,
            kind: EventType::Retreat,
            mode: Some("withdraw".into()),
            contexts: vec![],
            cameo: None,
            actors: vec![Party { span: Span::new(6, 12), country: Some("AAA".into()), ..Party::default() }],
            recipients: vec![],
            date: Some(DateMention {
                span: Span::new(18, 27),
                value: "2025-05-05".into(),
                precision: DatePrecision::Day,
            }),
            place: None,
            figures: vec![],
            modality: Modality::Occurred,
            attribution: None,
            historical: false,
            rule: "retreat.withdraw".into(),
            confidence: 0.876_543,
        };
        let at = ClaimRef { report: 0, claim: 0 };
        let value = Value { report: 0, span: Span::new(6, 12), value: "AAA".into(), according_to: None, claim: at };
        let difference = Difference { event: 0, slot: Slot::Actor, kind: Kind::Differs, values: vec![value.clone()] };
        let event = Event { id: "e1".into(), claims: vec![at], links: vec![] };
        Brief {
            annotations: vec![Annotation {
                report: Report::from_text("a", text),
                claims: vec![claim],
                ..Annotation::default()
            }],
            origins: vec![0],
            events: vec![BriefEvent {
                event,
                kind: EventType::Retreat,
                best: at,
                date: Some(at),
                place: None,
                reports: vec![0],
                origins: 1,
                tellers: vec![0],
                own_voice: vec![at],
                asserted: vec![],
                denied: vec![],
            }],
            comparisons: vec![Comparison {
                slots: vec![(Slot::Actor, vec![value])],
                differences: vec![difference],
                silent: vec![],
            }],
            ..Brief::default()
        }
    }

    #[test]
    fn a_brief_counts_code_points_and_keeps_the_words() {
        let brief = hand_made();
        let json = serde_json::to_value(BriefRecord::new(&brief)).unwrap();
        assert_eq!(json["events"][0]["summary"], "troops left");
        assert_eq!(json["events"][0]["slots"]["actor"][0]["span"], serde_json::json!([5, 11]));
        assert_eq!(json["events"][0]["date"]["value"], "2025-05-05");
        assert_eq!(json["events"][0]["place"], serde_json::Value::Null);
        assert_eq!(json["differences"][0]["values"][0]["text"], "troops");
        assert_eq!(json["claims"][0]["confidence"], 0.88);
        assert_eq!(json["claims"][0]["intensity"], 8.0);
    }
}
