//! The program as its users meet it: the binary is run, and its output, errors and exit status are looked at.
// Tests of time need a clock; nothing that is shipped reads one.
#![allow(clippy::disallowed_methods)]

use std::{
    fs,
    io::Write,
    process::{Output, Stdio},
    time::Instant,
};

#[path = "support/folder.rs"]
mod folder;
use folder::Folder;
#[path = "support/program.rs"]
mod program;
use program::{demarche, err, out, status};

/// Two reports of an invented quarrel.
const POST: &str = "Norland expelled two Sudmark diplomats on Monday. Sudmark denied the charges. \
    \"We will answer,\" Norland's foreign minister said.";
const LEDGER: &str = "The government of Norland ordered two diplomats from Sudmark to leave the country. \
    Estria offered to host talks between the two countries.";

fn two_reports(test: &str) -> Folder {
    let folder = Folder::new(&format!("cli/{test}"));
    folder.file("post.txt", POST).file("ledger.txt", LEDGER);
    folder
}

/// What was refused names the file, says why, and the run ends with 1 and a hint.
fn refused(output: &Output, file: &str, why: &str) {
    assert_eq!(status(output), 1, "{}", err(output));
    assert!(err(output).contains(file) && err(output).contains(why), "{}", err(output));
    assert!(err(output).contains("nothing could be read") && err(output).contains("demarche help brief"));
    assert_eq!(out(output), "");
}

#[test]
fn without_a_command_the_help_teaches() {
    let folder = Folder::new("cli/no-command");
    let output = folder.run(&[]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("demarche brief examples/pahalgam"), "{}", err(&output));
    let help = folder.run(&["--help"]);
    assert_eq!(status(&help), 0);
    assert!(out(&help).contains("Exit status: 0"));
}

