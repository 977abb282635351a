//! How two places lie to each other: the same, one inside the other, apart.

use crate::{
    claim::{Annotation, Claim, PlaceMention, PlacePrecision},
    labels::Relation,
    tree::Tree,
    world::lists::{LISTS, holds_form},
};
use std::cmp::Ordering;

/// How two places lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// One and the same, by name, number or nearness.
    Same,
    /// The first holds the second.
    Holds,
    /// The first lies in the second.
    Within,
    /// They cannot be the same.
    Apart,
    /// The gazetteer does not tell.
    Unknown,
}

/// Kilometres from its point to where a place of this precision may reach.
fn reach(precision: PlacePrecision) -> f32 {
    match precision {
        PlacePrecision::Site => 8.0,
        PlacePrecision::City => 25.0,
        PlacePrecision::District => 80.0,
        PlacePrecision::Province => 350.0,
        PlacePrecision::Country | PlacePrecision::Region => 1200.0,
    }
}

/// Great-circle distance in kilometres between two points in degrees.
///
/// ```
/// use demarche_core::link::place::kilometers;
/// let (islamabad, delhi) = ((33.69, 73.06), (28.61, 77.21));
/// assert!((kilometers(islamabad, delhi) - 690.0).abs() < 15.0);
/// ```
pub fn kilometers((lat1, lon1): (f32, f32), (lat2, lon2): (f32, f32)) -> f32 {
    let half = |a: f32, b: f32| {
        let sine = crate::numbers::sin((b - a).to_radians() / 2.0);
        sine * sine
    };
    let h = half(lat1, lat2)
        + crate::numbers::cos(lat1.to_radians()) * crate::numbers::cos(lat2.to_radians()) * half(lon1, lon2);
    2.0 * 6371.0 * crate::numbers::asin(h.clamp(0.0, 1.0).sqrt())
}

/// How `a` lies to `b`.
pub fn lie(a: &PlaceMention, b: &PlaceMention) -> Lie {
    let numbered = a.geonameid.is_some() && a.geonameid == b.geonameid;
    if numbered || a.name.eq_ignore_ascii_case(&b.name) {
        return Lie::Same;
    }
    let country = |p: &PlaceMention| p.precision == PlacePrecision::Country;
    match (country(a), country(b), &a.country, &b.country) {
        (true, true, Some(x), Some(y)) => return if x == y { Lie::Same } else { Lie::Apart },
        (true, false, Some(x), Some(y)) => return if x == y { Lie::Holds } else { Lie::Apart },
        (false, true, Some(x), Some(y)) => return if x == y { Lie::Within } else { Lie::Apart },
        (true, _, _, _) | (_, true, _, _) => return Lie::Unknown,
        _ => {}
    }
    let point = |p: &PlaceMention| p.lat.zip(p.lon);
    let (Some(here), Some(there)) = (point(a), point(b)) else { return Lie::Unknown };
    let distance = kilometers(here, there);
    let (near, far) = (reach(a.precision.max(b.precision)), reach(a.precision.max(b.precision)) * 1.5);
    let abroad = a.country.is_some() && b.country.is_some() && a.country != b.country;
    match a.precision.cmp(&b.precision) {
        _ if distance > far => Lie::Apart,
        // Two districts of a crowded strip are two, however near.
        Ordering::Equal if a.precision == PlacePrecision::District && distance > 4.0 => Lie::Apart,
        // Twin towns on two sides of a border are two.
        Ordering::Equal if a.precision == PlacePrecision::City && abroad => Lie::Apart,
        Ordering::Equal if distance < near / 4.0 => Lie::Same,
        Ordering::Equal if a.precision <= PlacePrecision::City => Lie::Apart,
        Ordering::Less if distance <= near => Lie::Within,
        Ordering::Greater if distance <= near => Lie::Holds,
        _ => Lie::Unknown,
    }
}

/// Where a claim was done, for laying it beside others: not where somebody in it lives or what it led to was done.
///
/// Of "killed five men, among them one who ran an office **in Gaza**" the place is that of the office.
pub fn of_claim(annotation: &Annotation, c: &Claim) -> Option<PlaceMention> {
    let place = c.place.as_ref()?;
    let sentence = annotation.sentences.get(c.sentence).filter(|s| c.trigger < s.tokens.len());
    if let Some(sentence) = sentence {
        let tree = Tree::new(sentence);
        let at = sentence.tokens.iter().position(|t| place.span.holds(t.span));
        let mut up = at.filter(|&t| tree.below(t, c.trigger));
        while let Some(t) = up.filter(|&t| t != c.trigger) {
            if t > c.trigger && matches!(tree.relation(t), Relation::AclRelcl | Relation::Advcl) {
                return None;
            }
            up = tree.head(t);
        }
    }
    Some(about(&annotation.report.text, place))
}

