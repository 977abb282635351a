//! The codebook as a whole: entries can fire, and their examples come out as they say.

use demarche_core::{
    code::{Coder, checks},
    parse,
};

#[test]
fn every_built_in_entry_can_fire_and_shows_an_example() {
    let book = &Coder::embedded().book;
    assert_eq!(checks::never_fire(book), []);
    assert!(book.entries.iter().all(|entry| !entry.example.is_empty() && !entry.claim.is_empty()));
}

/// Examples of built-in entries that come out otherwise: this number only falls.
const MOST: usize = 54;

#[test]
fn examples_come_out_as_they_say_but_for_those_that_the_parser_misreads() {
    let coder = Coder::embedded();
    let wrong =
        coder.book.entries.iter().filter(|entry| checks::example(coder, entry, parse(&entry.example)).is_some());
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
