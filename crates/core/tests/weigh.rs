//! What is learnt from marked stories: it adds to the codebook, says so, and gives way to a user's own entries.

use std::{fs, path::Path};

use demarche_core::{Claim, EventType, Report, code::Coder, parse, world::World};

/// The claims of a text.
fn claims(coder: &Coder, text: &str) -> Vec<Claim> {
    coder.code(Report::from_text("a", text), parse(text)).claims
}

/// The texts of the stories that may be read, their marks taken out.
fn stories() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/marked/open");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let plain = |text: &str| {
        let mut out = String::new();
        for part in text.split('[') {
            let Some((mark, behind)) = part.split_once(']') else {
                out.push_str(part);
                continue;
            };
            out.push_str(mark.split_once('|').map_or(mark, |(_, words)| words));
            out.push_str(behind);
        }
        out
    };
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    files.iter().flat_map(|path| text(path).split("\n== ").skip(1).map(plain).collect::<Vec<_>>()).collect()
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
fn whoever_is_put_in_is_a_party_that_the_report_names() {
    let mut put = 0;
    for text in stories() {
        for claim in claims(Coder::embedded(), &text) {
            for party in claim.actors.iter().chain(&claim.recipients).filter(|party| party.is_weighed()) {
                put += 1;
                assert!(party.country.is_some(), "{party:?}");
            }
        }
    }
    assert!(put > 10, "{put}");
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
