//! Learns how to rank the entries that could tell what a source does to a target: `cargo run --release -p demarche-core
//! --example ranker`; with `score` or `errors` and files of such sentences it tells how many come out right.
//!
//! A sentence counts twice: alone, and beside the act of another one. The weights move from where they start only as far
//! as the sentences ask for.
#![allow(clippy::disallowed_methods, reason = "an example writes where it is told to")]

use std::{env, fs, path::Path};

use demarche_core::{
    EventType,
    code::{
        Coder,
        pairs::{Candidate, Features, NAMES, Ranker, unmark},
    },
    parse,
    world::World,
};

/// How strongly the weights are drawn back to where they start.
const PULL: f32 = 80.0;
const ROUNDS: usize = 800;

struct Row {
    line: String,
    wanted: Vec<EventType>,
    candidates: Vec<Candidate>,
}

/// The coder, with the codebook files of the folder `CODEBOOK` and the weights of the file `RANKER` where they are given.
fn coder() -> Coder {
    let mut files = Vec::new();
    if let Ok(folder) = env::var("CODEBOOK") {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(entry.path()).expect("a file")));
        }
        files.sort();
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut coder = Coder::with_codebook(&files, World::embedded()).unwrap_or_else(|error| panic!("{error}"));
    if let Ok(path) = env::var("RANKER") {
        let text = fs::read_to_string(&path).expect("a file");
        coder.ranker = Ranker::read(&path, &text).unwrap_or_else(|error| panic!("{error}"));
    }
    coder
}

/// Lines of a file: a type and a sentence, `ACCUSE <Ghana> blamed {Togo}.`, or JSON with `root` and `marked_sentence`.
fn lines(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let rows = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        if let Ok(row) = serde_json::from_str::<serde_json::Value>(line) {
            let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            return (field("root"), field("marked_sentence"));
        }
        let (kind, sentence) = line.split_once(' ').expect("a type and a sentence");
        (kind.to_owned(), sentence.to_owned())
    };
    rows.map(read).collect()
}

/// `<…>` and `{…}` as the marks that the coder reads.
fn marks(sentence: &str) -> String {
    if sentence.contains("<s>") || sentence.contains("<t>") {
        return sentence.to_owned();
    }
    let open = sentence.replace('<', "\u{1}s\u{2}").replace('>', "\u{1}/s\u{2}");
    let both = open.replace('{', "\u{1}t\u{2}").replace('}', "\u{1}/t\u{2}");
    both.replace('\u{1}', "<").replace('\u{2}', ">")
}

/// Each sentence beside the act of another one of another type, which is told in passing.
fn beside_others(rows: &[(String, String)]) -> Vec<(String, String)> {
    let yielding = |kind: &str| matches!(kind, "CONCEDE" | "RETREAT");
    let same = |a: &str, b: &str| a == b || yielding(a) && yielding(b);
    let mut out = Vec::new();
    for (i, (kind, sentence)) in rows.iter().enumerate() {
        let mut other = &rows[(i * 37 + 101) % rows.len()];
        if same(kind, &other.0) {
            other = &rows[(i * 37 + 154) % rows.len()];
        }
        let plain: String = other.1.trim_end_matches('.').chars().filter(|c| !"<>{}".contains(*c)).collect();
        let inner = lower_article(&plain);
        let main = sentence.trim_end_matches('.');
        let within = main.replacen("<The ", "<the ", 1).replacen("<A ", "<a ", 1);
        out.push((
            kind.clone(),
            match i % 8 {
                0 => format!("{main}, days after {inner}."),
                1 => format!("{main}, the spokesman said on Tuesday, as {inner}."),
                2 => format!("A week after {inner}, {within}."),
                3 => format!("{main}, officials said, adding that {inner}."),
                4 => format!("{main} on Monday while {inner}."),
                5 => format!("{main}, according to a report which said that {inner}."),
                6 => format!("Although {inner}, {within}."),
                _ => format!("{main}, a year before {inner}."),
            },
        ));
    }
    out
}

fn lower_article(sentence: &str) -> String {
    let first = sentence.split(' ').next().unwrap_or_default();
    if matches!(first, "The" | "A" | "An" | "Some" | "Police" | "Soldiers" | "Rebels") {
        format!("{}{}", first.to_lowercase(), &sentence[first.len()..])
    } else {
        sentence.to_owned()
    }
}

fn read(coder: &Coder, rows: &[(String, String)]) -> Vec<Row> {
    let row = |(kind, sentence): &(String, String)| {
        let marked = unmark(&marks(sentence)).unwrap_or_else(|why| panic!("{sentence}: {why}"));
        let sentences = parse(&marked.text);
        let candidates = coder.candidates(&marked, sentences);
        Row { line: format!("{kind} {sentence}"), wanted: kinds(kind), candidates }
    };
    rows.iter().map(row).collect()
}

