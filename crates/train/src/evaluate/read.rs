//! What is read of web pages and feeds, as `score_extraction` counts it: text, title and day; entries of feeds by what
//! their files say is expected.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use demarche_core::Report;
use demarche_read::{Input, Options, Reading, read};
use serde_json::Value;

/// Prints the figures of `corpora`, all pages and those at odd places (never looked at) apart.
pub fn print(corpora: &Path) -> Result<()> {
    pages(corpora, "extraction-newspaper/articles.jsonl")?;
    pages(corpora, "publication-dates/dates.jsonl")?;
    feeds(&corpora.join("feeds"))
}

fn read_file(path: &Path, name: &str) -> Result<Reading> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Ok(read(&[Input::Bytes { name: name.to_owned(), bytes }], &Options::default()))
}

/// Text and day of the pages that a file of gold names.
fn pages(corpora: &Path, gold: &str) -> Result<()> {
    let gold = corpora.join(gold);
    let rows: Vec<Value> =
        fs::read_to_string(&gold)?.lines().map(serde_json::from_str).collect::<Result<_, serde_json::Error>>()?;
    let mut parts = [("all", vec![]), ("blind", vec![])];
    for (i, row) in rows.iter().enumerate() {
        let file = row["file"].as_str().context("a row without file")?;
        let name = file.rsplit('/').next().unwrap_or(file);
        let report = read_file(&gold.with_file_name("").join(file), name)?.reports.into_iter().next();
        let report = report.unwrap_or_default();
        let text = row["text"].as_str().map(|gold| compare(gold, &report.text));
        let day = row["date"].as_str().filter(|date| !date.is_empty());
        let day = day.map(|date| report.published.as_deref().and_then(|found| found.get(..10)) == date.get(..10));
        parts[0].1.push((text, day));
        if i % 2 == 1 {
            parts[1].1.push((text, day));
        }
    }
    for (part, found) in parts {
        let texts: Vec<[f64; 3]> = found.iter().filter_map(|(text, _)| *text).collect();
        let days: Vec<bool> = found.iter().filter_map(|(_, day)| *day).collect();
        print!("read {} {part}:", gold.display());
        if !texts.is_empty() {
            let told: Vec<f64> = texts.iter().filter(|[p, ..]| !p.is_nan()).map(|[p, ..]| *p).collect();
            let precision = told.iter().sum::<f64>() / told.len() as f64;
            let recall = texts.iter().map(|[_, r, _]| r).sum::<f64>() / texts.len() as f64;
            print!(" text P {precision:.3} R {recall:.3} F1 {:.3};", 2.0 * precision * recall / (precision + recall));
        }
        println!(
            " day {:.3} n {}",
            days.iter().filter(|&&right| right).count() as f64 / days.len() as f64,
            found.len()
        );
    }
    Ok(())
}

/// Precision (NaN without a prediction) and recall of shingles of four words, counted with repetition, and words of gold.
fn compare(gold: &str, found: &str) -> [f64; 3] {
    let shingles = |text: &str| {
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
        let mut out: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for window in words.windows(words.len().clamp(1, 4)) {
            *out.entry(window.iter().map(|&word| word.to_owned()).collect()).or_default() += 1;
        }
        out
    };
    let (gold, found) = (shingles(gold), shingles(found));
    let both: usize = gold.iter().map(|(shingle, count)| (*count).min(found.get(shingle).copied().unwrap_or(0))).sum();
    let (gold, found) = (gold.values().sum::<usize>(), found.values().sum::<usize>());
    [both as f64 / found as f64, if gold == 0 { 1.0 } else { both as f64 / gold as f64 }, gold as f64]
}

/// Feeds that were read, and entries that are as their files expect.
fn feeds(folder: &Path) -> Result<()> {
    let mut files = vec![];
    below(folder, &mut files)?;
    files.sort();
    let (mut read, mut checked, mut right) = (0, 0, 0);
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(reading) = std::panic::catch_unwind(|| read_file(path, &name)) else {
            println!("feed {} ends in a panic", path.display());
            continue;
        };
        reading?;
        read += 1;
        let bytes = fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        let Some(expected) = text.lines().find_map(|line| line.trim_start().strip_prefix("Expect:")) else { continue };
        // What rests on the address and the headers it was sent with is not in the file.
        if expected.contains("//127.0.0.1") || text.lines().any(|line| line.starts_with("Header:")) {
            continue;
        }
        let Ok(feed) = demarche_read::feed(&bytes) else { continue };
        let Some(holds) = holds(expected.trim(), &feed.entries) else { continue };
        checked += 1;
        right += usize::from(holds);
        if !holds && std::env::args().any(|argument| argument == "--list") {
            println!("{}: {}\n    {:?}", path.display(), expected.trim(), feed.entries);
        }
    }
    let share = f64::from(right as u32) / f64::from(checked.max(1) as u32);
    println!("read feeds: {read} of {} read; entries as expected {right} of {checked} = {share:.4}", files.len());
    Ok(())
}

