//! What the world's tables and the words beside a name settle: a state is a state, whatever the network took it for.

use std::{collections::HashSet, sync::LazyLock};

use super::known::{BODY, FAMILY, GIVEN, PEOPLE, STATE, known};
use crate::{Entity, EntityKind, Sentence, Upos};

/// Lists of `crates/data/text/names.toml`.
struct Words {
    common: HashSet<String>,
    fields: HashSet<String>,
    bodies: HashSet<String>,
    sides: HashSet<String>,
    lands: HashSet<String>,
    grounds: HashSet<String>,
    callings: HashSet<String>,
    ranks: HashSet<String>,
    peoples: HashSet<String>,
    venues: HashSet<String>,
    before_names: HashSet<String>,
    calendar: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table: toml::Table = demarche_data::NAMES.parse().unwrap_or_default();
    let list = |key: &str| -> HashSet<String> {
        let text = table.get(key).and_then(toml::Value::as_str).unwrap_or("");
        text.split_whitespace().map(str::to_owned).collect()
    };
    Words {
        common: list("common"),
        fields: list("fields"),
        bodies: list("bodies"),
        sides: list("sides"),
        lands: list("lands"),
        grounds: list("grounds"),
        callings: list("callings"),
        ranks: list("ranks"),
        peoples: list("peoples"),
        venues: list("venues"),
        before_names: list("before_names"),
        calendar: list("calendar"),
    }
});

/// True for a word that stands before a name: "President", "General".
pub(super) fn begins_a_name(form: &str) -> bool {
    WORDS.before_names.contains(&form.to_lowercase())
}

/// True for a word that ends the name of a body where people meet: "Council", "Nations".
pub(super) fn ends_a_body(form: &str) -> bool {
    WORDS.venues.contains(&form.to_lowercase())
}

/// True for a word that is no place by itself, though a town may be called so: "South", "Province", "August".
pub(super) fn is_ground(form: &str) -> bool {
    let form = form.to_lowercase();
    WORDS.grounds.contains(&form) || WORDS.calendar.contains(&form)
}

/// Mends the kinds and ends of the names of a sentence.
pub fn names(text: &str, sentence: &mut Sentence) {
    let mut entities = std::mem::take(&mut sentence.entities);
    let shouted = entities.iter().any(|entity| entity.kind == EntityKind::Per) && is_shouted(text, sentence);
    for entity in &mut entities {
        trim(text, sentence, entity);
        if entity.kind == EntityKind::Per {
            drop_ranks(text, sentence, entity);
            hyphenated(text, sentence, entity);
            if !shouted && is_acronym(text, sentence, entity) {
                entity.kind = EntityKind::Org;
            }
        }
        go_on(text, sentence, entity);
        if is_people(text, sentence, entity) {
            entity.kind = EntityKind::Norp;
            continue;
        }
        if entity.last - entity.first == 1 {
            entity.kind = kind(text, sentence, entity);
            continue;
        }
        let last = sentence.form(text, entity.last - 1).to_lowercase();
        entity.kind = match last.as_str() {
            "bank" if WORDS.sides.contains(&sentence.form(text, entity.last - 2).to_lowercase()) => EntityKind::Loc,
            _ => kind_by_end(&last, entity.kind),
        };
        if entity.kind == EntityKind::Org && WORDS.fields.contains(&sentence.form(text, entity.first).to_lowercase()) {
            entity.last = end_of_fields(text, sentence, entity.last);
            entity.span = entity.span.cover(sentence.tokens[entity.last - 1].span);
        }
    }
    lettered(text, sentence, &mut entities);
    let mut end = 0;
    entities.retain(|entity| {
        let list = match entity.kind {
            EntityKind::Org => Some(&WORDS.common),
            EntityKind::Gpe | EntityKind::Loc => Some(&WORDS.grounds),
            EntityKind::Per => Some(&WORDS.callings),
            EntityKind::Norp | EntityKind::Misc => None,
        };
        let forms: Vec<&str> = (entity.first..entity.last).map(|at| sentence.form(text, at)).collect();
        let common = forms.len() < 3 && list.is_some_and(|list| list.contains(&forms.join("_").to_lowercase()));
        // "larvae", "ll": no one person is written so.
        let small = entity.kind == EntityKind::Per && !forms.iter().any(|form| form.contains(char::is_uppercase));
        // "US $5 million": a currency's.
        let money = matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc)
            && sentence.tokens.get(entity.last).is_some_and(|next| matches!(next.span.of(text), "$" | "€" | "£"));
        let inside = entity.first < end;
        end = end.max(entity.last);
        !common && !small && !money && !inside
    });
    sentence.entities = entities;
}