#[test]
fn the_help_of_every_command_teaches_in_100_columns() {
    let folder = Folder::new("cli/help");
    let below = |help: &str| -> Vec<String> {
        let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
        let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
    };
    let mut commands: Vec<Vec<String>> =
        below(out(&folder.run(&["--help"]))).into_iter().map(|name| vec![name]).collect();
    let archive = below(out(&folder.run(&["archive", "--help"])));
    commands.extend(archive.into_iter().map(|name| vec!["archive".to_owned(), name]));
    assert!(commands.len() > 28, "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = folder.run(&words);
        assert_eq!(status(&help), 0, "{command:?}");
        assert!(out(&help).contains("Example"), "{command:?}");
        for line in out(&help).lines() {
            assert!(line.chars().count() <= 100, "{command:?}: {line}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new("cli/man");
    let written = folder.run(&["man", "--out", "man1"]);
    assert_eq!(status(&written), 0, "{}", err(&written));
    let page = |name: &str| fs::read_to_string(folder.0.join("man1").join(name)).unwrap();
    assert!(page("demarche.1").contains("demarche\\-archive(1)"));
    let add = page("demarche-archive-add.1");
    assert!(add.contains("demarche\\-archive\\-add") && add.contains("demarche archive add monday/"), "{add}");
    let one = folder.run(&["man", "archive", "add"]);
    assert_eq!(out(&one), add);
    let pages = fs::read_dir(folder.0.join("man1")).unwrap().count();
    assert!(pages > 30 && out(&written).contains(&format!("man1: {pages} pages")), "{pages} {}", out(&written));
    assert_eq!(status(&folder.run(&["man", "archive", "ad"])), 1);
}

#[test]
fn a_missing_argument_is_a_mistake_of_usage() {
    let folder = Folder::new("cli/usage");
    for arguments in [&["brief"][..], &["brief", "--format", "word", "a.txt"], &["brief", "--published", "soon", "a"]] {
        let output = folder.run(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(err(&output).contains("--help") || err(&output).contains("Usage"), "{}", err(&output));
    }
    let output = folder.run(&["brief", "--published", "May 1", "a.txt"]);
    assert!(err(&output).contains("2025-05-01"), "{}", err(&output));
}

#[test]
fn the_brief_has_its_sections_in_every_format() {
    let folder = two_reports("sections");
    let sections = ["What happened", "Who says what", "Where the reports differ", "Method and known gaps"];
    for format in ["terminal", "markdown", "html"] {
        let output = folder.run(&["brief", "--format", format, "post.txt", "ledger.txt"]);
        assert_eq!(status(&output), 0, "{}", err(&output));
        let places: Vec<Option<usize>> = sections.iter().map(|section| out(&output).rfind(section)).collect();
        assert!(places.is_sorted() && !places.contains(&None), "{format}: {places:?}");
    }
    let json = folder.run(&["brief", "--format", "json", "post.txt", "ledger.txt"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    for key in ["reports", "events", "differences", "claims"] {
        assert!(json[key].is_array(), "{key}");
    }
}

#[test]
fn no_line_of_the_terminal_brief_is_wider_than_100_columns() {
    let folder = two_reports("width");
    let output = folder.run(&["brief", "post.txt", "ledger.txt"]);
    for line in out(&output).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn a_pipe_sees_no_colour() {
    let folder = two_reports("colour");
    let output = folder.run(&["brief", "post.txt", "ledger.txt"]);
    assert!(!out(&output).contains('\u{1b}'));
}

#[test]
fn the_output_does_not_depend_on_the_order_of_the_files_or_the_number_of_threads() {
    let folder = two_reports("order");
    for format in ["terminal", "markdown", "html", "json"] {
        let one = folder.run(&["brief", "--format", format, "post.txt", "ledger.txt"]);
        let other = folder.run(&["brief", "--format", format, "ledger.txt", "post.txt"]);
        assert!(one.stdout == other.stdout, "{format}");
    }
    let one = folder.run(&["code", "--threads", "1", "post.txt", "ledger.txt"]);
    let other = folder.run(&["code", "--threads", "3", "ledger.txt", "post.txt"]);
    assert!(one.stdout == other.stdout);
    assert_eq!(status(&folder.run(&["code", "--threads", "0", "post.txt"])), 1);
}

#[test]
fn annotate_prints_every_layer_of_the_contract() {
    let folder = two_reports("annotate");
    let output = folder.run(&["annotate", "--published", "2031-03-05", "--outlet", "Harbour Post", "."]);
    let lines: Vec<&str> = out(&output).lines().collect();
    assert_eq!(lines.len(), 2);
    let report: serde_json::Value = serde_json::from_str(lines[1]).unwrap();
    let keys: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "report",
        "outlet",
        "title",
        "url",
        "published",
        "language",
        "text",
        "sentences",
        "entities",
        "dates",
        "places",
        "attributions",
        "claims",
        "warnings",
    ];
    assert_eq!(keys, expected);
    assert_eq!((&report["report"], &report["outlet"]), (&"post".into(), &"Harbour Post".into()));
    assert_eq!(report["published"], "2031-03-05");
    assert_eq!(report["text"], POST);
    assert!(report["sentences"].as_array().unwrap().len() > 1);
}

#[test]
fn pairs_have_a_type_each_in_their_order() {
    let folder = Folder::new("cli/pairs");
    let rows = "{\"id\":\"b\",\"marked_sentence\":\"<s>Norland</s> praised <t>Sudmark</t>.\"}\n\
                {\"id\":7,\"marked_sentence\":\"nothing marked\"}\n\
                {\"id\":8,\"marked_sentence\":\"<s>Estria</s> attacked <t>Sudmark</t>.\"}\n";
    let output = folder.file("pairs.jsonl", rows).run(&["code", "--pairs", "pairs.jsonl"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let rows: Vec<serde_json::Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["id"], &rows[1]["id"]), (&"b".into(), &8.into()));
    assert_eq!((&rows[0]["quad"], &rows[1]["type"]), (&1.into(), &"ASSAULT".into()));
    assert!(err(&output).contains("pairs.jsonl, row 2"), "{}", err(&output));
    assert_eq!(status(&folder.run(&["code"])), 2);
}

#[test]
fn standard_input_is_a_report() {
    let folder = Folder::new("cli/stdin");
    let mut child =
        demarche(&folder.0, &["annotate", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(POST.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(out(&output).starts_with("{\"report\":\"stdin\""));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = Folder::new("cli/pipe");
    let rows: String = "{\"text\":\"Norland expelled two envoys.\"}\n".repeat(2000);
    folder.file("rows.jsonl", rows);
    let mut child =
        demarche(&folder.0, &["annotate", "rows.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((status(&output), err(&output)), (0, ""));
}

#[test]
fn the_brief_goes_to_the_file_it_is_told() {
    let folder = two_reports("out");
    let output = folder.run(&["brief", "--format", "html", "--out", "day.html", "post.txt", "ledger.txt"]);
    assert_eq!((status(&output), out(&output)), (0, ""));
    assert!(fs::read_to_string(folder.0.join("day.html")).unwrap().starts_with("<!doctype html>"));
    let output = folder.run(&["brief", "--out", "nowhere/day.html", "post.txt"]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("nowhere/day.html") && err(&output).contains("folder"), "{}", err(&output));
}

#[test]
fn what_keeps_claims_of_a_whole_story_apart_is_told_as_odds() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(root)
        .args(["explain", "examples/pahalgam", "--at", "suspended the Indus Waters Treaty"])
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.contains("odds -") && text.contains("of -1.00"), "{text}");
}

#[test]
fn explain_draws_the_sentence_that_holds_the_words() {
    let folder = two_reports("explain");
    let output = folder.run(&["explain", "post.txt", "--at", "two Sudmark diplomats"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("post · sentence 1") && out(&output).contains("►"), "{}", out(&output));
    for line in out(&output).lines().skip(2).filter(|line| line.contains('►')) {
        assert!(line.chars().count() <= 100, "{line}");
    }
    // Why its claim stands where it does, among the reports that are given.
    let output = folder.run(&["explain", "post.txt", "ledger.txt", "--at", "two Sudmark diplomats"]);
    let text = out(&output);
    assert!(text.contains("Event") && (text.contains("linked") || text.contains("apart")), "{text}");
    let output = folder.run(&["explain", "post.txt", "--at", "nobody wrote this"]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("no sentence holds"));
}

#[test]
fn an_empty_file_is_refused_with_a_hint() {
    let folder = Folder::new("cli/empty");
    refused(&folder.file("empty.txt", "").run(&["brief", "empty.txt"]), "empty.txt", "empty");
}

#[test]
fn a_missing_path_is_refused_with_a_hint() {
    refused(&Folder::new("cli/missing").run(&["brief", "gone.txt"]), "gone.txt", "no such file");
}

#[test]
fn a_folder_with_nothing_in_it_is_refused_with_a_hint() {
    let folder = Folder::new("cli/folder");
    fs::create_dir(folder.0.join("reports")).unwrap();
    refused(&folder.run(&["brief", "reports"]), "reports", "no file");
}

#[test]
fn a_program_is_refused_with_a_hint() {
    let folder = Folder::new("cli/binary");
    folder.file("tool.txt", fs::read(env!("CARGO_BIN_EXE_demarche")).unwrap().get(..40_000).unwrap());
    refused(&folder.run(&["brief", "tool.txt"]), "tool.txt", "not text");
}

#[test]
fn text_with_null_bytes_is_refused_or_warned_of() {
    let folder = Folder::new("cli/nulls");
    let output = folder.file("nul.txt", "Norland\0 expelled\0 two envoys.").run(&["brief", "nul.txt"]);
    assert!(err(&output).contains("nul"), "{}", err(&output));
    assert!(status(&output) <= 1);
}

#[test]
fn a_bad_input_among_good_ones_is_warned_of_and_the_rest_is_read() {
    let folder = two_reports("among");
    folder.file("empty.txt", "");
    let output = folder.run(&["brief", "--format", "json", "post.txt", "empty.txt", "gone.txt", "ledger.txt"]);
    assert_eq!(status(&output), 0);
    assert!(err(&output).contains("empty.txt") && err(&output).contains("gone.txt"), "{}", err(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["reports"].as_array().unwrap().len(), 2);
}

#[test]
fn one_report_alone_has_a_brief_that_says_so() {
    let folder = two_reports("alone");
    let output = folder.run(&["brief", "post.txt"]);
    assert_eq!(status(&output), 0);
    assert!(out(&output).contains("nothing to compare"), "{}", out(&output));
}

#[test]
fn twenty_copies_have_a_brief() {
    let folder = Folder::new("cli/copies");
    let text = POST.repeat(3);
    for copy in 0..20 {
        folder.file(&format!("copy-{copy:02}.txt"), &text);
    }
    let output = folder.run(&["brief", "."]);
    assert_eq!(status(&output), 0);
    assert!(out(&output).contains("20 reports"), "{}", out(&output));
}

#[test]
fn utf_16_and_windows_1252_are_read() {
    let folder = Folder::new("cli/encodings");
    let wide: Vec<u8> = "\u{feff}Norland’s envoy left.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.file("wide.txt", wide).file("old.txt", b"Norland\x92s envoy said \x93no\x94 to talks.");
    let output = folder.run(&["annotate", "."]);
    assert_eq!(status(&output), 0);
    assert!(out(&output).contains("Norland’s envoy said “no” to talks."), "{}", out(&output));
    assert!(out(&output).contains("Norland’s envoy left."));
    assert!(err(&output).contains("UTF-16") && err(&output).contains("windows-1252"), "{}", err(&output));
}

#[test]
fn a_report_in_another_language_is_kept_and_not_coded() {
    let folder = Folder::new("cli/languages");
    let hindi = "भारत ने सिंधु जल संधि को निलंबित कर दिया है। पाकिस्तान ने आरोपों से इनकार किया।";
    let spanish = "El gobierno expulsó a dos diplomáticos el lunes. La oposición criticó la decisión del presidente.";
    folder.file("hi.txt", hindi).file("es.txt", spanish);
    let output = folder.run(&["brief", "--format", "json", "hi.txt", "es.txt"]);
    assert_eq!(status(&output), 0);
    assert!(err(&output).contains("another language"), "{}", err(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["reports"].as_array().unwrap().len(), 2);
    assert_eq!(json["claims"], serde_json::json!([]));
}

#[test]
fn two_hundred_megabytes_are_refused_before_they_fill_the_memory() {
    let folder = Folder::new("cli/large");
    let text = "Norland expelled two envoys on Monday. ".repeat(1 << 14);
    let mut file = fs::File::create(folder.0.join("large.txt")).unwrap();
    while file.metadata().unwrap().len() < 200 << 20 {
        file.write_all(text.as_bytes()).unwrap();
    }
    drop(file);
    let start = Instant::now();
    let output = folder.run(&["brief", "large.txt"]);
    fs::remove_file(folder.0.join("large.txt")).unwrap();
    refused(&output, "large.txt", "MiB");
    assert!(start.elapsed().as_secs() < 30);
}

#[test]
fn the_time_of_a_brief_grows_with_its_length_and_not_with_its_square() {
    let folder = Folder::new("cli/long");
    let envoys = |n: usize| {
        let day = ["Monday", "Tuesday", "Friday"][n % 3];
        format!("Norland expelled {n} envoys of Sudmark on {day}. France denied the charges of Russia.\n\n")
    };
    // Ordinary news first; then what looks back in a report, what has no full stop, and what is no text.
    let news = |n: usize| {
        let day = ["Monday", "Tuesday", "Friday"][n % 3];
        format!(
            "On {day} the foreign minister of Norland met {n} envoys of Sudmark in Vienna, where the two sides spoke of \
             the border for hours. An official who asked not to be named said that little had come of it, and that the \
             posts along the river would stay shut until the spring.\n\n"
        )
    };
    let mut ordinary = None;
    let shapes: [(&str, &dyn Fn(usize) -> String); 10] = [
        ("news", &news),
        ("dots", &|_| ". ".repeat(32)),
        ("envoys", &envoys),
        ("deaths", &|_| "Nine people died in Goma after Kenyan jets shelled the town. ".to_owned()),
        ("blame", &|_| "The group, which Israel blames for the attack, denied it. ".to_owned()),
        ("list", &|_| "India, Pakistan, ".repeat(4)),
        ("brackets", &|_| "( [ ".repeat(16)),
        ("headings", &|_| "- Iran struck Israel\n\n".repeat(3)),
        ("days", &|_| "The attack of April 22 killed 26 people. The attack last week was condemned. ".to_owned()),
        ("numbered words", &|n| format!("word{n} ")),
    ];
    for (name, shape) in shapes {
        let text = |length: usize| {
            let mut text = String::new();
            let mut n = 0;
            while text.len() < length {
                text.push_str(&shape(n));
                n += 1;
            }
            text
        };
        folder.file("short.txt", text(50_000)).file("long.txt", text(400_000));
        let time = |file: &str| {
            let start = Instant::now();
            assert_eq!(status(&folder.run(&["brief", "--format", "html", file])), 0);
            start.elapsed()
        };
        // The best of two, or of six where others use the machine too.
        let (mut short, mut long) = (time("short.txt"), time("long.txt"));
        for attempt in 1..6 {
            // Eight times the text: 8 where time is linear, 64 where it is quadratic.
            if attempt > 1 && long < short * 24 && long < ordinary.unwrap_or(long) * 5 {
                break;
            }
            (short, long) = (short.min(time("short.txt")), long.min(time("long.txt")));
        }
        assert!(long < short * 24, "{name}: {short:?} for 50 KB, {long:?} for 400 KB");
        let ordinary = *ordinary.get_or_insert(long);
        assert!(long < ordinary * 5, "{name}: {long:?} for 400 KB, ordinary news {ordinary:?}");
    }
}

#[test]
fn controls_of_writing_direction_do_not_reach_the_reader() {
    let folder = Folder::new("cli/bidi");
    folder.file("bidi.txt", "Norland \u{202e}expelled two\u{202c} envoys of Sudmark. \u{1b}[31mIt is red.");
    for format in ["terminal", "markdown", "html"] {
        let output = folder.run(&["brief", "--format", format, "bidi.txt"]);
        assert_eq!(status(&output), 0);
        let text = format!("{}{}", out(&output), err(&output));
        assert!(!text.contains('\u{202e}') && !text.contains('\u{1b}'), "{format}");
    }
    assert!(err(&folder.run(&["brief", "bidi.txt"])).contains("line 1"));
}

#[test]
fn a_brief_tells_what_could_not_be_read() {
    let folder = Folder::new("cli/gaps");
    folder.file("a.txt", "Norland expelled two envoys of Sudmark on Monday.").file("empty.txt", "");
    for format in ["terminal", "markdown", "html", "json"] {
        let output = folder.run(&["brief", "--format", format, "a.txt", "empty.txt", "nosuch.txt"]);
        assert_eq!(status(&output), 0);
        let text = out(&output);
        assert!(text.contains("empty.txt") && text.contains("nosuch.txt"), "{format}: {text}");
    }
}

#[test]
fn ten_thousand_brackets_end_in_time() {
    let folder = Folder::new("cli/brackets");
    folder.file("brackets.txt", format!("{}Norland expelled two envoys.{}", "(".repeat(10_000), ")".repeat(10_000)));
    let output = folder.run(&["brief", "brackets.txt"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
}

#[test]
fn a_sentence_of_five_thousand_words_ends_in_time() {
    let folder = Folder::new("cli/long");
    folder.file("long.txt", format!("Norland expelled envoys {}.", "and expelled envoys ".repeat(1_700)));
    let output = folder.run(&["brief", "long.txt"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    // Every verb may belong to every place.
    let more = "and Chad, which accused Paris of bombing Gao, ".repeat(800);
    folder.file("places.txt", format!("Mali {more}agreed."));
    let output = folder.run(&["code", "places.txt"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
}

#[test]
fn nothing_of_a_report_becomes_markup() {
    let folder = Folder::new("cli/markup");
    let row = serde_json::json!({
        "id": "x\" onmouseover=\"alert(1)",
        "title": "<img src=x onerror=alert(1)>",
        "outlet": "</title><script>alert(1)</script>",
        "url": "javascript:alert(1)",
        "text": "Norland </p><script>alert(1)</script> expelled two envoys of Sudmark on Monday.\n<!-- Sudmark denied it.",
    });
    folder.file("row.jsonl", row.to_string());
    let output = folder.run(&["brief", "--format", "html", "row.jsonl"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let page = out(&output);
    for markup in ["<script", "<img", "<!--", "href=\"javascript", " onmouseover=\""] {
        assert!(!page.contains(markup), "{markup}");
    }
}

#[test]
fn fifty_unreadable_files_of_ten_thousand_are_named_and_the_rest_is_read() {
    let folder = Folder::new("cli/ten-thousand");
    for n in 0..10_000 {
        let name = format!("report-{n:05}.txt");
        if n % 200 == 7 {
            folder.file(&name, if n % 400 == 7 { b"".as_slice() } else { b"\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0>\0" });
        } else {
            folder.file(&name, format!("Norland sent envoy number {n} to Sudmark on Monday. He met {n} ministers."));
        }
    }
    let output = folder.run(&["stories", "--format", "json", "."]);
    assert_eq!(status(&output), 0, "{}", err(&output).lines().take(5).collect::<String>());
    let stories: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let reports: usize = stories.as_array().unwrap().iter().map(|s| s["reports"].as_array().unwrap().len()).sum();
    assert_eq!(reports, 9_950);
    let named = (0..10_000).filter(|n| n % 200 == 7).filter(|n| err(&output).contains(&format!("report-{n:05}.txt")));
    assert_eq!(named.count(), 50);
}

#[test]
fn a_second_report_with_the_same_id_gets_a_number() {
    let folder = Folder::new("cli/same-id");
    let row = |text: &str| format!("{{\"id\":\"wire\",\"text\":\"{text}\"}}\n");
    folder.file("rows.jsonl", row("Norland closed its border on Monday.") + &row("Sudmark protested on Tuesday."));
    let output = folder.run(&["brief", "--format", "json", "rows.jsonl"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids: Vec<&str> = json["reports"].as_array().unwrap().iter().map(|r| r["report"].as_str().unwrap()).collect();
    assert!(ids.contains(&"wire") && ids.contains(&"wire#2"), "{ids:?}");
}

#[test]
fn a_brief_of_mixed_reports_starts_with_the_list_of_stories() {
    let folder = two_reports("mixed");
    let other = "Volcano covers three villages with ash\n\nA volcano in Iceland covered three villages with ash on \
        Monday. Roads were closed, and the geologists of the island warned of more eruptions.";
    folder.file("ash.txt", other);
    let output = folder.run(&["brief", "."]);
    let text = out(&output);
    assert!(text.contains(" stories\n"), "{text}");
    assert!(text.find(" stories\n") < text.find("At a glance"), "{text}");
    assert!(text.contains("Volcano covers three villages with ash"), "{text}");
    let markdown = folder.run(&["brief", "--format", "markdown", "."]);
    assert!(out(&markdown).starts_with("# "), "{}", out(&markdown));
    let page = folder.run(&["brief", "--format", "html", "."]);
    assert!(out(&page).contains("id=\"stories\""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_the_size_of_files_is_told_and_what_was_kept_stays() {
    let folder = Folder::new("cli/limit");
    let text = "Norland expelled two Sudmark diplomats on Monday. Sudmark denied the charges. ".repeat(40);
    let rows: Vec<String> = (0..200).map(|n| format!("{{\"id\":\"r{n}\",\"text\":\"{n}. {text}\"}}\n")).collect();
    folder.file("many.jsonl", rows.concat());
    let script = format!("ulimit -f 300; exec {} archive add many.jsonl", env!("CARGO_BIN_EXE_demarche"));
    let output = std::process::Command::new("bash").current_dir(&folder.0).args(["-c", &script]).output().unwrap();
    assert_eq!(status(&output), 1, "{}", err(&output));
    for told in [
        "demarche.db: ",
        "what was acknowledged before is kept",
        "of this run kept",
        "ulimit -f",
        "run the same command again",
    ] {
        assert!(err(&output).contains(told), "{told}: {}", err(&output));
    }
    assert_eq!(status(&folder.run(&["archive", "verify"])), 0);
    assert!(out(&folder.run(&["archive", "add", "many.jsonl"])).contains("state "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_the_name_of_what_was_written() {
    let folder = two_reports("full");
    for arguments in [
        &["code", "--out", "/dev/full", "."][..],
        &["brief", "--out", "/dev/full", "."],
        &["export", "--format", "csv", "--out", "/dev/full", "."],
    ] {
        let output = folder.run(arguments);
        assert_eq!(status(&output), 1, "{arguments:?}");
        assert!(err(&output).contains("cannot write /dev/full: No space left"), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("make room and run the same command"), "{arguments:?}: {}", err(&output));
    }
    for command in ["code", "brief", "annotate"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = demarche(&folder.0, &[command, "."]).stdout(full).output().unwrap();
        assert_eq!(status(&output), 1, "{command}");
        assert!(err(&output).contains("cannot write standard output: No space left"), "{command}: {}", err(&output));
    }
}
