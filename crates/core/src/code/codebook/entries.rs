//! Entries as they stand in a file: read, checked, and put under the words that trigger them.

use std::borrow::Cow;

use super::{
    Codebook, Condition, Entry, Filler, Frame, Need, Role,
    classes::{RawClasses, expand, known_class},
    nearest::did_you_mean,
    table::{Field, Table, Value},
};
use crate::{
    code::words::{PREPOSITIONS, Part, Word, WordMap, is_preposition},
    error::{Error, Place},
    plover::{CONTEXTS, EventType},
};

impl Codebook {
    /// Reads the entries of a file. Those whose id one of the first `own` entries has give way to it.
    pub(super) fn read_entries(
        &mut self,
        file: &str,
        table: &Table,
        classes: &RawClasses,
        ids: &mut WordMap<String, u32>,
        own: u32,
    ) -> Result<(), Error> {
        let at = |line: usize| Place { file: file.to_owned(), line, entry: None };
        let Some(kind) = table.get("type") else {
            return Err(
                at(1).error("no `type`", "put type = \"SANCTION\" or another PLOVER type at the head of the file")
            );
        };
        let name = if let Value::Text(name) = &kind.value { name.as_ref() } else { "" };
        let Some(kind_value) = EventType::from_name(name) else {
            let names: Vec<&str> = EventType::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(at(kind.line).error(format!("unknown type `{name}`"), did_you_mean(name, &names)));
        };
        if let Some(field) = table.fields.iter().find(|field| !matches!(field.key.as_ref(), "type" | "entry")) {
            let hint = "a file holds `type` and [[entry]] tables";
            return Err(at(field.line).error(format!("unknown key `{}`", field.key), hint));
        }
        let entries = match table.get("entry") {
            None => return Ok(()),
            Some(Field { value: Value::Tables(entries), .. }) => entries,
            Some(field) => return Err(at(field.line).error("`entry` is no table", "write [[entry]]")),
        };
        for table in entries {
            self.read_entry(kind_value, &EntryReader { table, place: at(table.line) }, classes, ids, own)?;
        }
        Ok(())
    }

    fn read_entry(
        &mut self,
        kind: EventType,
        reader: &EntryReader,
        classes: &RawClasses,
        ids: &mut WordMap<String, u32>,
        own: u32,
    ) -> Result<(), Error> {
        let id = reader.string("id")?.ok_or_else(|| reader.place.error("an entry without `id`", "give it one"))?;
        let id = format!("{}.{id}", kind.as_str().to_lowercase());
        let index = self.entries.len() as u32;
        if ids.get(&id).is_some_and(|&other| other < own) {
            return Ok(());
        }
        if let Some(other) = ids.insert(id.clone(), index) {
            let place = Place { entry: None, ..self.entries[other as usize].place.clone() };
            let hint = format!("rename one of them; the other is at {place}");
            return Err(reader.place.error(format!("two entries with the id `{id}`"), hint));
        }
        let place = reader.place.clone().in_entry(&id);
        let mode = reader.string("mode")?;
        if let Some(mode) = &mode {
            let modes: Vec<&str> = kind.modes().iter().map(|(name, _)| *name).collect();
            if !modes.contains(&mode.as_str()) {
                return Err(place.error(format!("{kind} has no mode `{mode}`"), did_you_mean(mode, &modes)));
            }
        }
        let contexts: Vec<String> = reader.list("contexts")?.iter().map(ToString::to_string).collect();
        if let Some(wrong) = contexts.iter().find(|context| !CONTEXTS.contains(&context.as_str())) {
            return Err(place.error(format!("unknown context `{wrong}`"), did_you_mean(wrong, CONTEXTS)));
        }
        let mut conditions = Vec::new();
        for Field { key, .. } in &reader.table.fields {
            let key = key.as_ref();
            if is_key(key) {
                continue;
            }
            let (name, forbidden) = key.strip_prefix("not_").map_or((key, false), |name| (name, true));
            let role = match name {
                "object" => Role::Object,
                "subject" => Role::Subject,
                "clause" => Role::Clause,
                name if is_preposition(name) => Role::Preposition(self.words.add(name)),
                _ => {
                    let known: Vec<&str> =
                        KEYS.iter().chain(PREPOSITIONS).chain(&["object", "subject", "clause"]).copied().collect();
                    return Err(place.error(format!("unknown key `{key}`"), did_you_mean(name, &known)));
                }
            };
            let mut fillers = Vec::new();
            for word in reader.list(key)?.iter().flat_map(|word| spellings(word)) {
                fillers.push(self.filler(&word, &place)?);
            }
            let party = fillers.contains(&Filler::Party);
            conditions.push(Condition { role, fillers, forbidden, party });
        }
        let mut needs = Vec::new();
        for need in reader.list("needs")? {
            needs.push(match need.as_ref() {
                "actor" => Need::Actor,
                "recipient" => Need::Recipient,
                "abroad" => Need::Abroad,
                "object" => Need::Object,
                "clause" => Need::Clause,
                "partners" => Need::Partners,
                _ => {
                    let hint = "actor, recipient, abroad, object, clause or partners";
                    return Err(place.error(format!("unknown need `{need}`"), hint));
                }
            });
        }
        let [actor, recipient] = self.default_roles(reader, &place)?;
        let mut any = false;
        for (key, part) in [("verbs", Part::Verb), ("nouns", Part::Noun), ("adjectives", Part::Adjective)] {
            for (text, general) in wordings(reader.list(key)?, classes, &place)? {
                any = true;
                for text in spellings(text) {
                    let (trigger, further) = self.wording(&text, part);
                    let frame = Frame { entry: index, further: further.into_boxed_slice(), general };
                    self.frames.entry((trigger, part)).or_default().push(frame);
                }
            }
        }
        if !any {
            return Err(place.error("an entry that can never match", "give it `verbs`, `nouns` or `adjectives`"));
        }
        let (example, claim) = (reader.string("example")?, reader.string("claim")?);
        if example.is_some() != claim.is_some() {
            return Err(place.error("an `example` without a `claim`, or the other way round", "give both or neither"));
        }
        let breadth = conditions.iter().filter(|condition| !condition.forbidden).flat_map(|one| &one.fillers);
        let breadth = breadth.map(|filler| self.breadth(filler)).sum();
        let entry = Entry {
            kind,
            mode,
            contexts,
            cameo: reader.string("cameo")?,
            conditions,
            needs,
            actor,
            recipient,
            reciprocal: reader.flag("reciprocal")?,
            content: reader.flag("content")?,
            void: reader.flag("void")?,
            example: example.unwrap_or_default(),
            claim: claim.unwrap_or_default(),
            id,
            breadth,
            place,
        };
        self.entries.push(entry);
        Ok(())
    }

