//! ICEWS: twenty columns, names of countries, CAMEO codes; what it has no column for stands behind.

use super::{Cell, Column, Kind, Line, cameo, countries};
use crate::record::Party;

fn country(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|party| party.country.as_deref()).map(countries::name))
}

/// The name as ICEWS writes it: the country for its government, else the name, else the words.
fn name(party: Option<&Party>) -> Cell {
    let named = |party: &Party| {
        let country = party.country.as_deref().map(countries::name);
        party.name.clone().or_else(|| country.map(str::to_owned)).unwrap_or_else(|| party.text.clone())
    };
    Cell::text(party.map(named))
}

fn sectors(party: Option<&Party>) -> Cell {
    party.map_or(Cell::None, |party| Cell::list(party.sectors.iter().map(String::as_str)))
}

fn place<T>(line: &Line, of: impl Fn(&crate::record::Place) -> Option<T>) -> Option<T> {
    line.row.claim.record.place.as_ref().and_then(of)
}

/// The place's name where it is this exact.
fn level(line: &Line, levels: &[&str]) -> Cell {
    Cell::text(place(line, |p| levels.contains(&p.precision.as_str()).then(|| p.name.clone())))
}

pub(super) const COLUMNS: &[Column] = columns! {
    "Event ID" Whole "Number made of the claim's id, the same in every export" |l| Cell::Whole(super::number(&serial(l)));
    "Event Date" Day "The day it stands on" |l| l.row.claim.day.map_or(Cell::None, Cell::Day);
    "Source Name" Text "Who acts" |l| name(l.actor);
    "Source Sectors" Text "PLOVER sectors of who acts" |l| sectors(l.actor);
    "Source Country" Text "English name of the country" |l| country(l.actor);
    "Event Text" Text "PLOVER type and mode in words" |l| Cell::text(Some(event_text(l)));
    "CAMEO Code" Text "Of the codebook entry, else the nearest to type and mode" |l| Cell::text(Some(cameo::code(&l.row.claim.record)));
    "Intensity" Real "Goldstein's score of the CAMEO code" |l| Cell::real(cameo::goldstein(cameo::code(&l.row.claim.record)));
    "Target Name" Text "On whom" |l| name(l.recipient);
    "Target Sectors" Text "PLOVER sectors" |l| sectors(l.recipient);
    "Target Country" Text "English name of the country" |l| country(l.recipient);
    "Story ID" Whole "Number made of the report's id" |l| Cell::Whole(super::number(&l.row.claim.report));
    "Sentence Number" Whole "From 1" |l| Cell::Whole(i64::from(l.row.claim.record.sentence) + 1);
    "Publisher" Text "The outlet" |l| Cell::text(l.row.claim.outlet.as_ref());
    "City" Text "Where known that well" |l| level(l, &["city", "site"]);
    "District" Text "Where known that well" |l| level(l, &["district"]);
    "Province" Text "Where known that well" |l| level(l, &["province"]);
    "Country" Text "English name of the country of the place" |l| Cell::text(place(l, |p| p.country.clone()).as_deref().map(countries::name));
    "Latitude" Real "Degrees north" |l| Cell::real(place(l, |p| p.lat));
    "Longitude" Real "Degrees east" |l| Cell::real(place(l, |p| p.lon));
    "Claim ID" Text "Id of the claim" |l| Cell::text(Some(&l.row.claim.id));
    "Modality" Text "occurred, planned, threatened, hypothetical or negated" |l| Cell::text(Some(&l.row.claim.record.modality));
    "Speaker" Text "Who says so" |l| speaker(l);
    "Stance" Text "What the speaker does in saying it" |l| Cell::text(l.row.claim.record.attribution.as_ref().map(|s| &s.stance));
    "Independent Origins" Whole "Reports that tell the event and are no copies of each other" |l| Cell::whole(l.row.told.as_ref().map(|t| t.origins as i64));
    "Quote" Text "The words" |l| Cell::text(Some(&l.row.claim.record.text));
};

/// One id a pair of parties.
pub(super) fn serial(line: &Line) -> String {
    let who = |party| super::who(party).unwrap_or_default();
    format!("{} {} {}", line.row.claim.id, who(line.actor), who(line.recipient))
}

pub(super) fn event_text(line: &Line) -> String {
    let record = &line.row.claim.record;
    let mode = record.mode.as_deref().map(|mode| format!(" ({mode})")).unwrap_or_default();
    format!("{}{}{mode}", &record.kind[..1], record.kind[1..].to_lowercase())
}

pub(super) fn speaker(line: &Line) -> Cell {
    let said = line.row.claim.record.attribution.as_ref();
    Cell::text(said.and_then(|s| s.source.as_ref()).map(|p| p.name.clone().unwrap_or_else(|| p.text.clone())))
}
