//! What holds of every brief, whatever the reports: every cell and line is words of a report, the order of the input does
//! not matter, and odd sets of reports lose nothing.

use demarche_core::{
    Annotation, Brief, EventType, Kind, Slot, Span, brief, briefs,
    track::{Unit, pairs, track},
};
use std::{fs, path::Path};

#[path = "support/dated.rs"]
mod support;
use support::dated;

/// The reports of a story of our own.
fn story(name: &str, day: &str) -> Vec<Annotation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        dated(path.file_stem().unwrap().to_str().unwrap(), day, &fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

fn mixed() -> Vec<Annotation> {
    [story("sudan", "2023-04-17"), story("pahalgam", "2025-05-01")].concat()
}

/// Walks every cell and line of a brief to its words.
fn walk(brief: &Brief) -> usize {
    let mut seen = 0;
    let mut verbatim = |report: usize, span: Span, what: &str| {
        let text = &brief.annotations[report].report.text;
        assert!(span.start < span.end && span.end as usize <= text.len(), "{what} of report {report}: {span:?}");
        let words = text.get(span.start as usize..span.end as usize).expect("on borders of letters");
        assert!(!words.trim().is_empty(), "{what} of report {report} is blank");
        seen += 1;
    };
    for event in &brief.events {
        for &at in event.event.claims.iter().chain([&event.best]) {
            verbatim(at.report, brief.claim(at).span, "claim");
        }
        for at in event.own_voice.iter().chain(&event.asserted).chain(&event.denied) {
            assert!(event.event.claims.contains(at));
        }
        if let Some(date) = event.date.and_then(|at| Some((at.report, brief.claim(at).date.as_ref()?.span))) {
            verbatim(date.0, date.1, "date");
        }
        if let Some(place) = event.place.and_then(|at| Some((at.report, brief.claim(at).place.as_ref()?.span))) {
            verbatim(place.0, place.1, "place");
        }
    }
    for comparison in &brief.comparisons {
        let differing = comparison.differences.iter().flat_map(|difference| &difference.values);
        for value in comparison.slots.iter().flat_map(|(_, values)| values).chain(differing) {
            verbatim(value.report, value.span, "value");
            assert_eq!(value.report, value.claim.report);
            if let Some(source) = value.according_to.as_ref().filter(|party| !party.span.is_empty()) {
                verbatim(value.report, source.span, "source");
            }
        }
    }
    for line in &brief.ledger {
        verbatim(line.claim.report, brief.claim(line.claim).span, "line of the ledger");
        assert!(line.answers.iter().all(|&other| other < brief.ledger.len()));
    }
    for story in &brief.stories {
        verbatim(story.title.0, story.title.1, "title");
    }
    seen
}

#[test]
fn every_cell_and_line_of_a_brief_is_words_of_a_report() {
    let seen = walk(&brief(mixed())) + briefs(mixed()).iter().map(walk).sum::<usize>();
    assert!(seen > 500, "{seen}");
}

/// The brief's events are words of reports, as walked above; so a track is, where it counts nothing but these.
#[test]
fn every_number_of_a_track_leads_to_events_of_the_brief() {
    let brief = brief(mixed());
    let mut counted = 0;
    for (a, b, _) in pairs(&brief) {
        for tension in track(&brief, &a, &b, Unit::Day) {
            let all: Vec<usize> = tension.series.iter().flat_map(|step| step.events.clone()).collect();
            for step in &tension.series {
                assert_eq!(step.quad.iter().sum::<u32>() as usize, step.events.len());
                assert_eq!((step.acts + step.claims) as usize, step.events.len());
                assert!(step.events.iter().all(|&event| event < brief.events.len()));
                assert!(step.rung.is_none_or(|(_, event)| step.events.contains(&event)));
                counted += step.events.len();
            }
            assert!(tension.changes.iter().flat_map(|change| &change.events).all(|event| all.contains(event)));
        }
    }
    assert!(counted > 10, "{counted}");
}

#[test]
fn the_order_of_the_reports_does_not_matter() {
    let forward = mixed();
    let backward: Vec<Annotation> = forward.iter().rev().cloned().collect();
    let turned: Vec<Annotation> = forward[2..].iter().chain(&forward[..2]).cloned().collect();
    let expected = brief(forward);
    assert_eq!(brief(backward), expected);
    assert_eq!(brief(turned), expected);
}

#[test]
fn mixed_reports_fall_into_stories_and_no_event_crosses_them() {
    let brief = brief(mixed());
    assert_eq!(brief.stories.len(), 2);
    for event in &brief.events {
        let held = brief.stories.iter().filter(|s| event.reports.iter().any(|r| s.reports.contains(r)));
        assert_eq!(held.count(), 1, "{}", event.event.id);
    }
    for (event, comparison) in brief.events.iter().zip(&brief.comparisons) {
        let own = brief.stories.iter().find(|s| s.reports.contains(&event.reports[0])).unwrap();
        assert!(comparison.silent.iter().all(|r| own.reports.contains(r)), "{}", event.event.id);
    }
}

#[test]
fn each_story_has_its_own_brief_and_every_report_is_in_one() {
    let briefs = briefs(mixed());
    assert_eq!(briefs.len(), 2);
    let mut ids: Vec<&str> = briefs.iter().flat_map(|b| &b.annotations).map(|a| a.report.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 6);
    assert!(briefs.iter().all(|b| b.stories.len() == 1 && b.stories[0].reports.len() == b.annotations.len()));
}

#[test]
fn a_thousand_copies_are_one_origin_and_corroborate_nothing() {
    let one = dated("copy", "2025-03-04", "Norland expelled two diplomats of Estonia on Monday. Estonia protested.");
    let copy = |n: usize| {
        let mut copy = one.clone();
        copy.report.id = format!("copy#{n}");
        copy
    };
    let brief = brief((0..1000).map(copy).collect());
    assert_eq!(brief.annotations.len(), 1000);
    assert!(brief.origins.iter().all(|&origin| origin == 0));
    assert!(brief.events.iter().all(|event| event.origins == 1));
    assert!(brief.comparisons.iter().all(|c| c.differences.iter().all(|d| d.values.len() < 10)));
}

#[test]
fn reports_of_1905_and_of_the_future_are_told_by_their_days() {
    let old = dated("old", "1905-06-14", "Russia accused Japan of sinking two ships. Japan denied the charge.");
    let new = dated("new", "2155-06-14", "Russia accused Japan of sinking two ships. Japan denied the charge.");
    let brief = brief(vec![new, old]);
    assert_eq!(brief.annotations[0].report.id, "old");
    assert_eq!(brief.as_of.as_deref(), Some("2155-06-14"));
    walk(&brief);
}

#[test]
fn one_report_alone_is_a_story_and_differs_from_nobody() {
    let brief = brief(vec![dated("alone", "2025-03-04", "India closed its border with Pakistan on Monday.")]);
    assert_eq!(brief.stories.len(), 1);
    assert!(brief.comparisons.iter().all(|c| c.differences.is_empty() && c.silent.is_empty()));
    assert!(brief.gaps.iter().any(|gap| gap.contains("nothing to compare")));
}

#[test]
fn a_report_that_contradicts_itself_is_shown_as_it_stands() {
    let text = "India accused Pakistan of firing on a village. Pakistan denied firing on the village.";
    let brief = brief(vec![dated("torn", "2025-03-04", text)]);
    let disputed =
        |c: &demarche_core::Comparison| c.differences.iter().any(|d| d.kind == demarche_core::Kind::Disputed);
    let answered = brief.ledger.iter().any(|line| !line.answers.is_empty());
    assert!(brief.comparisons.iter().any(disputed) || answered);
    assert!(walk(&brief) > 0);
}

#[test]
fn a_deed_that_one_side_tells_and_the_other_denies_is_disputed() {
    let text = "Russia said it had seized the town of Avdiivka on Monday. Ukraine denied it.";
    let brief = brief(vec![dated("one", "2024-02-13", text)]);
    let differences: Vec<_> = brief.comparisons.iter().flat_map(|c| &c.differences).collect();
    let disputed = differences.iter().find(|d| d.slot == Slot::Actor && d.kind == Kind::Disputed).expect("a dispute");
    let words: Vec<&str> = disputed.values.iter().map(|v| brief.words(v.report, v.span)).collect();
    assert!(words[0].contains("seized") && words[1].contains("denied"), "{words:?}");
}

#[test]
fn the_only_such_thing_of_each_report_is_one_happening() {
    let one = dated(
        "one",
        "2025-03-04",
        "Norway condemned the arrest of a captain by Russia. Norway urged Russia to obey the law of the sea.",
    );
    let two = dated("two", "2025-03-05", "Norway called on Russia to let the captain go.");
    let old = dated("old", "2025-06-05", "Norway asked Russia to pay for the damage.");
    let brief = brief(vec![one, two, old]);
    let asked = brief.events.iter().filter(|e| e.kind == EventType::Request);
    let told: Vec<Vec<usize>> = asked.map(|e| e.reports.clone()).collect();
    assert_eq!(told, [vec![0, 1], vec![2]], "within a week, and not three months later");
}

/// The reports of each violent event.
fn assaults(brief: &Brief) -> Vec<Vec<usize>> {
    brief.events.iter().filter(|e| e.kind == EventType::Assault).map(|e| e.reports.clone()).collect()
}

#[test]
fn as_many_dead_at_one_spot_are_one_happening_whosever_they_are_said_to_be() {
    let one = "Three employees of the World Food Programme were shot dead in Kabkabiya.";
    let two = "Three Sudanese drivers were killed in Kabkabiya.";
    let brief = brief(vec![dated("one", "2023-04-17", one), dated("two", "2023-04-17", two)]);
    assert_eq!(assaults(&brief), [vec![0, 1]]);
}

#[test]
fn no_reports_and_empty_reports_have_a_brief() {
    assert!(brief(vec![]).events.is_empty());
    assert!(briefs(vec![]).is_empty());
    let empty = brief(vec![Annotation::default(), Annotation::default()]);
    assert_eq!(empty.annotations.len(), 2);
}

/// True where one event holds claims of both reports.
fn linked(one: &str, two: &str) -> bool {
    let brief = brief(vec![dated("one", "2023-04-17", one), dated("two", "2023-04-17", two)]);
    brief.events.iter().any(|event| event.reports.len() == 2)
}

#[test]
fn a_clash_in_one_town_is_not_the_clash_in_another() {
    let khartoum = "Fighting erupted in Khartoum between the Sudanese army and the Rapid Support Forces on Saturday.";
    let town = "Fighting broke out in Kabkabiya between the Sudanese army and the Rapid Support Forces on Saturday.";
    let other = "The Sudanese army clashed with the Rapid Support Forces in Khartoum on Saturday.";
    assert!(!linked(khartoum, town));
    assert!(linked(khartoum, other));
}

#[test]
fn who_charges_another_with_something_else_makes_another_charge() {
    let plant = "Tensions grew over the plant. Russia accused Ukraine of shelling the nuclear plant at Enerhodar.";
    let again = "Tensions grew over the plant. Moscow accused Ukraine of firing shells at the nuclear plant.";
    let pipeline = "Tensions grew over the plant. Russia accused Ukraine of planning sabotage on a gas pipeline.";
    assert!(linked(plant, again));
    assert!(!linked(plant, pipeline));
}
