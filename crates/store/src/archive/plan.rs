//! Plan: which index a question walks, and what is checked on the way.
//!
//! Every index of claims is sorted by day behind what it is for. A question walks the shortest list that it names, the
//! newest first, and stops when enough fit; SQLite by itself would guess which is the shortest. No list is longer than
//! what is counted here before it is chosen.

use super::filter::{Attributed, Filter, is_code, searched};
use crate::{
    error::Result,
    sqlite::{Connection, Value, params_from_iter},
};

/// Entries of a list that are counted; longer lists are all the same.
const COUNTED: i64 = 20_000;

/// Claims of a report, about.
const CLAIMS_OF_A_REPORT: i64 = 16;

/// Reports that words must find at most for the best match to come first; of more, the newest do.
const WEIGHED: i64 = 3000;

const BY_WORDS: &str = "SELECT rowid AS report FROM words WHERE words MATCH ?";
const BY_OUTLET: &str = "SELECT id AS report FROM report WHERE outlet = ? AND state = 0";

/// A part of a question with its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sql {
    pub text: String,
    pub values: Vec<Value>,
}

impl Sql {
    fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect() }
    }

    fn and(&mut self, other: Self) {
        self.text.push_str(" AND ");
        self.text.push_str(&other.text);
        self.values.extend(other.values);
    }
}

/// What a walk has answered already, so that it need not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answers {
    Nothing,
    Actor,
    Recipient,
    Pair,
    Party,
    Kind,
    Modality,
    Place,
    Speaker,
    Words,
    Outlet,
    Report,
}

/// A list of claims.
#[derive(Clone, Debug)]
struct Walk {
    from: String,
    term: Sql,
    /// Columns of it.
    claim: &'static str,
    day: &'static str,
    kind: &'static str,
    modality: &'static str,
    answers: Answers,
    /// Where it is the claims of some reports: those.
    reports: Option<&'static str>,
}

impl Walk {
    /// A walk over the table of claims by one of its indexes.
    fn claims(index: &str, term: &str, value: Option<Value>, answers: Answers) -> Self {
        Self {
            from: format!("claim c INDEXED BY {index}"),
            term: Sql::new(format!("c.state = 0{term}"), value),
            claim: "c.id",
            day: "c.day",
            kind: "c.kind",
            modality: "c.modality",
            answers,
            reports: None,
        }
    }

    fn pairs(index: &str, term: &str, values: Vec<Value>, answers: Answers) -> Self {
        Self {
            from: format!("pair p INDEXED BY {index}"),
            term: Sql::new(term, values),
            claim: "p.claim",
            day: "p.day",
            kind: "p.kind",
            modality: "c.modality",
            answers,
            reports: None,
        }
    }

    fn names(role: u8, name: &str, answers: Answers) -> Self {
        Self {
            from: "party n INDEXED BY party_name".to_owned(),
            term: Sql::new(format!("n.name = ? AND n.role = {role}"), [name.to_owned().into()]),
            claim: "n.claim",
            day: "n.day",
            kind: "c.kind",
            modality: "c.modality",
            answers,
            reports: None,
        }
    }

    /// The claims of some reports. The sign keeps SQLite from walking all claims that stand.
    fn reports(reports: &'static str, value: &str, answers: Answers) -> Self {
        Self {
            from: format!("({reports}) few CROSS JOIN claim c ON c.report = few.report"),
            term: Sql::new("+c.state = 0", [text(value)]),
            reports: Some(reports),
            ..Self::claims("", "", None, answers)
        }
    }

    /// How many claims it has, up to what is worth counting.
    fn length(&self, db: &Connection, filter: &Filter) -> Result<i64> {
        let mut term = self.term.clone();
        let sql = if let Some(reports) = self.reports {
            format!("SELECT {CLAIMS_OF_A_REPORT} * count(*) FROM ({reports} LIMIT {COUNTED})")
        } else {
            days(filter, self.day, &mut term);
            format!("SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {COUNTED})", self.from, term.text)
        };
        Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(term.values), |row| row.get(0))?)
    }
}

fn text(value: &str) -> Value {
    Value::from(value.to_owned())
}

fn days(filter: &Filter, column: &str, into: &mut Sql) {
    for (day, sign) in [(filter.since, ">="), (filter.until, "<=")] {
        if let Some(day) = day {
            into.and(Sql::new(format!("{column} {sign} ?"), [day.number().into()]));
        }
    }
}

