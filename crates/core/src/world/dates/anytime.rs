//! What is told of no day in particular: "today" for these days, "at night" of any night, "in recent years".

use super::{
    grammar::{Amount, Expr, From},
    is_deictic, looks_ahead,
    value::Value,
    words::{Kind, Lex, Role, Unit},
};

/// Pieces of a text too short to tell by what it leaves out.
pub(super) const SHORT: usize = 60;

/// Whether a text speaks of the day it came out at all.
pub(super) struct Anytime {
    speaks_of_its_day: bool,
    short: bool,
}

impl Anytime {
    pub(super) fn new(lexes: &[Lex], found: &[(Expr, usize, usize)]) -> Self {
        let its_day = |(expr, first, end): &(Expr, usize, usize)| match expr {
            Expr::Days(0) => !is_these_days(lexes, *first, *end),
            Expr::At(..) if lexes[*first].word.role == Some(Role::Overnight) => false,
            Expr::Shift(unit, _) => *unit <= Unit::Month,
            Expr::Stretch { .. } => false,
            expr => is_deictic(expr),
        };
        let short = lexes.len() < SHORT;
        Self { short, speaks_of_its_day: short || found.iter().any(its_day) }
    }

    /// "Today, a million tourists visit the city": in a text that never speaks of its own day.
    pub(super) fn these_days(&self, expr: &Expr, lexes: &[Lex], first: usize, end: usize) -> bool {
        matches!(expr, Expr::Days(0)) && !self.speaks_of_its_day && is_these_days(lexes, first, end)
    }

    /// True for an expression with a value that nobody could look up.
    pub(super) fn is_vague(&self, expr: &Expr, lex: &Lex, value: &Value, ahead: Option<bool>) -> bool {
        let overnight = lex.word.role == Some(Role::Overnight);
        let open = matches!(value, Value::Interval(None, _) | Value::Interval(_, None));
        match expr {
            Expr::Offset { amount, from: From::Discourse, .. } if below_a_day(amount) => {
                matches!(value, Value::Day(_))
            }
            Expr::Offset { amount, .. } | Expr::Stretch { amount, .. } => amount.vague && open,
            Expr::Minutes(first, last) => first != last && !self.short,
            // "Leave it to dry overnight"
            Expr::At(day, _) => {
                matches!(**day, Expr::Days(-1)) && overnight && ahead.is_none() && !self.speaks_of_its_day
            }
            _ => false,
        }
    }
}

fn below_a_day(amount: &Amount) -> bool {
    amount.parts.iter().all(|part| part.1 < Unit::Day)
}

/// True where "today" stands in a sentence that tells how things are and in which nobody speaks of himself.
fn is_these_days(lexes: &[Lex], first: usize, end: usize) -> bool {
    let stops = |lex: &Lex| matches!(lex.kind, Kind::Mark('.' | '!' | '?' | ';'));
    let before = lexes[..first].iter().rev().take(40);
    let mut start = first;
    for lex in before {
        if lexes[start].breaks || stops(lex) {
            break;
        }
        start -= 1;
    }
    let after = lexes[end..].iter().take(40).position(|lex| lex.breaks || stops(lex)).unwrap_or(40);
    let last = (end + after).min(lexes.len());
    if lexes[start..last].iter().any(|lex| lex.word.person || lex.word.future) {
        return false;
    }
    // The verb nearest before it tells, else the nearest behind.
    let is_to = |at: usize| lexes.get(at + 1).is_some_and(|lex| lex.word.role == Some(Role::To));
    let verb = |at: &usize| lexes[*at].word.present || lexes[*at].word.past;
    let near = (start..first).rev().take(12).find(verb).or_else(|| (end..last).take(12).find(verb));
    match near {
        Some(at) => lexes[at].word.present && !is_to(at),
        None => looks_ahead(lexes, first, end).is_none(),
    }
}
