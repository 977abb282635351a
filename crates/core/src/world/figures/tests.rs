#![allow(clippy::type_complexity)]

use super::*;
use crate::{parse, text};

/// `(what, low, high, of, span)` of every figure.
fn figures(line: &str) -> Vec<(String, Option<u64>, Option<u64>, String, String)> {
    let sentences = parse::parse_tokens(line, &text::split(line));
    let found = sentences.iter().flat_map(|sentence| find(line, sentence));
    found
        .map(|f| (f.what, f.low, f.high, f.of.map_or("", |of| of.of(line)).to_owned(), f.span.of(line).to_owned()))
        .collect()
}

#[track_caller]
fn check(line: &str, expected: &[(&str, Option<u64>, Option<u64>, &str, &str)]) {
    let found = figures(line);
    let found: Vec<_> = found.iter().map(|f| (f.0.as_str(), f.1, f.2, f.3.as_str(), f.4.as_str())).collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn the_dead_are_told_by_verb_state_toll_and_noun() {
    check("The raid killed 26 civilians.", &[("killed", Some(26), Some(26), "civilians", "26 civilians")]);
    check("At least 12 people were killed in Quetta.", &[("killed", Some(12), None, "people", "At least 12 people")]);
    check("The blast left 20 dead.", &[("killed", Some(20), Some(20), "", "20")]);
    check("At least 26 people were shot dead.", &[("killed", Some(26), None, "people", "At least 26 people")]);
    check("Nine men were stabbed to death.", &[("killed", Some(9), Some(9), "men", "Nine men")]);
    check("The death toll rose to 31.", &[("killed", Some(31), Some(31), "", "31")]);
    check("It claimed the lives of 26.", &[("killed", Some(26), Some(26), "", "26")]);
}

#[test]
fn a_description_set_off_by_dashes_belongs_to_the_phrase() {
    check(
        "The raid, which claimed the lives of 26 tourists—primarily local men—was condemned.",
        &[("killed", Some(26), Some(26), "tourists", "26 tourists—primarily local men")],
    );
    check(
        "It killed nine people, most of them miners, on Monday.",
        &[("killed", Some(9), Some(9), "people", "nine people, most of them miners")],
    );
}

#[test]
fn two_figures_in_a_sentence_keep_their_own_verbs() {
    check(
        "The shelling killed five soldiers and wounded 17 others.",
        &[
            ("killed", Some(5), Some(5), "soldiers", "five soldiers"),
            ("injured", Some(17), Some(17), "others", "17 others"),
        ],
    );
    check(
        "Five soldiers and two civilians were killed.",
        &[
            ("killed", Some(5), Some(5), "soldiers", "Five soldiers"),
            ("killed", Some(2), Some(2), "civilians", "two civilians"),
        ],
    );
}

#[test]
fn money_weapons_diplomats_and_hostages_are_counted() {
    check(
        "Washington pledged $1.5 billion in aid.",
        &[("money", Some(1_500_000_000), Some(1_500_000_000), "", "$1.5 billion")],
    );
    check("Up to 50 drones were launched.", &[("weapons", None, Some(50), "drones", "Up to 50 drones")]);
    check(
        "Germany expelled two Russian diplomats.",
        &[("diplomats", Some(2), Some(2), "Russian diplomats", "two Russian diplomats")],
    );
    check(
        "Police arrested dozens of protesters.",
        &[("arrested", Some(24), None, "protesters", "dozens of protesters")],
    );
}

#[test]
fn nobody_counts_as_none() {
    check("No one was hurt.", &[("injured", Some(0), Some(0), "", "No one")]);
}

#[test]
fn numbers_that_count_nothing_are_left_alone() {
    for line in [
        "He was born in 1960.",
        "Turnout was 62 percent.",
        "The war lasted three years.",
        "Resolution 1701 was adopted on April 22.",
    ] {
        check(line, &[]);
    }
}

#[test]
fn odd_sentences_never_panic() {
    for line in [
        "26",
        "$",
        "a",
        "no",
        "—",
        "at least",
        "between 5",
        "half a",
        "$ $ $ 5",
        "99999999999999999999999 killed",
        "two two two dozen dozen",
    ] {
        let _ = figures(line);
    }
}

#[test]
fn lives_that_are_lost_are_counted_as_killed() {
    check(
        "The fighting cost 97 civilian lives.",
        &[("killed", Some(97), Some(97), "civilian lives", "97 civilian lives")],
    );
    check("They changed 97 lives.", &[]);
}

#[test]
fn the_day_of_a_month_counts_nobody() {
    check("The salvo of 13 April injured one child.", &[("injured", Some(1), Some(1), "child", "one child")]);
}

#[test]
fn what_stands_between_the_counted_and_their_verb_is_passed_over() {
    check(
        "Three employees of the agency were shot dead in the town.",
        &[("killed", Some(3), Some(3), "employees", "Three employees")],
    );
}
