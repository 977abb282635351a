//! Brief: the comparison of a set of reports, laid out for a reader.
//!
//! Everything here is extractive. A line of the brief is a claim or a span of a report; nothing is written that no
//! report says, except numbers that are counted and the notes on method.

use crate::{
    claim::{Annotation, Claim, Modality, Party, Stance},
    compare::compare,
    day::Day,
    event::{ClaimRef, Comparison, Event},
    ledger::{LedgerLine, ledger},
    link::{link_stories, origins::origins, stories::stories, when},
    plover::EventType,
    span::Span,
};
use std::collections::BTreeSet;

/// A set of reports, read together. Report indices everywhere point into `annotations`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// The reports with all their layers, by publication, outlet and id, whatever the order of the input.
    pub annotations: Vec<Annotation>,
    /// For each report the number of its origin: near-identical texts share one. Numbers count up from 0.
    pub origins: Vec<usize>,
    /// The latest time of publication that the inputs give, as they give it.
    pub as_of: Option<String>,
    /// For each report without a date, what its text tells of the day; `None` where the input gave the date or
    /// nothing can be inferred.
    pub inferred: Vec<Option<InferredDay>>,
    /// The happenings, those told by most independent origins first.
    pub events: Vec<BriefEvent>,
    /// For each event, its claims side by side.
    pub comparisons: Vec<Comparison>,
    /// Who says what, in order of the events and the text.
    pub ledger: Vec<LedgerLine>,
    /// Events that only one report (or only one origin) tells: event and report.
    pub only: Vec<OnlyIn>,
    /// Events in the order of time, the undated behind.
    pub timeline: Vec<TimelineEntry>,
    /// The stories into which mixed reports fall; one where all tell of the same.
    pub stories: Vec<Story>,
    /// How this brief was made, a sentence each.
    pub method: Vec<String>,
    /// What it does not know or could not use, a sentence each.
    pub gaps: Vec<String>,
}

/// What the texts tell of the day on which a report came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredDay {
    /// First possible day.
    pub first: Day,
    /// Last possible day.
    pub last: Day,
    /// The words it was inferred from: report and span.
    pub evidence: Vec<(usize, Span)>,
}

/// An event with what its claims together say.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefEvent {
    /// The claims.
    pub event: Event,
    /// Type of most of its claims.
    pub kind: EventType,
    /// The claim that tells it best; its span is the summary.
    pub best: ClaimRef,
    /// The claim whose date is the most exact.
    pub date: Option<ClaimRef>,
    /// The claim whose place is the most exact.
    pub place: Option<ClaimRef>,
    /// The reports that tell it, in order.
    pub reports: Vec<usize>,
    /// The number of independent origins among them.
    pub origins: usize,
    /// Of the reports of each origin the first that tells it: its copies say nothing that it does not.
    pub tellers: Vec<usize>,
    /// Claims in the outlet's own voice.
    pub own_voice: Vec<ClaimRef>,
    /// Claims that a speaker makes.
    pub asserted: Vec<ClaimRef>,
    /// Claims that say it did not happen.
    pub denied: Vec<ClaimRef>,
}

/// An event told by one report alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnlyIn {
    /// Index of the event.
    pub event: usize,
    /// Index of the report; the first of its origin where copies of it tell the event too.
    pub report: usize,
}

/// An event's place on the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// Index of the event.
    pub event: usize,
    /// First and last day on which it may have happened, `None` for an end that is open; `None` where no report dates it.
    pub days: Option<(Option<Day>, Option<Day>)>,
    /// Lanes: country codes or tags of those who act.
    pub actors: Vec<String>,
    /// Lanes: country codes or tags of those acted on.
    pub recipients: Vec<String>,
}

/// Reports that tell of one chain of happenings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Unique in one output: `s1`, `s2`, …
    pub id: String,
    /// A title from the words of one of its reports: report and span.
    pub title: (usize, Span),
    /// Its reports in order.
    pub reports: Vec<usize>,
}

