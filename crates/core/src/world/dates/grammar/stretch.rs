//! Seasons, quarters, decades, parts of a stretch, feasts.

use super::{Expr, Grammar, Kind, LEXICON, Lex, Name, Parsed, Role, Third, Unit, Which, Word};

impl Grammar<'_> {
    /// Spring 2024, last summer, the winter of 1998.
    pub(super) fn season(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let which = self.which(the);
        let at = if which == Which::Bare { the } else { the + 1 };
        let word = if at == i { self.get(i)?.word } else { self.word(at) };
        let season = word.season?;
        let of = self.skip(self.skip_mark(at + 1, ','), Role::Of);
        if let Some((year, end)) = self.year(of, false).filter(|_| self.next(of).is_some()) {
            return Some((Expr::Season { season, year: Some(year), which, every: false }, end));
        }
        let of_unit = self.which(of);
        if of > at + 1 && of_unit != Which::Bare && self.word(of + 1).unit == Some(Unit::Year) {
            return Some((Expr::Season { season, year: None, which: of_unit, every: false }, of + 2));
        }
        // "the autumn of that year"
        if of > at + 1
            && let Some((year, end)) = self.relative_year(of)
        {
            let season = Expr::Season { season, year: None, which: Which::Bare, every: false };
            return Some((Expr::InYear(Box::new(season), Box::new(year)), end));
        }
        // "Winter Olympics", "summer camp": the first word of a name or of a compound.
        let compound = self.next(at + 1).is_some_and(|lex| {
            lex.kind == Kind::Word
                && lex.word.role.is_none()
                && lex.word.month.is_none()
                && (lex.capital || which == Which::Bare)
                && !lex.word.past
                && !matches!(
                    self.form(at + 1),
                    "is" | "are"
                        | "it"
                        | "they"
                        | "we"
                        | "he"
                        | "she"
                        | "their"
                        | "there"
                        | "but"
                        | "when"
                        | "can"
                        | "may"
                )
        });
        if compound && !(which == Which::Bare && self.after_one_of(the, &[Role::In, Role::During])) && !word.plural {
            return None;
        }
        let preposed = at > 0
            && self.get(at - 1).is_some_and(|lex| {
                matches!(
                    lex.word.role,
                    Some(
                        Role::In
                            | Role::During
                            | Role::The
                            | Role::Early
                            | Role::Late
                            | Role::Mid
                            | Role::Since
                            | Role::By
                    )
                )
            });
        let before = at > 1
            && self.get(at - 2).is_some_and(|lex| {
                matches!(lex.word.role, Some(Role::In | Role::During | Role::Since | Role::By | Role::Until))
            });
        let sure = which != Which::Bare
            || if word.ambiguous {
                let is = at > 0 && ["is", "was", "s"].iter().any(|form| self.lower_is_at(at - 1, form));
                let ends =
                    self.next(at + 1).is_none_or(|lex| lex.kind != Kind::Word || lex.word.role == Some(Role::And));
                is && ends && !self.is(at + 1, Role::Of)
                    || preposed
                        && (before || at == the && the == i)
                        && (before || !self.get(at)?.capital)
                        && !self.is(at + 1, Role::Of)
            } else {
                true
            };
        sure.then_some((Expr::Season { season, year: None, which, every: word.plural }, at + 1))
    }

    /// Q1 2024, the third quarter of 2019, 2019 H2, the first half of the year.
    pub(super) fn quarter(&self, i: usize) -> Parsed {
        let year_first = self.year(i, false).map(|(year, at)| (year, self.skip_mark(at, '-')));
        let start = year_first.map_or(i, |(_, at)| at);
        let form = self.form(start).as_bytes();
        let mut found = None;
        if let [letter @ (b'q' | b'Q' | b'h' | b'H')] = form
            && let Some((n, 1)) = self.glued_digits(start + 1)
        {
            let half = letter.eq_ignore_ascii_case(&b'h');
            if (1..=if half { 2 } else { 4 }).contains(&n) {
                found = Some((n as u8 + if half { 4 } else { 0 }, start + 2));
            }
        }
        if found.is_none() && year_first.is_none() {
            let the = self.skip(i, Role::The);
            let (n, at) = self.ordinal(the)?;
            let half = self.is(at, Role::Half);
            if !half && self.word(at).unit != Some(Unit::Quarter) || n > if half { 2 } else { 4 } || n == 0 {
                return None;
            }
            found = Some((n + if half { 4 } else { 0 }, at + 1));
        }
        let (quarter, at) = found?;
        if let Some((year, _)) = year_first {
            return Some((Expr::Quarter { quarter, year: Some(year), which: Which::Bare }, at));
        }
        let of = self.skip(self.skip_mark(self.skip(self.skip_mark(at, ','), Role::Of), '-'), Role::The);
        if let Some((year, end)) = self.year(of, false).filter(|_| self.next(of).is_some()) {
            return Some((Expr::Quarter { quarter, year: Some(year), which: Which::Bare }, end));
        }
        let which = self.which(of);
        let unit = if which == Which::Bare { of } else { of + 1 };
        if of > at && self.word(unit).unit == Some(Unit::Year) {
            return Some((
                Expr::Quarter { quarter, year: None, which: if which == Which::Bare { Which::This } else { which } },
                unit + 1,
            ));
        }
        // A half of something else ("the first half of the match") is no time of the year.
        // Bare "Q1" is a label of many things; a quarter in time is "in Q1".
        let asked = self
            .after_one_of(i, &[Role::In, Role::For, Role::Of, Role::By, Role::During, Role::From, Role::To])
            || self.is(i, Role::The) && self.after_one_of(i, &[Role::In, Role::For, Role::During]);
        (quarter <= 4 && asked && !self.is(at, Role::Of))
            .then_some((Expr::Quarter { quarter, year: None, which: Which::Bare }, at))
    }

    pub(super) fn decade_tail(&self, i: usize) -> bool {
        let direct = self.glued(i + 1) && self.lower_is(i + 1, &["s"]);
        let apostrophe =
            self.mark(i + 1, '\'') && self.glued(i + 1) && self.glued(i + 2) && self.lower_is(i + 2, &["s"]);
        (direct || apostrophe) && self.digits(i).is_some_and(|(n, digits)| n % 10 == 0 && (digits == 4 || digits == 2))
    }

    /// The 1990s, the '90s, the nineties; the 20th century.
    pub(super) fn decade(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let lex = self.get(the)?;
        if let Some((n, digits)) = self.digits(the)
            && self.decade_tail(the)
            && (the > i || !self.mark(the + 1, '\'') || n < 2000)
        {
            let end = the + if self.mark(the + 1, '\'') { 3 } else { 2 };
            if digits == 4 && n % 100 == 0 && n < 2000 {
                return Some((Expr::Century(n as i32), end));
            }
            return (digits == 4 && (1000..2200).contains(&n))
                .then_some((Expr::Decade { year: n as i32, short: false }, end));
        }
        if self.mark(the, '\'')
            && let Some((n, 2)) = self.glued_digits(the + 1)
            && self.decade_tail(the + 1)
        {
            return Some((Expr::Decade { year: n as i32, short: true }, the + 3));
        }
        if let Some(tens) = lex.word.decade
            && (the > i
                || i > 0
                    && self.get(i - 1).is_some_and(|lex| {
                        matches!(lex.word.role, Some(Role::In | Role::Late | Role::Early | Role::Mid))
                    }))
        {
            return Some((Expr::Decade { year: i32::from(tens), short: true }, the + 1));
        }
        // "the nineteen eighties"
        if let Some(century @ 15..=20) = lex.word.number
            && let Some(tens) = self.word(the + 1).decade
        {
            let year = i32::from(century) * 100 + i32::from(tens);
            return Some((Expr::Decade { year, short: false }, the + 2));
        }
        let (n, at) = self.ordinal(the)?;
        let at = at + usize::from(self.mark(at, '-'));
        if self.word(at).unit == Some(Unit::Century) && (1..=30).contains(&n) {
            if self.is(at + 1, Role::EraBefore) {
                return Some((Expr::Century(-100 * i32::from(n)), at + 2));
            }
            return Some((Expr::Century((i32::from(n) - 1) * 100), at + 1));
        }
        // "from the 15th to the 19th century"
        let to = self.skip(at + 1, Role::The);
        if self.one_of(at, &[Role::To, Role::And, Role::Through])
            && let Some((_, end)) = self.next(to).and_then(|_| self.ordinal(to))
            && self.word(end + usize::from(self.mark(end, '-'))).unit == Some(Unit::Century)
        {
            return Some((Expr::Century((i32::from(n) - 1) * 100), at));
        }
        None
    }

    /// The first week of May, the last three days of 2019, week 23.
    pub(super) fn nth(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        if self.word_or_first(i, the).unit == Some(Unit::Week)
            && let Some((n, 1..=2)) = self.digits(the + 1).filter(|_| self.next(the + 1).is_some())
        {
            let (year, end) = self.trailing_year(the + 2);
            return (1..=53).contains(&n).then_some((Expr::WeekNumber { week: n as u8, year }, end));
        }
        let role = self.word_or_first(i, the).role;
        // "the last quarter of 2018"
        if role == Some(Role::Last)
            && self.word(the + 1).unit == Some(Unit::Quarter)
            && self.is(the + 2, Role::Of)
            && let Some((year, end)) = self.next(the + 3).and_then(|_| self.year(the + 3, false))
        {
            return Some((Expr::Quarter { quarter: 4, year: Some(year), which: Which::Bare }, end));
        }
        let (n, at) = if role == Some(Role::Last) {
            (-1, the + 1)
        } else {
            let (n, at) = self.ordinal(the)?;
            (n as i8, at)
        };
        let (count, at) = match self.number(at).filter(|_| self.next(at).is_some()) {
            Some((count, end)) if (2.0..50.0).contains(&count) => (count as u8, end),
            _ => (1, at),
        };
        if let Some(weekday) = self.next(at).and_then(|lex| lex.word.weekday) {
            if !self.one_of(at + 1, &[Role::Of, Role::In]) {
                return None;
            }
            let (of, end) = self.date(self.skip(at + 2, Role::The))?;
            return matches!(of, Expr::Calendar { month: Some(_), day: None, .. } | Expr::Shift(Unit::Month, _))
                .then(|| (Expr::Nth { n, unit: Unit::Day, count: weekday + 100, of: Box::new(of) }, end));
        }
        let unit = self.word(at).unit.filter(|unit| (Unit::Day..=Unit::Month).contains(unit))?;
        if !self.one_of(at + 1, &[Role::Of, Role::In]) {
            return None;
        }
        self.next(at + 2)?;
        // "the last day of the month"
        let whole = self.word(at + 3).unit.filter(|unit| (Unit::Week..=Unit::Year).contains(unit));
        if let Some(whole) = whole.filter(|_| self.is(at + 2, Role::The) && !self.word(at + 3).plural)
            && self
                .next(at + 4)
                .is_none_or(|lex| lex.kind != Kind::Word || lex.word.role.is_some_and(|role| role != Role::Of))
        {
            let of = Box::new(Expr::Running(whole, false));
            return Some((Expr::Nth { n, unit, count, of }, at + 4));
        }
        let (of, end) = self.date(at + 2)?;
        matches!(of, Expr::Calendar { day: None, .. } | Expr::Shift(..) | Expr::Season { .. } | Expr::Quarter { .. })
            .then(|| (Expr::Nth { n, unit, count, of: Box::new(of) }, end))
    }

    pub(super) fn word_or_first(&self, i: usize, at: usize) -> Word {
        if at == i { self.get(i).map_or_else(Word::default, |lex| lex.word) } else { self.word(at) }
    }

    /// Early May, mid-1980s, the end of 2019, late last year.
    pub(super) fn part_of(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let third = match self.word_or_first(i, the).role? {
            Role::Early => Some(Third::Early),
            Role::Mid => Some(Third::Mid),
            Role::Late => Some(Third::Late),
            Role::Ends => None,
            Role::Earlier | Role::Later if the > i => {
                Some(if self.is(the, Role::Earlier) { Third::Early } else { Third::Late })
            }
            _ => return None,
        };
        let mut at = self.skip_mark(the + 1, '-');
        if third.is_none() {
            if !self.is(at, Role::Of) {
                return None;
            }
            at += 1;
        } else {
            at = self.skip(self.skip(at, Role::In), Role::On);
        }
        self.next(at)?;
        // "the end of the year", "later in the week", "the rest of the month"
        let rest = ["rest", "remainder", "remaining"].iter().any(|word| self.lower_is_at(the, word));
        let unit_at = at + usize::from(self.is(at, Role::The));
        let running = self.word(unit_at);
        if third.is_none() || self.is(at - 1, Role::In) {
            let unit = running.unit.filter(|unit| (Unit::Week..=Unit::Decade).contains(unit) && !running.plural);
            let ends = self.next(unit_at + 1).is_none_or(|lex| match lex.kind {
                Kind::Word => lex.word.role.is_some_and(|role| role != Role::Of),
                Kind::Mark(mark) => !lex.glued || matches!(mark, '.' | ',' | ';' | '!' | '?' | ')' | '"'),
                Kind::Number { .. } => false,
            });
            let bare = third.is_none() && matches!(unit, Some(Unit::Month | Unit::Year));
            if (unit_at > at || rest || bare)
                && ends
                && let Some(unit) = unit
            {
                return Some((Expr::Running(unit, rest), unit_at + 1));
            }
        }
        let (of, end) = self.date(at)?;
        match (third, &of) {
            (
                Some(third),
                Expr::Calendar { day: None, .. }
                | Expr::Shift(..)
                | Expr::Decade { .. }
                | Expr::Century(_)
                | Expr::Season { .. },
            ) => Some((Expr::Part(third, Box::new(of)), end)),
            // "early on Wednesday" and "the end of May" are told as the day and the month.
            (Some(_), Expr::Weekday { .. } | Expr::Days(_) | Expr::Calendar { .. } | Expr::At(..)) | (None, _) => {
                Some((of, end))
            }
            _ => None,
        }
    }

    pub(super) fn holiday(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let which = self.which(the);
        let start = if which == Which::Bare { the } else { the + 1 };
        let word = self.word_or_first(i, start);
        if !word.names && !matches!(self.get(start)?.kind, Kind::Number { .. }) {
            return None;
        }
        let mut lower = self.form(start).to_ascii_lowercase();
        if matches!(self.get(start)?.kind, Kind::Mark(_)) {
            lower.clear();
        }
        let list: &Vec<Name> = LEXICON.names.get(&lower)?;
        let name = list.iter().find(|name| {
            name.words.iter().enumerate().all(|(n, word)| {
                let piece = if n == 0 { self.get(start) } else { self.next(start + n) };
                piece.is_some_and(|lex| match lex.kind {
                    Kind::Mark(mark) => word.len() == mark.len_utf8() && word.starts_with(mark),
                    _ => self.form(start + n).eq_ignore_ascii_case(word),
                })
            })
        })?;
        let end = start + name.words.len();
        // "the Lunar New Year", "Orthodox Easter": another day; "in the new year": the year to come.
        let another = start == i && i > 0 && !self.get(i)?.breaks && {
            let before = &self.lexes[i - 1];
            let word = before.word;
            let opens = i < 2 || before.breaks || matches!(self.lexes[i - 2].kind, Kind::Mark('.' | '!' | '?' | '"'));
            before.kind == Kind::Word
                && before.capital
                && !opens
                && word.role.is_none()
                && word.month.is_none()
                && word.weekday.is_none()
        };
        if another || name.words.len() == 2 && name.words[0] == "new" && self.form(start) == "new" {
            return None;
        }
        // "Easter Bunny", "Christmas Cottage": the first word of a name.
        let names = |lex: &Lex| {
            let word = lex.word;
            lex.kind == Kind::Word
                && lex.capital
                && word.role.is_none()
                && word.part.is_none()
                && word.unit.is_none()
                && word.weekday.is_none()
                && word.month.is_none()
        };
        if self.next(end).is_some_and(names) && self.get(start)?.capital {
            return None;
        }
        match &name.means {
            Err(value) => Some((Expr::Fixed(value.clone()), end)),
            Ok(index) => {
                let comma = self.skip(self.skip_mark(end, ','), Role::Of);
                let feast = |year: Option<i32>, end: usize| {
                    let feast = Expr::Holiday { index: *index, year, which };
                    if self.word(end).unit == Some(Unit::Weekend) && !self.word(end).plural {
                        (Expr::WeekendOf(Box::new(feast)), end + 1)
                    } else {
                        (feast, end)
                    }
                };
                if let Some((year, end)) = self.year(comma, false).filter(|_| self.next(comma).is_some()) {
                    return Some(feast(Some(year), end));
                }
                let of = self.which(comma);
                if of != Which::Bare && self.word(comma + 1).unit == Some(Unit::Year) {
                    return Some((Expr::Holiday { index: *index, year: None, which: of }, comma + 2));
                }
                Some(feast(None, end))
            }
        }
    }

    /// The 22nd, where nothing follows that it could count.
    pub(super) fn day_alone(&self, i: usize) -> Parsed {
        if i == 0 {
            return None;
        }
        if self.get(i)?.word.role != Some(Role::The) {
            // "on 29th"
            let (day, end) = self.digits(i).and_then(|_| self.ordinal(i))?;
            let alone = self.next(end).is_none_or(|lex| !matches!(lex.kind, Kind::Word) || lex.word.role.is_some());
            return (self.after_one_of(i, &[Role::On]) && alone && (1..=31).contains(&day)).then_some((
                Expr::Calendar { year: None, month: None, day: Some(day), weekday: None, which: Which::Bare },
                end,
            ));
        }
        let asked = matches!(
            self.get(i - 1)?.word.role,
            Some(Role::On | Role::By | Role::Until | Role::Since | Role::From | Role::To | Role::Through)
        );
        let (day, end) = self.ordinal(i + 1)?;
        let words = self.digits(i + 1).is_none();
        // "from the 6th to the 12th week", "from the fifth grade to the first"
        let counts = |at: usize| self.next(at).is_some_and(|lex| lex.kind == Kind::Word && lex.word.role.is_none());
        if self.one_of(end, &[Role::To, Role::Through, Role::And, Role::Until])
            && self.ordinal(self.skip(end + 1, Role::The)).is_some_and(|(_, last)| counts(last))
        {
            return None;
        }
        let asked = asked
            && !(words && self.after_one_of(i, &[Role::From, Role::To, Role::Through]))
            && (!words
                || self.next(end).is_none_or(|lex| matches!(lex.kind, Kind::Mark(_)) || lex.word.role.is_some()));
        let noun = self
            .next(end)
            .is_some_and(|lex| lex.kind == Kind::Word && lex.word.role.is_none_or(|role| role == Role::Half));
        (asked && !noun && (1..=31).contains(&day) && !self.mark(end, '-')).then_some({
            (Expr::Calendar { year: None, month: None, day: Some(day), weekday: None, which: Which::Bare }, end)
        })
    }
}
