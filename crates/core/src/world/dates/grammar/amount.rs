//! Amounts of time and what is so far away: three days, two weeks ago, in a month.

use super::{Amount, Expr, From, Grammar, Kind, Parsed, Role, Unit};

impl Grammar<'_> {
    /// "few", "a few", "several", "a couple of".
    pub(super) fn few(&self, i: usize) -> Option<(f64, usize)> {
        let at = i + usize::from(self.get(i)?.word.role == Some(Role::A));
        let role = if at == i { self.get(i)?.word.role } else { self.role(at) };
        match role {
            Some(Role::Few) => Some((3.0, at + 1)),
            Some(Role::Couple) => Some((2.0, self.skip(at + 1, Role::Of))),
            _ => None,
        }
    }

    /// An amount of time: "three days", "an hour and a half", "2 years 1 month", "two-week".
    pub(super) fn amount(&self, i: usize) -> Option<(Amount, usize)> {
        let first = self.get(i)?;
        let (n, vague, mut at) = if let Some((n, at)) = self.few(i) {
            (n, !self.lower_is_at(at - 1, "of") && n > 2.0, at)
        } else if first.word.role == Some(Role::Half) {
            (0.5, false, self.skip(i + 1, Role::A))
        } else if first.word.role == Some(Role::A) {
            match self.word(i + 1).number {
                // "a hundred years"
                Some(100 | 1000) => self.number_words(i + 1).map(|(n, at)| (f64::from(n), false, at))?,
                _ if self.is(i + 1, Role::Half) => (0.5, false, i + 2),
                _ => (1.0, false, i + 1),
            }
        } else {
            let (n, at) = self.number(i)?;
            (n, false, at)
        };
        let hyphen = self.mark(at, '-') && self.glued(at);
        at += usize::from(hyphen);
        // "two full days", "three more weeks"
        at += usize::from(
            self.lower_is(
                at,
                &["full", "more", "whole", "long", "consecutive", "straight", "business", "working", "additional"],
            ) && self.word(at + 1).unit.is_some(),
        );
        let word = self.word(at);
        let unit = word.unit.or_else(|| {
            // 3Y, 10min, 24h
            (self.glued(at) && matches!(first.kind, Kind::Number { .. })).then(|| match self.form(at) {
                "Y" | "y" => Some(Unit::Year),
                "d" => Some(Unit::Day),
                _ => None,
            })?
        })?;
        if word.ordinal.is_some() && first.word.role == Some(Role::A) || self.form(at) == "h" && !self.glued(at) {
            return None;
        }
        // "day five of 2018 day": more than one wants the plural, unless joined or shortened.
        if !word.plural && n > 1.0 && !hyphen && !self.glued(at) && self.form(at).len() > 3 && n.fract() == 0.0 {
            return None;
        }
        let mut amount = Amount { parts: vec![(n, unit)], vague };
        at += 1;
        if self.is(at, Role::And) && self.is(at + 1, Role::A) && self.is(at + 2, Role::Half) {
            amount.parts[0].0 += 0.5;
            at += 3;
        }
        // A shorter unit goes on: "2 years 1 month and 3 days".
        let joint = self.skip(self.skip_mark(at, ','), Role::And);
        if self.next(joint).is_some_and(|lex| matches!(lex.kind, Kind::Number { .. }) || lex.word.number.is_some())
            && let Some((more, end)) = self.amount(joint)
            && more.parts[0].1 < unit
        {
            amount.parts.extend(more.parts);
            at = end;
        }
        Some((amount, at))
    }

    /// An amount, or a bare unit as one of it: "past fortnight".
    pub(super) fn amount_here(&self, i: usize) -> Option<(Amount, usize)> {
        self.amount(i).or_else(|| {
            let word = self.word(i);
            (!word.plural).then(|| word.unit.map(|unit| (Amount { parts: vec![(1.0, unit)], vague: false }, i + 1)))?
        })
    }

    /// Two days ago, three weeks later, in two months, five days before Christmas.
    pub(super) fn offset(&self, i: usize) -> Parsed {
        let inside = matches!(self.get(i)?.word.role, Some(Role::In | Role::Within));
        let start = i + usize::from(inside);
        if inside {
            self.next(start)?;
        }
        let about = if start == i {
            usize::from(self.get(i)?.word.role == Some(Role::About))
        } else {
            usize::from(self.is(start, Role::About))
        };
        let Some((amount, at)) = self.amount(start + about) else { return self.day_beside(i) };
        let from =
            |back: bool, from: From, end: usize| Some((Expr::Offset { amount: amount.clone(), back, from }, end));
        match self.role(at) {
            Some(Role::Ago) => return from(true, From::Report, at + 1),
            Some(Role::Later)
                if !self.one_of(at + 1, &[Role::This, Role::Last, Role::Next]) && self.word(at + 1).days.is_none() =>
            {
                return from(false, From::Discourse, at + 1);
            }
            Some(role @ (Role::From | Role::After | Role::Before | Role::Since)) if self.next(at + 1).is_some() => {
                if self.is(at + 1, Role::Now) && role == Role::From {
                    return from(false, From::Report, at + 2);
                }
                if let Some((date, end)) = self.date(at + 1) {
                    return from(role == Role::Before, From::Date(Box::new(date)), end);
                }
                if let Some((noun, end)) = self.happening(at + 1) {
                    return from(role == Role::Before, From::Event(noun, at), end);
                }
                if role == Role::Before && self.next(at + 1).is_none_or(|lex| lex.kind != Kind::Word) {
                    return from(true, From::Discourse, at + 1);
                }
            }
            Some(Role::Earlier | Role::Before) => return from(true, From::Discourse, at + 1),
            _ => {}
        }
        if self.is(at, Role::In) && self.lower_is(at + 1, &["advance"]) {
            return None;
        }
        // "within three days", where the sentence looks ahead
        let hyphen = self.mark(at - 2, '-') && self.glued(at - 1);
        let deadline = self.get(i)?.word.role == Some(Role::Within) && !hyphen && !amount.vague && about == 0;
        if deadline && self.ahead_before(i) {
            return Some((Expr::Stretch { amount, back: false }, at));
        }
        // "in two weeks", where the sentence looks ahead; the caller decides.
        let exact = !amount.vague && amount.parts.iter().all(|part| part.0.fract() == 0.0 || part.1 <= Unit::Hour);
        let alone = self
            .next(at)
            .is_none_or(|lex| lex.kind != Kind::Word || lex.word.role.is_some_and(|role| role != Role::Of));
        if self.get(i)?.word.role == Some(Role::In) && exact && alone && about == 0 && self.ahead_before(i) {
            let mut end = at;
            // "in 3 days on Friday"
            if self.is(at, Role::On)
                && let Some((_, day)) = self.weekday(at + 1)
            {
                end = day;
            }
            return from(false, From::Report, end);
        }
        None
    }

    /// "The day after the attack": where no report tells when that was it says nothing.
    fn day_beside(&self, i: usize) -> Parsed {
        let day = self.is(i, Role::The) && self.word(i + 1).unit == Some(Unit::Day) && !self.word(i + 1).plural;
        let role = self.role(i + 2).filter(|role| day && matches!(role, Role::After | Role::Before))?;
        let (noun, end) = self.happening(i + 3)?;
        let amount = Amount { parts: vec![(1.0, Unit::Day)], vague: false };
        Some((Expr::Offset { amount, back: role == Role::Before, from: From::Event(noun, i) }, end))
    }

    /// True where a word of the future stands in the few words before `i`.
    pub(super) fn ahead_before(&self, i: usize) -> bool {
        let from = i.saturating_sub(12);
        self.lexes[from..i]
            .iter()
            .rev()
            .take_while(|lex| !lex.breaks && !matches!(lex.kind, Kind::Mark('.' | ';' | '!' | '?')))
            .any(|lex| lex.word.future)
    }
}