impl Brief {
    /// By whose word those who act in a claim do so, where the report does not say so itself: the source it is attributed to, or
    /// whoever blames them for it in the same sentence.
    pub fn says_who(&self, at: ClaimRef) -> Option<&Party> {
        let claim = self.claim(at);
        let source = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        source.or_else(|| charger(&self.annotations[at.report], claim))
    }

    /// The claim at this place.
    pub fn claim(&self, at: ClaimRef) -> &crate::Claim {
        &self.annotations[at.report].claims[at.claim]
    }

    /// The words of a span in a report.
    pub fn words(&self, report: usize, span: Span) -> &str {
        span.of(&self.annotations[report].report.text)
    }
}

/// Reads the reports together: links, compares, and lays out for a reader.
///
/// The order of the input does not matter.
pub fn brief(mut annotations: Vec<Annotation>) -> Brief {
    annotations.sort_by(|a, b| order_key(a).cmp(&order_key(b)));
    let stories = stories(&annotations);
    lay_out(annotations, stories)
}

/// A brief for each story of mixed reports, in the order of the stories; each holds its own story alone.
///
/// Reports that tell of one story give what [`brief()`] gives.
pub fn briefs(mut annotations: Vec<Annotation>) -> Vec<Brief> {
    annotations.sort_by(|a, b| order_key(a).cmp(&order_key(b)));
    let stories = stories(&annotations);
    let mut held: Vec<Option<Annotation>> = annotations.into_iter().map(Some).collect();
    let one = |story: Story| {
        let own: Vec<Annotation> = story.reports.iter().filter_map(|&report| held[report].take()).collect();
        let place = story.reports.iter().position(|&report| report == story.title.0).unwrap_or(0);
        let reports = (0..own.len()).collect();
        lay_out(own, vec![Story { title: (place, story.title.1), reports, ..story }])
    };
    stories.into_iter().map(one).collect()
}

/// Makes the brief of sorted reports.
fn lay_out(mut annotations: Vec<Annotation>, stories: Vec<Story>) -> Brief {
    for annotation in &mut annotations {
        separate(annotation);
    }
    let inferred = crate::undated::infer(&annotations);
    crate::undated::settle(&mut annotations, &inferred);
    let mut story_of = vec![0; annotations.len()];
    for (number, story) in stories.iter().enumerate() {
        for &report in &story.reports {
            story_of[report] = number;
        }
    }
    crate::counted::settle(&mut annotations, &story_of);
    let origins = origins(&annotations);
    let events = link_stories(&annotations, &story_of);
    let events: Vec<BriefEvent> = events.into_iter().map(|event| describe(&annotations, &origins, event)).collect();
    // What most origins tell, of that the dead and wounded first, then what is told at most length.
    let harm =
        |event: &BriefEvent| event.event.claims.iter().any(|&at| harmed(&annotations[at.report].claims[at.claim]));
    let weight = |event: &BriefEvent| (event.origins, harm(event), event.reports.len(), event.event.claims.len());
    let mut weighed: Vec<_> = events.into_iter().map(|event| (weight(&event), event)).collect();
    weighed.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.event.claims.cmp(&y.event.claims)));
    let mut events: Vec<BriefEvent> = weighed.into_iter().map(|(_, event)| event).collect();
    for (i, event) in events.iter_mut().enumerate() {
        event.event.id = format!("e{}", i + 1);
    }
    let plain: Vec<Event> = events.iter().map(|e| e.event.clone()).collect();
    let comparisons = compare(&annotations, &plain, &origins, &story_of);
    let ledger = ledger(&annotations, &plain);
    let only = events.iter().enumerate().filter(|(_, e)| e.origins == 1);
    let only = only.map(|(event, e)| OnlyIn { event, report: e.reports[0] }).collect();
    let timeline = timeline(&annotations, &events);
    let as_of = annotations.iter().filter_map(|a| a.report.published.clone()).max();
    let gaps = gaps(&annotations, &origins);
    Brief {
        inferred,
        method: METHOD.iter().map(ToString::to_string).collect(),
        annotations,
        origins,
        as_of,
        events,
        comparisons,
        ledger,
        only,
        timeline,
        stories,
        gaps,
    }
}

