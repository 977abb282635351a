//! The day of publication of reports that do not state it, from what their words leave possible.

use super::{
    Moment, Which,
    grammar::Expr,
    looks_ahead, read,
    resolve::{Context, resolve},
    words::{self, Kind, LEXICON, Lex},
};
use crate::{claim::DateMention, day::Day, sentence::Sentence, span::Span};

/// What the words of reports of one story say about the day they came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inferred {
    /// First day that the words allow.
    pub low: Option<Day>,
    /// Last day that the words allow; the same as `low` where they fix the day.
    pub high: Option<Day>,
    /// First and last (month, day) where the words fix these but no year.
    pub yearless: Option<((u8, u8), (u8, u8))>,
    /// The words that decided, in the order of the reports.
    pub reasons: Vec<Reason>,
}

impl Inferred {
    /// The day, where only one is left.
    pub fn day(&self) -> Option<Day> {
        self.low.filter(|low| self.high == Some(*low))
    }
}

/// Words of a report that narrow the day of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Index of the report.
    pub report: usize,
    /// The words.
    pub span: Span,
    /// What follows from them.
    pub text: String,
}

/// A dated or relative expression with its report and the event noun that it dates.
struct Hint {
    report: usize,
    span: Span,
    expr: Expr,
    ahead: Option<bool>,
    event: Option<String>,
    /// Stands in the first sentences.
    lead: bool,
}

/// Most hints of a report that are weighed; a report of ordinary length has fewer than ten.
const MOST_HINTS: usize = 60;

