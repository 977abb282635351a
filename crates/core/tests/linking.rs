//! What ties two reports' claims to one happening and what keeps them apart, and how the two are held side by side.

use demarche_core::{Brief, Kind, Slot, brief};

#[path = "support/dated.rs"]
mod support;
use support::dated;

/// Reports of the days that are told.
fn told(reports: &[(&str, &str)]) -> Brief {
    let ids = ["one", "two", "three"];
    brief(ids.iter().zip(reports).map(|(id, (day, text))| dated(id, day, text)).collect())
}

/// True where one event holds claims of two reports of one day.
fn linked(one: &str, two: &str) -> bool {
    told(&[("2024-05-07", one), ("2024-05-07", two)]).events.iter().any(|event| event.reports.len() == 2)
}

/// The differences of reports of one day: slot, kind and words.
fn differences(reports: &[&str]) -> Vec<(Slot, Kind, Vec<String>)> {
    let reports: Vec<(&str, &str)> = reports.iter().map(|text| ("2024-05-07", *text)).collect();
    let brief = told(&reports);
    let all = brief.comparisons.iter().flat_map(|c| &c.differences);
    let words = |d: &demarche_core::Difference| {
        d.values.iter().map(|v| brief.words(v.report, v.span).to_string()).collect::<Vec<_>>()
    };
    all.map(|d| (d.slot, d.kind, words(d))).collect()
}

#[test]
fn the_news_of_a_headline_is_not_what_another_report_dates_back_by_months() {
    let news = "Chinese ships struck a Filipino boat with water cannon off the reef.";
    let past = "In January Chinese ships had struck a Filipino boat with water cannon off the reef.";
    let undated = "Chinese ships had struck a Filipino boat with water cannon off the reef.";
    assert!(linked(news, undated));
    assert!(!linked(news, past));
}

#[test]
fn no_report_tells_of_what_was_done_after_it_came_out() {
    let told_on = |day: &str| {
        let one = "The war went on for days. Bread grew dear. Israel bombed an airfield in Iran with drones.";
        let brief =
            told(&[(day, one), ("2024-04-20", "Israel bombed an airfield in Iran with drones on 19 April 2024.")]);
        brief.events.iter().any(|event| event.reports.len() == 2)
    };
    assert!(told_on("2024-04-20"));
    assert!(!told_on("2024-04-14"));
}

#[test]
fn the_dead_of_one_day_are_not_the_dead_of_the_war() {
    let day = "Rockets fell on a market. At least 12 people were killed.";
    assert!(linked(day, "The war ended. More than 15 people were killed."));
    assert!(!linked(day, "The war ended. More than 30 people were killed."));
}

#[test]
fn what_four_governments_say_together_is_not_what_one_of_them_says() {
    let four = "The United States, Japan, Australia and the Philippines objected to the conduct of China at sea.";
    assert!(!linked(four, "The Philippines lodged a protest against China over its conduct."));
    assert!(linked(
        four,
        "Japan, Australia, the Philippines and the United States objected to China’s conduct at sea."
    ));
}

#[test]
fn of_several_charges_those_are_one_whose_sentences_are_alike() {
    let one = "Peru accused Chile of spying on ships. Bread grew dearer.";
    let other = "In a long night of speeches before a crowd in Tacna the president of Peru charged Chile with spying from balloons.";
    assert!(linked(one, other));
    let several = format!("{one} Peru accused Chile of stealing copper.");
    assert!(!linked(&several, &format!("Peru blamed Chile for the fire. {other}")));
}

#[test]
fn two_talks_are_one_where_person_day_or_sentence_agree() {
    let hub = "Turkey spoke with Russia about a gas hub.";
    assert!(linked(hub, "Bread was dear. Turkey held talks with Russia on the gas hub."));
    assert!(!linked(hub, "Bread was dear. Turkey held talks with Russia on tourism."));
}

#[test]
fn two_warnings_that_say_nothing_alike_are_two() {
    let first = "China warned the Philippines that drills would bring insecurity.";
    assert!(!linked(first, "China warned the Philippines of resolute measures."));
    assert!(linked(first, "Beijing warned Manila of the insecurity that drills bring."));
    // What is said may stand before the word of saying.
    let both = "Any raid would meet a swift response, Iran's minister warned Iraq. He warned that to divert the river would be \
                an act of war.";
    let brief = told(&[("2024-05-07", both)]);
    let threats = brief.events.iter().filter(|event| event.kind == demarche_core::EventType::Threaten);
    assert_eq!(threats.count(), 2);
}

#[test]
fn the_leads_of_two_reports_tell_of_the_attack_of_the_day() {
    let two = "Britain pounded the Houthis with bombs.";
    assert!(linked("British and American jets hit the Houthis.", two));
    assert!(!linked("Days passed. Bread was dear. Talks failed. British and American jets hit the Houthis.", two));
}

