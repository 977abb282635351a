//! POLECAT: forty columns as its weekly files have them; what it has no column for stands behind.

use super::{Cell, Column, Kind, Line, icews};
use crate::record::{Party, Place};

fn place<T>(line: &Line, of: impl Fn(&Place) -> Option<T>) -> Option<T> {
    line.row.claim.record.place.as_ref().and_then(of)
}

fn level(line: &Line, levels: &[&str]) -> Cell {
    Cell::text(place(line, |p| levels.contains(&p.precision.as_str()).then(|| p.name.clone())))
}

fn name(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|p| p.name.clone()))
}

fn country(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|p| p.country.clone()))
}

fn first_sector(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|p| p.sectors.first().cloned()))
}

fn sectors(party: Option<&Party>) -> Cell {
    party.map_or(Cell::None, |p| Cell::list(p.sectors.iter().map(String::as_str)))
}

fn raw(party: Option<&Party>) -> Cell {
    Cell::text(party.map(|p| p.text.clone()))
}

pub(super) const COLUMNS: &[Column] = columns! {
    "Event ID" Text "Id of the claim" |l| Cell::text(Some(&l.row.claim.id));
    "Event Date" Day "The day it stands on" |l| l.row.claim.day.map_or(Cell::None, Cell::Day);
    "Event Type" Text "PLOVER type" |l| Cell::text(Some(&l.row.claim.record.kind));
    "Event Mode" Text "PLOVER mode" |l| Cell::text(l.row.claim.record.mode.as_ref());
    "Intensity" Real "PLOVER intensity" |l| Cell::Real(l.row.claim.record.intensity);
    "Quad Code" Text "Q1 to Q4" |l| Cell::text(Some(format!("Q{}", l.row.claim.record.quad)));
    "Contexts" Text "PLOVER contexts" |l| Cell::list(l.row.claim.record.contexts.iter().map(String::as_str));
    "Actor Name" Text "Canonical name of who acts" |l| name(l.actor);
    "Actor Country" Text "Alpha-3 code or tag" |l| country(l.actor);
    "Actor COW" Text "Not given" |_| Cell::None;
    "Primary Actor Sector" Text "The first sector" |l| first_sector(l.actor);
    "Actor Sectors" Text "All sectors" |l| sectors(l.actor);
    "Actor Title" Text "Not given" |_| Cell::None;
    "Actor Name Raw" Text "The words for who acts" |l| raw(l.actor);
    "Wikipedia Actor ID" Text "Not given" |_| Cell::None;
    "Recipient Name" Text "Canonical name of who is acted on" |l| name(l.recipient);
    "Recipient Country" Text "Alpha-3 code or tag" |l| country(l.recipient);
    "Recipient COW" Text "Not given" |_| Cell::None;
    "Primary Recipient Sector" Text "The first sector" |l| first_sector(l.recipient);
    "Recipient Sectors" Text "All sectors" |l| sectors(l.recipient);
    "Recipient Title" Text "Not given" |_| Cell::None;
    "Recipient Name Raw" Text "The words for who is acted on" |l| raw(l.recipient);
    "Wikipedia Recipient ID" Text "Not given" |_| Cell::None;
    "Placename" Text "Name of the place" |l| Cell::text(place(l, |p| Some(p.name.clone())));
    "City" Text "Where known that well" |l| level(l, &["city", "site"]);
    "District" Text "Where known that well" |l| level(l, &["district"]);
    "Province" Text "Where known that well" |l| level(l, &["province"]);
    "Country" Text "Alpha-3 code of the place's country" |l| Cell::text(place(l, |p| p.country.clone()));
    "Latitude" Real "Degrees north" |l| Cell::real(place(l, |p| p.lat));
    "Longitude" Real "Degrees east" |l| Cell::real(place(l, |p| p.lon));
    "GeoNames ID" Whole "GeoNames id" |l| Cell::whole(place(l, |p| p.geonameid));
    "Raw Placename" Text "Words of the place" |l| Cell::text(place(l, |p| Some(p.text.clone())));
    "Feature Type" Text "How exact the place is: city, province, country …" |l| Cell::text(place(l, |p| Some(p.precision.clone())));
    "Source" Text "The outlet" |l| Cell::text(l.row.claim.outlet.as_ref());
    "Publication Date" Text "Day of publication" |l| Cell::text(l.row.claim.published.as_deref().and_then(|p| p.get(..10)));
    "Story People" Text "Not given" |_| Cell::None;
    "Story Organizations" Text "Not given" |_| Cell::None;
    "Story Locations" Text "Not given" |_| Cell::None;
    "Language" Text "ISO 639-1" |l| Cell::text(l.row.claim.language.as_ref());
    "Version" Text "Of demarche" |_| Cell::text(Some(concat!("demarche ", env!("CARGO_PKG_VERSION"))));
    "Modality" Text "occurred, planned, threatened, hypothetical or negated" |l| Cell::text(Some(&l.row.claim.record.modality));
    "Speaker" Text "Who says so" |l| icews::speaker(l);
    "Stance" Text "What the speaker does in saying it" |l| Cell::text(l.row.claim.record.attribution.as_ref().map(|s| &s.stance));
    "Independent Origins" Whole "Reports that tell the event and are no copies of each other" |l| Cell::whole(l.row.told.as_ref().map(|t| t.origins as i64));
    "Sentence" Whole "Index of the sentence, from 0" |l| Cell::Whole(l.row.claim.record.sentence.into());
    "Quote" Text "The words" |l| Cell::text(Some(&l.row.claim.record.text));
};
