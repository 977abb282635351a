//! Whose a party is that no word tells: of the other of the two in the crisis, of the land where it happened, of the one
//! country that the report is about.

use crate::{
    Claim, Party,
    code::cast::{self, Cast},
};

/// A party of which only the country is known, and how it came to be.
pub(super) fn party(country: &str, why: &str) -> Party {
    Party { country: Some(country.to_owned()), why: why.to_owned(), ..Party::default() }
}

/// Makes a party one of the same country as `of`, and tells why.
pub(super) fn give_country(party: &mut Party, of: &Party) {
    party.country.clone_from(&of.country);
    party.why = format!("{}; country {}", party.why, of.why);
}

/// True for the two parties of the crisis.
pub(super) fn is_pair(cast: &Cast, one: &str, other: &str) -> bool {
    cast.focus().len() == 2 && cast.focus_holds(one) && cast.focus_holds(other)
}

/// The other of the two that the report sets side by side.
pub(super) fn other_side(cast: &Cast, actor: &str) -> Option<Party> {
    let rival = match cast.focus() {
        [a, b] => match (a.country.as_deref(), b.country.as_deref()) {
            (Some(one), Some(two)) if one == actor => Some(two),
            (Some(one), Some(two)) if two == actor => Some(one),
            _ => None,
        },
        _ => None,
    };
    // Of three or more, whom it stands against in the report's own claims.
    let other = rival.or_else(|| cast.opponent(actor))?;
    Some(party(other, "not named here: the other side of the crisis"))
}

/// The country of the place where it happened.
pub(super) fn ground(claim: &Claim, cast: &Cast) -> Option<Party> {
    let country = claim.place.as_ref()?.country.as_deref()?;
    // A small place of many namesakes: a report that names states names that one too.
    if !cast.names(country) {
        return None;
    }
    Some(party(country, "not named here: where it happened"))
}

/// The one country that the report is about; of a war within a state, that state.
pub(super) fn home(cast: &Cast) -> Option<Party> {
    let only = match cast.focus() {
        [only] => only,
        [a, b] if cast.is_state(a) != cast.is_state(b) => {
            let (state, group) = if cast.is_state(a) { (a, b) } else { (b, a) };
            // Israel and Hamas: none of its own.
            if cast::is_of_another_land(group.country.as_deref()?, state.country.as_deref()?) {
                return None;
            }
            state
        }
        _ => return None,
    };
    Some(party(only.country.as_deref()?, "not named here: the country of the crisis"))
}

/// The one country that the report is about, where it is not the actor's own.
pub(super) fn stranger(cast: &Cast, actor: &str) -> Option<Party> {
    home(cast).filter(|home| home.country.as_deref() != Some(actor))
}
