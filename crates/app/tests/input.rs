//! Everything that can be read, and everything that is broken, through the binary.
#![allow(clippy::format_collect, reason = "a test may be slow where that is shorter")]

use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
    sync::Arc,
};

use parquet::{
    data_type::{ByteArray, ByteArrayType},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use serde_json::Value;

const TALKS: &str = "Norland expelled two Sudmark diplomats on Monday, and Sudmark denied the charges that were made.";
const TRUCE: &str = "The ministers of both countries agreed to a truce along the border on Friday, officials said.";

#[path = "support/folder.rs"]
mod folder;
use folder::Folder;

impl Folder {
    /// Runs `demarche annotate`.
    fn annotate(&self, arguments: &[&str]) -> Read {
        let run = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(&self.0)
            .arg("annotate")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Read::new(&run)
    }
}

/// Reports in the order of the output, and what was warned of.
struct Read {
    reports: Vec<Value>,
    warnings: String,
    status: i32,
}

impl Read {
    fn new(output: &Output) -> Self {
        let out = std::str::from_utf8(&output.stdout).unwrap();
        Self {
            reports: out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
            warnings: String::from_utf8_lossy(&output.stderr).into_owned(),
            status: output.status.code().expect("ended by itself"),
        }
    }

    fn all(&self, field: &str) -> Vec<&str> {
        self.reports.iter().map(|report| report[field].as_str().unwrap_or("")).collect()
    }

    /// That the warnings say all of this.
    fn warns(&self, words: &[&str]) {
        for word in words {
            assert!(self.warnings.contains(word), "{word:?} is not in {}", self.warnings);
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=en-GB><head><title>{title} | The Post</title><meta property=og:site_name content='The Post'>\
         <meta property=og:title content='{title}'><meta name=author content='Ann Lee'>\
         <meta property=article:published_time content=2025-05-01T09:30:00+05:30>\
         <link rel=canonical href=https://post.example/talks></head><body><nav><a href=/>Home</a> <a href=/world>World</a></nav>\
         <article><h1>{title}</h1><p>{text}</p><p>{text} It was the third round of talks since the winter, and nobody expected much.</p>\
         </article><footer>All rights reserved, The Post, 12 Long Street</footer></body></html>"
    )
}

fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
    let media = if kind == "response" { "application/http; msgtype=response" } else { "application/warc-fields" };
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn answer(page: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}").into_bytes()
}

/// A tar of plain files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = vec![];
    for (name, content) in files {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[148..156].copy_from_slice(b"        ");
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend_from_slice(&header);
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// A zip whose files are stored as they are, or deflated where that is told.
fn zip(files: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, content, deflate) in files {
        let mut packed = content.to_vec();
        if *deflate {
            let mut encoder = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::best());
            encoder.write_all(content).unwrap();
            packed = encoder.finish().unwrap();
        }
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut common = vec![20, 0, 0, 0, if *deflate { 8 } else { 0 }, 0, 0, 0, 33, 0];
        common.extend_from_slice(&crc.sum().to_le_bytes());
        common.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_le_bytes());
        common.extend_from_slice(&u32::try_from(content.len()).unwrap().to_le_bytes());
        common.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&u32::try_from(out.len()).unwrap().to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed);
    }
    let start = u32::try_from(out.len()).unwrap();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&u32::try_from(directory.len()).unwrap().to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// A Parquet table of strings.