    /// Adds the entry of a type that no words lead to.
    pub(super) fn add_weighed(&mut self, kind: EventType) -> Result<(), Error> {
        let table = Table { line: 0, fields: Vec::new() };
        let place = Place { file: "weighed".to_owned(), line: 0, entry: None };
        let reader = EntryReader { table: &table, place: place.clone() };
        let [actor, recipient] = self.default_roles(&reader, &place)?;
        self.entries.push(Entry {
            id: format!("{}.weighed", kind.as_str().to_lowercase()),
            kind,
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            conditions: Vec::new(),
            needs: Vec::new(),
            actor,
            recipient,
            reciprocal: false,
            content: false,
            void: false,
            example: String::new(),
            claim: String::new(),
            breadth: 0,
            place,
        });
        Ok(())
    }

    /// Where actor and recipient stand where an entry does not say it.
    fn default_roles(&mut self, reader: &EntryReader, place: &Place) -> Result<[[Vec<Role>; 2]; 2], Error> {
        let actor =
            self.roles(reader, "actor", &["subject"], &["owner", "by", "modifier", "from", "between"], place)?;
        let recipient = self.roles(
            reader,
            "recipient",
            &["object", "to", "with", "against", "on", "at"],
            &["of", "on", "against", "to", "with", "at", "in"],
            place,
        )?;
        Ok([actor, recipient])
    }

    /// Trigger word and further words of a wording.
    fn wording(&mut self, text: &str, part: Part) -> (Word, Vec<Word>) {
        if part == Part::Noun {
            let phrase = self.words.phrase(text);
            return (phrase.head, phrase.below);
        }
        let mut words: Vec<Word> = text.split_ascii_whitespace().map(|word| self.words.add(word)).collect();
        // The verb stands first; of "on alert", "in talk", "ready" the last word is the predicate, of "up to", "negotiable not"
        // the word before.
        let loose = |word: &&str| is_preposition(word) || matches!(*word, "not" | "no");
        let trailing = text.split_ascii_whitespace().rev().take_while(loose).count();
        let head = match part {
            Part::Verb => 0,
            _ if trailing < words.len() => words.len() - 1 - trailing,
            _ => words.len().saturating_sub(1),
        };
        let head = if words.is_empty() { Word::NONE } else { words.remove(head) };
        (head, words)
    }

    fn filler(&mut self, word: &str, place: &Place) -> Result<Filler, Error> {
        let Some(name) = word.strip_prefix('@') else { return Ok(Filler::Phrase(self.words.phrase(word))) };
        if name == "party" {
            return Ok(Filler::Party);
        }
        self.classes.get(name).map(|&class| Filler::Class(class)).ok_or_else(|| {
            let names: Vec<&str> = self.classes.keys().map(String::as_str).collect();
            place.error(format!("unknown class `@{name}`"), did_you_mean(name, &names))
        })
    }

    fn breadth(&self, filler: &Filler) -> u32 {
        match filler {
            Filler::Phrase(_) => 1,
            Filler::Class(class) => self.class_sizes.get(class.0 as usize).copied().unwrap_or(1),
            Filler::Party => 10_000,
        }
    }

