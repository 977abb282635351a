//! Damage to every form that is read: whatever happens to the bytes, there is an answer and no panic.

#[path = "../../../fuzz/damage.rs"]
mod damage;

use damage::damaged;
use demarche_read::{Input, Options, Reading, read};
use proptest::prelude::*;

/// Name and content of the seeds of the fuzz targets.
fn seeds() -> Vec<(String, Vec<u8>)> {
    // Records of other projects are imported and feeds are watched: neither is read as reports.
    let seeds = damage::seeds(|target| !matches!(target, "records" | "watch")).into_iter();
    seeds.map(|(path, bytes)| (path.file_name().unwrap().to_str().unwrap().to_owned(), bytes)).collect()
}

fn read_bytes(name: &str, bytes: Vec<u8>) -> Reading {
    read(&[Input::Bytes { name: name.to_owned(), bytes }], &Options::default())
}

#[test]
fn every_form_that_is_read_has_a_seed() {
    let names: Vec<String> = seeds().into_iter().map(|(name, _)| name).collect();
    let forms = [
        ".txt",
        ".md",
        ".html",
        ".rss",
        ".atom",
        ".json",
        ".jsonl",
        ".csv",
        ".tsv",
        ".parquet",
        ".warc",
        ".warc.gz",
        ".zip",
        ".tar",
        ".tar.gz",
        ".txt.gz",
        ".jsonl.gz",
    ];
    for form in forms {
        assert!(names.iter().any(|name| name.ends_with(form)), "no seed {form}");
    }
}

#[test]
fn every_seed_gives_a_report() {
    let seeds = seeds();
    assert!(seeds.len() > 15);
    for (name, bytes) in seeds {
        let reading = read_bytes(&name, bytes);
        assert!(!reading.reports.is_empty(), "{name}: {:?}", reading.skipped);
    }
}

#[test]
fn every_seed_may_end_anywhere() {
    for (name, bytes) in seeds() {
        for end in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let reading = read_bytes(&name, bytes[..end].to_vec());
            assert!(!reading.reports.is_empty() || !reading.skipped.is_empty(), "{name} cut at {end} says nothing");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_seed_may_be_damaged_anywhere((name, bytes) in damaged(seeds())) {
        read_bytes(&name, bytes);
    }

    #[test]
    fn any_bytes_have_an_answer_under_any_name(bytes in any::<Vec<u8>>(), name in "a(\\.(html|xml|rss|json|jsonl|csv|tsv|parquet|warc|zip|tar|txt|md|gz|tgz))?") {
        let reading = read_bytes(&name, bytes);
        prop_assert!(!reading.reports.is_empty() || !reading.skipped.is_empty());
    }
}