/// ISO 8601 duration of these parts.
pub(in crate::world::dates) fn iso_duration(parts: &[(f64, Unit)]) -> String {
    let mut fields = [0.0f64; 7]; // years, months, weeks, days, hours, minutes, seconds
    for &(n, unit) in parts {
        let (field, factor) = match unit {
            Unit::Century => (0, 100.0),
            Unit::Decade => (0, 10.0),
            Unit::Year => (0, 1.0),
            Unit::Quarter => (1, 3.0),
            Unit::Month => (1, 1.0),
            Unit::Fortnight => (2, 2.0),
            Unit::Week => (2, 1.0),
            Unit::Weekend => (3, 2.0),
            Unit::Day => (3, 1.0),
            Unit::Hour => (4, 1.0),
            Unit::Minute => (5, 1.0),
            Unit::Second => (6, 1.0),
        };
        fields[field] += n * factor;
    }
    let mut out = String::from("P");
    let mut clock = false;
    for (i, (n, letter)) in fields.iter().zip(["Y", "M", "W", "D", "H", "M", "S"]).enumerate() {
        if *n > 0.0 {
            if i >= 4 && !clock {
                out.push('T');
                clock = true;
            }
            out += &n.to_string();
            out += letter;
        }
    }
    if out == "P" { "PT0S".to_owned() } else { out }
}
