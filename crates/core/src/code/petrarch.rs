//! Dictionaries of PETRARCH and TABARI (verbs, actors, agents) made into a codebook folder of our own format.
//!
//! Their patterns are strings around a verb, ours are roles in a tree: words behind the verb become its object, groups
//! that begin with a preposition become conditions, words before it its subject. CAMEO codes become the PLOVER type and
//! the mode that the built-in codebook gives the same code. What has no counterpart is told by line and left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::{
    Codebook,
    words::{american, is_preposition},
};
use crate::plover::{EventType, SECTORS};

/// What comes of a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Files of a codebook folder, name and content.
    pub files: BTreeMap<String, String>,
    /// Entries, actors or nouns carried over.
    pub carried: usize,
    /// Line and reason of everything that was not.
    pub left: Vec<(usize, String)>,
}

/// Reads a dictionary of verbs, actors or agents; which of them it is tells its content. `stem` names the files.
///
/// ```
/// use demarche_core::code::{Coder, petrarch::import};
/// let text = "--- POUND [190] ---\nPOUND\n- * TABLE [---]\n- * &CITY (WITH SHELLS) [194]\n\n";
/// let found = import("mine", text, &Coder::embedded().book);
/// assert_eq!(found.carried, 1);
/// assert_eq!(found.left.len(), 2);
/// ```
pub fn import(stem: &str, text: &str, book: &Codebook) -> Imported {
    let lines = lines(text);
    let agents = lines.iter().filter(|(_, line)| line.contains("[~")).count();
    if lines.iter().any(|(_, line)| line.starts_with("---")) {
        Verbs::read(stem, &lines, book)
    } else if agents * 2 > lines.len() {
        read_agents(stem, &lines)
    } else {
        read_actors(stem, &lines)
    }
}

/// Lines with their number from 1, without comments, blank ones left out.
fn lines(text: &str) -> Vec<(usize, String)> {
    let mut comment = false;
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let mut rest = line;
        let mut kept = String::new();
        loop {
            let mark = if comment { "-->" } else { "<!--" };
            let Some(found) = rest.find(mark) else { break };
            if !comment {
                kept.push_str(&rest[..found]);
            }
            rest = &rest[found + mark.len()..];
            comment = !comment;
        }
        if !comment {
            kept.push_str(rest);
        }
        let kept = kept.split('#').next().unwrap_or_default().trim_end();
        if !kept.trim().is_empty() {
            out.push((at + 1, kept.to_owned()));
        }
    }
    out
}

/// The words of a dictionary in ours: lower case, apart, American.
fn plain(words: &str) -> String {
    let words = words.trim().trim_matches('_').replace('_', " ").to_lowercase();
    words.split_whitespace().map(american).collect::<Vec<_>>().join(" ")
}

/// The text in square brackets at the end of a line and what stands before it.
fn coded(line: &str) -> Result<(&str, &str), String> {
    let open = line.find('[').ok_or("no code in [ ]")?;
    let close = line[open..].find(']').ok_or("a code without ]")? + open;
    Ok((line[..open].trim(), line[open + 1..close].trim()))
}

fn quoted(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("\"{}\"", word.as_ref().replace('"', ""))).collect();
    format!("[{}]", words.join(", "))
}

/// PLOVER type of a CAMEO code; `None` for statements and appeals, which PLOVER does not code, and for what is no code.
fn kind(code: &str) -> Option<EventType> {
    if !code.bytes().all(|b| b.is_ascii_digit()) || code.len() < 2 {
        return None;
    }
    Some(match (&code[..2], code.get(..3).unwrap_or_default()) {
        ("03", _) => EventType::Agree,
        ("04", _) => EventType::Consult,
        ("05", _) => EventType::Support,
        ("06", _) => EventType::Cooperate,
        ("07", _) => EventType::Aid,
        ("08", "084" | "085" | "086" | "087") => EventType::Retreat,
        ("08", _) => EventType::Concede,
        ("09" | "11", _) => EventType::Accuse,
        ("10", _) => EventType::Request,
        ("12", _) => EventType::Reject,
        ("13", _) => EventType::Threaten,
        ("14", _) => EventType::Protest,
        ("15", _) => EventType::Mobilize,
        ("16", "163") => EventType::Coerce,
        ("16", _) => EventType::Sanction,
        ("17", "175") => EventType::Assault,
        ("17", _) if code == "1712" => EventType::Assault,
        ("19", "191" | "192") | ("17", _) => EventType::Coerce,
        ("18" | "19" | "20", _) => EventType::Assault,
        _ => return None,
    })
}

