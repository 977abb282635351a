//! Expressions to values: what a phrase means in this report.

use super::{
    Moment,
    grammar::{Amount, Expr, From, Which, iso_duration},
    value::{Value, week_start},
    within::{holiday, in_story, nth, part, quarter_value, season_value},
    words::Unit,
};
use crate::day::Day;

/// What the report and the text so far tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// When the report came out.
    pub report: Option<Moment>,
    /// The last day, month or year that the text spoke of.
    pub anchor: Option<Value>,
    /// Whether the verb beside the expression looks ahead (`Some(true)`) or back.
    pub ahead: Option<bool>,
    /// The year in which a story of the past stands.
    pub year: Option<i32>,
    /// A text of a line or two.
    pub short: bool,
    /// Happenings that the report gives a day, in the order of the text.
    pub events: Vec<(String, Day)>,
}

impl Context {
    /// The day of this happening; nothing where the report tells two or none.
    fn day_of(&self, noun: &str) -> Option<Day> {
        let mut days = self.events.iter().filter(|(name, _)| name == noun).map(|(_, day)| *day);
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    }
}

pub(super) fn add_months(day: Day, months: i64) -> Day {
    let index = i64::from(day.year) * 12 + i64::from(day.month) - 1 + months;
    let (year, month) = (index.div_euclid(12) as i32, (index.rem_euclid(12) + 1) as u8);
    Day { year, month, day: day.day.min(Day::days_in_month(year, month)) }
}

pub(super) fn monday(day: Day) -> Day {
    day.plus(1 - i64::from(day.weekday()))
}

/// So much later (earlier where `back`); parts below a day are dropped.
fn shift(day: Day, amount: &Amount, back: bool) -> Day {
    let sign = if back { -1.0 } else { 1.0 };
    let mut day = day;
    for &(n, unit) in &amount.parts {
        let n = sign * n;
        day = match unit {
            Unit::Century => add_months(day, (n * 1200.0) as i64),
            Unit::Decade => add_months(day, (n * 120.0) as i64),
            Unit::Year => add_months(day, (n * 12.0).round() as i64),
            Unit::Quarter => add_months(day, (n * 3.0) as i64),
            Unit::Month if n.fract() == 0.0 => add_months(day, n as i64),
            Unit::Month => add_months(day, n.trunc() as i64).plus((n.fract() * 30.0).round() as i64),
            Unit::Fortnight => day.plus((n * 14.0).round() as i64),
            Unit::Week | Unit::Weekend => day.plus((n * 7.0).round() as i64),
            Unit::Day => day.plus(n.round() as i64),
            Unit::Hour => day.plus((n / 24.0).trunc() as i64),
            Unit::Minute | Unit::Second => day,
        };
    }
    day
}

/// Years far from any calendar end as unknown instead of wrapping round.
fn sane(amount: &Amount) -> bool {
    amount.parts.iter().all(|&(n, unit)| {
        n * if unit == Unit::Century {
            100.0
        } else if unit == Unit::Decade {
            10.0
        } else {
            1.0
        } < 20_000.0
            || unit < Unit::Day
    })
}