#[test]
fn the_attack_on_a_party_is_the_one_that_the_other_report_tells() {
    let shot = "Bread was dear. Days passed. Gunmen shot two Omani pilots in a bakery.";
    let mourned = |which: &str| {
        format!("Protests went on for days. Bread was dear. Traders feared for business after {which} assault on Oman.")
    };
    assert!(linked(shot, &mourned("the")));
    assert!(!linked(shot, &mourned("another")));
}

#[test]
fn one_means_on_one_ground_is_one_attack_whomever_it_is_said_to_have_hit() {
    let bombed = "Bread was dear. Peruvian warplanes bombed Chilean barracks on the frontier.";
    assert!(linked(bombed, "Days passed. Peruvian jets struck nomads on the frontier."));
    assert!(!linked(bombed, "Days passed. Peruvian gunmen shot nomads on the frontier."));
}

#[test]
fn strikes_that_nothing_is_told_of_are_not_any_attack() {
    let strikes = "Ministers met in Cairo. People spoke of tit-for-tat strikes.";
    assert!(!linked(strikes, "Oil rose. American missiles hit Houthi bases in strikes on Friday."));
}

#[test]
fn who_rules_a_land_is_told_by_its_name_where_the_two_do_not_fight() {
    let houthis = "Oil rose. American jets bombed the Houthis.";
    assert!(linked(houthis, "Oil rose. American jets bombed Yemen."));
    let war = "Oil rose. American jets bombed Yemen. The Houthis shelled Yemen.";
    assert!(!linked(houthis, war));
}

#[test]
fn what_a_deed_is_called_belongs_to_what_is_said() {
    let denounced = "Oman denounced the military flights that the United States and Chad staged over the disputed \
                     territory as an unfortunate provocation.";
    let found = differences(&[denounced, "Oman condemned the exercise of Chad."]);
    assert!(
        found.iter().any(|(_, _, words)| words.iter().any(|w| w.ends_with("unfortunate provocation"))),
        "{found:?}"
    );
}

#[test]
fn places_that_no_gazetteer_has_are_held_side_by_side_in_their_words() {
    let near = "Peruvian ships struck a Chilean trawler near Gorwin Shoal.";
    let found = differences(&[near, "Peruvian ships struck a Chilean trawler off Teluk Amparo."]);
    let words = ["near Gorwin Shoal", "off Teluk Amparo"].map(String::from).to_vec();
    assert_eq!(found, [(Slot::Place, Kind::Differs, words)]);
    assert_eq!(differences(&[near, "Peruvian ships struck a Chilean trawler at Gorwin Shoal."]), []);
}

#[test]
fn what_is_still_to_come_says_so() {
    let slots =
        |one: &str, other: &str| differences(&[one, other]).into_iter().map(|(slot, ..)| slot).collect::<Vec<_>>();
    let halted = "Ukraine halted flights to Belarus.";
    assert!(slots(halted, "Ukraine will halt flights to Belarus.").contains(&Slot::Status));
    let scrambled = "Belarus scrambled a warplane on Sunday.";
    assert!(!slots(scrambled, "Lukashenko gave the order to scramble the warplane.").contains(&Slot::Status));
}

#[test]
fn a_deed_done_to_something_else_differs_once() {
    let found = differences(&["Peru stopped flights to Chile.", "Peru shut its ports to Chile."]);
    assert!(matches!(found.as_slice(), [(Slot::Object, Kind::Differs, _)]), "{found:?}");
}

#[test]
fn the_same_name_is_no_other_label() {
    let fallen = "Anger grew over the capture of Goma by the movement M23.";
    let slots = |one: &str, two: &str| {
        let found = differences(&[one, two, fallen]);
        found.into_iter().filter(|(slot, ..)| *slot == Slot::Label).count()
    };
    assert_eq!(slots("Rebels backed by Rwanda take Goma.", "The rebels overran Goma."), 0);
}

#[test]
fn who_asks_for_calm_asks_for_one_thing_in_words_of_his_own() {
    let found = differences(&[
        "The United Nations appealed to Iran and Israel for maximum restraint.",
        "The United Nations urged Iran and Israel to stop the cycle of violence.",
    ]);
    assert!(matches!(found.as_slice(), [(Slot::Quote, Kind::Refines, _)]), "{found:?}");
}

