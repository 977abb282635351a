//! Comparison: an event's claims side by side, slot by slot: where the reports agree, refine, differ, contradict.
//!
//! Every value is a span of a report. Nothing is decided: where two reports cannot both be right, both stand.

mod content;
mod counts;
mod dates;
mod figures;
mod labels;
mod parties;
mod places;
pub(crate) mod voices;

use crate::{
    claim::{Annotation, Claim},
    event::{ClaimRef, Comparison, Difference, Event, Kind, Slot, Value},
    link::around::Around,
    span::Span,
    tree::Tree,
};
use std::collections::{BTreeMap, BTreeSet};

/// An event and who tells of it: what every slot's comparison starts from.
pub(crate) struct Told<'a> {
    annotations: &'a [Annotation],
    /// The same, laid out for a look at one claim.
    around: &'a [Around<'a>],
    claims: &'a [ClaimRef],
    /// Claims by report; of the reports of one origin only the first that tells the event.
    reports: BTreeMap<usize, Vec<ClaimRef>>,
}

/// What a slot's comparison finds.
pub(crate) type Found = Option<(Kind, Vec<Value>)>;

impl<'a> Told<'a> {
    fn claim(&self, at: ClaimRef) -> &'a Claim {
        &self.annotations[at.report].claims[at.claim]
    }

    fn text(&self, report: usize) -> &'a str {
        &self.annotations[report].report.text
    }

    fn words(&self, at: ClaimRef, span: Span) -> &'a str {
        span.of(self.text(at.report))
    }

    /// The tree of a claim's sentence, where that is parsed and has the claim's trigger.
    fn tree(&self, at: ClaimRef) -> Option<Tree<'a>> {
        let claim = self.claim(at);
        let sentence = self.annotations[at.report].sentences.get(claim.sentence);
        sentence.filter(|sentence| claim.trigger < sentence.tokens.len()).map(Tree::new)
    }

    fn value(&self, at: ClaimRef, span: Span, value: impl Into<String>) -> Value {
        let said = self.claim(at).attribution.as_ref();
        let according_to = said.and_then(|a| a.source.clone());
        Value { report: at.report, span, value: value.into(), according_to, claim: at }
    }

    /// True where the outlet says it itself, or lays it to no party to the matter ("reportedly", "media reports").
    fn own_voice(&self, at: ClaimRef) -> bool {
        let source = self.claim(at).attribution.as_ref().map(|a| a.source.as_ref().and_then(|p| p.country.as_deref()));
        source.is_none_or(|country| country.is_none_or(|c| c == "MEDIA"))
    }

    /// Country codes of all who act or are acted on, in all reports.
    fn parties(&self) -> BTreeSet<&'a str> {
        let claims = self.claims.iter().map(|&at| self.claim(at));
        claims.flat_map(|c| c.actors.iter().chain(&c.recipients)).filter_map(|p| p.country.as_deref()).collect()
    }
}

/// For each event, what each report says in each slot, and where the reports differ.
///
/// `origins` and `stories` hold for each report the number of its origin and of its story. Silent is a report of the
/// same story that does not tell the event: of a report on something else nobody expects it.
pub fn compare(annotations: &[Annotation], events: &[Event], origins: &[usize], stories: &[usize]) -> Vec<Comparison> {
    let mut of_story: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, &story) in stories.iter().enumerate() {
        of_story.entry(story).or_default().push(report);
    }
    let around: Vec<Around> = annotations.iter().map(Around::new).collect();
    let mut answered = voices::Accusations::new(annotations, events);
    let mut out = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let mut reports: BTreeMap<usize, Vec<ClaimRef>> = BTreeMap::new();
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in &event.claims {
            if *seen.entry(origins[at.report]).or_insert(at.report) == at.report {
                reports.entry(at.report).or_default().push(at);
            }
        }
        let told = Told { annotations, around: &around, claims: &event.claims, reports };
        let mut found: Vec<(Slot, Kind, Vec<Value>)> = Vec::new();
        let mut add = |slot: Slot, result: Found| found.extend(result.map(|(kind, values)| (slot, kind, values)));
        if told.reports.len() > 1 {
            let actors = parties::actors(&told).or_else(|| parties::speakers(&told));
            // Where the actors differ the recipients do too: "both expelled diplomats" against "India expelled".
            if actors.is_none() {
                add(Slot::Recipient, parties::recipients(&told));
            }
            let labels = labels::labels(&told).filter(|(_, values)| !within(values, actors.as_ref()));
            add(Slot::Actor, actors);
            let acts = content::acts(&told).filter(|_| labels.is_none());
            let objects = content::objects(&told);
            add(Slot::Act, acts.filter(|_| objects.is_none()));
            add(Slot::Object, objects);
            for (slot, found) in dates::moments(&told) {
                add(slot, found);
            }
            add(Slot::Place, places::places(&told).or_else(|| places::phrases(&told)));
            add(Slot::Killed, figures::numbers(&told, "killed"));
            add(Slot::Injured, figures::numbers(&told, "injured"));
            add(Slot::Number, figures::numbers(&told, "").or_else(|| counts::things(&told)));
            add(Slot::Victims, figures::victims(&told));
            add(Slot::Label, labels.or_else(|| content::kinds(&told)));
            let reasons = content::reasons(&told);
            // Where the condition is the difference, the rest of the statement is none.
            for (slot, kind, values) in content::statements(&told).into_iter().filter(|_| reasons.is_none()) {
                add(slot, Some((kind, values)));
            }
            add(Slot::Reason, reasons);
            add(Slot::Status, content::status(&told));
            add(Slot::AccordingTo, voices::sides(&told).or_else(|| voices::vouched(&told)));
        }
        add(Slot::Actor, voices::disputed(&told));
        add(Slot::Actor, answered.disputed(&told, index));
        add(Slot::Status, voices::denied(&told));
        let differences =
            found.into_iter().map(|(slot, kind, values)| Difference { event: index, slot, kind, values }).collect();
        let tellers: BTreeSet<usize> = event.claims.iter().map(|at| at.report).collect();
        let about: BTreeSet<usize> = tellers.iter().map(|&report| stories[report]).collect();
        let held = about.iter().flat_map(|story| &of_story[story]).copied();
        let mut silent: Vec<usize> = held.filter(|report| !tellers.contains(report)).collect();
        silent.sort_unstable();
        out.push(Comparison { slots: all(&told), differences, silent });
    }
    out
}