/// The value of an expression in its context.
pub(super) fn resolve(expr: &Expr, context: &Context) -> Value {
    let report = context.report.map(|moment| moment.day);
    match expr {
        Expr::Calendar { year, month, day, weekday, which } => calendar(*year, *month, *day, *weekday, *which, context),
        Expr::Days(n) => report.map_or(Value::Unknown, |day| Value::Day(day.plus(i64::from(*n)))),
        Expr::Shift(unit, n) => report.map_or(Value::Unknown, |day| unit_at(day, *unit, *n, context.ahead)),
        Expr::Weekday { weekday, which, week } => report.map_or(Value::Unknown, |day| {
            Value::Day(weekday_at(day, *weekday, *which, *week, context.ahead == Some(true)))
        }),
        Expr::Offset { amount, back, from } => offset(amount, *back, from, context),
        Expr::Stretch { amount, back } => report.map_or(Value::Unknown, |_| stretch(amount, *back, context)),
        Expr::Discourse(unit, n) => {
            let anchor = context.anchor.as_ref().and_then(Value::days);
            let day = match (anchor, unit) {
                // A day counts from a day, a month from a month or a day …
                (Some((first, last)), Unit::Day) if first == last => Some(first),
                (Some((first, last)), Unit::Week | Unit::Month | Unit::Weekend)
                    if (last.number() - first.number()) < 32 =>
                {
                    Some(first)
                }
                (Some((first, last)), Unit::Year | Unit::Decade | Unit::Century)
                    if (last.number() - first.number()) < 3700 =>
                {
                    Some(first)
                }
                // Out of nowhere nobody knows which day "that day" is; in a line or two there is only the report's own.
                _ => report.filter(|_| context.short),
            };
            day.map_or(Value::Unknown, |day| unit_at(day, *unit, *n, Some(true)))
        }
        Expr::Holiday { index, year, which } => holiday(*index, *year, *which, context),
        Expr::Season { season, which, every: true, .. } => {
            season_value(*season, None, *which, &Context { year: None, ..context.clone() })
        }
        Expr::Season { season, year, which, .. } => season_value(*season, *year, *which, context),
        Expr::Quarter { quarter, year, which } => quarter_value(*quarter, *year, *which, context),
        Expr::WeekNumber { week, year } => {
            year.or(report.map(|day| day.year)).map_or(Value::Unknown, |year| Value::Week(week_start(year, *week)))
        }
        Expr::Decade { year, short: false } => Value::Decade(*year),
        Expr::Decade { year, short: true } => Value::Decade(if *year >= 30 { 1900 + year } else { 2000 + year }),
        Expr::Century(year) => Value::between(Value::Year(*year), Value::Year(year + 99)),
        Expr::Part(third, of) => part(*third, of, context),
        Expr::Nth { n, unit, count, of } => nth(*n, *unit, *count, of, context),
        Expr::Clock(minute) => Value::Time(*minute),
        Expr::Minutes(first, last) => Value::between(Value::Time(*first), Value::Time((*last).min(1439))),
        Expr::InYear(date, year) => match resolve(year, context) {
            Value::Year(year) => resolve(date, &Context { year: Some(year), ahead: Some(false), ..context.clone() }),
            _ => resolve(date, context),
        },
        Expr::At(day, time) => at(&resolve(day, context), time),
        Expr::Event(noun) => context.day_of(noun).map_or(Value::Unknown, Value::Day),
        Expr::WeekOf(day, starts) => match resolve(day, context) {
            Value::Day(day) if *starts => Value::between(Value::Day(day), Value::Day(day.plus(6))),
            Value::Day(day) => Value::Week(monday(day)),
            _ => Value::Unknown,
        },
        Expr::Story(inner, step) => match context.anchor.as_ref().and_then(Value::days) {
            Some(told) => in_story(inner, *step, told),
            // In a line or two there is only the report's own day to count from.
            None => report.filter(|_| context.short).map_or(Value::Unknown, |day| in_story(inner, *step, (day, day))),
        },
        Expr::DayOf(day, month) => match resolve(month, context) {
            Value::Month(year, month) => Day::new(year, month, *day).map_or(Value::Unknown, Value::Day),
            _ => Value::Unknown,
        },
        Expr::WeekendOf(feast) => match resolve(feast, context) {
            Value::Day(day) => {
                let saturday = day.plus(match i64::from(day.weekday()) {
                    1 => -2,
                    7 => -1,
                    n => 6 - n,
                });
                let long = matches!(day.weekday(), 1 | 5) && matches!(**feast, Expr::Holiday { .. });
                let sunday = saturday.plus(1);
                let (first, last) = if long { (saturday.min(day), sunday.max(day)) } else { (saturday, sunday) };
                Value::between(Value::Day(first), Value::Day(last))
            }
            _ => Value::Unknown,
        },
        Expr::Running(unit, rest) => {
            let whole = match (unit, context.year) {
                (Unit::Year, Some(year)) => Value::Year(year),
                _ => report.map_or(Value::Unknown, |day| unit_at(day, *unit, 0, None)),
            };
            match (report, whole.days()) {
                (Some(day), Some((_, last))) if *rest && day <= last => {
                    Value::between(Value::Day(day), Value::Day(last))
                }
                _ => whole,
            }
        }
        Expr::Duration(amount) => Value::Duration(iso_duration(&amount.parts)),
        Expr::Repeat(value) => Value::Repeat(value.clone()),
        Expr::Between(first, last) => between(first, last, context),
        Expr::Since(from) => match resolve(from, context) {
            Value::Unknown => Value::Unknown,
            Value::Interval(first, _) => Value::Interval(first, None),
            value => Value::Interval(Some(Box::new(value)), None),
        },
        Expr::Until(to) => match resolve(to, context) {
            Value::Unknown => Value::Unknown,
            Value::Interval(_, last) => Value::Interval(None, last),
            value => Value::Interval(None, Some(Box::new(value))),
        },
        Expr::Now => report.map_or(Value::Unknown, Value::Day),
        Expr::Fixed(value) => Value::Fixed(value.clone()),
    }
}

