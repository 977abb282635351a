//! What was corrected by hand, done again to reports that are coded anew to be read side by side.

use demarche_core::{Annotation, Claim, DateMention, DatePrecision, EventType, Modality, record::Offsets};

use super::{Archive, ClaimEdit, add::STRUCK};
use crate::{
    error::Result,
    record::{Party, Record},
};

impl Archive {
    /// Strikes and sets in the claims of these reports what was struck and set in the archive.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn by_hand(&self, annotations: &mut [Annotation]) -> Result<()> {
        let mut statement = self.db.prepare_cached(
            "SELECT json, state, edits FROM claim c JOIN record ON record.claim = c.id
             WHERE report = (SELECT id FROM report WHERE name = ?) AND (state = ? OR edits IS NOT NULL)",
        )?;
        for annotation in annotations {
            let mut rows = statement.query((&annotation.report.id, STRUCK))?;
            while let Some(row) = rows.next()? {
                let json: String = row.get(0)?;
                let Ok(record) = serde_json::from_str::<Record>(&json) else { continue };
                let offsets = Offsets::new(&annotation.report.text);
                let same = |claim: &Claim| is_of(&record, claim, &offsets);
                if row.get::<_, i64>(1)? == STRUCK {
                    annotation.claims.retain(|claim| !same(claim));
                } else if let Some(edit) =
                    row.get::<_, Option<String>>(2)?.and_then(|json| serde_json::from_str(&json).ok())
                {
                    annotation.claims.iter_mut().filter(|claim| same(claim)).for_each(|claim| set(&edit, claim));
                }
            }
        }
        Ok(())
    }
}

/// Whether the record is of this claim, by what no hand sets: the words of the act, its entry, the words of its parties.
fn is_of(record: &Record, claim: &Claim, offsets: &Offsets) -> bool {
    let same = |kept: &[Party], found: &[demarche_core::Party]| {
        kept.iter().map(|party| party.span).eq(found.iter().map(|party| offsets.range(party.span)))
    };
    record.sentence as usize == claim.sentence
        && record.act == offsets.range(claim.act)
        && record.rule == claim.rule
        && same(&record.actors, &claim.actors)
        && same(&record.recipients, &claim.recipients)
}

fn set(edit: &ClaimEdit, claim: &mut Claim) {
    if let Some(kind) = edit.kind.as_deref().and_then(EventType::from_name) {
        if claim.kind != kind {
            claim.mode = None;
        }
        claim.kind = kind;
    }
    if let Some(modality) = edit.modality.as_deref().and_then(Modality::from_name) {
        claim.modality = modality;
    }
    if let Some(value) = &edit.date {
        let precision =
            [DatePrecision::Year, DatePrecision::Month, DatePrecision::Day][value.matches('-').count().min(2)];
        let span = claim.date.as_ref().map_or(claim.act, |date| date.span);
        claim.date = Some(DateMention { span, value: value.clone(), precision });
    }
    for (code, parties) in [(&edit.actor, &mut claim.actors), (&edit.recipient, &mut claim.recipients)] {
        for party in parties.iter_mut().filter(|_| code.is_some()) {
            party.country.clone_from(code);
        }
    }
}
