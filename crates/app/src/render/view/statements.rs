//! Who says what: the ledger by sides.

use std::collections::BTreeMap;

use demarche_core::{Brief, LedgerLine, Party, Stance, ledger::State};

use super::quotes::{Quote, claim_quote, text};
use crate::render::words::{join, party_name, party_names, side_name, stance_name};

/// A statement of the ledger.
pub struct LedgerView {
    /// Index in the ledger.
    pub index: usize,
    /// Indices of the lines that say the same in the same words of another party.
    pub also: Vec<usize>,
    /// Who, where that is more than the side.
    pub who: String,
    /// "accuses".
    pub verb: &'static str,
    /// Whom it addresses or is about.
    pub whom: String,
    /// Index of the event.
    pub event: usize,
    /// The words.
    pub quote: Quote,
    /// Lines that it answers: index, who makes them, mark.
    pub answers: Vec<(usize, String, String)>,
    /// "open", "denied", … with the mark where it is.
    pub state: String,
}

/// The statements of one side.
pub struct SpeakerView {
    /// Country, or who it is.
    pub name: String,
    /// What they say, in order of the text.
    pub lines: Vec<LedgerView>,
}

/// What makes two lines of one side one: the same words of the same person.
type Words = (String, (usize, usize, String), &'static str, String);

/// The lines of each side as they are collected: where each side and each wording stands.
#[derive(Default)]
struct Sides {
    speakers: Vec<SpeakerView>,
    by_name: BTreeMap<String, usize>,
    by_words: BTreeMap<Words, usize>,
}

impl Sides {
    /// Adds a line. The same words said of several parties (each side of a quarrel) are one line that names them all.
    fn add(&mut self, name: String, line: LedgerView) {
        let quote = (line.quote.report, line.quote.sentence, line.quote.words.clone());
        let words = (name.clone(), quote, line.verb, line.who.clone());
        let side = *self.by_name.entry(name.clone()).or_insert_with(|| {
            self.speakers.push(SpeakerView { name, lines: Vec::new() });
            self.speakers.len() - 1
        });
        let lines = &mut self.speakers[side].lines;
        let at = *self.by_words.entry(words).or_insert(lines.len());
        let Some(other) = lines.get_mut(at) else { return lines.push(line) };
        if !other.whom.contains(&line.whom) {
            let both = [&other.whom, &line.whom].into_iter().filter(|whom| !whom.is_empty()).cloned();
            other.whom = both.collect::<Vec<_>>().join(", ");
        }
        other.also.push(line.index);
        other.answers.extend(line.answers);
        if other.state.is_empty() {
            other.state = line.state;
        }
    }
}

/// Who makes the statement: its source where it is told as speech, else who acts.
fn speaker<'b>(brief: &'b Brief, line: &LedgerLine) -> Vec<&'b Party> {
    let claim = brief.claim(line.claim);
    match &claim.attribution {
        Some(said) if said.stance != Stance::Asserts || !claim.kind.verbal() => said.source.iter().collect(),
        Some(said) if claim.actors.is_empty() => said.source.iter().collect(),
        _ => claim.actors.iter().collect(),
    }
}

pub(super) fn speakers(brief: &Brief) -> Vec<SpeakerView> {
    let mut sides = Sides::default();
    for (index, line) in brief.ledger.iter().enumerate() {
        let at = line.claim;
        let claim = brief.claim(at);
        // A copy repeats what the first of its origin has somebody say.
        if claim.historical || brief.events[line.event].tellers.binary_search(&at.report).is_err() {
            continue;
        }
        let words = text(brief, at.report);
        let parties = speaker(brief, line);
        let mut of: Vec<String> = parties.iter().map(|party| side_name(party, words)).collect();
        of.dedup();
        let names: Vec<String> = parties.into_iter().map(|party| party_name(party, words)).collect();
        let name = if of.is_empty() { "Not named".to_string() } else { join(&of) };
        let who = if names == of { String::new() } else { join(&names) };
        // A deed that somebody tells of is told to nobody: whom it fell on is not whom he addresses.
        let addressed = |p: &&Party| claim.kind.verbal() && !names.contains(&party_name(p, words));
        let whom: Vec<Party> = claim.recipients.iter().filter(addressed).cloned().collect();
        let view = LedgerView {
            index,
            also: Vec::new(),
            who,
            verb: stance_name(line.stance),
            whom: party_names(&whom, words),
            event: line.event,
            quote: Quote { according_to: None, ..claim_quote(brief, at) },
            answers: line.answers.iter().map(|&by| (by, ledger_speaker(brief, by), ledger_mark(brief, by))).collect(),
            state: match line.state {
                State::Open => String::new(),
                State::Denied(by) => format!("denied in {}", ledger_mark(brief, by)),
                State::Withdrawn(by) => format!("taken back in {}", ledger_mark(brief, by)),
                State::Confirmed(by) => format!("also told in {}", claim_quote(brief, by).mark()),
            },
        };
        sides.add(name, view);
    }
    let mut out = sides.speakers;
    for speaker in &mut out {
        speaker.lines.sort_by_key(|line| (line.quote.report, line.quote.sentence, line.index));
    }
    out.sort_by(|a, b| (a.name == "Not named", b.lines.len()).cmp(&(b.name == "Not named", a.lines.len())));
    out
}

/// The mark of a line of the ledger.
fn ledger_mark(brief: &Brief, line: usize) -> String {
    brief.ledger.get(line).map(|line| claim_quote(brief, line.claim).mark()).unwrap_or_default()
}

/// Who makes the statement of a line of the ledger.
fn ledger_speaker(brief: &Brief, line: usize) -> String {
    let Some(line) = brief.ledger.get(line) else { return String::new() };
    let words = text(brief, line.claim.report);
    let names: Vec<String> = speaker(brief, line).into_iter().map(|party| party_name(party, words)).collect();
    join(&names)
}
