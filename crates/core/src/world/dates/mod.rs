//! Temporal expressions of a report, with their values against its day of publication.
//!
//! `words` cuts the text, `grammar` reads phrases, `resolve` and `within` say what they mean in this report, `value` writes
//! them, `anytime` sets aside what tells no day.

mod anytime;
mod claim;
mod grammar;
mod infer;
mod resolve;
mod value;
mod within;
mod words;

use anytime::Anytime;
pub use claim::of_claim;
use grammar::{Expr, Grammar, Which};
pub use infer::{Inferred, Reason, happenings, infer_published};
use resolve::Context;
use value::Value;
pub use value::bounds;
use words::{Kind, LEXICON, Lex, Role, Unit};

use crate::{
    claim::{DateMention, DatePrecision},
    day::Day,
    sentence::Sentence,
};

/// When a report came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day, in the zone the report states.
    pub day: Day,
    /// The minute of that day, where known.
    pub minute: Option<u16>,
}

impl Moment {
    /// From an RFC 3339 date or time.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let day = Day::from_rfc3339(text)?;
        let clock = text.get(11..16).and_then(|clock| {
            let (hour, minute) = clock.split_once(':')?;
            Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
        });
        Some(Self { day, minute: clock.filter(|minute| *minute < 1440) })
    }
}

/// Every temporal expression of a text in text order, not overlapping, with its value.
///
/// `published` is the day the report came out. Without it an expression that counts from that day ("yesterday") has an
/// empty value, and a date without a year keeps what is known of it (`--04-22`). Sentences, where given, keep an
/// expression from reaching across their border.
///
/// ```
/// use demarche_core::{Day, world::dates};
/// let text = "Envoys met on Wednesday night after the April 22 raid.";
/// let found = dates::find(text, &[], Day::new(2025, 5, 1));
/// assert_eq!(found[1].value, "2025-04-22");
/// assert_eq!(found[0].value, "2025-04-30T20:00/2025-04-30T23:59");
/// ```
pub fn find(text: &str, sentences: &[Sentence], published: Option<Day>) -> Vec<DateMention> {
    find_at(text, sentences, published.map(|day| Moment { day, minute: None }))
}

/// As [`find`], with the time of publication, from which "ten minutes ago" counts.
pub fn find_at(text: &str, sentences: &[Sentence], published: Option<Moment>) -> Vec<DateMention> {
    find_told(text, sentences, published, &[])
}

/// As [`find_at`], with the days of happenings that other reports tell, by the noun that stands for their like
/// ([`happenings`]). A happening that the report dates itself keeps its own day.
pub fn find_told(
    text: &str,
    sentences: &[Sentence],
    published: Option<Moment>,
    told: &[(String, Day)],
) -> Vec<DateMention> {
    let lexes = words::lex(text, Some(&LEXICON));
    let found = read(text, &lexes, sentences);
    let narrative = is_narrative(&found, published.map(|moment| moment.day));
    let mut context = Context { report: published, short: lexes.len() < anytime::SHORT, ..Context::default() };
    let anytime = Anytime::new(&lexes, &found);
    context.events = infer::dated_events(text, &lexes, &found, published);
    for (noun, day) in told {
        if context.events.iter().all(|(own, _)| own != noun) {
            context.events.push((noun.clone(), *day));
        }
    }
    let mut out = Vec::with_capacity(found.len());
    for (mut expr, first, mut end) in found {
        if let Expr::Offset { amount, from: grammar::From::Event(noun, ends), .. } = &expr
            && !context.events.iter().any(|(name, _)| name == noun)
        {
            if *ends == first {
                continue; // "the day after the talks"
            }
            (end, expr) = (*ends, Expr::Duration(amount.clone()));
        }
        // There "the next year" goes on from where the story stands.
        if narrative
            && context.year.is_some()
            && let Expr::Shift(unit, 1) = expr
            && lexes[first].word.role == Some(Role::The)
        {
            expr = Expr::Discourse(unit, 1);
        }
        // Where years gone by are told, "today" is these days and not the day of the report.
        if narrative && matches!(expr, Expr::Days(0)) && context.year.is_some() {
            continue;
        }
        if anytime.these_days(&expr, &lexes, first, end) {
            continue;
        }
        context.ahead = looks_ahead(&lexes, first, end);
        let value = resolve::resolve(&expr, &context);
        if value == Value::Unknown && tells_nothing(&expr) {
            continue; // since the talks, of which the report tells no day; 30 February; "that day" out of nowhere
        }
        if expr.is_date() && value.days().is_some() || matches!(expr, Expr::Since(_) | Expr::Until(_)) {
            let plain = match &value {
                Value::Interval(Some(first), None) => (**first).clone(),
                Value::Interval(None, Some(last)) => (**last).clone(),
                value => value.clone(),
            };
            if let Some((first, _)) = plain.days() {
                if narrative && (expr.own_year().is_some() || context.year.is_some() && !is_deictic(&expr)) {
                    context.year = Some(first.year);
                }
                context.anchor = Some(plain);
            }
        }
        let span = lexes[first].span.cover(lexes[end - 1].span);
        let precision = if value == Value::Unknown {
            shape(&expr)
        } else if anytime.is_vague(&expr, &lexes[first], &value, context.ahead) {
            DatePrecision::Vague
        } else {
            value.precision()
        };
        out.push(DateMention { span, value: value.text(), precision });
    }
    out
}

