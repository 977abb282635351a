//! Whatever is given, every input ends in a report or in a reason; nothing panics.

use std::{fs, io::Write as _, path::PathBuf};

use demarche_read::{Input, Options, Reading, read};
use proptest::prelude::*;

fn bytes(name: &str, bytes: &[u8]) -> Reading {
    read(&[Input::Bytes { name: name.into(), bytes: bytes.to_vec() }], &Options::default())
}

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("demarche-read-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_bad_row_is_named_and_the_others_are_read() {
    let rows = b"{\"id\":\"a\",\"text\":\"One.\"}\n\n{\"id\":\"b\"\n{\"text\":7}\n{\"id\":\"a\",\"text\":\"Two.\"}\n";
    let reading = bytes("day.jsonl", rows);
    let ids: Vec<&str> = reading.reports.iter().map(|report| report.id.as_str()).collect();
    assert_eq!(ids, ["a", "a#2"]);
    let rows: Vec<_> = reading.skipped.iter().map(|skipped| skipped.row).collect();
    assert_eq!(rows, [Some(3), Some(4)]);
    assert!(reading.skipped[0].to_string().starts_with("day.jsonl, row 3: it is no valid JSON"));
}

#[test]
fn an_array_of_objects_is_read_as_rows() {
    let reading = bytes("day.json", b"[{\"text\":\"One.\"},\n {\"text\":\"Two.\",\"outlet\":\"Dawn\"}]");
    assert_eq!(reading.reports.len(), 2);
    assert_eq!(reading.reports[1].id, "day#2");
    assert_eq!(reading.reports[1].outlet.as_deref(), Some("Dawn"));
}

#[test]
fn the_text_of_a_plain_file_is_unchanged() {
    let text = "\u{FEFF}Talks fail\r\n\r\n  Both sides met.\t\n\n";
    assert_eq!(bytes("a.txt", text.as_bytes()).reports[0].text, text.trim_start_matches('\u{FEFF}'));
}

#[test]
fn empty_large_and_binary_files_are_refused_with_a_reason() {
    assert_eq!(bytes("a.txt", b" \n\n").skipped[0].reason, "it is empty");
    assert_eq!(bytes("a.txt", b"%PDF-1.4 ...").skipped[0].reason, "it is a PDF, not text");
    let options = Options { limit: 10, ..Options::default() };
    let input = Input::Bytes { name: "a.txt".into(), bytes: b"Talks failed on Friday.".to_vec() };
    assert_eq!(read(&[input], &options).skipped[0].reason, "it is larger than 10 bytes");
}

#[test]
fn odd_characters_are_kept_and_pointed_at() {
    let reading = bytes("a.txt", "Both\0 sides \u{202E}met\u{202C} in the capital of the country.".as_bytes());
    let report = &reading.reports[0];
    assert_eq!(report.warnings.len(), 2);
    assert_eq!(report.warnings[0].span.unwrap().of(&report.text), "\0");
}

#[test]
fn a_report_in_another_language_is_kept_and_marked() {
    let text = "भारत और पाकिस्तान के बीच तनाव बढ़ गया है और दोनों देशों ने बातचीत रोक दी है।";
    let report = &bytes("a.txt", text.as_bytes()).reports[0];
    assert_eq!(report.language.as_deref(), Some("hi"));
    assert!(report.warnings[0].message.contains("kept, not coded"));
}

#[test]
fn folders_are_read_in_the_order_of_their_paths_whatever_the_order_given() {
    let folder = folder("order");
    fs::create_dir(folder.join("b")).unwrap();
    for (name, text) in [("c.txt", "Three."), ("b/x.txt", "Two."), ("a.txt", "One."), (".hidden", "Nothing.")] {
        fs::write(folder.join(name), text).unwrap();
    }
    let texts = |inputs: &[Input]| -> Vec<String> {
        read(inputs, &Options::default()).reports.into_iter().map(|report| report.text).collect()
    };
    assert_eq!(texts(&[Input::Path(folder.clone())]), ["One.", "Two.", "Three."]);
    let files = |names: &[&str]| names.iter().map(|name| Input::Path(folder.join(name))).collect::<Vec<_>>();
    assert_eq!(texts(&files(&["c.txt", "a.txt", "c.txt"])), ["One.", "Three."]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_missing_file_leads_to_the_nearest_name_and_an_empty_folder_is_said_to_be_so() {
    let folder = folder("missing");
    fs::create_dir(folder.join("empty")).unwrap();
    fs::write(folder.join("report.txt"), "One.").unwrap();
    let reading =
        read(&[Input::Path(folder.join("reprot.txt")), Input::Path(folder.join("empty"))], &Options::default());
    assert!(reading.skipped[0].hint.as_deref().unwrap().ends_with("report.txt?"));
    assert_eq!(reading.skipped[1].reason, "the folder holds no file");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn gzipped_rows_are_read_as_rows_and_a_cut_one_up_to_the_cut() {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
    for i in 0..5000 {
        writeln!(encoder, "{{\"id\":{i},\"text\":\"Report {} of {}.\"}}", i, i * 7919 % 5003).unwrap();
    }
    let packed = encoder.finish().unwrap();
    assert_eq!(bytes("rows.jsonl.gz", &packed).reports.len(), 5000);
    let cut = bytes("rows.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(cut.reports.len() > 1000 && cut.skipped.len() == 1, "{:?}", cut.skipped);
}

#[test]
fn rows_in_utf_16_are_read() {
    let text = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(bytes("rows.jsonl", &wide).reports.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_panic(content in proptest::collection::vec(any::<u8>(), 0..400), name in "a\\.(txt|html|json|jsonl|gz)|b") {
        let reading = bytes(&name, &content);
        prop_assert!(name.contains("json") || reading.reports.len() + reading.skipped.len() == 1 || name.len() < 2 || name.ends_with("gz"));
    }

    #[test]
    fn no_page_panics(tags in proptest::collection::vec(proptest::sample::select(TAGS), 0..60)) {
        let _ = bytes("a.html", tags.concat().as_bytes());
    }
}

const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"article-body\">",
    "</div>",
    "<article>",
    "<script>",
    "</script>",
    "<script type=\"application/ld+json\">",
    "{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-13-45\"}",
    "[[[{",
    "<meta property=\"og:title\" content=\"",
    "\">",
    "<time datetime=\"",
    "Talks failed on Friday, the ministry said in a statement, and both sides left the capital. ",
    "<!--",
    "-->",
    "<table><tr><td>",
    "&amp;&#0;&#xD800;",
    "\u{0}",
    "<title>",
    "</title>",
    "<svg><math>",
    "<base href=\"http://[\">",
    "<a href=\"javascript:1\">",
    "<br><br>",
    "é\u{300}\u{202E}",
];
