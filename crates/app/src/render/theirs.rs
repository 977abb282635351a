//! What others count for the same pair, beside ours: records of POLECAT, ICEWS and GDELT that an archive holds.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use demarche_core::{Day, Tension, Unit, track::Step};

use super::{
    series::sides,
    words::{country_name, visible},
};

/// Records of one maker from one party towards another.
pub struct Theirs {
    /// `polecat`, `icews` or `gdelt`.
    pub maker: String,
    /// Who acts.
    pub actor: String,
    /// Who is acted on.
    pub recipient: String,
    /// Records by day and quad class.
    pub days: Vec<(Day, [u32; 4])>,
    /// Statements (CAMEO 01), which are in no quad class and not drawn.
    pub statements: u32,
}

impl Theirs {
    /// "POLECAT: India → Pakistan".
    pub fn title(&self) -> String {
        let maker = self.maker.to_uppercase();
        format!("{maker}: {} → {}", country_name(&self.actor), country_name(&self.recipient))
    }

    /// What of them is not drawn; nothing where that is nothing.
    pub fn left_out(&self) -> Option<String> {
        match self.statements {
            0 => None,
            1 => Some("1 statement (CAMEO 01) is not drawn: PLOVER has no type for it".to_owned()),
            n => Some(format!("{n} statements (CAMEO 01) are not drawn: PLOVER has no type for them")),
        }
    }

    /// Their counts as steps. They have neither reports nor a score that could be held against ours.
    pub fn tension(&self, unit: Unit) -> Tension {
        let start = |day: Day| if unit == Unit::Week { day.plus(1 - i64::from(day.weekday())) } else { day };
        let mut steps: BTreeMap<Day, [u32; 4]> = BTreeMap::new();
        // The empty steps between are part of the picture.
        if let (Some(first), Some(last)) = (self.days.first(), self.days.last()) {
            let (first, last) = (start(first.0), start(last.0));
            let long = if unit == Unit::Week { 7 } else { 1 };
            let empty = (first.number()..last.number()).step_by(long).map(|day| (Day::from_number(day), [0; 4]));
            steps.extend(empty);
        }
        for &(day, quad) in &self.days {
            let start = start(day);
            let sums = steps.entry(start).or_default();
            sums.iter_mut().zip(quad).for_each(|(sum, count)| *sum += count);
        }
        let step = |(start, quad)| Step {
            start,
            quad,
            acts: 0,
            claims: 0,
            rung: None,
            score: 0.0,
            reports: 0,
            low: 0.0,
            high: 0.0,
            events: vec![],
        };
        Tension {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            unit,
            series: steps.into_iter().map(step).collect(),
            changes: vec![],
            undated: 0,
            earlier: 0,
        }
    }
}

/// Their bars in the terminal, under ours; nothing where there are none.
pub fn write(theirs: &[Theirs], unit: Unit, out: &mut dyn Write) -> io::Result<()> {
    if theirs.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nCounted by others (records, not linked events)")?;
    for one in theirs {
        writeln!(out, "\n{}", visible(&one.title()))?;
        let tension = one.tension(unit);
        let most = tension.series.iter().flat_map(|s| [s.quad[0] + s.quad[1], s.quad[2] + s.quad[3]]).max();
        for step in tension.series.iter().filter(|step| step.quad != [0; 4]) {
            let numbers = step.quad.map(|count| format!("{count:>4}")).concat();
            let bars = sides(step.quad, most.unwrap_or(0).max(1) as usize);
            writeln!(out, "  {:<10} {bars} {numbers}", step.start.to_string())?;
        }
        if let Some(note) = one.left_out() {
            writeln!(out, "  {note}")?;
        }
    }
    writeln!(out, "\nNumbers: words and deeds of cooperation, words and deeds of conflict.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theirs() -> Theirs {
        let day = |day| Day::new(2025, 4, day).unwrap();
        let days = vec![(day(22), [1, 0, 0, 2]), (day(23), [0, 0, 3, 0]), (day(30), [0, 1, 0, 0])];
        Theirs { maker: "gdelt".into(), actor: "IND".into(), recipient: "PAK".into(), days, statements: 0 }
    }

    #[test]
    fn a_week_begins_on_monday_and_holds_its_days() {
        let weeks = theirs().tension(Unit::Week).series;
        let found: Vec<_> = weeks.iter().map(|step| (step.start.to_string(), step.quad)).collect();
        assert_eq!(found, [("2025-04-21".into(), [1, 0, 3, 2]), ("2025-04-28".into(), [0, 1, 0, 0])]);
        assert_eq!(theirs().tension(Unit::Day).series.len(), 9);
    }

    #[test]
    fn the_bars_of_others_stand_under_ours_within_a_hundred_columns() {
        let mut out = Vec::new();
        write(&[theirs()], Unit::Day, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("GDELT: India → Pakistan") && text.contains("2025-04-22") && text.contains("██│░"));
        assert!(text.lines().all(|line| line.chars().count() <= 100));
    }
}
