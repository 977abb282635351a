//! The parties of the crisis that a report is about.

use crate::{
    claim::Party,
    code::memory::Countries,
    span::Span,
    world::{
        Code, Sectors, World,
        actors::{Named, Sort, Who, Why},
    },
};

/// The one country or the two rivals of the report as parties, with empty spans.
pub(super) fn of(world: &World, text: &str, countries: &Countries) -> Vec<Party> {
    let home = countries.home(|code| world.is_state(code)).map(|(code, _)| vec![code]);
    // One whom the whole report is about may stand against another all the same.
    let home = home.filter(|home| countries.is_alone(home[0]));
    let rivals = countries.pair(0, |code| is_side(world, code)).map(|(pair, _)| vec![pair.0, pair.1]);
    // A state at war within has a rival that is no state.
    let rebels = |pair: &Vec<Code>| countries.is_civil_war() && pair.iter().any(|&code| !world.is_state(code));
    let (civil, rivals) = if rivals.as_ref().is_some_and(rebels) { (rivals, None) } else { (None, rivals) };
    // Whoever bombs the Houthis bombs Yemen, and is at war with the Houthis.
    let holds = |group: Code, land: Code| {
        super::WORDS.grounds.get(world.code(group)).is_some_and(|own| own == world.code(land))
    };
    let held = |pair: Vec<Code>| match pair[..] {
        [a, b] => {
            let other = |one, land| countries.holder(one, land, |group| holds(group, land));
            match (other(a, b), other(b, a)) {
                (Some(group), None) => vec![a, group],
                (None, Some(group)) => vec![group, b],
                _ => pair,
            }
        }
        _ => pair,
    };
    let rivals = rivals.map(held);
    let side = |code: Code| {
        let named = world.state(code).map_or(Named::No, Named::Known);
        let sectors = Sectors::one("GOV");
        let why = Why::Described(None);
        let who = Who {
            span: Span::default(),
            named,
            country: Some(code),
            sectors,
            sort: Sort::State,
            plural: false,
            sex: None,
            why,
        };
        who.party(world, text)
    };
    civil.or(home).or(rivals).unwrap_or_default().into_iter().map(side).collect()
}

/// States and armed groups can be sides; international organisations and the press are none.
pub(crate) fn is_side(world: &World, code: Code) -> bool {
    world.is_state(code) || world.is_armed(code)
}