#[derive(Default)]
struct Verbs {
    stem: String,
    /// Verbs of the block being read, and its code.
    block: Vec<String>,
    code: String,
    line: usize,
    classes: BTreeMap<String, BTreeSet<String>>,
    entries: BTreeMap<EventType, Vec<String>>,
    number: usize,
    /// Wordings with their conditions that stand already: a second one could never fire.
    seen: BTreeSet<(String, String)>,
    out: Imported,
}

impl Verbs {
    fn read(stem: &str, lines: &[(usize, String)], book: &Codebook) -> Imported {
        let mut verbs = Self { stem: stem.to_owned(), ..Self::default() };
        let mut set: Option<String> = None;
        for (_, line) in lines {
            if let Some(name) = line.strip_prefix('&') {
                set = Some(verbs.class(name));
                continue;
            }
            match (&set, line.strip_prefix('+')) {
                (Some(name), Some(word)) if !word.contains('&') => {
                    let word = plain(word);
                    verbs.classes.entry(name.clone()).or_default().extend(Some(word).filter(|word| usable(word)));
                }
                (_, Some(_)) => {}
                _ => set = None,
            }
        }
        for (number, line) in lines {
            let number = *number;
            if let Some(header) = line.strip_prefix("---") {
                verbs.close(book);
                verbs.line = number;
                match coded(header) {
                    Ok((_, code)) => code.split(':').next().unwrap_or_default().clone_into(&mut verbs.code),
                    Err(why) => verbs.leave(number, why),
                }
            } else if let Some(pattern) = line.strip_prefix('-') {
                if let Err(why) = verbs.pattern(pattern, book) {
                    verbs.leave(number, why);
                }
            } else if line.starts_with('~') {
                verbs.leave(number, "a rule that rewrites events");
            } else if !line.starts_with(['&', '+']) && verbs.line > 0 {
                let word = plain(line.split(['{', '[']).next().unwrap_or_default());
                if usable(&word) {
                    verbs.block.push(word);
                } else {
                    verbs.leave(number, format!("`{}` is no verb", line.trim()));
                }
            } else if verbs.line == 0 && !line.starts_with(['&', '+']) {
                verbs.leave(number, "a line before the first block");
            }
        }
        verbs.close(book);
        verbs.finish()
    }

