//! What happened: an event in the words of its reports.

use std::{cmp::Reverse, collections::BTreeSet};

use demarche_core::{Brief, BriefEvent, Claim, ClaimRef, Modality};

use super::{
    badges::{Badge, badge, gravity},
    quotes::{Quote, claim_quote, text},
    who::who,
};
use crate::render::words::{count, date_text, join, modality_name, one_line, party_name, type_name};

/// An event.
pub struct EventView {
    /// Index in the brief.
    pub index: usize,
    /// `e1`.
    pub id: String,
    /// "attack".
    pub label: &'static str,
    /// `ASSAULT` or `ASSAULT · aerial`.
    pub code: String,
    /// PLOVER quad class.
    pub quad: u8,
    /// "India, Pakistan → Pakistan, India", or what is known of it.
    pub who: String,
    /// In words.
    pub when: Option<String>,
    /// Canonical name.
    pub place: Option<String>,
    /// "26 tourists".
    pub figures: Vec<String>,
    /// "reported", "claimed by India", "denied by Pakistan", "planned".
    pub status: String,
    /// Reports that tell it.
    pub reports: Vec<usize>,
    /// The first of each origin among them.
    pub tellers: Vec<usize>,
    /// Reports that were read in full and do not.
    pub silent: Vec<usize>,
    /// "in 3 of 3 reports".
    pub told: String,
    /// One statement a report, the fullest; copies are not quoted again.
    pub quotes: Vec<Quote>,
    /// The other statements.
    pub further: Vec<Quote>,
    /// Told only as history.
    pub background: bool,
    /// The gravest way in which the reports differ on it.
    pub badge: Option<Badge>,
}

/// Sentences of further statements that are named at most.
const ALSO: usize = 12;

impl EventView {
    /// Where the other statements stand, each sentence once: `[1] s4 [2] s1`; of many, how many more there are.
    pub fn also(&self) -> String {
        let mut seen = BTreeSet::new();
        let once = self.further.iter().filter(|quote| seen.insert((quote.report, quote.sentence)));
        let mut marks: Vec<String> = once.map(Quote::mark).collect();
        let more = marks.len().saturating_sub(ALSO);
        marks.truncate(ALSO);
        if more > 0 {
            marks.push(format!("and {more} more"));
        }
        marks.join(" ")
    }
}

pub(super) fn event(brief: &Brief, index: usize) -> EventView {
    let BriefEvent { event, kind, best, reports, .. } = &brief.events[index];
    let claim = brief.claim(*best);
    let told = |report: usize| {
        let of_report = event.claims.iter().filter(move |at| at.report == report);
        of_report.copied().min_by_key(|at| {
            let claim = brief.claim(*at);
            (*at != *best, claim.kind != *kind, Reverse(fullness(claim)), *at)
        })
    };
    // A copy says nothing that the first of its origin does not.
    let first = &brief.events[index].tellers;
    let quoted: Vec<ClaimRef> = first.iter().filter_map(|&report| told(report)).collect();
    let rest = event.claims.iter().filter(|at| first.contains(&at.report) && !quoted.contains(at));
    let mode = claim.mode.as_deref().map(|mode| format!(" · {mode}")).unwrap_or_default();
    let date = brief.events[index].date.and_then(|at| brief.claim(at).date.as_ref());
    let place = brief.events[index].place.and_then(|at| brief.claim(at).place.as_ref());
    let comparison = brief.comparisons.get(index);
    let kinds = comparison.into_iter().flat_map(|comparison| &comparison.differences).map(|d| d.kind);
    let differs = kinds.max_by_key(|&kind| gravity(kind));
    let mut figures: Vec<String> = Vec::new();
    for &at in &event.claims {
        // Of an accusation the dead are those of the deed that it is about.
        let harm = |what: &str| matches!(what, "killed" | "injured");
        for figure in brief.claim(at).figures.iter().filter(|figure| !(kind.verbal() && harm(&figure.what))) {
            let words = counted(&one_line(brief.words(at.report, figure.span)), &figure.what);
            if !figures.contains(&words) {
                figures.push(words);
            }
        }
    }
    let silent = comparison.map_or(0, |comparison| comparison.silent.len());
    let origins = match brief.events[index].origins {
        origins if origins < reports.len() => format!(" ({})", count(origins, "independent origin")),
        _ => String::new(),
    };
    EventView {
        index,
        id: event.id.clone(),
        label: type_name(*kind),
        code: format!("{kind}{mode}"),
        quad: kind.quad(),
        who: who(brief, event, *best),
        when: date.map(|date| date_text(&date.value)).filter(|when| !when.is_empty()),
        place: place.map(|place| place.name.clone()),
        figures,
        status: status(brief, index),
        reports: reports.clone(),
        tellers: first.clone(),
        silent: comparison.map(|comparison| comparison.silent.clone()).unwrap_or_default(),
        // Of reports on another story nobody expects it.
        told: format!("in {} of {}{origins}", reports.len(), count(reports.len() + silent, "report")),
        quotes: quoted.iter().map(|&at| claim_quote(brief, at)).collect(),
        further: once(rest.map(|&at| claim_quote(brief, at))),
        background: event.claims.iter().all(|&at| brief.claim(at).historical),
        badge: differs.map(|kind| badge(Some(kind))),
    }
}