/// A condition on the day of publication.
enum Rule<'h> {
    /// An event dated absolutely by one and relatively by the other expression.
    Same(&'h Hint, &'h Hint),
    /// Told as past (or, if true, as to come) by a report of that day.
    Order(&'h Hint, bool),
    /// A weekday in the lead is not older than three days.
    Fresh(&'h Hint),
    /// A weekday with its date falls on that weekday in the year that is meant.
    Weekday(&'h Hint),
}

/// Narrows the day on which these undated reports of one story came out.
///
/// `bounds` are days known otherwise, for example from the terms of the office holders named; without them and without
/// a year in the texts the year stays open, and only month and day are given. The reports count as of one day or of
/// neighbouring ones; where the words leave several days, the answer is an interval.
///
/// The one custom it relies on: a bare weekday in the first sentences of a news report ("on Wednesday night") names the
/// day of publication or one of the three days before.
pub fn infer_published(reports: &[(&str, &[Sentence])], bounds: Option<(Day, Day)>) -> Inferred {
    let hints: Vec<Hint> =
        reports.iter().enumerate().flat_map(|(i, (text, sentences))| hints(i, text, sentences)).collect();
    let telling = telling(&hints);
    let relative: Vec<&Hint> =
        telling.iter().filter(|hint| hint.event.is_some() && is_relative(&hint.expr)).copied().collect();
    let mut rules = Vec::new();
    for &hint in &telling {
        if is_relative(&hint.expr) {
            continue;
        }
        if hint.expr.own_year().is_some()
            && let Some(ahead) = hint.ahead
        {
            rules.push(Rule::Order(hint, ahead));
        }
        if matches!(hint.expr, Expr::Calendar { year: None, weekday: Some(_), day: Some(_), month: Some(_), .. }) {
            rules.push(Rule::Weekday(hint));
        }
        if hint.event.is_some() && is_day(&hint.expr) {
            let same = relative.iter().filter(|other| hint.event == other.event);
            rules.extend(same.map(|other| Rule::Same(hint, other)));
        }
    }
    let fresh: Vec<Rule> = telling
        .iter()
        .filter(|hint| hint.lead && hint.ahead != Some(true) && bare_weekday(&hint.expr))
        .map(|&hint| Rule::Fresh(hint))
        .collect();
    let narrow = rules.iter().any(|rule| matches!(rule, Rule::Same(..) | Rule::Weekday(_)));
    let stated: Vec<Day> = hints
        .iter()
        .filter(|hint| hint.ahead == Some(false) && hint.expr.own_year().is_some())
        .filter_map(|hint| Some(resolve(&hint.expr, &Context::default()).days()?.1))
        .collect();
    let latest = stated.iter().max().copied();
    let (from, to, known) = match (bounds, latest) {
        (Some((from, to)), latest) => (latest.map_or(from, |day| day.max(from)), to, true),
        (None, Some(latest)) => (latest, latest.plus(400), true),
        // Any year will do to find month and day; several, since weekdays move.
        (None, None) => (Day { year: 2001, month: 1, day: 1 }, Day { year: 2028, month: 12, day: 31 }, false),
    };
    if !narrow {
        let mut reasons = Vec::new();
        let high = hints
            .iter()
            .filter(|hint| hint.ahead == Some(true))
            .filter_map(|hint| {
                hint.expr.own_year()?;
                Some((resolve(&hint.expr, &Context::default()).days()?.1, hint))
            })
            .min_by_key(|(day, _)| *day);
        let low = hints
            .iter()
            .filter(|hint| hint.ahead == Some(false) && hint.expr.own_year().is_some() && is_day(&hint.expr))
            .filter_map(|hint| Some((resolve(&hint.expr, &Context::default()).days()?.1, hint)))
            .max_by_key(|(day, _)| *day);
        if let Some((_, hint)) = low {
            reasons.push(reason(hint, "is told as past"));
        }
        if let Some((_, hint)) = &high {
            reasons.push(reason(hint, "is told as to come"));
        }
        let known_low = bounds.map(|(from, _)| from).max(low.map(|(day, _)| day));
        let known_high = match (bounds, high) {
            (Some((_, to)), Some((day, _))) => Some(to.min(day)),
            (Some((_, to)), None) => Some(to),
            (None, high) => high.map(|(day, _)| day),
        };
        return Inferred { low: known_low, high: known_high, yearless: None, reasons };
    }
    let all: Vec<&Rule> = rules.iter().chain(&fresh).collect();
    let hard: Vec<&Rule> = rules.iter().collect();
    let mut kept = all;
    let mut days = surviving(&kept, from, to);
    if days.is_empty() {
        kept = hard;
        days = surviving(&kept, from, to);
    }
    if days.is_empty() {
        return Inferred::default();
    }
    let mut reasons = Vec::new();
    for rule in kept {
        match rule {
            Rule::Same(absolute, relative) => {
                let event = absolute.event.as_deref().unwrap_or_default();
                reasons.push(reason(absolute, &format!("is the day of the {event}")));
                reasons.push(reason(relative, &format!("is when the same {event} was")));
            }
            Rule::Order(..) => {}
            Rule::Weekday(hint) => reasons.push(reason(hint, "falls on that weekday")),
            Rule::Fresh(hint) => reasons.push(reason(hint, "in the first sentences is at most three days back")),
        }
    }
    reasons.sort_by_key(|reason| (reason.report, reason.span));
    reasons.dedup();
    if known {
        return Inferred { low: days.first().copied(), high: days.last().copied(), yearless: None, reasons };
    }
    let calendar = |day: &Day| (day.month, day.day);
    let first = days.iter().map(calendar).min();
    let last = days.iter().map(calendar).max();
    Inferred { low: None, high: None, yearless: first.zip(last), reasons }
}

/// The first hints of each report that say different things: each is tried with each and on every day.
fn telling(hints: &[Hint]) -> Vec<&Hint> {
    let mut telling: Vec<&Hint> = Vec::new();
    let mut first = 0;
    for hint in hints {
        if telling.last().is_some_and(|last| last.report != hint.report) {
            first = telling.len();
        }
        let says = |one: &Hint| {
            (one.ahead, one.lead, &one.event, &one.expr) == (hint.ahead, hint.lead, &hint.event, &hint.expr)
        };
        if telling.len() - first < MOST_HINTS && !telling[first..].iter().any(|one| says(one)) {
            telling.push(hint);
        }
    }
    telling
}

fn reason(hint: &Hint, text: &str) -> Reason {
    Reason { report: hint.report, span: hint.span, text: text.to_owned() }
}

fn surviving(rules: &[&Rule], from: Day, to: Day) -> Vec<Day> {
    let (first, last) = (from.number(), to.number().min(from.number() + 12_000));
    (first..=last).map(Day::from_number).filter(|day| rules.iter().all(|rule| allows(rule, *day))).collect()
}

fn allows(rule: &Rule, day: Day) -> bool {
    let context = Context { report: Some(Moment { day, minute: None }), ahead: Some(false), ..Context::default() };
    let days =
        |hint: &Hint| resolve(&hint.expr, &Context { ahead: hint.ahead.or(Some(false)), ..context.clone() }).days();
    match rule {
        Rule::Same(absolute, relative) => match (days(absolute), days(relative)) {
            (Some((first, last)), Some((from, to))) => from <= first && last <= to,
            _ => true,
        },
        Rule::Order(hint, ahead) => match days(hint) {
            Some((first, last)) => {
                if *ahead {
                    day <= last
                } else {
                    first <= day
                }
            }
            None => true,
        },
        Rule::Weekday(hint) => {
            let Expr::Calendar { weekday: Some(weekday), .. } = hint.expr else { return true };
            days(hint).is_none_or(|(found, _)| {
                let back = day.number() - found.number();
                let told =
                    if hint.ahead == Some(true) { (-200..=0).contains(&back) } else { (0..=200).contains(&back) };
                found.weekday() == weekday && told
            })
        }
        Rule::Fresh(hint) => days(hint).is_none_or(|(_, last)| day.number() - last.number() <= 3),
    }
}

fn is_relative(expr: &Expr) -> bool {
    match expr {
        Expr::Days(_) | Expr::Shift(..) | Expr::Weekday { .. } => true,
        Expr::Offset { from, .. } => *from == super::grammar::From::Report,
        Expr::At(day, _) => is_relative(day),
        _ => false,
    }
}

fn is_day(expr: &Expr) -> bool {
    match expr {
        Expr::Calendar { day, month, .. } => day.is_some() && month.is_some(),
        Expr::At(day, _) => is_day(day),
        _ => false,
    }
}

fn bare_weekday(expr: &Expr) -> bool {
    match expr {
        Expr::Weekday { which: Which::Bare, week: None, .. } => true,
        Expr::At(day, _) => bare_weekday(day),
        _ => false,
    }
}

/// The happenings that a report gives a day, in the order of the text: "the April 22 attack", "the vote on Tuesday".
pub(super) fn dated_events(
    text: &str,
    lexes: &[Lex],
    found: &[(Expr, usize, usize)],
    published: Option<Moment>,
) -> Vec<(String, Day)> {
    let asked = |expr: &Expr| match expr {
        Expr::Offset { from: super::grammar::From::Event(..), .. } => true,
        Expr::Since(of) => matches!(**of, Expr::Event(_)),
        _ => false,
    };
    if !found.iter().any(|(expr, ..)| asked(expr)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (expr, first, end) in found {
        if !is_day(expr) && !matches!(expr, Expr::Days(_) | Expr::Weekday { .. }) {
            continue;
        }
        let context = Context { report: published, ahead: looks_ahead(lexes, *first, *end), ..Context::default() };
        if let Some(noun) = event_of(text, lexes, *first, *end)
            && let Some((day, last)) = resolve(expr, &context).days()
            && day == last
        {
            out.push((noun, day));
        }
    }
    out
}

/// Letters on either side of a date in which the noun of what it dates is looked for.
const BESIDE: usize = 120;

/// The happenings that these dates of a text tell the day of, by the noun that stands for their like: "shot dead on
/// **22 April**" and "the **April 22** attack" tell when the attack was.
pub fn happenings(text: &str, dates: &[DateMention]) -> Vec<(String, Day)> {
    let of_date = |date: &DateMention| {
        let (first, last) = super::bounds(&date.value)?;
        let day = first.filter(|day| Some(*day) == last)?;
        let at = (date.span.start as usize, date.span.end as usize);
        let from = text.floor_char_boundary(at.0.saturating_sub(BESIDE));
        let window = &text[from..text.ceil_char_boundary((at.1 + BESIDE).min(text.len()))];
        let lexes = words::lex(window, Some(&LEXICON));
        let first = lexes.iter().position(|lex| lex.span.start as usize >= at.0 - from)?;
        let end = lexes.iter().rposition(|lex| lex.span.end as usize <= at.1 - from)? + 1;
        (first < end).then(|| event_of(window, &lexes, first, end))?.map(|noun| (noun, day))
    };
    dates.iter().filter_map(of_date).collect()
}

/// The expressions of one report that can say something about its day.
fn hints(report: usize, text: &str, sentences: &[Sentence]) -> Vec<Hint> {
    let lexes = words::lex(text, Some(&LEXICON));
    let lead = lead_end(text, sentences);
    read(text, &lexes, sentences)
        .into_iter()
        .filter(|(expr, ..)| is_relative(expr) || is_day(expr) || expr.own_year().is_some())
        .map(|(expr, first, end)| {
            let span = lexes[first].span.cover(lexes[end - 1].span);
            let ahead = looks_ahead(&lexes, first, end);
            let event = event_of(text, &lexes, first, end);
            Hint { report, span, expr, ahead, event, lead: span.start < lead }
        })
        .collect()
}

/// Where the first three sentences (or the first 600 bytes) end.
fn lead_end(text: &str, sentences: &[Sentence]) -> u32 {
    sentences.get(2).or(sentences.last()).map_or(text.len().min(600) as u32, |sentence| sentence.span.end.max(400))
}

/// The event noun that the expression dates: right behind it ("the April 22 attack") or before it in the same clause
/// ("a deadly attack in Kashmir last week").
fn event_of(text: &str, lexes: &[Lex], first: usize, end: usize) -> Option<String> {
    let noun = |lex: &Lex| {
        if lex.kind != Kind::Word {
            return None;
        }
        LEXICON.event(lex.span.of(text))
    };
    let border = |lex: &Lex| lex.breaks || matches!(lex.kind, Kind::Mark('.' | ';' | ',' | '(' | ')' | '"'));
    // Words may stand between date and noun: "the April 22 terrorist attack".
    let behind = lexes[end..].iter().take(4).take_while(|lex| !border(lex) && lex.word.role.is_none()).find_map(noun);
    if behind.is_some() {
        return behind;
    }
    let mut at = first;
    for _ in 0..8 {
        if at == 0 || lexes[at].breaks {
            break;
        }
        at -= 1;
        if border(&lexes[at]) {
            break;
        }
        if let Some(event) = noun(&lexes[at]) {
            return Some(event);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::new(year, month, day).unwrap()
    }

    const FIRST: &str = "Tension has risen after the bombing in the market last week. Both sides blame each other.";
    const SECOND: &str =
        "On Wednesday night the minister called his colleague.\n\nHe regretted the lives lost in the April 22 bombing.";

    #[test]
    fn last_week_and_the_date_of_the_same_event_leave_a_few_days() {
        let found = infer_published(&[(FIRST, &[]), (SECOND, &[])], Some((day(2025, 1, 20), day(2026, 1, 1))));
        assert_eq!(found.low, Some(day(2025, 4, 30)));
        assert_eq!(found.high, Some(day(2025, 5, 3)));
        let words: Vec<&str> = found.reasons.iter().map(|r| r.span.of([FIRST, SECOND][r.report])).collect();
        assert_eq!(words, ["last week", "Wednesday night", "April 22"]);
        assert_eq!(found.day(), None);
    }

    #[test]
    fn without_a_year_only_month_and_day_are_given() {
        let found = infer_published(&[(FIRST, &[]), (SECOND, &[])], None);
        assert_eq!((found.low, found.high), (None, None));
        let ((first, _), (last, _)) = found.yearless.unwrap();
        assert!((4..=5).contains(&first) && (4..=5).contains(&last));
    }

    #[test]
    fn a_weekday_and_a_date_of_one_event_fix_the_day_within_a_week() {
        let text = "The strike on Sunday killed nine. The strike of 7 May 2023 was the third.";
        let found = infer_published(&[(text, &[])], None);
        assert_eq!(found.low, Some(day(2023, 5, 7)));
        assert_eq!(found.high, Some(day(2023, 5, 10)));
    }

    #[test]
    fn a_weekday_with_its_date_tells_the_year() {
        let text = "Guards shot at a convoy on Tuesday, June 6. The convoy turned back.";
        let found = infer_published(&[(text, &[])], Some((day(2021, 1, 1), day(2025, 12, 31))));
        assert_eq!(found.low, Some(day(2023, 6, 6)));
        assert!(found.high < Some(day(2024, 6, 6)));
    }

    #[test]
    fn reports_without_words_of_time_leave_the_day_open() {
        assert_eq!(infer_published(&[("Fog lay over the port.", &[])], None), Inferred::default());
    }
}
