//! What is learnt from marked stories: it adds to the codebook, says so, and gives way to a user's own entries.

use std::{collections::BTreeSet, fs, path::Path};

use demarche_core::{Claim, EventType, Report, code::Coder, parse, world::World};

#[path = "support/marked.rs"]
mod marked;

/// The claims of a text.
fn claims(coder: &Coder, text: &str) -> Vec<Claim> {
    coder.code(Report::from_text("a", text), parse(text)).claims
}

/// The texts of the stories that may be read, their marks taken out.
fn stories() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/marked/open");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let reports = files.iter().flat_map(|path| marked::read(path));
    reports.map(|(report, _)| report.text).collect()
}

#[test]
fn what_no_wording_tells_says_so_and_is_less_sure() {
    let (mut all, mut weighed) = (0, 0);
    for text in stories() {
        for claim in claims(Coder::embedded(), &text) {
            all += 1;
            if claim.rule.ends_with(".weighed") {
                weighed += 1;
                assert!(claim.confidence <= 0.5, "{}", claim.confidence);
            }
        }
    }
    assert!(weighed > 10 && weighed * 4 < all, "{weighed} of {all}");
}

#[test]
fn the_rules_alone_weigh_nothing() {
    let rules = Coder::with_codebook(&[], World::embedded()).unwrap().by_rules();
    for text in stories() {
        let found = claims(&rules, &text);
        let weighed = |claim: &&Claim| {
            let parties = claim.actors.iter().chain(&claim.recipients);
            claim.rule.ends_with(".weighed") || parties.clone().any(demarche_core::Party::is_weighed)
        };
        assert_eq!(found.iter().filter(weighed).count(), 0);
    }
}

#[test]
fn whoever_is_put_in_is_a_party_that_the_rules_find_in_the_report() {
    let rules = Coder::with_codebook(&[], World::embedded()).unwrap().by_rules();
    let mut put = 0;
    for text in stories() {
        let ruled = rules.code(Report::from_text("a", text.clone()), parse(&text));
        let claimed = ruled.claims.iter().flat_map(|claim| claim.actors.iter().chain(&claim.recipients));
        let named: BTreeSet<String> = claimed
            .filter_map(|p| p.country.clone())
            .chain(ruled.entities.iter().filter_map(|e| e.party.as_ref()?.country.clone()))
            .collect();
        for claim in claims(Coder::embedded(), &text) {
            for party in claim.actors.iter().chain(&claim.recipients).filter(|party| party.is_weighed()) {
                put += 1;
                let code = party.country.as_ref().unwrap();
                assert!(named.contains(code), "{code} in {text}");
                assert!(!party.span.of(&text).is_empty());
            }
        }
    }
    assert!(put > 10, "{put}");
}

#[test]
fn a_few_sentences_are_left_to_the_rules() {
    let rules = Coder::with_codebook(&[], World::embedded()).unwrap().by_rules();
    let mut other = 0;
    for text in stories() {
        for paragraph in text.split("\n\n") {
            let short = paragraph.split_whitespace().count() < 80;
            let same = claims(Coder::embedded(), paragraph) == claims(&rules, paragraph);
            assert!(same || !short, "{paragraph}");
        }
        other += usize::from(claims(Coder::embedded(), &text) != claims(&rules, &text));
    }
    assert!(other > 10, "of whole reports {other} are told otherwise");
}

#[test]
fn a_users_entry_keeps_its_type() {
    let own =
        "type = \"AID\"\n[[entry]]\nid = \"mine\"\nverbs = [\"bomb\", \"shell\", \"attack\", \"raid\", \"strike\"]\n";
    let coder = Coder::with_codebook(&[("mine.toml", own)], World::embedded()).unwrap();
    for verb in ["bombed", "shelled", "attacked", "raided", "struck"] {
        let found = claims(&coder, &format!("Chad {verb} Togo on Monday."));
        assert!(
            found.iter().any(|claim| claim.kind == EventType::Aid && claim.rule == "aid.mine"),
            "{verb}: {found:?}"
        );
    }
}