    fn class(&self, name: &str) -> String {
        let name: String = name.trim().to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}-{name}", self.stem)
    }

    fn leave(&mut self, line: usize, why: impl Into<String>) {
        self.out.left.push((line, why.into()));
    }

    /// The entry of a block's own code.
    fn close(&mut self, book: &Codebook) {
        let verbs = std::mem::take(&mut self.block);
        let code = std::mem::take(&mut self.code);
        if verbs.is_empty() || code.is_empty() || code.contains('-') {
            return;
        }
        let line = self.line;
        let done = match kind(&code) {
            Some(kind) => self.entry(kind, &code, &verbs, "", book),
            None => Err(format!("code {code}: PLOVER has no type for it")),
        };
        if let Err(why) = done {
            self.leave(line, why);
        }
    }

    fn pattern(&mut self, pattern: &str, book: &Codebook) -> Result<(), String> {
        let (words, code) = coded(pattern)?;
        if words.matches(['{', '(']).count() != words.matches(['}', ')']).count() {
            return Err("brackets that do not pair".to_owned());
        }
        if code.starts_with(':') {
            return Err("a code for the passive alone".to_owned());
        }
        let code = code.split(':').next().unwrap_or_default();
        let Some(kind) = kind(code) else { return Err(format!("code {code}: PLOVER has no type for it")) };
        let (before, after) = words.split_once('*').ok_or("no * for the verb")?;
        if after.contains('*') {
            return Err("two * in one pattern".to_owned());
        }
        let mut conditions = String::new();
        let subject = self.filler(before)?;
        if !subject.is_empty() {
            let _ = writeln!(conditions, "subject = {}", quoted([subject]));
        }
        let (particle, object, groups) = self.behind(after)?;
        if !object.is_empty() {
            let _ = writeln!(conditions, "object = {}", quoted([object]));
        }
        for (preposition, filler) in groups {
            let _ = writeln!(conditions, "{preposition} = {}", quoted([filler]));
        }
        if self.block.is_empty() {
            return Err("a pattern without a verb above it".to_owned());
        }
        let verbs: Vec<String> = self.block.iter().map(|verb| format!("{verb}{particle}")).collect();
        self.entry(kind, code, &verbs, &conditions, book)
    }

    /// Particle (with a blank before it), object, and preposition groups of what stands behind the verb.
    #[allow(clippy::type_complexity)] // three parts of one line, read once
    fn behind(&self, text: &str) -> Result<(String, String, BTreeMap<String, String>), String> {
        let mut particle = String::new();
        let mut object: Vec<&str> = Vec::new();
        let mut groups = BTreeMap::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let close = inner.find(')').ok_or("brackets that do not pair")?;
                let group = inner[..close].replace(['{', '}', '('], " ");
                let (first, words) = group.trim().split_once(char::is_whitespace).unwrap_or((group.trim(), ""));
                let first = plain(first);
                if !is_preposition(&first) || words.trim().is_empty() {
                    return Err(format!("`({})` begins with no preposition", group.trim()));
                }
                let filler = self.filler(words)?;
                if groups.insert(first.clone(), filler).is_some() {
                    return Err(format!("two groups with `{first}`"));
                }
                rest = inner[close + 1..].trim_start();
                continue;
            }
            let end = rest.find([' ', '(', '\t']).filter(|&end| end > 0).unwrap_or(rest.len());
            let word = rest[..end].trim_matches(['{', '}', '_']);
            rest = rest[end..].trim_start();
            let lower = plain(word);
            if object.is_empty() && (PARTICLES.contains(&lower.as_str()) || is_preposition(&lower)) {
                particle.push(' ');
                particle.push_str(&lower);
            } else if !word.is_empty() {
                object.push(word);
            }
        }
        Ok((particle, self.filler(&object.join(" "))?, groups))
    }

    /// A phrase, or a class for a set of synonyms.
    fn filler(&self, words: &str) -> Result<String, String> {
        let words = words.replace(['{', '}', '(', ')'], " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        if let Some(mark) = words.iter().find(|word| matches!(**word, "$" | "+" | "%" | "^" | "?")) {
            return Err(format!("`{mark}`: a place for an actor"));
        }
        match words.as_slice() {
            [set] if set.starts_with('&') => {
                let class = self.class(set.trim_matches(['&', '_']));
                let known = self.classes.get(&class).is_some_and(|words| !words.is_empty());
                known.then(|| format!("@{class}")).ok_or_else(|| format!("`{set}`: no such set of words"))
            }
            words if words.iter().any(|word| word.contains(['&', '+', '%', '$'])) => {
                Err("a set of words inside a phrase".to_owned())
            }
            words => {
                let phrase = plain(&words.join(" "));
                let mood =
                    ["will", "not", "would", "to", "have", "has", "was", "were", "be", "been", "is", "are", "may"];
                if phrase.split(' ').any(|word| mood.contains(&word)) {
                    return Err(format!("`{phrase}`: mood and voice are read from the sentence"));
                }
                Ok(phrase)
            }
        }
    }

    fn entry(
        &mut self,
        kind: EventType,
        code: &str,
        verbs: &[String],
        conditions: &str,
        book: &Codebook,
    ) -> Result<(), String> {
        let verbs: Vec<&String> =
            verbs.iter().filter(|verb| self.seen.insert(((*verb).clone(), conditions.to_owned()))).collect();
        if verbs.is_empty() {
            return Err("the same words and conditions stand before".to_owned());
        }
        self.number += 1;
        let same = |entry: &&super::codebook::Entry| entry.kind == kind && entry.cameo.as_deref() == Some(code);
        let mode = book.entries.iter().find(same).and_then(|entry| entry.mode.clone());
        let mode = mode.map(|mode| format!("mode = \"{mode}\"\n")).unwrap_or_default();
        let text = format!(
            "[[entry]]\nid = \"{}-{}\"\n{mode}cameo = \"{code}\"\nverbs = {}\n{conditions}\n",
            self.stem,
            self.number,
            quoted(verbs)
        );
        self.entries.entry(kind).or_default().push(text);
        self.out.carried += 1;
        Ok(())
    }

    fn finish(mut self) -> Imported {
        let mut classes = String::new();
        for (name, words) in self.classes.iter().filter(|(_, words)| !words.is_empty()) {
            let _ = writeln!(classes, "{name} = {}", quoted(words));
        }
        if !classes.is_empty() {
            self.out.files.insert(format!("{}-classes.toml", self.stem), classes);
        }
        for (kind, entries) in self.entries {
            let name = format!("{}-{}.toml", self.stem, kind.as_str().to_lowercase());
            self.out.files.insert(name, format!("type = \"{kind}\"\n\n{}", entries.concat()));
        }
        self.out
    }
}

