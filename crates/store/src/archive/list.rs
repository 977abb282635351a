//! Lists: the claims that stand, by day behind what they are found by, made of many claims at a time.
//!
//! A list is a run of one table, sorted by what it is for, then by day. Were every claim put into a dozen lists as it comes,
//! each would touch a dozen pages somewhere in the file, and a large archive would write a hundred times what it keeps.
//! So claims are kept as they come, and one list after the other is caught up with them, in its own order. What comes
//! behind the claim that a list reaches to is looked through.

use super::Archive;
use crate::{
    error::Result,
    record::Record,
    sqlite::{Connection, TransactionBehavior, params},
};

/// Stands for no day: before all days.
pub(super) const UNDATED: i64 = i32::MIN as i64;

/// While many reports are added, one list is caught up whenever so many claims came since the last one was.
const STEP: i64 = 16_384;

/// So few claims may wait for ever: they are looked through in a moment.
const FEW: i64 = 2048;

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Day,
    Kind,
    Modality,
    Country,
    Place,
    Speaker,
    Actor,
    Recipient,
    ActorName,
    RecipientName,
    Pair,
}

impl What {
    pub const ALL: [Self; 11] = [
        Self::Day,
        Self::Kind,
        Self::Modality,
        Self::Country,
        Self::Place,
        Self::Speaker,
        Self::Actor,
        Self::Recipient,
        Self::ActorName,
        Self::RecipientName,
        Self::Pair,
    ];

    /// The lines of the list for the claims behind `?1` up to `?2`, read off the claims and their sides.
    fn lines(self) -> String {
        let (name, from) = match self {
            Self::Day => ("''", "claim c WHERE"),
            Self::Kind => ("CAST(c.kind AS TEXT)", "claim c WHERE"),
            Self::Modality => ("CAST(c.modality AS TEXT)", "claim c WHERE"),
            Self::Country => ("c.country", "claim c WHERE c.country IS NOT NULL AND"),
            Self::Place => ("c.place", "claim c WHERE c.place IS NOT NULL AND"),
            Self::Speaker => ("c.source", "claim c WHERE c.source IS NOT NULL AND"),
            Self::Actor => ("s.name", "claim c CROSS JOIN side s ON s.claim = c.id AND s.role = 0 WHERE"),
            Self::Recipient => ("s.name", "claim c CROSS JOIN side s ON s.claim = c.id AND s.role = 1 WHERE"),
            Self::ActorName => ("s.name", "claim c CROSS JOIN side s ON s.claim = c.id AND s.role = 2 WHERE"),
            Self::RecipientName => ("s.name", "claim c CROSS JOIN side s ON s.claim = c.id AND s.role = 3 WHERE"),
            Self::Pair => (
                "a.name || ' ' || b.name",
                "claim c CROSS JOIN side a ON a.claim = c.id AND a.role = 0
                         CROSS JOIN side b ON b.claim = c.id AND b.role = 1 WHERE",
            ),
        };
        format!(
            "SELECT {} AS what, {name} AS name, coalesce(c.day, {UNDATED}) AS day, c.id AS claim, c.kind, c.modality
             FROM {from} c.id > ?1 AND c.id <= ?2 AND c.state = 0",
            self as i64
        )
    }
}

/// The code and name of a pair's list.
pub(super) fn pair(actor: &str, recipient: &str) -> String {
    format!("{actor} {recipient}")
}

/// Who acts and who is acted on, with the role that the table of sides gives them, sorted, each once.
pub(super) fn sides(record: &Record) -> Vec<(u8, String)> {
    let mut out = Vec::new();
    for (role, parties) in [(0, &record.actors), (1, &record.recipients)] {
        out.extend(parties.iter().filter_map(|party| Some((role, party.country.clone()?))));
        out.extend(parties.iter().filter_map(|party| Some((2 + role, party.name.as_ref()?.to_ascii_lowercase()))));
    }
    out.sort();
    out.dedup();
    out
}

/// Notes who acts and who is acted on. What the lists have of the claim is another matter: [`put`].
pub(super) fn note_sides(db: &Connection, claim: i64, record: &Record) -> Result<()> {
    let mut note = db.prepare_cached("INSERT INTO side(claim, role, name) VALUES (?, ?, ?)")?;
    for (role, name) in sides(record) {
        note.execute(params![claim, role, name])?;
    }
    Ok(())
}