fn below(folder: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, out)?;
        } else if path.extension().is_some_and(|extension| extension != "md") {
            out.push(path);
        }
    }
    Ok(())
}

/// Whether entries are as a Python expression expects, letters and digits of texts compared; `None` where it asks for
/// nothing that a report has.
fn holds(expected: &str, entries: &[Report]) -> Option<bool> {
    let mut asked = false;
    let mut all = true;
    for term in terms(expected) {
        let Some((left, right)) = term.split_once("==") else { continue };
        let left: String = left.chars().filter(|c| !c.is_whitespace()).collect();
        let Some(literal) = string(right.trim()) else { continue };
        let (entry, field) = match left.strip_prefix("entries[") {
            Some(rest) => {
                let (at, field) = rest.split_once(']')?;
                (at.parse::<usize>().ok(), field)
            }
            None => (None, left.strip_prefix("feed").unwrap_or("")),
        };
        let report = entry.and_then(|at| entries.get(at));
        let given = |value: Option<&str>| value.unwrap_or("").to_owned();
        let found = match (entry, field) {
            (Some(_), "['title']" | "['title_detail']['value']") => {
                given(report.and_then(|report| report.title.as_deref()))
            }
            (
                Some(_),
                "['description']" | "['summary']" | "['content'][0]['value']" | "['summary_detail']['value']",
            ) => given(report.map(|report| report.text.as_str())),
            (Some(_), "['link']") => given(report.and_then(|report| report.url.as_deref())),
            (Some(_), "['id']" | "['guid']") => given(report.map(|report| report.id.as_str())),
            (None, "['title']" | "['title_detail']['value']") => match entries.first() {
                Some(report) => given(report.outlet.as_deref()),
                None => continue,
            },
            _ => continue,
        };
        // Relative addresses stay out: the address of the feed that they rest on is not in the file.
        if field == "['link']" && !literal.starts_with("http") {
            continue;
        }
        asked = true;
        all &= letters(&found) == letters(&plain(&literal)) || letters(&found) == letters(&literal);
    }
    asked.then_some(all)
}

/// The parts between ` and `, quotes minded.
fn terms(expression: &str) -> Vec<String> {
    let (mut out, mut now, mut quote, mut escaped) = (vec![], String::new(), None, false);
    for c in expression.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(mark) if c == mark => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        now.push(c);
        if quote.is_none() && now.ends_with(" and ") {
            now.truncate(now.len() - 5);
            out.push(std::mem::take(&mut now));
        }
    }
    out.push(now);
    out
}

/// A Python string literal.
fn string(literal: &str) -> Option<String> {
    let body = literal.trim_start_matches(['u', 'b']);
    let mark = body.chars().next().filter(|&c| c == '"' || c == '\'')?;
    let body = body[1..].strip_suffix(mark)?;
    if body.contains(&format!("{mark} + {mark}")) {
        return None;
    }
    let (mut out, mut rest) = (String::new(), body);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let kind = after.chars().next()?;
        let code = |width: usize| {
            after.get(1..=width).and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?))
        };
        let (letter, used) = match kind {
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'x' => (code(2)?, 3),
            'u' => (code(4)?, 5),
            'U' => (code(8)?, 9),
            other => (other, other.len_utf8()),
        };
        out.push(letter);
        rest = &after[used..];
    }
    out.push_str(rest);
    Some(out)
}

/// HTML without its tags and its drawings.
fn plain(html: &str) -> String {
    let html = match (html.find("<svg"), html.rfind("</svg>")) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &html[..start], &html[end..]),
        _ => html.to_owned(),
    };
    let (mut out, mut rest) = (String::new(), html.as_str());
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        rest = if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            after.split_once('>').map_or("", |(_, rest)| rest)
        } else {
            after
        };
    }
    out.push_str(rest);
    let text = std::mem::take(&mut out);
    for (at, part) in text.split('&').enumerate() {
        let known = part.split_once(';').filter(|_| at > 0).and_then(|(name, rest)| {
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => digits.parse().ok(),
            });
            let named = match name {
                "lt" | "gt" | "quot" | "nbsp" | "amp" => Some(' '),
                _ => None,
            };
            Some((number.and_then(char::from_u32).or(named)?, rest))
        });
        match known {
            Some((letter, rest)) => {
                out.push(letter);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