/// The lists that a question names; each is one walk, or two whose claims are taken together.
fn walks(filter: &Filter) -> Result<Vec<Vec<Walk>>> {
    let mut out = Vec::new();
    if let Some(report) = &filter.report {
        let by = "SELECT id AS report FROM report WHERE name = ?";
        return Ok(vec![vec![Walk::reports(by, report, Answers::Report)]]);
    }
    let side = |name: &str, role: u8, answers| match (is_code(name), role) {
        (true, 0) => Walk::pairs("pair_actor", "p.actor = ?", vec![text(name)], answers),
        (true, _) => Walk::pairs("pair_recipient", "p.recipient = ?", vec![text(name)], answers),
        (false, _) => Walk::names(role, name, answers),
    };
    match (&filter.actor, &filter.recipient) {
        (Some(a), Some(b)) if is_code(a) && is_code(b) => {
            let term = "p.actor = ? AND p.recipient = ?";
            out.push(vec![Walk::pairs("pair_both", term, vec![text(a), text(b)], Answers::Pair)]);
        }
        (actor, recipient) => {
            out.extend(actor.as_ref().map(|name| vec![side(name, 0, Answers::Actor)]));
            out.extend(recipient.as_ref().map(|name| vec![side(name, 1, Answers::Recipient)]));
        }
    }
    if let Some(place) = &filter.place {
        let (index, term) =
            if is_code(place) { ("claim_country", " AND c.country = ?") } else { ("claim_place", " AND c.place = ?") };
        out.push(vec![Walk::claims(index, term, Some(text(place)), Answers::Place)]);
    }
    if let Some(Attributed::Speaker(name)) = &filter.according_to {
        out.push(vec![Walk::claims("claim_source", " AND c.source = ?", Some(text(name)), Answers::Speaker)]);
    }
    if let Some(words) = &filter.words {
        out.push(vec![Walk::reports(BY_WORDS, &searched(words)?, Answers::Words)]);
    }
    if let Some(outlet) = &filter.outlet {
        out.push(vec![Walk::reports(BY_OUTLET, outlet, Answers::Outlet)]);
    }
    if let Some(party) = &filter.party {
        out.push(vec![side(party, 0, Answers::Party), side(party, 1, Answers::Party)]);
    }
    if let Some(kind) = filter.kind {
        out.push(vec![Walk::claims("claim_kind", " AND c.kind = ?", Some((kind as i64).into()), Answers::Kind)]);
    }
    if let Some(modality) = filter.modality {
        let value = Some((modality as i64).into());
        out.push(vec![Walk::claims("claim_modality", " AND c.modality = ?", value, Answers::Modality)]);
    }
    if out.is_empty() {
        out.push(vec![Walk::claims("claim_day", "", None, Answers::Nothing)]);
    }
    Ok(out)
}

/// The shortest of the lists that are named, and how long it is.
fn shortest(db: &Connection, filter: &Filter) -> Result<(Vec<Walk>, i64)> {
    let mut best: Option<(Vec<Walk>, i64)> = None;
    for walks in walks(filter)? {
        let mut length = 0;
        for walk in &walks {
            length += walk.length(db, filter)?;
        }
        // The claims of many reports do not come in the order of days: walking the days and looking up the report is better.
        let unordered = walks.iter().any(|walk| walk.reports.is_some() && walk.answers != Answers::Report);
        if !(unordered && length > COUNTED) && best.as_ref().is_none_or(|(_, least)| length < *least) {
            best = Some((walks, length));
        }
    }
    Ok(best.unwrap_or_else(|| (vec![Walk::claims("claim_day", "", None, Answers::Nothing)], COUNTED)))
}