/// Every value of every slot, for the table.
fn all(told: &Told) -> Vec<(Slot, Vec<Value>)> {
    let mut slots: BTreeMap<Slot, Vec<Value>> = BTreeMap::new();
    let mut shown: BTreeSet<(Slot, usize, Span)> = BTreeSet::new();
    let mut add = |slot: Slot, value: Value| {
        let values = slots.entry(slot).or_default();
        if !value.span.is_empty() && shown.insert((slot, value.report, value.span)) {
            values.push(value);
        }
    };
    for &at in told.claims {
        let c = told.claim(at);
        for (slot, parties) in [(Slot::Actor, &c.actors), (Slot::Recipient, &c.recipients)] {
            for party in parties {
                let known = party.country.as_ref().or(party.name.as_ref());
                // Where the act stands for a party that nobody names, its words are no words for the party.
                if !c.act.holds(party.span) {
                    add(slot, told.value(at, party.span, known.cloned().unwrap_or_default()));
                }
            }
        }
        add(Slot::Act, told.value(at, c.act, c.kind.as_str()));
        if let Some(object) = c.object {
            add(Slot::Object, told.value(at, object, ""));
        }
        if let Some(date) = &c.date {
            add(Slot::Date, told.value(at, date.span, date.value.clone()));
        }
        if let Some(place) = &c.place {
            add(Slot::Place, told.value(at, place.span, place.name.clone()));
        }
        for figure in &c.figures {
            let slot = match figure.what.as_str() {
                "killed" => Slot::Killed,
                "injured" => Slot::Injured,
                _ => Slot::Number,
            };
            add(slot, told.value(at, figure.span, figures::range(figure)));
        }
        if let Some(said) = &c.attribution {
            let source = said.source.as_ref().map_or(said.cue, |p| p.span);
            add(Slot::AccordingTo, told.value(at, source, said.stance.as_str()));
        }
    }
    for values in slots.values_mut() {
        values.sort_by_key(|v| (v.report, v.span));
    }
    slots.into_iter().collect()
}

/// True where every one of these words stands in what is shown already.
fn within(values: &[Value], shown: Option<&(Kind, Vec<Value>)>) -> bool {
    let shown = shown.map_or(&[][..], |(_, shown)| shown);
    values.iter().all(|v| shown.iter().any(|s| s.report == v.report && s.span.holds(v.span)))
}

/// The kind that matters most to a reader.
fn gravest(kinds: impl IntoIterator<Item = Kind>) -> Option<Kind> {
    let rank = |kind: &Kind| match kind {
        Kind::Refines => 0,
        Kind::Differs => 1,
        Kind::OneSided => 2,
        Kind::Disputed => 3,
        Kind::Contradicts => 4,
    };
    kinds.into_iter().max_by_key(rank)
}

/// Compares the values of each two reports; the result holds one value for each report, with the gravest kind.
fn pairwise<T>(values: Vec<(Value, T)>, kind: impl Fn(&T, &T) -> Option<Kind>) -> Found {
    let mut kinds = Vec::new();
    for (i, (_, a)) in values.iter().enumerate() {
        kinds.extend(values[i + 1..].iter().filter_map(|(_, b)| kind(a, b)));
    }
    Some((gravest(kinds)?, values.into_iter().map(|(value, _)| value).collect()))
}
