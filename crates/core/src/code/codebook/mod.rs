//! The codebook: which words make a claim of which PLOVER type, and where its parties stand. See `docs/codebook.md`.

mod classes;
mod entries;
mod nearest;
mod table;

use std::{collections::BTreeMap, sync::OnceLock};

use self::{
    classes::{expand, give_way, is_classes, read_classes},
    table::Table,
};
use super::{
    evidence::Evidence,
    words::{Class, Part, Phrase, Word, WordMap, Words},
};
use crate::{
    error::{Error, Place},
    plover::EventType,
};

/// Where in the clause a phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who acts: subject, or "by" of a passive.
    Subject,
    /// What is acted on: object, or subject of a passive.
    Object,
    /// The first of two objects: "gave **Kyiv** tanks".
    SecondObject,
    /// After this preposition.
    Preposition(Word),
    /// Whose the object is: "**Russian** diplomats", "diplomats from **Russia**".
    ObjectOwner,
    /// Where the act falls: "a strike in **Rafah**".
    ObjectPlace,
    /// Possessor of a noun: "**India's** strike".
    Owner,
    /// Name or nationality before a noun: "**Israeli** raid".
    Modifier,
    /// Verb of the clause below.
    Clause,
    /// Subject of the clause below.
    ClauseSubject,
    /// Object of the clause below.
    ClauseObject,
    /// The parties of the crisis the report is about, without the actor: whom "called for calm" is meant for.
    Crisis,
    /// Those hurt in the attack last told of: whose "condolences" they are.
    Victims,
}

/// One thing that may stand in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// A word or phrase.
    Phrase(Phrase),
    /// Any phrase of a class.
    Class(Class),
    /// Anything that resolves to a party: `@party`.
    Party,
}

/// What must (or must not) stand in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where to look.
    pub role: Role,
    /// One of these must be there.
    pub fillers: Vec<Filler>,
    /// Turned round: none of these may be there.
    pub forbidden: bool,
    /// Whether any party is one of them.
    pub party: bool,
}

/// What an entry cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Need {
    Actor,
    Recipient,
    /// A recipient of another country than the actor's.
    Abroad,
    Object,
    Clause,
    /// Actors of two countries at least: "American and Indian warships held drills".
    Partners,
}

/// One rule: words, conditions, type and the places of the parties.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `type.id`, as claims carry it.
    pub id: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Parties that must be found.
    pub needs: Vec<Need>,
    /// Where the actor stands when the trigger is a verb, and when it is a noun; tried in order.
    pub actor: [Vec<Role>; 2],
    /// Where the recipient stands, likewise.
    pub recipient: [Vec<Role>; 2],
    /// The parties act on each other.
    pub reciprocal: bool,
    /// The clause below is a statement of its own.
    pub content: bool,
    /// Its words make no claim, nor do the nouns among them: "took cover", "nobody was hurt".
    pub void: bool,
    /// One sentence of our own.
    pub example: String,
    /// What comes of it: `actors -> recipients`.
    pub claim: String,
    /// Number of words that its conditions accept, those of classes counted.
    pub breadth: u32,
    /// Where it stands.
    pub place: Place,
}

/// One way in which an entry can be worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Index of the entry.
    pub entry: u32,
    /// The words that must stand with the trigger.
    pub further: Box<[Word]>,
    /// The trigger is one of a class: without the entry's conditions it tells nothing of it.
    pub general: bool,
}

/// Entries by the word that triggers them.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// The word list.
    pub words: Words,
    /// The entries in the order of the files.
    pub entries: Vec<Entry>,
    /// How many of them, the first, are a user's own; 0 where all are built in.
    pub own: usize,
    /// Frames by trigger word and part of speech, in the order of the entries.
    pub frames: WordMap<(Word, Part), Vec<Frame>>,
    /// Classes by name.
    pub classes: BTreeMap<String, Class>,
    /// Counted when first asked for: only marked pairs ask.
    evidence: OnceLock<Evidence>,
    /// By class: how many phrases it holds.
    class_sizes: Vec<u32>,
}