/// Words that go with a verb.
const PARTICLES: &[&str] = &["up", "down", "out", "off", "away", "back", "forward", "apart", "together"];

fn usable(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '.'))
}

/// Country or tag, and PLOVER sectors, of an actor code: `AFGGOVMIL`.
fn actor(code: &str) -> Result<(String, String), String> {
    if code.len() < 3 || !code.len().is_multiple_of(3) || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Err(format!("`{code}` is no actor code"));
    }
    let code = code.to_uppercase();
    let parts: Vec<&str> = (0..code.len() / 3).map(|i| &code[3 * i..3 * i + 3]).collect();
    let sector = |part: &&str| match *part {
        "INS" | "SEP" => Some("REB"),
        "MED" => Some("JRN"),
        other => SECTORS.iter().find(|sector| **sector == other).copied(),
    };
    let sectors: BTreeSet<&str> = parts[1..].iter().filter_map(sector).collect();
    let sectors: Vec<&str> = sectors.into_iter().take(4).collect();
    Ok((parts[0].to_owned(), sectors.join("|")))
}

/// A field of a table.
fn field(text: &str) -> String {
    if text.contains([',', '"', '#']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// "UNITED_NATIONS_" as it is written in text.
fn name(words: &str) -> String {
    let words = words.trim().trim_matches('_').replace('_', " ");
    let title = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let lower = matches!(word, "OF" | "THE" | "AND" | "FOR" | "IN" | "DE" | "AL");
        if lower { word.to_lowercase() } else { first + &chars.as_str().to_lowercase() }
    };
    words.split_whitespace().map(title).collect::<Vec<_>>().join(" ")
}

fn read_actors(stem: &str, lines: &[(usize, String)]) -> Imported {
    struct Actor {
        line: usize,
        names: Vec<String>,
        codes: Vec<String>,
    }
    let mut actors: Vec<Actor> = Vec::new();
    let mut out = Imported::default();
    for (number, line) in lines {
        let (text, code) = match line.find('[') {
            Some(_) => match coded(line) {
                Ok((text, code)) => (text, Some(code)),
                Err(why) => {
                    out.left.push((*number, why));
                    continue;
                }
            },
            None => (line.trim(), None),
        };
        let synonym = text.strip_prefix('+');
        let own = name(synonym.unwrap_or(text));
        let odd = |text: &str| text.contains([']', '{', '}', '=', '&', '!', '|']) || text.contains(';');
        if odd(text) {
            out.left.push((*number, format!("`{text}`: marks that have no counterpart")));
            continue;
        }
        if synonym.is_none() && !own.is_empty() {
            actors.push(Actor { line: *number, names: vec![], codes: vec![] });
        }
        let Some(actor) = actors.last_mut() else {
            out.left.push((*number, "a line before the first actor".to_owned()));
            continue;
        };
        actor.names.extend(Some(own).filter(|own| !own.is_empty()));
        actor.codes.extend(code.map(str::to_owned));
    }
    let mut rows = String::from("country,organization,sectors,aliases\n");
    for actor_lines in &actors {
        // The code without a date, or the last one: dates are those of offices, which the built-in tables know better.
        let undated = |code: &&String| !code.contains(['<', '>']) && !code.contains(|c: char| c.is_ascii_digit());
        let code = actor_lines.codes.iter().find(undated).or(actor_lines.codes.last());
        let code = code.and_then(|code| code.split_whitespace().next());
        let read = code.ok_or_else(|| "no code in [ ]".to_owned()).and_then(actor);
        match (read, actor_lines.names.split_first()) {
            (Ok((country, sectors)), Some((first, others))) => {
                let others: Vec<&str> = others.iter().map(String::as_str).collect();
                let _ = writeln!(rows, "{country},{},{sectors},{}", field(first), field(&others.join("|")));
                out.carried += 1;
                if actor_lines.codes.len() > 1 {
                    out.left.push((actor_lines.line, format!("{first}: only one of its codes kept")));
                }
            }
            (Err(why), _) => out.left.push((actor_lines.line, why)),
            (Ok(_), None) => out.left.push((actor_lines.line, "a code without a name".to_owned())),
        }
    }
    out.left.sort();
    out.files.insert(format!("{stem}-actors.csv"), rows);
    out
}

fn read_agents(stem: &str, lines: &[(usize, String)]) -> Imported {
    let mut out = Imported::default();
    let mut nouns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, line) in lines {
        let read = coded(line).and_then(|(noun, code)| {
            let code = code.strip_prefix('~').ok_or_else(|| format!("`{code}`: an agent code begins with ~"))?;
            // "CATTLE!PERSON!": with man, woman or person behind it.
            let open = noun.contains('!');
            let noun = plain(noun.split(['!', '{', '(']).next().unwrap_or_default());
            if !usable(&noun) {
                return Err(format!("`{noun}` is no noun"));
            }
            let (_, sectors) = actor(&format!("XXX{code}"))?;
            if sectors.is_empty() {
                return Err(format!("code ~{code}: PLOVER has no sector for it"));
            }
            Ok((noun, sectors, open))
        });
        match read {
            Ok((noun, sectors, open)) => {
                let list = nouns.entry(sectors).or_default();
                if open {
                    list.extend(["man", "woman", "person"].map(|end| format!("{noun}{end}")));
                } else {
                    list.push(noun);
                }
                out.carried += 1;
            }
            Err(why) => out.left.push((*number, why)),
        }
    }
    let mut rows = String::from("kind,sectors,nouns\n");
    for (sectors, nouns) in nouns {
        let _ = writeln!(rows, "person,{sectors},{}", field(&nouns.join("|")));
    }
    out.files.insert(format!("{stem}-agents.csv"), rows);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Coder;

    fn read(text: &str) -> Imported {
        import("mine", text, &Coder::embedded().book)
    }

    #[test]
    fn a_block_becomes_an_entry_and_its_patterns_conditions() {
        let found = read("&ARMS\n+MORTAR_\n+GUN\n\n--- POUND [190] ---\nPOUND {POUNDS}\n- * TOWN (WITH &ARMS) [194]\n");
        assert_eq!((found.carried, found.left.len()), (2, 0));
        let text = &found.files["mine-assault.toml"];
        assert!(text.contains("object = [\"town\"]") && text.contains("with = [\"@mine-arms\"]"), "{text}");
        assert!(found.files["mine-classes.toml"].contains("\"gun\", \"mortar\""));
    }

    #[test]
    fn what_is_imported_is_a_codebook() {
        let found = read("&ARMS\n+MORTAR_\n\n--- POUND [190] ---\nPOUND\n- * &ARMS [154]\n");
        let files: Vec<(&str, &str)> = found.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(Codebook::read(&files).map(|book| book.written().len()), Ok(2));
    }

    #[test]
    fn malformed_lines_are_told_by_number_and_the_rest_is_read() {
        let found = read(
            "--- POUND [190] ---\nPOUND\n- * TOWN [194\n- TOWN [194]\n- * {TOWN [194]\n- * SAY [012]\n- * CITY [194]\n",
        );
        let numbers: Vec<usize> = found.left.iter().map(|(line, _)| *line).collect();
        assert_eq!((found.carried, numbers), (2, vec![3, 4, 5, 6]));
    }

    #[test]
    fn actors_and_agents_become_tables_of_the_world() {
        let actors = read("FREEDONIA_ [FRE]\n+LAND_OF_THE_BRAVE\nFIREFLY [FREGOV >330101]\nBROKEN\n");
        let table = &actors.files["mine-actors.csv"];
        assert!(
            table.contains("FRE,Freedonia,,Land of the Brave\n") && table.contains("FRE,Firefly,GOV,\n"),
            "{table}"
        );
        assert_eq!(actors.left, [(4, "no code in [ ]".to_owned())]);
        let agents = read("BEEKEEPER [~AGR]\nCRAFTS!PERSON! [~LAB]\n");
        assert!(agents.files["mine-agents.csv"].contains("person,LAB,craftsman|craftswoman|craftsperson"));
    }
}
