//! Names out of GUM's entities: of every mention whose head is a proper noun, the part that is the name.

use demarche_core::EntityKind;

use crate::{
    conllu::{Tree, Word},
    names::{Example, allowed},
};

/// Words before a person's name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "president",
    "prime",
    "minister",
    "secretary",
    "general",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "sheikh",
    "judge",
    "justice",
    "chief",
    "mayor",
    "captain",
    "colonel",
    "lieutenant",
    "sergeant",
    "major",
    "sir",
    "lord",
    "lady",
    "saint",
    "st",
    "bishop",
    "archbishop",
    "cardinal",
    "father",
    "brother",
    "sister",
    "ambassador",
    "chancellor",
    "congressman",
    "congresswoman",
    "congressperson",
    "speaker",
    "director",
    "chairman",
    "chairwoman",
    "emperor",
    "duke",
    "baron",
    "madam",
    "miss",
    "uncle",
    "aunt",
    "commissioner",
    "attorney",
    "vice",
    "deputy",
    "coach",
    "officer",
];

/// Proper nouns that name no entity of ours.
const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "am",
    "pm",
    "bc",
    "ad",
    "ce",
    "bce",
];

fn plain(form: &str) -> String {
    form.trim_end_matches('.').to_lowercase()
}

/// The sentence with its names; `None` where the treebank marks no entities.
pub fn example(tree: &Tree) -> Option<Example> {
    let words = &tree.words;
    if words.iter().all(|w| w.entity.is_empty()) {
        return None;
    }
    let mut tags = vec![None; words.len()];
    let mut spans: Vec<(usize, usize, &str)> =
        mentions(words).into_iter().filter_map(|m| name(words, m).map(|(s, e)| (s, e, m.2))).collect();
    // Longest first, so that a name within a name gives way.
    spans.sort_by_key(|&(s, e, _)| (std::cmp::Reverse(e - s), s));
    for (start, end, kind) in spans {
        if tags[start..end].iter().any(Option::is_some) {
            continue;
        }
        let kinds: &[EntityKind] = match kind {
            // "Americans", "Muslims": a people, not a person.
            "person" if end - start == 1 && words[start].xpos.as_str() == "NNPS" => &[EntityKind::Norp],
            "person" => &[EntityKind::Per],
            "organization" => &[EntityKind::Org],
            "place" => &[EntityKind::Gpe, EntityKind::Loc],
            "time" => &[],
            _ => &[EntityKind::Misc],
        };
        for (i, tag) in tags[start..end].iter_mut().enumerate() {
            *tag = Some(if kinds.is_empty() { 1 } else { allowed(kinds, i == 0) });
        }
    }
    let tag = |(i, word): (usize, &Word)| {
        tags[i].unwrap_or_else(|| {
            let form = plain(&word.form);
            let doubtful = match word.xpos.as_str() {
                "NNP" | "NNPS" => !TITLES.contains(&form.as_str()) && !TIMES.contains(&form.as_str()),
                "JJ" => i > 0 && word.form.starts_with(char::is_uppercase),
                _ => false,
            };
            u32::from(!doubtful)
        })
    };
    let allowed = words.iter().enumerate().map(tag).collect();
    Some(Example { forms: words.iter().map(|w| w.form.clone()).collect(), allowed })
}

/// First word, end and type of every mention.
fn mentions(words: &[Word]) -> Vec<(usize, usize, &str)> {
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut out = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let mut rest = word.entity.as_str();
        while !rest.is_empty() {
            if let Some(body) = rest.strip_prefix('(') {
                let end = body.find(['(', ')']).unwrap_or(body.len());
                let mut parts = body[..end].split('-');
                let (group, kind) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                rest = &body[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    out.push((i, i + 1, kind));
                    rest = after;
                } else {
                    open.push((group, kind, i));
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                let group = &rest[..end];
                rest = rest[end..].strip_prefix(')').unwrap_or("");
                if let Some(at) = open.iter().rposition(|o| o.0 == group) {
                    let (_, kind, start) = open.remove(at);
                    out.push((start, i + 1, kind));
                }
            }
        }
    }
    out
}

/// The part of a mention that is a name, if its head is a proper noun.
fn name(words: &[Word], (start, end, kind): (usize, usize, &str)) -> Option<(usize, usize)> {
    let outside = |i: &usize| words[*i].head == 0 || !(start..end).contains(&(words[*i].head - 1));
    let head = (start..end).find(outside)?;
    let proper = |i: usize| i < end && i >= start && matches!(words[i].xpos.as_str(), "NNP" | "NNPS");
    if !proper(head) {
        return None;
    }
    let hyphen = |i: usize| words[i].form == "-";
    let (mut first, mut last) = (head, head + 1);
    while first > start {
        if proper(first - 1) {
            first -= 1;
        } else if first >= start + 2 && hyphen(first - 1) && proper(first - 2) {
            first -= 2;
        } else {
            break;
        }
    }
    while last < end {
        let link = matches!(words[last].form.as_str(), "of" | "for" | "de" | "&" | "on") && kind != "person";
        if proper(last) {
            last += 1;
        } else if hyphen(last) && proper(last + 1) || link && proper(last + 1) {
            last += 2;
        } else if link && last + 2 < end && words[last + 1].form == "the" && proper(last + 2) {
            last += 3;
        } else if words[last].xpos.as_str() == "CD" && matches!(kind, "object" | "event") {
            last += 1;
        } else {
            break;
        }
    }
    if kind == "person" {
        while first < last && TITLES.contains(&plain(&words[first].form).as_str()) {
            first += 1;
        }
    }
    (first < last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_core::{Relation, Upos, Xpos};

    fn word(form: &str, xpos: &str, head: usize, entity: &str) -> Word {
        Word {
            form: form.into(),
            lemma: "_".into(),
            upos: Upos::X,
            xpos: Xpos::from_name(xpos),
            head,
            relation: Relation::Dep,
            entity: entity.into(),
        }
    }

    #[test]
    fn a_title_is_no_part_of_a_name_and_a_longer_name_wins() {
        let words = vec![
            word("President", "NNP", 2, "(1-person-new-x-cf1-2-sgl"),
            word("Varga", "NNP", 3, "1)"),
            word("left", "VBD", 0, ""),
            word("the", "DT", 5, "(2-organization-new-x-cf1-2-sgl"),
            word("University", "NNP", 3, ""),
            word("of", "IN", 7, ""),
            word("Turku", "NNP", 5, "(3-place-new-x-cf1-1-sgl)2)"),
        ];
        let tree = Tree { words, ..Tree::default() };
        let org = |first| allowed(&[EntityKind::Org], first);
        let expected = vec![1, allowed(&[EntityKind::Per], true), 1, 1, org(true), org(false), org(false)];
        assert_eq!(example(&tree).unwrap().allowed, expected);
    }
}
