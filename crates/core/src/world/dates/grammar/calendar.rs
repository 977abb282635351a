//! Days, months and years of the calendar.

use super::{Expr, Grammar, Kind, Lex, Parsed, Role, Unit, Which, longest};

impl Grammar<'_> {
    /// The month named at `i`; a word of two meanings needs a sign, and `sure` is one.
    pub(super) fn month_name(&self, i: usize, sure: bool) -> Option<(u8, usize)> {
        let lex = self.get(i)?;
        let month = lex.word.month?;
        let stop = |at: usize| {
            at + usize::from(self.mark(at, '.') && self.glued(at) && self.form(i).len() <= 4 && self.form(i) != "May")
        };
        if lex.word.ambiguous && !sure && !self.is_month(i, stop(i + 1)) {
            return None;
        }
        // "SEP" is a name of something else where no number stands beside it.
        if !sure && month_in_capitals(self.form(i)) && self.text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            let number = |lex: Option<&Lex>| lex.is_some_and(|lex| matches!(lex.kind, Kind::Number { .. }));
            if !number(self.next(stop(i + 1))) {
                return None;
            }
        }
        // "this may seem odd", "the next march will be larger"
        if sure && !lex.capital && matches!(self.form(i), "may" | "march") && self.goes_on(stop(i + 1)) {
            return None;
        }
        Some((month, stop(i + 1)))
    }

    /// True where a word without a part in the grammar of dates follows, or "or".
    fn goes_on(&self, i: usize) -> bool {
        self.next(i).is_some_and(|lex| lex.kind == Kind::Word && lex.word.role.is_none_or(|role| role == Role::Or))
    }

    /// Whether a word of two meanings ("may", "dec") is a month here.
    fn is_month(&self, i: usize, next: usize) -> bool {
        use Role::{
            After, And, Before, Between, By, During, Early, From, In, Last, Late, Mid, Next, Of, Or, Since, This,
            Through, To, Until,
        };
        let lex = &self.lexes[i];
        let number = |at: usize| {
            self.next(at).is_some_and(|lex| {
                matches!(lex.kind, Kind::Number { .. }) || lex.word.number.is_some() || lex.word.ordinal.is_some()
            })
        };
        let dash = self.mark(next, '-') && self.glued(next);
        let year = self.skip_mark(next + usize::from(dash), ',');
        let after = number(next) || year > next && self.year(year, false).is_some();
        let to_month = self.one_of(next, &[To, Through, Until]) && self.word(next + 1).month.is_some();
        if lex.capital {
            let preposed = self.after_one_of(
                i,
                &[
                    By, During, Early, From, In, Last, Late, Mid, Next, Of, Since, This, Through, Until, To, Between,
                    Or, And, Before, After,
                ],
            );
            let month_pair = dash && self.word(next + 1).month.is_some();
            return preposed
                || after
                || month_pair
                || to_month
                || self.mark(i, ',')
                || i > 0 && self.mark(i - 1, '-') && self.glued(i);
        }
        let verb = matches!(self.form(i), "may" | "march");
        after && !verb
            || matches!(self.form(i), "august" | "dec" | "jan")
                && self.after_one_of(i, &[In, Since, Until, Last, Next, Early, Late, Mid, Between, Through, From])
    }

    pub(super) fn calendar(&self, i: usize) -> Parsed {
        longest([
            self.iso(i),
            self.slashed(i),
            self.which_date(i),
            self.with_year(self.month_first(i)),
            self.with_year(self.day_first(i)),
            self.weekday_date(i),
            self.year_first(i),
            self.bare_year(i),
        ])
    }

    /// 2025-04-22, 2025/4/22, 20250422.
    pub(super) fn iso(&self, i: usize) -> Parsed {
        let (year, digits) = self.digits(i)?;
        // a part of an address of the web
        if i > 0 && self.glued(i) && self.mark(i - 1, '/') {
            return None;
        }
        if digits == 8 && (19..21).contains(&(year / 1_000_000)) {
            let (month, day) = ((year / 100 % 100) as u8, (year % 100) as u8);
            return ((1..=12).contains(&month) && (1..=31).contains(&day))
                .then(|| (Expr::date(day, month, Some((year / 10_000) as i32)), i + 1));
        }
        if digits != 4 || !(1000..2200).contains(&year) {
            return None;
        }
        let sep = ['-', '/', '.'].into_iter().find(|sep| self.mark(i + 1, *sep) && self.glued(i + 1))?;
        if let Some(month) = self.get(i + 2).filter(|lex| lex.glued).and_then(|lex| lex.word.month)
            && self.mark(i + 3, sep)
            && let Some((day @ 1..=31, 1..=2)) = self.glued_digits(i + 4)
        {
            return Some((Expr::date(day as u8, month, Some(year as i32)), i + 5));
        }
        let (month, _) = self.glued_digits(i + 2)?;
        if !(1..=12).contains(&month) {
            return None;
        }
        if self.mark(i + 3, sep)
            && self.glued(i + 3)
            && let Some((day, digits)) = self.glued_digits(i + 4)
            && (1..=31).contains(&day)
            && digits <= 2
        {
            let date = Expr::date(day as u8, month as u8, Some(year as i32));
            // 2025-04-22T10:30
            if self.glued(i + 5)
                && self.form(i + 5).eq_ignore_ascii_case("t")
                && let Some((clock, end)) = self.clock(i + 6, true)
            {
                return Some((Expr::At(Box::new(date), Box::new(clock)), end));
            }
            return Some((date, i + 5));
        }
        // With a longer dash "1901–02" is two years.
        (sep == '-' && self.form(i + 1) == "-" && self.digits(i + 2)?.1 == 2)
            .then(|| (Expr::month(month as u8, Some(year as i32)), i + 3))
    }

    /// 22/04/2025, 4/22/25, 22.04.2025, 12-25-2018; month first unless it cannot be one.
    pub(super) fn slashed(&self, i: usize) -> Parsed {
        let (a, a_digits) = self.digits(i)?;
        if a_digits > 2
            || (i > 0 && self.glued(i) && matches!(self.get(i - 1)?.kind, Kind::Mark('/' | '.' | ':' | '$' | '#')))
        {
            return None;
        }
        let sep = ['/', '.', '-'].into_iter().find(|sep| self.mark(i + 1, *sep) && self.glued(i + 1))?;
        // "133-03-03-2020" is the number of something.
        if sep == '-' && i > 1 && self.glued(i) && self.mark(i - 1, '-') && self.glued(i - 1) {
            return None;
        }
        let (b, b_digits) = self.glued_digits(i + 2)?;
        if b_digits > 2 || a == 0 || b == 0 || a.max(b) > 31 || a.min(b) > 12 {
            return None;
        }
        let (day, month) = if a > 12 || (sep == '.' && b <= 12) { (a, b) } else { (b, a) };
        if !(1..=12).contains(&month) {
            return None;
        }
        if self.mark(i + 3, sep)
            && self.glued(i + 3)
            && let Some((year, digits)) = self.glued_digits(i + 4)
        {
            let year = match digits {
                4 if (1000..2200).contains(&year) => year as i32,
                2 if year < 40 => 2000 + year as i32,
                2 => 1900 + year as i32,
                _ => return None,
            };
            return Some((Expr::date(day as u8, month as u8, Some(year)), i + 5));
        }
        // A bare 4/22 is a date only where the words around ask for one: a score or a fraction looks the same.
        let asked = self.after_one_of(
            i,
            &[
                Role::On,
                Role::By,
                Role::Since,
                Role::Until,
                Role::From,
                Role::To,
                Role::Next,
                Role::This,
                Role::Between,
            ],
        ) || i > 2 && self.glued(i) && self.mark(i - 1, '-') && self.mark(i - 3, '/');
        (sep == '/' && (asked || self.lexes.len() <= 3)).then(|| (Expr::date(day as u8, month as u8, None), i + 3))
    }

    /// "next 6th of April", "this 5/12".
    fn which_date(&self, i: usize) -> Parsed {
        let which = self.which(i);
        if which == Which::Bare || self.next(i + 1).is_none() {
            return None;
        }
        match longest([self.slashed(i + 1), self.day_first(i + 1)])? {
            (Expr::Calendar { year: None, month, day, weekday, .. }, end) => {
                Some((Expr::Calendar { year: None, month, day, weekday, which }, end))
            }
            _ => None,
        }
    }

    /// 2017 April, 2017, April 3.
    fn year_first(&self, i: usize) -> Parsed {
        let (year @ 1500..2100, 4) = self.digits(i)? else { return None };
        let at = self.skip_mark(i + 1, ',');
        self.next(at)?;
        let (month, end) = self.month_name(at, false)?;
        let year = Some(year as i32);
        if self.next(end).is_some()
            && let Some((day, day_end)) = self.day_of_month(end)
            && !self.counted(day_end)
        {
            // "In 2017 April 3, 2016 was meant": the day has a year of its own.
            return self.trailing_year(day_end).0.is_none().then(|| (Expr::date(day, month, year), day_end));
        }
        (at == i + 1 && self.trailing_year(end).0.is_none()).then(|| (Expr::month(month, year), end))
    }

    /// "last year", "of that year", "the same year" behind a day or a month.
    pub(super) fn relative_year(&self, i: usize) -> Parsed {
        let at = self.skip(self.skip_mark(i, ','), Role::Of);
        self.next(at)?;
        let (expr, end) = self.relative(at)?;
        matches!(expr, Expr::Shift(Unit::Year, _) | Expr::Discourse(Unit::Year, _)).then_some((expr, end))
    }

    fn with_year(&self, found: Parsed) -> Parsed {
        let (expr, end) = found?;
        if let Expr::Calendar { year: None, month: Some(_), which: Which::Bare, .. } = &expr
            && let Some((year, end)) = self.relative_year(end)
        {
            return Some((Expr::InYear(Box::new(expr), Box::new(year)), end));
        }
        Some((expr, end))
    }

    /// April 22, 2025; April 22nd; April the 22nd; April 2025; April 22-25; April.
    pub(super) fn month_first(&self, i: usize) -> Parsed {
        let which = self.which(i);
        let start = if which == Which::Bare { i } else { i + 1 };
        let (month, mut at) = self.month_name(start, which != Which::Bare)?;
        let with = |expr: Expr| match expr {
            Expr::Calendar { year, month, day, weekday, .. } => Expr::Calendar { year, month, day, weekday, which },
            other => other,
        };
        if self.next(at).is_some() {
            let day_at = self.skip(self.skip_mark(self.skip_mark(at, ','), '-'), Role::The);
            let plain = day_at == at || self.is(day_at - 1, Role::The) || (self.mark(at, '-') && self.glued(at));
            if plain
                && let Some((day, end)) = self.day_of_month(day_at).filter(|_| self.next(day_at).is_some())
                && !self.decade_tail(day_at)
            {
                if let Some((last, range_end)) = self.range_tail(end, day) {
                    let (year, end) = self.trailing_year(range_end);
                    return Some((
                        Expr::Between(Box::new(Expr::date(day, month, year)), Box::new(Expr::date(last, month, year))),
                        end,
                    ));
                }
                let (year, end) = self.trailing_year(end);
                return Some((with(Expr::date(day, month, year)), end));
            }
        }
        let (year, end) = self.trailing_year(at);
        if year.is_some() {
            return Some((Expr::month(month, year), end));
        }
        if at > start + 1 && !self.get(start)?.capital {
            at = start + 1;
        }
        Some((with(Expr::month(month, None)), at))
    }

    /// "-25", " to 25", " through the 25th" after the first day of a range in one month.
    pub(super) fn range_tail(&self, i: usize, first: u8) -> Option<(u8, usize)> {
        let joined = self.mark(i, '-')
            || self.mark(i, '/') && self.glued(i)
            || self.one_of(i, &[Role::To, Role::Through, Role::Until]);
        if !joined {
            return None;
        }
        let at = self.skip(i + 1, Role::The);
        self.next(at)?;
        let (last, end) = self.day_of_month(at)?;
        let other =
            self.month_name(end, false).is_some() || self.mark(end, '-') && self.glued(end) || self.mark(end, '/');
        (last > first && !other && !self.counted(end)).then_some((last, end))
    }

    /// 22 April 2025; the 22nd of April; 22-25 April; 5 and 6 September.
    pub(super) fn day_first(&self, i: usize) -> Parsed {
        let the = self.skip(i, Role::The);
        let (day, mut at) = self.day_of_month(the)?;
        let ordinal = self.ordinal(the).is_some();
        let mut range = None;
        if let Some((last, end)) = self.range_tail_before_month(at, day) {
            (range, at) = (Some(last), end);
        }
        if ordinal && self.word(at).unit == Some(Unit::Day) && self.is(at + 1, Role::Of) {
            at += 1;
        }
        let of = self.skip(at, Role::Of);
        let dash =
            if of == at { at + usize::from((self.mark(at, '-') || self.mark(at, '/')) && self.glued(at)) } else { of };
        self.next(dash)?;
        let (month, end) = self.month_name(dash, of > at || dash == at || self.glued(dash))?;
        if !ordinal
            && the == i
            && dash == at
            && self.word(dash).ambiguous
            && !self.get(dash)?.capital
            && self.form(dash).len() == 3
            && self.form(dash) == "may"
        {
            return None;
        }
        let (year, end) = self.trailing_year(end);
        let (year, end) = if year.is_none()
            && self.mark(end, '/')
            && self.glued(end)
            && let Some((y, 4)) = self.glued_digits(end + 1)
        {
            (Some(y as i32), end + 2)
        } else {
            (year, end)
        };
        let first = Expr::date(day, month, year);
        Some(match range {
            Some(last) => (Expr::Between(Box::new(first), Box::new(Expr::date(last, month, year))), end),
            None => (first, end),
        })
    }

    pub(super) fn range_tail_before_month(&self, i: usize, first: u8) -> Option<(u8, usize)> {
        let joined = self.mark(i, '-')
            || self.mark(i, '/')
            || self.one_of(i, &[Role::To, Role::Through, Role::And, Role::Until]);
        let at = self.skip(i + 1, Role::The);
        let (last, end) = if joined { self.next(at).and_then(|_| self.day_of_month(at))? } else { return None };
        let month = self.skip(end, Role::Of);
        (last > first && self.word(month).month.is_some()).then_some((last, end))
    }

    /// Tuesday, April 22, 2025; Friday the 26th; Wednesday 13th.
    pub(super) fn weekday_date(&self, i: usize) -> Parsed {
        // "this Friday, May 2"
        let which = matches!(self.which(i), Which::This | Which::Next | Which::Coming | Which::Last);
        let name = i + usize::from(which);
        self.next(name).filter(|_| which).or_else(|| self.get(i))?;
        let weekday = self.weekday_name(name, true)?;
        let mut at = self.skip_mark(name + 1, '.');
        at = self.skip_mark(at, ',');
        at = self.skip(at, Role::On);
        at = if self.mark(at, '-') && self.glued(at) { at + 1 } else { at };
        self.next(at)?;
        if let Some((Expr::Calendar { year, month: Some(month), day: Some(day), which, .. }, end)) =
            longest([self.iso(at), self.slashed_after_weekday(at), self.month_first(at), self.day_first(at)])
        {
            return Some((
                Expr::Calendar { year, month: Some(month), day: Some(day), weekday: Some(weekday), which },
                end,
            ));
        }
        if which {
            return None;
        }
        let the = self.skip(at, Role::The);
        let plain = || {
            let (day, _) = self.digits(at).filter(|(day, digits)| *digits == 2 && (10..=31).contains(day))?;
            let ends = self.next(at + 1).is_none_or(|lex| {
                matches!(lex.kind, Kind::Mark(',' | '.' | ';' | ')' | '!' | '?'))
                    && !self.get(at + 2).is_some_and(|next| next.glued && matches!(next.kind, Kind::Number { .. }))
            });
            (at == i + 1 && ends).then_some((day as u8, at + 1))
        };
        let (day, end) = self.ordinal(the).or_else(plain)?;
        let noun = self.next(end).is_some_and(|lex| {
            let word = lex.word;
            lex.kind == Kind::Word && word.role.is_none() && word.part.is_none() && word.number.is_none()
        });
        ((1..=31).contains(&day) && !noun).then_some({
            (
                Expr::Calendar { year: None, month: None, day: Some(day), weekday: Some(weekday), which: Which::Bare },
                end,
            )
        })
    }

    pub(super) fn slashed_after_weekday(&self, i: usize) -> Parsed {
        let (a, 1..=2) = self.digits(i)? else { return None };
        let (b, 1..=2) = (if self.mark(i + 1, '/') { self.glued_digits(i + 2) } else { None })? else { return None };
        let (month, day) = if a > 12 { (b, a) } else { (a, b) };
        ((1..=12).contains(&month) && (1..=31).contains(&day))
            .then(|| (Expr::date(day as u8, month as u8, None), i + 3))
    }

    /// Three digits as a year: "c. 347", "(837–908)".
    fn old_year(&self, at: usize) -> bool {
        let mark = |i: usize, marks: &[char]| {
            self.get(i).is_some_and(|lex| matches!(lex.kind, Kind::Mark(m) if marks.contains(&m)))
        };
        let three = |i: usize| matches!(self.digits(i), Some((100.., 3)));
        let circa = at > 1 && mark(at - 1, &['.']) && matches!(self.form(at - 2), "c" | "ca")
            || at > 0 && self.form(at - 1).eq_ignore_ascii_case("circa");
        let opens =
            at > 0 && mark(at - 1, &['(']) && mark(at + 1, &['-']) && three(at + 2) && mark(at + 3, &[')', ',']);
        let closes =
            at > 2 && mark(at - 1, &['-']) && three(at - 2) && mark(at - 3, &['(']) && mark(at + 1, &[')', ',']);
        circa || opens || closes
    }

    /// The second of two years: "1914–18", "(1892 – 94)".
    fn short_year(&self, at: usize) -> Option<i32> {
        let (tens, 2) = self.digits(at)? else { return None };
        let (first, 4) = self.digits(at.checked_sub(2)?)? else { return None };
        let joined = self.mark(at - 1, '-') && self.next(at).is_some() && self.glued(at) == self.glued(at - 1);
        let (first, tens) = (first as i32, tens as i32);
        let ends = self.next(at + 1).is_none_or(|lex| {
            !lex.glued
                || matches!(lex.kind, Kind::Mark(')' | ',' | '.' | ';' | ':' | ']'))
                    && self.glued_digits(at + 2).is_none()
        });
        // Not the page of an article, and no part of a longer number.
        let alone = at < 3 || !(self.glued(at - 2) && self.mark(at - 3, '-'));
        let year = first / 100 * 100 + tens;
        let years = (1000..2100).contains(&first) && (first + 1..2035).contains(&year);
        (joined && ends && alone && years && !self.counted(at + 1) && self.bare_year(at - 2).is_some()).then_some(year)
    }

    /// A year alone, where nothing says that it is a number of things.
    pub(super) fn bare_year(&self, i: usize) -> Parsed {
        let mut at = self.skip(i, Role::The);
        // "the year 71", "the year of 1925"
        if self.word(at).unit == Some(Unit::Year) && !self.word(at).plural {
            let of = self.skip(at + 1, Role::Of);
            if let Some((n, digits)) = self.digits(of).filter(|_| self.next(of).is_some())
                && digits <= 4
                && n > 0
            {
                return Some((Expr::year(n as i32), of + 1));
            }
        }
        if self.is(at, Role::EraAfter)
            && self.form(at).len() == 2
            && let Some((n, _)) = self.digits(at + 1)
        {
            return self.get(at)?.capital.then(|| (Expr::year(n as i32), at + 2));
        }
        at = i;
        // "in nineteen eighty-four", "in two thousand and twenty"
        if self.get(i)?.word.number.is_some() {
            let asked = self.after_one_of(i, &[Role::In, Role::Since, Role::Until, Role::By, Role::From]);
            let (year, end) = self.year(i, true).filter(|(year, _)| asked && (1500..2100).contains(year))?;
            let alone = self.next(end).is_none_or(|lex| {
                lex.kind != Kind::Word && !matches!(lex.kind, Kind::Mark('-' | '%'))
                    || lex.word.role.is_some_and(|role| role != Role::Of)
            });
            return alone.then(|| (Expr::year(year), end));
        }
        let (n, digits) = self.digits(at)?;
        let dotted = self.next(at + 1).is_some() && self.form(at + 1).contains('.');
        if self.is(at + 1, Role::EraBefore) && (dotted || self.get(at + 1)?.capital) {
            return Some((Expr::year(-(n as i32)), at + 2));
        }
        if self.is(at + 1, Role::EraAfter) && (dotted || self.form(at + 1).chars().all(char::is_uppercase)) {
            return Some((Expr::year(n as i32), at + 2));
        }
        if let Some(year) = self.short_year(at) {
            return Some((Expr::year(year), at + 1));
        }
        if digits == 3 && n >= 100 && self.old_year(at) {
            return Some((Expr::year(n as i32), at + 1));
        }
        let far = (2100..2200).contains(&n) && self.after_one_of(at, &[Role::In, Role::By, Role::Until]);
        if digits != 4 || !(1000..2100).contains(&n) && !far {
            return None;
        }
        let before = at.checked_sub(1).map(|b| self.get(b).expect("before a piece"));
        let after = self.next(at + 1);
        let is_mark = |lex: Option<&Lex>, marks: &[char]| {
            lex.is_some_and(|lex| matches!(lex.kind, Kind::Mark(m) if marks.contains(&m)))
        };
        let touches = self.glued(at)
            && is_mark(before, &['$', '€', '£', '#', '.', '/', '+', '=', '_', '@', ':', '*', '&', '?'])
            || self.glued(at) && before.is_some_and(|lex| lex.kind == Kind::Word) && self.form(at - 1) != "FY"
            || self.glued(at)
                && is_mark(before, &['-'])
                && at > 1
                && self.glued(at - 1)
                && (matches!(self.get(at - 2).map(|l| l.kind), Some(Kind::Number { digits: 1..=3, .. }))
                    || at > 2 && self.glued(at - 2) && self.mark(at - 3, '-'));
        let tail = after.is_some_and(|lex| {
            lex.glued
                && (lex.kind == Kind::Word && !self.decade_tail(at)
                    || matches!(lex.kind, Kind::Mark('%' | '/' | '_' | '=' | '°' | '$' | '*' | '&')))
        });
        if touches || tail || self.decade_tail(at) {
            return None;
        }
        if after.is_some_and(|lex| matches!(lex.kind, Kind::Mark('.' | ':'))) && self.glued_digits(at + 2).is_some() {
            return None;
        }
        let preposed = {
            use Role::{
                About, After, And, Before, Between, By, During, Early, From, In, Last, Late, Mid, Next, Of, Since, The,
                Through, To, Until,
            };
            self.after_one_of(
                at,
                &[
                    About, After, And, Before, Between, By, During, Early, From, In, Last, Late, Mid, Next, Of, Since,
                    The, Through, To, Until,
                ],
            )
        };
        let enclosed = is_mark(before, &['(', '[']) && is_mark(after, &[')', ']']);
        let bracket = enclosed
            || (1500..2100).contains(&n)
                && (is_mark(before, &['(', '[', '-', ';', ',']) || is_mark(after, &[')', ']', '-']));
        // Volume, issue and page: "92 (6): 1087", "p. 1225".
        let page = is_mark(before, &[':'])
            || at > 1 && is_mark(before, &['.']) && matches!(self.form(at - 2), "p" | "pp" | "no" | "No");
        let sure = matches!(
            before.and_then(|lex| lex.word.role),
            Some(Role::In | Role::Since | Role::The | Role::Between | Role::From | Role::To | Role::Until | Role::And)
        );
        // "2000 troops": only a round number counts things where nothing says that it is a year.
        let counted =
            self.counted(at + 1) && !(sure && n % 50 != 0) && before.and_then(|lex| lex.word.role) != Some(Role::In)
                || after.is_some_and(|lex| lex.word.unit.is_some());
        let modern = (1900..2060).contains(&n)
            || (1600..1900).contains(&n)
                && after.is_some_and(|lex| lex.kind == Kind::Word)
                && before.is_some_and(|lex| lex.kind == Kind::Word);
        (!counted && (modern || far || (preposed || bracket) && !page)).then(|| (Expr::year(n as i32), at + 1))
    }
}

/// True for a short form of a month in capital letters.
fn month_in_capitals(form: &str) -> bool {
    form.len() <= 4 && form != "MAY" && form.bytes().all(|byte| byte.is_ascii_uppercase())
}
