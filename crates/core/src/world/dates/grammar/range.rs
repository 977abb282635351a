//! Ranges, bounds, repetitions, durations.

use super::{Amount, Expr, Grammar, Kind, Parsed, Role, Unit, Which, is_coarse, iso_duration, same_shape};

impl Grammar<'_> {
    pub(super) fn range(&self, i: usize) -> Parsed {
        let intro = self.get(i)?.word.role.filter(|role| matches!(role, Role::From | Role::Between));
        let start = i + usize::from(intro.is_some());
        if intro.is_some() {
            self.next(start)?;
        }
        let now = intro.is_some() && self.lower_is_at(start, "now");
        let (first, mid) = if now { (Expr::Now, start + 1) } else { self.moment(start)? };
        if matches!(first, Expr::Between(..)) {
            return (intro.is_some()).then_some((first, mid));
        }
        let comma = self.skip_mark(mid, ',');
        let dash = self.mark(mid, '-');
        let and = intro == Some(Role::Between) && self.is(mid, Role::And);
        let word = self.one_of(comma, &[Role::To, Role::Through, Role::Until]);
        if !dash && !and && !word {
            return None;
        }
        let at = if dash || and { mid + 1 } else { comma + 1 };
        self.next(at)?;
        if self.is(at, Role::Now) && intro.is_some() {
            return Some((Expr::Between(Box::new(first), Box::new(Expr::Now)), at + 1));
        }
        let third = || {
            let (day, end) = self.ordinal(self.skip(at, Role::The)).filter(|_| self.is(at, Role::The))?;
            let alone = self.next(end).is_none_or(|lex| lex.kind != Kind::Word || lex.word.role.is_some());
            let dated = matches!(first, Expr::Calendar { month: Some(_), day: Some(_), .. });
            let which = Which::Bare;
            (alone && dated && day <= 31)
                .then_some((Expr::Calendar { year: None, month: None, day: Some(day), weekday: None, which }, end))
        };
        let (mut last, mut end) = self.moment(at).or_else(third)?;
        // "5/1-5/7, 2020"
        if let Expr::Calendar { year: year @ None, day: Some(_), month: Some(_), .. } = &mut last
            && let Some((told, year_end)) = self.year(self.skip_mark(end, ','), false)
            && self.next(year_end - 1).is_some()
            && self.mark(end, ',')
        {
            (*year, end) = (Some(told), year_end);
        }
        // Two whole years or months stay two: what holds from one to the other is for the claim to say.
        if is_coarse(&first) && is_coarse(&last) {
            return None;
        }
        // Two dates in brackets with a spaced dash are a birth and a death: two dates, no range.
        let spaced = dash && !self.glued(mid);
        let life = start > 0
            && i == start
            && spaced
            && first.own_year().is_some()
            && last.own_year().is_some()
            && self.in_brackets(i);
        let (first, last) = match (first, last) {
            (Expr::Now, last) if last.is_clock() => (Expr::Now, Expr::At(Box::new(Expr::Days(0)), Box::new(last))),
            ends => ends,
        };
        let alike = first.is_clock() == last.is_clock()
            && !matches!(last, Expr::Between(..) | Expr::Duration(_) | Expr::Repeat(_));
        // A dash that sets off the next phrase joins nothing.
        let apart = dash && !self.glued(mid) && !(same_shape(&first, &last));
        // "in 2014 through May 2, 2018"
        let told = word && first.own_year().is_some() && last.own_year().is_some();
        let to_today = matches!(last, Expr::Days(_));
        if life || !alike || apart || (!same_shape(&first, &last) && !to_today && !told && intro.is_none() && !dash) {
            return None;
        }
        let (first, last) = share(first, last);
        Some((Expr::Between(Box::new(first), Box::new(last)), end))
    }

    pub(super) fn in_brackets(&self, i: usize) -> bool {
        let from = i.saturating_sub(24);
        let mut closed = 0;
        for lex in self.lexes[from..i].iter().rev() {
            match lex.kind {
                Kind::Mark('(' | '[') if closed == 0 => return true,
                Kind::Mark('(' | '[') => closed -= 1,
                Kind::Mark(')' | ']') => closed += 1,
                _ if lex.breaks => return false,
                _ => {}
            }
        }
        false
    }

    /// Since Monday, until May, after 2015, no later than Friday.
    pub(super) fn bounded(&self, i: usize) -> Parsed {
        let role = self.get(i)?.word.role;
        let bound = |at: usize, since: bool| {
            self.next(at)?;
            if let Some((noun, end)) = self.happening(at)
                && since
            {
                return Some((Expr::Since(Box::new(Expr::Event(noun))), end));
            }
            let (expr, end) = self.moment(at).filter(|(expr, _)| {
                let long = matches!(expr, Expr::Decade { .. } | Expr::Century(_));
                !long && !matches!(expr, Expr::Between(..) | Expr::Offset { .. }) && !is_coarse(expr)
            })?;
            let expr = Box::new(expr);
            Some((if since { Expr::Since(expr) } else { Expr::Until(expr) }, end))
        };
        match role {
            Some(Role::Since) => bound(i + 1, true),
            Some(Role::Until) => bound(i + 1, false),
            _ => None,
        }
    }

    /// Every Friday, each two weeks, daily, once a week, Fridays.
    pub(super) fn repeat(&self, i: usize) -> Parsed {
        let lex = self.get(i)?;
        let word = lex.word;
        if let Some(value) = word.repeat {
            // "the annual pilgrimage", "daily life": a sort of thing, no time of anything.
            let names = self.next(i + 1).is_some_and(|lex| {
                lex.kind == Kind::Word && lex.word.role.is_none() && !lex.word.past && lex.word.unit.is_none()
            });
            let adverb = self.form(i).len() > 6 && self.form(i).ends_with("ally");
            return (!names || adverb).then(|| (Expr::Repeat(value.to_owned()), i + 1));
        }
        // "on Friday nights"
        if word.weekday.is_some() && self.word(i + 1).parts {
            return Some((Expr::Repeat("P1W".to_owned()), i + 2));
        }
        if word.weekday.is_some() && word.plural {
            let (_, end) = self.with_time(Expr::Days(0), i + 1);
            return Some((Expr::Repeat("P1W".to_owned()), end));
        }
        if word.role == Some(Role::Once)
            && self.is(i + 1, Role::A)
            && let Some(unit) = self.word(i + 2).unit
        {
            return Some((Expr::Repeat(iso_duration(&[(1.0, unit)])), i + 3));
        }
        if word.role != Some(Role::Each) {
            return None;
        }
        if self.lower_is_at(i, "all") {
            // "all day", "all week": a duration
            let unit = self.word(i + 1);
            return (!unit.plural).then(|| {
                unit.unit.map(|unit| (Expr::Duration(Amount { parts: vec![(1.0, unit)], vague: false }), i + 2))
            })?;
        }
        let other = self.is(i + 1, Role::Other);
        let at = i + 1 + usize::from(other);
        let next = self.word(at);
        if next.weekday.is_some() {
            let (_, end) = self.with_time(Expr::Days(0), at + 1);
            return Some((Expr::Repeat(if other { "P2W" } else { "P1W" }.to_owned()), end));
        }
        if next.part.is_some() {
            return Some((Expr::Repeat("P1D".to_owned()), at + 1));
        }
        if next.month.is_some() || next.season.is_some() {
            return Some((Expr::Repeat("P1Y".to_owned()), at + 1));
        }
        if let Some(unit) = next.unit.filter(|_| !next.plural) {
            let unit = if unit == Unit::Weekend { Unit::Week } else { unit };
            return Some((Expr::Repeat(iso_duration(&[(if other { 2.0 } else { 1.0 }, unit)])), at + 1));
        }
        let (amount, end) = self.next(at).and_then(|_| self.amount(at))?;
        Some((Expr::Repeat(iso_duration(&amount.parts)), end))
    }

    pub(super) fn duration(&self, i: usize) -> Parsed {
        let (amount, end) = self.amount(i)?;
        // "a 26-year-old", "three years old", "a second man", "a week"
        let at = self.skip_mark(end, '-');
        if self.lower_is(at, &["old", "olds"]) || amount.parts[0].1 == Unit::Quarter {
            return None;
        }
        if self.get(i)?.word.role == Some(Role::A) && (amount.parts[0].1 == Unit::Second || end == i + 2 && self.per(i))
        {
            return None;
        }
        Some((Expr::Duration(amount), end))
    }

    /// "$5 a day", "once a week": a rate, no stretch of time.
    pub(super) fn per(&self, i: usize) -> bool {
        i > 0
            && self.next(i).is_some()
            && self.get(i - 1).is_some_and(|lex| {
                matches!(lex.kind, Kind::Number { .. })
                    || lex.kind == Kind::Word && lex.word.role.is_none() && self.form(i - 1).ends_with('s')
                    || lex.word.number.is_some()
            })
    }
}