/// Puts a claim that changed into the lists that reach beyond it; the others will come to it.
pub(super) fn put(db: &Connection, claim: i64) -> Result<()> {
    for what in What::ALL {
        if reach(db, what)? >= claim {
            db.prepare_cached(&format!("INSERT INTO list {}", what.lines()))?.execute([claim - 1, claim])?;
        }
    }
    Ok(())
}

/// Takes a claim out of all lists, before anything of it changes: the claim itself tells where it stands.
pub(super) fn take(db: &Connection, claim: i64) -> Result<()> {
    for what in What::ALL {
        let there = format!("SELECT what, name, day, claim FROM ({})", what.lines());
        db.prepare_cached(&format!("DELETE FROM list WHERE (what, name, day, claim) IN ({there})"))?
            .execute([claim - 1, claim])?;
    }
    Ok(())
}

/// The claim up to which a list is made.
pub(super) fn reach(db: &Connection, what: What) -> Result<i64> {
    let sql = "SELECT coalesce((SELECT claim FROM listed WHERE what = ?), 0)";
    Ok(db.prepare_cached(sql)?.query_row([what as i64], |row| row.get(0))?)
}

/// The last claim there is.
pub(super) fn last(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached("SELECT coalesce(max(id), 0) FROM claim")?.query_row([], |row| row.get(0))?)
}

/// After claims were deleted: their numbers may be given again, and what bears them then is in no list.
pub(super) fn shorten(db: &Connection) -> Result<()> {
    db.execute("UPDATE listed SET claim = ?1 WHERE claim > ?1", [last(db)?])?;
    Ok(())
}

fn catch_up(db: &Connection, what: What, last: i64) -> Result<()> {
    let sql = format!("INSERT INTO list {} ORDER BY 2, 3, 4", what.lines());
    db.prepare_cached(&sql)?.execute([reach(db, what)?, last])?;
    db.prepare_cached("INSERT OR REPLACE INTO listed VALUES (?, ?)")?.execute([what as i64, last])?;
    Ok(())
}

/// A step of catching up, while many claims come: the list that is most behind, where it is time.
pub(super) fn step(db: &Connection) -> Result<()> {
    let mut least = (i64::MAX, What::Day);
    let mut most = 0;
    for what in What::ALL {
        let reach = reach(db, what)?;
        most = most.max(reach);
        if reach < least.0 {
            least = (reach, what);
        }
    }
    let last = last(db)?;
    if last - most >= STEP { catch_up(db, least.1, last) } else { Ok(()) }
}

/// Makes all lists up to the last claim.
pub(super) fn finish(db: &Connection) -> Result<()> {
    let last = last(db)?;
    What::ALL.into_iter().try_for_each(|what| catch_up(db, what, last))
}

/// The same where many claims wait: after reports that come one by one.
pub(super) fn finish_many(db: &Connection) -> Result<()> {
    let last = last(db)?;
    for what in What::ALL {
        if last - reach(db, what)? > FEW {
            catch_up(db, what, last)?;
        }
    }
    Ok(())
}

/// How many lines of the lists are not what the claims say.
pub(super) fn wrong(db: &Connection) -> Result<i64> {
    let last = last(db)?;
    let mut out = 0;
    for what in What::ALL {
        let reach = reach(db, what)?;
        let number = |sql: &str, values: &[i64]| {
            db.query_row(sql, crate::sqlite::params_from_iter(values), |row| row.get::<_, i64>(0))
        };
        let lines = what.lines();
        let wanted = number(&format!("SELECT count(*) FROM ({lines})"), &[0, reach])?;
        let held = number("SELECT count(*) FROM list WHERE what = ?", &[what as i64])?;
        let missing = format!(
            "SELECT count(*) FROM ({lines}) e WHERE NOT EXISTS (SELECT 1 FROM list l WHERE l.what = e.what
                AND l.name = e.name AND l.day = e.day AND l.claim = e.claim AND l.kind = e.kind AND l.modality = e.modality)"
        );
        out += (wanted - held).abs() + number(&missing, &[0, reach])? + (reach - last).max(0);
    }
    Ok(out)
}

impl Archive {
    /// Makes the lists by which claims are found, where many wait: at the end of a run that added many. Whoever asks
    /// before gets the same answers, later.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn settle(&mut self) -> Result<()> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        finish_many(&step)?;
        Ok(step.commit()?)
    }
}