/// What of a question a walk has not answered.
fn checks(filter: &Filter, walk: &Walk) -> Result<Sql> {
    let mut out = walk.term.clone();
    let (claim, done) = (walk.claim, walk.answers);
    days(filter, walk.day, &mut out);
    let sides = [(&filter.actor, 0, Answers::Actor), (&filter.recipient, 1, Answers::Recipient)];
    for (name, role, answers) in sides {
        let Some(name) = name.as_ref().filter(|_| done != answers && done != Answers::Pair) else { continue };
        let there = if is_code(name) {
            let column = ["actor", "recipient"][role];
            format!("EXISTS (SELECT 1 FROM pair q INDEXED BY pair_claim WHERE q.claim = {claim} AND q.{column} = ?)")
        } else {
            format!(
                "EXISTS (SELECT 1 FROM party q INDEXED BY party_claim WHERE q.claim = {claim} AND q.role = {role} AND q.name = ?)"
            )
        };
        out.and(Sql::new(there, [text(name)]));
    }
    if let Some(name) = filter.party.as_ref().filter(|_| done != Answers::Party) {
        out.and(if is_code(name) {
            let there = "EXISTS (SELECT 1 FROM pair q INDEXED BY pair_claim";
            Sql::new(format!("{there} WHERE q.claim = {claim} AND ? IN (q.actor, q.recipient))"), [text(name)])
        } else {
            let there = "EXISTS (SELECT 1 FROM party q INDEXED BY party_claim";
            Sql::new(format!("{there} WHERE q.claim = {claim} AND q.name = ?)"), [text(name)])
        });
    }
    if let Some(kind) = filter.kind.filter(|_| done != Answers::Kind) {
        out.and(Sql::new(format!("{} = ?", walk.kind), [(kind as i64).into()]));
    }
    if let Some(modality) = filter.modality.filter(|_| done != Answers::Modality) {
        out.and(Sql::new(format!("{} = ?", walk.modality), [(modality as i64).into()]));
    }
    if let Some(place) = filter.place.as_ref().filter(|_| done != Answers::Place) {
        let term = if is_code(place) { "+c.country = ?" } else { "+c.place = ?" };
        out.and(Sql::new(term, [text(place)]));
    }
    match &filter.according_to {
        Some(Attributed::Outlet) => out.and(Sql::new("+c.source IS NULL", [])),
        Some(Attributed::Anybody) => out.and(Sql::new("+c.source IS NOT NULL", [])),
        Some(Attributed::Speaker(name)) if done != Answers::Speaker => {
            out.and(Sql::new("+c.source = ?", [text(name)]));
        }
        _ => {}
    }
    if let Some(words) = filter.words.as_ref().filter(|_| done != Answers::Words) {
        out.and(Sql::new(format!("+c.report IN ({BY_WORDS})"), [text(&searched(words)?)]));
    }
    if let Some(outlet) = filter.outlet.as_ref().filter(|_| done != Answers::Outlet) {
        out.and(Sql::new(format!("+c.report IN ({BY_OUTLET})"), [text(outlet)]));
    }
    if let Some(report) = filter.report.as_ref().filter(|_| done != Answers::Report) {
        out.and(Sql::new("+c.report = (SELECT id FROM report WHERE name = ?)", [text(report)]));
    }
    Ok(out)
}

/// The ids and days of the claims that fit, the newest first, without a limit.
pub(super) fn claims(db: &Connection, filter: &Filter) -> Result<Sql> {
    planned(filter, &shortest(db, filter)?.0)
}

fn planned(filter: &Filter, walks: &[Walk]) -> Result<Sql> {
    let mut out = Sql::default();
    for walk in walks {
        let checks = checks(filter, walk)?;
        let looked_up = !walk.from.contains("claim c") && names_claim(&checks.text);
        let join = if looked_up { format!(" CROSS JOIN claim c ON c.id = {}", walk.claim) } else { String::new() };
        if !out.text.is_empty() {
            out.text.push_str(" UNION ");
        }
        let sql = format!("SELECT DISTINCT {} AS id, {} AS day FROM {}{join} WHERE ", walk.claim, walk.day, walk.from);
        out.text.push_str(&sql);
        out.text.push_str(&checks.text);
        out.values.extend(checks.values);
    }
    // Two lists in one order are merged as they are read; one list is read in its order.
    out.text.push_str(" ORDER BY 2 DESC, 1 DESC");
    Ok(out)
}

/// True where a condition names a column of the table of claims.
fn names_claim(condition: &str) -> bool {
    condition.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_'))).any(|word| word.starts_with("c."))
}

