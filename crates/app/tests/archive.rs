//! `demarche archive` and `demarche export` as their users meet them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

#[path = "support/folder.rs"]
mod folder;
use folder::Folder;

/// Three reports of an invented quarrel, dated.
const REPORTS: &str = concat!(
    r#"{"id":"post","outlet":"Post","published":"2025-05-01","url":"https://post.example/a","text":"India expelled two Pakistani diplomats on Wednesday. Pakistan denied the charges. Two people were killed in shelling near Uri, India said."}"#,
    "\n",
    r#"{"id":"ledger","outlet":"Ledger","published":"2025-05-01","text":"The government of India ordered two diplomats from Pakistan to leave the country. Iran offered to host talks between India and Pakistan."}"#,
    "\n",
    r#"{"id":"bericht","outlet":"Bote","published":"2025-05-01","language":"de","text":"Indien wies zwei Diplomaten aus."}"#,
    "\n"
);

fn folder(test: &str) -> PathBuf {
    let folder = Folder::new(&format!("archive/{test}"));
    folder.file("reports.jsonl", REPORTS);
    folder.0
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn good(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn bad(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn an_export_follows_a_link_and_feeds_a_pipe() {
    let at = folder("link");
    std::os::unix::fs::symlink("there.csv", at.join("link.csv")).unwrap();
    for _ in 0..2 {
        good(&at, &["export", "--format", "csv", "--out", "link.csv", "reports.jsonl"]);
        assert!(at.join("link.csv").is_symlink());
        assert!(fs::read_to_string(at.join("there.csv")).unwrap().contains("SANCTION"));
    }
    assert!(Command::new("mkfifo").arg(at.join("pipe")).status().unwrap().success());
    let reader = Command::new("cat").arg(at.join("pipe")).stdout(Stdio::piped()).spawn().unwrap();
    good(&at, &["export", "--format", "csv", "--out", "pipe", "reports.jsonl"]);
    let read = String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap();
    assert!(read.contains("SANCTION") && !at.join("pipe").is_file());
}

#[test]
fn track_draws_what_others_count_beside_ours() {
    let at = folder("theirs");
    good(&at, &["export", "--format", "gdelt", "--out", "theirs.export.CSV", "reports.jsonl"]);
    good(&at, &["archive", "add", "reports.jsonl"]);
    let alone = good(&at, &["archive", "track", "IND", "PAK"]);
    assert!(!alone.contains("GDELT"), "{alone}");
    good(&at, &["archive", "import", "--maker", "gdelt", "theirs.export.CSV"]);
    let beside = good(&at, &["archive", "track", "IND", "PAK"]);
    assert!(beside.starts_with(alone.trim_end()) && beside.contains("GDELT: India → Pakistan"), "{beside}");
    for format in ["svg", "html"] {
        assert!(good(&at, &["archive", "track", "IND", "PAK", "--format", format]).contains("GDELT: India → Pakistan"));
    }
    let json: serde_json::Value =
        serde_json::from_str(&good(&at, &["archive", "track", "IND", "PAK", "--json"])).unwrap();
    assert_eq!(json[0]["theirs"][0]["source"], "gdelt");
}

#[test]
fn a_correction_takes_names_and_refuses_parties_that_nobody_knows() {
    let at = folder("names");
    good(&at, &["archive", "add", "--quiet", "reports.jsonl"]);
    let correct = |who: &str| run(&at, &["archive", "correct", "post/0.0", "--actor", who, "--reason", "by hand"]);
    assert!(correct("Indian").status.success());
    assert!(good(&at, &["archive", "show", "post/0.0"]).contains("IND → PAK"));
    let unknown = correct("Indai");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no party \"Indai\" (did you mean India (IND)"));
}

#[test]
fn what_is_told_to_be_quiet_says_nothing_but_warnings() {
    let at = folder("quiet");
    assert_eq!(good(&at, &["archive", "add", "-q", "reports.jsonl"]), "");
    assert_eq!(good(&at, &["archive", "export", "-q", "--format", "icews", "--out", "events.tab"]), "");
    assert_eq!(good(&at, &["archive", "--archive", "b.db", "import", "-q", "--maker", "icews", "events.tab"]), "");
    assert!(good(&at, &["archive", "--archive", "b.db", "log"]).contains("imported"));
}

#[test]
fn rows_without_ids_are_not_versions_of_each_other() {
    let at = folder("rows");
    let rows = [
        "India expelled two Pakistani diplomats on Wednesday, it said.",
        "India expelled two Pakistani diplomats on Wednesday.",
    ];
    fs::write(at.join("rows.jsonl"), rows.map(|text| format!("{{\"text\":\"{text}\"}}\n")).concat()).unwrap();
    fs::write(at.join("rows.csv"), format!("text\n\"{}\"\n\"{}\"\n", rows[0], rows[1])).unwrap();
    for file in ["rows.jsonl", "rows.csv"] {
        let archive = format!("{file}.db");
        let told = good(&at, &["archive", "--archive", &archive, "add", file]);
        assert!(told.starts_with("2 new reports, 0 new versions"), "{told}");
        assert!(good(&at, &["archive", "--archive", &archive, "add", file]).contains("2 held already"));
    }
}

#[test]
fn statements_of_others_are_kept_and_counted_apart() {
    let at = folder("statements");
    let header = "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tTarget Name\tTarget Country\n";
    let rows = "7\t2025-06-03\tA\tIndia\t190\tB\tPakistan\n8\t2025-06-03\tA\tIndia\t016\tB\tPakistan\n\
                9\t2025-06-04\tA\tIndia\t010\tB\tPakistan\n";
    fs::write(at.join("events.tab"), format!("{header}{rows}")).unwrap();
    let told = good(&at, &["archive", "import", "--maker", "icews", "events.tab"]);
    assert!(told.starts_with("events.tab: 3 records, 2 of them statements (CAMEO 01), counted apart"), "{told}");
    let table = good(&at, &["archive", "outside", "IND", "PAK"]);
    assert_eq!(
        table,
        "day,source,quad1,quad2,quad3,quad4,statements\n2025-06-03,icews,0,0,0,1,1\n2025-06-04,icews,0,0,0,0,1\n"
    );
    let note = "2 statements (CAMEO 01) are not drawn: PLOVER has no type for them";
    for format in ["terminal", "svg", "html"] {
        let drawn = good(&at, &["archive", "track", "IND", "PAK", "--format", format]);
        assert!(drawn.contains(note), "{format}: {drawn}");
    }
}

/// Reports whose claims have requests, headlines over two lines, several parties on a side, and no date at all.
const HARD: &str = concat!(
    r#"{"id":"a","outlet":"Post","published":"2025-05-01","text":"India and Nepal urged Pakistan and China to open the border.\nIndia\nexpelled two Pakistani diplomats \"for spying\"."}"#,
    "\n",
    r#"{"id":"b","outlet":"Ledger","published":"2025-05-02","text":"China appealed to India for talks. Nepal and India\nsanctioned China\tand Pakistan."}"#,
    "\n",
);

#[test]
fn our_own_files_of_events_come_back_whole() {
    let at = folder("round");
    fs::write(at.join("hard.jsonl"), HARD).unwrap();
    for maker in ["polecat", "icews", "gdelt"] {
        for by in ["event", "claim"] {
            let (file, archive) = (format!("{maker}-{by}.txt"), format!("{maker}-{by}.db"));
            good(&at, &["export", "--format", maker, "--by", by, "--out", &file, "hard.jsonl"]);
            let lines = fs::read_to_string(at.join(&file)).unwrap().lines().count() - usize::from(maker != "gdelt");
            let told = good(&at, &["archive", "--archive", &archive, "import", "--maker", maker, &file]);
            assert!(lines > 5 && told == format!("{file}: {lines} records\n"), "{lines} {told}");
        }
    }
}

#[test]
fn rows_that_are_left_out_are_named() {
    let at = folder("left-out");
    fs::write(at.join("undated.txt"), "China appealed to India for talks. India expelled Pakistani diplomats.")
        .unwrap();
    let out = run(&at, &["export", "--format", "icews", "--out", "undated.tab", "undated.txt"]);
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("2 of 2 rows have no day") && said.contains("--published"), "{said}");
    let out = run(&at, &["archive", "import", "--maker", "icews", "undated.tab"]);
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success() && said.contains("undated.tab, line 2: it has no day; left out"), "{said}");
    // Twelve rows: ten by name, two by number.
    let wrong = "one\ttwo\n".repeat(12);
    good(&at, &["export", "--format", "gdelt", "--out", "own.csv", "reports.jsonl"]);
    fs::write(at.join("own.csv"), fs::read_to_string(at.join("own.csv")).unwrap() + &wrong).unwrap();
    let out = run(&at, &["archive", "import", "--maker", "gdelt", "--json", "own.csv"]);
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(said.matches("has not the columns of GDELT; left out").count(), 10, "{said}");
    assert!(said.contains("own.csv: 2 more left out"), "{said}");
    good(&at, &["archive", "add", "reports.jsonl"]);
    let out = run(&at, &["archive", "export", "--actor", "Chad"]);
    assert!(String::from_utf8(out.stderr).unwrap().contains("there is no row"));
    // A map without what has no place says so.
    let out = run(&at, &["export", "--format", "geojson", "--out", "map.geojson", "reports.jsonl"]);
    let (told, said) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    let map: serde_json::Value = serde_json::from_str(&fs::read_to_string(at.join("map.geojson")).unwrap()).unwrap();
    let points = map["features"].as_array().unwrap().len();
    assert!(told.starts_with(&format!("map.geojson: {points} row")), "{told}");
    assert!(said.contains("left out: the format wants a place known to a point"), "{said}");
}