/// The types of a name; YIELD is both ways of yielding.
fn kinds(name: &str) -> Vec<EventType> {
    match name {
        "YIELD" | "CONCEDE" | "RETREAT" => vec![EventType::Concede, EventType::Retreat],
        name => vec![EventType::from_name(name).unwrap_or_else(|| panic!("no type {name}"))],
    }
}

impl Row {
    fn is_right(&self, candidate: &Candidate) -> bool {
        self.wanted.contains(&candidate.kind)
    }

    fn best<'r>(&'r self, ranker: &Ranker, among: impl Fn(&Candidate) -> bool) -> Option<&'r Candidate> {
        let mut best: Option<(f32, &Candidate)> = None;
        for candidate in self.candidates.iter().filter(|candidate| among(candidate)) {
            let score = ranker.score(&candidate.features);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}

fn report(name: &str, rows: &[Row], ranker: &Ranker) {
    let reachable = rows.iter().filter(|row| row.candidates.iter().any(|c| row.is_right(c))).count();
    let right = rows.iter().filter(|row| row.best(ranker, |_| true).is_some_and(|c| row.is_right(c))).count();
    eprintln!("{name}: {} sentences, right {right}, reachable {reachable}", rows.len());
}

/// The sentences that come out wrong, with the entry that won and the best one that is right.
fn errors(rows: &[Row], coder: &Coder) {
    let told = |candidate: Option<&Candidate>| {
        candidate.map_or_else(
            || "-".to_owned(),
            |c| {
                let score = coder.ranker.score(&c.features);
                let shown = NAMES.iter().zip(c.features).filter(|(_, value)| *value != 0.0);
                let shown: Vec<String> = shown.map(|(name, value)| format!("{name} {value:.1}")).collect();
                format!("{} {} {score:.1} ({})", c.kind, coder.book.entries[c.rule].id, shown.join(", "))
            },
        )
    };
    for row in rows {
        let top = row.best(&coder.ranker, |_| true);
        if !top.is_some_and(|top| row.is_right(top)) {
            let right = row.best(&coder.ranker, |c| row.is_right(c));
            println!("{}\n    {}\n    {}", row.line, told(top), told(right));
        }
    }
}

/// Log-linear regression over the candidates of each row, drawn towards where it starts.
fn fit(rows: &[Row], start: &Features) -> Ranker {
    let mut ranker = Ranker { weights: *start, start: *start, fights: Vec::new() };
    let usable: Vec<&Row> = rows
        .iter()
        .filter(|row| {
            let right = row.candidates.iter().filter(|c| row.is_right(c)).count();
            right > 0 && right < row.candidates.len()
        })
        .collect();
    let rate = 0.5 / usable.len() as f32;
    for _ in 0..ROUNDS {
        let mut step: Features = [0.0; NAMES.len()];
        for row in &usable {
            let scores: Vec<f32> = row.candidates.iter().map(|c| ranker.score(&c.features)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let shares: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f32 = shares.iter().sum();
            let right: f32 =
                shares.iter().zip(&row.candidates).filter(|(_, c)| row.is_right(c)).map(|(share, _)| share).sum();
            for (share, candidate) in shares.iter().zip(&row.candidates) {
                let wanted = if row.is_right(candidate) { share / right.max(1e-9) } else { 0.0 };
                for (step, value) in step.iter_mut().zip(&candidate.features) {
                    *step += (wanted - share / all) * value;
                }
            }
        }
        for ((weight, step), start) in ranker.weights.iter_mut().zip(&step).zip(start) {
            *weight += rate * (step - PULL * (*weight - start));
        }
    }
    ranker
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let coder = coder();
    if let Some((command, paths)) = arguments.split_first() {
        for path in paths {
            let rows = read(&coder, &lines(Path::new(path)));
            if command == "errors" {
                errors(&rows, &coder);
            }
            report(path, &rows, &coder.ranker);
        }
        return;
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sentences = lines(&here.join("tests/data/relations.txt"));
    sentences.extend(lines(&here.join("tests/data/relations-news.txt")));
    let rows = [sentences.clone(), beside_others(&sentences)].concat();
    let rows = read(&coder, &rows);
    let ranker = fit(&rows, &coder.ranker.start);
    report("before", &rows, &Ranker { weights: coder.ranker.start, ..ranker.clone() });
    report("after", &rows, &ranker);
    let path = here.join("../data/code/ranker.toml");
    let old = fs::read_to_string(&path).expect("ranker.toml");
    let head = old.split("\n[weights]\n").next().unwrap_or_default();
    let weights = NAMES.iter().zip(ranker.weights).map(|(name, weight)| format!("{name} = {weight:.2}\n"));
    fs::write(path, format!("{head}\n[weights]\n{}", weights.collect::<String>())).expect("written");
}