/// Reports that fit, with `columns`; the newest first, or with words the best match, whose words are the last column.
pub(super) fn reports(db: &Connection, filter: &Filter, columns: &str, all_versions: bool) -> Result<Sql> {
    let mut out = match &filter.words {
        Some(words) => Sql::new(
            format!(
                "SELECT {columns}, snippet(words, -1, '[', ']', ' … ', 16) FROM words CROSS JOIN report r
                 ON r.id = words.rowid CROSS JOIN body b ON b.report = r.id WHERE words MATCH ?"
            ),
            [text(&searched(words)?)],
        ),
        None => Sql::new(format!("SELECT {columns} FROM report r LEFT JOIN body b ON b.report = r.id WHERE true"), []),
    };
    if !all_versions {
        out.and(Sql::new("r.state = 0", []));
    }
    days(filter, "r.day", &mut out);
    if let Some(outlet) = &filter.outlet {
        out.and(Sql::new("r.outlet = ?", [text(outlet)]));
    }
    if let Some(report) = &filter.report {
        out.and(Sql::new("r.name = ?", [text(report)]));
    }
    let of_claims = Filter { words: None, outlet: None, since: None, until: None, report: None, ..filter.clone() };
    if of_claims != Filter::default() {
        let (walks, length) = shortest(db, &of_claims)?;
        out.and(if length < COUNTED {
            let claims = planned(&of_claims, &walks)?;
            let there = format!("r.id IN (SELECT report FROM claim WHERE id IN (SELECT id FROM ({})))", claims.text);
            Sql::new(there, claims.values)
        } else {
            // So many claims fit that looking into one report after the other soon finds enough.
            let walk = Walk {
                from: "claim c".to_owned(),
                term: Sql::new("c.report = r.id AND +c.state = 0", []),
                ..Walk::claims("", "", None, Answers::Nothing)
            };
            let checks = checks(&of_claims, &walk)?;
            Sql::new(format!("EXISTS (SELECT 1 FROM claim c WHERE {})", checks.text), checks.values)
        });
    }
    // A set too large to weigh shows what came last.
    let order = match &filter.words {
        Some(words) => {
            let sql = format!("SELECT count(*) FROM ({BY_WORDS} LIMIT {WEIGHED})");
            let found: i64 = db.prepare_cached(&sql)?.query_row([searched(words)?], |row| row.get(0))?;
            if found < WEIGHED { "rank, r.id DESC" } else { "words.rowid DESC" }
        }
        None => "r.day DESC, r.id DESC",
    };
    out.text.push_str(" ORDER BY ");
    out.text.push_str(order);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use demarche_core::{Day, EventType, Modality, Report};

    use super::*;
    use crate::{
        archive::{Archive, Stamp},
        record::{Coded, Record},
    };

    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % sides as u64) as usize
        }

        fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
            words[self.roll(words.len())]
        }
    }

    const CODES: &[&str] = &["NOR", "SUD", "EST"];
    const TOWNS: &[&str] = &["Ost", "West"];

    fn record(dice: &mut Dice, sentence: u32) -> Record {
        let mut parties = || -> Vec<_> {
            let many = 1 + dice.roll(2);
            let party = |n: usize| serde_json::json!({"span": [n, 9], "text": "it", "name": format!("Name {}", CODES[n]), "country": CODES[n], "sectors": []});
            (0..many).map(|_| party(dice.roll(3))).collect()
        };
        let (actors, recipients) = (parties(), parties());
        let said = (dice.roll(2) == 0).then(|| {
            serde_json::json!({"source": {"span": [0, 1], "text": "x", "name": null, "country": dice.of(CODES), "sectors": []},
                "cue": {"span": [0, 4], "text": "said"}, "stance": "asserts", "form": "indirect"})
        });
        let place = (dice.roll(2) == 0).then(|| {
            serde_json::json!({"span": [0, 1], "text": "x", "name": dice.of(TOWNS), "country": dice.of(CODES), "lat": 1.0, "lon": 2.0,
                "precision": "city", "geonameid": 1})
        });
        let json = serde_json::json!({
            "sentence": sentence, "span": [0, 9], "text": "words", "type": dice.of(&["AID", "SANCTION"]), "mode": null, "quad": 4,
            "intensity": 0.0, "contexts": [], "actors": actors, "recipients": recipients, "date": null, "place": place,
            "figures": [], "modality": dice.of(&["occurred", "negated"]), "attribution": said, "historical": false,
            "rule": "r", "confidence": 0.9, "act": [0, 4]
        });
        serde_json::from_value(json).unwrap()
    }

    fn filter(dice: &mut Dice) -> Filter {
        let sometimes = |dice: &mut Dice, words: &[&str]| (dice.roll(4) == 0).then(|| dice.of(words).to_owned());
        let parties = &["NOR", "SUD", "EST", "Name NOR", "name sud"];
        Filter {
            actor: sometimes(dice, parties),
            recipient: sometimes(dice, parties),
            party: sometimes(dice, parties),
            kind: (dice.roll(4) == 0).then_some(EventType::Aid),
            modality: (dice.roll(4) == 0).then_some(Modality::Negated),
            place: sometimes(dice, &["NOR", "Ost"]),
            according_to: match dice.roll(9) {
                0 => Some(Attributed::Outlet),
                1 => Some(Attributed::Anybody),
                2 => Some(Attributed::Speaker("SUD".into())),
                _ => None,
            },
            since: (dice.roll(4) == 0).then(|| Day::new(2025, 5, 3)).flatten(),
            until: (dice.roll(4) == 0).then(|| Day::new(2025, 5, 5)).flatten(),
            words: sometimes(dice, &["border", "\"quiet talks\""]),
            outlet: sometimes(dice, &["Post", "Ledger"]),
            report: (dice.roll(9) == 0).then(|| format!("r{}", dice.roll(40))),
        }
    }

    /// Whether a claim fits, read off its record and its report.
    fn fits(filter: &Filter, report: &Report, record: &Record) -> bool {
        let party = |wanted: &Option<String>, sides: &[&Vec<crate::record::Party>]| {
            wanted.as_ref().is_none_or(|wanted| {
                sides.iter().flat_map(|parties| parties.iter()).any(|party| {
                    party.country.as_ref() == Some(wanted)
                        || party.name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(wanted))
                })
            })
        };
        let day = record.day(report.day());
        let text = report.text.as_str();
        party(&filter.actor, &[&record.actors])
            && party(&filter.recipient, &[&record.recipients])
            && party(&filter.party, &[&record.actors, &record.recipients])
            && filter.kind.is_none_or(|kind| record.kind == kind.as_str())
            && filter.modality.is_none_or(|modality| record.modality == modality.as_str())
            && filter.place.as_ref().is_none_or(|wanted| {
                let place = record.place.as_ref();
                place.is_some_and(|place| place.name == *wanted || place.country.as_ref() == Some(wanted))
            })
            && match &filter.according_to {
                None => true,
                Some(Attributed::Outlet) => record.source().is_none(),
                Some(Attributed::Anybody) => record.source().is_some(),
                Some(Attributed::Speaker(name)) => record.source() == Some(name),
            }
            && filter.since.is_none_or(|since| day >= Some(since))
            && filter.until.is_none_or(|until| day <= Some(until))
            && filter.words.as_ref().is_none_or(|words| text.contains(words.trim_matches('"')))
            && filter.outlet.as_ref().is_none_or(|outlet| report.outlet.as_ref() == Some(outlet))
            && filter.report.as_ref().is_none_or(|id| report.id == *id)
    }

    #[test]
    fn whichever_list_is_walked_the_answer_is_the_same() {
        let mut dice = Dice(1);
        let mut archive = Archive::in_memory().unwrap();
        let batch: Vec<Coded> = (0..40)
            .map(|n| {
                let text = format!(
                    "{n} {} at the {}",
                    dice.of(&["quiet talks", "talks quiet"]),
                    dice.of(&["border", "river"])
                );
                let report = Report {
                    outlet: Some(dice.of(&["Post", "Ledger"]).to_owned()),
                    published: Some(format!("2025-05-0{}", 1 + dice.roll(7))),
                    ..Report::from_text(format!("r{n}"), text)
                };
                Coded { report, claims: (0..6).map(|sentence| record(&mut dice, sentence)).collect() }
            })
            .collect();
        archive.add(&batch, Stamp { seen: "2025-05-09T00:00:00Z", coder: "c" }).unwrap();
        let mut found_some = 0;
        for _ in 0..600 {
            let filter = filter(&mut dice);
            let mut wanted = 0;
            for coded in &batch {
                wanted += coded.claims.iter().filter(|record| fits(&filter, &coded.report, record)).count();
            }
            found_some += usize::from(wanted > 0);
            let mut answers: Vec<Vec<(i64, i64)>> = Vec::new();
            for walk in walks(&filter).unwrap() {
                let sql = planned(&filter, &walk).unwrap();
                let mut statement = archive.db.prepare(&sql.text).unwrap();
                let rows = statement.query_map(params_from_iter(sql.values), |row| Ok((row.get(0)?, row.get(1)?)));
                answers.push(rows.unwrap().map(|row| row.unwrap()).collect());
            }
            assert!(answers.iter().all(|answer| answer == &answers[0]), "{filter:?}");
            assert_eq!(answers[0].len(), wanted, "{filter:?}");
            assert_eq!(archive.claims(&filter, 999, 0).unwrap().len(), wanted);
        }
        assert!(found_some > 200, "{found_some}");
    }
}
