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
    // An open end is no day to draw to: the mark stands on the day that is told.
    let whole = |(first, last): (Option<Day>, Option<Day>)| Some((first.or(last)?, last.or(first)?));
    let dated: Vec<_> = brief.timeline.iter().filter_map(|entry| Some((entry, whole(entry.days?)?))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{fixture, view::View};

    /// Norland hits its harbour on 3 March, recalls its ambassador on the 5th, accuses on the 6th.
    fn dated() -> Brief {
        let mut brief = fixture::brief();
        for (event, day) in [(1, 5), (2, 6)] {
            let day = Day::new(2031, 3, day).unwrap();
            brief.timeline[event].days = Some((Some(day), Some(day)));
        }
        brief
    }

    fn drawn(brief: &Brief) -> Lanes {
        lanes(brief, &View::new(brief).events)
    }

    #[test]
    fn each_party_has_a_lane_of_its_own_and_the_one_with_most_events_stands_first() {
        let lanes = drawn(&dated());
        let names: Vec<&str> = lanes.parties.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!(names, ["NOR", "SUD", "others"]);
        assert!(lanes.parties.windows(2).all(|two| two[0].y < two[1].y));
        assert!(lanes.height >= lanes.parties[2].y);
    }

    #[test]
    fn an_event_stands_in_the_lane_of_who_acts_and_points_to_the_lane_of_whom_it_concerns() {
        let lanes = drawn(&dated());
        let y = |name: &str| lanes.parties.iter().find(|lane| lane.name == name).unwrap().y;
        let rows: Vec<_> = lanes.marks.iter().map(|mark| (mark.event.as_str(), mark.y, mark.to)).collect();
        let (norland, sudmark, others) = (y("NOR"), y("SUD"), y("others"));
        assert_eq!(rows, [("e1", others, norland), ("e2", norland, sudmark), ("e3", norland, sudmark)]);
    }

    #[test]
    fn later_days_stand_further_right_and_within_the_chart() {
        let lanes = drawn(&dated());
        assert!(lanes.marks.windows(2).all(|two| two[0].at < two[1].at));
        assert!(lanes.marks.iter().all(|mark| mark.at > lanes.left && mark.at < lanes.width));
        let labels: Vec<&str> = lanes.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["3 March", "4 March", "5 March", "6 March"]);
    }

    #[test]
    fn without_dated_events_there_is_no_chart() {
        let mut brief = fixture::brief();
        brief.timeline.iter_mut().for_each(|entry| entry.days = None);
        assert!(drawn(&brief).marks.is_empty());
    }
}