/// True for an expression that without a value is not worth a mention, whenever the report came out.
fn tells_nothing(expr: &Expr) -> bool {
    match expr {
        Expr::Calendar { .. } | Expr::Discourse(..) | Expr::Story(..) => true,
        Expr::Since(of) => matches!(**of, Expr::Event(_)),
        Expr::At(day, _) => matches!(**day, Expr::Discourse(..) | Expr::Story(..)),
        _ => false,
    }
}

/// True for the name of a weekday.
pub(crate) fn names_day(word: &str) -> bool {
    matches!(words::lex(word, Some(&LEXICON)).as_slice(), [one] if one.word.weekday.is_some())
}

/// True for the name of a month.
pub(crate) fn names_month(word: &str) -> bool {
    matches!(words::lex(word, Some(&LEXICON)).as_slice(), [one] if one.word.month.is_some())
}

/// The expressions with their first piece and the piece after them.
fn read(text: &str, lexes: &[Lex], sentences: &[Sentence]) -> Vec<(Expr, usize, usize)> {
    let grammar = Grammar { text, lexes };
    let ahead = words_to_time(lexes);
    let mut found = Vec::new();
    let (mut i, mut sentence) = (0, 0);
    while i < lexes.len() {
        let lex = &lexes[i];
        let word = &lex.word;
        let may = match lex.kind {
            Kind::Word if !tells_time(lex) => (word.role.is_some() || lex.span.len() == 1) && ahead[i] <= REACH,
            _ => tells_time(lex),
        };
        let next = if may { grammar.expression(i) } else { None };
        let Some((expr, end)) = next else {
            i += 1;
            continue;
        };
        while sentences.get(sentence).is_some_and(|sentence| sentence.span.end <= lex.span.start) {
            sentence += 1;
        }
        let limit = sentences
            .get(sentence)
            .filter(|sentence| sentence.span.start <= lex.span.start)
            .map_or(u32::MAX, |sentence| sentence.span.end);
        if lexes[end - 1].span.end > limit {
            i += 1;
            continue;
        }
        found.push((expr, i, end));
        i = end;
    }
    found
}

/// Words of grammar before the first word of time in an expression, at most: "by the end of the ... week".
const REACH: u32 = 8;

/// By piece: how far the next one is that tells of time by itself. Most of a text is far from any.
fn words_to_time(lexes: &[Lex]) -> Vec<u32> {
    let mut ahead = vec![u32::MAX; lexes.len()];
    let mut next = u32::MAX;
    for (lex, ahead) in lexes.iter().zip(&mut ahead).rev() {
        next = if tells_time(lex) { 0 } else { next.saturating_add(1) };
        *ahead = next;
    }
    ahead
}

/// True for a number, and for a word that names or counts time: "Monday", "week", "third", "now".
fn tells_time(lex: &Lex) -> bool {
    let word = &lex.word;
    match lex.kind {
        Kind::Number { .. } => true,
        Kind::Mark(mark) => mark == '\'',
        Kind::Word => {
            word.month.is_some()
                || word.weekday.is_some()
                || word.unit.is_some()
                || word.number.is_some()
                || word.ordinal.is_some()
                || word.decade.is_some()
                || word.part.is_some()
                || word.season.is_some()
                || word.days.is_some()
                || word.repeat.is_some()
                || word.names
                || matches!(word.role, Some(Role::Now | Role::Overnight | Role::Since))
        }
    }
}

