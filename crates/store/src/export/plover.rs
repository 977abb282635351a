//! PLOVER's JSON record, with attribution, modality and evidence behind its own fields.

use serde_json::{Value, json};

use super::Row;
use crate::record::{Party, Record};

/// One record.
pub(super) fn record(row: &Row) -> Value {
    let (claim, record) = (&row.claim, &row.claim.record);
    let figure = |what: &str| record.figures.iter().find(|figure| figure.what == what).and_then(|figure| figure.low);
    json!({
        "id": claim.id,
        "has_event": true,
        "date": claim.day.map(|day| demarche_core::Day::from_number(day).to_string()),
        "actor": record.actors.iter().map(entity).collect::<Vec<_>>(),
        "recipient": record.recipients.iter().map(entity).collect::<Vec<_>>(),
        "event": [record.kind],
        "event_loc": record.place.as_ref().map(|place| json!({
            "extracted_place": place.text,
            "resolved_place": place.name,
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
            "country_code": place.country,
            "resolution": resolution(&place.precision),
        })),
        "event_text": [words(record)],
        "quad_code": record.quad,
        "event_scale": record.intensity,
        "mode": record.mode.iter().collect::<Vec<_>>(),
        "context": record.contexts,
        "size": {"dead": figure("killed"), "injured": figure("injured"), "arrested": figure("arrested")},
        "text": record.text,
        "text_info": {"sequence": record.sentence, "start": record.span[0], "end": record.span[1]},
        "cite_info": {
            "url": claim.url,
            "title": row.title,
            "language": claim.language,
            "publication": claim.outlet,
            "coder": concat!("demarche ", env!("CARGO_PKG_VERSION")),
            "codebook": record.rule,
        },
        "coder": concat!("demarche ", env!("CARGO_PKG_VERSION")),
        "modality": record.modality,
        "historical": record.historical,
        "attribution": record.attribution,
        "confidence": record.confidence,
        "told_by": row.told,
    })
}

fn entity(party: &Party) -> Value {
    json!({
        "code": party.country,
        "sector": party.sectors,
        "entity_text": party.text,
        "identifier_text": party.name,
    })
}

/// PLOVER counts from 5, inside a city, to 1, a country.
fn resolution(precision: &str) -> Option<u8> {
    ["country", "province", "district", "city", "site"].iter().position(|name| *name == precision).map(|n| n as u8 + 1)
}

fn words(record: &Record) -> Value {
    json!({"start": record.act[0], "end": record.act[1]})
}
