//! GDELT 2.0: 61 columns of events and 16 of mentions, tab separated, without header; nothing can be put behind them.

use std::io::{self, Write};

use demarche_core::Day;

use super::{Cell, Column, Kind, Line, Row, cameo, icews::serial, number, table};
use crate::{
    archive::ClaimRow,
    record::{Party, Place},
};

/// Share of the year that is gone, as GDELT counts it: 365 days, 2013.9999 at most.
fn fraction(day: Day) -> f64 {
    let first = Day { month: 1, day: 1, ..day };
    let of_year = (day.number() - first.number()) as f64;
    ((f64::from(day.year) + of_year / 365.0 * 0.9999) * 10_000.0).round() / 10_000.0
}

fn digits(day: Day) -> i64 {
    i64::from(day.year) * 10_000 + i64::from(day.month) * 100 + i64::from(day.day)
}

/// Country and roles written together, as CAMEO does: `INDGOVMIL`.
fn actor_code(party: Option<&Party>) -> Cell {
    let Some(party) = party else { return Cell::None };
    let roles: String = party.sectors.iter().take(2).map(String::as_str).collect();
    let code = format!("{}{roles}", party.country.as_deref().unwrap_or_default());
    if code.is_empty() { Cell::None } else { Cell::Text(code) }
}

fn name(party: Option<&Party>) -> Cell {
    Cell::text(party.map(|p| p.name.as_deref().unwrap_or(&p.text).to_uppercase()))
}

/// A state's code; tags of organisations are groups.
fn state(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|p| p.country.clone()).filter(|code| super::countries::name(code) != code))
}

fn group(party: Option<&Party>) -> Cell {
    Cell::text(party.and_then(|p| p.country.clone()).filter(|code| super::countries::name(code) == code))
}

fn role(party: Option<&Party>, n: usize) -> Cell {
    Cell::text(party.and_then(|p| p.sectors.get(n).cloned()))
}

fn place<'a>(line: &Line<'a>) -> Option<&'a Place> {
    line.row.claim.record.place.as_ref()
}

/// 1 a country, 4 a city of the world, 5 a province; 0 none.
fn geo_type(line: &Line) -> Cell {
    Cell::Whole(place(line).map_or(0, |place| match place.precision.as_str() {
        "country" | "region" => 1,
        "province" | "district" => 5,
        _ => 4,
    }))
}

/// When it was added: the day of publication, at midnight.
fn added(claim: &ClaimRow) -> Option<i64> {
    let day = claim.published.as_deref().and_then(Day::from_rfc3339)?;
    Some(digits(day) * 1_000_000)
}