#[test]
fn an_archive_is_filled_searched_corrected_and_verified() {
    let at = folder("life");
    let first = good(&at, &["archive", "add", "reports.jsonl"]);
    assert!(first.starts_with("3 new reports, 0 new versions, 0 held already"), "{first}");
    let again = good(&at, &["archive", "add", "reports.jsonl"]);
    assert!(again.starts_with("0 new reports, 0 new versions, 3 held already"), "{again}");
    let state = |text: &str| text.rsplit(' ').next().unwrap().to_owned();
    assert_eq!(state(&first), state(&again));

    let listed = good(&at, &["archive", "list", "--actor", "IND", "--recipient", "PAK", "--json"]);
    let rows: Vec<serde_json::Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().any(|row| row["type"] == "SANCTION" && row["report"] == "post"), "{listed}");
    let found = good(&at, &["archive", "search", "diplomats"]);
    assert!(found.contains("post") && found.contains("ledger") && found.contains("[diplomats]"), "{found}");
    let told = good(&at, &["archive", "search", "--actor", "IND", "--type", "SANCTION"]);
    assert!(told.contains("post") && !told.contains('['), "{told}");
    // By place, day and attribution: what India says of Uri, nothing that Pakistan says, nothing of another day.
    let found = |by: &[&str]| good(&at, &[&["archive", "search"][..], by].concat());
    assert!(found(&["--place", "Uri", "--attribution", "IND"]).contains("post"));
    // Names do as codes do.
    assert!(found(&["--place", "Uri", "--attribution", "India"]).contains("post"));
    let empty = |by: &[&str]| bad(&at, &[&["archive", "search"][..], by].concat());
    assert!(empty(&["--place", "Uri", "--attribution", "PAK"]).contains("no report in demarche.db fits"));
    assert!(found(&["--attribution", "outlet", "--since", "2025-04-01", "--until", "2025-05-01"]).contains("post"));
    assert!(empty(&["--attribution", "outlet", "--since", "2025-05-02", "--json"]).contains("no report"));
    assert!(bad(&at, &["archive", "list", "--actor", "Iran", "--skip", "9"]).contains("fits after the first 9"));
    let id = rows[0]["id"].as_str().unwrap();
    assert!(good(&at, &["archive", "show", id]).contains("entry "));
    assert!(good(&at, &["archive", "show", "bericht"]).contains("Indien wies"));

    // A correction without a reason, or to no code, is none.
    for wrong in
        [&["remove", "post", "--reason", " "][..], &["correct", id, "--actor", "banana republic", "--reason", "x"]]
    {
        assert_eq!(run(&at, &[&["archive"], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
    assert!(good(&at, &["archive", "correct", id, "--strike", "--reason", "test"]).contains("struck; state"));
    assert!(
        bad(&at, &["archive", "correct", id, "--strike", "--reason", "twice"]).contains("Z: test (it does not stand")
    );
    assert!(bad(&at, &["archive", "correct", id, "--date", "maybe", "--reason", "x"]).contains("\"maybe\" is no date"));
    // The archive among its own inputs is none of them.
    let all = run(&at, &["archive", "add", "."]);
    assert!(!String::from_utf8_lossy(&all.stderr).contains("demarche.db"), "{all:?}");
    good(&at, &["archive", "correct", "post", "--published", "2025-05-08", "--reason", "late"]);
    good(&at, &["archive", "remove", "bericht", "--reason", "not wanted"]);
    let again = bad(&at, &["archive", "remove", "bericht", "--reason", "really"]);
    assert!(again.contains("bericht was removed on 2") && again.contains("Z: not wanted (nothing of its"), "{again}");
    let log = good(&at, &["archive", "log"]);
    assert!(log.contains("struck") && log.contains("corrected  post: late") && log.contains("removed"), "{log}");
    assert!(good(&at, &["archive", "recode", "--all"]).contains(" 0 new, 0 changed, 0 gone"));
    assert!(good(&at, &["archive", "verify"]).contains("all is what was written"));
    let stats: serde_json::Value = serde_json::from_str(&good(&at, &["archive", "stats", "--json"])).unwrap();
    assert_eq!((&stats["reports"], &stats["removed"], &stats["struck"]), (&2.into(), &1.into(), &1.into()));

    assert!(good(&at, &["archive", "stories"]).contains("post"));
    assert!(good(&at, &["archive", "brief", "--words", "diplomats"]).contains("Brief of 2 reports"));
    // A brief names the state of the archive it was made from.
    let stats: serde_json::Value = serde_json::from_str(&good(&at, &["archive", "brief", "--json"])).unwrap();
    let state = stats["archive"].as_str().unwrap();
    for format in ["terminal", "markdown", "html"] {
        assert!(good(&at, &["archive", "brief", "--format", format]).replace(char::is_whitespace, "").contains(state));
    }
    assert_eq!(good(&at, &["archive", "track", "India", "Islamabad"]), good(&at, &["archive", "track", "IND", "PAK"]));
    let track = good(&at, &["archive", "track", "IND", "PAK", "--json"]);
    assert!(track.starts_with("[{\"actor\":\"IND\""), "{track}");
}

#[test]
fn what_was_struck_or_set_by_hand_is_so_wherever_reports_are_read_side_by_side() {
    let at = folder("by-hand");
    good(&at, &["archive", "add", "reports.jsonl"]);
    let rows = |text: &str| -> Vec<serde_json::Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let listed = rows(&good(&at, &["archive", "list", "--report", "post", "--json"]));
    let of = |kind: &str| listed.iter().find(|row| row["type"] == kind).unwrap()["id"].as_str().unwrap().to_owned();
    let (struck, set) = (of("REJECT"), of("SANCTION"));
    let events = |at: &Path| rows(&good(at, &["archive", "export", "--report", "post", "--format", "jsonl"]));
    assert!(events(&at).iter().any(|row| row["id"] == struck.as_str()));
    good(&at, &["archive", "correct", &struck, "--strike", "--reason", "test"]);
    good(&at, &["archive", "correct", &set, "--modality", "planned", "--actor", "NPL", "--reason", "test"]);
    let events = events(&at);
    assert!(!events.iter().any(|row| row["id"] == struck.as_str()), "{events:?}");
    let told = events.iter().find(|row| row["id"] == set.as_str()).unwrap();
    assert_eq!((&told["modality"], &told["actors"][0]["country"]), (&"planned".into(), &"NPL".into()));
    assert!(!good(&at, &["archive", "brief", "--report", "post"]).contains("denied the charges"));
}

#[test]
fn an_edited_page_is_a_new_version() {
    let at = folder("edited");
    good(&at, &["archive", "add", "--seen", "2025-05-01T10:00:00Z", "reports.jsonl"]);
    fs::write(at.join("reports.jsonl"), REPORTS.replace("two Pakistani", "three Pakistani")).unwrap();
    let second = good(&at, &["archive", "add", "--seen", "2025-05-01T12:00:00Z", "reports.jsonl"]);
    assert!(second.starts_with("0 new reports, 1 new version, 2 held already"), "{second}");
    let shown = good(&at, &["archive", "show", "post@2", "--no-text"]);
    assert!(shown.contains("version 2, first seen 2025-05-01T12:00:00Z"), "{shown}");
    assert!(good(&at, &["archive", "list", "--reports", "--all"]).contains("older"));
}

#[test]
fn what_cannot_be_done_says_why_and_what_to_do() {
    let at = folder("errors");
    assert!(bad(&at, &["archive", "list"]).contains("there is no archive demarche.db (name it with --archive"));
    assert!(bad(&at, &["archive", "--archive", "reports.jsonl", "stats"]).contains("the file is no archive"));
    assert!(bad(&at, &["archive", "--archive", ".", "stats"]).contains(". is a folder (name a file in it"));
    assert!(bad(&at, &["archive", "add", "missing.txt"]).contains("no such file"));
    good(&at, &["archive", "add", "reports.jsonl"]);
    assert!(bad(&at, &["archive", "show", "nobody"]).contains("holds no report nobody"));
    assert!(bad(&at, &["archive", "search", "!!"]).contains("no word to search for"));
    assert!(bad(&at, &["archive", "correct", "post", "--reason", "none"]).contains("say what to correct"));
    let wrong = bad(&at, &["archive", "import", "--maker", "gdelt", "reports.jsonl"]);
    assert!(wrong.contains("error: reports.jsonl: this is no file of gdelt") && wrong.contains("line 1: "), "{wrong}");
    let mut bytes = fs::read(at.join("demarche.db")).unwrap();
    // The number of the version stands in the file's header.
    let mut newer = bytes.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(at.join("newer.db"), newer).unwrap();
    let newer = bad(&at, &["archive", "--archive", "newer.db", "list"]);
    let exported = bad(&at, &["export", "--archive", "newer.db"]);
    assert!(exported.contains("newer.db: the archive is of version 99"), "{exported}");
    fs::write(at.join("feeds.toml"), "[[feed]]\nurl = \"https://post.example/rss\"\n").unwrap();
    let watched = bad(&at, &["watch", "feeds.toml", "--status", "--archive", "newer.db"]);
    assert!(watched.contains("newer.db: the archive is of version 99"), "{watched}");
    assert!(newer.contains("newer.db: the archive is of version 99") && newer.contains("was not touched"), "{newer}");
    let place = bytes.windows(16).position(|words| words == b"expelled two Pak").expect("the text is there");
    bytes[place] ^= 1;
    fs::write(at.join("demarche.db"), bytes).unwrap();
    let output = run(&at, &["archive", "verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("report post"), "{output:?}");
}

#[test]
fn every_format_is_written_from_inputs_and_from_an_archive() {
    let at = folder("formats");
    good(&at, &["archive", "add", "reports.jsonl"]);
    let formats =
        ["jsonl", "csv", "parquet", "plover", "polecat", "icews", "gdelt", "gdelt-mentions", "geojson", "graphml"];
    for format in formats {
        let (one, two) = (format!("inputs.{format}"), format!("archive.{format}"));
        good(&at, &["export", "--format", format, "--out", &one, "reports.jsonl"]);
        good(&at, &["export", "--format", format, "--archive", "demarche.db", "--out", &two]);
        let bytes = fs::read(at.join(&one)).unwrap();
        assert_eq!(bytes, fs::read(at.join(&two)).unwrap(), "{format}");
        assert!(!bytes.is_empty(), "{format}");
        let page = fs::read_to_string(at.join(format!("{two}.codebook.md"))).unwrap();
        assert!(page.contains("From the archive of state"), "{page}");
        let cite = fs::read_to_string(at.join(format!("{two}.CITATION.cff"))).unwrap();
        assert!(cite.starts_with("cff-version: 1.2.0") && cite.contains("demarche-archive:sha256:"), "{cite}");
    }
    let columns = |file: &str| {
        let text = fs::read_to_string(at.join(file)).unwrap();
        let widths: Vec<usize> = text.lines().map(|line| line.split('\t').count()).collect();
        assert!(widths.iter().all(|&width| width == widths[0]), "{file}: {widths:?}");
        widths[0]
    };
    assert_eq!(columns("inputs.gdelt"), 61);
    assert_eq!(columns("inputs.gdelt-mentions"), 16);
    assert!(columns("inputs.polecat") > 40 && columns("inputs.icews") > 20);
    let map: serde_json::Value = serde_json::from_str(&fs::read_to_string(at.join("inputs.geojson")).unwrap()).unwrap();
    assert_eq!(map["type"], "FeatureCollection");
    // Nothing is left of what could not be written, and what was there stays.
    fs::write(at.join("there.csv"), "x").unwrap();
    bad(&at, &["export", "--format", "csv", "--by", "claim", "--out", "there.csv", "missing.jsonl"]);
    assert!(fs::read(at.join("there.csv")).unwrap() == b"x" && !at.join("there.csv.part").exists());
    let parquet = fs::read(at.join("inputs.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[test]
fn by_claim_there_are_more_rows_than_by_event_and_one_a_day_has_no_two_alike() {
    let at = folder("rows");
    let rows = |arguments: &[&str]| {
        let arguments = [&["export", "--format", "csv"], arguments, &["reports.jsonl"]].concat();
        good(&at, &arguments).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let (events, claims) = (rows(&[]), rows(&["--by", "claim"]));
    assert!(events.len() <= claims.len() && !events.is_empty());
    let days = rows(&["--one-a-day", "--by", "claim"]);
    let mut keys: Vec<String> =
        days.iter().map(|row| row.split(',').skip(2).take(4).collect::<Vec<_>>().join(",")).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all, "{days:?}");
}

#[test]
fn what_is_read_in_the_terminal_fits_in_100_columns() {
    let at = folder("columns");
    let long = "India expelled two Pakistani diplomats who had worked for years in Delhi, officials said on Wednesday, after an \
                attack near Uri that killed two people, and it closed the crossing at Wagah to trade and to travellers.";
    fs::write(at.join("long.txt"), format!("{long}\n\n{}\n", "x".repeat(240))).unwrap();
    good(&at, &["archive", "add", "long.txt", "reports.jsonl"]);
    let claims = good(&at, &["archive", "list", "--json"]);
    let id = claims
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .find(|row| row["report"] == "long");
    let id = id.unwrap()["id"].as_str().unwrap().to_owned();
    let commands: [&[&str]; 6] = [
        &["archive", "list"],
        &["archive", "show", "long"],
        &["archive", "show", &id],
        &["archive", "search", "diplomats"],
        &["archive", "stats"],
        &["explain", "long.txt", "--at", "expelled"],
    ];
    for command in commands {
        let text = good(&at, command);
        let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap();
        assert!(widest.chars().count() <= 100, "{command:?}: {widest}");
    }
    let shown = good(&at, &["archive", "show", "long"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(long), "{shown}");
}

/// Stops a run of `archive add`; true where it was within a batch, said so and waited for the rest of it.
#[cfg(unix)]
fn stopped(at: &Path) -> bool {
    use std::io::{BufRead, BufReader, Write};
    let rows = |from: usize| -> String {
        let row = |n| format!("{{\"id\":\"r{n}\",\"text\":\"India expelled {n} Pakistani diplomats.\"}}\n");
        (from..from + 400).map(row).collect::<Vec<_>>().concat()
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(at).args(["archive", "add", "--json", "-"]);
    let mut run = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = run.stdin.take().unwrap();
    input.write_all(rows(0).as_bytes()).unwrap();
    let mut kept = String::new();
    let mut out = BufReader::new(run.stdout.take().unwrap());
    out.read_line(&mut kept).unwrap();
    assert!(kept.starts_with("{\"kept\""), "{kept}");
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    // It waits for the rest of a batch, and says so; what comes is kept with it. Between two batches it stops at once.
    let mut said = String::new();
    let mut errors = BufReader::new(run.stderr.take().unwrap());
    errors.read_line(&mut said).unwrap();
    let waits = said.starts_with("stopping after this step; Ctrl-C again ends it at once");
    assert!(waits || said.starts_with("error: stopped; "), "{said}");
    let _ = input.write_all(rows(400).as_bytes());
    drop(input);
    std::io::Read::read_to_string(&mut errors, &mut said).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.contains("new reports kept in demarche.db, what is held is passed over"), "{said}");
    fs::write(at.join("all.jsonl"), rows(0) + &rows(400)).unwrap();
    let told = good(at, &["archive", "add", "all.jsonl"]);
    assert!(!told.starts_with("800 new") && told.contains("held already"), "{told}");
    assert!(good(at, &["archive", "verify"]).starts_with("800 reports"));
    waits
}

#[cfg(unix)]
#[test]
fn adding_that_is_stopped_says_what_was_kept_and_goes_on_from_there() {
    // A blow between two batches ends it without a word of waiting; five in a row do not fall there.
    assert!((0..5).any(|n| stopped(&folder(&format!("stopped-{n}")))), "it never says that it waits");
}