/// What one end of a range leaves out, the other tells: "March to August 2011", "Friday 8 to 10".
#[allow(clippy::many_single_char_names)]
fn share(first: Expr, last: Expr) -> (Expr, Expr) {
    match (first, last) {
        (
            Expr::Calendar { year: None, month: Some(m), day, weekday, which },
            Expr::Calendar { year: Some(y), month: Some(n), day: e, weekday: w, which: v },
        ) => {
            // "December to March 2011" began the year before.
            let from = if (m, day) > (n, e) { y - 1 } else { y };
            (
                Expr::Calendar { year: Some(from), month: Some(m), day, weekday, which },
                Expr::Calendar { year: Some(y), month: Some(n), day: e, weekday: w, which: v },
            )
        }
        (
            Expr::Calendar { year: Some(y), month: Some(m), day, weekday, which },
            Expr::Calendar { year: None, month: Some(n), day: e, weekday: w, which: v },
        ) => {
            let to = if (m, day) > (n, e) { y + 1 } else { y };
            (
                Expr::Calendar { year: Some(y), month: Some(m), day, weekday, which },
                Expr::Calendar { year: Some(to), month: Some(n), day: e, weekday: w, which: v },
            )
        }
        // "between Monday and Wednesday of next week"
        (
            Expr::Weekday { weekday, which, week: None },
            Expr::Weekday { weekday: w, which: v, week: week @ Some(_) },
        ) => (Expr::Weekday { weekday, which, week }, Expr::Weekday { weekday: w, which: v, week }),
        // "from April 27 to the 3rd"
        (
            Expr::Calendar { year, month: Some(m), day: Some(d), weekday, which },
            Expr::Calendar { year: None, month: None, day: Some(e), weekday: None, .. },
        ) => {
            let over = e < d;
            let month = if over { m % 12 + 1 } else { m };
            let next = year.map(|year| year + i32::from(over && m == 12));
            (Expr::Calendar { year, month: Some(m), day: Some(d), weekday, which }, Expr::date(e, month, next))
        }
        (Expr::At(day, time), last) if last.is_clock() => {
            let end = Expr::At(day.clone(), Box::new(last));
            (Expr::At(day, time), end)
        }
        other => other,
    }
}
