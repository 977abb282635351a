//! Times of the day.

use super::{Expr, Grammar, Kind, Parsed, Role, Unit, longest};

impl Grammar<'_> {
    /// 10:30, 10.30 p.m., 7 pm, noon, half past seven, eight o'clock, 1430 GMT.
    pub(super) fn clock(&self, i: usize, sure: bool) -> Parsed {
        let lex = self.get(i)?;
        let half = |at: usize| match self.role(at) {
            Some(Role::Am) => Some((0, at + 1)),
            Some(Role::Pm) => Some((12, at + 1)),
            _ => None,
        };
        let zone = |at: usize| {
            if self.lower_is(at, &["local"]) && self.lower_is(at + 1, &["time"]) {
                at + 2
            } else if self.is(at, Role::Local)
                && self.get(at).is_some_and(|_| self.form(at).chars().all(char::is_uppercase))
            {
                at + 1
            } else {
                at
            }
        };
        let to24 = |hour: u32, half: u32| if hour == 12 { half } else { hour + half };
        if let Some((first, last)) = lex.word.part.filter(|(a, b)| a == b && !lex.word.parts) {
            let _ = last;
            return Some((Expr::Clock(first), i + 1));
        }
        if let Kind::Number { value: hour, digits, grouped: false } = lex.kind {
            if self.glued(i)
                && i > 0
                && matches!(self.get(i - 1)?.kind, Kind::Mark('$' | '£' | '€' | '#' | '/' | '.' | ':'))
            {
                return None;
            }
            let sep = if self.mark(i + 1, ':') { ':' } else { '.' };
            if digits <= 2
                && self.mark(i + 1, sep)
                && self.glued(i + 1)
                && let Some((minute, 2)) = self.glued_digits(i + 2)
                && minute < 60
            {
                let mut at = i + 3;
                if self.mark(at, ':') && self.glued(at) && self.glued_digits(at + 1).is_some() {
                    at += 2;
                }
                if let Some((half, end)) = half(at).filter(|_| hour <= 12) {
                    return Some((Expr::Clock((to24(hour, half) * 60 + minute) as u16), zone(end)));
                }
                let zoned = zone(at);
                let dotted = sep == '.' && !(sure || zoned > at);
                return (hour < 24 && !dotted && !self.mark(at, '%'))
                    .then_some((Expr::Clock((hour * 60 + minute) as u16), zoned));
            }
            let dot = usize::from(self.mark(i + 1, '.') && self.glued(i + 1) && self.glued(i + 2));
            let short = |at: usize| {
                let p = if self.lower_is(at, &["p"]) { 12 } else { 0 };
                (sure && self.glued(at) && self.lower_is(at, &["a", "p"])).then_some((p, at + 1))
            };
            if let Some((half, end)) =
                half(i + 1 + dot).or_else(|| short(i + 1)).filter(|_| digits <= 2 && (1..=12).contains(&hour))
            {
                // a part of a key or an address: "3am3io"
                if self.glued_digits(end).is_some() {
                    return None;
                }
                return Some((Expr::Clock((to24(hour, half) * 60) as u16), zone(end)));
            }
            if (3..=4).contains(&digits) && hour % 100 < 60 && hour / 100 < 24 {
                if let Some((half, end)) = half(i + 1).filter(|_| hour / 100 <= 12) {
                    return Some((Expr::Clock((to24(hour / 100, half) * 60 + hour % 100) as u16), zone(end)));
                }
                if digits == 4 && (zone(i + 1) > i + 1 || sure && self.word(i + 1).unit == Some(Unit::Hour)) {
                    let end = if zone(i + 1) > i + 1 { zone(i + 1) } else { zone(i + 2) };
                    return Some((Expr::Clock((hour / 100 * 60 + hour % 100) as u16), end));
                }
            }
            if let Some(end) = self.o_clock(i + 1).filter(|_| hour <= 12 && digits <= 2) {
                return Some((Expr::Clock((hour * 60) as u16), end));
            }
            if digits <= 2 && (1..=12).contains(&hour) && self.in_the_part(i + 1, sure) {
                return Some((Expr::Clock((hour * 60) as u16), i + 1));
            }
            if digits <= 2
                && hour < 60
                && let Some(expr) = self.past_hour(i)
            {
                return Some(expr);
            }
            return None;
        }
        if lex.word.role == Some(Role::Half)
            || lex.word.unit == Some(Unit::Quarter)
            || lex.word.number.is_some()
            || lex.word.role == Some(Role::A)
        {
            if let Some(expr) = self.past_hour(i) {
                return Some(expr);
            }
            let (hour, at) = self.number_words(i)?;
            let minute_at = at + usize::from(self.mark(at, '-') && self.glued(at));
            if (1..=12).contains(&hour)
                && self.word(minute_at).number.is_some()
                && let Some((minute @ 10..60, end)) = self.number_words(minute_at)
            {
                let clock = |hour: u32| Expr::Clock((hour * 60 + minute) as u16);
                if let Some((half, end)) = half(end) {
                    return Some((clock(to24(hour, half)), zone(end)));
                }
                if sure && self.word(end).unit.is_none() && !self.counted(end) || self.word(end).days.is_some() {
                    return Some((clock(hour), end));
                }
            }
            if (1..=12).contains(&hour) && self.in_the_part(at, sure) {
                return Some((Expr::Clock((hour * 60) as u16), at));
            }
            if hour <= 12 {
                if let Some(end) = self.o_clock(at) {
                    return Some((Expr::Clock((hour * 60) as u16), end));
                }
                if let Some((half, end)) = half(at) {
                    return Some((Expr::Clock((to24(hour, half) * 60) as u16), zone(end)));
                }
            }
        }
        None
    }

    /// "in the morning", which no word goes on: "three in the morning raid" are no hour.
    fn in_the_part(&self, i: usize, sure: bool) -> bool {
        let goes_on =
            || self.next(i + 3).is_some_and(|lex| lex.kind == Kind::Word && lex.word.role.is_none() && !lex.word.past);
        self.is(i, Role::In)
            && self.is(i + 1, Role::The)
            && self.word(i + 2).part.is_some_and(|(first, last)| first != last)
            && (sure || !goes_on())
    }

    pub(super) fn o_clock(&self, i: usize) -> Option<usize> {
        if self.lower_is(i, &["oclock"]) {
            return Some(i + 1);
        }
        (self.lower_is(i, &["o"]) && self.mark(i + 1, '\'') && self.lower_is(i + 2, &["clock"])).then_some(i + 3)
    }

    /// "20 minutes past eight", "quarter to nine", "half past seven".
    pub(super) fn past_hour(&self, i: usize) -> Parsed {
        let a = i + usize::from(self.get(i)?.word.role == Some(Role::A));
        let (minutes, mut at) = if self.word_or_first(i, a).role == Some(Role::Half) {
            (30, a + 1)
        } else if self.word_or_first(i, a).unit == Some(Unit::Quarter) {
            (15, a + 1)
        } else {
            let (n, at) = self.number(i)?;
            (n as i32, at)
        };
        at += usize::from(self.word(at).unit == Some(Unit::Minute));
        let sign = match self.role(at) {
            Some(Role::Past | Role::After) => 1,
            Some(Role::To | Role::Before) => -1,
            _ => return None,
        };
        // "from 10 to 12" counts no minutes.
        if sign < 0 && minutes % 5 != 0
            || sign < 0 && matches!(self.get(i)?.kind, Kind::Number { .. }) && self.word(at - 1).unit.is_none()
        {
            return None;
        }
        self.next(at + 1)?;
        let (hour, end) = match self.digits(at + 1) {
            Some((hour, 1..=2)) => (hour, at + 2),
            _ => self.number_words(at + 1)?,
        };
        if !(1..=12).contains(&hour) || self.word(end).unit.is_some() || !(1..60).contains(&minutes) {
            return None;
        }
        let mut end = self.o_clock(end).unwrap_or(end);
        let mut hour = hour as i32;
        if let Some(Role::Pm | Role::Am) = self.role(end) {
            hour = hour % 12 + if self.is(end, Role::Pm) { 12 } else { 0 };
            end += 1;
        }
        Some((Expr::Clock((hour * 60 + sign * minutes).rem_euclid(1440) as u16), end))
    }

    /// "night", "in the morning", "early morning": the first and last minute.
    pub(super) fn part(&self, i: usize) -> Parsed {
        // "later in the afternoon", "late in the evening"
        if let Some(role @ (Role::Late | Role::Later | Role::Early | Role::Earlier)) = self.get(i)?.word.role
            && self.is(i + 1, Role::In)
            && let Some((Expr::Minutes(first, last), end)) = self.part(i + 1)
        {
            let half = if matches!(role, Role::Late | Role::Later) { Role::Late } else { Role::Early };
            let (first, last) = third_of((first, last), Some(half));
            return Some((Expr::Minutes(first, last), end));
        }
        let preposed = matches!(self.get(i)?.word.role, Some(Role::In | Role::At | Role::During));
        let mut at = i + usize::from(preposed);
        at = if preposed { self.skip(at, Role::The) } else { at };
        let third = self.word_or_first(i, at).role.filter(|role| matches!(role, Role::Early | Role::Late | Role::Mid));
        at += usize::from(third.is_some());
        at = self.skip_mark(at, '-');
        let word = self.word_or_first(i, at);
        let (first, last) = word.part.filter(|_| !word.parts).map(|part| third_of(part, third))?;
        Some((if first == last { Expr::Clock(first) } else { Expr::Minutes(first, last) }, at + 1))
    }

    /// A clock, a part of a day, or a range of clocks, with what a following part of the day says about the half.
    pub(super) fn time(&self, i: usize, sure: bool) -> Parsed {
        let lex = self.get(i)?;
        let at =
            i + usize::from(matches!(lex.word.role, Some(Role::At | Role::By | Role::About | Role::For | Role::On)));
        let at = if at > i { self.skip(self.skip(at, Role::About), Role::Early) } else { at };
        if at > i {
            self.next(at)?;
        }
        let (mut expr, mut end) = longest([self.clock_range(at, sure), self.clock(at, sure || at > i)])?;
        let part_at = self.skip_mark(end, ',');
        if let Some((Expr::Minutes(first, _), part_end)) = self.next(part_at).and_then(|_| self.part(part_at)) {
            let pm = first >= 720;
            let shift = |minute: u16| {
                if pm && minute < 720 && !(first >= 1200 && minute < 360) { minute + 720 } else { minute }
            };
            match &mut expr {
                Expr::Clock(minute) => (*minute, end) = (shift(*minute), part_end),
                Expr::Between(a, b) => {
                    for clock in [a, b] {
                        if let Expr::Clock(minute) = &mut **clock {
                            *minute = shift(*minute);
                        }
                    }
                    end = part_end;
                }
                _ => {}
            }
        }
        Some((expr, end))
    }

    /// 5 to 6 pm, 9-10 a.m., between 10:30 and 11:45, from 7:00 until 9:00.
    pub(super) fn clock_range(&self, i: usize, with_day: bool) -> Parsed {
        let intro = self.get(i)?.word.role.filter(|role| matches!(role, Role::From | Role::Between));
        let start = i + usize::from(intro.is_some());
        // "between 0730 and 0930"
        let military = |at: usize| match self.digits(at) {
            Some((n, 4)) if intro.is_some() && self.form(at).starts_with('0') && n % 100 < 60 => {
                Some((Expr::Clock((n / 100 * 60 + n % 100) as u16), at + 1))
            }
            _ => None,
        };
        let first = self.clock(start, true).or_else(|| military(start)).or_else(|| match self.digits(start) {
            Some((hour, 1..=2)) if hour < 24 && self.next(start + 1).is_some() => {
                Some((Expr::Clock(hour as u16 * 60), start + 1))
            }
            _ => None,
        });
        let (Expr::Clock(a), mid) = first? else { return None };
        if self.is(mid, Role::For)
            && intro == Some(Role::From)
            && let Some((amount, end)) = self.next(mid + 1).and_then(|_| self.amount(mid + 1))
            && let Some(minutes) = amount.minutes().filter(|_| !amount.vague)
        {
            return Some((Expr::Between(Box::new(Expr::Clock(a)), Box::new(Expr::Clock((a + minutes) % 1440))), end));
        }
        let joined = self.mark(mid, '-')
            || self.one_of(mid, &[Role::To, Role::Until, Role::Through])
            || intro == Some(Role::Between) && self.is(mid, Role::And);
        if !joined {
            return None;
        }
        self.next(mid + 1)?;
        let bare_first = mid == start + 1 && matches!(self.get(start)?.kind, Kind::Number { .. });
        let bare_last = || match self.digits(mid + 1) {
            Some((hour, 1..=2)) if intro.is_some() && (1..=12).contains(&hour) && with_day => {
                Some((Expr::Clock(hour as u16 * 60), mid + 2))
            }
            _ => None,
        };
        let (Expr::Clock(b), end) = self.clock(mid + 1, true).or_else(|| military(mid + 1)).or_else(bare_last)? else {
            return None;
        };
        // "5 to 6pm": the second half tells for both.
        let open = bare_first || !self.one_of(mid - 1, &[Role::Am, Role::Pm]) && self.one_of(end - 1, &[Role::Pm]);
        let a = if open && (60..720).contains(&a) && b >= 720 && a + 720 <= b { a + 720 } else { a };
        // "from 10 to 4" ends in the afternoon.
        let bare = |at: usize| matches!(self.get(at).map(|lex| lex.kind), Some(Kind::Number { .. })) && end == at + 1;
        let b = if bare_first && bare(mid + 1) && b <= a && b < 720 && a <= 720 { b + 720 } else { b };
        Some((Expr::Between(Box::new(Expr::Clock(a)), Box::new(Expr::Clock(b))), end))
    }
}

/// The half of a part of the day that "early" or "late" tells.
pub(super) fn third_of((first, last): (u16, u16), third: Option<Role>) -> (u16, u16) {
    let mid = first.midpoint(last + 1);
    match third {
        Some(Role::Early) => (first, mid),
        Some(Role::Late) => (mid, last),
        _ => (first, last),
    }
}
