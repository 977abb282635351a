//! Word classes: `classes.toml`.

use std::collections::BTreeMap;

use super::{
    entries::{parse, strings},
    nearest::did_you_mean,
};
use crate::error::{Error, Lines, Place};

pub(super) type RawClass = (Vec<String>, Place);

pub(super) fn is_classes(file: &str) -> bool {
    file.ends_with("classes.toml")
}

pub(super) fn read_classes(file: &str, text: &str, classes: &mut BTreeMap<String, RawClass>) -> Result<(), Error> {
    let table = parse(file, text)?;
    let lines = Lines::of(file, text);
    for (name, value) in &table {
        let place = lines.at(value.span().start).in_entry(name.get_ref());
        let list = strings(value, || place.clone())?;
        let class = classes.entry(name.get_ref().to_string()).or_insert_with(|| (Vec::new(), place));
        class.0.extend(list);
    }
    Ok(())
}

/// All words of a class, those of the classes in it included.
pub(super) fn expand<'c>(
    name: &'c str,
    classes: &'c BTreeMap<String, RawClass>,
    path: &mut Vec<&'c str>,
    out: &mut Vec<String>,
) -> Result<(), Error> {
    let (members, place) = &classes[name];
    if path.contains(&name) {
        return Err(place.error(format!("class `@{name}` holds itself: {}", path.join(" > ")), "break the circle"));
    }
    path.push(name);
    for member in members {
        match member.strip_prefix('@') {
            None => out.push(member.clone()),
            Some(inner) => {
                let Some((inner, _)) = classes.get_key_value(inner) else {
                    let names: Vec<&str> = classes.keys().map(String::as_str).collect();
                    return Err(place.error(format!("unknown class `@{inner}`"), did_you_mean(inner, &names)));
                };
                expand(inner, classes, path, out)?;
            }
        }
    }
    path.pop();
    Ok(())
}
