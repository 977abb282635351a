//! English names of countries, for formats that write names and not codes.

use std::{collections::BTreeMap, sync::LazyLock};

static NAMES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let pair = |row: &'static str| {
        let mut cells = row.split(',');
        Some((cells.next()?, cells.next()?))
    };
    rows().filter_map(pair).collect()
});

fn rows() -> impl Iterator<Item = &'static str> {
    let file =
        demarche_data::WORLD.iter().find(|(name, _)| *name == "countries.csv").map_or("", |(_, content)| content);
    file.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// The name of a code; a tag of an organisation is its own name.
pub fn name(code: &str) -> &str {
    NAMES.get(code).copied().unwrap_or(code)
}

/// Codes by all names in small letters, as the files of others spell them.
static CODES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let mut out: BTreeMap<String, &str> = BTreeMap::new();
    for row in rows() {
        let mut cells = row.split(',');
        let (Some(code), Some(name), _, aliases) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        for alias in std::iter::once(name).chain(aliases.unwrap_or_default().split('|')).filter(|name| !name.is_empty())
        {
            out.entry(alias.to_lowercase()).or_insert(code);
        }
    }
    out
});

/// The code of a name.
pub fn code(name: &str) -> Option<&'static str> {
    CODES.get(&name.to_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_and_names_lead_to_each_other() {
        assert_eq!(super::name("DZA"), "Algeria");
        assert_eq!(super::code("algeria"), Some("DZA"));
        assert_eq!(super::code("Republic of Albania"), Some("ALB"));
        assert_eq!(super::name("HAMAS"), "HAMAS");
    }
}
