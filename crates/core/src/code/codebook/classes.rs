//! Word classes: `classes.toml`.

use std::{borrow::Cow, collections::BTreeMap};

use super::{entries::texts, nearest::did_you_mean, table::Table};
use crate::error::{Error, Place};

/// The words of a class as they stand, and where it stands.
pub(super) type RawClass<'a, 't> = (Vec<&'a Cow<'t, str>>, Place);

/// The classes of all files by their names.
pub(super) type RawClasses<'a, 't> = BTreeMap<&'a str, RawClass<'a, 't>>;

pub(super) fn is_classes(file: &str) -> bool {
    file.ends_with("classes.toml")
}

/// The classes of all files that hold any; those of one name are one.
pub(super) fn read_classes<'a, 't>(files: &'a [(&str, Table<'t>)]) -> Result<RawClasses<'a, 't>, Error> {
    let mut classes: RawClasses = BTreeMap::new();
    for (file, table) in files.iter().filter(|(file, _)| is_classes(file)) {
        for field in &table.fields {
            let place = Place { file: (*file).to_owned(), line: field.line, entry: None }.in_entry(&field.key);
            let list = texts(field, &place)?;
            classes.entry(&field.key).or_insert_with(|| (Vec::new(), place)).0.extend(list);
        }
    }
    Ok(classes)
}

/// Adds the classes that have no namesake. Where a class names itself, it means its namesake among those that give way.
pub(super) fn give_way<'a, 't>(own: &mut RawClasses<'a, 't>, behind: RawClasses<'a, 't>) {
    for (name, (members, place)) in behind {
        let Some((words, _)) = own.get_mut(name) else {
            own.insert(name, (members, place));
            continue;
        };
        let itself = |word: &&Cow<str>| word.strip_prefix('@') == Some(name);
        if words.iter().any(itself) {
            words.retain(|word| !itself(word));
            words.extend(members);
        }
    }
}

/// The class of this name, as the table of classes holds it.
pub(super) fn known_class<'a>(name: &str, classes: &RawClasses<'a, '_>, place: &Place) -> Result<&'a str, Error> {
    classes.get_key_value(name).map(|(name, _)| *name).ok_or_else(|| {
        let names: Vec<&str> = classes.keys().copied().collect();
        place.error(format!("unknown class `@{name}`"), did_you_mean(name, &names))
    })
}

/// All words of a class, those of the classes in it included.
pub(super) fn expand<'a>(
    name: &'a str,
    classes: &RawClasses<'a, '_>,
    path: &mut Vec<&'a str>,
    out: &mut Vec<&'a str>,
) -> Result<(), Error> {
    let (members, place) = &classes[name];
    if path.contains(&name) {
        return Err(place.error(format!("class `@{name}` holds itself: {}", path.join(" > ")), "break the circle"));
    }
    path.push(name);
    for member in members {
        match member.strip_prefix('@') {
            None => out.push(member),
            Some(inner) => {
                expand(known_class(inner, classes, place)?, classes, path, out)?;
            }
        }
    }
    path.pop();
    Ok(())
}
