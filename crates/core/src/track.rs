//! Tension: events per directed pair of parties over time.
//!
//! Events are counted, not reports: ten outlets that tell of one strike raise the line once. What an outlet tells
//! itself (acts) is kept apart from what only some speaker says (claims). The band shows how far the score hangs on any
//! one outlet; a rung of the ladder is a label with its evidence, no measure.

use crate::numbers::{ln_gamma, ln64};
use crate::{
    brief::{Brief, BriefEvent},
    claim::{Claim, Modality},
    day::Day,
    link::when,
    plover::EventType,
};
use std::collections::{BTreeMap, BTreeSet};

/// Length of a step of the series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A calendar day.
    #[default]
    Day,
    /// An ISO week, from Monday.
    Week,
}

impl Unit {
    fn start(self, day: Day) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.plus(1 - i64::from(day.weekday())),
        }
    }

    fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// What one party did and said to another, step by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tension {
    /// Country code or tag of who acts.
    pub actor: String,
    /// Country code or tag of who is acted on.
    pub recipient: String,
    /// Length of a step.
    pub unit: Unit,
    /// Every step from the first to the last day on which any report tells of the pair, also the empty ones.
    pub series: Vec<Step>,
    /// Steps at which the pace of conflict changed.
    pub changes: Vec<Change>,
    /// Events that stand on no day, as neither they nor their reports are dated; in no step.
    pub undated: usize,
    /// Events of days before the first step of the longest series that there is; in no step.
    pub earlier: usize,
}

/// One day or week.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// First day.
    pub start: Day,
    /// Events by PLOVER quad class 1 to 4.
    pub quad: [u32; 4],
    /// Events that an outlet tells in its own voice.
    pub acts: u32,
    /// Events that only some speaker tells of.
    pub claims: u32,
    /// Highest rung of the ladder that an event reached, 0 to 8, and that event.
    pub rung: Option<(u8, usize)>,
    /// Sum of the events' PLOVER intensities.
    pub score: f32,
    /// Reports held of that step, whatever they tell.
    pub reports: u32,
    /// Least score that is left when any one outlet is left out.
    pub low: f32,
    /// Greatest score that is left when any one outlet is left out.
    pub high: f32,
    /// Indices of the events.
    pub events: Vec<usize>,
}

/// A step at which the pace changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// First day of the step.
    pub start: Day,
    /// True where conflict rises.
    pub up: bool,
    /// The events of the step, the gravest first.
    pub events: Vec<usize>,
}

/// Steps in a series at most, a century of days: a date far in the past must not make a series of a million.
const LONGEST: i64 = 40_000;

/// The series of `a` towards `b` and of `b` towards `a`, over the same steps.
///
/// An event without a date stands on the day its first report was published; without that it is counted as undated.
pub fn track(brief: &Brief, a: &str, b: &str, unit: Unit) -> [Tension; 2] {
    let ((there, no_day), (back, no_day_back)) = (directed(brief, a, b), directed(brief, b, a));
    let make = |actor: &str, recipient: &str, undated: usize| {
        let (actor, recipient) = (actor.to_owned(), recipient.to_owned());
        Tension { actor, recipient, unit, undated, ..Tension::default() }
    };
    let mut both = [make(a, b, no_day), make(b, a, no_day_back)];
    let starts = there.iter().chain(&back).map(|&(_, day)| unit.start(day).number());
    if let (Some(first), Some(last)) = (starts.clone().min(), starts.max()) {
        let first = first.max(last - (LONGEST - 1) * unit.days());
        for (tension, events) in both.iter_mut().zip([&there, &back]) {
            tension.earlier = events.iter().filter(|(_, day)| unit.start(*day).number() < first).count();
            tension.series = series(brief, events, unit, first, last);
            tension.changes = changes(brief, &tension.series);
        }
    }
    both
}

/// Every pair of parties that act on each other, with how far their daily score moves between the first and the second
/// half of the days on which they are told of; the pair that moves most towards conflict comes first.
pub fn pairs(brief: &Brief) -> Vec<(String, String, f32)> {
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    for event in &brief.events {
        for &at in &event.event.claims {
            let claim = brief.claim(at);
            for actor in claim.actors.iter().filter_map(|p| p.country.as_deref()) {
                for recipient in claim.recipients.iter().filter_map(|p| p.country.as_deref()) {
                    if actor != recipient {
                        found.insert((actor.min(recipient), actor.max(recipient)));
                    }
                }
            }
        }
    }
    let mut out: Vec<(String, String, f32)> = Vec::new();
    for (a, b) in found {
        let mut scores: BTreeMap<i64, [f32; 2]> = BTreeMap::new();
        for (way, (events, _)) in [directed(brief, a, b), directed(brief, b, a)].into_iter().enumerate() {
            for (event, day) in events {
                scores.entry(day.number()).or_default()[way] += brief.claim(brief.events[event].best).intensity();
            }
        }
        let (Some((&first, _)), Some((&last, _))) = (scores.first_key_value(), scores.last_key_value()) else {
            continue;
        };
        let days = last - first + 1;
        let half = first + days / 2;
        // Days without an event count as nothing, so that only those with one are walked.
        let mean = |days: i64, range: std::ops::Range<i64>| match days {
            0 => 0.0,
            _ => scores.range(range).fold(0.0, |sum, (_, [there, back])| sum + (there + back)) / days as f32,
        };
        let movement = mean(last + 1 - half, half..last + 1) - mean(half - first, first..half);
        out.push((a.to_string(), b.to_string(), movement));
    }
    out.sort_by(|x, y| x.2.total_cmp(&y.2).then_with(|| (&x.0, &x.1).cmp(&(&y.0, &y.1))));
    out
}

