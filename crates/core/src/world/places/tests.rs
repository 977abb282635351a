//! Facts about names of places.

use super::*;
use crate::{parse, text};

fn places(line: &str) -> Vec<(String, String, Option<String>)> {
    let sentences = parse::parse_tokens(line, &text::split(line));
    find(line, &sentences).into_iter().map(|p| (p.span.of(line).to_owned(), p.name, p.country)).collect()
}

#[track_caller]
fn check(line: &str, expected: &[(&str, &str, &str)]) {
    let found = places(line);
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_deref().unwrap_or(""))).collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn lines_lands_and_towns_are_found() {
    check(
        "Shells fell along the Line of Control in Kashmir, near the town of Uri.",
        &[("Line of Control", "Line of Control", ""), ("Kashmir", "Kashmir", ""), ("Uri", "Uri", "IND")],
    );
}

#[test]
fn the_place_behind_the_comma_decides() {
    check("The flood reached Paris, Texas on Monday.", &[("Paris", "Paris", "USA"), ("Texas", "Texas", "USA")]);
    check("The flood reached Paris on Monday.", &[("Paris", "Paris", "FRA")]);
}

#[test]
fn odd_text_never_panics() {
    for line in
        ["", "Paris", ", Texas", "IN IN IN", "São São", "U.S.", "A B C D E F G H I J K L", "Paris, Paris, Paris"]
    {
        let _ = places(line);
    }
}

#[test]
fn a_name_inside_that_of_a_body_is_a_place() {
    check("The California Department of Public Health issued a warning.", &[("California", "California", "USA")]);
}

#[test]
fn a_state_is_not_its_capital_and_a_capital_not_a_province() {
    check("Flu spread in Mexico on Monday.", &[("Mexico", "Mexico", "MEX")]);
    let line = "The envoy flew to Washington on Monday.";
    let sentences = parse::parse_tokens(line, &text::split(line));
    let lat = find(line, &sentences)[0].lat.unwrap();
    assert!((lat - 38.9).abs() < 0.1, "{lat}");
}

#[test]
fn a_capital_is_meant_before_a_town_that_bears_its_name_besides_its_own() {
    let line =
        "Shops closed in Islamabad after the killings in Indian-administered Kashmir near Pahalgam and Srinagar.";
    check(&line[..line.find(" after").unwrap()], &[("Islamabad", "Islamabad", "PAK")]);
    let country = |line: &str| places(line)[0].2.clone();
    assert_eq!(country(line).as_deref(), Some("PAK"));
    // Said beside the name, the town is meant.
    let line = "Shops closed in Islamabad, Kashmir, after the killings near Pahalgam.";
    assert_eq!(country(line).as_deref(), Some("IND"));
}

#[test]
fn words_of_one_land_alone_tell_of_which_town_is_spoken() {
    let country = |line: &str| places(line)[0].2.clone();
    let line = "Two people were hurt in Birmingham, the Police Department said. The sheriff asked the state troopers for help.";
    assert_eq!(country(line).as_deref(), Some("USA"));
    assert_eq!(country("Two people were hurt in Birmingham, police said.").as_deref(), Some("GBR"));
}

#[test]
fn a_village_that_no_list_has_lies_near_what_is_named_beside_it() {
    let line = "Gunmen came to Makurdi on Monday. The families fled to Abagana.";
    let found = find(line, &parse::parse_tokens(line, &text::split(line)));
    let village = found.iter().find(|place| place.span.of(line) == "Abagana").unwrap();
    assert_eq!((village.country.as_deref(), village.precision), (Some("NGA"), crate::claim::PlacePrecision::Province));
}
