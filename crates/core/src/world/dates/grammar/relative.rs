//! What counts from the day of the report or from the story: last week, that year, next Monday.

use super::{Amount, Expr, From, Grammar, Kind, LEXICON, Parsed, Role, Unit, Which, Word, has_days, longest};

impl Grammar<'_> {
    pub(super) fn which(&self, i: usize) -> Which {
        // "will last two weeks"
        if self.lower_is_at(i, "last")
            && i > 0
            && (self.get(i - 1).is_some_and(|lex| lex.word.future) || self.after_one_of(i, &[Role::To]))
        {
            return Which::Bare;
        }
        match self.get(i).and_then(|lex| lex.word.role) {
            Some(Role::Last) => Which::Last,
            Some(Role::Past) => Which::Recent,
            Some(Role::This) => Which::This,
            Some(Role::Next) if self.lower_is_at(i, "coming") || self.lower_is_at(i, "upcoming") => Which::Coming,
            Some(Role::Next) => Which::Next,
            _ => Which::Bare,
        }
    }

    /// The weekday named at `i`; a short form needs a sign, and `sure` is one.
    pub(super) fn weekday_name(&self, i: usize, sure: bool) -> Option<u8> {
        let lex = self.get(i)?;
        let weekday = lex.word.weekday.filter(|_| !lex.word.plural)?;
        let short = self.form(i).len() <= 5;
        let sign = || {
            i > 0
                && self.get(i - 1).is_some_and(|lex| {
                    lex.word.role.is_some_and(|role| {
                        matches!(
                            role,
                            Role::On
                                | Role::Last
                                | Role::Next
                                | Role::This
                                | Role::Or
                                | Role::By
                                | Role::Until
                                | Role::From
                                | Role::Through
                        )
                    })
                })
                || self.next(i + 1).is_some_and(|lex| lex.word.part.is_some())
                || lex.capital && self.mark(i + 1, '.') && self.glued(i + 1)
        };
        (!short || sure || sign() && (lex.capital || self.form(i) != "sun")).then_some(weekday)
    }

    pub(super) fn weekday(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let which = self.which(the);
        let start = if which == Which::Bare { i } else { the + 1 };
        // "next week Monday", "last week on Friday"
        if which != Which::Bare && self.word(start).unit == Some(Unit::Week) {
            let day = self.skip(self.skip_mark(start + 1, '\''), Role::On);
            self.next(day)?;
            let weekday = self.weekday_name(day, true)?;
            return Some((Expr::Weekday { weekday, which: Which::Bare, week: Some(which.steps()) }, day + 1));
        }
        if start != i {
            self.next(start)?;
        }
        let weekday = self.weekday_name(start, which != Which::Bare)?;
        let at = start + 1;
        let of = self.skip(self.skip_mark(at, ','), Role::Of);
        let week_the = self.skip(of, Role::The);
        let week = self.which(week_the);
        if week != Which::Bare && self.word(week_the + 1).unit == Some(Unit::Week) {
            return Some((Expr::Weekday { weekday, which, week: Some(week.steps()) }, week_the + 2));
        }
        Some((Expr::Weekday { weekday, which, week: None }, at))
    }

    /// Today, yesterday, the day before yesterday, this week, the past three days, that year.
    pub(super) fn relative(&self, i: usize) -> Parsed {
        self.counted_from_now(i).filter(|(expr, end)| {
            let last = matches!(expr, Expr::Stretch { .. } | Expr::Shift(..))
                && self
                    .get(if self.get(i).is_some_and(|lex| lex.word.role == Some(Role::The)) { i + 1 } else { i })
                    .is_some_and(|lex| lex.word.role == Some(Role::Last));
            !(last && self.of_something(*end))
        })
    }

    /// "of her life", "of the war", "of Rome": what the last years before it belong to.
    fn of_something(&self, i: usize) -> bool {
        self.is(i, Role::Of)
            && self.next(i + 1).is_some_and(|lex| {
                lex.kind == Kind::Word
                    && (matches!(lex.word.role, Some(Role::The | Role::A | Role::That))
                        || lex.capital && lex.word.month.is_none()
                        || ["his", "her", "its", "their", "my", "our", "your"]
                            .iter()
                            .any(|word| self.lower_is_at(i + 1, word)))
            })
    }

    fn counted_from_now(&self, i: usize) -> Parsed {
        if let Some(days) = self.get(i)?.word.days {
            return Some((Expr::Days(i32::from(days)), i + 1));
        }
        let the = self.skip(i, Role::The);
        let word =
            |i: usize| if i == the { self.get(i).map_or_else(Word::default, |lex| lex.word) } else { self.word(i) };
        // "on the eve of Easter"
        if the > i
            && self.lower_is(the, &["eve"])
            && self.is(the + 1, Role::Of)
            && let Some((date, end)) =
                self.next(the + 2).and_then(|_| longest([self.holiday(the + 2), self.calendar(the + 2)]))
            && has_days(&date)
        {
            let amount = Amount { parts: vec![(1.0, Unit::Day)], vague: false };
            return Some((Expr::Offset { amount, back: true, from: From::Date(Box::new(date)) }, end));
        }
        let step = match self.role(the + 1) {
            Some(Role::Before) => -1,
            Some(Role::After) => 1,
            _ => 0,
        };
        if step != 0
            && let Some(unit) = word(the).unit.filter(|unit| *unit >= Unit::Day && !word(the).plural)
        {
            // "day after tomorrow"
            if the == i
                && unit == Unit::Day
                && let Some(days) = self.word(the + 2).days
            {
                return Some((Expr::Days(i32::from(days) + step), the + 3));
            }
            // "day before Christmas"
            if the == i
                && unit == Unit::Day
                && let Some((date, end)) =
                    self.next(the + 2).and_then(|_| longest([self.holiday(the + 2), self.calendar(the + 2)]))
                && has_days(&date)
            {
                let amount = Amount { parts: vec![(1.0, unit)], vague: false };
                return Some((Expr::Offset { amount, back: step < 0, from: From::Date(Box::new(date)) }, end));
            }
            // "the week before last", "month after next"
            let over = self.lower_is(the + 2, &[if step < 0 { "last" } else { "next" }]);
            let ends = self.next(the + 3).is_none_or(|lex| lex.kind != Kind::Word || lex.word.role.is_some());
            if over && ends && unit > Unit::Day {
                return Some((Expr::Shift(unit, 2 * step), the + 3));
            }
        }
        // the day before yesterday, the day after tomorrow; the day before, the year after
        if the > i
            && let Some(unit) = word(the).unit
            && !word(the).plural
        {
            let step = match self.role(the + 1) {
                Some(Role::Before | Role::Earlier) => -1,
                Some(Role::After | Role::Later) => 1,
                _ => 0,
            };
            if step != 0 {
                if let Some(days) = self.word(the + 2).days
                    && unit == Unit::Day
                {
                    return Some((Expr::Days(i32::from(days) + step), the + 3));
                }
                if let Some((date, end)) = self.next(the + 2).and_then(|_| self.date(the + 2)) {
                    let amount = Amount { parts: vec![(1.0, unit)], vague: false };
                    return Some((Expr::Offset { amount, back: step < 0, from: From::Date(Box::new(date)) }, end));
                }
                // "the day before the vote" counts from a thing that has no date here.
                let ends = self.next(the + 2).is_none_or(|lex| {
                    !matches!(lex.kind, Kind::Word)
                        || lex.word.role.is_some_and(|role| !matches!(role, Role::The | Role::A))
                });
                return (unit >= Unit::Day && ends).then_some((Expr::Discourse(unit, step), the + 2));
            }
        }
        // "by year-end"
        if word(the).unit == Some(Unit::Year) && self.after_one_of(i, &[Role::By, Role::At, Role::Before, Role::Until])
        {
            let end = self.skip_mark(the + 1, '-');
            if self.lower_is(end, &["end"]) {
                let which = Which::This;
                return Some((
                    Expr::Calendar { year: None, month: Some(12), day: Some(31), weekday: None, which },
                    end + 1,
                ));
            }
        }
        // "the weekend of May 5"
        if word(the).unit == Some(Unit::Weekend)
            && self.is(the + 1, Role::Of)
            && let Some((day, end)) = self.next(the + 2).and_then(|_| self.calendar(the + 2))
            && has_days(&day)
        {
            return Some((Expr::WeekendOf(Box::new(day)), end));
        }
        // "over the weekend": the one before, unless the verb looks ahead
        if the > i && word(the).unit == Some(Unit::Weekend) && !word(the).plural {
            let asked = self.after_one_of(i, &[Role::Over, Role::During, Role::On, Role::At]);
            return asked.then_some((Expr::Shift(Unit::Weekend, 0), the + 1));
        }
        if word(the).unit == Some(Unit::Week) && !word(the).plural && (the > i || self.after_one_of(i, &[Role::In])) {
            let starts = self.lower_is(the + 1, &["beginning", "starting", "commencing"]);
            if starts || self.is(the + 1, Role::Of) {
                let at = self.skip(the + 2, Role::On);
                if let Some((day, end)) = self.next(at).and_then(|_| longest([self.calendar(at), self.holiday(at)]))
                    && has_days(&day)
                {
                    return Some((Expr::WeekOf(Box::new(day), starts), end));
                }
            }
        }
        let role = word(the).role;
        // earlier this month, later this week: the stretch itself
        if matches!(role, Some(Role::Earlier | Role::Later)) && the == i {
            let at = self.skip(self.skip(i + 1, Role::In), Role::On);
            if matches!(
                self.role(at),
                Some(Role::This | Role::Last | Role::Next | Role::Past | Role::The | Role::That | Role::Same)
            ) || self.word(at).days.is_some()
            {
                return self
                    .relative(at)
                    .filter(|(expr, _)| matches!(expr, Expr::Shift(..) | Expr::Days(_) | Expr::Discourse(_, 0)));
            }
            return None;
        }
        let which = match role.filter(|_| self.which(the) != Which::Bare || role == Some(Role::These)) {
            Some(Role::Last | Role::Past) => Which::Last,
            Some(Role::This | Role::These) => Which::This,
            Some(Role::Next) => Which::Next,
            _ => Which::Bare,
        };
        if which == Which::Bare {
            if matches!(role, Some(Role::That | Role::Same))
                && let Some(unit) = self.word(the + 1).unit
                && unit >= Unit::Day
                && !self.word(the + 1).plural
            {
                return Some((Expr::Discourse(unit, 0), the + 2));
            }
            // "recent years", "two past weeks", "the months ahead"
            let (amount, at) = self.few(the).or_else(|| Some((self.number(the)?.0, self.number(the)?.1)))?;
            if let (which @ (Which::Last | Which::Recent | Which::Next | Which::Coming), Some(unit)) =
                (self.which(at), self.word(at + 1).unit)
                && self.next(at).is_some()
                && (self.word(at + 1).plural || amount <= 1.0)
            {
                let amount = Amount { parts: vec![(amount, unit)], vague: false };
                return Some((Expr::Stretch { amount, back: which.steps() < 0 }, at + 2));
            }
            if self.lower_is_at(the, "recent")
                && let Some(unit) = self.word(the + 1).unit
            {
                return Some((
                    Expr::Stretch { amount: Amount { parts: vec![(3.0, unit)], vague: true }, back: true },
                    the + 2,
                ));
            }
            return None;
        }
        let mut at = the + 1;
        let mut which = which;
        let past = role == Some(Role::Past);
        let mut rolling = past;
        // "this past week", "this coming Friday"
        if which == Which::This && matches!(self.role(at), Some(Role::Past | Role::Last | Role::Next)) {
            let near = self.is(at, Role::Past);
            which = if self.is(at, Role::Next) { Which::Next } else { Which::Last };
            rolling = false;
            at += 1;
            if let Some(weekday) = self.next(at).and_then(|_| self.weekday_name(at, true)) {
                let which = match which {
                    Which::Next => Which::Coming,
                    _ if near => Which::Recent,
                    other => other,
                };
                return Some((Expr::Weekday { weekday, which, week: None }, at + 1));
            }
        }
        self.next(at)?;
        if let Some((amount, end)) = self.amount_here(at) {
            let single = amount.parts.len() == 1 && (amount.parts[0].0 - 1.0).abs() < 1e-9 && end == at + 1;
            if !single {
                return Some((Expr::Stretch { amount, back: which != Which::Next }, end));
            }
        }
        if self.word(at).part.is_some()
            || self.lower_is(at, &["working", "work", "school", "fiscal", "calendar", "full"])
                && self.word(at + 1).unit.is_some()
        {
            if self.word(at).part.is_some() {
                return None;
            }
            at += 1;
        }
        let unit = self.word(at).unit?;
        // "this years budget" leaves out the apostrophe.
        if self.word(at).plural
            && !(role == Some(Role::This) && self.next(at + 1).is_some_and(|lex| lex.kind == Kind::Word))
        {
            let amount = Amount { parts: vec![(3.0, unit)], vague: true };
            return Some((Expr::Stretch { amount, back: which != Which::Next }, at + 1));
        }
        if unit < Unit::Day && which != Which::This {
            let amount = Amount { parts: vec![(1.0, unit)], vague: false };
            return Some((Expr::Stretch { amount, back: which == Which::Last }, at + 1));
        }
        if unit < Unit::Day {
            return None;
        }
        if unit == Unit::Day && role == Some(Role::This) && which == Which::This {
            // "to this day", "in this day and age" tell no day.
            let loose = self.after_one_of(i, &[Role::To, Role::Until, Role::In]) || self.is(at + 1, Role::And);
            return (!loose && self.lower_is_at(the, "this")).then_some((Expr::Days(0), at + 1));
        }
        if unit == Unit::Day {
            // "the next day" counts from the story, "the following day" as well.
            let step = which.steps();
            return (step != 0 && !self.lower_is_at(the, "last")).then_some((Expr::Discourse(Unit::Day, step), at + 1));
        }
        if unit == Unit::Quarter {
            return Some((Expr::Quarter { quarter: 0, year: None, which }, at + 1));
        }
        if the > i && matches!(self.form(the), "following" | "previous" | "preceding") {
            return Some((Expr::Discourse(unit, which.steps()), at + 1));
        }
        let rolling = rolling
            && the > i
            && matches!(unit, Unit::Week | Unit::Fortnight | Unit::Month | Unit::Year | Unit::Decade)
            || rolling && unit == Unit::Fortnight;
        if rolling {
            return Some((
                Expr::Stretch { amount: Amount { parts: vec![(1.0, unit)], vague: false }, back: true },
                at + 1,
            ));
        }
        Some((Expr::Shift(unit, which.steps()), at + 1))
    }

    /// The happening named behind an article: "the attack", "the deadly market bombing".
    pub(super) fn happening(&self, i: usize) -> Option<(String, usize)> {
        if !self.one_of(i, &[Role::The, Role::That, Role::This]) {
            return None;
        }
        for at in i + 1..i + 5 {
            let lex = self.next(at).filter(|lex| lex.kind == Kind::Word && lex.word.role.is_none())?;
            if let Some(noun) = LEXICON.event(lex.span.of(self.text)) {
                let goes_on = self
                    .next(at + 1)
                    .is_some_and(|lex| lex.kind == Kind::Word && LEXICON.event(lex.span.of(self.text)).is_some());
                if !goes_on {
                    return Some((noun, at + 1));
                }
            }
        }
        None
    }

    pub(super) fn lower_is_at(&self, i: usize, word: &str) -> bool {
        self.form(i).eq_ignore_ascii_case(word)
    }
}
