//! The codebook as a whole: entries can fire, and their examples come out as they say.

use demarche_core::{
    code::{Codebook, Coder, checks},
    parse,
};

#[test]
fn every_built_in_entry_can_fire_and_shows_an_example() {
    let book = &Coder::embedded().book;
    assert_eq!(checks::never_fire(book), []);
    assert!(book.written().iter().all(|entry| !entry.example.is_empty() && !entry.claim.is_empty()));
}

/// Examples of built-in entries that come out otherwise: this number only falls.
const MOST: usize = 25;

#[test]
fn examples_come_out_as_they_say_but_for_those_that_the_parser_misreads() {
    let coder = Coder::embedded();
    let wrong =
        coder.book.written().iter().filter(|entry| checks::example(coder, entry, parse(&entry.example)).is_some());
    let wrong = wrong.count();
    assert!(wrong <= MOST, "{wrong} of the examples come out otherwise; `demarche codebook check` shows them");
}

#[test]
fn a_user_s_entry_goes_before_a_built_in_one() {
    let own = "type = \"AID\"\n[[entry]]\nid = \"mine\"\nverbs = [\"zorble\"]\n";
    let coder = Coder::with_codebook(&[("mine.toml", own)], demarche_core::world::World::embedded()).unwrap();
    assert_eq!(coder.book.entries[0].id, "aid.mine");
}

#[test]
fn an_entry_that_another_hides_is_told_with_its_line() {
    let entry = |id: &str| format!("[[entry]]\nid = \"{id}\"\nverbs = [\"zorble\"]\n");
    let own = format!("type = \"AID\"\n{}{}", entry("one"), entry("two"));
    let result = Coder::with_codebook(&[("mine.toml", &own)], demarche_core::world::World::embedded());
    let message = result.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("mine.toml:5 (aid.two): an entry that can never match"), "{message}");
}

#[test]
fn a_copy_of_the_built_in_codebook_is_the_built_in_codebook() {
    let book = &Coder::embedded().book;
    let copy = Codebook::with(demarche_data::CODEBOOK).unwrap();
    let ids = |book: &Codebook| book.entries.iter().map(|entry| (entry.id.clone(), entry.breadth)).collect::<Vec<_>>();
    assert_eq!(ids(&copy), ids(book));
}

#[test]
fn an_entry_and_a_class_of_a_user_take_the_place_of_their_namesakes() {
    let built_in = &Coder::embedded().book;
    let first = &built_in.entries[0];
    let (kind, id) = first.id.split_once('.').unwrap();
    let entry = format!("type = \"{}\"\n[[entry]]\nid = \"{id}\"\nverbs = [\"zorble\"]\n", kind.to_uppercase());
    let with = |classes: &str| Codebook::with(&[("mine.toml", &entry), ("my-classes.toml", classes)]).unwrap();
    let size = |book: &Codebook| book.words.members(book.classes["diplomats"]).len();
    let replaced = with("diplomats = [\"zorbler\"]\n");
    assert_eq!(replaced.entries.len(), built_in.entries.len());
    assert!(replaced.entries.iter().any(|entry| entry.id == first.id && entry.place.file == "mine.toml"));
    assert_eq!(size(&replaced), 1);
    let more = with("diplomats = [\"@diplomats\", \"zorbler\"]\n");
    assert_eq!(size(&more), size(built_in) + 1);
}
