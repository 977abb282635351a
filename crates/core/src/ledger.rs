//! The claims ledger: who accuses, demands, promises, threatens, denies, and what answers what.

use crate::{
    claim::{Annotation, Modality, Stance},
    event::{ClaimRef, Event},
    plover::EventType,
};

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
    /// The outlet or another party says the same in its own voice: the claim.
    Confirmed(ClaimRef),
}

/// The ledger of these events.
pub fn ledger(annotations: &[Annotation], events: &[Event]) -> Vec<LedgerLine> {
    let mut out = Vec::new();
    for (event, e) in events.iter().enumerate() {
        for &at in &e.claims {
            let claim = &annotations[at.report].claims[at.claim];
            let stance = match (claim.attribution.as_ref(), claim.kind) {
                (Some(a), _) if a.stance != Stance::Asserts => a.stance,
                (_, EventType::Accuse) => Stance::Accuses,
                (_, EventType::Request) => Stance::Demands,
                (_, EventType::Reject) => Stance::Denies,
                (_, EventType::Threaten) => Stance::Threatens,
                (_, EventType::Agree) if claim.modality == Modality::Planned => Stance::Promises,
                (Some(a), _) => a.stance,
                _ => continue,
            };
            out.push(LedgerLine { claim: at, event, stance, answers: vec![], state: State::Open });
        }
    }
    out
}
