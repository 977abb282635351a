//! The archive as its callers meet it: what is added once, what changes, what is kept.

mod support;

use std::{fs, path::PathBuf};

use demarche_core::{Day, EventType, Report};
use demarche_store::{
    Archive, Coded, Fault, Stamp,
    archive::{Attributed, ClaimEdit, Feed, Filter, Host, Page, ReportEdit, Which},
    import::Maker,
};
use support::{STAMP, claim, coded, file, filled, page};

const LATER: Stamp = Stamp { seen: "2025-05-02T09:00:00Z", coder: "two" };

#[test]
fn what_is_added_twice_is_held_once_and_the_order_does_not_show_in_the_hash() {
    let (a, b) = (coded("a", "One.", vec![]), coded("b", "Two.", vec![claim(0, "AID", "NOR", "SUD")]));
    let mut first = Archive::in_memory().unwrap();
    assert_eq!(first.add(&[a.clone(), b.clone()], STAMP).unwrap().new, 2);
    assert_eq!(first.add(&[b.clone(), a.clone()], LATER).unwrap().held, 2);
    let mut second = Archive::in_memory().unwrap();
    second.add(&[b], LATER).unwrap();
    assert_ne!(first.hash().unwrap(), second.hash().unwrap());
    second.add(&[a], LATER).unwrap();
    assert_eq!(first.hash().unwrap(), second.hash().unwrap());
}

