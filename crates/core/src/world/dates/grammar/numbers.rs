//! Numbers, ordinals and years, in digits and in words.

use super::{Grammar, Kind, Role, Unit};

impl Grammar<'_> {
    /// A whole number in words, up to the thousands.
    pub(super) fn number_words(&self, i: usize) -> Option<(u32, usize)> {
        let (mut total, mut part, mut at, mut last) = (0u32, 0u32, i, u16::MAX);
        while let Some(n) = self.word(at).number.or_else(|| if at == i { self.get(i)?.word.number } else { None }) {
            match n {
                1000 if part > 0 => (total, part) = (total + part * 1000, 0),
                100 | 1000 if last == u16::MAX => part = u32::from(n),
                100 if part > 0 && part < 100 => part *= 100,
                0..100 if last == u16::MAX || (last >= 100) || ((20..100).contains(&last) && n < 10 && n > 0) => {
                    part += u32::from(n);
                }
                _ => break,
            }
            last = n;
            at += 1;
            let joined = self.mark(at, '-') && self.glued(at) && self.word(at + 1).number.is_some_and(|n| n < 10);
            let and = self.is(at, Role::And) && last >= 20 && self.word(at + 1).number.is_some_and(|n| n < 100);
            at += usize::from(joined || and);
        }
        (at > i).then_some((total + part, at))
    }

    /// A number in digits or words, with decimals and "and a half".
    pub(super) fn number(&self, i: usize) -> Option<(f64, usize)> {
        let (mut value, mut at) = match self.get(i)?.kind {
            Kind::Number { value, .. } => {
                let mut value = f64::from(value);
                let mut at = i + 1;
                if self.mark(at, '.')
                    && self.glued(at)
                    && let Some((part, digits)) = self.glued_digits(at + 1)
                {
                    value += f64::from(part) / (0..digits).fold(1.0, |power, _| power * 10.0);
                    at += 2;
                } else if let Some((1, 1)) = self.digits(at)
                    && self.mark(at + 1, '/')
                    && self.glued_digits(at + 2).is_some()
                {
                    value += 1.0 / f64::from(self.digits(at + 2)?.0.max(1));
                    at += 3;
                }
                (value, at)
            }
            _ => self.number_words(i).map(|(n, at)| (f64::from(n), at))?,
        };
        if self.is(at, Role::And) {
            let a = self.skip(at + 1, Role::A);
            if self.is(a, Role::Half) {
                (value, at) = (value + 0.5, a + 1);
            } else if self.word(a).unit == Some(Unit::Quarter) && a > at + 1 && self.word(a + 1).unit.is_some() {
                (value, at) = (value + 0.25, a + 1);
            }
        }
        Some((value, at))
    }

    /// A day of the month as an ordinal: "22nd", "twenty-second", "third".
    pub(super) fn ordinal(&self, i: usize) -> Option<(u8, usize)> {
        if let Some((n, digits)) = self.digits(i) {
            let suffix =
                self.glued(i + 1) && ["st", "nd", "rd", "th"].iter().any(|s| self.form(i + 1).eq_ignore_ascii_case(s));
            return (suffix && digits <= 3 && n < 200).then_some((n as u8, i + 2));
        }
        let word = self.get(i)?.word;
        if let Some(n) = word.ordinal {
            return Some((n, i + 1));
        }
        let tens = word.number.filter(|n| (20..100).contains(n) && n % 10 == 0)?;
        let at = self.skip_mark(i + 1, '-');
        let ones = self.word(at).ordinal.filter(|n| *n < 10)?;
        Some((tens as u8 + ones, at + 1))
    }

    /// A day of the month in any form.
    pub(super) fn day_of_month(&self, i: usize) -> Option<(u8, usize)> {
        let (day, at) = self.ordinal(i).or_else(|| {
            if let Some((n, digits)) = self.digits(i) {
                let clock = self.mark(i + 1, ':') && self.glued_digits(i + 2).is_some();
                let decimal = self.mark(i + 1, '.') && self.glued_digits(i + 2).is_some();
                let more = self.mark(i + 1, '%') || self.one_of(i + 1, &[Role::Am, Role::Pm]);
                let tail = self.glued(i + 1) && matches!(self.get(i + 1)?.kind, Kind::Word);
                return (digits <= 2 && !clock && !decimal && !more && !tail).then_some((n as u8, i + 1));
            }
            let (n, at) = self.number_words(i)?;
            (n <= 31).then_some((n as u8, at))
        })?;
        (1..=31).contains(&day).then_some((day, at))
    }

    /// A year in four digits, or in words where `spoken`.
    pub(super) fn year(&self, i: usize, spoken: bool) -> Option<(i32, usize)> {
        if let Some((n, 4)) = self.digits(i) {
            let decimal = self.mark(i + 1, '.') && self.glued_digits(i + 2).is_some();
            let era = i32::try_from(n).ok()?;
            if self.one_of(i + 1, &[Role::EraBefore]) {
                return Some((-era, i + 2));
            }
            return ((1000..2200).contains(&n) && !decimal).then_some((era, i + 1));
        }
        if self.mark(i, '\'')
            && let Some((n, 2)) = self.glued_digits(i + 1)
        {
            return Some((if n < 40 { 2000 + n as i32 } else { 1900 + n as i32 }, i + 2));
        }
        if !spoken {
            return None;
        }
        let (n, at) = self.number_words(i)?;
        if (1100..2100).contains(&n) && n % 1000 < 100 {
            return Some((n as i32, at));
        }
        // "nineteen ninety-three", "nineteen hundred ninety three", "twenty sixteen"
        if matches!(n, 11..=20) {
            let (rest, end) = self.number_words(at)?;
            return (10..100).contains(&rest).then_some((n as i32 * 100 + rest as i32, end));
        }
        ((1100..2000).contains(&n)).then_some((n as i32, at))
    }

    /// The year after a month or a day of it: ", 2025", "of 2025", "in 2025", "'25".
    pub(super) fn trailing_year(&self, i: usize) -> (Option<i32>, usize) {
        let mut at = i;
        if self.mark(at, ',') || self.mark(at, '.') || (self.mark(at, '-') && self.glued(at) && self.glued(at + 1)) {
            at += 1;
        }
        if self.mark(at, ',') {
            at += 1;
        }
        let comma = at > i;
        let preposed = self.one_of(at, &[Role::Of, Role::In]);
        if preposed {
            at += 1;
            if self.is(at, Role::The) && self.word(at + 1).unit == Some(Unit::Year) {
                at += 2;
            }
        }
        if let Some((year, end)) = self.year(at, true).filter(|_| self.next(at).is_some()) {
            // "in May 2500 people": a number with what it counts is no year.
            let counted = !preposed && !comma && self.counted(end);
            if !counted {
                return (Some(year), end);
            }
        }
        // "30 September 420", where nothing follows that it could count
        if let Some((n @ 100.., 3)) = self.digits(at)
            && self.next(at).is_some()
            && (preposed || !comma)
            && self.next(at + 1).is_none_or(|lex| matches!(lex.kind, Kind::Mark('.' | ',' | ';' | ')')))
            && self.glued_digits(at + 2).is_none()
        {
            return (Some(n as i32), at + 1);
        }
        if preposed
            && let Some((n, 2)) = self.digits(at)
            && self.word(at + 1).unit.is_none()
        {
            return (Some(if n < 40 { 2000 + n as i32 } else { 1900 + n as i32 }), at + 1);
        }
        (None, i)
    }

    /// True where the word at `i` is a thing that the number before it counts.
    pub(super) fn counted(&self, i: usize) -> bool {
        let Some(lex) = self.next(i) else { return false };
        if matches!(lex.kind, Kind::Mark('%' | '+')) {
            return true;
        }
        let form = self.form(i);
        lex.kind == Kind::Word
            && !lex.capital
            && lex.word.role.is_none()
            && (form == "people"
                || form == "men"
                || form == "women"
                || form == "children"
                || matches!(form, "km" | "percent" | "feet" | "ft" | "m" | "mi" | "kg" | "lb" | "mm" | "cm" | "ha")
                || (form.len() > 4
                    && form.ends_with('s')
                    && !form.ends_with("ss")
                    && !form.ends_with("us")
                    && !form.ends_with("is")))
    }
}
