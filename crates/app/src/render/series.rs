//! A pair of parties over time in the terminal: a line a step, conflict to the left, cooperation to the right; then the
//! event behind the highest rung and behind each change. At most 100 columns.

use std::io::{self, Write};

use demarche_core::{Brief, Tension, Unit, track::Step};

use super::words::{clip, country_name, day_text, one_line, visible};

/// Columns of one side of the chart.
const SIDE: usize = 20;
/// Columns.
const WIDTH: usize = 100;

/// What the record shows on each rung, after Kahn; a label with its evidence, no measure.
const RUNGS: [&str; 9] = [
    "contacts, talks",
    "accusations, protests",
    "sanctions, expulsions, closures",
    "threats, ultimatums",
    "mobilization, exercises, tests",
    "small-arms fire, clashes",
    "air, drone, missile, artillery strikes",
    "strikes on several days running",
    "declared or full-scale war",
];

/// Writes both directions.
pub fn write(brief: &Brief, both: &[Tension], out: &mut dyn Write) -> io::Result<()> {
    let most = both.iter().flat_map(|t| &t.series).flat_map(|s| [s.quad[0] + s.quad[1], s.quad[2] + s.quad[3]]).max();
    let most = most.unwrap_or(0).max(1) as usize;
    for tension in both {
        let name = |code: &str| format!("{} ({code})", country_name(code));
        writeln!(out, "{} → {}", visible(&name(&tension.actor)), visible(&name(&tension.recipient)))?;
        if tension.series.iter().all(|step| step.events.is_empty()) {
            writeln!(out, "  no dated event from the one to the other")?;
            for note in left_out(tension) {
                writeln!(out, "  {note}")?;
            }
            writeln!(out)?;
            continue;
        }
        let unit = if tension.unit == Unit::Week { "week of" } else { "day" };
        writeln!(
            out,
            "  {unit:<10} {:>4} {:>7} {:>13} {:>6}  {:>SIDE$}│{:<SIDE$}  {:>4}",
            "rung", "score", "one out", "acts", "conflict", "cooperation", "held"
        )?;
        steps(tension, most, out)?;
        for note in left_out(tension) {
            writeln!(out, "  {note}")?;
        }
        evidence(brief, tension, out)?;
        writeln!(out)?;
    }
    writeln!(out, "█ deeds  ░ words; one event each{}.", if most > SIDE { ", or a share of it" } else { "" })?;
    writeln!(out, "acts: events that an outlet tells itself, of all. held: reports of that {}.", both_unit(both))?;
    writeln!(out, "one out: the score when any one outlet is left out, from least to most.")
}

/// What is not drawn since nobody dates it; nothing where that is nothing.
pub fn undated(events: usize) -> Option<String> {
    match events {
        0 => None,
        1 => Some("1 event without a day is left out".to_owned()),
        n => Some(format!("{n} events without a day are left out")),
    }
}

/// What is not drawn since it lies before the longest series that there is.
pub fn earlier(events: usize, tension: &Tension) -> Option<String> {
    let first = day_text(tension.series.first()?.start);
    let (many, are) = match events {
        0 => return None,
        1 => ("1 event".to_owned(), "is"),
        n => (format!("{n} events"), "are"),
    };
    let longest = if tension.unit == Unit::Week { "weeks" } else { "days" };
    Some(format!("{many} before {first} {are} left out (a line has 40,000 {longest} at most)"))
}

/// What of one direction is not drawn, and why.
pub fn left_out(tension: &Tension) -> impl Iterator<Item = String> {
    undated(tension.undated).into_iter().chain(earlier(tension.earlier, tension))
}

fn both_unit(both: &[Tension]) -> &'static str {
    if both.first().is_some_and(|t| t.unit == Unit::Week) { "week" } else { "day" }
}

/// The lines of the chart; steps without an event are one line together.
fn steps(tension: &Tension, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut quiet = 0;
    for step in &tension.series {
        if step.events.is_empty() {
            quiet += 1;
            continue;
        }
        pause(&mut quiet, out)?;
        let bars = sides(step.quad, most);
        let rung = step.rung.map_or(String::new(), |(rung, _)| rung.to_string());
        let acts = format!("{}/{}", step.acts, step.acts + step.claims);
        let band = format!("{:.1}…{:.1}", step.low, step.high);
        writeln!(
            out,
            "  {:<10} {rung:>4} {:>7.1} {band:>13} {acts:>6}  {bars}  {:>4}",
            step.start.to_string(),
            step.score,
            step.reports
        )?;
    }
    pause(&mut quiet, out)
}

/// Conflict to the left, cooperation to the right; deeds stand next to the axis.
pub fn sides(quad: [u32; 4], most: usize) -> String {
    let [talk, aid, threat, fight] = quad.map(|n| n as usize);
    let left = bar(fight, '█', most) + &bar(threat, '░', most);
    let right = bar(aid, '█', most) + &bar(talk, '░', most);
    let left: String = left.chars().rev().take(SIDE).collect();
    let right: String = right.chars().take(SIDE).collect();
    format!("{left:>SIDE$}│{right:<SIDE$}")
}

fn pause(quiet: &mut usize, out: &mut dyn Write) -> io::Result<()> {
    let steps = std::mem::take(quiet);
    match steps {
        0 => Ok(()),
        1 => writeln!(out, "  ·  one step without an event"),
        _ => writeln!(out, "  ·  {steps} steps without an event"),
    }
}

/// So many events as cells; where the longest bar would not fit, all are made shorter alike, but none vanishes.
fn bar(events: usize, cell: char, most: usize) -> String {
    let cells = if most > SIDE { (events * SIDE).div_ceil(most) } else { events };
    std::iter::repeat_n(cell, cells).collect()
}

/// The event that reached the highest rung, and the gravest events of each change.
fn evidence(brief: &Brief, tension: &Tension, out: &mut dyn Write) -> io::Result<()> {
    let mut highest: Option<(u8, usize, &Step)> = None;
    for step in &tension.series {
        if let Some((rung, event)) = step.rung.filter(|&(rung, _)| highest.is_none_or(|(best, ..)| rung > best)) {
            highest = Some((rung, event, step));
        }
    }
    if let Some((rung, event, step)) = highest {
        let name = RUNGS[usize::from(rung).min(RUNGS.len() - 1)];
        writeln!(out, "  highest rung {rung}, {name}: {}", day_text(step.start))?;
        writeln!(out, "    {}", words(brief, event))?;
    }
    for change in &tension.changes {
        let way = if change.up { "more conflict" } else { "less conflict" };
        writeln!(out, "  change: {way} from {}", day_text(change.start))?;
        for &event in change.events.iter().take(3) {
            writeln!(out, "    {}", words(brief, event))?;
        }
    }
    Ok(())
}

/// `e3 [2] s5 “the words”`.
fn words(brief: &Brief, event: usize) -> String {
    let event = &brief.events[event];
    let claim = brief.claim(event.best);
    let said = one_line(brief.words(event.best.report, claim.span));
    let mark = format!("{} [{}] s{}", event.event.id, event.best.report + 1, claim.sentence + 1);
    visible(&format!("{mark} “{}”", clip(&said, WIDTH - 8 - mark.chars().count()))).to_string()
}