#[test]
fn a_changed_page_is_a_new_version_and_the_old_one_no_longer_stands() {
    let mut archive = Archive::in_memory().unwrap();
    archive.add(&[page("p", "https://post.example/1", "Two diplomats must go.")], STAMP).unwrap();
    let added =
        archive.add(&[page("q", "https://post.example/1#top", "Three envoys must leave at once.")], LATER).unwrap();
    assert_eq!((added.new, added.versions), (0, 1));
    let (now, versions) = archive.report("p@2").unwrap();
    assert_eq!(now.text, "Three envoys must leave at once.");
    let told: Vec<(&str, &str, &str)> =
        versions.iter().map(|v| (v.report.as_str(), v.state, v.first_seen.as_str())).collect();
    assert_eq!(told, [("p", "older", STAMP.seen), ("p@2", "current", LATER.seen)]);
    let claims = archive.claims(&Filter::default(), 9, 0).unwrap();
    assert_eq!(claims.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["p@2/0.0"]);
    let words = |words: &str| Filter { words: Some(words.into()), ..Filter::default() };
    assert_eq!(archive.reports(&words("diplomats"), false, 9, 0).unwrap().len(), 0);
    assert_eq!(archive.reports(&words("envoy"), false, 9, 0).unwrap().len(), 1);
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn what_is_known_of_a_page_is_never_lost_to_the_unknown() {
    let mut archive = Archive::in_memory().unwrap();
    let bare = |text: &str| Coded { report: Report::from_text("p", text), claims: vec![claim(0, "AID", "NOR", "SUD")] };
    let mut full = bare("Norland expelled two diplomats.");
    full.report.published = Some("2025-05-01".into());
    full.report.url = Some("https://post.example/1".into());
    full.report.author = Some("A. Writer".into());
    archive.add(&[full.clone()], STAMP).unwrap();
    let again = bare("Norland expelled two diplomats.");
    assert!(archive.unknown(vec![again.report.clone()]).unwrap().is_empty());
    let added = archive.add(std::slice::from_ref(&again), LATER).unwrap();
    assert_eq!((added.held, added.new, added.versions), (1, 0, 0));
    // What is new is taken, and what it does not say stays.
    let mut named = again;
    named.report.outlet = Some("Post".into());
    assert_eq!(archive.add(&[named.clone()], LATER).unwrap().versions, 1);
    let now = archive.report("p@2").unwrap().0;
    let said = |report: &Report| {
        let fields = [&report.outlet, &report.url, &report.published, &report.author];
        fields.map(|field| field.clone().unwrap_or_default())
    };
    assert_eq!(said(&now), ["Post", "https://post.example/1", "2025-05-01", "A. Writer"]);
    assert_eq!(archive.add(&[named, full], LATER).unwrap().held, 2);
    // So it does where the text was edited, and the claims coded without the date are coded anew.
    let mut edited = bare("Norland expelled three diplomats.");
    edited.report.url = Some("https://post.example/1".into());
    let coded_with = archive.unknown(vec![edited.report.clone()]).unwrap();
    assert_eq!(coded_with[0].published.as_deref(), Some("2025-05-01"));
    assert_eq!(archive.add(&[edited], LATER).unwrap().versions, 1);
    assert_eq!(said(&archive.report("p@3").unwrap().0), said(&now));
    let waiting: Vec<String> =
        archive.stale(Which::Corrected, 0, 9).unwrap().into_iter().map(|(_, report)| report.id).collect();
    assert_eq!(waiting, ["p@2", "p@3"]);
    assert!(archive.verify().unwrap().faults.is_empty(), "{:?}", archive.verify().unwrap().faults);
}

#[test]
fn rows_that_nothing_names_are_reports_each_however_alike() {
    let mut archive = Archive::in_memory().unwrap();
    let row = |id: &str, text: &str, outlet: Option<&str>| {
        let mut row = coded(id, text, vec![claim(0, "SANCTION", "NOR", "SUD")]);
        (row.report.unnamed, row.report.outlet) = (true, outlet.map(str::to_owned));
        row
    };
    let rows = [
        row("day.jsonl", "Norland expelled two diplomats on Monday.", Some("Post")),
        row("day.jsonl#2", "Norland expelled two diplomats on Monday, it said.", None),
        row("day.jsonl#3", "Norland expelled two diplomats on Monday.", Some("Ledger")),
    ];
    assert_eq!(archive.add(&rows, STAMP).unwrap().new, 3);
    assert_eq!(archive.claims(&Filter::default(), 9, 0).unwrap().len(), 3, "the claims of all of them stand");
    assert_eq!(archive.add(&rows, LATER).unwrap().held, 3);
    // A row was put in front of them, and one says less of itself than it did.
    let later = [
        row("day.jsonl", "Sudmark expelled two diplomats on Monday.", None),
        row("day.jsonl#3", "Norland expelled two diplomats on Monday.", None),
    ];
    let added = archive.add(&later, LATER).unwrap();
    assert_eq!((added.new, added.versions, added.held), (1, 0, 1));
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn two_files_of_one_name_that_share_no_words_are_two_reports() {
    let mut archive = Archive::in_memory().unwrap();
    archive.add(&[coded("story", "Norland expelled two diplomats.", vec![])], STAMP).unwrap();
    let other = archive.add(&[coded("story", "Heavy rain flooded the harbour.", vec![])], STAMP).unwrap();
    assert_eq!((other.new, other.versions), (1, 0));
    let edit = archive.add(&[coded("story", "Norland expelled three diplomats.", vec![])], STAMP).unwrap();
    assert_eq!((edit.new, edit.versions), (0, 1));
    assert!(archive.report("story#2").is_ok() && archive.report("story@2").is_ok());
}

#[test]
fn claims_are_found_by_everything_that_is_known_of_them() {
    let (_, archive) = filled("found");
    let ids = |filter: Filter| archive.claims(&filter, 9, 0).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(ids(Filter { actor: code("NOR"), ..Filter::default() }), ["a/0.0"]);
    assert_eq!(ids(Filter { actor: code("SUD"), recipient: code("EST"), ..Filter::default() }), ["b/1.0"]);
    assert_eq!(ids(Filter { party: code("NOR"), ..Filter::default() }), ["b/0.0", "a/0.0"]);
    assert_eq!(ids(Filter { actor: code("norland"), ..Filter::default() }).len(), 3);
    assert_eq!(ids(Filter { actor: code("Norland"), recipient: code("SUD"), ..Filter::default() }), ["a/0.0"]);
    assert_eq!(ids(Filter { kind: Some(EventType::Reject), ..Filter::default() }), ["b/0.0"]);
    assert_eq!(ids(Filter { place: code("Sud"), kind: Some(EventType::Accuse), ..Filter::default() }), ["b/1.0"]);
    assert_eq!(ids(Filter { words: code("denied charges"), ..Filter::default() }), ["b/1.0", "b/0.0"]);
    assert_eq!(ids(Filter { according_to: Some(Attributed::Anybody), ..Filter::default() }).len(), 0);
    assert_eq!(ids(Filter { since: Day::new(2025, 5, 2), ..Filter::default() }).len(), 0);
    assert_eq!(ids(Filter { until: Day::new(2025, 5, 1), party: code("NOR"), ..Filter::default() }).len(), 2);
    assert_eq!(
        archive.claims(&Filter { words: code("(\"*"), ..Filter::default() }, 9, 0).unwrap_err().kind,
        Fault::Request
    );
}

#[test]
fn counts_are_kept_with_what_is_counted() {
    let (_, mut archive) = filled("counted");
    archive.add(&[page("p", "https://x.org/p", "Norland left."), coded("c", "Kept.", vec![])], STAMP).unwrap();
    archive.add(&[page("p", "https://x.org/p", "Norland has left.")], LATER).unwrap();
    archive.strike("a/0.0", "sarcasm", STAMP.seen).unwrap();
    archive.remove("c", "no report", STAMP.seen).unwrap();
    let edit = ClaimEdit { kind: Some("AID".into()), ..ClaimEdit::default() };
    archive.correct_claim("b/1.0", edit, "read by hand", STAMP.seen).unwrap();
    let stats = archive.stats().unwrap();
    let of = |kind: &str| stats.types.iter().find(|(name, _)| name == kind).map(|(_, count)| *count);
    assert_eq!((stats.reports, stats.older_versions, stats.removed, stats.struck), (3, 1, 1, 1));
    assert_eq!((of("AID"), of("ACCUSE"), of("REJECT")), (Some(1), Some(0), Some(1)));
    assert!(archive.verify().unwrap().faults.is_empty(), "{:?}", archive.verify().unwrap().faults);
}

#[test]
fn reading_leaves_nothing_beside_the_archive() {
    let (path, archive) = filled("tidy");
    drop(archive);
    let archive = Archive::read(&path).unwrap();
    assert_eq!(archive.claims(&Filter::default(), 9, 0).unwrap().len(), 3);
    drop(archive);
    for ending in ["-wal", "-shm"] {
        assert!(!PathBuf::from(format!("{}{ending}", path.display())).exists(), "{ending}");
    }
}

#[test]
fn coding_anew_keeps_ids_and_says_what_changed() {
    let (_, mut archive) = filled("recoded");
    let before = archive.hash().unwrap();
    let stale = archive.stale(Which::OtherThan(LATER.coder), 0, 9).unwrap();
    assert_eq!(stale.len(), 2);
    let mut changed = claim(0, "REJECT", "SUD", "NOR");
    changed.confidence = 0.5;
    let batch = [
        (stale[0].0, coded("a", "", vec![claim(0, "SANCTION", "NOR", "SUD")])),
        (stale[1].0, coded("b", "", vec![claim(0, "AID", "EST", "SUD"), changed])),
    ];
    let found = archive.recode(&batch, LATER).unwrap();
    assert_eq!((found.reports, found.same), (2, 1));
    assert_eq!(found.changed, [("b/0.0".to_owned(), vec!["confidence".to_owned()])]);
    assert_eq!((found.added, found.removed), (vec!["b/0.1".to_owned()], vec!["b/1.0".to_owned()]));
    assert!(archive.stale(Which::OtherThan(LATER.coder), 0, 9).unwrap().is_empty());
    assert_ne!(archive.hash().unwrap(), before);
    assert!(archive.verify().unwrap().faults.is_empty(), "{:?}", archive.verify().unwrap().faults);
    // What is found again gets its old number back.
    let back = archive.recode(&[(stale[1].0, coded("b", "", vec![claim(1, "ACCUSE", "SUD", "EST")]))], STAMP).unwrap();
    assert_eq!(back.added, ["b/1.0"]);
}

#[test]
fn what_was_corrected_by_hand_outlives_coding_anew() {
    let (_, mut archive) = filled("corrected");
    archive.strike("a/0.0", "sarcasm", STAMP.seen).unwrap();
    let edit = ClaimEdit { kind: Some("ACCUSE".into()), date: Some("2025-04".into()), ..ClaimEdit::default() };
    archive.correct_claim("b/0.0", edit, "read the sentence", STAMP.seen).unwrap();
    let stale = archive.stale(Which::All, 0, 9).unwrap();
    let claims = vec![claim(0, "REJECT", "SUD", "NOR"), claim(1, "ACCUSE", "SUD", "EST")];
    let batch =
        [(stale[0].0, coded("a", "", vec![claim(0, "SANCTION", "NOR", "SUD")])), (stale[1].0, coded("b", "", claims))];
    let found = archive.recode(&batch, LATER).unwrap();
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (0, 0, 0));
    let row = archive.claim("b/0.0").unwrap();
    assert_eq!((row.record.kind.as_str(), row.record.date.unwrap().precision.as_str()), ("ACCUSE", "month"));
    assert_eq!(archive.claims(&Filter::default(), 9, 0).unwrap().len(), 2);
    assert_eq!(archive.log(Some("a/0.0"), 9).unwrap()[0].reason.as_deref(), Some("sarcasm"));
    let wrong = ClaimEdit { date: Some("2025-13".into()), ..ClaimEdit::default() };
    assert_eq!(archive.correct_claim("b/0.0", wrong, "", "").unwrap_err().kind, Fault::Request);
}

#[test]
fn two_corrections_of_one_claim_outlive_coding_anew() {
    let (_, mut archive) = filled("corrected-twice");
    let both = ClaimEdit { kind: Some("ACCUSE".into()), actor: Some("EST".into()), ..ClaimEdit::default() };
    archive.correct_claim("a/0.0", both, "read the sentence", STAMP.seen).unwrap();
    let edit = ClaimEdit { actor: Some("NOR".into()), ..ClaimEdit::default() };
    archive.correct_claim("b/0.0", edit, "read the sentence", STAMP.seen).unwrap();
    let edit = ClaimEdit { date: Some("2025-04".into()), ..ClaimEdit::default() };
    archive.correct_claim("b/0.0", edit, "and the calendar", STAMP.seen).unwrap();
    let stale = archive.stale(Which::All, 0, 9).unwrap();
    let claims = vec![claim(0, "REJECT", "SUD", "NOR"), claim(1, "ACCUSE", "SUD", "EST")];
    let batch =
        [(stale[0].0, coded("a", "", vec![claim(0, "SANCTION", "NOR", "SUD")])), (stale[1].0, coded("b", "", claims))];
    let found = archive.recode(&batch, LATER).unwrap();
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (0, 0, 0), "{found:?}");
    let first = archive.claim("a/0.0").unwrap().record;
    assert_eq!((first.kind.as_str(), first.actors[0].country.as_deref()), ("ACCUSE", Some("EST")));
    let second = archive.claim("b/0.0").unwrap().record;
    assert_eq!((second.actors[0].country.as_deref(), second.date.unwrap().precision.as_str()), (Some("NOR"), "month"));
}