pub(super) const EVENTS: &[Column] = columns! {
    "GLOBALEVENTID" Whole "Number made of the claim's id, the same in every export" |l| Cell::Whole(number(&serial(l)));
    "SQLDATE" Whole "Day, YYYYMMDD" |l| Cell::whole(l.row.day().map(digits));
    "MonthYear" Whole "YYYYMM" |l| Cell::whole(l.row.day().map(|d| digits(d) / 100));
    "Year" Whole "YYYY" |l| Cell::whole(l.row.day().map(|d| d.year));
    "FractionDate" Real "Year with its share that is gone" |l| Cell::real(l.row.day().map(fraction));
    "Actor1Code" Text "Country and roles together" |l| actor_code(l.actor);
    "Actor1Name" Text "In capitals" |l| name(l.actor);
    "Actor1CountryCode" Text "Alpha-3 code of a state" |l| state(l.actor);
    "Actor1KnownGroupCode" Text "Tag of an organisation" |l| group(l.actor);
    "Actor1EthnicCode" Text "Not given" |_| Cell::None;
    "Actor1Religion1Code" Text "Not given" |_| Cell::None;
    "Actor1Religion2Code" Text "Not given" |_| Cell::None;
    "Actor1Type1Code" Text "First PLOVER sector" |l| role(l.actor, 0);
    "Actor1Type2Code" Text "Second PLOVER sector" |l| role(l.actor, 1);
    "Actor1Type3Code" Text "Third PLOVER sector" |l| role(l.actor, 2);
    "Actor2Code" Text "As of actor 1, for the recipient" |l| actor_code(l.recipient);
    "Actor2Name" Text "In capitals" |l| name(l.recipient);
    "Actor2CountryCode" Text "Alpha-3 code of a state" |l| state(l.recipient);
    "Actor2KnownGroupCode" Text "Tag of an organisation" |l| group(l.recipient);
    "Actor2EthnicCode" Text "Not given" |_| Cell::None;
    "Actor2Religion1Code" Text "Not given" |_| Cell::None;
    "Actor2Religion2Code" Text "Not given" |_| Cell::None;
    "Actor2Type1Code" Text "First PLOVER sector" |l| role(l.recipient, 0);
    "Actor2Type2Code" Text "Second PLOVER sector" |l| role(l.recipient, 1);
    "Actor2Type3Code" Text "Third PLOVER sector" |l| role(l.recipient, 2);
    "IsRootEvent" Whole "1 in the first sentence of its report" |l| Cell::Whole((l.row.claim.record.sentence == 0).into());
    "EventCode" Text "CAMEO" |l| Cell::text(Some(cameo::code(&l.row.claim.record)));
    "EventBaseCode" Text "Its first three digits" |l| Cell::text(cameo::code(&l.row.claim.record).get(..3));
    "EventRootCode" Text "Its first two digits" |l| Cell::text(cameo::code(&l.row.claim.record).get(..2));
    "QuadClass" Whole "1 to 4" |l| Cell::Whole(l.row.claim.record.quad.into());
    "GoldsteinScale" Real "Of the CAMEO code" |l| Cell::real(cameo::goldstein(cameo::code(&l.row.claim.record)));
    "NumMentions" Whole "Claims of the event" |l| Cell::Whole(l.row.told.as_ref().map_or(1, |t| t.claims.len() as i64));
    "NumSources" Whole "Outlets that tell it" |l| Cell::Whole(l.row.told.as_ref().map_or(1, |t| t.outlets.len().max(1) as i64));
    "NumArticles" Whole "Reports that tell it" |l| Cell::Whole(l.row.told.as_ref().map_or(1, |t| t.reports.len() as i64));
    "AvgTone" Real "Not given: 0" |_| Cell::Real(0.0);
    "Actor1Geo_Type" Whole "Not given: 0" |_| Cell::Whole(0);
    "Actor1Geo_FullName" Text "Not given" |_| Cell::None;
    "Actor1Geo_CountryCode" Text "Not given" |_| Cell::None;
    "Actor1Geo_ADM1Code" Text "Not given" |_| Cell::None;
    "Actor1Geo_ADM2Code" Text "Not given" |_| Cell::None;
    "Actor1Geo_Lat" Real "Not given" |_| Cell::None;
    "Actor1Geo_Long" Real "Not given" |_| Cell::None;
    "Actor1Geo_FeatureID" Text "Not given" |_| Cell::None;
    "Actor2Geo_Type" Whole "Not given: 0" |_| Cell::Whole(0);
    "Actor2Geo_FullName" Text "Not given" |_| Cell::None;
    "Actor2Geo_CountryCode" Text "Not given" |_| Cell::None;
    "Actor2Geo_ADM1Code" Text "Not given" |_| Cell::None;
    "Actor2Geo_ADM2Code" Text "Not given" |_| Cell::None;
    "Actor2Geo_Lat" Real "Not given" |_| Cell::None;
    "Actor2Geo_Long" Real "Not given" |_| Cell::None;
    "Actor2Geo_FeatureID" Text "Not given" |_| Cell::None;
    "ActionGeo_Type" Whole "1 country, 4 city, 5 province; 0 unknown" |l| geo_type(l);
    "ActionGeo_FullName" Text "Name of the place" |l| Cell::text(place(l).map(|p| &p.name));
    "ActionGeo_CountryCode" Text "Alpha-3, where GDELT writes FIPS" |l| Cell::text(place(l).and_then(|p| p.country.as_ref()));
    "ActionGeo_ADM1Code" Text "Not given" |_| Cell::None;
    "ActionGeo_ADM2Code" Text "Not given" |_| Cell::None;
    "ActionGeo_Lat" Real "Degrees north" |l| Cell::real(place(l).and_then(|p| p.lat));
    "ActionGeo_Long" Real "Degrees east" |l| Cell::real(place(l).and_then(|p| p.lon));
    "ActionGeo_FeatureID" Text "GeoNames id, where GDELT writes GNS" |l| Cell::text(place(l).and_then(|p| p.geonameid).map(|n| n.to_string()));
    "DATEADDED" Whole "Day of publication, YYYYMMDDHHMMSS" |l| Cell::whole(added(&l.row.claim));
    "SOURCEURL" Text "Address of the report, else its id" |l| Cell::text(Some(l.row.claim.url.as_ref().unwrap_or(&l.row.claim.report)));
};

