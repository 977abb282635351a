//! A date with its time.

use super::{Expr, Grammar, Kind, Parsed, Role, Unit, Which, clock::third_of, has_days, longest};

impl Grammar<'_> {
    /// This morning, last night, the next evening.
    fn day_part(&self, i: usize) -> Parsed {
        // "late this morning", "early last night"
        if let Some(role @ (Role::Late | Role::Early)) = self.get(i)?.word.role {
            let (part, end) =
                self.next(i + 1).filter(|_| self.which(i + 1) != Which::Bare).and_then(|_| self.day_part(i + 1))?;
            let Expr::At(day, part) = part else { return None };
            let Expr::Minutes(first, last) = *part else { return None };
            let (first, last) = third_of((first, last), Some(role));
            return Some((Expr::At(day, Box::new(Expr::Minutes(first, last))), end));
        }
        let the = self.skip(i, Role::The);
        // "that night", "that same evening"
        if self.get(i)?.word.role == Some(Role::That) {
            let at = self.skip(i + 1, Role::Same);
            let word = self.word(at);
            let (first, last) = word.part.filter(|(first, last)| first != last && !word.parts)?;
            let day = Expr::Discourse(Unit::Day, 0);
            return Some((Expr::At(Box::new(day), Box::new(Expr::Minutes(first, last))), at + 1));
        }
        let which = self.which(the);
        if which == Which::Bare {
            return None;
        }
        let (first, last) =
            self.word(the + 1).part.filter(|(first, last)| first != last && !self.word(the + 1).parts)?;
        // "the next morning", "the previous night" count from the story.
        let story =
            the > i && which != Which::This && !self.lower_is_at(the, "last") || self.lower_is_at(the, "following");
        let day = if story { Expr::Discourse(Unit::Day, which.steps()) } else { Expr::Days(which.steps()) };
        Some((Expr::At(Box::new(day), Box::new(Expr::Minutes(first, last))), the + 2))
    }

    /// A date with or without a time, in either order, or a time alone.
    pub(super) fn moment(&self, i: usize) -> Parsed {
        let lex = self.get(i)?;
        if lex.word.role == Some(Role::Overnight) {
            return Some((Expr::At(Box::new(Expr::Days(-1)), Box::new(Expr::Minutes(1200, 1799))), i + 1));
        }
        if let Some((part, end)) = self.day_part(i) {
            return Some(self.with_time_after(part, end));
        }
        if lex.word.days.is_some() && lex.word.night {
            let part = Expr::At(Box::new(Expr::Days(0)), Box::new(Expr::Minutes(1200, 1439)));
            return Some(self.with_time_after(part, i + 1));
        }
        let dated = self.date(i).map(|(date, end)| self.with_time(date, end));
        // time first: "10 p.m. on Friday", "noon tomorrow", "the night of April 22"
        let timed = self.time(i, false).map(|(time, end)| {
            let day = self.skip_mark(self.skip(self.skip(self.skip_mark(end, ','), Role::On), Role::Of), ',');
            if let Some((Expr::At(date, part), end)) = self.next(day).and_then(|_| self.day_part(day)) {
                return (Expr::At(date, Box::new(in_part(time, &part))), end);
            }
            match self.next(day).and_then(|_| self.date(day)) {
                Some((date, end)) if has_days(&date) => match self.next(end).and_then(|_| self.part(end)) {
                    Some((part @ Expr::Minutes(..), end)) => {
                        (Expr::At(Box::new(date), Box::new(in_part(time, &part))), end)
                    }
                    _ => (Expr::At(Box::new(date), Box::new(time)), end),
                },
                _ => (time, end),
            }
        });
        let part = self.part(i).filter(|_| lex.word.part.is_none()).or_else(|| {
            let the = self.skip(i, Role::The);
            (the > i).then(|| self.part(the))?
        });
        let parted = part.and_then(|(part, end)| {
            let day = self.skip(self.skip(end, Role::Of), Role::On);
            match self.next(day).and_then(|_| self.date(day)) {
                Some((date, date_end)) if (day > end || matches!(date, Expr::Days(_))) && has_days(&date) => {
                    Some((Expr::At(Box::new(date), Box::new(part)), date_end))
                }
                _ if matches!(lex.word.role, Some(Role::In | Role::At)) || self.is(i + 1, Role::In) => {
                    // "in the morning at 9"
                    let clock = self.time(self.skip_mark(end, ','), false).filter(|_| self.next(end).is_some());
                    Some(clock.unwrap_or((part, end)))
                }
                _ => None,
            }
        });
        longest([dated, timed, parted])
    }

    /// A date and the time that stands behind it.
    pub(super) fn with_time(&self, date: Expr, end: usize) -> (Expr, usize) {
        if !has_days(&date) {
            return (date, end);
        }
        let at = self.skip(self.skip_mark(self.skip_mark(end, ','), '@'), Role::On);
        if self.next(at).is_none() {
            return (date, end);
        }
        // Wednesday night, tomorrow in the morning, Friday's dawn
        let s = if self.mark(at, '\'') && self.lower_is(at + 1, &["s"]) { at + 2 } else { at };
        if let Some((part, part_end)) = self.next(s).and_then(|_| self.part(s)) {
            let (a, b) = match part {
                Expr::Minutes(a, b) => (a, b),
                Expr::Clock(a) => (a, a),
                _ => return (date, end),
            };
            if at == end || s > at || self.one_of(s, &[Role::In, Role::At]) {
                let part = if a == b { Expr::Clock(a) } else { Expr::Minutes(a, b) };
                return self.with_time_after(Expr::At(Box::new(date), Box::new(part)), part_end);
            }
        }
        let bare = || match self.digits(at + 1) {
            Some((hour, 1..=2))
                if self.is(at, Role::At)
                    && (1..=12).contains(&hour)
                    && self.next(at + 2).is_none_or(|lex| !matches!(lex.kind, Kind::Word)) =>
            {
                Some((Expr::Clock(hour as u16 * 60), at + 2))
            }
            _ => None,
        };
        let bound = self.one_of(at, &[Role::Before, Role::After, Role::Until, Role::Since]);
        if bound
            && let Some((clock @ Expr::Clock(_), clock_end)) = self.next(at + 1).and_then(|_| self.clock(at + 1, true))
        {
            let moment = Box::new(Expr::At(Box::new(date), Box::new(clock)));
            let since = self.one_of(at, &[Role::After, Role::Since]);
            return (if since { Expr::Since(moment) } else { Expr::Until(moment) }, clock_end);
        }
        if let Some((time, time_end)) = self.time(at, true).or_else(bare)
            && time.is_clock()
        {
            return (Expr::At(Box::new(date), Box::new(time)), time_end);
        }
        (date, end)
    }

    /// A day with its part, and the clock that makes it exact: "Tuesday night at 10:30".
    pub(super) fn with_time_after(&self, expr: Expr, end: usize) -> (Expr, usize) {
        let Expr::At(day, part) = &expr else { return (expr, end) };
        if !matches!(**part, Expr::Minutes(..)) {
            return (expr, end);
        }
        let at = self.skip_mark(end, ',');
        // "Tuesday night at 9"
        let bare = || match self.digits(at + 1) {
            Some((hour @ 1..=12, 1..=2))
                if self.is(at, Role::At) && self.next(at + 2).is_none_or(|lex| lex.kind != Kind::Word) =>
            {
                Some((Expr::Clock(hour as u16 * 60), at + 2))
            }
            _ => None,
        };
        match self.next(at).and_then(|_| self.time(at, true).or_else(bare)) {
            Some((time, time_end)) if time.is_clock() => {
                (Expr::At(day.clone(), Box::new(in_part(time, part))), time_end)
            }
            _ => (expr, end),
        }
    }
}

/// A clock inside a part of the day: seven in the evening is 19:00.
fn in_part(time: Expr, part: &Expr) -> Expr {
    let Expr::Minutes(first, _) = *part else { return time };
    // "at 4 am last night" is after midnight: the day after.
    let shift = |minute: u16| match minute {
        0..300 if first >= 1200 => minute + 1440,
        240..720 if first >= 720 => minute + 720,
        _ => minute,
    };
    match time {
        Expr::Clock(minute) => Expr::Clock(shift(minute)),
        Expr::Between(a, b) => Expr::Between(Box::new(in_part(*a, part)), Box::new(in_part(*b, part))),
        other => other,
    }
}
