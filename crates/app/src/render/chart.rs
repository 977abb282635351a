//! A pair of parties over time as a chart: cooperation upwards, conflict downwards, words pale, deeds full.

use std::fmt::Write;

use askama::Template;
use demarche_core::{Brief, Tension, Unit};

use super::{
    series::left_out,
    theirs::Theirs,
    words::{country_name, day_text},
};

const WIDTH: i64 = 900;
const LEFT: i64 = 46;
const RIGHT: i64 = 16;
const TOP: i64 = 34;
/// Height of the counts, and of the score below.
const COUNTS: i64 = 150;
const SCORE: i64 = 90;
const GAP: i64 = 34;

/// A rectangle of one quad class in one step.
pub struct Bar {
    x: i64,
    y: i64,
    wide: i64,
    high: i64,
    quad: usize,
    label: String,
}

/// A written mark on an axis.
pub struct Tick {
    x: i64,
    y: i64,
    label: String,
}

/// One direction of a pair.
#[derive(Template)]
#[template(path = "chart.svg")]
pub struct Chart {
    /// "India → Pakistan".
    pub title: String,
    y: i64,
    width: i64,
    height: i64,
    left: i64,
    right: i64,
    zero: i64,
    none: i64,
    bars: Vec<Bar>,
    days: Vec<Tick>,
    counts: Vec<Tick>,
    scores: Vec<Tick>,
    /// Path of the band between the scores without one outlet.
    band: String,
    /// Path of the score.
    line: String,
    changes: Vec<Tick>,
}

/// Lays one direction out.
pub fn chart(tension: &Tension) -> Chart {
    let steps = &tension.series;
    let number = steps.len().max(1) as i64;
    let room = WIDTH - LEFT - RIGHT;
    let x = |step: usize| LEFT + step as i64 * room / number;
    let wide = (room / number - 2).clamp(1, 30);
    let up = steps.iter().map(|step| step.quad[0] + step.quad[1]).max().unwrap_or(0);
    let down = steps.iter().map(|step| step.quad[2] + step.quad[3]).max().unwrap_or(0);
    let all = i64::from(up + down).max(1);
    let zero = TOP + i64::from(up) * COUNTS / all;
    let tall = |count: u32| i64::from(count) * COUNTS / all;
    let mut bars = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let (mut above, mut below) = (zero, zero);
        for (quad, &count) in step.quad.iter().enumerate().filter(|(_, count)| **count > 0) {
            let high = tall(count).max(1);
            let y = if quad < 2 { above - high } else { below };
            if quad < 2 {
                above -= high;
            } else {
                below += high;
            }
            let label = format!("{}: {count}, {}", day_text(step.start), super::view::quad_name(quad));
            bars.push(Bar { x: x(i), y, wide, high, quad: quad + 1, label });
        }
    }
    let most = steps.iter().map(|step| step.high.abs().max(step.low.abs()).max(step.score.abs())).fold(1.0, f32::max);
    let top = TOP + COUNTS + GAP;
    let none = top + SCORE / 2;
    let level = |score: f32| none - (score / most * (SCORE / 2) as f32).round() as i64;
    let middle = |i: usize| x(i) + wide / 2;
    let path = |points: Vec<(i64, i64)>| {
        let mut out = String::new();
        for (i, &(x, y)) in points.iter().enumerate() {
            // What lies between two points of its own height draws nothing; years without an event are one stroke.
            let level = |at: Option<&(i64, i64)>| at.is_some_and(|at| at.1 == y);
            if i > 0 && level(points.get(i - 1)) && level(points.get(i + 1)) {
                continue;
            }
            let _ = write!(out, "{}{x} {y}", if i == 0 { 'M' } else { 'L' });
        }
        out
    };
    let line = steps.iter().enumerate().map(|(i, step)| (middle(i), level(step.score))).collect();
    let upper = steps.iter().enumerate().map(|(i, step)| (middle(i), level(step.high)));
    let lower = steps.iter().enumerate().rev().map(|(i, step)| (middle(i), level(step.low)));
    let every = steps.len().div_ceil(8).max(1);
    let date = |i: usize| {
        let (day, year) = (day_text(steps[i].start), steps[i].start.year);
        let said = i >= every && steps[i - every].start.year == year;
        if said { day.trim_end_matches(&year.to_string()).trim().to_string() } else { day }
    };
    let changes = tension.changes.iter().filter_map(|change| {
        let at = steps.iter().position(|step| step.start == change.start)?;
        Some(Tick { x: middle(at), y: TOP - 6, label: if change.up { "▲" } else { "▼" }.to_string() })
    });
    let parties = format!("{} → {}", country_name(&tension.actor), country_name(&tension.recipient));
    let title = std::iter::once(parties).chain(left_out(tension)).collect::<Vec<_>>().join(" · ");
    Chart {
        title,
        y: 0,
        width: WIDTH,
        height: top + SCORE + 26,
        left: LEFT,
        right: WIDTH - RIGHT,
        zero,
        none,
        bars,
        days: (0..steps.len()).step_by(every).map(|i| Tick { x: x(i), y: top + SCORE + 18, label: date(i) }).collect(),
        counts: [(up, zero - tall(up)), (0, zero), (down, zero + tall(down))]
            .into_iter()
            .map(|(count, y)| Tick { x: LEFT - 8, y: y + 4, label: count.to_string() })
            .collect(),
        scores: [most, 0.0, -most]
            .into_iter()
            .map(|score| Tick { x: LEFT - 8, y: level(score) + 4, label: format!("{score:+.0}") })
            .collect(),
        band: path(upper.chain(lower).collect()),
        line: path(line),
        changes: changes.collect(),
    }
}