#[test]
fn what_points_back_to_the_one_attack_in_the_leads_belongs_to_it() {
    let first = "Turkish jets struck the PKK in the mountains. Oil rose.";
    let later = |words: &str| {
        let second = format!("Turkey bombs the PKK with jets. Shops stayed shut. Bread was dear. {words}");
        let brief = told(&[("2024-05-07", first), ("2024-05-07", &second)]);
        brief
            .events
            .iter()
            .filter(|event| event.reports.len() == 2)
            .map(|event| event.event.claims.len())
            .sum::<usize>()
    };
    assert_eq!(later("Turkey took responsibility for the operation."), 3);
    assert_eq!(later("Nine of the PKK's members were killed."), 3);
    assert_eq!(later("Eight Syrian farmers were killed."), 2);
    assert_eq!(later("The PKK shelled Turkey."), 2);
}

#[test]
fn whoever_is_named_is_killed_but_once() {
    let shot = "Days passed. Bread was dear. President Jovenel Moise was gunned down by mercenaries at his villa.";
    let mourned =
        |who: &str| format!("Talks failed. Shops stayed shut. Haiti mourned after the murder of President {who}.");
    assert!(linked(shot, &mourned("Jovenel Moise")));
    assert!(!linked(shot, &mourned("Henri Namphy")));
}

#[test]
fn what_a_headline_tells_in_passing_need_not_be_new() {
    let past = "Bread was dear. Gunmen murdered a Haitian mayor in January.";
    assert!(linked("Row over murdered Haitian mayor deepens. Bread was dear.", past));
    assert!(!linked("Gunmen murder a Haitian mayor. Bread was dear.", past));
}

#[test]
fn near_a_town_is_not_in_it() {
    let fell = |place: &str| format!("Bread was dear. Shells hit a Ukrainian bakery {place}.");
    assert!(linked(&fell("near Kharkiv"), &fell("in Chuhuiv")));
    assert!(!linked(&fell("in Kharkiv"), &fell("in Chuhuiv")));
}

#[test]
fn where_somebody_served_is_not_where_he_fell() {
    let places = |one: &str| {
        let found = differences(&[one, "Bread was dear. A bomb killed Kenyan officers in Garissa."]);
        found.into_iter().filter(|(slot, ..)| *slot == Slot::Place).count()
    };
    assert_eq!(places("Days passed. A bomb killed Kenyan officers, among them one who had served in Nairobi."), 0);
    assert_eq!(places("Days passed. A bomb killed Kenyan officers in Nairobi."), 1);
}

#[test]
fn day_and_hour_are_one_difference() {
    let struck = |when: &str| format!("Missiles struck the port of Odesa {when}.");
    let kinds = |times: &[&str]| {
        let reports: Vec<String> = times.iter().map(|when| struck(when)).collect();
        let found = differences(&reports.iter().map(String::as_str).collect::<Vec<_>>());
        found.into_iter().map(|(slot, kind, words)| (slot, kind, words.len())).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(&["shortly after 3 a.m. on Monday", "at 03:10 on Monday", "on Monday"]),
        [(Slot::Time, Kind::Refines, 3)]
    );
    assert_eq!(kinds(&["on Monday morning", "at 07:30 on Monday"]), [(Slot::Time, Kind::Refines, 2)]);
    assert_eq!(kinds(&["at 3 a.m. on Monday", "at 05:10 on Monday"]), [(Slot::Time, Kind::Contradicts, 2)]);
}

#[test]
fn a_word_that_only_points_is_no_object() {
    let objects = |one: &str| {
        let found = differences(&[one, "Georgia jailed a dissident."]);
        found.into_iter().filter(|(slot, ..)| *slot == Slot::Object).flat_map(|(.., words)| words).collect::<Vec<_>>()
    };
    assert_eq!(
        objects("Police in Georgia detained protesters. Georgia jailed them."),
        ["protesters", "a dissident"].map(String::from)
    );
}

#[test]
fn a_plain_account_stands_beside_a_loaded_one_by_its_word_for_the_deed() {
    let found = differences(&["Turkey bombed Iraq.", "Turkey's terror attack on Iraq killed five."]);
    let words = ["bombed", "terror attack"].map(String::from).to_vec();
    assert!(found.contains(&(Slot::Label, Kind::Differs, words)), "{found:?}");
}

#[test]
fn the_dead_are_told_by_what_hangs_on_the_noun_that_is_counted() {
    let victims = |whom: &str| {
        let reports = [
            "Drones hit Gao. Nine fighters were killed.".to_string(),
            format!("Drones hit Gao. Nine members of {whom} were killed."),
        ];
        let found = differences(&[&reports[0], &reports[1]]);
        found.into_iter().filter(|(slot, ..)| *slot == Slot::Victims).map(|(_, kind, _)| kind).collect::<Vec<_>>()
    };
    assert_eq!(victims("the Malian armed forces"), [Kind::Differs]);
    assert_eq!(victims("a choir"), []);
}
