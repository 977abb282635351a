//! Names on given words: exact spans of persons, places and organisations, as `score_entities` counts them.

use std::{fmt, path::Path};

use anyhow::Result;
use demarche_core::{
    EntityKind, Span,
    parse::{model::Model, parse_with},
};

use crate::corpora::{self, Named};

/// A class to be scored, or a facility, where a prediction counts neither way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Per,
    Loc,
    Org,
    Facility,
}

fn class_of(kind: EntityKind) -> Option<Class> {
    match kind {
        EntityKind::Per => Some(Class::Per),
        EntityKind::Loc | EntityKind::Gpe => Some(Class::Loc),
        EntityKind::Org => Some(Class::Org),
        EntityKind::Norp | EntityKind::Misc => None,
    }
}

fn class_named(label: &str) -> Option<Class> {
    match label {
        "PER" | "Person" | "person" | "politician" => Some(Class::Per),
        "LOC" | "Location" | "location" | "country" => Some(Class::Loc),
        "ORG" | "Organization" | "organisation" | "politicalparty" => Some(Class::Org),
        "Facility" => Some(Class::Facility),
        _ => None,
    }
}

/// Gold, predicted and exact spans of persons, places, organisations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores([[usize; 3]; 3]);

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let all = (0..3).fold([0; 3], |sum, i| [0, 1, 2].map(|j| sum[j] + self.0[i][j]));
        for (name, [gold, predicted, exact]) in ["PER", "LOC", "ORG", "all"].iter().zip(self.0.iter().chain([&all])) {
            let (p, r) = (*exact as f64 / *predicted as f64, *exact as f64 / *gold as f64);
            write!(f, "{name} P {p:.3} R {r:.3} F1 {:.3}  ", 2.0 * p * r / (p + r))?;
        }
        write!(f, "n {}", all[0])
    }
}

fn spans(tags: &[String]) -> Vec<(usize, usize, Class)> {
    let mut out: Vec<(usize, usize, Option<Class>)> = Vec::new();
    let mut before = "O";
    for (i, tag) in tags.iter().enumerate() {
        let (place, label) = tag.split_once('-').unwrap_or(("O", ""));
        match place {
            "I" if before != "O" => {
                if let Some(last) = out.last_mut() {
                    last.1 = i + 1;
                }
            }
            "B" | "I" => out.push((i, i + 1, class_named(label))),
            _ => {}
        }
        before = place;
    }
    out.into_iter().filter_map(|(s, e, class)| Some((s, e, class?))).collect()
}

/// Counts what the model finds in these sentences, a document at a time.
pub fn score(model: &Model, set: &[Named]) -> Scores {
    let mut scores = Scores::default();
    for document in set.chunk_by(|a, b| a.document == b.document) {
        count(model, document, &mut scores);
    }
    scores
}

fn count(model: &Model, set: &[Named], scores: &mut Scores) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for named in set {
        let mut words = Vec::new();
        for form in &named.forms {
            words.push((Span::new(text.len(), text.len() + form.len()), false));
            text.push_str(form);
            text.push(' ');
        }
        sentences.push(words);
    }
    let parsed = parse_with(model, &text, &sentences);
    for (named, sentence) in set.iter().zip(&parsed) {
        let gold = spans(&named.tags);
        for &(_, _, class) in gold.iter().filter(|g| g.2 != Class::Facility) {
            scores.0[class as usize][0] += 1;
        }
        for entity in &sentence.entities {
            let Some(class) = class_of(entity.kind) else { continue };
            let (start, end) = (entity.first, entity.last);
            if gold.iter().any(|g| g.2 == Class::Facility && g.0 < end && start < g.1) {
                continue;
            }
            scores.0[class as usize][1] += 1;
            scores.0[class as usize][2] += usize::from(gold.contains(&(start, end, class)));
        }
    }
}

/// The sets to be measured on: world news in two halves by document, the second never read, and web text.
pub fn sets(folder: &Path) -> Result<Vec<(&'static str, Vec<Named>)>> {
    let news = corpora::named(&folder.join("worldwide-ner-measure-only/worldwide-ner-train.tsv"), 0)?;
    let (open, blind) = news.into_iter().partition(|named| !corpora::blind(&named.document));
    Ok(vec![
        ("news-open", open),
        ("news-blind", blind),
        ("web", corpora::named(&folder.join("uner-ewt/en_ewt-ud-dev.iob2"), 1)?),
    ])
}