/// What another maker counts: bars alone, as records have no score that could be held against ours.
fn chart_of(theirs: &Theirs, unit: Unit) -> Chart {
    let chart = chart(&theirs.tension(unit));
    let height = TOP + COUNTS + GAP;
    let days = chart.days.into_iter().map(|tick| Tick { y: height - 12, ..tick }).collect();
    let title = theirs.title() + &theirs.left_out().map(|note| format!(" · {note}")).unwrap_or_default();
    Chart { title, height, days, scores: vec![], band: String::new(), line: String::new(), ..chart }
}

/// Both directions in one drawing, one below the other, and under them what others count.
pub fn drawing(both: &[Tension], theirs: &[Theirs]) -> String {
    let mut inside = String::new();
    let mut height = 0;
    let unit = both.first().map_or(Unit::Day, |tension| tension.unit);
    for chart in both.iter().map(chart).chain(theirs.iter().map(|one| chart_of(one, unit))) {
        let chart = Chart { y: height, ..chart };
        let _ = write!(inside, "{chart}");
        height += chart.height + GAP;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\">\n{inside}</svg>"
    )
}

/// The page with both directions, their tables and the events behind every change.
#[derive(Template)]
#[template(path = "track.html")]
pub struct TrackPage {
    title: String,
    version: &'static str,
    directions: Vec<Direction>,
    /// What others count.
    theirs: Vec<Chart>,
}

struct Direction {
    chart: Chart,
    step: &'static str,
    rows: Vec<Vec<String>>,
    #[allow(clippy::type_complexity)]
    changes: Vec<(String, &'static str, Vec<(String, String)>)>,
}

/// Lays the page out.
pub fn page(brief: &Brief, both: &[Tension], theirs: &[Theirs]) -> TrackPage {
    let view = super::view::View::new(brief);
    let direction = |tension: &Tension| Direction {
        chart: chart(tension),
        step: match tension.unit {
            Unit::Day => "Day",
            Unit::Week => "Week of",
        },
        rows: tension
            .series
            .iter()
            // A century has few days of which anything is held.
            .filter(|step| !step.events.is_empty() || step.reports > 0)
            .map(|step| {
                let [one, two, three, four] = step.quad.map(|count| count.to_string());
                let rung = step.rung.map_or("–".to_string(), |(rung, _)| rung.to_string());
                let score = format!("{:+.1}", step.score);
                let band = format!("{:+.1} to {:+.1}", step.low, step.high);
                let reports = step.reports.to_string();
                vec![
                    step.start.to_string(),
                    one,
                    two,
                    three,
                    four,
                    step.acts.to_string(),
                    step.claims.to_string(),
                    rung,
                    score,
                    band,
                    reports,
                ]
            })
            .collect(),
        changes: tension
            .changes
            .iter()
            .map(|change| {
                let events = change.events.iter().filter_map(|&event| {
                    let event = view.events.get(event)?;
                    let quote = event.quotes.first()?;
                    Some((format!("{} {}", event.label, event.who), format!("{} {}", quote.mark(), quote.quoted(220))))
                });
                let way = if change.up { "▲ towards conflict" } else { "▼ away from conflict" };
                (day_text(change.start), way, events.collect())
            })
            .collect(),
    };
    TrackPage {
        title: both
            .first()
            .map(|tension| format!("{} and {}", country_name(&tension.actor), country_name(&tension.recipient)))
            .unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION"),
        directions: both.iter().map(direction).collect(),
        theirs: theirs.iter().map(|one| chart_of(one, both.first().map_or(Unit::Day, |t| t.unit))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_core::{
        Day,
        track::{Change, Step},
    };

    fn tension() -> Tension {
        let step = |day: u8, quad: [u32; 4], score: f32| Step {
            start: Day::new(2031, 3, day).unwrap(),
            quad,
            acts: 1,
            claims: 0,
            rung: None,
            score,
            reports: 2,
            low: score - 1.0,
            high: score,
            events: vec![],
        };
        Tension {
            actor: "IND".into(),
            recipient: "PAK".into(),
            unit: Unit::Day,
            series: vec![step(1, [1, 0, 0, 0], 2.5), step(2, [0, 0, 0, 0], 0.0), step(3, [0, 0, 2, 1], -9.0)],
            undated: 2,
            earlier: 1,
            changes: vec![Change { start: Day::new(2031, 3, 3).unwrap(), up: true, events: vec![] }],
        }
    }

    #[test]
    fn conflict_hangs_below_the_line_and_cooperation_stands_above() {
        let chart = chart(&tension());
        assert!(chart.bars.iter().all(|bar| if bar.quad < 3 {
            bar.y + bar.high == chart.zero
        } else {
            bar.y >= chart.zero
        }));
        assert_eq!(chart.bars.len(), 3);
        assert_eq!(chart.changes.len(), 1);
    }

    #[test]
    fn a_chart_is_one_drawing_without_script() {
        let svg = chart(&tension()).render().unwrap();
        assert!(svg.contains(
            "India → Pakistan · 2 events without a day are left out · 1 event before 1 March 2031 is left out"
        ));
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && !svg.contains("script"));
        let empty = chart(&Tension::default()).render().unwrap();
        assert!(empty.contains("</svg>"));
    }
}
