//! Parties as people ask for them: a code, a name, a people or a seat of government.

use super::{By, EntityClass, World, table::edits};

impl World {
    /// Code or tag of the party that is called so: "IND", "India", "Indian", "New Delhi", "Hamas". Whatever its case,
    /// unless the name is a word otherwise ("US").
    pub fn party(&self, name: &str) -> Option<&str> {
        let name = name.trim();
        let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
        if let Some(code) = self.find_code(&name.to_uppercase()) {
            return Some(self.code(code));
        }
        let capital = name.chars().all(|c| !c.is_lowercase());
        let rank = |by: By, class: EntityClass| match (class, by) {
            (EntityClass::Country, By::Name) => Some(0),
            (EntityClass::Country, By::Demonym | By::Capital) => Some(1),
            (EntityClass::Organization, By::Name) => Some(2),
            _ => None,
        };
        let fits = self.names.get(name).filter(|alias| capital || !alias.caps);
        let ranked = fits.filter_map(|alias| {
            let known = &self.known[alias.entity as usize];
            Some((rank(alias.by, known.class)?, self.code(known.country)))
        });
        ranked.min().map(|(_, code)| code)
    }

    /// Names of states and organisations that are written almost like this one, each with its code; the nearest first.
    pub fn parties_like(&self, name: &str) -> Vec<(&str, &str)> {
        let wanted = name.to_lowercase();
        let most = wanted.chars().count().div_ceil(3).min(3);
        let parties = self.known.iter().filter(|known| {
            matches!(known.class, EntityClass::Country | EntityClass::Organization)
                && known.name.len().abs_diff(wanted.len()) <= 2 * most
        });
        let mut near: Vec<(usize, &str, &str)> = parties
            .map(|known| (edits(&wanted, &known.name.to_lowercase()), &*known.name, self.code(known.country)))
            .filter(|&(edits, ..)| edits <= most)
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(3).map(|(_, name, code)| (name, code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_known_by_code_name_people_and_capital() {
        let world = World::embedded();
        for name in ["PAK", "pak", "Pakistan", "pakistan", "Pakistani", "Islamabad"] {
            assert_eq!(world.party(name), Some("PAK"), "{name}");
        }
        assert_eq!(world.party("the United States"), Some("USA"));
        assert_eq!(world.party("US"), Some("USA"));
        assert_eq!(world.party("Hamas"), Some("HAMAS"));
        assert_eq!(world.party("Ruritania"), None);
        assert_eq!(world.parties_like("Pakistna")[0], ("Pakistan", "PAK"));
        assert_eq!(world.parties_like("Indai")[0], ("India", "IND"));
        assert!(world.parties_like("Xyzzyxyzzy").is_empty());
    }
}
