//! Plan: which list a question walks, and what is checked on the way.
//!
//! Every list of claims is sorted by day behind what it is for. A question walks the shortest list that it names, the
//! newest first, and stops when enough fit; SQLite by itself would guess which is the shortest. No list is longer than
//! what is counted here before it is chosen. Claims that the list has not come to yet are looked through one by one.

use super::{
    filter::{Attributed, Filter, is_code, searched},
    list::{self, UNDATED, What},
};
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
    /// Where it is a list that may not have come to the last claims: which.
    list: Option<What>,
}

impl Walk {
    fn list(what: What, name: impl Into<String>, answers: Answers) -> Self {
        Self {
            from: "list l".to_owned(),
            term: Sql::new(format!("l.what = {} AND l.name = ?", what as i64), [name.into().into()]),
            claim: "l.claim",
            day: "l.day",
            kind: "l.kind",
            modality: "l.modality",
            answers,
            reports: None,
            list: Some(what),
        }
    }

    /// Claims looked through one by one; the sign keeps SQLite from thinking that many are meant.
    fn claims(from: String, term: &str, values: Vec<Value>, answers: Answers) -> Self {
        Self {
            from,
            term: Sql::new(format!("{term} AND +c.state = 0"), values),
            claim: "c.id",
            day: "c.day",
            kind: "c.kind",
            modality: "c.modality",
            answers,
            reports: None,
            list: None,
        }
    }

    /// Those that a list has not come to yet.
    fn behind(what: What) -> Self {
        let reach = format!("c.id > coalesce((SELECT claim FROM listed WHERE what = {}), 0)", what as i64);
        Self::claims("claim c".to_owned(), &reach, vec![], Answers::Nothing)
    }

    /// The claims of some reports.
    fn reports(reports: &'static str, value: &str, answers: Answers) -> Self {
        let from = format!("({reports}) few CROSS JOIN claim c ON c.report = few.report");
        Self { reports: Some(reports), ..Self::claims(from, "true", vec![text(value)], answers) }
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
    if filter.since.is_none() && filter.until.is_some() {
        into.and(Sql::new(format!("{column} > {UNDATED}"), []));
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
        (true, 0) => Walk::list(What::Actor, name, answers),
        (true, _) => Walk::list(What::Recipient, name, answers),
        (false, 0) => Walk::list(What::ActorName, name.to_ascii_lowercase(), answers),
        (false, _) => Walk::list(What::RecipientName, name.to_ascii_lowercase(), answers),
    };
    match (&filter.actor, &filter.recipient) {
        (Some(a), Some(b)) if is_code(a) && is_code(b) => {
            out.push(vec![Walk::list(What::Pair, list::pair(a, b), Answers::Pair)]);
        }
        (actor, recipient) => {
            out.extend(actor.as_ref().map(|name| vec![side(name, 0, Answers::Actor)]));
            out.extend(recipient.as_ref().map(|name| vec![side(name, 1, Answers::Recipient)]));
        }
    }
    if let Some(place) = &filter.place {
        let what = if is_code(place) { What::Country } else { What::Place };
        out.push(vec![Walk::list(what, place, Answers::Place)]);
    }
    if let Some(Attributed::Speaker(name)) = &filter.according_to {
        out.push(vec![Walk::list(What::Speaker, name, Answers::Speaker)]);
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
        out.push(vec![Walk::list(What::Kind, (kind as i64).to_string(), Answers::Kind)]);
    }
    if let Some(modality) = filter.modality {
        out.push(vec![Walk::list(What::Modality, (modality as i64).to_string(), Answers::Modality)]);
    }
    if out.is_empty() {
        out.push(all());
    }
    Ok(out)
}

/// Every claim that stands.
fn all() -> Vec<Walk> {
    vec![Walk::list(What::Day, "", Answers::Nothing)]
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
    Ok(best.unwrap_or_else(|| (all(), COUNTED)))
}

/// How a party is noted in the table of sides: its first role, and what it is called there.
fn kept(party: &str) -> (u8, Value) {
    if is_code(party) { (0, text(party)) } else { (2, party.to_ascii_lowercase().into()) }
}

/// What of a question a walk has not answered.
fn checks(filter: &Filter, walk: &Walk) -> Result<Sql> {
    let mut out = walk.term.clone();
    let (claim, done) = (walk.claim, walk.answers);
    days(filter, walk.day, &mut out);
    let sides = [(&filter.actor, 0, Answers::Actor), (&filter.recipient, 1, Answers::Recipient)];
    for (name, role, answers) in sides {
        let Some(name) = name.as_ref().filter(|_| done != answers && done != Answers::Pair) else { continue };
        let there = format!(
            "EXISTS (SELECT 1 FROM side q WHERE q.claim = {claim} AND q.role = {} AND q.name = ?)",
            role + kept(name).0
        );
        out.and(Sql::new(there, [kept(name).1]));
    }
    if let Some(name) = filter.party.as_ref().filter(|_| done != Answers::Party) {
        let (first, name) = kept(name);
        let there = format!(
            "EXISTS (SELECT 1 FROM side q WHERE q.claim = {claim} AND q.role IN ({first}, {}) AND q.name = ?)",
            first + 1
        );
        out.and(Sql::new(there, [name]));
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
    let behind = walks.iter().filter_map(|walk| walk.list).map(Walk::behind);
    for walk in walks.iter().cloned().chain(behind) {
        let checks = checks(filter, &walk)?;
        let looked_up = walk.list.is_some() && names_claim(&checks.text);
        let join = if looked_up { format!(" CROSS JOIN claim c ON c.id = {}", walk.claim) } else { String::new() };
        if !out.text.is_empty() {
            out.text.push_str(" UNION ");
        }
        // A list has its days as it is sorted by; a claim may have none.
        let day = if walk.list.is_some() { walk.day.to_owned() } else { format!("coalesce({}, {UNDATED})", walk.day) };
        let sql = format!("SELECT {} AS id, {day} AS day FROM {}{join} WHERE ", walk.claim, walk.from);
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
            let walk = Walk::claims("claim c".to_owned(), "c.report = r.id", vec![], Answers::Nothing);
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
        for question in 0..900 {
            // At first no list is made, then all to some claim in the middle, then all to the end.
            if question % 300 == 0 && question > 0 {
                list::reach_to(&archive.db, [100, 240][question / 600]);
                assert_eq!(list::wrong(&archive.db).unwrap(), 0);
            }
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
        assert!(found_some > 300, "{found_some}");
    }
}
