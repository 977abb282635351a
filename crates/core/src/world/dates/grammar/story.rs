//! What counts from the day that the text spoke of last: the following Monday, that summer, the 5th of that month.

use super::{Expr, Grammar, Parsed, Role, Unit, Which};

impl Grammar<'_> {
    /// The following Monday, the previous October, that summer.
    pub(super) fn story(&self, i: usize) -> Parsed {
        let that = matches!(self.get(i)?.word.role, Some(Role::That));
        let at = if that {
            self.skip(i + 1, Role::Same)
        } else {
            let the = i + usize::from(self.get(i)?.word.role == Some(Role::The));
            let words = ["following", "next", "previous", "preceding"];
            if the == i && !self.lower_is_at(the, words[0]) || !words.iter().any(|word| self.lower_is_at(the, word)) {
                return None;
            }
            the + 1
        };
        let step = match self.get(at - 1)?.word.role {
            Some(Role::Next) => 1,
            Some(Role::Last) => -1,
            _ => 0,
        };
        self.next(at)?;
        let word = self.word(at);
        let of = |inner: Expr, end: usize| Some((Expr::Story(Box::new(inner), step), end));
        if word.plural {
            return None;
        }
        if let Some(weekday) = self.weekday_name(at, true) {
            return of(Expr::Weekday { weekday, which: Which::Bare, week: None }, at + 1);
        }
        if let Some(season) = word.season {
            return of(Expr::Season { season, year: None, which: Which::Bare, every: false }, at + 1);
        }
        let capital = self.get(at)?.capital;
        let (month, end) = self.month_name(at, true).filter(|_| capital)?;
        let more = self.trailing_year(end).0.is_some() || self.day_of_month(end).is_some();
        if more { None } else { of(Expr::month(month, None), end) }
    }

    /// The 5th of next month, the 5th of that month, next month on the 5th.
    pub(super) fn day_of(&self, i: usize) -> Parsed {
        let month = |at: usize| {
            self.next(at)?;
            self.relative(at)
                .filter(|(expr, _)| matches!(expr, Expr::Shift(Unit::Month, _) | Expr::Discourse(Unit::Month, _)))
        };
        let start = i + usize::from(self.get(i)?.word.role == Some(Role::The));
        if let Some((day, end)) = self.ordinal(start).filter(|(day, _)| (1..=31).contains(day)) {
            let end = end + usize::from(self.word(end).unit == Some(Unit::Day));
            let (of, end) = if self.is(end, Role::Of) { month(end + 1)? } else { return None };
            return Some((Expr::DayOf(day, Box::new(of)), end));
        }
        if self.word_or_first(i, start).unit != Some(Unit::Month) && self.word(start + 1).unit != Some(Unit::Month) {
            return None;
        }
        let (of, end) = self.relative(i).filter(|(expr, _)| matches!(expr, Expr::Shift(Unit::Month, _)))?;
        let the = if self.is(end, Role::On) { self.skip(end + 1, Role::The) } else { return None };
        let (day, end) = self.next(the).and_then(|_| self.ordinal(the)).filter(|(day, _)| (1..=31).contains(day))?;
        Some((Expr::DayOf(day, Box::new(of)), end))
    }
}