fn table(names: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let columns: String = names.iter().map(|name| format!("required binary {name} (utf8); ")).collect();
    let schema = Arc::new(parse_message_type(&format!("message reports {{ {columns} }}")).unwrap());
    let mut out = vec![];
    let mut writer =
        SerializedFileWriter::new(&mut out, schema, Arc::new(WriterProperties::builder().build())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for at in 0..names.len() {
        let mut column = group.next_column().unwrap().unwrap();
        let cells: Vec<ByteArray> = rows.iter().map(|row| ByteArray::from(row[at])).collect();
        column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    out
}

#[test]
fn a_page_gives_its_text_and_all_that_it_says_of_itself() {
    let folder = Folder::new("input/page");
    folder.file("talks.html", page("Talks fail after an hour", TALKS));
    let read = folder.annotate(&["talks.html"]);
    let report = &read.reports[0];
    assert!(report["text"].as_str().unwrap().starts_with(TALKS));
    assert!(!report["text"].as_str().unwrap().contains("rights reserved"));
    for (field, value) in [
        ("title", "Talks fail after an hour"),
        ("outlet", "The Post"),
        ("author", "Ann Lee"),
        ("published", "2025-05-01T09:30:00+05:30"),
        ("language", "en"),
        ("url", "https://post.example/talks"),
    ] {
        assert_eq!(report[field], value, "{field}");
    }
}

#[test]
fn markdown_loses_its_marks() {
    let folder = Folder::new("input/markdown");
    folder.file("note.md", format!("---\ndate: 2025-05-01\n---\n# Talks *fail*\n\n**Norland** left. {TRUCE}\n"));
    let read = folder.annotate(&["note.md"]);
    assert_eq!(read.all("title"), ["Talks fail"]);
    assert_eq!(read.all("published"), ["2025-05-01"]);
    assert!(read.all("text")[0].starts_with("Norland left."));
}

#[test]
fn every_entry_of_a_feed_is_a_report() {
    let folder = Folder::new("input/feeds");
    folder.file(
        "a.xml",
        format!(
            "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'\
             xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>The Post</title><language>en-gb</language>\
             <item><title>Talks &amp;amp; tanks</title><link>https://post.example/1</link><guid isPermaLink='false'>p1</guid>\
             <dc:creator>Ann Lee</dc:creator><pubDate>Thu, 01 May 2025 09:30:00 EDT</pubDate><description>Short.</description>\
             <content:encoded><![CDATA[<p>{TALKS}</p><p>{TRUCE}</p>]]></content:encoded></item></channel></rss>"
        ),
    );
    folder.file(
        "b.atom",
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Wire</title><entry><title type='text'>A truce</title>\
             <id>tag:wire.example,2025:2</id><link rel='self' href='https://wire.example/self'/><link href='https://wire.example/2'/>\
             <updated>2025-05-03T00:00:00Z</updated><published>2025-05-02T07:00:00+02:00</published><author><name>Bo Roe</name></author>\
             <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TRUCE}</p></div></content></entry></feed>"
        ),
    );
    folder.file(
        "c.json",
        format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","title":"The Day","items":[{{"id":"7","url":"https://day.example/7","title":"Expelled","content_html":"<p>{TALKS}","date_published":"2025-05-01T10:00:00Z"}}]}}"#
        ),
    );
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("report"), ["p1", "tag:wire.example,2025:2", "7"]);
    assert_eq!(read.all("outlet"), ["The Post", "The Wire", "The Day"]);
    assert_eq!(read.all("url"), ["https://post.example/1", "https://wire.example/2", "https://day.example/7"]);
    assert_eq!(read.all("title"), ["Talks & tanks", "A truce", "Expelled"]);
    assert_eq!(
        read.all("published"),
        ["2025-05-01T09:30:00-04:00", "2025-05-02T07:00:00+02:00", "2025-05-01T10:00:00Z"]
    );
    assert_eq!(read.all("author"), ["Ann Lee", "Bo Roe", ""]);
    assert_eq!(read.all("text")[0], format!("{TALKS}\n\n{TRUCE}"));
    assert_eq!(read.all("text")[1..], [TRUCE, TALKS]);
}

#[test]
fn tables_are_read_by_the_names_of_their_columns() {
    let folder = Folder::new("input/tables");
    folder.file(
        "a.csv",
        format!(
            "ID;Headline;Body;Date\n1;Talks;\"{TALKS}\";2025-05-01\n2;\"A \"\"truce\"\"\";\"{TRUCE}\";1 May 2025\n"
        ),
    );
    folder.file("b.tsv", format!("story\tpaper\n{TALKS}\tThe Post\n"));
    folder.file(
        "c.parquet",
        table(&["doc_id", "content", "source"], &[&["3", TALKS, "The Wire"], &["4", TRUCE, "The Day"]]),
    );
    let read = folder.annotate(&["a.csv", "c.parquet"]);
    assert_eq!(read.all("report"), ["1", "2", "3", "4"]);
    assert_eq!(read.all("text"), [TALKS, TRUCE, TALKS, TRUCE]);
    assert_eq!(read.all("title")[1], "A \"truce\"");
    assert_eq!(read.all("published")[..2], ["2025-05-01", "2025-05-01"]);
    assert_eq!(read.all("outlet")[2..], ["The Wire", "The Day"]);
    let read = folder.annotate(&["--text-column", "story", "--outlet-column", "paper", "b.tsv"]);
    assert_eq!((read.all("text"), read.all("outlet")), (vec![TALKS], vec!["The Post"]));
}

