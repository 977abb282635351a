//! The corpora that what ships may learn from, and the check that nothing to be measured on is among them.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Result, ensure};

use crate::conllu::{self, Tree};

/// Genres of GUM whose texts are free of the non-commercial clause (ORIGIN.md of the corpus).
pub const GUM_GENRES: &[&str] =
    &["news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook", "vlog", "conversation"];

/// Treebanks to learn trees from and to measure on.
pub struct Treebanks {
    /// To learn from.
    pub train: Vec<Tree>,
    /// Name of the set and its sentences, never learnt from.
    pub dev: Vec<(&'static str, Vec<Tree>)>,
}

fn genre(tree: &Tree) -> &str {
    tree.document.split('_').nth(1).unwrap_or("")
}

/// Reads the treebanks, drops from the training part every sentence of eight words or more that a measured part
/// also has, and checks that none is left.
pub fn treebanks(corpora: &Path) -> Result<Treebanks> {
    let read = |name: &str| conllu::read(&corpora.join(name));
    let mut train = read("ud-ewt/en_ewt-ud-train.conllu")?;
    let gum = read("ud-gum/en_gum-ud-train.conllu")?;
    train.extend(gum.into_iter().filter(|t| GUM_GENRES.contains(&genre(t))));
    let gum_dev = read("ud-gum/en_gum-ud-dev.conllu")?;
    let gum_news = gum_dev.iter().filter(|t| genre(t) == "news").cloned().collect();
    let dev = vec![
        ("ewt", read("ud-ewt/en_ewt-ud-dev.conllu")?),
        ("gum", gum_dev),
        ("gum-news", gum_news),
        ("lines", read("ud-lines/en_lines-ud-dev.conllu")?),
        ("partut", read("ud-partut/en_partut-ud-dev.conllu")?),
    ];
    let before = train.len();
    let train = apart(train, &dev)?;
    eprintln!(
        "leak check: {} of {before} training sentences were also in a measured set and were dropped",
        before - train.len()
    );
    Ok(Treebanks { train, dev })
}

/// The training sentences that no measured set has too.
///
/// # Errors
/// When a training document is also in a measured set.
fn apart(mut train: Vec<Tree>, measured: &[(&str, Vec<Tree>)]) -> Result<Vec<Tree>> {
    let all = || measured.iter().flat_map(|(_, set)| set);
    let documents: BTreeSet<&str> = all().map(|t| t.document.as_str()).filter(|name| !name.is_empty()).collect();
    let texts: BTreeSet<String> = all().map(letters).filter(|key| !key.is_empty()).collect();
    train.retain(|t| !texts.contains(&letters(t)));
    let leak = train.iter().find(|t| documents.contains(t.document.as_str()));
    ensure!(leak.is_none(), "{} is to learn from and to measure on", leak.map_or("", |t| &t.document));
    Ok(train)
}

/// The small letters of a sentence of eight words or more, to find copies.
fn letters(tree: &Tree) -> String {
    if tree.words.len() < 8 {
        return String::new();
    }
    tree.words
        .iter()
        .flat_map(|w| w.form.chars())
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// True for the documents of a measure-only set that nobody reads: every second one by a hash of its name (FNV-1a).
pub fn blind(document: &str) -> bool {
    let hash = document.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 16) & 1 == 1
}

/// A sentence with its words' name tags.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The document it is from, empty where the file marks none.
    pub document: String,
    /// Words.
    pub forms: Vec<String>,
    /// Per word `O`, or `B-` or `I-` and the kind as the source has it.
    pub tags: Vec<String>,
}

/// Reads a file of words and tags, one a line, sentences apart by blank lines; tags in IO or BIO come out as BIO.
pub fn named(path: &Path, form_column: usize) -> Result<Vec<Named>> {
    let text = std::fs::read_to_string(path)?;
    let mut out = Vec::new();
    let mut now = Named::default();
    let mut document = String::new();
    let mut last = String::from("O");
    for line in text.lines().chain([""]) {
        if let Some(note) = line.strip_prefix("# ") {
            if let Some((_, name)) = note.split_once("doc = ").or_else(|| note.split_once("newdoc id = ")) {
                name.clone_into(&mut document);
            }
            continue;
        }
        let fields: Vec<&str> =
            if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
        if line.trim().is_empty() || fields.len() <= form_column + 1 {
            if !now.forms.is_empty() {
                now.document.clone_from(&document);
                out.push(std::mem::take(&mut now));
            }
            "O".clone_into(&mut last);
            continue;
        }
        let (form, tag) = (fields[form_column].trim(), fields[form_column + 1].trim());
        let bio = match tag.split_once('-') {
            Some(("I", kind)) if last.split_once('-').is_none_or(|(_, before)| before != kind) => format!("B-{kind}"),
            _ => tag.to_owned(),
        };
        now.forms.push(form.to_owned());
        now.tags.push(bio);
        tag.clone_into(&mut last);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Word;
    use demarche_core::{Relation, Upos, Xpos};

    fn tree(document: &str, text: &str) -> Tree {
        let word = |form: &str| Word {
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos: Upos::Noun,
            xpos: Xpos::from_name("NN"),
            head: 0,
            relation: Relation::Dep,
            entity: String::new(),
        };
        Tree { id: String::new(), document: document.to_owned(), words: text.split(' ').map(word).collect() }
    }

    #[test]
    fn a_copied_sentence_is_dropped_and_a_shared_document_stops_the_training() {
        let copy = "the two envoys went home to ask for orders";
        let measured = [("dev", vec![tree("talks", copy), tree("talks", "short one")])];
        let train = vec![tree("a", &copy.to_uppercase()), tree("a", "short one"), tree("b", "guards fired at a boat")];
        let left = apart(train, &measured).unwrap();
        assert_eq!(left.len(), 2);
        assert!(left.iter().all(|t| t.words.len() < 8));
        assert!(apart(vec![tree("talks", "another sentence of the same document")], &measured).is_err());
    }
}