/// A place as its text has it: what lies "near Vancouver" lies somewhere in its district.
fn about(text: &str, place: &PlaceMention) -> PlaceMention {
    let mut before = text[..place.span.start as usize].split_whitespace().rev();
    let words = [before.next(), before.next()];
    let near = match words {
        [Some(word), _] if holds_form(&LISTS.near_place, word) => true,
        // "kilometres from Sanaa", "north of Sanaa"
        [Some("from" | "of" | "to"), Some(word)] => {
            let word = word.to_lowercase();
            LISTS.bearings.iter().any(|start| word.starts_with(start))
        }
        _ => false,
    };
    let wide = near && place.precision < PlacePrecision::District;
    PlaceMention { precision: if wide { PlacePrecision::District } else { place.precision }, ..place.clone() }
}

/// Two towns of which the gazetteer does not know one, and whose names are no spellings of one name.
///
/// Half of the pairs of letters in common make a spelling: Kabkabiya is Kebkabiya.
pub fn strangers(a: &PlaceMention, b: &PlaceMention) -> bool {
    let town = |p: &PlaceMention| p.precision == PlacePrecision::City;
    let unlisted = |p: &PlaceMention| p.lat.is_none() || p.lon.is_none();
    if !town(a) || !town(b) || !(unlisted(a) || unlisted(b)) {
        return false;
    }
    let pairs = |p: &PlaceMention| -> Vec<(char, char)> {
        let letters: Vec<char> = p.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        letters.windows(2).map(|two| (two[0], two[1])).collect()
    };
    let (x, y) = (pairs(a), pairs(b));
    let common = x.iter().filter(|pair| y.contains(pair)).count();
    2 * common < x.len().min(y.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    fn place(name: &str, country: &str, at: (f32, f32), precision: PlacePrecision) -> PlaceMention {
        PlaceMention {
            span: Span::default(),
            name: name.into(),
            country: Some(country.into()),
            lat: Some(at.0),
            lon: Some(at.1),
            precision,
            geonameid: None,
        }
    }

    #[test]
    fn a_town_lies_within_its_province_and_country_and_apart_from_the_next_town() {
        let aleppo = place("Aleppo", "SYR", (36.2, 37.16), PlacePrecision::City);
        let province = place("Aleppo Governorate", "SYR", (36.25, 37.5), PlacePrecision::Province);
        let syria = place("Syria", "SYR", (35.0, 38.0), PlacePrecision::Country);
        let homs = place("Homs", "SYR", (34.73, 36.71), PlacePrecision::City);
        let turkey = place("Turkey", "TUR", (39.0, 35.0), PlacePrecision::Country);
        assert_eq!(lie(&aleppo, &province), Lie::Within);
        assert_eq!(lie(&syria, &aleppo), Lie::Holds);
        assert_eq!(lie(&aleppo, &homs), Lie::Apart);
        assert_eq!(lie(&turkey, &aleppo), Lie::Apart);
    }

    #[test]
    fn twin_towns_on_two_sides_of_a_border_are_two() {
        let goma = place("Goma", "COD", (-1.68, 29.22), PlacePrecision::City);
        let gisenyi = place("Gisenyi", "RWA", (-1.7, 29.26), PlacePrecision::City);
        assert_eq!(lie(&goma, &gisenyi), Lie::Apart);
    }

    #[test]
    fn a_village_that_nobody_lists_is_not_the_next_town_but_may_be_spelt_otherwise() {
        let village =
            |name: &str| PlaceMention { lat: None, lon: None, ..place(name, "SDN", (0.0, 0.0), PlacePrecision::City) };
        let khartoum = place("Khartoum", "SDN", (15.55, 32.53), PlacePrecision::City);
        let province = place("North Darfur", "SDN", (15.6, 25.0), PlacePrecision::Province);
        assert!(strangers(&village("Kabkabiya"), &khartoum));
        assert!(!strangers(&village("Kabkabiya"), &village("Kebkabiya")));
        assert!(!strangers(&village("Kabkabiya"), &province));
    }
}