#[test]
fn captures_of_a_warc_are_reports_gzipped_by_record_or_not() {
    let folder = Folder::new("input/warc");
    let moved = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>Moved".to_vec();
    let records = [
        record("warcinfo", "", b"software: a crawler\r\n"),
        record("request", "https://post.example/talks", b"GET /talks HTTP/1.1\r\n\r\n"),
        record("response", "https://post.example/talks", &answer(&page("Talks fail", TALKS))),
        record("response", "https://post.example/old", &moved),
        record(
            "response",
            "https://wire.example/truce",
            &answer(&page("A truce", TRUCE).replace("rel=canonical", "rel=x")),
        ),
    ];
    folder.file("plain.warc", records.concat());
    folder.file("packed.warc.gz", records.iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>());
    for name in ["plain.warc", "packed.warc.gz"] {
        let read = folder.annotate(&[name]);
        assert_eq!(read.all("title"), ["Talks fail", "A truce"], "{name}: {}", read.warnings);
        assert_eq!(read.all("report"), ["https://post.example/talks", "https://wire.example/truce"]);
        assert_eq!(read.all("url"), ["https://post.example/talks", "https://wire.example/truce"]);
    }
}

#[test]
fn archives_are_opened_and_what_lies_in_them_is_read() {
    let folder = Folder::new("input/archives");
    let rows = format!("{{\"id\":\"r1\",\"text\":\"{TALKS}\"}}\n");
    let inner = tar(&[("day/one.txt", TALKS.as_bytes()), ("day/.hidden", b"x"), ("rows.jsonl", rows.as_bytes())]);
    folder.file("a.tar.gz", gzip(&inner));
    folder.file(
        "b.zip",
        zip(&[("two.txt", TRUCE.as_bytes(), true), ("three.txt", TALKS.as_bytes(), false), ("deep.tar", &inner, true)]),
    );
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("report"), ["one", "r1", "one#2", "r1#2", "three", "two"], "{}", read.warnings);
    assert_eq!(read.all("text"), [TALKS, TALKS, TALKS, TALKS, TALKS, TRUCE]);
}

#[test]
fn members_behind_a_bomb_and_names_that_lead_out_are_left_out_each_with_its_reason() {
    let folder = Folder::new("input/members");
    let bomb = vec![b'a'; 48 << 20];
    folder.file(
        "a.zip",
        zip(&[("a.txt", TALKS.as_bytes(), true), ("b.txt", &bomb, true), ("c.txt", TRUCE.as_bytes(), true)]),
    );
    folder.file("b.zip", zip(&[("../up.txt", TRUCE.as_bytes(), true), ("in.txt", TALKS.as_bytes(), true)]));
    folder.file("c.tar", tar(&[("x/../../up.txt", TRUCE.as_bytes()), ("within.txt", TALKS.as_bytes())]));
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("report"), ["a", "in", "within"], "{}", read.warnings);
    read.warns(&[
        "a.zip/b.txt: it inflates to more than 100 times its size",
        "a.zip/c.txt: what stands before it inflates to more than 100 times the size of the whole",
        "b.zip/../up.txt: its name leads out of the archive it lies in",
        "c.tar/x/../../up.txt: its name leads out of the archive it lies in",
    ]);
}

#[test]
fn reports_in_other_languages_are_kept_and_marked() {
    let folder = Folder::new("input/languages");
    let text =
        "Die Minister beider Staaten trafen sich am Freitag in der Hauptstadt, um über eine Waffenruhe zu sprechen.";
    folder.file("a.csv", format!("text\n\"{text}\"\n\"{TALKS}\"\n"));
    let read = folder.annotate(&["a.csv"]);
    assert_eq!(read.all("language"), ["de", "en"]);
    assert!(read.reports[0]["claims"].as_array().unwrap().is_empty());
    assert!(!read.reports[1]["claims"].as_array().unwrap().is_empty());
    read.warns(&["(de): kept, not coded"]);
}

#[test]
fn a_broken_feed_keeps_the_entries_before_the_fault() {
    let folder = Folder::new("input/broken-feed");
    let item = |n: usize| format!("<item><title>Day {n}</title><description>{TALKS}</description></item>\n");
    folder
        .file("a.rss", format!("<rss><channel><title>The Post</title>\n{}{}<item><title>Day 3</tit", item(1), item(2)));
    let read = folder.annotate(&["a.rss"]);
    assert_eq!(read.all("title")[..2], ["Day 1", "Day 2"]);
    read.warns(&["a.rss: it is no well-formed feed from line 4 on"]);
}

