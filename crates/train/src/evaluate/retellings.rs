//! How many claims of a day are told together where three hands retold the same news of it: the crisis timelines.
//!
//! Nothing marks which claims are one event. Retellings of one text tell the same, so a claim that only one of them is found
//! to tell was mostly missed, or coded otherwise, in the others.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{Annotation, Report, code, link, parse};

/// The crises between parties; the others tell of markets, diseases and accidents.
const CRISES: [&str; 4] = ["libyan_war", "gaza_conflict", "egyptian_crisis", "iraq_war"];

/// Claims, and those that two retellings at least are found to tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared {
    /// Days.
    pub days: usize,
    /// Claims that are not told as history.
    pub claims: usize,
    /// Those told together.
    pub together: usize,
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let share = self.together as f64 / self.claims.max(1) as f64;
        write!(f, "told together {share:.3} of {} claims, {} days", self.claims, self.days)
    }
}

/// On the days of even number, which were read, and on those of odd number, which were not.
///
/// # Errors
/// A file that cannot be read.
pub fn scores(corpora: &Path) -> Result<[(&'static str, Shared); 2]> {
    let mut out = [("read", Shared::default()), ("blind", Shared::default())];
    let mut number = 0;
    for crisis in CRISES {
        let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for hand in 1..=3 {
            let file = corpora.join(format!("crisis-timelines/{crisis}/annotator{hand}.tsv"));
            let table = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            for (day, text) in table.lines().skip(1).filter_map(row) {
                days.entry(day).or_default().push(text);
            }
        }
        for (day, texts) in days.iter().filter(|(_, texts)| texts.len() == 3) {
            number += 1;
            add(&mut out[number % 2].1, day, texts);
        }
    }
    Ok(out)
}

/// Day and text of a row: `[2011-02-14]`, a tab, and the text, quoted as in CSV, with `\n` for the end of a line.
fn row(line: &str) -> Option<(String, String)> {
    let mut cells = line.split('\t');
    let day = cells.next()?.trim_matches(['[', ']']).get(..10)?;
    let cell = cells.next()?.trim();
    let text = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell);
    Some((day.to_owned(), text.replace("\"\"", "\"").replace("\\n", "\n")))
}

fn add(shared: &mut Shared, day: &str, texts: &[String]) {
    let annotate = |(hand, text): (usize, &String)| {
        let mut report = Report::from_text(format!("hand-{hand}"), text);
        report.published = Some(day.to_owned());
        let sentences = parse(&report.text);
        code(report, sentences)
    };
    let annotations: Vec<Annotation> = texts.iter().enumerate().map(annotate).collect();
    shared.days += 1;
    for event in link(&annotations) {
        let news = event.claims.iter().filter(|at| !annotations[at.report].claims[at.claim].historical);
        let mut reports: Vec<usize> = news.map(|at| at.report).collect();
        shared.claims += reports.len();
        let all = reports.len();
        reports.dedup();
        shared.together += if reports.len() > 1 { all } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_day_and_a_text_without_its_quotes() {
        let read = row("[2011-02-14]\t\"He said \"\"no\"\".\\nThey left.\"\t\"before\"");
        assert_eq!(read, Some(("2011-02-14".into(), "He said \"no\".\nThey left.".into())));
    }

    #[test]
    fn what_two_hands_tell_is_told_together() {
        let mut shared = Shared::default();
        let texts = [
            "India expelled two Pakistani diplomats.",
            "Two Pakistani diplomats were expelled by India.",
            "It rained.",
        ];
        add(&mut shared, "2025-04-30", &texts.map(str::to_owned));
        assert_eq!((shared.claims, shared.together, shared.days), (2, 2, 1));
    }
}
