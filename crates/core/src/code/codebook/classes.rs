//! Word classes: `classes.toml`.

use std::{borrow::Cow, collections::BTreeMap};

use super::{entries::texts, nearest::did_you_mean, table::Table};
use crate::error::{Error, Place};

/// The words of a class as they stand, and where it stands.
pub(super) type RawClass<'a, 't> = (Vec<&'a Cow<'t, str>>, Place);

pub(super) fn is_classes(file: &str) -> bool {
    file.ends_with("classes.toml")
}

pub(super) fn read_classes<'a, 't>(
    file: &str,
    table: &'a Table<'t>,
    classes: &mut BTreeMap<&'a str, RawClass<'a, 't>>,
) -> Result<(), Error> {
    for field in &table.fields {
        let place = Place { file: file.to_owned(), line: field.line, entry: None }.in_entry(&field.key);
        let list = texts(field, &place)?;
        classes.entry(&field.key).or_insert_with(|| (Vec::new(), place)).0.extend(list);
    }
    Ok(())
}

/// All words of a class, those of the classes in it included.
pub(super) fn expand<'a>(
    name: &'a str,
    classes: &BTreeMap<&'a str, RawClass<'a, '_>>,
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
                let Some((inner, _)) = classes.get_key_value(inner) else {
                    let names: Vec<&str> = classes.keys().copied().collect();
                    return Err(place.error(format!("unknown class `@{inner}`"), did_you_mean(inner, &names)));
                };
                expand(inner, classes, path, out)?;
            }
        }
    }
    path.pop();
    Ok(())
}
