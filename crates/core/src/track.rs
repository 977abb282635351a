//! Tension: events per directed pair of parties over time.

use crate::{brief::Brief, day::Day};

/// Length of a step of the series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A calendar day.
    #[default]
    Day,
    /// An ISO week, from Monday.
    Week,
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
    /// Score without the outlet whose events raise it most.
    pub low: f32,
    /// Score without the outlet whose events lower it most.
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

/// The series of `a` towards `b` and of `b` towards `a`.
pub fn track(brief: &Brief, a: &str, b: &str, unit: Unit) -> [Tension; 2] {
    let _ = brief;
    let empty = |actor: &str, recipient: &str| Tension {
        actor: actor.to_string(),
        recipient: recipient.to_string(),
        unit,
        ..Tension::default()
    };
    [empty(a, b), empty(b, a)]
}