/// True for a text that tells of years gone by: there a date without a year stands in the year told last.
fn is_narrative(found: &[(Expr, usize, usize)], published: Option<Day>) -> bool {
    let years: Vec<i32> = found.iter().filter_map(|(expr, ..)| expr.own_year()).collect();
    let deictic = found
        .iter()
        .filter(|(expr, ..)| matches!(expr, Expr::Days(_) | Expr::Weekday { .. } | Expr::Shift(..)))
        .count();
    let now = published.map(|day| day.year);
    let old = match now {
        Some(now) => years.iter().filter(|year| (**year - now).abs() > 1).count(),
        None => years.len(),
    };
    let recent = years.len() - old;
    let wide = years.iter().max().zip(years.iter().min()).is_some_and(|(max, min)| max - min >= 5);
    old >= 3 && old > 2 * (recent + deictic) && (now.is_some() || wide)
}

/// True for what counts from the day of the report.
fn is_deictic(expr: &Expr) -> bool {
    match expr {
        Expr::Days(_) | Expr::Weekday { .. } | Expr::Shift(..) | Expr::Stretch { .. } => true,
        Expr::At(day, _) => is_deictic(day),
        _ => false,
    }
}

/// Whether the verb nearest to the expression looks ahead or back; nothing where none tells.
fn looks_ahead(lexes: &[Lex], first: usize, end: usize) -> Option<bool> {
    let stops = |lex: &Lex| lex.breaks || matches!(lex.kind, Kind::Mark('.' | ';' | '!' | '?' | '"'));
    let aux = |lex: &Lex| lex.word.future;
    let staged = |at: usize| {
        let to = lexes.get(at + 1).is_some_and(|next| next.word.role == Some(Role::To));
        lexes[at].word.staged && (to || at > 0 && (lexes[at - 1].word.present || lexes[at - 1].word.be))
    };
    let mut at = first;
    while at > 0 && first - at < 16 {
        if lexes[at].breaks {
            break;
        }
        at -= 1;
        let lex = &lexes[at];
        if stops(lex)
            && !(lex.kind == Kind::Mark('"')
                || lex.kind == Kind::Mark('.')
                    && lexes[at + 1].word.month.is_none()
                    && at > 0
                    && lexes[at - 1].span.len() <= 2)
        {
            break;
        }
        if lex.word.future || staged(at) || is_wont(lexes, at) {
            return Some(true);
        }
        if lex.word.past {
            // "will be held", "is to be held", "would have met"
            let from = at.saturating_sub(4);
            let be = at > 0 && lexes[at - 1].span.len() == 2 && lexes[at - 1].word.be;
            return Some(be || lexes[from..at].iter().any(aux));
        }
    }
    for (n, lex) in lexes[end..].iter().take(16).enumerate() {
        if stops(lex) {
            break;
        }
        if lex.word.future && n > 0 || staged(end + n) || is_wont(lexes, end + n) {
            return Some(true);
        }
        if lex.word.past {
            return Some(false);
        }
    }
    None
}

/// "won't" is no past of "win".
fn is_wont(lexes: &[Lex], at: usize) -> bool {
    matches!(lexes.get(at + 1).map(|lex| lex.kind), Some(Kind::Mark('\'')))
        && lexes.get(at + 2).is_some_and(|lex| lex.glued && lex.span.len() == 1)
        && lexes[at].span.len() == 3
        && lexes[at].word.past
}

/// Precision of an expression that has no value for want of a publication day.
fn shape(expr: &Expr) -> DatePrecision {
    match expr {
        Expr::At(..) | Expr::Clock(_) | Expr::Minutes(..) => DatePrecision::Time,
        Expr::Shift(unit, _) | Expr::Discourse(unit, _) => match unit {
            Unit::Week => DatePrecision::Week,
            Unit::Month => DatePrecision::Month,
            Unit::Quarter => DatePrecision::Quarter,
            Unit::Year => DatePrecision::Year,
            Unit::Day => DatePrecision::Day,
            _ => DatePrecision::Interval,
        },
        Expr::Days(_) | Expr::Weekday { .. } | Expr::Calendar { .. } | Expr::Holiday { .. } => DatePrecision::Day,
        _ => DatePrecision::Interval,
    }
}

#[cfg(test)]
mod tests;
