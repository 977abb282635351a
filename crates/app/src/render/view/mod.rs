//! What a brief says, worked out once for all renderers: plain strings and places, nothing escaped yet.

mod badges;
mod events;
mod quotes;
mod reports;
mod slots;
mod statements;
mod stories;
mod who;

pub use badges::{Badge, badge, gravity, quad_name};
pub use events::EventView;
pub use quotes::{Quote, sentence_at, told};
pub use reports::ReportView;
pub use slots::SlotTable;
pub use statements::SpeakerView;
pub use stories::StoryView;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use demarche_core::{Brief, Difference, Kind};

use super::words::{country_name, join, stretch_text};

/// A difference that a reader must not miss.
pub struct Highlight {
    /// Index of the event.
    pub event: usize,
    /// What is asked.
    pub slot: &'static str,
    /// How they differ.
    pub badge: Badge,
    /// A value of each side.
    pub quotes: Vec<Quote>,
}

/// What is said, worked out.
pub struct View<'b> {
    /// The brief.
    pub brief: &'b Brief,
    /// "3 reports, 3 outlets, 3 independent origins".
    pub counted: String,
    /// "1 May 2025, the latest date the inputs give".
    pub as_of: String,
    /// The reports.
    pub reports: Vec<ReportView>,
    /// All events, in the order of the brief.
    pub events: Vec<EventView>,
    /// Who says what.
    pub speakers: Vec<SpeakerView>,
    /// Where the reports differ.
    pub slots: Vec<SlotTable>,
    /// The stories that mixed reports tell; empty where all tell one.
    pub stories: Vec<StoryView>,
}

impl<'b> View<'b> {
    /// Works it out.
    pub fn new(brief: &'b Brief) -> Self {
        let events: Vec<EventView> = (0..brief.events.len()).map(|index| events::event(brief, index)).collect();
        Self {
            brief,
            counted: reports::counted(brief),
            as_of: reports::as_of(brief),
            reports: reports::reports(brief),
            slots: slots::slots(brief),
            speakers: statements::speakers(brief),
            stories: stories::stories(brief),
            events,
        }
    }

    /// Whom the brief is about: the parties of most events.
    pub fn title(&self) -> Option<String> {
        let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &self.brief.events {
            let claim = self.brief.claim(event.best);
            let codes: BTreeSet<&str> =
                claim.actors.iter().chain(&claim.recipients).filter_map(|party| party.country.as_deref()).collect();
            for code in codes {
                *weight.entry(code).or_insert(0) += event.origins;
            }
        }
        let mut codes: Vec<(&str, usize)> = weight.into_iter().collect();
        codes.sort_by_key(|&(code, weight)| (Reverse(weight), code));
        let least = codes.first().map_or(0, |(_, weight)| weight / 4);
        let most = codes.iter().filter(|(_, weight)| *weight >= least).take(4);
        let names: Vec<String> = most.map(|(code, _)| country_name(code).to_string()).collect();
        (!names.is_empty()).then(|| join(&names))
    }

    /// What to call a report: `[2] Harbour Post`.
    pub fn report_name(&self, report: usize) -> String {
        format!("[{}] {}", report + 1, self.reports[report].name)
    }

    /// How many independent origins the reports have.
    pub fn origins(&self) -> usize {
        self.reports.iter().filter(|report| report.copy_of.is_none()).count()
    }

    /// " and 19 copies of it": the reports that are nearly the same text as the first of an origin; empty for none.
    pub fn copies(&self, report: usize) -> String {
        match self.reports.iter().filter(|other| other.copy_of == Some(report)).count() {
            0 => String::new(),
            1 => " and a copy of it".to_string(),
            copies => format!(" and {copies} copies of it"),
        }
    }

    /// Events that happened or may, in order; background apart.
    pub fn events_told(&self, background: bool) -> impl Iterator<Item = &EventView> {
        self.events.iter().filter(move |event| event.background == background)
    }

    /// For each report the events that it alone tells.
    pub fn only(&self) -> Vec<(usize, Vec<&EventView>)> {
        if self.origins() < 2 {
            return vec![];
        }
        let of = |report| {
            let only = self.brief.only.iter().filter(move |only| only.report == report);
            only.map(|only| &self.events[only.event]).filter(|event| !event.background).collect()
        };
        (0..self.reports.len())
            .map(|report| (report, of(report)))
            .filter(|(_, events): &(_, Vec<_>)| !events.is_empty())
            .collect()
    }

    /// The timeline: when, and the event.
    pub fn timeline(&self) -> Vec<(String, &EventView)> {
        let dated = self.brief.timeline.iter().filter_map(|entry| Some((entry.days?, entry.event)));
        dated.map(|(days, event)| (stretch_text(days), &self.events[event])).collect()
    }

    /// Events that no report dates.
    pub fn undated(&self) -> Vec<&EventView> {
        let undated = self.brief.timeline.iter().filter(|entry| entry.days.is_none());
        undated.map(|entry| &self.events[entry.event]).collect()
    }

    /// The gravest difference of each of the events that differ most, the best-told first.
    pub fn highlights(&self, most: usize) -> Vec<Highlight> {
        let first = |table: &SlotTable| {
            let row = table.rows.iter().find(|row| row.kind.is_some())?;
            let quotes: Vec<Quote> = match row.kind {
                Some(Kind::Disputed) => row.cells.iter().flatten().take(2).cloned().collect(),
                _ => row.cells.iter().filter_map(|cell| cell.first()).take(3).cloned().collect(),
            };
            Some((gravity(row.kind?), Highlight { event: table.event, slot: row.slot, badge: badge(row.kind), quotes }))
        };
        let mut found: Vec<(u8, Highlight)> = self.slots.iter().filter_map(first).collect();
        found.sort_by_key(|(gravity, highlight)| (Reverse(*gravity), highlight.event));
        found.into_iter().take(most).map(|(_, highlight)| highlight).collect()
    }

    /// Differences of a kind, over all events.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.brief.comparisons.iter().flat_map(|comparison| &comparison.differences)
    }
}