/// Events of one direction with their days, and how many have none.
fn directed(brief: &Brief, actor: &str, recipient: &str) -> (Vec<(usize, Day)>, usize) {
    let (mut out, mut undated) = (Vec::new(), 0);
    for (i, event) in brief.events.iter().enumerate() {
        if event.event.claims.iter().any(|&at| counts(brief.claim(at), actor, recipient)) {
            match day(brief, event) {
                Some(day) => out.push((i, day)),
                None => undated += 1,
            }
        }
    }
    (out, undated)
}

/// True for a claim that the one did something to the other: no denial, no plan, no history.
fn counts(claim: &Claim, actor: &str, recipient: &str) -> bool {
    let has = |parties: &[crate::Party], code: &str| parties.iter().any(|p| p.country.as_deref() == Some(code));
    let turned = claim.kind == EventType::Consult && has(&claim.actors, recipient) && has(&claim.recipients, actor);
    let right = has(&claim.actors, actor) && has(&claim.recipients, recipient) || turned;
    right && claim.modality == Modality::Occurred && !claim.historical
}

/// The day of an event: the one its most exact date stands on, or else the day of its first report.
fn day(brief: &Brief, event: &BriefEvent) -> Option<Day> {
    let dated = event.date.and_then(|at| {
        let annotation = &brief.annotations[at.report];
        when::stands_on(annotation.claims[at.claim].date.as_ref()?, annotation.report.day())
    });
    dated.or_else(|| event.reports.iter().filter_map(|&r| brief.annotations[r].report.day()).min())
}

fn outlet(brief: &Brief, report: usize) -> &str {
    let report = &brief.annotations[report].report;
    report.outlet.as_deref().unwrap_or(&report.id)
}

fn series(brief: &Brief, events: &[(usize, Day)], unit: Unit, first: i64, last: i64) -> Vec<Step> {
    let mut reports: BTreeMap<i64, u32> = BTreeMap::new();
    for annotation in &brief.annotations {
        if let Some(day) = annotation.report.day() {
            *reports.entry(unit.start(day).number()).or_insert(0) += 1;
        }
    }
    let mut by_step: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for &(event, day) in events {
        by_step.entry(unit.start(day).number()).or_default().push(event);
    }
    let mut out: Vec<Step> = Vec::new();
    let mut start = first;
    while start <= last {
        let events = by_step.remove(&start).unwrap_or_default();
        let mut step = step(brief, Day::from_number(start), events);
        step.reports = reports.get(&start).copied().unwrap_or(0);
        sustained(&mut step, &out, unit);
        out.push(step);
        start += unit.days();
    }
    out
}

fn step(brief: &Brief, start: Day, events: Vec<usize>) -> Step {
    let mut quad = [0; 4];
    let (mut acts, mut claims, mut rung) = (0, 0, None);
    for &i in &events {
        let event = &brief.events[i];
        quad[usize::from(event.kind.quad()) - 1] += 1;
        let own = event.own_voice.iter().any(|&at| brief.claim(at).modality == Modality::Occurred);
        *(if own { &mut acts } else { &mut claims }) += 1;
        let here = rung_of(brief, event);
        if rung.is_none_or(|(highest, _)| here > highest) {
            rung = Some((here, i));
        }
    }
    let intensity = |i: usize| brief.claim(brief.events[i].best).intensity();
    let score = |without: Option<&str>| -> f32 {
        let told =
            |&&i: &&usize| without.is_none_or(|name| brief.events[i].reports.iter().any(|&r| outlet(brief, r) != name));
        // Not `sum`, which starts from minus nothing.
        events.iter().filter(told).fold(0.0, |sum, &i| sum + intensity(i))
    };
    let outlets: BTreeSet<&str> =
        events.iter().flat_map(|&i| &brief.events[i].reports).map(|&r| outlet(brief, r)).collect();
    let left: Vec<f32> = outlets.iter().map(|name| score(Some(name))).collect();
    let all = score(None);
    Step {
        start,
        quad,
        acts,
        claims,
        rung,
        score: all,
        reports: 0,
        low: left.iter().copied().fold(all, f32::min),
        high: left.iter().copied().fold(all, f32::max),
        events,
    }
}