#[test]
fn a_feed_of_laughs_is_read_without_them() {
    let folder = Folder::new("input/laughs");
    let lols: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    folder.file(
        "a.rss",
        format!("<!DOCTYPE rss [<!ENTITY l0 \"ha\">{lols}<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>Jest</title><description>{TALKS} &l9; &f;</description></item></channel></rss>"),
    );
    let read = folder.annotate(&["a.rss"]);
    assert_eq!(read.all("text"), [format!("{TALKS} &l9; &f;")]);
    read.warns(&["the feed defines entities of its own (<!ENTITY …>), which are not expanded"]);
}

#[test]
fn eighty_thousand_attributes_and_ten_thousand_elements_are_read() {
    let folder = Folder::new("input/large-markup");
    let attributes: String = (0..80_000).map(|n| format!(" a{n}='x'")).collect();
    folder.file("a.html", page("Talks fail", TALKS).replace("<article>", &format!("<article{attributes}>")));
    folder.file("b.html", page("A truce", TRUCE).replace("<article>", &"<div><b>".repeat(5_000)));
    let item = format!(
        "<item{attributes}><title>Day</title><description>{}{TALKS}</description></item>",
        "<x>".repeat(10_000)
    );
    folder.file("c.rss", format!("<rss><channel>{item}</channel></rss>"));
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("title"), ["Talks fail", "A truce", "Day"]);
    assert!(read.all("text").iter().all(|text| text.contains(TALKS) || text.contains(TRUCE)));
}

#[test]
fn bombs_are_refused_and_the_rest_is_read() {
    let folder = Folder::new("input/bombs");
    let zeros = vec![b'0'; 80 << 20];
    folder.file("a.txt.gz", gzip(&zeros));
    folder.file("b.zip", zip(&[("bomb.txt", &zeros, true), ("good.txt", TALKS.as_bytes(), false)]));
    folder.file("c.txt", TRUCE);
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("report"), ["good", "c"]);
    read.warns(&[
        "a.txt.gz: it inflates to more than 100 times its size",
        "b.zip/bomb.txt: it inflates to more than 100 times",
    ]);
}