/// Takes "Gen" from the front of "Gen Musa Kesh".
fn drop_ranks(text: &str, sentence: &Sentence, entity: &mut Entity) {
    while entity.last - entity.first > 1 && WORDS.ranks.contains(&sentence.form(text, entity.first).to_lowercase()) {
        entity.first += 1;
        // "Gen. Musa Kesh", where the stop is a word.
        if entity.last - entity.first > 1 && sentence.form(text, entity.first) == "." {
            entity.first += 1;
        }
        entity.span = sentence.tokens[entity.first].span.cover(sentence.tokens[entity.last - 1].span);
    }
}

/// Takes the article from the front of a name and an apostrophe from its end: "the Philippines", "Putin’".
fn trim(text: &str, sentence: &Sentence, entity: &mut Entity) {
    let one = |entity: &Entity| entity.last - entity.first < 2;
    while !one(entity) && sentence.form(text, entity.first) == "the" {
        entity.first += 1;
    }
    while !one(entity) && matches!(sentence.form(text, entity.last - 1), "’" | "'" | "," | "-") {
        entity.last -= 1;
    }
    entity.span = sentence.tokens[entity.first].span.cover(sentence.tokens[entity.last - 1].span);
}

/// Takes the other half of a person's name with a hyphen: "Al-Shammari", "Mangal-Joly".
fn hyphenated(text: &str, sentence: &Sentence, entity: &mut Entity) {
    let form = |at: usize| sentence.tokens.get(at).map_or("", |token| token.span.of(text));
    while form(entity.last) == "-"
        && form(entity.last + 1).starts_with(char::is_uppercase)
        && sentence.tokens[entity.last + 1].upos == Upos::Propn
    {
        entity.last += 2;
        entity.span = entity.span.cover(sentence.tokens[entity.last - 1].span);
    }
}

/// Takes the word that ends such names: "Okinawa" of "Okinawa Prefecture", "Tarn Management" of "Tarn Management Partners".
fn go_on(text: &str, sentence: &Sentence, entity: &mut Entity) {
    let Some(next) = sentence.tokens.get(entity.last) else { return };
    let form = next.span.of(text);
    let ends = match entity.kind {
        EntityKind::Gpe | EntityKind::Loc => &WORDS.lands,
        EntityKind::Org => &WORDS.bodies,
        _ => return,
    };
    if form.starts_with(char::is_uppercase)
        && matches!(next.xpos.as_str(), "NNP" | "NNPS")
        && ends.contains(&form.to_lowercase())
    {
        entity.last += 1;
        entity.span = entity.span.cover(next.span);
    }
}

/// True for a sentence most of whose words are in capitals: a headline.
fn is_shouted(text: &str, sentence: &Sentence) -> bool {
    let words = || sentence.tokens.iter().map(|token| token.span.of(text)).filter(|form| form.len() > 3);
    let loud = words().filter(|form| !form.contains(char::is_lowercase)).count();
    2 * loud > words().count()
}

/// True for three letters or more in capitals that are no known name of a person: "DSAWHU".
fn is_acronym(text: &str, sentence: &Sentence, entity: &Entity) -> bool {
    let form = sentence.form(text, entity.first);
    entity.last - entity.first == 1
        && (3..=8).contains(&form.len())
        && form.bytes().all(|b| b.is_ascii_uppercase())
        && known(form).kinds & (GIVEN | FAMILY) == 0
}

/// True for a people that has no state: "the Rohingya", "First Nations".
fn is_people(text: &str, sentence: &Sentence, entity: &Entity) -> bool {
    let form = |at: usize| sentence.form(text, at).to_lowercase();
    match entity.last - entity.first {
        1 => WORDS.peoples.contains(&form(entity.first)),
        2 => WORDS.peoples.contains(&format!("{}_{}", form(entity.first), form(entity.first + 1))),
        _ => false,
    }
}