/// How much a claim tells: parties, numbers, day and place.
fn fullness(claim: &Claim) -> usize {
    let parties = usize::from(!claim.actors.is_empty()) + usize::from(!claim.recipients.is_empty());
    parties + claim.figures.len().min(2) + usize::from(claim.date.is_some()) + usize::from(claim.place.is_some())
}

/// "17 others injured": a number with what became of those counted, where its words do not say so.
fn counted(words: &str, what: &str) -> String {
    let state = matches!(what, "killed" | "injured" | "missing" | "arrested" | "displaced" | "freed");
    let said = words.to_lowercase().split_whitespace().any(|word| {
        matches!(
            word,
            "dead" | "deaths" | "death" | "lives" | "killed" | "injured" | "wounded" | "missing" | "injuries"
        )
    });
    if state && !said { format!("{words} {what}") } else { words.to_string() }
}

fn sources(brief: &Brief, claims: &[ClaimRef]) -> String {
    let mut names: Vec<String> = Vec::new();
    for &at in claims {
        let source = brief.claim(at).attribution.as_ref().and_then(|said| said.source.as_ref());
        let name = source.map_or("an unnamed source".to_string(), |party| party_name(party, text(brief, at.report)));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    join(&names)
}

/// Whether an outlet tells it in its own voice or somebody says so, and whether somebody denies it.
fn status(brief: &Brief, index: usize) -> String {
    let event = &brief.events[index];
    let mut parts = Vec::new();
    if let Some(&at) = event.own_voice.first() {
        parts.push(modality_name(brief.claim(at).modality).to_string());
    } else if !event.asserted.is_empty() {
        parts.push(format!("only according to {}", sources(brief, &event.asserted)));
    }
    let (spoken, own): (Vec<ClaimRef>, Vec<ClaimRef>) =
        event.denied.iter().partition(|&&at| brief.claim(at).attribution.is_some());
    if !spoken.is_empty() {
        parts.push(format!("denied by {}", sources(brief, &spoken)));
    } else if !own.is_empty() {
        parts.push(modality_name(Modality::Negated).to_string());
    }
    parts.join("; ")
}

/// Each quotation once: the two directions of one statement have the same words.
fn once(quotes: impl Iterator<Item = Quote>) -> Vec<Quote> {
    let mut seen = BTreeSet::new();
    quotes.filter(|quote| seen.insert((quote.report, quote.sentence, quote.words.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn a_copy_is_counted_and_not_quoted() {
        let mut brief = fixture::brief();
        assert_eq!(event(&brief, 0).quotes.len(), 2);
        brief.origins = vec![0, 0];
        (brief.events[0].origins, brief.events[0].tellers) = (1, vec![0]);
        let copied = event(&brief, 0);
        assert_eq!((copied.quotes.len(), copied.reports.len()), (1, 2));
    }

    #[test]
    fn further_statements_are_named_by_sentence_and_not_without_end() {
        let mut told = event(&fixture::brief(), 0);
        let one = |sentence| Quote { sentence, ..told.quotes[0].clone() };
        let further: Vec<Quote> = (0..20).flat_map(|sentence| [one(sentence), one(sentence)]).collect();
        told.further = further[..4].to_vec();
        assert_eq!(told.also(), "[1] s1 [1] s2");
        told.further = further;
        assert!(told.also().ends_with("[1] s12 and 8 more"), "{}", told.also());
    }

    #[test]
    fn a_number_says_what_became_of_those_counted() {
        assert_eq!(counted("17 others", "injured"), "17 others injured");
        assert_eq!(counted("26 dead", "killed"), "26 dead");
        assert_eq!(counted("two diplomats", "diplomats"), "two diplomats");
        assert_eq!(event(&fixture::brief(), 0).figures, ["12 anglers killed", "Twelve people killed"]);
    }

    #[test]
    fn the_dead_of_a_deed_are_none_of_the_charge() {
        let mut brief = fixture::brief();
        brief.annotations[0].claims[1].figures = brief.annotations[0].claims[0].figures.clone();
        let charge = brief.events.iter().position(|event| event.kind == demarche_core::EventType::Accuse).unwrap();
        assert_eq!(event(&brief, charge).figures, Vec::<String>::new());
    }
}