#[test]
fn a_corrected_report_waits_to_be_coded_and_is_still_known_when_it_is_added_again() {
    let (_, mut archive) = filled("corrected-report");
    let edit = ReportEdit { published: Some("2025-04-30".into()), ..ReportEdit::default() };
    archive.correct_report("a", &edit, "day of printing", STAMP.seen).unwrap();
    assert_eq!(
        archive.stale(Which::OtherThan(STAMP.coder), 0, 9).unwrap()[0].1.published.as_deref(),
        Some("2025-04-30")
    );
    let again = coded("a", "Norland expelled two diplomats of Sudmark.", vec![]);
    assert_eq!(archive.add(&[again], STAMP).unwrap().held, 1);
}

#[test]
fn a_report_comes_back_as_it_was_given() {
    let mut archive = Archive::in_memory().unwrap();
    let report = Report {
        outlet: Some("Post".into()),
        title: Some("Envoys must go".into()),
        url: Some("https://post.example/1".into()),
        published: Some("2025-05-01T09:30:00+02:00".into()),
        author: Some("A. Writer".into()),
        language: Some("en".into()),
        ..Report::from_text("post", "Two diplomats must go.")
    };
    archive.add(&[Coded { report: report.clone(), claims: vec![] }], STAMP).unwrap();
    assert_eq!(archive.report("post").unwrap().0, report);
    assert_eq!(
        archive.texts(&Filter { words: Some("diplomat".into()), ..Filter::default() }, 9).unwrap(),
        std::slice::from_ref(&report)
    );
    assert_eq!(archive.stale(Which::All, 0, 9).unwrap()[0].1, report);
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn what_was_removed_leaves_no_word_and_does_not_come_back() {
    let (path, mut archive) = filled("removed");
    assert_eq!(archive.remove("b", "ordered by a court", STAMP.seen).unwrap(), 1);
    let again = coded("b", "Sudmark denied the charges.", vec![]);
    assert_eq!(archive.add(&[again], STAMP).unwrap().refused, 1);
    assert_eq!(archive.claims(&Filter::default(), 9, 0).unwrap().len(), 1);
    assert!(archive.verify().unwrap().faults.is_empty());
    assert_eq!(archive.report("b").unwrap().1[0].state, "removed");
    assert_eq!(archive.remove("nobody", "", "").unwrap_err().kind, Fault::Missing);
    drop(archive);
    assert!(path.exists());
}

#[test]
fn two_processes_may_write_one_archive() {
    let path = file("two");
    let add = |from: usize| {
        let mut archive = Archive::create(&path).unwrap();
        for n in from..from + 20 {
            archive
                .add(&[coded(&format!("r{n}"), &format!("Text {n}."), vec![claim(0, "AID", "NOR", "SUD")])], STAMP)
                .unwrap();
        }
    };
    std::thread::scope(|scope| {
        // Ten of the reports come from both.
        scope.spawn(|| add(0));
        scope.spawn(|| add(10));
    });
    let mut archive = Archive::open(&path).unwrap();
    assert_eq!(archive.stats().unwrap().reports, 30);
    assert!(archive.verify().unwrap().faults.is_empty());
}

/// An archive of a version, and what it holds. Versions 2 and 3 were never released; theirs are the first with the steps
/// up to them, and with rows in the tables that they brought.
struct Old {
    packed: &'static [u8],
    hash: &'static str,
    reports: u64,
    feeds: usize,
    outside: u32,
}

macro_rules! old {
    ($version:literal, $reports:literal, $feeds:literal, $outside:literal) => {
        Old {
            packed: include_bytes!(concat!("formats/archive-", $version, ".db.gz")),
            hash: include_str!(concat!("formats/archive-", $version, ".hash")),
            reports: $reports,
            feeds: $feeds,
            outside: $outside,
        }
    };
}

#[test]
fn an_archive_of_every_earlier_version_opens_and_says_the_same() {
    let all = [
        old!("1", 3, 0, 0),
        old!("2", 3, 1, 0),
        old!("3", 3, 1, 2),
        old!("4", 3, 0, 0),
        old!("5", 3, 0, 0),
        old!("6", 3, 0, 0),
        old!("7", 4, 1, 1),
    ];
    let today = Archive::in_memory().unwrap().stats().unwrap().schema;
    assert_eq!(all.len() as i64, today - 1, "each version before this one has an archive");
    for (version, old) in (1..).zip(all) {
        let path = file(&format!("migrated-{version}"));
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(old.packed), &mut bytes).unwrap();
        // Where SQLite keeps `user_version`.
        assert_eq!(bytes[60..64], i32::to_be_bytes(version), "{version}");
        fs::write(&path, &bytes).unwrap();
        // Reading brings it up to date too.
        let archive = Archive::read(&path).unwrap();
        assert_eq!(archive.hash().unwrap().to_string(), old.hash.trim(), "{version}");
        drop(archive);
        let mut archive = Archive::open(&path).unwrap();
        assert_eq!(archive.verify().unwrap().faults, [""; 0], "{version}");
        let stats = archive.stats().unwrap();
        assert_eq!((stats.reports, stats.schema), (old.reports, today), "{version}");
        assert_eq!(archive.feeds().unwrap().len(), old.feeds, "{version}");
        let theirs = archive.outside("IND", "PAK").unwrap();
        assert_eq!(theirs.iter().flat_map(|day| day.quad).sum::<u32>(), old.outside, "{version}");
        assert!(archive.claims(&Filter { actor: Some("IND".into()), ..Filter::default() }, 9, 0).unwrap().len() > 1);
        // It goes on from there.
        assert_eq!(archive.add(&[coded("more", "Two envoys must leave.", vec![])], STAMP).unwrap().new, 1, "{version}");
    }
}