/// Makes one name of a state's or body's letters that were written apart: "U. S.", "U . N .".
fn lettered(text: &str, sentence: &Sentence, entities: &mut Vec<Entity>) {
    let form = |at: usize| sentence.tokens.get(at).map_or("", |token| token.span.of(text));
    let letter = |at: usize| {
        let mut chars = form(at).chars();
        matches!((chars.next(), chars.next(), chars.next()), (Some('A'..='Z'), None | Some('.'), None))
    };
    let mut at = 0;
    while at < sentence.tokens.len() {
        let first = at;
        let (mut last, mut name) = (at, String::new());
        while letter(last) {
            let stop = usize::from(form(last).len() == 1);
            if stop == 1 && form(last + 1) != "." {
                break;
            }
            name.push_str(&form(last)[..1]);
            name.push('.');
            last += 1 + stop;
        }
        at = last.max(first + 1);
        if name.is_empty() {
            continue;
        }
        // "U.S." is the state and what belongs to it.
        let kind = match known(&name).kinds & !PEOPLE {
            STATE => EntityKind::Gpe,
            BODY => EntityKind::Org,
            _ => continue,
        };
        if name.len() < 4 || last - first < 2 {
            continue;
        }
        entities.retain(|entity| entity.last <= first || entity.first >= last);
        let place = entities.iter().position(|entity| entity.first >= last).unwrap_or(entities.len());
        let span = sentence.tokens[first].span.cover(sentence.tokens[last - 1].span);
        entities.insert(place, Entity { span, first, last, kind });
    }
}

/// The kind of a name of one word, by what the tables know of the word; where they know it in two ways, as the network
/// has it.
fn kind(text: &str, sentence: &Sentence, entity: &Entity) -> EntityKind {
    use EntityKind::{Gpe, Loc, Misc, Norp, Org, Per};
    let kinds = known(sentence.form(text, entity.first)).kinds;
    match (entity.kind, kinds) {
        (Norp | Misc, _) => entity.kind,
        (Org | Per, STATE) => Gpe,
        (Org, _) if kinds == STATE | PEOPLE => Gpe,
        (_, PEOPLE) => Norp,
        (_, BODY) => Org,
        // "Muslims", "Tuaregs": a plural is no one person.
        (Per, _) if sentence.tokens[entity.first].xpos.as_str() == "NNPS" && kinds & (GIVEN | FAMILY) == 0 => Norp,
        (Org | Per | Gpe | Loc, _) => entity.kind,
    }
}

/// The kind of a name of several words, by the last of them.
fn kind_by_end(last: &str, kind: EntityKind) -> EntityKind {
    use EntityKind::{Gpe, Loc, Misc, Org, Per};
    match kind {
        Gpe | Loc | Per if WORDS.bodies.contains(last) => Org,
        Org | Per | Misc if WORDS.lands.contains(last) => Loc,
        _ => kind,
    }
}

