//! Who is reported to say what, on `PolNeAR`: contents by overlap of their words, and the source of those found.

use std::{collections::BTreeSet, fmt, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{QuoteForm, Report, Span, code, parse};
use serde_json::Value;

/// Words before which the head of a source has been named.
const CUT: &[&str] = &[
    "of", "in", "at", "from", "for", "with", "on", "by", "to", "who", "whom", "whose", "which", "that", "whether",
    "and", "when", "where", "as", "familiar",
];

/// Counts of one kind of content.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    gold: usize,
    predicted: usize,
    gold_found: usize,
    predicted_right: usize,
    source: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        let (p, r) = (share(self.predicted_right, self.predicted), share(self.gold_found, self.gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        write!(f, "P {p:.3} R {r:.3} F1 {f1:.3} source {:.3} n {}", share(self.source, self.gold_found), self.gold)
    }
}

/// Attributions of all kinds, and direct quotations alone: contents wholly in quotation marks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    all: Counts,
    direct: Counts,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}  direct quotations: {}", self.all, self.direct)
    }
}

/// One attribution, in numbers of words of its text.
struct Item {
    source: BTreeSet<usize>,
    content: BTreeSet<usize>,
    head: Option<usize>,
    direct: bool,
}

/// The words of a text, punctuation left out, as byte ranges.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut joined = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            match out.last_mut() {
                Some(last) if last.1 == at || joined => last.1 = at + c.len_utf8(),
                _ => out.push((at, at + c.len_utf8())),
            }
            joined = false;
        } else {
            let after_word = out.last().is_some_and(|last| last.1 == at);
            let before_word = chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
            joined = matches!(c, '\'' | '’') && after_word && before_word;
        }
    }
    out
}

fn inside(words: &[(usize, usize)], spans: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for &(start, end) in spans {
        let first = words.partition_point(|&(_, word_end)| word_end <= start);
        out.extend((first..words.len()).take_while(|&i| words[i].0 < end));
    }
    out
}

fn head(text: &str, words: &[(usize, usize)], source: &BTreeSet<usize>) -> Option<usize> {
    let list: Vec<usize> = source.iter().copied().collect();
    for pair in list.windows(2) {
        let (before, here) = (words[pair[1] - 1].1, words[pair[1]]);
        let cut = text[before..here.0].contains([',', '(', ':', ';'])
            || CUT.contains(&text[here.0..here.1].to_lowercase().as_str());
        if cut {
            return Some(pair[0]);
        }
    }
    list.last().copied()
}

fn item(
    text: &str,
    words: &[(usize, usize)],
    source: &[(usize, usize)],
    content: &[(usize, usize)],
    direct: bool,
) -> Item {
    let source = inside(words, source);
    Item { head: head(text, words, &source), source, content: inside(words, content), direct }
}

/// True where every piece opens and closes with quotation marks.
fn is_quoted(text: &str, pieces: &[(usize, usize)]) -> bool {
    const MARKS: &[char] = &['“', '”', '"', '\''];
    let quoted = |&(start, end): &(usize, usize)| {
        let piece = text[start..end].trim().trim_end_matches([',', '.', '?', '!']);
        piece.starts_with(MARKS) && piece.ends_with(MARKS)
    };
    !pieces.is_empty() && pieces.iter().all(quoted)
}

fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

fn same_source(gold: &Item, said: &Item) -> bool {
    if gold.source.is_empty() || said.source.is_empty() {
        return gold.source.is_empty() == said.source.is_empty();
    }
    let meets = |head: Option<usize>, words: &BTreeSet<usize>| head.is_some_and(|head| words.contains(&head));
    (meets(said.head, &gold.source) || meets(gold.head, &said.source)) && said.source.len() <= gold.source.len() + 5
}

/// Scores the texts of a file, the first annotator being right.
///
/// # Errors
/// A file that cannot be read or has another shape.
pub fn score(corpora: &Path, file: &str) -> Result<Scores> {
    let path = corpora.join("polnear-measure-only").join(file);
    let rows = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut scores = Scores::default();
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row).with_context(|| path.display().to_string())?;
        let text = row["text"].as_str().context("text")?;
        let words = words(text);
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let pieces = |part: &Value| -> Vec<(usize, usize)> {
            let list = part.as_array().map_or(&[] as &[Value], Vec::as_slice);
            let place = |x: &Value, key: &str| Some(bytes[(x[key].as_u64()? as usize).min(bytes.len() - 1)]);
            list.iter().filter_map(|x| Some((place(x, "start")?, place(x, "end")?))).collect()
        };
        let gold: Vec<Item> = row["annotations"][0]["attributions"]
            .as_array()
            .context("annotations")?
            .iter()
            .map(|x| {
                let content = pieces(&x["content"]);
                item(text, &words, &pieces(&x["source"]), &content, is_quoted(text, &content))
            })
            .filter(|item| !item.content.is_empty())
            .collect();
        let report = Report::from_text("report", text);
        let annotation = code(report, parse(text));
        let range = |span: &Span| (span.start as usize, span.end as usize);
        let said: Vec<Item> = annotation
            .attributions
            .iter()
            .filter(|said| !said.quoted)
            .map(|said| {
                let source: Vec<_> = said.source.iter().map(range).collect();
                let content: Vec<_> = said.content.iter().map(range).collect();
                item(text, &words, &source, &content, said.form == QuoteForm::Direct)
            })
            .collect();
        count(&gold, &said, &mut scores);
    }
    Ok(scores)
}

/// Pairs one to one, the best overlap first, and counts.
fn count(gold: &[Item], said: &[Item], scores: &mut Scores) {
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in said.iter().enumerate() {
            let shared = overlap(&g.content, &s.content);
            if shared >= 0.5 {
                pairs.push((shared, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_said) = (BTreeSet::new(), BTreeSet::new());
    for item in gold {
        scores.all.gold += 1;
        scores.direct.gold += usize::from(item.direct);
    }
    for item in said {
        scores.all.predicted += 1;
        scores.direct.predicted += usize::from(item.direct);
    }
    for (_, i, j) in pairs {
        if used_gold.contains(&i) || used_said.contains(&j) {
            continue;
        }
        used_gold.insert(i);
        used_said.insert(j);
        let source = usize::from(same_source(&gold[i], &said[j]));
        let add = |counts: &mut Counts, gold: bool, said: bool| {
            counts.gold_found += usize::from(gold);
            counts.source += usize::from(gold) * source;
            counts.predicted_right += usize::from(said);
        };
        add(&mut scores.all, true, true);
        add(&mut scores.direct, gold[i].direct, said[j].direct);
    }
}
