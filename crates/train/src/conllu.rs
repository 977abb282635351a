//! Reads CoNLL-U: the words of each sentence; ranges and empty nodes are dropped.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{Relation, Upos, Xpos};

/// One word of a treebank.
#[derive(Clone, Debug)]
pub struct Word {
    /// As written.
    pub form: String,
    /// Dictionary form; `_` where the treebank gives none.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// 0 for the root, else the number of the head, counted from 1.
    pub head: usize,
    /// Relation to the head.
    pub relation: Relation,
    /// The `Entity=` field of MISC, empty where there is none.
    pub entity: String,
}

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Its `sent_id`.
    pub id: String,
    /// The id of its document.
    pub document: String,
    /// Its words.
    pub words: Vec<Word>,
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<Tree>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut out = Vec::new();
    let mut tree = Tree::default();
    for (number, line) in text.lines().enumerate() {
        if let Some(document) = line.strip_prefix("# newdoc id = ") {
            document.clone_into(&mut tree.document);
        } else if let Some(id) = line.strip_prefix("# sent_id = ") {
            id.clone_into(&mut tree.id);
        } else if line.is_empty() {
            if !tree.words.is_empty() {
                let document = tree.document.clone();
                out.push(std::mem::take(&mut tree));
                tree.document = document;
            }
        } else if !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields[0].contains(['-', '.']) {
                continue;
            }
            let word = word(&fields).with_context(|| format!("{}:{}", path.display(), number + 1))?;
            tree.words.push(word);
        }
    }
    if !tree.words.is_empty() {
        out.push(tree);
    }
    Ok(out)
}

fn word(fields: &[&str]) -> Result<Word> {
    let [_, form, lemma, upos, xpos, _, head, relation, _, misc] = fields else { anyhow::bail!("not ten fields") };
    let entity = misc.split('|').find_map(|part| part.strip_prefix("Entity=")).unwrap_or("").to_owned();
    // A relation of another treebank loses its subtype when the list has it only without.
    let plain = relation.split(':').next().unwrap_or("dep");
    Ok(Word {
        form: (*form).to_owned(),
        lemma: (*lemma).to_owned(),
        upos: Upos::from_name(upos).context("unknown UPOS")?,
        xpos: Xpos::from_name(xpos),
        head: head.parse().context("head")?,
        relation: Relation::from_name(relation).or_else(|| Relation::from_name(plain)).context("unknown relation")?,
        entity,
    })
}