/// The end of "Ministry of Gender, Labour and Social Development", whose name was found up to `last`.
fn end_of_fields(text: &str, sentence: &Sentence, last: usize) -> usize {
    let form = |at: usize| sentence.tokens.get(at).map_or("", |token| token.span.of(text));
    let capitals = |mut at: usize| {
        while form(at).starts_with(char::is_uppercase)
            && matches!(sentence.tokens[at].xpos.as_str(), "NNP" | "NNPS" | "NN" | "NNS" | "JJ")
        {
            at += 1;
        }
        at
    };
    let mut at = last;
    loop {
        let link = usize::from(form(at) == ",");
        let and = matches!(form(at + link), "and" | "&");
        let end = capitals(at + link + usize::from(and));
        match (and, link) {
            (true, _) if end > at + link + 1 => return end,
            (false, 1) if end > at + 1 => at = end,
            _ => return last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    fn settled(text: &str, words: &[(&str, &str)], entity: (usize, usize, EntityKind)) -> Vec<(String, EntityKind)> {
        let rows: Vec<(&str, &str, usize, &str)> = words.iter().map(|&(form, upos)| (form, upos, 0, "dep")).collect();
        let mut sentence = testing::sentence(text, &rows);
        let (first, last, kind) = entity;
        let span = sentence.tokens[first].span.cover(sentence.tokens[last - 1].span);
        sentence.entities = vec![Entity { span, first, last, kind }];
        names(text, &mut sentence);
        sentence.entities.iter().map(|entity| (entity.span.of(text).to_owned(), entity.kind)).collect()
    }

    #[test]
    fn tables_settle_states_peoples_and_bodies() {
        use EntityKind::{Gpe, Norp, Org, Per};
        let one = |word: &str, kind| settled(word, &[(word, "PROPN")], (0, 1, kind));
        assert_eq!(one("UAE", Org), [("UAE".to_owned(), Gpe)]);
        assert_eq!(one("Kenyans", Per), [("Kenyans".to_owned(), Norp)]);
        assert_eq!(one("UNESCO", Per), [("UNESCO".to_owned(), Org)]);
        assert_eq!(one("Jordan", Per), [("Jordan".to_owned(), Per)]);
        assert_eq!(one("Ministry", Org), []);
    }

    #[test]
    fn the_last_word_of_a_name_tells_what_it_is() {
        use EntityKind::{Loc, Org, Per};
        let two = |last: &str, kind| {
            let text = format!("Kesh {last}");
            settled(&text, &[("Kesh", "PROPN"), (last, "PROPN")], (0, 2, kind))[0].1
        };
        assert_eq!((two("University", Loc), two("River", Org), two("Varna", Per)), (Org, Loc, Per));
    }

    #[test]
    fn a_rank_is_no_part_of_a_name_and_a_people_is_one() {
        use EntityKind::{Norp, Org, Per};
        let named = |text: &str, kind| {
            let words: Vec<(&str, &str)> = text.split(' ').map(|form| (form, "PROPN")).collect();
            settled(text, &words, (0, words.len(), kind))
        };
        assert_eq!(named("Gen Musa Kesh", Per), [("Musa Kesh".to_owned(), Per)]);
        assert_eq!(named("Rohingya", Org), [("Rohingya".to_owned(), Norp)]);
        assert_eq!(named("First Nations", Org), [("First Nations".to_owned(), Norp)]);
        assert_eq!(named("Kingdom", EntityKind::Gpe), []);
        assert_eq!(named("West Bank", Org), [("West Bank".to_owned(), EntityKind::Loc)]);
    }

    #[test]
    fn letters_written_apart_are_one_state() {
        use EntityKind::{Gpe, Misc};
        let words = [("U", "PROPN"), (".", "PUNCT"), ("S", "PROPN"), (".", "PUNCT"), ("envoys", "NOUN")];
        assert_eq!(settled("U . S . envoys", &words, (0, 1, Misc)), [("U . S .".to_owned(), Gpe)]);
        let words = [("X.", "PROPN"), ("Y.", "PROPN"), ("Varna", "PROPN")];
        assert_eq!(settled("X. Y. Varna", &words, (0, 3, Misc)), [("X. Y. Varna".to_owned(), Misc)]);
    }

    #[test]
    fn names_begin_behind_the_article_and_end_with_their_last_word() {
        use EntityKind::{Gpe, Org, Per};
        let named = |text: &str, entity: (usize, usize, EntityKind)| {
            let words: Vec<(&str, &str)> = text.split(' ').map(|form| (form, "PROPN")).collect();
            settled(text, &words, entity)
        };
        assert_eq!(named("the Tarn Accord", (0, 3, Org)), [("Tarn Accord".to_owned(), Org)]);
        assert_eq!(named("Musa Kesh ’", (0, 3, Per)), [("Musa Kesh".to_owned(), Per)]);
        assert_eq!(named("Al - Kesh", (0, 1, Per)), [("Al - Kesh".to_owned(), Per)]);
        assert_eq!(named("chairs", (0, 1, Per)), []);
        assert_eq!(named("First Lady", (0, 2, Org)), []);
        assert_eq!(named("XQTV staff went home", (0, 1, Per)), [("XQTV".to_owned(), Org)]);
        assert_eq!(named("XQTV WENT HOME", (0, 1, Per)), [("XQTV".to_owned(), Per)]);
        assert_eq!(named("Tarn", (0, 1, Gpe)), [("Tarn".to_owned(), Gpe)]);
    }

    #[test]
    fn a_place_takes_the_word_that_says_what_it_is() {
        let words = [("Tarn", "PROPN"), ("Hills", "PROPN")];
        let mut sentence = testing::sentence("Tarn Hills", &words.map(|(form, upos)| (form, upos, 0, "dep")));
        sentence.tokens[1].xpos = crate::Xpos::from_name("NNPS");
        let span = sentence.tokens[0].span;
        sentence.entities = vec![Entity { span, first: 0, last: 1, kind: EntityKind::Gpe }];
        names("Tarn Hills", &mut sentence);
        assert_eq!(sentence.entities[0].span.of("Tarn Hills"), "Tarn Hills");
    }

    #[test]
    fn a_ministry_has_all_its_fields() {
        let text = "Ministry of Trade, Ports and Rural Roads met";
        let words = [
            ("Ministry", "PROPN"),
            ("of", "ADP"),
            ("Trade", "PROPN"),
            (",", "PUNCT"),
            ("Ports", "PROPN"),
            ("and", "CCONJ"),
            ("Rural", "ADJ"),
            ("Roads", "PROPN"),
            ("met", "VERB"),
        ];
        let whole = "Ministry of Trade, Ports and Rural Roads".to_owned();
        assert_eq!(settled(text, &words, (0, 3, EntityKind::Org)), [(whole, EntityKind::Org)]);
    }
}
