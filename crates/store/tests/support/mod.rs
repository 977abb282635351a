//! Small archives for the tests of this folder.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::{fs, path::PathBuf};

use demarche_core::Report;
use demarche_store::{Archive, Coded, Record, Stamp};

pub const STAMP: Stamp = Stamp { seen: "2025-05-01T09:00:00Z", coder: "one" };

/// A file that does not exist yet.
pub fn file(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("archive").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder.join("demarche.db")
}

pub fn claim(sentence: u32, kind: &str, actor: &str, recipient: &str) -> Record {
    let json = serde_json::json!({
        "sentence": sentence, "span": [0, 7], "text": "Norland expelled two diplomats", "type": kind, "mode": null,
        "quad": 4, "intensity": -6.0, "contexts": [],
        "actors": [{"span": [0, 7], "text": "Norland", "name": "Norland", "country": actor, "sectors": ["GOV"]}],
        "recipients": [{"span": [9, 12], "text": "it", "name": null, "country": recipient, "sectors": []}],
        "date": null,
        "place": {"span": [0, 1], "text": "x", "name": "Sud", "country": "SUD", "lat": 1.5, "lon": 2.25,
                  "precision": "city", "geonameid": 7},
        "figures": [], "modality": "occurred", "attribution": null, "historical": false, "rule": "r", "confidence": 0.9,
        "act": [8 + sentence, 16]
    });
    serde_json::from_value(json).unwrap()
}

pub fn coded(id: &str, text: &str, claims: Vec<Record>) -> Coded {
    let report = Report {
        outlet: Some("Post".into()),
        published: Some("2025-05-01".into()),
        language: Some("en".into()),
        ..Report::from_text(id, text)
    };
    Coded { report, claims }
}

pub fn page(id: &str, url: &str, text: &str) -> Coded {
    let mut page = coded(id, text, vec![claim(0, "SANCTION", "NOR", "SUD")]);
    page.report.url = Some(url.into());
    page
}

pub fn filled(test: &str) -> (PathBuf, Archive) {
    let path = file(test);
    let mut archive = Archive::create(&path).unwrap();
    let batch = [
        coded("a", "Norland expelled two diplomats of Sudmark.", vec![claim(0, "SANCTION", "NOR", "SUD")]),
        coded(
            "b",
            "Sudmark denied the charges.",
            vec![claim(0, "REJECT", "SUD", "NOR"), claim(1, "ACCUSE", "SUD", "EST")],
        ),
    ];
    archive.add(&batch, STAMP).unwrap();
    (path, archive)
}
