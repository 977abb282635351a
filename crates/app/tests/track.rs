//! `demarche track` as its users meet it: what it draws, and what it says that it does not draw.

#[path = "support/folder.rs"]
mod folder;
use folder::Folder;
#[path = "support/program.rs"]
mod program;
use program::{err, out, status};

#[test]
fn a_track_shows_the_event_behind_the_highest_rung_in_100_columns() {
    let folder = Folder::new("track/rungs");
    let text = "Pakistan and India: a week\n\nOn 2 May 2025 India accused Pakistan of an attack. On 6 May 2025 India \
        fired missiles at bases in Pakistan. Pakistan threatened India with retaliation.";
    folder.file("week.txt", text);
    let output = folder.run(&["track", "IND", "PAK", "--published", "2025-05-07", "week.txt"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("highest rung"), "{}", out(&output));
    assert!(out(&output).lines().all(|line| line.chars().count() <= 100), "{}", out(&output));
    assert!(!out(&output).contains("-0.0"));
    let all = folder.run(&["track", "--all", "--published", "2025-05-07", "week.txt"]);
    assert!(out(&all).contains("IND PAK"), "{}", out(&all));
    assert_eq!(status(&folder.run(&["track", "IND", "week.txt"])), 2);
    assert_eq!(status(&folder.run(&["track", "I-D", "PAK", "week.txt"])), 2);
}

#[test]
fn a_track_takes_names_and_says_what_it_does_not_show() {
    let folder = Folder::new("track/names");
    folder.file("a.txt", "India accused Pakistan of an attack. Pakistan threatened India.");
    let dated = ["--published", "2025-05-07", "a.txt"];
    let track = |parties: &[&str], more: &[&str]| folder.run(&[&["track"], parties, more].concat());
    let codes = track(&["IND", "PAK"], &dated);
    assert_eq!(out(&track(&["India", "Islamabad"], &dated)), out(&codes));
    let json = track(&["Indian", "pak"], &[&["--json"], &dated[..]].concat());
    assert!(out(&json).starts_with("[{\"actor\":\"IND\"") && out(&json).contains("\"undated\":0"), "{}", out(&json));
    let unknown = track(&["Indai", "PAK"], &dated);
    assert_eq!(status(&unknown), 2);
    assert!(err(&unknown).contains("there is no party \"Indai\" (did you mean India (IND)"), "{}", err(&unknown));
    assert_eq!(status(&track(&["India", "IND"], &dated)), 2);
    // Events without a day are counted wherever they are left out.
    for (format, told) in
        [("terminal", "1 event without a day is left out"), ("svg", "1 event without a day is left out")]
    {
        let text = track(&["IND", "PAK"], &["--format", format, "a.txt"]);
        assert!(out(&text).contains(told), "{format}: {}", out(&text));
        assert!(err(&text).contains("no dated event between India (IND) and Pakistan (PAK)"), "{}", err(&text));
    }
    assert!(out(&track(&["IND", "PAK"], &["--json", "a.txt"])).contains("\"undated\":1"));
    let csv = track(&["IND", "PAK"], &["--format", "csv", "a.txt"]);
    assert!(err(&csv).contains("2 events without a day are left out"), "{}", err(&csv));
}

#[test]
fn a_track_holds_a_century_of_days_and_counts_what_lies_before() {
    let folder = Folder::new("track/century");
    let row = |id: &str, day: &str| {
        format!("{{\"id\":\"{id}\",\"published\":\"{day}\",\"text\":\"India accused Pakistan of an attack.\"}}\n")
    };
    folder.file("near.jsonl", row("a", "1985-03-01") + &row("b", "2025-05-07"));
    let near = folder.run(&["track", "IND", "PAK", "--format", "csv", "near.jsonl"]);
    let days = out(&near).lines().filter(|line| line.starts_with("IND,PAK,")).count();
    assert_eq!(days, 14_678, "every day from the first to the last");
    assert!(out(&near).contains("IND,PAK,1985-03-01,0,0,1,0,1,0,") && err(&near).is_empty(), "{}", err(&near));
    folder.file("far.jsonl", row("a", "1805-03-01") + &row("b", "2025-05-07"));
    let far = |format: &str| folder.run(&["track", "IND", "PAK", "--format", format, "far.jsonl"]);
    let told = "1 event before 2 November 1915 is left out (a line has 40,000 days at most)";
    for format in ["terminal", "svg", "html"] {
        let text = far(format);
        assert!(out(&text).contains(told), "{format}: {}", out(&text));
        assert!(out(&text).len() < 10_000_000, "{format}");
    }
    let csv = far("csv");
    assert_eq!(out(&csv).lines().count(), 80_001);
    assert!(err(&csv).contains(&format!("{told}; --unit week reaches further back")), "{}", err(&csv));
    assert!(out(&far("json")).contains("\"earlier\":1"));
    let weeks = folder.run(&["track", "IND", "PAK", "--unit", "week", "--json", "far.jsonl"]);
    assert!(out(&weeks).contains("\"earlier\":0") && out(&weeks).contains("1805-02-25"), "{}", err(&weeks));
}