const METHOD: &[&str] = &[
    "Every line is the words of a report; nothing is summed up in words of our own, and no side is taken.",
    "Claims are linked to one event by type, parties, day, place, numbers and words; a day, place, party or number that \
     cannot fit keeps them apart.",
    "A party in brackets is not named beside the act: it was worked out from the rest of the report.",
    "Corroboration counts independent origins: near-identical texts count once.",
];

/// A call to two is two calls: a conversation with people of several parties that is no meeting of all becomes one
/// claim for each, so that each can be told elsewhere.
fn separate(annotation: &mut Annotation) {
    let together = |c: &Claim| {
        let parties: BTreeSet<&str> = c.recipients.iter().filter_map(|p| p.country.as_deref()).collect();
        c.kind != EventType::Consult || parties.len() < 2 || !matches!(c.mode.as_deref(), None | Some("phone"))
    };
    if annotation.claims.iter().all(together) {
        return;
    }
    let mut out = Vec::new();
    for claim in std::mem::take(&mut annotation.claims) {
        if together(&claim) {
            out.push(claim);
            continue;
        }
        let mut parties: Vec<Option<String>> = claim.recipients.iter().map(|p| p.country.clone()).collect();
        parties.sort_unstable();
        parties.dedup();
        for (n, country) in parties.into_iter().enumerate() {
            let recipients = claim.recipients.iter().filter(|p| p.country == country).cloned().collect();
            let id = if n == 0 { claim.id.clone() } else { format!("{}-{}", claim.id, n + 1) };
            out.push(Claim { id, recipients, ..claim.clone() });
        }
    }
    annotation.claims = out;
}

/// Dated reports first, in order of time; text and id break ties, so the order of the input never shows.
fn order_key(a: &Annotation) -> (bool, Option<&str>, Option<&str>, &str, &str) {
    let r = &a.report;
    (r.published.is_none(), r.published.as_deref(), r.outlet.as_deref(), &r.id, &r.text)
}

/// True for an act that killed or wounded somebody.
fn harmed(claim: &Claim) -> bool {
    let figures = claim.figures.iter().any(|figure| matches!(figure.what.as_str(), "killed" | "injured"));
    claim.kind == EventType::Assault && !claim.historical && figures
}

/// Who charges those who act in a claim with it, in the same breath: "**Niger** blames Mali for the attack". The attack is told, and
/// not that Mali was it.
fn charger<'a>(annotation: &'a Annotation, claim: &Claim) -> Option<&'a Party> {
    let accused = |charge: &&Claim| {
        let named =
            |doer: &Party| doer.country.is_some() && charge.recipients.iter().any(|p| p.country == doer.country);
        charge.kind == EventType::Accuse && charge.sentence == claim.sentence && claim.actors.iter().any(named)
    };
    let charge = annotation.claims.iter().filter(|_| claim.kind != EventType::Accuse).find(accused)?;
    charge.actors.first()
}