/// Lists made up to a claim in the middle.
#[cfg(test)]
pub(super) fn reach_to(db: &Connection, last: i64) {
    What::ALL.into_iter().try_for_each(|what| catch_up(db, what, last)).unwrap();
}

#[cfg(test)]
mod tests {
    use demarche_core::Report;

    use super::*;
    use crate::{
        archive::{ClaimEdit, Filter, Stamp},
        record::Coded,
    };

    const STAMP: Stamp = Stamp { seen: "2025-05-09T00:00:00Z", coder: "c" };

    fn record(sentence: u32, kind: &str) -> Record {
        let party = |code: &str| serde_json::json!({"span": [0, 4], "text": "x", "name": format!("Name {code}"), "country": code, "sectors": []});
        let json = serde_json::json!({
            "sentence": sentence, "span": [0, 9], "text": "words", "type": kind, "mode": null, "quad": 4, "intensity": 0.0,
            "contexts": [], "actors": [party("NOR"), party("EST")], "recipients": [party("SUD")], "date": null,
            "place": null, "figures": [], "modality": "occurred", "attribution": null, "historical": false, "rule": "r",
            "confidence": 0.9, "act": [0, 4]
        });
        serde_json::from_value(json).unwrap()
    }

    fn reports(from: usize, many: usize, claims: u32) -> Vec<Coded> {
        let report = |n: usize| Report {
            published: Some(format!("2025-05-0{}", 1 + n % 9)),
            ..Report::from_text(format!("r{n}"), format!("The words of number {n}."))
        };
        let claims = |_| (0..claims).map(|sentence| record(sentence, "AID")).collect();
        (from..from + many).map(|n| Coded { report: report(n), claims: claims(n) }).collect()
    }

    fn found(archive: &Archive) -> usize {
        archive.claims(&Filter { actor: Some("NOR".into()), ..Filter::default() }, 99_999, 0).unwrap().len()
    }

    #[test]
    fn lists_are_caught_up_one_after_the_other_while_many_come() {
        let mut archive = Archive::in_memory().unwrap();
        let mut lengths = Vec::new();
        for batch in 0..4 {
            archive.add(&reports(batch * 70, 70, 128), STAMP).unwrap();
            let made = |what: What| reach(&archive.db, what).unwrap() > 0;
            lengths.push(What::ALL.into_iter().filter(|&what| made(what)).count());
            assert_eq!(found(&archive), (batch + 1) * 70 * 128);
        }
        assert_eq!(lengths, [0, 1, 1, 2]);
        archive.settle().unwrap();
        assert_eq!(What::ALL.map(|what| reach(&archive.db, what).unwrap()), [4 * 70 * 128; 11]);
        assert_eq!((found(&archive), wrong(&archive.db).unwrap()), (4 * 70 * 128, 0));
    }

    #[test]
    fn what_changes_behind_and_before_the_end_of_a_list_is_found_as_it_is() {
        for reached in [0, 3, 6] {
            let mut archive = Archive::in_memory().unwrap();
            archive.add(&reports(0, 3, 2), STAMP).unwrap();
            reach_to(&archive.db, reached);
            archive.strike("r0/0.0", "wrong", STAMP.seen).unwrap();
            let edit = ClaimEdit { actor: Some("XYZ".into()), ..ClaimEdit::default() };
            archive.correct_claim("r1/0.0", edit.clone(), "wrong", STAMP.seen).unwrap();
            archive.correct_claim("r0/0.0", edit, "still struck", STAMP.seen).unwrap();
            assert_eq!(found(&archive), 4, "{reached}");
            // The numbers of the last claims are given again.
            archive.remove("r2", "no report", STAMP.seen).unwrap();
            archive.add(&reports(3, 2, 2), STAMP).unwrap();
            assert_eq!(found(&archive), 6, "{reached}");
            assert_eq!(archive.verify().unwrap().faults, Vec::<String>::new(), "{reached}");
        }
    }

    #[test]
    fn a_line_of_a_list_that_is_wrong_is_found() {
        let mut archive = Archive::in_memory().unwrap();
        archive.add(&reports(0, 2, 2), STAMP).unwrap();
        reach_to(&archive.db, 4);
        archive.db.execute("UPDATE list SET modality = 4 WHERE what = 1 AND claim = 2", []).unwrap();
        let faults = archive.verify().unwrap().faults;
        assert_eq!(faults, ["the lists by which claims are found do not say what the claims say"]);
    }
}