#[test]
fn a_statement_is_kept_with_its_code_and_comes_with_a_file_that_an_earlier_version_imported() {
    let path = file("statements");
    let mut bytes = Vec::new();
    let packed = &include_bytes!("formats/archive-7.db.gz")[..];
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed), &mut bytes).unwrap();
    fs::write(&path, &bytes).unwrap();
    let mut archive = Archive::open(&path).unwrap();
    // The very file that version 7 imported and of which it passed the statement over.
    let rows = "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tIntensity\tTarget Name\tTarget Country\n\
                7\t2025-06-03\tA\tIndia\t190\t-10\tB\tPakistan\n8\t2025-06-03\tA\tIndia\t010\t0\tB\tPakistan\n";
    let found = archive.import(Maker::Icews, "icews.tab", rows.as_bytes(), STAMP.seen).unwrap();
    assert_eq!((found.rows, found.statements, found.held), (2, 1, false));
    let days = archive.outside("IND", "PAK").unwrap();
    assert_eq!((days.len(), days[0].quad, days[0].statements), (1, [0, 0, 0, 1], 1));
    assert!(archive.import(Maker::Icews, "icews.tab", rows.as_bytes(), STAMP.seen).unwrap().held);
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn records_of_others_are_kept_once_and_counted_by_day() {
    let (_, mut archive) = filled("outside");
    let rows = "Event ID\tEvent Date\tEvent Type\tActor Country\tRecipient Country\tIntensity\n\
                1\t2025-04-23\tSANCTION\tIND\tPAK\t-6\n2\t2025-04-23\tAID\tIND\tPAK\t10\n3\tno day\tAID\tIND\tPAK\t1\n";
    let before = archive.hash().unwrap();
    let found = archive.import(Maker::Polecat, "week.txt", rows.as_bytes(), STAMP.seen).unwrap();
    assert_eq!((found.rows, found.skipped, found.held), (2, 1, false));
    assert_eq!((found.left_out[0].line, found.left_out[0].why), (4, "no date stands where it should"));
    // One event of two pairs, a row each; and a row that comes twice.
    let pairs = "Event ID\tEvent Date\tEvent Type\tActor Country\tRecipient Country\tIntensity\n\
                 8\t2025-04-24\tAID\tSUD\tNOR\t1\n8\t2025-04-24\tAID\tNOR\tSUD\t1\n8\t2025-04-24\tAID\tNOR\tSUD\t1\n";
    let found = archive.import(Maker::Polecat, "pairs.txt", pairs.as_bytes(), STAMP.seen).unwrap();
    assert_eq!((found.rows, found.repeated), (2, 1));
    assert_eq!(archive.outside("NOR", "SUD").unwrap()[0].quad, [0, 1, 0, 0]);
    assert_eq!(archive.outside("SUD", "NOR").unwrap()[0].quad, [0, 1, 0, 0]);
    assert!(archive.import(Maker::Polecat, "again.txt", rows.as_bytes(), STAMP.seen).unwrap().held);
    let days = archive.outside("IND", "PAK").unwrap();
    assert_eq!((days.len(), days[0].start.as_str(), days[0].quad), (1, "2025-04-23", [0, 1, 0, 1]));
    assert_eq!(archive.hash().unwrap(), before, "they are no claims of ours");
    assert_eq!(archive.import(Maker::Gdelt, "x", "nonsense\n".as_bytes(), "").unwrap_err().kind, Fault::Foreign);
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn a_page_that_says_again_what_it_said_before_has_that_version_back_and_the_day_of_it() {
    let (_, mut archive) = filled("again");
    let url = "https://post.example/1";
    let (one, two) =
        (page("p", url, "Norland expelled two diplomats."), page("p", url, "Norland expelled three diplomats."));
    let read = Page { url: url.into(), ..Page::default() };
    let at = |seen| Stamp { seen, coder: "one" };
    let before = archive.hash().unwrap();
    for (report, seen) in
        [(&one, "2025-05-03T00:00:00Z"), (&two, "2025-05-04T00:00:00Z"), (&one, "2025-05-05T00:00:00Z")]
    {
        archive.keep_page(&read, Some(report), at(seen)).unwrap();
    }
    assert_ne!(archive.hash().unwrap(), before);
    let states = |archive: &Archive| -> Vec<(String, &'static str)> {
        archive.report("p").unwrap().1.into_iter().map(|row| (row.report, row.state)).collect()
    };
    assert_eq!(states(&archive), [("p".to_owned(), "current"), ("p@2".to_owned(), "older")]);
    let again = &archive.log(Some("p"), 9).unwrap()[0];
    assert_eq!((again.what.as_str(), again.at.as_str()), ("again", "2025-05-05T00:00:00Z"));
    // Its claims and words are found, those of the other are not.
    let claims = archive.claims(&Filter { report: Some("p".into()), ..Filter::default() }, 9, 0).unwrap();
    assert_eq!(claims.len(), 1);
    let found = |words: &str| {
        let filter = Filter { words: Some(words.into()), ..Filter::default() };
        archive.reports(&filter, false, 9, 0).unwrap().into_iter().map(|row| row.report).collect::<Vec<_>>()
    };
    assert_eq!(found("expelled two"), ["p", "a"]);
    assert!(found("expelled three").is_empty());
    assert!(archive.verify().unwrap().faults.is_empty(), "{:?}", archive.verify().unwrap().faults);
    // Once is once; and what is added from files says nothing of what stands today.
    assert_eq!(archive.keep_page(&read, Some(&one), at("2025-05-06T00:00:00Z")).unwrap().held, 1);
    assert_eq!(archive.add(std::slice::from_ref(&two), at("2025-05-06T00:00:00Z")).unwrap().held, 1);
    assert_eq!(states(&archive)[0].1, "current");
    archive.keep_page(&read, Some(&two), at("2025-05-07T00:00:00Z")).unwrap();
    assert_eq!(states(&archive), [("p".to_owned(), "older"), ("p@2".to_owned(), "current")]);
    assert!(archive.verify().unwrap().faults.is_empty());
}

#[test]
fn a_feed_and_its_pages_are_kept_in_one_step() {
    let (_, mut archive) = filled("feeds");
    let feed = Feed { url: "https://post.example/rss".into(), etag: Some("x".into()), next: 9, ..Feed::default() };
    let page = |n: u32| Page { url: format!("https://post.example/{n}"), feed: feed.url.clone(), ..Page::default() };
    assert_eq!(archive.keep_feed(&feed, &[page(1), page(2)]).unwrap(), 2);
    assert_eq!(archive.keep_feed(&feed, &[page(2), page(3)]).unwrap(), 1);
    assert_eq!(archive.feed(&feed.url).unwrap(), feed);
    let waiting = archive.waiting(9).unwrap();
    assert_eq!(waiting.len(), 3);
    let done = Page { next: None, visits: 1, ..waiting[0].clone() };
    let report = coded("post.example-1", "Talks failed.", vec![claim(0, "REJECT", "SUD", "NOR")]);
    assert_eq!(archive.keep_page(&done, Some(&report), STAMP).unwrap().new, 1);
    assert_eq!((archive.waiting(9).unwrap().len(), archive.feeds().unwrap()[0].pages), (2, 3));
    archive.keep_host(&Host { name: "post.example".into(), next: 7, ..Host::default() }).unwrap();
    assert_eq!(archive.host("post.example").unwrap().next, 7);
}
