//! Our own table: a row a claim or event, every field with the words it rests on.

use super::{Cell, Column, Kind, Line};
use crate::record::{Party, Record};

fn record<'a>(line: &Line<'a>) -> &'a Record {
    &line.row.claim.record
}

fn codes(parties: &[Party]) -> Cell {
    Cell::list(parties.iter().filter_map(|party| party.country.as_deref()))
}

fn names(parties: &[Party]) -> Cell {
    Cell::list(parties.iter().filter_map(|party| party.name.as_deref()))
}

fn texts(parties: &[Party]) -> Cell {
    Cell::list(parties.iter().map(|party| party.text.as_str()))
}

fn sectors(parties: &[Party]) -> Cell {
    Cell::list(parties.iter().flat_map(|party| party.sectors.iter().map(String::as_str)))
}

/// Least and greatest number of a sort.
fn figure(line: &Line, what: &str, least: bool) -> Cell {
    let found = record(line).figures.iter().find(|figure| figure.what == what);
    Cell::whole(found.and_then(|figure| if least { figure.low } else { figure.high }).map(|n| n as i64))
}

pub(super) const COLUMNS: &[Column] = columns! {
    "id" Text "Id of the claim: report, sentence, number" |l| Cell::text(Some(&l.row.claim.id));
    "event" Text "Id of the event, where claims were linked" |l| Cell::text(l.row.told.as_ref().map(|t| &t.event));
    "day" Day "The day it stands on: the last its date allows, the first of a since, else that of publication" |l| l.row.claim.day.map_or(Cell::None, Cell::Day);
    "actor" Text "Who acts: ISO alpha-3 codes or tags" |l| codes(&record(l).actors);
    "recipient" Text "On whom" |l| codes(&record(l).recipients);
    "type" Text "PLOVER type" |l| Cell::text(Some(&record(l).kind));
    "mode" Text "PLOVER mode" |l| Cell::text(record(l).mode.as_ref());
    "quad" Whole "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict" |l| Cell::Whole(record(l).quad.into());
    "intensity" Real "PLOVER intensity of type and mode, -10 to 10" |l| Cell::Real(record(l).intensity);
    "contexts" Text "PLOVER contexts" |l| Cell::list(record(l).contexts.iter().map(String::as_str));
    "modality" Text "occurred, planned, threatened, hypothetical or negated" |l| Cell::text(Some(&record(l).modality));
    "historical" Yes "Told as history" |l| Cell::Yes(record(l).historical);
    "actor_name" Text "Canonical names of who acts" |l| names(&record(l).actors);
    "actor_sectors" Text "PLOVER sectors of who acts" |l| sectors(&record(l).actors);
    "actor_text" Text "Words for who acts" |l| texts(&record(l).actors);
    "recipient_name" Text "Canonical names of who is acted on" |l| names(&record(l).recipients);
    "recipient_sectors" Text "PLOVER sectors of who is acted on" |l| sectors(&record(l).recipients);
    "recipient_text" Text "Words for who is acted on" |l| texts(&record(l).recipients);
    "speaker" Text "Who says so; empty with a stance: somebody unnamed; empty without: the outlet itself" |l| Cell::text(record(l).attribution.as_ref().and_then(|s| s.source.as_ref()).map(|p| p.name.clone().unwrap_or_else(|| p.text.clone())));
    "speaker_country" Text "Code of who says so" |l| Cell::text(record(l).attribution.as_ref().and_then(|s| s.source.as_ref()?.country.clone()));
    "stance" Text "asserts, denies, accuses, demands, threatens, promises or doubts" |l| Cell::text(record(l).attribution.as_ref().map(|s| &s.stance));
    "form" Text "direct, indirect or mixed speech" |l| Cell::text(record(l).attribution.as_ref().map(|s| &s.form));
    "cue" Text "The words that say that somebody says" |l| Cell::text(record(l).attribution.as_ref().map(|s| &s.cue.text));
    "date" Text "Value of the date that the report gives" |l| Cell::text(record(l).date.as_ref().and_then(|d| d.value.as_ref()));
    "date_precision" Text "time, day, week, month, quarter, year or interval" |l| Cell::text(record(l).date.as_ref().map(|d| &d.precision));
    "date_text" Text "Words of the date" |l| Cell::text(record(l).date.as_ref().map(|d| &d.text));
    "place" Text "Name of the place" |l| Cell::text(record(l).place.as_ref().map(|p| &p.name));
    "place_country" Text "Country of the place" |l| Cell::text(record(l).place.as_ref().and_then(|p| p.country.as_ref()));
    "latitude" Real "Degrees north" |l| Cell::real(record(l).place.as_ref().and_then(|p| p.lat));
    "longitude" Real "Degrees east" |l| Cell::real(record(l).place.as_ref().and_then(|p| p.lon));
    "geo_precision" Text "site, city, district, province, country or region" |l| Cell::text(record(l).place.as_ref().map(|p| &p.precision));
    "geonameid" Whole "GeoNames id" |l| Cell::whole(record(l).place.as_ref().and_then(|p| p.geonameid));
    "killed_low" Whole "Dead, least" |l| figure(l, "killed", true);
    "killed_high" Whole "Dead, most" |l| figure(l, "killed", false);
    "injured_low" Whole "Wounded, least" |l| figure(l, "injured", true);
    "injured_high" Whole "Wounded, most" |l| figure(l, "injured", false);
    "report" Text "Id of the report" |l| Cell::text(Some(&l.row.claim.report));
    "outlet" Text "Who published it" |l| Cell::text(l.row.claim.outlet.as_ref());
    "published" Text "When it was published, RFC 3339" |l| Cell::text(l.row.claim.published.as_ref());
    "url" Text "Its address" |l| Cell::text(l.row.claim.url.as_ref());
    "sentence" Whole "Index of the sentence, from 0" |l| Cell::Whole(record(l).sentence.into());
    "span_start" Whole "First code point of the quoted words in the report's text" |l| Cell::Whole(record(l).span[0].into());
    "span_end" Whole "One past the last" |l| Cell::Whole(record(l).span[1].into());
    "quote_exact" Text "The words that make the claim" |l| Cell::text(Some(&record(l).text));
    "outlets" Text "All outlets that tell of the event" |l| l.row.told.as_ref().map_or(Cell::None, |t| Cell::list(t.outlets.iter().map(String::as_str)));
    "reports" Whole "How many reports tell of the event" |l| Cell::whole(l.row.told.as_ref().map(|t| t.reports.len() as i64));
    "independent_origins" Whole "How many of them are no copies of each other" |l| Cell::whole(l.row.told.as_ref().map(|t| t.origins as i64));
    "n_contradictions" Whole "Slots of the event that are contradicted or disputed" |l| Cell::whole(l.row.told.as_ref().map(|t| t.contradictions as i64));
    "rule_id" Text "Entry of the codebook" |l| Cell::text(Some(&record(l).rule));
    "confidence" Real "0 to 1" |l| Cell::Real(record(l).confidence);
};
