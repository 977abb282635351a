//! Stories of our own whose deeds are marked with type and parties: `[3 ACCUSE Mali > Algeria|accused]` (`crates/train/stories`).

pub mod deeds;
pub mod links;
pub mod parties;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use demarche_core::{EventType, Report, Span, code::Coder, parse};
use serde_json::Value;

/// A deed or speech act that somebody marked.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The words, in bytes of the text.
    pub span: Span,
    /// Types that are right, the best first.
    pub kinds: Vec<EventType>,
    /// Codes of who acts; empty where nobody is known.
    pub actors: Vec<String>,
    /// Codes of those on whom.
    pub recipients: Vec<String>,
    /// Number of the incident in its story; none where that was not marked.
    pub incident: Option<u32>,
}

/// A report with its marks.
#[derive(Clone, Debug)]
pub struct Marked {
    /// The story, by the name of its file.
    pub story: String,
    /// The report, its text without marks.
    pub report: Report,
    /// In text order.
    pub marks: Vec<Mark>,
    /// Read by hand in length; the program was made on it, so that nothing is measured there.
    pub by_hand: bool,
    /// Of a story whose incidents most reports tell: what is one happening can be learnt from it.
    pub retold: bool,
}

/// The reports of all stories of a folder, in the order of their files.
///
/// # Errors
/// A file that cannot be read, or a mark of another form: file and line.
pub fn read(folder: &Path) -> Result<Vec<Marked>> {
    let mut files: Vec<_> = fs::read_dir(folder).with_context(|| folder.display().to_string())?.flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    let mut out = Vec::new();
    for file in files.iter().map(std::fs::DirEntry::path).filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let story = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        story_of(&story, &text, &mut out).with_context(|| file.display().to_string())?;
    }
    let retold = folder.ends_with("retold");
    for one in &mut out {
        one.retold = retold;
    }
    let codes = codes(&out);
    for mark in out.iter_mut().flat_map(|one| &mut one.marks) {
        for name in mark.actors.iter_mut().chain(&mut mark.recipients) {
            *name = codes[name].clone();
        }
    }
    Ok(out)
}

/// The marked stories of `folders`, and the stories read by hand that may be learnt from: all below `tests/stories` but those
/// that tell how the program fares on what it has not seen.
///
/// # Errors
/// A file that cannot be read, or a mark of another form.
pub fn all(folders: &[PathBuf]) -> Result<Vec<Marked>> {
    let mut out = Vec::new();
    for folder in folders {
        out.extend(read(folder)?);
    }
    let below = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let mut folders: Vec<_> = fs::read_dir(&below)?.flatten().map(|one| one.path()).collect();
    folders.retain(|path| path.join("gold.json").exists() && !UNSEEN.iter().any(|name| path.ends_with(name)));
    folders.sort();
    for folder in folders {
        by_hand(&folder, &mut out).with_context(|| folder.display().to_string())?;
    }
    Ok(out)
}

/// Stories that nothing is learnt from.
const UNSEEN: [&str; 9] = [
    "pahalgam",
    "aktau",
    "banjska",
    "ethiopia-somaliland",
    "karabakh",
    "kyrgyz-tajik",
    "poland-missile",
    "quito",
    "tigray-truce",
];

/// The reports of a story read by hand: `gold.json` and its texts.
fn by_hand(folder: &Path, out: &mut Vec<Marked>) -> Result<()> {
    let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("gold.json"))?)?;
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let mut incidents: Vec<&str> =
        gold["records"].as_array().into_iter().flatten().filter_map(|one| one["incident"].as_str()).collect();
    incidents.sort_unstable();
    incidents.dedup();
    for id in list(&gold["reports"]) {
        let text = fs::read_to_string(folder.join(format!("{id}.txt")))?;
        // Spans count characters.
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let day = if gold["published"].is_object() { &gold["published"][&id] } else { &gold["published"] };
        let report = Report { id: id.clone(), published: day.as_str().map(str::to_owned), text, ..Report::default() };
        let records = gold["records"].as_array().into_iter().flatten().filter(|one| one["report"] == id.as_str());
        let marks = records.map(|one| {
            let at = |end: usize| one["span"][end].as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
            Mark {
                span: Span::new(at(0), at(1)),
                kinds: list(&one["types"]).iter().filter_map(|name| EventType::from_name(name)).collect(),
                actors: list(&one["actors"]),
                recipients: list(&one["recipients"]),
                incident: one["incident"].as_str().and_then(|name| Some(incidents.binary_search(&name).ok()? as u32)),
            }
        });
        let marks = marks.collect();
        let story = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        out.push(Marked { story, report, marks, by_hand: true, retold: true });
    }
    Ok(())
}

