//! The timeline as a chart: a lane for each party, days from left to right. Only where things stand; the page draws.

use std::collections::BTreeMap;

use demarche_core::{Brief, Day};

use super::{view::EventView, words::day_text};

const LEFT: i64 = 130;
const RIGHT: i64 = 40;
const TOP: i64 = 44;
const LANE: i64 = 40;
const WIDTH: i64 = 900;
/// Lanes at most; who acts in fewer events shares the last.
const LANES: usize = 8;
/// Days at most: what lies further back is in the list only.
const SPAN: i64 = 60;

/// A party's lane.
pub struct Lane {
    /// Country code or tag.
    pub name: String,
    /// Its middle, in pixels from the top.
    pub y: i64,
}

/// A day on the axis.
pub struct Tick {
    /// Pixels from the left.
    pub x: i64,
    /// "22 April".
    pub label: String,
}

/// An event in a lane.
pub struct Mark {
    /// `e1`.
    pub event: String,
    /// Left end of the bar.
    pub x: i64,
    /// Length of the bar; 0 for one day.
    pub wide: i64,
    /// Where the sign stands.
    pub at: i64,
    /// Lane of who acts.
    pub y: i64,
    /// Lane of whom it concerns; the same where it concerns nobody else.
    pub to: i64,
    /// PLOVER quad class.
    pub quad: u8,
    /// What it says when pointed at.
    pub label: String,
    /// Whether there is room to write its number.
    pub number: bool,
}

/// The chart.
#[derive(Default)]
pub struct Lanes {
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Where the days begin.
    pub left: i64,
    /// Parties.
    pub parties: Vec<Lane>,
    /// Days written on the axis.
    pub ticks: Vec<Tick>,
    /// Events.
    pub marks: Vec<Mark>,
}

/// Lays the dated events of a brief out in lanes.
pub fn lanes(brief: &Brief, events: &[EventView]) -> Lanes {
    let dated: Vec<_> = brief.timeline.iter().filter_map(|entry| Some((entry, entry.days?))).collect();
    let Some(last) = dated.iter().map(|(_, (_, last))| *last).max() else { return Lanes::default() };
    let recent = |day: Day| last.number() - day.number() <= SPAN;
    let shown: Vec<_> = dated.into_iter().filter(|(_, (first, _))| recent(*first)).collect();
    let Some(first) = shown.iter().map(|(_, (first, _))| *first).min() else { return Lanes::default() };
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    for (entry, _) in &shown {
        for code in entry.actors.iter().chain(&entry.recipients) {
            *weight.entry(code).or_insert(0) += 1;
        }
    }
    let mut codes: Vec<(&str, usize)> = weight.into_iter().collect();
    codes.sort_by_key(|&(code, weight)| (std::cmp::Reverse(weight), code));
    codes.truncate(LANES - 1);
    let mut lanes: Vec<Lane> = codes.iter().map(|(code, _)| Lane { name: (*code).to_string(), y: 0 }).collect();
    lanes.push(Lane { name: "others".into(), y: 0 });
    for (row, lane) in (0..).zip(&mut lanes) {
        lane.y = TOP + row * LANE;
    }
    let days = (last.number() - first.number()).max(1);
    let x = |day: Day| LEFT + 20 + (day.number() - first.number()) * (WIDTH - LEFT - RIGHT - 20) / days;
    let lane_of = |codes: &[String]| codes.iter().find_map(|code| lanes.iter().find(|lane| lane.name == *code));
    let other = lanes[lanes.len() - 1].y;
    let mut taken: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    let mut marks: Vec<Mark> = Vec::new();
    for (entry, (from, until)) in &shown {
        let event = &events[entry.event];
        let y = lane_of(&entry.actors).map_or(other, |lane| lane.y);
        let to = lane_of(&entry.recipients).map_or(y, |lane| lane.y);
        let middle = i64::midpoint(x(*from), x(*until));
        // Events of one day in one lane stand side by side.
        let beside = taken.entry((y, middle / 12)).or_insert(0);
        let at = middle + *beside * 15;
        *beside += 1;
        marks.push(Mark {
            event: event.id.clone(),
            x: x(*from),
            wide: x(*until) - x(*from),
            at,
            y,
            to,
            quad: event.quad,
            label: format!("{}, {}: {}, {}", event.id, day_text(*from), event.label, event.who),
            number: *beside <= 1,
        });
    }
    let used = marks.iter().any(|mark| mark.y == other || mark.to == other);
    if !used {
        lanes.pop();
    }
    let step = (days / 8).max(1);
    let ticks = (0..=days).step_by(step as usize).map(|offset| first.plus(offset));
    let label = |day: Day| day_text(day).rsplit_once(' ').map(|(day, _)| day.to_string()).unwrap_or_default();
    let room = marks.iter().map(|mark| mark.at + 24).max().unwrap_or(0);
    Lanes {
        width: WIDTH.max(room),
        height: TOP + lanes.len() as i64 * LANE - 8,
        left: LEFT,
        ticks: ticks.map(|day| Tick { x: x(day), label: label(day) }).collect(),
        parties: lanes,
        marks,
    }
}