#[test]
fn a_table_with_the_wrong_columns_names_those_it_has() {
    let folder = Folder::new("input/wrong-columns");
    folder.file("a.parquet", table(&["actor", "target"], &[&["Norland", "Sudmark"]]));
    folder.file("b.csv", "actor,target\nNorland,Sudmark\n");
    let read = folder.annotate(&["."]);
    assert_eq!(read.status, 1);
    read.warns(&[
        "a.parquet: it has no column \"text\"; its columns are actor, target (name the column with --text-column)",
        "b.csv: it has no column \"text\"",
    ]);
    let path = folder.0.join("c.parquet");
    let schema = Arc::new(parse_message_type("message rows { required int64 text; }").unwrap());
    let mut writer =
        SerializedFileWriter::new(fs::File::create(&path).unwrap(), schema, Arc::new(WriterProperties::default()))
            .unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<parquet::data_type::Int64Type>().write_batch(&[1, 2], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    let read = folder.annotate(&["c.parquet"]);
    assert_eq!((read.status, read.reports.len()), (1, 0));
    read.warns(&["its column \"text\" holds INT64s, not text (name the column that holds the text with --text-column"]);
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_told() {
    let folder = Folder::new("input/torn");
    folder.file(
        "a.csv",
        format!("id,text\n1,\"{TALKS}\n2,\"{TRUCE}\"\n3,\"{TRUCE}\nAnd more.\"\n4,5\" guns\n5,\"{TALKS}\n"),
    );
    let read = folder.annotate(&["a.csv"]);
    assert_eq!(read.all("report"), ["1", "3", "4", "5"]);
    let told = "a quotation mark of this row has no second one, so that rows behind it may stand in it";
    read.warns(&[&format!("1: a.csv, row 2: {told}"), &format!("5: a.csv, row 5: {told}")]);
    assert_eq!(read.warnings.matches(told).count(), 2, "{}", read.warnings);
}

#[test]
fn ragged_rows_are_kept_and_said_to_be_ragged() {
    let folder = Folder::new("input/ragged");
    folder.file("a.csv", format!("id,text,outlet\n1,\"{TALKS}\"\n2,\"{TRUCE}\",The Post,more,and more\n3\n"));
    let read = folder.annotate(&["a.csv"]);
    assert_eq!(read.all("text"), [TALKS, TRUCE]);
    read.warns(&[
        "a.csv, row 2: it has 2 fields where 3 are named",
        "a.csv, row 3: it has 5 fields where 3 are named",
        "a.csv, row 4: its text is empty",
    ]);
}

#[test]
fn a_field_of_a_hundred_megabytes_is_passed_over() {
    let folder = Folder::new("input/large-field");
    let mut csv = b"id,text\n1,\"".to_vec();
    csv.resize(csv.len() + 100_000_000, b'x');
    csv.extend_from_slice(format!("\"\n2,\"{TRUCE}\"\n").as_bytes());
    folder.file("a.csv", csv);
    let read = folder.annotate(&["a.csv"]);
    assert_eq!(read.all("report"), ["2"]);
    read.warns(&["a.csv, row 2: it is larger than 64 MiB"]);
    fs::remove_file(folder.0.join("a.csv")).unwrap();
}

#[test]
fn what_breaks_off_is_read_as_far_as_it_goes() {
    let folder = Folder::new("input/cut-off");
    let first = record("response", "https://post.example/1", &answer(&page("Talks fail", TALKS)));
    let second = record("response", "https://post.example/2", &answer(&page("A truce", TRUCE)));
    let whole = [first.clone(), second.clone()].concat();
    folder.file("a.warc", &whole[..whole.len() - 200]);
    let packed: Vec<u8> = [gzip(&first), gzip(&second)].concat();
    folder.file("b.warc.gz", &packed[..packed.len() - 100]);
    let rows = format!("{{\"text\":\"{TALKS}\"}}\n").repeat(3);
    let tarred = tar(&[("one.txt", TALKS.as_bytes()), ("two.jsonl", rows.as_bytes())]);
    folder.file("c.tar", &tarred[..1600]);
    let parquet = table(&["text"], &[&[TALKS]]);
    folder.file("d.parquet", &parquet[..parquet.len() - 30]);
    let read = folder.annotate(&["."]);
    assert_eq!(read.all("title").iter().filter(|&&title| title == "Talks fail").count(), 2, "{}", read.warnings);
    assert!(read.all("report").contains(&"one"));
    read.warns(&[
        "a.warc",
        "b.warc.gz",
        "it breaks off before its end; what came before was read",
        "c.tar",
        "d.parquet: it is damaged",
    ]);
}

#[test]
fn what_is_not_what_it_is_called_is_named() {
    let folder = Folder::new("input/not-a");
    folder
        .file("a.zip", TALKS)
        .file("b.parquet", TALKS)
        .file("c.warc", TALKS)
        .file("d.xml", "<?xml version='1.0'?><svg/>");
    folder.file("e.zip", zip(&[("[Content_Types].xml", b"<x/>", false)]));
    let read = folder.annotate(&["."]);
    assert_eq!(read.status, 1);
    read.warns(&[
        "a.zip: it is not a zip archive",
        "b.parquet: it is not a Parquet table",
        "c.warc: it is not a WARC file",
    ]);
    read.warns(&["d.xml: it is not a feed", "e.zip: it is an office document"]);
}

#[test]
fn standard_input_takes_every_form() {
    let folder = Folder::new("input/stdin");
    let table = table(&["text"], &[&[TALKS]]);
    let csv = format!("{{\"text\":\"{TALKS}\"}}\n");
    for bytes in [table, csv.into_bytes(), zip(&[("a.txt", TALKS.as_bytes(), true)]), gzip(page("T", TALKS).as_bytes())]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(&folder.0)
            .args(["annotate", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        let read = Read::new(&child.wait_with_output().unwrap());
        assert!(read.all("text")[0].starts_with(TALKS), "{}", read.warnings);
    }
}

#[test]
fn the_options_of_a_command_do_not_stand_below_the_names_of_columns() {
    for command in ["brief", "code", "explain", "export", "track"] {
        let run = Command::new(env!("CARGO_BIN_EXE_demarche")).args([command, "-h"]).output().unwrap();
        let help = String::from_utf8(run.stdout).unwrap();
        let (_, below) = help.split_once("Columns of CSV").expect(command);
        let columns = below.lines().skip(1).take_while(|line| !line.trim().is_empty());
        let options: Vec<&str> = columns.filter_map(|line| line.trim().strip_prefix("--")).collect();
        assert_eq!(options.len(), 8, "{command}: {options:?}");
        assert!(options.iter().all(|option| option.contains("-column ")), "{command}: {options:?}");
    }
}

#[test]
fn explain_says_why_a_day_stays_open() {
    let folder = Folder::new("input/explain");
    folder.file("talks.txt", TALKS);
    let explained = |more: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(&folder.0)
            .args(["explain", "talks.txt", "--at", "two Sudmark diplomats"])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    assert!(explained(&[]).contains("“Monday” = open: the day of the report is not given"), "{}", explained(&[]));
    assert!(explained(&["--published", "2025-05-01"]).contains("“Monday” = 2025-04-28"));
}
