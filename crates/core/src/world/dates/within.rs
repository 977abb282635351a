//! Values of what has a name in the year or stands inside a longer stretch: feasts, seasons, quarters, thirds, the first
//! week of May, the following summer.

use super::{
    grammar::{Expr, Third, Which},
    resolve::{Context, add_months, monday, nearest, resolve, unit_at},
    value::Value,
    words::{LEXICON, Season, Unit, nth_weekday},
};
use crate::day::Day;

/// The weekday, month or season that lies next after (before) what the text spoke of, or in it.
pub(super) fn in_story(expr: &Expr, step: i8, (first, last): (Day, Day)) -> Value {
    match expr {
        Expr::Weekday { weekday, .. } => {
            let ahead = |from: Day| (i64::from(*weekday) - i64::from(from.weekday())).rem_euclid(7);
            Value::Day(match step {
                0 => first.plus(ahead(first)),
                1 => last.plus(ahead(last.plus(1)) + 1),
                _ => first.plus(ahead(first) - 7),
            })
        }
        Expr::Calendar { month: Some(month), .. } => {
            let year = match step {
                0 => first.year,
                1 => last.year + i32::from(*month <= last.month),
                _ => first.year - i32::from(*month >= first.month),
            };
            Value::Month(year, *month)
        }
        Expr::Season { season, .. } => {
            let starts = |year: i32| Value::Season(year, *season).days();
            let year = match step {
                0 => Some(first.year),
                1 => (last.year..=last.year + 1).find(|year| starts(*year).is_some_and(|(start, _)| start > first)),
                _ => (first.year - 2..=first.year).rev().find(|year| starts(*year).is_some_and(|(_, end)| end < first)),
            };
            year.map_or(Value::Unknown, |year| Value::Season(year, *season))
        }
        _ => Value::Unknown,
    }
}

pub(super) fn holiday(index: usize, year: Option<i32>, which: Which, context: &Context) -> Value {
    let holiday = &LEXICON.holidays[index];
    if let Some(year) = year.or(context.year) {
        return holiday.in_year(year).map_or(Value::Unknown, Value::Day);
    }
    let Some(report) = context.report.map(|moment| moment.day) else {
        return holiday.every_year().map_or(Value::Unknown, |(month, day)| Value::YearlessDay(month, day));
    };
    let days = (report.year - 2..=report.year + 2).filter_map(|year| holiday.in_year(year));
    nearest(days, report, which, context.ahead).map_or(Value::Unknown, Value::Day)
}

pub(super) fn season_value(season: Season, year: Option<i32>, which: Which, context: &Context) -> Value {
    if let Some(year) = year.or(context.year.filter(|_| context.ahead == Some(false))) {
        return Value::Season(year, season);
    }
    let report = context.report.map(|moment| moment.day);
    match (which, report) {
        (Which::Bare, _) | (_, None) => {
            let first = season.first_month();
            Value::between(Value::YearlessMonth(first), Value::YearlessMonth((first + 1) % 12 + 1))
        }
        (_, Some(report)) => {
            let candidates = (report.year - 2..=report.year + 1).map(|year| Value::Season(year, season));
            let today = report.number();
            let best =
                candidates.filter_map(|value| Some((value.days()?, value))).min_by_key(|((first, last), value)| {
                    let (first, last) = (first.number() - today, last.number() - today);
                    let wrong = match which {
                        Which::Last | Which::Recent => last >= 0,
                        Which::Next | Which::Coming => first <= 0,
                        _ => !matches!(value, Value::Season(year, _) if *year == report.year),
                    };
                    (wrong, first.abs())
                });
            best.map_or(Value::Unknown, |(_, value)| value)
        }
    }
}

pub(super) fn quarter_value(quarter: u8, year: Option<i32>, which: Which, context: &Context) -> Value {
    let value = |year: i32| match quarter {
        5 => Value::between(Value::Month(year, 1), Value::Month(year, 6)),
        6 => Value::between(Value::Month(year, 7), Value::Month(year, 12)),
        _ => Value::Quarter(year, quarter),
    };
    let Some(report) = context.report.map(|moment| moment.day) else {
        return year.filter(|_| quarter > 0).map_or(Value::Unknown, value);
    };
    if quarter == 0 {
        return unit_at(report, Unit::Quarter, which.steps(), None);
    }
    match (year, which) {
        (Some(year), _) => value(year),
        (None, Which::Bare) => {
            // A quarter without a year is the last that has begun, unless the verb looks ahead.
            let begun = value(report.year).days().is_some_and(|(first, _)| first <= report);
            value(report.year - i32::from(!begun && context.ahead != Some(true)))
        }
        (None, which) => value(report.year + which.steps()),
    }
}

