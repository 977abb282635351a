//! The claims ledger: who accuses, demands, promises, threatens, denies, and what answers what.

use crate::{
    claim::{Annotation, Claim, Modality, Stance},
    compare::voices::answers,
    event::{ClaimRef, Event},
    plover::EventType,
};
use std::collections::{BTreeMap, BTreeSet};

/// One speaker's statement in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerLine {
    /// The claim; its attribution, or its actors where the claim is itself a statement, are the speakers.
    pub claim: ClaimRef,
    /// Index of its event.
    pub event: usize,
    /// What the speaker does in saying it.
    pub stance: Stance,
    /// Lines (indices in the ledger) that this line answers: the accusation that a denial denies, the demand that a
    /// refusal refuses.
    pub answers: Vec<usize>,
    /// What became of it, by lines of the ledger.
    pub state: State,
}

/// What became of a statement, as far as these reports tell. Demarche does not decide who is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// Nobody in these reports takes it up.
    #[default]
    Open,
    /// Somebody denies it: the line.
    Denied(usize),
    /// The same speaker later takes it back: the line.
    Withdrawn(usize),
    /// An outlet says the same in its own voice: the claim.
    Confirmed(ClaimRef),
}

/// Sentences between a charge or demand and its answer in the same report, at most.
const REACH: usize = 4;

/// Lines of other reports that a line is held against, the nearest first: keeps the ledger linear.
const WINDOW: usize = 64;

/// The ledger of these events.
pub fn ledger(annotations: &[Annotation], events: &[Event]) -> Vec<LedgerLine> {
    let claim = |at: ClaimRef| &annotations[at.report].claims[at.claim];
    let mut out: Vec<LedgerLine> = Vec::new();
    for (event, e) in events.iter().enumerate() {
        for &at in &e.claims {
            if let Some(stance) = stance(claim(at)) {
                out.push(LedgerLine { claim: at, event, stance, answers: vec![], state: State::Open });
            }
        }
    }
    answer(annotations, &mut out);
    for i in 0..out.len() {
        if out[i].state == State::Open {
            out[i].state = outcome(annotations, events, &out, i);
        }
    }
    out
}

/// What the speaker of a claim does in saying it; `None` for a deed that the outlet tells itself.
fn stance(claim: &Claim) -> Option<Stance> {
    let said = claim.attribution.as_ref();
    match (said, claim.kind) {
        (Some(said), _) if said.stance != Stance::Asserts => Some(said.stance),
        (_, EventType::Accuse) => Some(Stance::Accuses),
        (_, EventType::Request) => Some(Stance::Demands),
        (_, EventType::Reject) => Some(Stance::Denies),
        (_, EventType::Threaten) => Some(Stance::Threatens),
        (_, EventType::Agree | EventType::Concede) if claim.modality == Modality::Planned => Some(Stance::Promises),
        (Some(said), _) => Some(said.stance),
        _ => None,
    }
}

/// Country codes of those who say it.
fn speakers(claim: &Claim) -> BTreeSet<&str> {
    let source = claim.attribution.as_ref().and_then(|said| said.source.as_ref()?.country.as_deref());
    let own = claim.actors.iter().filter_map(|p| p.country.as_deref());
    match source {
        Some(source) if !claim.kind.verbal() => BTreeSet::from([source]),
        _ => own.chain(source).collect(),
    }
}

