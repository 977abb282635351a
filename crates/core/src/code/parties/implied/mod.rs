//! Parties that a sentence leaves unsaid and the report implies: whose people were hit, whose conduct is condemned.
//!
//! Nothing that a sentence says is changed. What is filled in has the words it was worked out from as its span and
//! tells so in `why`. Each type has its own rules, the surest first.

mod appeals;
mod beside;
mod charges;
mod crowds;
mod force;
mod steps;

use super::{
    blame::Told,
    home::rulers,
    sides::{give_country, other_side},
    wrong::{against_oneself, against_the_speaker, guards, native},
};
use crate::{Claim, EventType, Party, PlaceMention, Span, code::cast::Cast};

/// How recipients tell that an entry took them from the crisis of the report.
pub(super) const IN_CRISIS: &str = "not named here: party of the crisis in the report";

/// What the rules look at beside the claim itself.
pub(super) struct Case<'a> {
    /// The words that a party is worked out from which has none of its own.
    pub trigger: Span,
    /// Who is who in the report.
    pub cast: &'a Cast<'a>,
    /// What the report says before and beside the claim.
    pub told: &'a Told<'a>,
    /// Names of places in the report.
    pub places: &'a [PlaceMention],
    /// The country of whoever acts, as the sentence tells it.
    pub actor: Option<&'a str>,
}

impl Case<'_> {
    /// A party that has no words of its own.
    pub fn implied(&self, party: Party) -> Party {
        Party { span: self.trigger, ..party }
    }

    /// Parties that have no words of their own.
    pub fn all_implied(&self, parties: impl IntoIterator<Item = Party>) -> Vec<Party> {
        parties.into_iter().map(|party| self.implied(party)).collect()
    }

    /// The one who stands against whoever acts.
    pub fn other_side(&self) -> Option<Party> {
        self.actor.and_then(|actor| other_side(self.cast, actor))
    }

    /// Gives the recipients of a claim the country of `found`, or makes it the recipient where there is none. False where
    /// nobody was found.
    pub fn take(&self, claim: &mut Claim, found: Option<Party>) -> bool {
        let Some(found) = found else { return false };
        for party in &mut claim.recipients {
            give_country(party, &found);
        }
        if claim.recipients.is_empty() {
            claim.recipients.push(self.implied(found));
        }
        true
    }

    /// Makes those found the recipients of a claim; false where nobody was.
    pub fn replace(&self, claim: &mut Claim, found: impl IntoIterator<Item = Party>) -> bool {
        let found = self.all_implied(found);
        let any = !found.is_empty();
        if any {
            claim.recipients = found;
        }
        any
    }
}

/// Fills the country of recipients that have none, and recipients where there are none.
///
/// `told` is what the report says before and beside this claim, `places` are the names of places in it.
pub fn complete(claim: &mut Claim, trigger: Span, cast: &Cast, told: &Told, places: &[PlaceMention]) {
    native(claim, cast);
    guards(claim, cast);
    against_oneself(claim, cast);
    against_the_speaker(claim, cast);
    rulers(claim, cast);
    let actor = claim.actors.iter().find_map(|party| party.country.clone());
    let case = Case { trigger, cast, told, places, actor: actor.as_deref() };
    if steps::taker(claim, &case) || beside::in_one_breath(claim, &case) {
        return;
    }
    match claim.kind {
        EventType::Assault => force::assault(claim, &case),
        EventType::Coerce => force::coerce(claim, &case),
        EventType::Protest => crowds::protest(claim, &case),
        EventType::Mobilize => steps::mobilize(claim, &case),
        EventType::Sanction => steps::sanction(claim, &case),
        EventType::Accuse => charges::accuse(claim, &case),
        EventType::Reject => charges::reject(claim, &case),
        EventType::Threaten => charges::threaten(claim, &case),
        EventType::Request => appeals::request(claim, &case),
        EventType::Support => appeals::support(claim, &case),
        EventType::Aid => appeals::aid(claim, &case),
        EventType::Agree => appeals::agree(claim, &case),
        EventType::Concede => appeals::concede(claim, &case),
        EventType::Retreat => appeals::retreat(claim, &case),
        EventType::Consult | EventType::Cooperate => {}
    }
}

/// True where the country of a recipient is known.
fn is_known(claim: &Claim) -> bool {
    claim.recipients.iter().any(|party| party.country.is_some())
}

/// "fired tear gas at migrants": of neither side.
fn is_of_neither(claim: &Claim) -> bool {
    !claim.recipients.is_empty() && claim.recipients.iter().all(|party| party.sectors.contains(&"REF"))
}