fn calendar(
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    weekday: Option<u8>,
    which: Which,
    context: &Context,
) -> Value {
    let report = context.report.map(|moment| moment.day);
    // Of a month alone a story tells its year only in the past tense: "April is the best time" is every year's.
    let told = context.year.filter(|_| day.is_some() || context.ahead == Some(false));
    if let (None, Some(month), None, Which::Bare, Some(_), None) = (year, month, day, which, context.year, told) {
        return Value::YearlessMonth(month);
    }
    match (year.or(told), month, day) {
        (Some(year), Some(month), Some(day)) => Day::new(year, month, day).map_or(Value::Unknown, Value::Day),
        (Some(year), Some(month), None) => Value::Month(year, month),
        (Some(year), None, None) => Value::Year(year),
        (None, Some(month), Some(day)) => {
            let Some(report) = report else { return Value::YearlessDay(month, day) };
            let candidates = (report.year - 6..=report.year + 6).filter_map(|year| Day::new(year, month, day));
            let fits = |candidate: &Day| weekday.is_none_or(|weekday| candidate.weekday() == weekday);
            let best = nearest(candidates.clone().filter(fits), report, which, context.ahead)
                .or_else(|| nearest(candidates, report, which, context.ahead));
            best.map_or(Value::YearlessDay(month, day), Value::Day)
        }
        (None, Some(month), None) => {
            let Some(report) = report else { return Value::YearlessMonth(month) };
            let here = Day { year: report.year, month, day: 1 };
            let diff = i32::from(month) - i32::from(report.month);
            let year = match (which, context.ahead) {
                (Which::Last, _) if diff >= 0 => report.year - 1,
                (Which::Next | Which::Coming, _) if diff <= 0 => report.year + 1,
                (Which::This | Which::Last | Which::Next | Which::Coming, _) => report.year,
                (_, Some(true)) if diff < 0 => report.year + 1,
                (_, Some(false)) if diff > 0 => report.year - 1,
                (_, None) if diff > 7 => report.year - 1,
                (_, None) if diff < -9 => report.year + 1,
                _ => here.year,
            };
            Value::Month(year, month)
        }
        (_, None, Some(day)) => {
            let near = |base: Day, ahead: Option<bool>| {
                let months = (-12..=12).filter_map(|n| {
                    let month = add_months(Day { day: 1, ..base }, n);
                    Day::new(month.year, month.month, day)
                });
                let fits = |candidate: &Day| weekday.is_none_or(|weekday| candidate.weekday() == weekday);
                nearest(months.filter(fits), base, Which::Bare, ahead)
            };
            // "the fifth" of the month that the text spoke of last
            let anchor = context
                .anchor
                .as_ref()
                .and_then(Value::days)
                .filter(|(first, last)| last.number() - first.number() < 32);
            let found = match (anchor, report) {
                (Some((first, _)), _) if weekday.is_none() => Day::new(first.year, first.month, day),
                (_, Some(report)) => near(report, context.ahead),
                _ => None,
            };
            found.map_or(Value::Unknown, Value::Day)
        }
        _ => Value::Unknown,
    }
}

/// The candidate that the words mean: before or after the report as the verb says, else the nearest.
pub(super) fn nearest(
    candidates: impl Iterator<Item = Day>,
    report: Day,
    which: Which,
    ahead: Option<bool>,
) -> Option<Day> {
    let today = report.number();
    candidates.min_by_key(|day| {
        let away = day.number() - today;
        let wrong = match which {
            Which::Last | Which::Recent => away >= 0,
            Which::Next | Which::Coming => away <= 0,
            Which::This => day.year != report.year,
            Which::Bare => false,
        };
        // What lies eleven months away one way and some weeks the other is meant the other way.
        let against = which == Which::Bare && (ahead == Some(true) && away < 0 || ahead == Some(false) && away > 0);
        (wrong, away.abs() * if against { 6 } else { 1 }, away)
    })
}