/// Ties denials to accusations and refusals to demands: first inside the report, then in the others.
fn answer(annotations: &[Annotation], lines: &mut [LedgerLine]) {
    let claim = |at: ClaimRef| &annotations[at.report].claims[at.claim];
    let mut charges: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // By report too, in the order of the sentences: a denial mostly answers what stands near it.
    let mut near: BTreeMap<(&str, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if matches!(line.stance, Stance::Accuses | Stance::Demands) {
            let charge = claim(line.claim);
            for code in charge.recipients.iter().filter_map(|p| p.country.as_deref()) {
                charges.entry(code).or_default().push(i);
                near.entry((code, line.claim.report)).or_default().push((charge.sentence, i));
            }
        }
    }
    for list in near.values_mut() {
        list.sort_unstable();
    }
    for i in 0..lines.len() {
        if lines[i].stance != Stance::Denies {
            continue;
        }
        let (at, denial) = (lines[i].claim, claim(lines[i].claim));
        let by = speakers(denial);
        let text = &annotations[at.report].report.text;
        let here = by.iter().flat_map(|&code| {
            let list = near.get(&(code, at.report)).map_or(&[][..], Vec::as_slice);
            let from = list.partition_point(|(sentence, _)| sentence + REACH < denial.sentence);
            let within = list[from..].iter().take_while(|(sentence, _)| *sentence <= denial.sentence + REACH);
            let mut lines: Vec<usize> = within.map(|&(_, line)| line).collect();
            lines.sort_unstable();
            lines
        });
        let mut found: Vec<usize> = here
            .filter(|&j| match lines[j].stance {
                Stance::Accuses => answers(text, denial, claim(lines[j].claim)),
                _ => refuses(text, denial, claim(lines[j].claim)),
            })
            .collect();
        if found.is_empty() {
            // The same exchange told by another outlet: accuser and accused in one report, the denial in another.
            let to: BTreeSet<&str> = denial.recipients.iter().filter_map(|p| p.country.as_deref()).collect();
            let own = by.iter().flat_map(|code| charges.get(code).into_iter().flatten().copied());
            let elsewhere = own.take(WINDOW).find(|&j| {
                let other = claim(lines[j].claim);
                lines[j].stance == Stance::Accuses
                    && lines[j].claim.report != at.report
                    && crate::link::facts::denial(text, denial)
                    && other.actors.iter().any(|p| p.country.as_deref().is_some_and(|c| to.contains(c)))
            });
            found.extend(elsewhere);
        }
        for &j in &found {
            if lines[j].state == State::Open {
                lines[j].state = State::Denied(i);
            }
        }
        lines[i].answers = found;
    }
}

/// True where a rejection refuses a demand: the asked rejects, and rejects no charge.
fn refuses(text: &str, rejection: &Claim, demand: &Claim) -> bool {
    let by = |c: &Claim| c.actors.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<_>>();
    let to = rejection.recipients.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<_>>();
    rejection.kind == EventType::Reject
        && !crate::link::facts::denial(text, rejection)
        && rejection.sentence >= demand.sentence
        && rejection.sentence - demand.sentence <= REACH
        && (to.is_empty() || !to.is_disjoint(&by(demand)))
}

/// Taken back by its own speaker, or told by an outlet itself.
fn outcome(annotations: &[Annotation], events: &[Event], lines: &[LedgerLine], i: usize) -> State {
    let claim = |at: ClaimRef| &annotations[at.report].claims[at.claim];
    let line = &lines[i];
    let own = claim(line.claim);
    let denies = |c: &Claim| c.attribution.as_ref().is_some_and(|said| said.stance == Stance::Denies);
    if !denies(own) && line.stance != Stance::Denies {
        let taken_back = (0..lines.len().min(i + WINDOW)).skip(i + 1).find(|&j| {
            lines[j].event == line.event
                && denies(claim(lines[j].claim))
                && !speakers(own).is_disjoint(&speakers(claim(lines[j].claim)))
        });
        if let Some(j) = taken_back {
            return State::Withdrawn(j);
        }
    }
    let deed = !own.kind.verbal() && own.attribution.is_some() && own.modality == Modality::Occurred;
    let told = events[line.event].claims.iter().take(WINDOW).find(|&&at| {
        let c = claim(at);
        c.attribution.is_none() && c.modality == Modality::Occurred && c.kind == own.kind && same_actors(c, own)
    });
    match told {
        Some(&at) if deed => State::Confirmed(at),
        _ => State::Open,
    }
}

fn same_actors(a: &Claim, b: &Claim) -> bool {
    let codes = |c: &Claim| c.actors.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<_>>();
    !codes(a).is_empty() && codes(a) == codes(b)
}
