//! Place names of a report, put on the map.

mod atlas;
mod choose;
mod find;
mod gazetteer;

pub use find::find;
pub use gazetteer::{Entry, Gazetteer, Key, Kind, START, name_key, step};

use crate::{claim::PlaceMention, tree::Tree, world::attach};

/// The place that the act of token `trigger` is told with, or `None` where the sentence does not say.
///
/// Only the act's own clause and noun phrase count, as for dates; of several the nearest, of equals the more exact.
pub fn of_claim<'p>(mentions: &'p [PlaceMention], tree: &Tree, trigger: usize) -> Option<&'p PlaceMention> {
    let sentence = tree.sentence.span;
    let act = tree.sentence.tokens[trigger].span;
    let start = sentence.start.max(act.start.saturating_sub(attach::REACH));
    let end = sentence.end.min(act.end + attach::REACH);
    let from = mentions.partition_point(|place| place.span.end <= start);
    let here = mentions[from..].iter().take_while(|place| place.span.start < end);
    here.enumerate()
        .filter(|(_, place)| stands_as_place(tree, place))
        .filter_map(|(i, place)| {
            Some((attach::distance(tree, place.span, trigger)?, std::cmp::Reverse(rank(place)), i))
        })
        .min()
        .map(|(.., i)| &mentions[from + i])
}

fn rank(place: &PlaceMention) -> u8 {
    use crate::claim::PlacePrecision::{City, Country, District, Province, Region, Site};
    match place.precision {
        Region => 0,
        Country => 1,
        Province => 2,
        District => 3,
        City => 4,
        Site => 5,
    }
}

/// True for a preposition of place.
///
/// ```
/// use demarche_core::world::places::is_of_place;
/// assert!(is_of_place("near") && !is_of_place("with"));
/// ```
pub fn is_of_place(preposition: &str) -> bool {
    atlas::ATLAS.is_before(name_key(preposition))
}

/// True for a place behind a preposition of place ("in Kashmir"), an adverb of place, or a name before an event noun
/// ("the Pahalgam attack"): a state that acts, or is spoken to, is no place.
fn stands_as_place(tree: &Tree, place: &PlaceMention) -> bool {
    use crate::labels::Relation;
    let tokens = &tree.sentence.tokens;
    let first = tokens.partition_point(|token| token.span.end <= place.span.start);
    let last = tokens.partition_point(|token| token.span.start < place.span.end).saturating_sub(1);
    if first > last {
        return false;
    }
    let inside = first..=last;
    let Some(head) = inside.clone().find(|&i| tree.head(i).is_none_or(|head| !inside.contains(&head))) else {
        return false;
    };
    match tree.relation(head).universal() {
        "obl" | "nmod" => {
            let case = tree.child(head, Relation::Case).map(|case| tree.lemma(case));
            match case {
                Some(case) => is_of_place(case),
                None => tree.relation(head) != Relation::NmodPoss,
            }
        }
        "compound" => place.precision != crate::claim::PlacePrecision::Country,
        "advmod" | "appos" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