    fn roles(
        &mut self,
        reader: &EntryReader,
        key: &str,
        verb: &[&str],
        noun: &[&str],
        place: &Place,
    ) -> Result<[Vec<Role>; 2], Error> {
        let given = reader.list(key)?;
        let mut read = |names: &[&str]| -> Result<Vec<Role>, Error> {
            let mut roles = Vec::new();
            for &name in names {
                roles.push(match name {
                    "subject" => Role::Subject,
                    "object" => Role::Object,
                    "second-object" => Role::SecondObject,
                    "object-owner" => Role::ObjectOwner,
                    "object-place" => Role::ObjectPlace,
                    "owner" => Role::Owner,
                    "modifier" => Role::Modifier,
                    "clause-subject" => Role::ClauseSubject,
                    "clause-object" => Role::ClauseObject,
                    "crisis" => Role::Crisis,
                    "victims" => Role::Victims,
                    "none" => continue,
                    name if is_preposition(name) => Role::Preposition(self.words.add(name)),
                    _ => {
                        let known = [
                            "subject",
                            "object",
                            "second-object",
                            "object-owner",
                            "object-place",
                            "owner",
                            "modifier",
                            "clause-subject",
                            "clause-object",
                            "none",
                        ];
                        return Err(place.error(format!("`{key}`: unknown place `{name}`"), did_you_mean(name, &known)));
                    }
                });
            }
            Ok(roles)
        };
        if reader.table.get(key).is_some() {
            let given: Vec<&str> = given.iter().map(AsRef::as_ref).collect();
            let roles = read(&given)?;
            // What is said of verbs holds for the nouns of the same entry: their subject is an owner or a "by".
            let mut for_nouns = roles.clone();
            if key == "actor" && roles.contains(&Role::Subject) {
                for_nouns.extend(read(noun)?);
            }
            if key == "recipient" && roles.contains(&Role::Object) {
                for_nouns.extend(read(noun)?);
            }
            return Ok([roles, for_nouns]);
        }
        Ok([read(verb)?, read(noun)?])
    }
}

/// The words that trigger an entry, those of its classes in place of these; with each whether it is one of a class.
fn wordings<'a>(listed: &'a [Cow<str>], classes: &'a RawClasses, place: &Place) -> Result<Vec<(&'a str, bool)>, Error> {
    let mut out: Vec<(&str, bool)> = Vec::new();
    for text in listed {
        let Some(name) = text.strip_prefix('@') else {
            out.push((text, false));
            continue;
        };
        let mut words = Vec::new();
        expand(known_class(name, classes, place)?, classes, &mut Vec::new(), &mut words)?;
        out.extend(words.into_iter().map(|word| (word, true)));
    }
    if out.iter().any(|(text, _)| text.trim().is_empty()) {
        return Err(place.error("an empty word", "delete it"));
    }
    Ok(out)
}

/// A phrase as written and, where it has a hyphen, cut there as Universal Dependencies cuts words.
pub(super) fn spellings(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let text = text.trim_ascii();
    let cut = text.bytes().any(|byte| byte == b'-') && !text.starts_with('@');
    std::iter::once(Cow::Borrowed(text)).chain(cut.then(|| Cow::Owned(text.replace('-', " "))))
}

macro_rules! keys {
    ($($key:literal)*) => {
        /// Keys of an entry that are no conditions.
        const KEYS: &[&str] = &[$($key),*];

        fn is_key(key: &str) -> bool {
            matches!(key, $($key)|*)
        }
    };
}

keys! {
    "id" "mode" "cameo" "contexts" "verbs" "nouns" "adjectives" "needs" "actor" "recipient" "reciprocal"
    "content" "void" "content_modality" "example" "claim" "note"
}

/// The words of a list.
pub(super) fn texts<'a, 't>(field: &'a Field<'t>, place: &Place) -> Result<&'a [Cow<'t, str>], Error> {
    let Value::Texts(list) = &field.value else {
        let place = Place { line: field.line, ..place.clone() };
        return Err(place.error("a list of words is wanted", "write [\"one\", \"two\"]"));
    };
    Ok(list)
}

struct EntryReader<'a, 't> {
    table: &'a Table<'t>,
    place: Place,
}

impl<'a, 't> EntryReader<'a, 't> {
    fn at(&self, field: &Field) -> Place {
        Place { line: field.line, ..self.place.clone() }
    }

    fn string(&self, key: &str) -> Result<Option<String>, Error> {
        self.table.get(key).map_or(Ok(None), |field| match &field.value {
            Value::Text(text) => Ok(Some(text.to_string())),
            _ => Err(self.at(field).error(format!("`{key}` is no text"), "put it in quotes")),
        })
    }

    fn list(&self, key: &str) -> Result<&'a [Cow<'t, str>], Error> {
        self.table.get(key).map_or(Ok(&[]), |field| texts(field, &self.place))
    }

    fn flag(&self, key: &str) -> Result<bool, Error> {
        self.table.get(key).map_or(Ok(false), |field| match field.value {
            Value::Flag(flag) => Ok(flag),
            _ => Err(self.at(field).error(format!("`{key}` is neither true nor false"), "write true")),
        })
    }
}
