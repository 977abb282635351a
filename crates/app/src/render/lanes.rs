//! The timeline as a chart: a lane for each party, days from left to right. Only where things stand; the page draws.

use std::collections::BTreeMap;

use demarche_core::{Brief, Day};

use super::{
    view::EventView,
    words::{country_name, day_text},
};

const LEFT: i64 = 130;
const RIGHT: i64 = 40;
const TOP: i64 = 44;
const LANE: i64 = 40;
/// Between two marks of one lane that stand above each other.
const STEP: i64 = 22;
/// Room of a mark and its number; what stands nearer to the mark before it stands in another row.
const NEAR: i64 = 36;
/// Room of a letter of what an event is called.
const LETTER: i64 = 7;
/// Days up to which there is room to say what an event is.
const FEW: i64 = 16;
const WIDTH: i64 = 900;
/// Lanes at most; who acts in fewer events shares the last, with whom nobody names.
const LANES: usize = 8;
/// Days at most: what lies further back is in the list only.
const SPAN: i64 = 60;

/// A party's lane.
pub struct Lane {
    /// Country code or tag.
    pub code: String,
    /// What it is called.
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
    /// What stands beside it: `e1 attack`, or its number where many days are drawn.
    pub name: String,
    /// What it says when pointed at.
    pub label: String,
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
    let mut lanes: Vec<Lane> = codes.iter().map(|(code, _)| lane(code, country_name(code))).collect();
    lanes.push(lane("", "unnamed, others"));
    let days = (last.number() - first.number()).max(1);
    let x = |day: Day| LEFT + 20 + (day.number() - first.number()) * (WIDTH - LEFT - RIGHT - 20) / days;
    let lane_of = |codes: &[String]| codes.iter().find_map(|code| lanes.iter().position(|lane| lane.code == *code));
    let other = lanes.len() - 1;
    let name = |event: usize| match &events[event] {
        event if days <= FEW => format!("{} {}", event.id, event.label),
        event => event.id.clone(),
    };
    // Events of near days in one lane stand above each other: each has a row of its lane.
    let mut rows: Vec<Vec<i64>> = vec![Vec::new(); lanes.len()];
    let mut placed: Vec<(usize, usize, usize)> = Vec::new();
    for (entry, (from, until)) in &shown {
        let from_lane = lane_of(&entry.actors).unwrap_or(other);
        let to_lane = lane_of(&entry.recipients).unwrap_or(from_lane);
        let middle = i64::midpoint(x(*from), x(*until));
        let ends = &mut rows[from_lane];
        let row = ends.iter().position(|&end| end <= middle).unwrap_or(ends.len());
        ends.resize(ends.len().max(row + 1), 0);
        ends[row] = middle + NEAR + LETTER * name(entry.event).chars().count() as i64 - 2 * LETTER;
        placed.push((from_lane, row, to_lane));
    }
    let used = placed.iter().any(|&(from, _, to)| from == other || to == other);
    let mut top = TOP;
    for (lane, rows) in lanes.iter_mut().zip(&rows) {
        lane.y = top;
        top += LANE + STEP * (rows.len().max(1) as i64 - 1);
    }
    let height = if used { top } else { lanes[other].y };
    let mut marks: Vec<Mark> = Vec::new();
    for ((entry, (from, until)), (lane, row, to)) in shown.iter().zip(placed) {
        let event = &events[entry.event];
        let y = lanes[lane].y + STEP * row as i64;
        marks.push(Mark {
            event: event.id.clone(),
            x: x(*from),
            wide: x(*until) - x(*from),
            at: i64::midpoint(x(*from), x(*until)),
            y,
            to: if to == lane { y } else { lanes[to].y },
            quad: event.quad,
            name: name(entry.event),
            label: format!("{}, {}: {}, {}", event.id, day_text(*from), event.label, event.who),
        });
    }
    if !used {
        lanes.pop();
    }
    let step = (days / 8).max(1);
    let ticks = (0..=days).step_by(step as usize).map(|offset| first.plus(offset));
    let label = |day: Day| day_text(day).rsplit_once(' ').map(|(day, _)| day.to_string()).unwrap_or_default();
    let room = marks.iter().map(|mark| mark.at + 16 + LETTER * mark.name.chars().count() as i64).max().unwrap_or(0);
    Lanes {
        width: WIDTH.max(room),
        height: height - 8,
        left: LEFT,
        ticks: ticks.map(|day| Tick { x: x(day), label: label(day) }).collect(),
        parties: lanes,
        marks,
    }
}

fn lane(code: &str, name: &str) -> Lane {
    Lane { code: code.to_string(), name: name.to_string(), y: 0 }
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
        assert_eq!(names, ["Norway", "SUD", "unnamed, others"]);
        assert!(lanes.parties.windows(2).all(|two| two[0].y < two[1].y));
        assert!(lanes.height >= lanes.parties[2].y);
    }

    #[test]
    fn an_event_stands_in_the_lane_of_who_acts_and_points_to_the_lane_of_whom_it_concerns() {
        let lanes = drawn(&dated());
        let y = |name: &str| lanes.parties.iter().find(|lane| lane.name == name).unwrap().y;
        let rows: Vec<_> = lanes.marks.iter().map(|mark| (mark.event.as_str(), mark.y, mark.to)).collect();
        let (norland, sudmark, others) = (y("Norway"), y("SUD"), y("unnamed, others"));
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
    fn events_of_one_day_in_one_lane_stand_above_each_other() {
        let mut brief = dated();
        brief.timeline[2].days = brief.timeline[1].days;
        let lanes = drawn(&brief);
        let [.., first, second] = lanes.marks.as_slice() else { panic!("two marks") };
        assert_eq!((first.at, first.y + STEP), (second.at, second.y));
        assert!(first.name.starts_with(&format!("{} ", first.event)), "{}", first.name);
        let next = &lanes.parties[1];
        assert!(second.y < next.y && lanes.height > lanes.parties[2].y);
    }

    #[test]
    fn without_dated_events_there_is_no_chart() {
        let mut brief = fixture::brief();
        brief.timeline.iter_mut().for_each(|entry| entry.days = None);
        assert!(drawn(&brief).marks.is_empty());
    }
}
