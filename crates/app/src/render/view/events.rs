//! What happened: an event in the words of its reports.

use std::collections::BTreeSet;

use demarche_core::{Brief, BriefEvent, ClaimRef, Kind, Modality};

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
    /// Reports that were read in full and do not.
    pub silent: Vec<usize>,
    /// "in 3 of 3 reports".
    pub told: String,
    /// One statement a report, the fullest.
    pub quotes: Vec<Quote>,
    /// The other statements.
    pub further: Vec<Quote>,
    /// Told only as history.
    pub background: bool,
    /// The gravest way in which the reports differ on it.
    pub differs: Option<Kind>,
    /// The same as it is shown.
    pub badge: Option<Badge>,
}

pub(super) fn event(brief: &Brief, index: usize) -> EventView {
    let BriefEvent { event, kind, best, reports, .. } = &brief.events[index];
    let claim = brief.claim(*best);
    let told = |report: usize| {
        let of_report = event.claims.iter().filter(move |at| at.report == report);
        of_report.copied().min_by_key(|at| (*at != *best, brief.claim(*at).kind != *kind, *at))
    };
    let quoted: Vec<ClaimRef> = reports.iter().filter_map(|&report| told(report)).collect();
    let rest = event.claims.iter().filter(|at| !quoted.contains(at));
    let mode = claim.mode.as_deref().map(|mode| format!(" · {mode}")).unwrap_or_default();
    let date = brief.events[index].date.and_then(|at| brief.claim(at).date.as_ref());
    let place = brief.events[index].place.and_then(|at| brief.claim(at).place.as_ref());
    let comparison = brief.comparisons.get(index);
    let kinds = comparison.into_iter().flat_map(|comparison| &comparison.differences).map(|d| d.kind);
    let differs = kinds.max_by_key(|&kind| gravity(kind));
    let mut figures: Vec<String> = Vec::new();
    for &at in &event.claims {
        for figure in &brief.claim(at).figures {
            let words = one_line(brief.words(at.report, figure.span));
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
        when: date.map(|date| date_text(&date.value)),
        place: place.map(|place| place.name.clone()),
        figures,
        status: status(brief, index),
        reports: reports.clone(),
        silent: comparison.map(|comparison| comparison.silent.clone()).unwrap_or_default(),
        // Of reports on another story nobody expects it.
        told: format!("in {} of {}{origins}", reports.len(), count(reports.len() + silent, "report")),
        quotes: quoted.iter().map(|&at| claim_quote(brief, at)).collect(),
        further: once(rest.map(|&at| claim_quote(brief, at))),
        background: event.claims.iter().all(|&at| brief.claim(at).historical),
        badge: differs.map(|kind| badge(Some(kind))),
        differs,
    }
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