impl Codebook {
    /// Reads codebook files, given as `(file name, content)`; `classes.toml` may stand anywhere among them.
    ///
    /// # Errors
    /// The first mistake: file, line, entry, and the nearest valid word.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Error> {
        Self::of(&tables(files)?, &[])
    }

    /// Files of a user's own with what is built in and they do not take the place of: a file of the same name, an entry of
    /// the same id, a class of the same name. A class of the user's that names itself (`weapons = ["@weapons", "sling"]`)
    /// holds the built-in one. The user's stand first: of equal entries the first one fires.
    ///
    /// # Errors
    /// As [`Codebook::read`].
    pub fn with(files: &[(&str, &str)]) -> Result<Self, Error> {
        let own = |name: &str| files.iter().any(|&(file, _)| file == name && !is_classes(file));
        let built_in: Vec<_> = built_in().into_iter().filter(|(name, _)| !own(name)).collect();
        Self::of(&tables(files)?, &built_in)
    }

    /// A codebook of files, and of those behind them that give way to them.
    fn of(files: &[(&str, Table)], behind: &[(&str, Table)]) -> Result<Self, Error> {
        let mut book = Self::default();
        let mut raw = read_classes(files)?;
        give_way(&mut raw, read_classes(behind)?);
        for (i, &name) in raw.keys().enumerate() {
            book.classes.insert(name.to_owned(), Class(i as u16));
        }
        for &name in raw.keys() {
            let (mut path, mut members) = (Vec::new(), Vec::new());
            expand(name, &raw, &mut path, &mut members)?;
            let class = book.classes[name];
            book.class_sizes.push(members.len() as u32);
            for member in members.iter().flat_map(|member| entries::spellings(member)) {
                let phrase = book.words.phrase(&member);
                book.words.join(phrase, class);
            }
        }
        let mut ids = WordMap::default();
        let count = |table: &Table| match table.get("entry").map(|field| &field.value) {
            Some(table::Value::Tables(entries)) => entries.len(),
            _ => 0,
        };
        book.entries.reserve(files.iter().chain(behind).map(|(_, table)| count(table)).sum());
        for (file, table) in files.iter().filter(|(file, _)| !is_classes(file)) {
            book.read_entries(file, table, &raw, &mut ids, 0)?;
        }
        let own = book.entries.len() as u32;
        book.own = if behind.is_empty() { 0 } else { own as usize };
        for (file, table) in behind.iter().filter(|(file, _)| !is_classes(file)) {
            book.read_entries(file, table, &raw, &mut ids, own)?;
        }
        for &kind in EventType::ALL {
            book.add_weighed(kind)?;
        }
        Ok(book)
    }

    /// The entry for deeds of a type that no wording tells of but the weights do ([`super::weigh::deeds`]): it asks for nothing.
    pub fn weighed(&self, kind: EventType) -> usize {
        self.entries.len() - EventType::ALL.len() + kind as usize
    }

    /// True for one of these entries.
    pub fn is_weighed(&self, entry: usize) -> bool {
        entry >= self.entries.len() - EventType::ALL.len()
    }

    /// The entries that somebody wrote.
    pub fn written(&self) -> &[Entry] {
        &self.entries[..self.entries.len() - EventType::ALL.len()]
    }

    /// True for a noun that tells of a deed: "raid", "visit", "refusal".
    pub fn is_event(&self, lemma: &str) -> bool {
        self.frames.contains_key(&(self.words.find(lemma), Part::Noun))
    }

    /// What words alone say of the type.
    #[expect(clippy::disallowed_methods, reason = "what is counted does not depend on the order")]
    pub fn evidence(&self) -> &Evidence {
        let count = || Evidence::count(self.written(), self.frames.iter(), |class| self.words.members(class));
        self.evidence.get_or_init(count)
    }

    /// The codebook built into the program.
    ///
    /// # Errors
    /// None in a tested build; a mistake in a file otherwise.
    pub fn embedded() -> Result<Self, Error> {
        Self::of(&built_in(), &[])
    }
}