/// The reports of a story, parties by the names that it writes.
fn story_of(story: &str, text: &str, out: &mut Vec<Marked>) -> Result<()> {
    let first = out.len();
    for (number, line) in text.lines().enumerate() {
        if let Some(head) = line.strip_prefix("== ") {
            let (outlet, day) = head.split_once(' ').with_context(|| format!("line {}: == OUTLET DAY", number + 1))?;
            let report = Report {
                id: format!("{}-{outlet}", out.len() - first + 1),
                published: Some(day.to_owned()),
                ..Report::default()
            };
            out.push(Marked { story: story.to_owned(), report, marks: Vec::new(), by_hand: false, retold: false });
        } else if out.len() > first {
            let last = out.len() - 1;
            let one = &mut out[last];
            unmark(line, one).with_context(|| format!("line {}", number + 1))?;
        } else {
            ensure!(line.starts_with('#') || line.is_empty(), "line {}: text before the first report", number + 1);
        }
    }
    for one in &mut out[first..] {
        one.report.text.truncate(one.report.text.trim_end().len());
    }
    Ok(())
}

/// Adds a line to a report, its marks taken out.
fn unmark(line: &str, one: &mut Marked) -> Result<()> {
    let text = &mut one.report.text;
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        text.push_str(&rest[..at]);
        let (mark, behind) = rest[at + 1..].split_once(']').context("a mark that is not closed")?;
        let (head, words) = mark.split_once('|').with_context(|| format!("a mark without words: {mark}"))?;
        let [incident, kinds, parties] = head.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            bail!("a mark without number, type and parties: {mark}");
        };
        let (actors, recipients) = parties.split_once(" > ").with_context(|| format!("a mark without >: {mark}"))?;
        let names = |list: &str| -> Vec<String> {
            list.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "-")).map(str::to_owned).collect()
        };
        let incident = incident.parse::<u32>().with_context(|| format!("no number: {incident}"))?;
        let kinds = kinds.split('/').map(|name| EventType::from_name(name).with_context(|| format!("no type {name}")));
        let start = text.len();
        text.push_str(words);
        one.marks.push(Mark {
            span: Span::new(start, text.len()),
            kinds: kinds.collect::<Result<_>>()?,
            actors: names(actors),
            recipients: names(recipients),
            incident: Some(incident),
        });
        rest = behind;
    }
    text.push_str(rest);
    text.push('\n');
    Ok(())
}

/// The code of each party by the name that the marks write: the one that coding finds for it, else the name in capitals.
fn codes(reports: &[Marked]) -> BTreeMap<String, String> {
    let marks = reports.iter().flat_map(|one| &one.marks);
    let mut codes: BTreeMap<String, String> = marks
        .flat_map(|mark| mark.actors.iter().chain(&mark.recipients))
        .map(|name| (name.clone(), String::new()))
        .collect();
    for (name, code) in &mut codes {
        let text = format!("{name} condemned the attack on Monday.");
        let sentences = parse(&text);
        let found = Coder::embedded().code(Report::from_text("name", text), sentences);
        let actor =
            found.claims.iter().find(|claim| claim.kind == EventType::Accuse).and_then(|claim| claim.actors.first());
        let country = actor.and_then(|actor| actor.country.clone());
        *code = country.unwrap_or_else(|| name.to_uppercase().replace(' ', ""));
    }
    codes
}

/// Units of the weights in one of the logarithm of the odds.
pub const UNIT: f32 = 24.0;

/// Parts that the stories fall into: each is measured with what was learnt from the others.
pub const FOLDS: usize = 5;

/// The part that a story belongs to.
pub fn fold(story: &str) -> usize {
    let hash = story.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 8) as usize % FOLDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_taken_out_and_tells_type_and_parties() {
        let mut out = Vec::new();
        let text = "# Title: A row\n== wire 2024-01-26\nMali [2 ACCUSE/REQUEST Mali > Algeria,UN|accused] both.\n";
        story_of("a", text, &mut out).unwrap();
        let one = &out[0];
        assert_eq!(one.report.text, "Mali accused both.");
        assert_eq!(one.marks[0].span.of(&one.report.text), "accused");
        assert_eq!(one.marks[0].kinds, [EventType::Accuse, EventType::Request]);
        assert_eq!(one.marks[0].recipients, ["Algeria", "UN"]);
    }

    #[test]
    fn a_mark_of_another_form_is_told_with_its_line() {
        let wrong = "== wire 2024-01-26\nMali [2 ACUSE Mali > -|accused] both.\n";
        let error = format!("{:#}", story_of("a", wrong, &mut Vec::new()).unwrap_err());
        assert!(error.contains("line 2") && error.contains("ACUSE"), "{error}");
    }
}
