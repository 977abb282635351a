//! Sentences of our own with names put into them, so that the names' tagger meets names of the whole world.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use demarche_core::{EntityKind, Span, text};
use toml::{Table, Value};

use crate::{
    names::{Example, allowed},
    rng::Rng,
};

/// The lists names are made of.
pub struct Lists {
    people: Vec<(Vec<String>, Vec<String>)>,
    lists: BTreeMap<&'static str, Vec<String>>,
    sentences: Vec<String>,
}

fn list(table: &Table, path: [&str; 2]) -> Result<Vec<String>> {
    let text = table.get(path[0]).and_then(|t| t.get(path[1])).and_then(Value::as_str);
    Ok(text.with_context(|| path.join("."))?.split('|').map(str::to_owned).collect())
}

/// Column of a CSV file of `demarche_data::WORLD` whose lists are parted by `|`.
pub fn world(file: &str, column: usize) -> Vec<String> {
    let text = demarche_data::WORLD.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text);
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let cells = rows.filter_map(|line| line.split(',').nth(column));
    cells.flat_map(|cell| cell.split('|')).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

impl Lists {
    pub fn read() -> Result<Self> {
        let names: Table = include_str!("../data/names.toml").parse()?;
        let sentences: Table = include_str!("../data/sentences.toml").parse()?;
        let words = |t: &Value, key: &str| -> Vec<String> {
            t.get(key).and_then(Value::as_str).unwrap_or("").split_whitespace().map(str::to_owned).collect()
        };
        let people = names["people"].as_array().context("people")?;
        let people = people.iter().map(|t| (words(t, "given"), words(t, "family"))).collect();
        let mut lists = BTreeMap::new();
        lists.insert("city", list(&names, ["places", "cities"])?);
        lists.insert("region", list(&names, ["places", "regions"])?);
        lists.insert("location", list(&names, ["places", "locations"])?);
        lists.insert("made location", list(&names, ["places", "made"])?);
        lists.insert("body", list(&names, ["bodies", "names"])?);
        lists.insert("made body", list(&names, ["bodies", "made"])?);
        lists.insert("field", list(&names, ["bodies", "fields"])?);
        lists.insert("misc", list(&names, ["things", "misc"])?);
        lists.insert("faith", list(&names, ["things", "faiths"])?);
        lists.insert("country", world("countries.csv", 1));
        lists.insert("demonym", world("countries.csv", 4));
        lists.insert("organization", world("organizations.csv", 1));
        let sentences = sentences["sentences"].as_array().context("sentences")?;
        let sentences = sentences.iter().filter_map(|s| s.as_str().map(str::to_owned)).collect();
        Ok(Self { people, lists, sentences })
    }

    fn any(&self, list: &str, rng: &mut Rng) -> &str {
        let list = &self.lists[list];
        &list[rng.below(list.len())]
    }

    pub fn people(&self, rng: &mut Rng) -> (&str, &str) {
        let (given, family) = &self.people[rng.below(self.people.len())];
        (&given[rng.below(given.len())], &family[rng.below(family.len())])
    }

    /// A filling for a slot and its kind.
    fn fill(&self, slot: &str, rng: &mut Rng) -> Option<(String, Option<EntityKind>)> {
        use EntityKind::{Gpe, Loc, Misc, Norp, Org, Per};
        let chance = rng.unit();
        let (given, family) = self.people(rng);
        Some(match slot {
            "per" if chance < 0.12 => (family.to_owned(), Some(Per)),
            "per" if chance < 0.2 => {
                let initial = char::from(b'A' + rng.below(20) as u8);
                (format!("{given} {initial}. {family}"), Some(Per))
            }
            "per" if chance < 0.3 => {
                // A name of any pair of traditions.
                (format!("{given} {}", self.people(rng).1), Some(Per))
            }
            "per" => (format!("{given} {family}"), Some(Per)),
            "given" => (given.to_owned(), Some(Per)),
            "family" => (family.to_owned(), Some(Per)),
            "gpe" if chance < 0.4 => (self.any("country", rng).to_owned(), Some(Gpe)),
            "gpe" if chance < 0.85 => (self.any("city", rng).to_owned(), Some(Gpe)),
            "gpe" | "region" => (self.any("region", rng).to_owned(), Some(Gpe)),
            "country" => (self.any("country", rng).to_owned(), Some(Gpe)),
            "city" => (self.any("city", rng).to_owned(), Some(Gpe)),
            "CITY" => (self.any("city", rng).to_uppercase(), Some(Gpe)),
            "loc" if chance < 0.7 => (self.any("location", rng).to_owned(), Some(Loc)),
            "loc" => (self.made("made location", rng), Some(Loc)),
            "org" if chance < 0.35 => (self.any("body", rng).to_owned(), Some(Org)),
            "org" if chance < 0.55 => (self.any("organization", rng).to_owned(), Some(Org)),
            "org" if chance < 0.65 => (acronym(rng), Some(Org)),
            "org" => (self.made("made body", rng), Some(Org)),
            "acronym" => (acronym(rng), Some(Org)),
            "norp" if chance < 0.75 => (self.any("demonym", rng).to_owned(), Some(Norp)),
            "norp" => (self.any("faith", rng).to_owned(), Some(Norp)),
            "demonym" => (self.any("demonym", rng).to_owned(), Some(Norp)),
            "misc" => (self.any("misc", rng).to_owned(), Some(Misc)),
            "field" => (self.any("field", rng).to_owned(), None),
            "day" => {
                let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
                (days[rng.below(7)].to_owned(), None)
            }
            "n" => ((2 + rng.below(400)).to_string(), None),
            "year" => ((1948 + rng.below(80)).to_string(), None),
            _ => return None,
        })
    }