fn describe(annotations: &[Annotation], origins: &[usize], event: Event) -> BriefEvent {
    let claim = |at: ClaimRef| &annotations[at.report].claims[at.claim];
    let reports: BTreeSet<usize> = event.claims.iter().map(|at| at.report).collect();
    let kinds = event.claims.iter().map(|&at| claim(at).kind);
    let mut counts = vec![0usize; EventType::ALL.len()];
    kinds.for_each(|kind| counts[kind as usize] += 1);
    let most = counts.iter().copied().max().unwrap_or(0);
    let kind = EventType::ALL.iter().copied().find(|&kind| counts[kind as usize] == most);
    let kind = kind.unwrap_or_else(|| claim(event.claims[0]).kind);
    let best = event.claims.iter().copied().min_by_key(|&at| {
        let c = claim(at);
        let told =
            c.attribution.is_none() && c.modality != Modality::Negated && charger(&annotations[at.report], c).is_none();
        let parties = usize::from(!c.actors.is_empty()) + usize::from(!c.recipients.is_empty());
        let slots = parties + c.figures.len().min(2) + usize::from(c.date.is_some()) + usize::from(c.place.is_some());
        (c.kind != kind, !told, 9 - slots.min(9), at)
    });
    let date = event.claims.iter().copied().filter(|&at| claim(at).date.is_some());
    let date = date.min_by_key(|&at| (claim(at).date.as_ref().map(|d| d.precision), at));
    let place = event.claims.iter().copied().filter(|&at| claim(at).place.is_some());
    let place = place.min_by_key(|&at| (claim(at).place.as_ref().map(|p| p.precision), at));
    let negates = |at: &ClaimRef| {
        let c = claim(*at);
        c.modality == Modality::Negated || c.attribution.as_ref().is_some_and(|a| a.stance == Stance::Denies)
    };
    let denied: Vec<ClaimRef> = event.claims.iter().copied().filter(negates).collect();
    let rest = |spoken: bool| {
        let is = move |at: &ClaimRef| !negates(at) && claim(*at).attribution.is_some() == spoken;
        event.claims.iter().copied().filter(is).collect::<Vec<_>>()
    };
    let mut seen = BTreeSet::new();
    let tellers: Vec<usize> = reports.iter().copied().filter(|&report| seen.insert(origins[report])).collect();
    BriefEvent {
        kind,
        best: best.unwrap_or(event.claims[0]),
        date,
        place,
        origins: tellers.len(),
        tellers,
        reports: reports.into_iter().collect(),
        own_voice: rest(false),
        asserted: rest(true),
        denied,
        event,
    }
}

fn timeline(annotations: &[Annotation], events: &[BriefEvent]) -> Vec<TimelineEntry> {
    let mut out: Vec<TimelineEntry> = events
        .iter()
        .enumerate()
        .filter(|(_, e)| {
            let claims = e.event.claims.iter().map(|at| &annotations[at.report].claims[at.claim]);
            claims.into_iter().any(|c| matches!(c.modality, Modality::Occurred | Modality::Planned))
        })
        .map(|(event, e)| {
            let claims = || e.event.claims.iter().map(|at| &annotations[at.report].claims[at.claim]);
            let days = e.date.and_then(|at| {
                let a = &annotations[at.report];
                when::told(a.claims[at.claim].date.as_ref()?, a.report.day())
            });
            let lanes = |side: fn(&crate::Claim) -> &[Party]| {
                let codes = claims().flat_map(side).filter_map(|p| p.country.clone());
                codes.collect::<BTreeSet<_>>().into_iter().collect()
            };
            TimelineEntry { event, days, actors: lanes(|c| &c.actors), recipients: lanes(|c| &c.recipients) }
        })
        .collect();
    let starts = |days: (Option<Day>, Option<Day>)| days.0.or(days.1);
    out.sort_by_key(|t| (t.days.is_none(), t.days.map(starts), t.days, t.event));
    out
}

fn gaps(annotations: &[Annotation], origins: &[usize]) -> Vec<String> {
    let mut out = Vec::new();
    let undated = annotations.iter().filter(|a| a.report.published.is_none()).count();
    if undated > 0 {
        out.push(format!("{undated} of {} reports carry no date of publication.", annotations.len()));
    }
    let empty: Vec<&str> = annotations.iter().filter(|a| a.claims.is_empty()).map(|a| a.report.id.as_str()).collect();
    if !empty.is_empty() {
        out.push(format!("No claim was found in {}.", empty.join(", ")));
    }
    let groups = origins.iter().max().map_or(0, |m| m + 1);
    let reports = annotations.len();
    if groups == 1 && reports > 1 {
        out.push(format!(
            "All {reports} reports are nearly the same text, one origin: none of them bears out another."
        ));
    } else if groups < reports {
        out.push(format!("{reports} reports come from {groups} independent origins."));
    }
    if annotations.len() == 1 {
        out.push("One report alone: nothing to compare.".to_string());
    }
    out
}