fn weekday_at(report: Day, weekday: u8, which: Which, week: Option<i32>, ahead: bool) -> Day {
    let in_week = |n: i64| monday(report).plus(7 * n + i64::from(weekday) - 1);
    if let Some(week) = week {
        return in_week(i64::from(week));
    }
    let back = (i64::from(report.weekday()) - i64::from(weekday)).rem_euclid(7);
    match which {
        Which::Last => in_week(-1),
        Which::Next => in_week(1),
        Which::This => in_week(0),
        Which::Recent => report.plus(-(back + 6) % 7 - 1),
        Which::Coming => report.plus(7 - back),
        Which::Bare if ahead => report.plus((7 - back) % 7),
        Which::Bare => report.plus(-back),
    }
}

/// The unit that holds this day, or one so many steps away.
pub(super) fn unit_at(day: Day, unit: Unit, steps: i32, ahead: Option<bool>) -> Value {
    let n = i64::from(steps);
    match unit {
        Unit::Day => Value::Day(day.plus(n)),
        Unit::Week => Value::Week(monday(day).plus(7 * n)),
        Unit::Fortnight => {
            Value::between(Value::Week(monday(day).plus(14 * n)), Value::Week(monday(day).plus(14 * n + 7)))
        }
        Unit::Weekend => {
            // "this weekend", told on a Tuesday in the past tense, is the one before.
            let past = steps == 0 && ahead == Some(false) && day.weekday() <= 4;
            let saturday = monday(day).plus(7 * n + 5 - if past { 7 } else { 0 });
            Value::between(Value::Day(saturday), Value::Day(saturday.plus(1)))
        }
        Unit::Month => {
            let month = add_months(Day { day: 1, ..day }, n);
            Value::Month(month.year, month.month)
        }
        Unit::Quarter => {
            let month = add_months(Day { day: 1, ..day }, 3 * n);
            Value::Quarter(month.year, month.month.div_ceil(3))
        }
        Unit::Year => Value::Year(day.year + steps),
        Unit::Decade => Value::Decade(day.year.div_euclid(10) * 10 + 10 * steps),
        Unit::Century => {
            let year = day.year.div_euclid(100) * 100 + 100 * steps;
            Value::between(Value::Year(year), Value::Year(year + 99))
        }
        Unit::Hour | Unit::Minute | Unit::Second => Value::Day(day),
    }
}

fn offset(amount: &Amount, back: bool, from: &From, context: &Context) -> Value {
    let report = context.report.map(|moment| moment.day);
    let (base, exact) = match from {
        From::Report => (report, false),
        From::Discourse => {
            let days = context.anchor.as_ref().and_then(Value::days);
            (days.map(|(first, last)| if back { first } else { last }).or(report), false)
        }
        From::Event(noun, _) => (context.day_of(noun), true),
        From::Date(date) => (resolve(date, context).days().map(|(first, last)| if back { first } else { last }), true),
    };
    let Some(base) = base else { return Value::Unknown };
    if !sane(amount) {
        return Value::Unknown;
    }
    if amount.vague {
        let here = Some(Box::new(Value::Day(base)));
        return if back { Value::Interval(None, here) } else { Value::Interval(here, None) };
    }
    let day = shift(base, amount, back);
    let smallest = amount.parts.iter().map(|part| part.1).min().unwrap_or(Unit::Day);
    let whole = amount.parts.iter().all(|part| part.0.fract() == 0.0);
    match smallest {
        Unit::Hour | Unit::Minute | Unit::Second => clock_offset(amount, back, from, context, day),
        _ if exact => Value::Day(day),
        Unit::Year if whole => Value::Year(day.year),
        Unit::Decade | Unit::Century => Value::Year(day.year),
        Unit::Year | Unit::Quarter | Unit::Month => Value::Month(day.year, day.month),
        _ => Value::Day(day),
    }
}

/// Minutes and hours from the time of the report, or the day where that time is not known.
fn clock_offset(amount: &Amount, back: bool, from: &From, context: &Context, day: Day) -> Value {
    let Some(Moment { day: base, minute: Some(minute) }) = context.report.filter(|_| !matches!(from, From::Date(_)))
    else {
        return Value::Day(day);
    };
    let larger =
        Amount { parts: amount.parts.iter().copied().filter(|part| part.1 >= Unit::Day).collect(), vague: false };
    let minutes: f64 = amount
        .parts
        .iter()
        .map(|&(n, unit)| match unit {
            Unit::Hour => n * 60.0,
            Unit::Minute => n,
            Unit::Second => n / 60.0,
            _ => 0.0,
        })
        .sum();
    let total = shift(base, &larger, back).number() * 1440
        + i64::from(minute)
        + (minutes * if back { -1.0 } else { 1.0 }) as i64;
    Value::Instant(Day::from_number(total.div_euclid(1440)), total.rem_euclid(1440) as u16)
}