pub(super) fn part(third: Third, of: &Expr, context: &Context) -> Value {
    let years = |year: i32, length: i32| {
        let (from, to) = match third {
            Third::Early => (0, length * 2 / 5 - 1),
            Third::Mid => (length * 3 / 10, length * 7 / 10 - 1),
            Third::Late => (length * 3 / 5, length - 1),
        };
        Value::between(Value::Year(year + from), Value::Year(year + to))
    };
    match resolve(of, context) {
        Value::Decade(year) => years(year, 10),
        Value::Interval(Some(first), Some(last)) if matches!((&*first, &*last), (Value::Year(a), Value::Year(b)) if b - a == 99) =>
        {
            let Value::Year(year) = *first else { return Value::Unknown };
            years(year, 100)
        }
        Value::YearlessMonth(month) => {
            let last = Day::days_in_month(2024, month);
            let (from, to) = match third {
                Third::Early => (1, 10),
                Third::Mid => (10, 20),
                Third::Late => (21, last),
            };
            Value::between(Value::YearlessDay(month, from), Value::YearlessDay(month, to))
        }
        value => {
            let Some((first, last)) = value.days() else { return value };
            let length = last.number() - first.number() + 1;
            if length > 300 {
                // Thirds of a year are four months.
                let (from, to) = match third {
                    Third::Early => (0, 3),
                    Third::Mid => (4, 7),
                    Third::Late => (8, 11),
                };
                let month = |n: i64| {
                    let day = add_months(first, n);
                    Value::Month(day.year, day.month)
                };
                return Value::between(month(from), month(to));
            }
            let third_length = length / 3;
            let (from, to) = match third {
                Third::Early => (first, first.plus(third_length - 1)),
                Third::Mid if matches!(value, Value::Month(..)) => (first.plus(9), first.plus(19)),
                Third::Mid => (first.plus(third_length), last.plus(-third_length)),
                Third::Late => (last.plus(1 - third_length), last),
            };
            if from == to { Value::Day(from) } else { Value::between(Value::Day(from), Value::Day(to)) }
        }
    }
}

pub(super) fn nth(n: i8, unit: Unit, count: u8, of: &Expr, context: &Context) -> Value {
    let Some((first, last)) = resolve(of, context).days() else { return Value::Unknown };
    if count > 100 {
        return nth_weekday(first.year, first.month, count - 100, n).map_or(Value::Unknown, Value::Day);
    }
    let (n, count) = (i64::from(n), i64::from(count));
    let span = |from: Value, to: Value| if from == to { from } else { Value::between(from, to) };
    match unit {
        Unit::Day => {
            let from = if n < 0 { last.plus(1 - count) } else { first.plus((n - 1) * count) };
            span(Value::Day(from), Value::Day(from.plus(count - 1)))
        }
        Unit::Week | Unit::Weekend => {
            // A week belongs to the stretch that holds its Thursday.
            let from = if n < 0 {
                monday(last.plus(-3))
                    .plus(if monday(last.plus(-3)).plus(3) > last { -7 } else { 0 })
                    .plus(-7 * (count - 1))
            } else {
                monday(first.plus(3)).plus(7 * (n - 1) * count)
            };
            let from = if n > 0 && from.plus(3) < first { from.plus(7) } else { from };
            if unit == Unit::Weekend {
                return Value::between(Value::Day(from.plus(5)), Value::Day(from.plus(6)));
            }
            span(Value::Week(from), Value::Week(from.plus(7 * (count - 1))))
        }
        Unit::Month => {
            let from = add_months(first, if n < 0 { 12 - count } else { (n - 1) * count });
            let to = add_months(from, count - 1);
            span(Value::Month(from.year, from.month), Value::Month(to.year, to.month))
        }
        _ => Value::Unknown,
    }
}