/// A line for each claim of each pair of parties: where the event is told. How many.
pub(super) fn mentions(row: &Row, out: &mut dyn Write) -> io::Result<usize> {
    let own = std::slice::from_ref(&row.claim);
    let claims = row.told.as_ref().map_or(own, |told| &told.claims);
    let lines = row.lines();
    for line in &lines {
        for claim in claims {
            let record = &claim.record;
            let start = |parties: &[Party]| parties.first().map_or(-1, |party| i64::from(party.span[0]));
            let said = record.attribution.as_ref().map(|said| {
                let who = said.source.as_ref().map_or("unnamed", |p| p.name.as_deref().unwrap_or(&p.text));
                format!("; speaker: {who}; stance: {}", said.stance)
            });
            let cells = [
                Cell::Whole(number(&serial(line))),
                Cell::whole(claim.day.map(|day| digits(Day::from_number(day)) * 1_000_000)),
                Cell::whole(added(claim)),
                Cell::Whole(if claim.url.is_some() { 1 } else { 2 }),
                Cell::text(claim.outlet.as_ref()),
                Cell::text(Some(claim.url.as_ref().unwrap_or(&claim.report))),
                Cell::Whole(i64::from(record.sentence) + 1),
                Cell::Whole(start(&record.actors)),
                Cell::Whole(start(&record.recipients)),
                Cell::Whole(record.act[0].into()),
                Cell::Whole(1),
                Cell::Whole((record.confidence * 100.0).round() as i64),
                Cell::Whole(0),
                Cell::Real(0.0),
                Cell::None,
                // Reserved and empty in GDELT.
                Cell::Text(format!("claim: {}; modality: {}{}", claim.id, record.modality, said.unwrap_or_default())),
            ];
            writeln!(out, "{}", cells.iter().map(table::flat).collect::<Vec<_>>().join("\t"))?;
        }
    }
    Ok(lines.len() * claims.len())
}

/// What the columns of mentions hold, for the codebook page.
pub(super) const MENTIONS: &[(&str, &str)] = &[
    ("GLOBALEVENTID", "Number of the event in the file of events"),
    ("EventTimeDate", "Day of the event, YYYYMMDDHHMMSS"),
    ("MentionTimeDate", "Day of publication"),
    ("MentionType", "1 a page with an address, 2 a text without"),
    ("MentionSourceName", "The outlet"),
    ("MentionIdentifier", "Address, else id of the report"),
    ("SentenceID", "From 1"),
    ("Actor1CharOffset", "First code point of who acts in the report's text; -1 where nobody is named"),
    ("Actor2CharOffset", "The same for the recipient"),
    ("ActionCharOffset", "The same for the act"),
    ("InRawText", "1"),
    ("Confidence", "0 to 100"),
    ("MentionDocLen", "Not given: 0"),
    ("MentionDocTone", "Not given: 0"),
    ("MentionDocTranslationInfo", "Not given"),
    ("Extras", "Claim, modality, speaker, stance"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_61_columns_of_events_and_16_of_mentions() {
        assert_eq!((EVENTS.len(), MENTIONS.len()), (61, 16));
        assert_eq!(EVENTS[26].name, "EventCode");
        assert_eq!(EVENTS[60].name, "SOURCEURL");
    }

    #[test]
    fn the_last_day_of_a_year_is_less_than_the_next() {
        assert!(fraction(Day::new(2025, 12, 31).unwrap()) < 2026.0);
        assert!((fraction(Day::new(2025, 1, 1).unwrap()) - 2025.0).abs() < 1e-9);
    }
}