fn stretch(amount: &Amount, back: bool, context: &Context) -> Value {
    let Some(moment) = context.report else { return Value::Unknown };
    // In a story of the past "the next five years" go on from where it stands.
    let told = context.anchor.as_ref().filter(|_| context.year.is_some()).and_then(Value::days);
    let base = told.map_or(moment.day, |(first, last)| if back { first } else { last });
    let here = || Some(Box::new(Value::Day(base)));
    if amount.vague || !sane(amount) {
        return if back { Value::Interval(None, here()) } else { Value::Interval(here(), None) };
    }
    let (n, unit) = amount.parts[0];
    if unit == Unit::Quarter && amount.parts.len() == 1 {
        let n = n as i32;
        let (from, to) = if back { (-n, -1) } else { (1, n) };
        return Value::between(unit_at(base, unit, from, None), unit_at(base, unit, to, None));
    }
    if unit < Unit::Day && moment.minute.is_some() {
        let there = clock_offset(amount, back, &From::Report, context, shift(base, amount, back));
        let now = Value::Instant(base, moment.minute.unwrap_or(0));
        return if back { Value::between(there, now) } else { Value::between(now, there) };
    }
    let there = shift(base, amount, back);
    if back {
        Value::between(Value::Day(there), Value::Day(base))
    } else {
        Value::between(Value::Day(if unit < Unit::Day { base } else { base.plus(1) }), Value::Day(there))
    }
}

fn at(day: &Value, time: &Expr) -> Value {
    let instant = |day: Day, minute: u16| Value::Instant(day.plus(i64::from(minute / 1440)), minute % 1440);
    match (day, time) {
        (Value::Day(day), Expr::Clock(minute)) => instant(*day, *minute),
        (Value::Day(day), Expr::Minutes(first, last)) => Value::between(instant(*day, *first), instant(*day, *last)),
        (Value::Day(day), Expr::Between(first, last)) => match (&**first, &**last) {
            (Expr::Clock(first), Expr::Clock(last)) => {
                let over = if last < first { 1440 } else { 0 };
                Value::between(instant(*day, *first), instant(*day, *last + over))
            }
            _ => Value::Day(*day),
        },
        // The clock is known even where the day is not.
        (Value::Unknown, Expr::Clock(minute)) => Value::Time(*minute),
        (day, _) => day.clone(),
    }
}

fn between(first: &Expr, last: &Expr, context: &Context) -> Value {
    // Two weekdays: the second is placed by the verb, the first stands before it.
    if let (
        Expr::Weekday { weekday: a, which: Which::Bare, week: None },
        Expr::Weekday { weekday: b, which: Which::Bare, week: None },
        Some(report),
    ) = (first, last, context.report)
    {
        let days = (i64::from(*b) - i64::from(*a)).rem_euclid(7);
        let end = if context.ahead == Some(true) {
            weekday_at(report.day, *a, Which::Bare, None, true).plus(days)
        } else {
            weekday_at(report.day, *b, Which::Bare, None, false)
        };
        return Value::between(Value::Day(end.plus(-days)), Value::Day(end));
    }
    let (mut from, mut to) = (resolve(first, context), resolve(last, context));
    // "between August and October", told in September: this year's, which are not over.
    if let (&Value::Month(year, m), &Value::Month(_, n), Some(Moment { day, .. }), None, None) =
        (&from, &to, context.report, first.own_year(), last.own_year())
        && (m..=n).contains(&day.month)
        && year > day.year
    {
        (from, to) = (Value::Month(day.year, m), Value::Month(day.year, n));
    }
    // "from next Monday to Friday": the Friday after.
    if let (Value::Day(start), Expr::Weekday { weekday, which: Which::Bare, week: None }) = (&from, last) {
        to = Value::Day(start.plus((i64::from(*weekday) - i64::from(start.weekday())).rem_euclid(7)));
    }
    // Without a year of their own both ends lie in one run: October to April.
    if let (Some((a, _)), Some((b, _))) = (from.days(), to.days())
        && b < a
        && last.own_year().is_none()
    {
        to = match to {
            Value::Month(year, month) => Value::Month(year + 1, month),
            Value::Day(day) => Day::new(day.year + 1, day.month, day.day).map_or(Value::Unknown, Value::Day),
            other => other,
        };
    }
    Value::between(from, to)
}
