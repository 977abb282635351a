//! Writes into MANIFEST.toml what a model was made of: corpora with their licences, scores, command, checksum.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};

/// UD English EWT.
pub const EWT: (&str, &str) = ("UD English EWT", "CC BY-SA 4.0");
/// The genres of UD English GUM that may be learnt from.
pub const GUM: (&str, &str) = ("UD English GUM, genres without a non-commercial clause", "CC BY 4.0");
/// Names in Wikipedia's articles.
pub const WIKIGOLD: (&str, &str) = ("WikiGold", "CC BY 4.0");
/// Names in articles on politics.
pub const CROSSNER: (&str, &str) = ("CrossNER, politics", "MIT");
/// Judgements of what happened.
pub const FACTUALITY: (&str, &str) = ("UDS event factuality over EWT", "CC BY-SA 4.0");
/// Our own.
pub const OWN: (&str, &str) = ("sentences written for Demarche", "MIT OR Apache-2.0");
/// Brown clusters.
pub const LOOKUPS: (&str, &str) = ("spacy-lookups-data 1.0.5, en_lexeme_cluster and en_lexeme_prob", "MIT");
/// What the network learns from.
pub const PARSER: [(&str, &str); 6] = [LOOKUPS, EWT, GUM, WIKIGOLD, CROSSNER, OWN];

/// What is to be said of a model.
pub struct Made<'m> {
    /// Corpora and their licences.
    pub corpora: &'m [(&'m str, &'m str)],
    /// What `evaluate` would print of it.
    pub scores: &'m str,
    /// What made it.
    pub command: &'m str,
}

/// Notes in the manifest above `folder` what was just written there as `name`; a folder that no manifest lies above is
/// one for trials, and nothing is noted.
pub fn note(folder: &Path, name: &str, bytes: &[u8], made: &Made) -> Result<()> {
    let file = folder.join("../MANIFEST.toml");
    if !file.exists() {
        return Ok(());
    }
    let manifest = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    fs::write(&file, noted(&manifest, name, bytes, made)?).with_context(|| file.display().to_string())
}

/// The manifest with the four values of the entry set.
fn noted(manifest: &str, name: &str, bytes: &[u8], made: &Made) -> Result<String> {
    let start = manifest.find(&format!("path = \"models/{name}\"")).with_context(|| format!("no entry for {name}"))?;
    let end = manifest[start..].find("[[file]]").map_or(manifest.len(), |at| start + at);
    let mut entry = manifest[start..end].trim_end().to_owned();
    let corpora: Vec<String> = made.corpora.iter().map(|(name, licence)| format!("\"{name} ({licence})\"")).collect();
    let sum = Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    for text in [made.scores, made.command] {
        ensure!(!text.contains(['"', '\\', '\n']), "a value of one plain line is wanted: {text}");
    }
    set(&mut entry, "corpora", &format!("[{}]", corpora.join(", ")));
    set(&mut entry, "scores", &format!("\"{}\"", made.scores));
    set(&mut entry, "command", &format!("\"{}\"", made.command));
    set(&mut entry, "sha256", &format!("\"{sum}\""));
    let gap = if end < manifest.len() { "\n\n" } else { "\n" };
    Ok(format!("{}{entry}{gap}{}", &manifest[..start], &manifest[end..]))
}

/// Sets a key whose value stands on one line, or adds it.
fn set(entry: &mut String, key: &str, value: &str) {
    let line = format!("{key} = {value}");
    let head = format!("\n{key} = ");
    if let Some(at) = entry.find(&head) {
        let end = entry[at + 1..].find('\n').map_or(entry.len(), |length| at + 1 + length);
        entry.replace_range(at + 1..end, &line);
    } else {
        entry.push('\n');
        entry.push_str(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_what_it_was_made_of_and_the_others_stay() {
        let manifest = "# Top.\n\n[[file]]\npath = \"models/a.bin\"\nsource = \"x\"\nsha256 = \"0\"\n\n\
                        [[file]]\npath = \"text/\"\nsource = \"y\"\n";
        let made = Made { corpora: &[OWN, GUM], scores: "LAS 1", command: "make a" };
        let new = noted(manifest, "a.bin", b"abc", &made).unwrap();
        let table: toml::Table = new.parse().unwrap();
        let files = table["file"].as_array().unwrap();
        assert_eq!(files[0]["source"].as_str(), Some("x"));
        assert_eq!(files[0]["scores"].as_str(), Some("LAS 1"));
        assert_eq!(files[0]["corpora"].as_array().unwrap().len(), 2);
        assert!(files[0]["sha256"].as_str().unwrap().starts_with("ba7816bf"));
        assert!(new.ends_with("[[file]]\npath = \"text/\"\nsource = \"y\"\n"));
        assert_eq!(noted(&new, "a.bin", b"abc", &made).unwrap(), new);
        assert!(noted(manifest, "b.bin", b"", &made).is_err());
    }
}