/// The rung that an event reaches. After Kahn, cut down to what open reports can show.
fn rung_of(brief: &Brief, event: &BriefEvent) -> u8 {
    let best = brief.claim(event.best);
    let words = brief.words(event.best.report, best.span).to_lowercase();
    if words.contains("declared war") || words.contains("declaration of war") {
        return if event.kind == EventType::Threaten { 3 } else { 8 };
    }
    let mode = event.event.claims.iter().find_map(|&at| brief.claim(at).mode.as_deref());
    match event.kind {
        EventType::Accuse | EventType::Reject | EventType::Protest => 1,
        EventType::Sanction => 2,
        EventType::Coerce if matches!(mode, Some("restrict" | "censor" | "curfew" | "deport" | "withhold") | None) => 2,
        EventType::Request if mode == Some("yield") => 3,
        EventType::Threaten => 3,
        EventType::Mobilize => 4,
        EventType::Assault if matches!(mode, Some("aerial" | "drone" | "heavy-weapons" | "unconventional")) => 6,
        EventType::Assault | EventType::Coerce => 5,
        _ => 0,
    }
}

/// Fire on the third of four days in a row is a sustained exchange.
fn sustained(step: &mut Step, before: &[Step], unit: Unit) {
    let fired = |s: &Step| s.rung.is_some_and(|(rung, _)| (5..8).contains(&rung));
    if unit == Unit::Day && fired(step) && before.iter().rev().take(3).filter(|s| fired(s)).count() >= 2 {
        step.rung = step.rung.map(|(rung, event)| (rung.max(7), event));
    }
}

/// Steps where the rate of conflict events changed: binary segmentation by the Bayes factor of two Poisson rates with
/// Gamma priors against one. A factor of ten is asked for, as Kass and Raftery (1995) ask for strong evidence.
fn changes(brief: &Brief, series: &[Step]) -> Vec<Change> {
    let counts: Vec<f64> = series.iter().map(|s| f64::from(s.quad[2] + 2 * s.quad[3])).collect();
    let borders = borders(&counts);
    let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
    let mut out = Vec::new();
    for (n, &k) in borders.iter().enumerate() {
        let from = if n == 0 { 0 } else { borders[n - 1] };
        let to = borders.get(n + 1).copied().unwrap_or(counts.len());
        let up = mean(&counts[k..to]) > mean(&counts[from..k]);
        let mut events = series[k].events.clone();
        events.sort_by(|&x, &y| {
            let intensity = |i: usize| brief.claim(brief.events[i].best).intensity();
            intensity(x).total_cmp(&intensity(y)).then(x.cmp(&y))
        });
        out.push(Change { start: series[k].start, up, events });
    }
    out
}

/// Where the rate of these counts changed.
fn borders(counts: &[f64]) -> Vec<usize> {
    // Sums of whole numbers, so that the difference of two is exact, and a piece costs the same however long it is.
    let before = |sum: &mut f64, count: &f64| {
        let here = *sum;
        *sum += count;
        Some(here)
    };
    let total = counts.iter().sum::<f64>();
    let sums: Vec<f64> = counts.iter().scan(0.0, before).chain([total]).collect();
    let mut borders = Vec::new();
    segment(&sums, 0, counts.len(), &mut borders);
    borders.sort_unstable();
    borders
}

/// `sums[k]` is the sum of the counts before `k`.
fn segment(sums: &[f64], from: usize, to: usize, borders: &mut Vec<usize>) {
    if to - from < 4 {
        return;
    }
    let whole = evidence(sums, from, to);
    let best = (from + 2..to - 1)
        .map(|k| (evidence(sums, from, k) + evidence(sums, k, to) - whole, k))
        .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
    if let Some((_, k)) = best.filter(|&(factor, _)| factor > ln64(10.0)) {
        segment(sums, from, k, borders);
        borders.push(k);
        segment(sums, k, to, borders);
    }
}

/// Log of the marginal likelihood of counts of one rate under a Gamma(1, 1) prior, without the factorials of the
/// counts, which are the same however the series is cut.
fn evidence(sums: &[f64], from: usize, to: usize) -> f64 {
    let (sum, steps) = (sums[to] - sums[from], (to - from) as f64);
    ln_gamma(1.0 + sum) - (1.0 + sum) * ln64(1.0 + steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_gamma_of_five_is_that_of_twenty_four() {
        assert!((ln_gamma(5.0) - ln64(24.0)).abs() < 1e-9);
    }

    #[test]
    fn a_jump_in_the_rate_is_found_where_it_is_and_noise_is_not() {
        assert_eq!(borders(&[0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 6.0, 7.0, 5.0, 8.0, 6.0]), [6]);
        assert!(borders(&[2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 2.0, 1.0, 3.0]).is_empty());
    }
}