fn tables<'t>(files: &[(&'t str, &'t str)]) -> Result<Vec<(&'t str, Table<'t>)>, Error> {
    let table = |&(file, text): &(&'t str, &'t str)| {
        let mistake = |(line, message): (usize, String)| {
            Place { file: file.to_owned(), line, entry: None }.error(message, "mend the TOML")
        };
        Ok((file, Table::read(text).map_err(mistake)?))
    };
    files.iter().map(table).collect()
}

/// The built-in files, as the build script left them.
fn built_in() -> Vec<(&'static str, Table<'static>)> {
    let text = include_str!(concat!(env!("OUT_DIR"), "/codebook"));
    table::read_back(text).expect("the build script writes what is read here")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: &str = "diplomats = [\"diplomat\", \"embassy staff\"]\n";

    fn entry(line: &str) -> String {
        format!(
            "type = \"SANCTION\"\n[[entry]]\nid = \"x\"\nverbs = [\"expel\"]\nexample = \"A.\"\nclaim = \"? -> ?\"\n{line}\n"
        )
    }

    fn error(files: &[(&str, &str)]) -> String {
        Codebook::read(files).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_class_is_named_with_its_file_its_line_and_the_nearest_one() {
        let text = entry("object = [\"@diplomat\"]");
        let message = error(&[("classes.toml", CLASSES), ("sanction.toml", &text)]);
        assert!(message.contains("sanction.toml:2") && message.contains("sanction.x"), "{message}");
        assert!(message.contains("did you mean `diplomats`?"), "{message}");
    }

    #[test]
    fn a_class_among_the_triggers_stands_for_its_words_and_must_be_known() {
        let text = |class: &str| {
            format!(
                "type = \"AID\"\n[[entry]]\nid = \"x\"\nverbs = [\"@{class}\"]\nexample = \"A.\"\nclaim = \"? -> ?\"\n"
            )
        };
        let classes = "gifts = [\"give\", \"hand over\"]\n";
        let book = Codebook::read(&[("classes.toml", classes), ("aid.toml", &text("gifts"))]).unwrap();
        let verb = |lemma: &str| book.frames.contains_key(&(book.words.find(lemma), Part::Verb));
        assert!(verb("give") && verb("hand") && !verb("take"));
        let message = error(&[("classes.toml", classes), ("aid.toml", &text("gift"))]);
        assert!(message.contains("did you mean `gifts`?"), "{message}");
    }

    #[test]
    fn an_unknown_mode_type_key_and_a_doubled_id_are_told() {
        assert!(error(&[("a.toml", &entry("mode = \"expell\""))]).contains("did you mean `expel`?"));
        assert!(error(&[("a.toml", "type = \"SANCTON\"")]).contains("did you mean `SANCTION`?"));
        assert!(error(&[("a.toml", &entry("objct = []"))]).contains("did you mean `object`?"));
        let twice = entry("") + "[[entry]]\nid = \"x\"\nverbs = [\"oust\"]\nexample = \"A.\"\nclaim = \"? -> ?\"\n";
        assert!(error(&[("a.toml", &twice)]).contains("two entries with the id"));
    }

    #[test]
    fn a_class_that_holds_itself_is_told() {
        let message = error(&[("classes.toml", "a = [\"@b\"]\nb = [\"@a\"]\n")]);
        assert!(message.contains("holds itself"), "{message}");
    }

    #[test]
    fn the_built_in_tables_are_those_of_the_files() {
        assert!(tables(demarche_data::CODEBOOK).unwrap() == built_in());
    }

    #[test]
    fn the_built_in_codebook_has_no_mistakes() {
        let book = Codebook::embedded().unwrap_or_else(|error| panic!("{error}"));
        assert!(book.written().iter().all(|entry| !entry.example.is_empty()));
    }

    #[test]
    fn an_entry_without_words_can_never_match() {
        let text = "type = \"AID\"\n[[entry]]\nid = \"x\"\nexample = \"A.\"\nclaim = \"? -> ?\"\n";
        assert!(error(&[("a.toml", text)]).contains("never match"));
    }
}