    /// A name made of a pattern.
    fn made(&self, list: &str, rng: &mut Rng) -> String {
        let mut out = String::new();
        for (i, piece) in self.any(list, rng).split(['{', '}']).enumerate() {
            if i % 2 == 0 {
                out.push_str(piece);
            } else if let Some((text, _)) = self.fill(piece, rng) {
                out.push_str(&text);
            }
        }
        out
    }
}

fn acronym(rng: &mut Rng) -> String {
    let len = 2 + rng.below(4);
    (0..len).map(|_| char::from(b"ABCDEFGHILMNOPRSTUW"[rng.below(19)])).collect()
}

/// `count` sentences with the names in them.
pub fn examples(count: usize, rng: &mut Rng) -> Result<Vec<Example>> {
    let lists = Lists::read()?;
    let mut out = Vec::new();
    for i in 0..count {
        let (text, names) = write(&lists, &lists.sentences[i % lists.sentences.len()], rng)?;
        for words in text::split(&text) {
            out.push(tagged(&text, &words, &names));
        }
    }
    Ok(out)
}

/// Names in a text.
type Names = Vec<(Span, EntityKind)>;

/// Fills a sentence and joins its words as a writer would.
fn write(lists: &Lists, sentence: &str, rng: &mut Rng) -> Result<(String, Names)> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut open_quote = false;
    let mut glue = true;
    for word in sentence.split(' ') {
        let closing = word == "\"" && open_quote;
        let tight = matches!(word, "," | "." | ":" | ";" | "?" | "!" | ")" | "'s") || closing;
        if !glue && !tight {
            text.push(' ');
        }
        glue = word == "(" || (word == "\"" && !open_quote);
        open_quote ^= word == "\"";
        let Some(slot) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) else {
            text.push_str(word);
            continue;
        };
        let (filling, kind) = lists.fill(slot, rng).with_context(|| format!("no slot {slot}"))?;
        let article = if filling.starts_with("the ") { 4 } else { 0 };
        // "the the United Nations" and "The the" are no English.
        let again = article > 0 && (text.ends_with("the ") || text.ends_with("The "));
        let start = text.len();
        if again {
            text.push_str(&filling[4..]);
        } else if text.is_empty() && article > 0 {
            text.push('T');
            text.push_str(&filling[1..]);
        } else {
            text.push_str(&filling);
        }
        if let Some(kind) = kind {
            let start = if again { start } else { start + article };
            names.push((Span::new(start, text.len()), kind));
        }
    }
    Ok((text, names))
}

fn tagged(text: &str, words: &[(Span, bool)], names: &Names) -> Example {
    let mut before = None;
    let tag = |(span, _): &(Span, bool)| {
        let found = names.iter().position(|(name, _)| name.touches(*span));
        let tag = found.map_or(1, |at| allowed(&[names[at].1], before != Some(at)));
        before = found;
        tag
    };
    Example {
        allowed: words.iter().map(tag).collect(),
        forms: words.iter().map(|(s, _)| s.of(text).to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_of_every_sentence_is_filled() {
        let lists = Lists::read().unwrap();
        for sentence in &lists.sentences {
            let (text, names) = write(&lists, sentence, &mut Rng::new(3)).unwrap();
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(names.iter().all(|(span, _)| !span.of(&text).starts_with("the ")), "{text}");
        }
    }

    #[test]
    fn a_name_is_tagged_first_and_inside() {
        let text = "Near the Red Sea.";
        let names = vec![(Span::new(9, 16), EntityKind::Loc)];
        let example = tagged(text, &text::split(text)[0], &names);
        let loc = |first| allowed(&[EntityKind::Loc], first);
        assert_eq!(example.allowed, [1, 1, loc(true), loc(false), 1]);
    }
}
