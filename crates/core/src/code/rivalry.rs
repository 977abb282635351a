//! Who stands against whom in a report: what its own claims tell, read once before they are told apart by it.
//!
//! Names side by side tell which states a report is about, and not whether they are foes or friends: allies who act
//! together are named together too. What one is told to do to another tells it.

use crate::{
    Claim, EventType, Modality, Party,
    world::{Code, World},
};

/// Two of whom the report tells something hostile or friendly, and how much.
#[derive(Clone, Copy, Debug)]
struct Tie {
    pair: (Code, Code),
    hostile: f32,
    friendly: f32,
}

/// Hostile and friendly acts of a report by pairs of parties, and what is hostile within a state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rivalry {
    ties: Vec<Tie>,
    within: Vec<(Code, f32)>,
}

/// Pairs kept of one report: a bound for texts that are none.
const MOST_TIES: usize = 100;

impl Rivalry {
    /// Weighs the claims of a first reading; `is_side` tells the states and armed groups.
    pub fn of(world: &World, claims: &[Claim], is_side: impl Fn(Code) -> bool) -> Self {
        let mut out = Self::default();
        let code = |party: &Party| {
            let guessed = party.is_implied()
                || party.why.contains("not named here")
                || party.why.starts_with("in the account of")
                || party.why.starts_with("one of two");
            let code = party.country.as_deref().filter(|_| !guessed).and_then(|code| world.find_code(code));
            code.filter(|&code| is_side(code))
        };
        let codes = |parties: &[Party]| {
            let mut codes: Vec<Code> = parties.iter().filter_map(code).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        for claim in claims.iter().filter(|claim| !claim.historical && claim.modality != Modality::Negated) {
            let (hostile, friendly) = weight(claim.kind);
            let (actors, recipients) = (codes(&claim.actors), codes(&claim.recipients));
            let early = if claim.sentence < 3 { 1.5 } else { 1.0 };
            for (i, &actor) in actors.iter().enumerate() {
                for &recipient in &recipients {
                    out.add(actor, recipient, hostile * early, friendly * early);
                }
                // Two who do it together are of one side.
                for &other in &actors[i + 1..] {
                    let joint = match recipients[..] {
                        // "Chad and Togo stood together": fighting alone is done to each other.
                        [] => matches!(claim.kind, EventType::Support | EventType::Mobilize | EventType::Request),
                        _ => !recipients.contains(&actor) && !recipients.contains(&other),
                    };
                    if joint {
                        out.add(actor, other, 0.0, early);
                    }
                }
            }
        }
        out
    }

    fn add(&mut self, one: Code, other: Code, hostile: f32, friendly: f32) {
        if one == other {
            if let Some((_, total)) = self.within.iter_mut().find(|(code, _)| *code == one) {
                *total += hostile;
            } else if self.within.len() < MOST_TIES {
                self.within.push((one, hostile));
            }
            return;
        }
        let pair = (one.min(other), one.max(other));
        if let Some(tie) = self.ties.iter_mut().find(|tie| tie.pair == pair) {
            tie.hostile += hostile;
            tie.friendly += friendly;
        } else if self.ties.len() < MOST_TIES {
            self.ties.push(Tie { pair, hostile, friendly });
        }
    }

    /// By how much two are rather rivals than a pair of names: over one for foes, below for friends.
    pub fn factor(&self, one: Code, other: Code) -> f32 {
        if self.ties.is_empty() {
            return 1.0;
        }
        let (hostile, friendly) = self.between(one, other);
        1.0 + 0.5 * hostile.min(4.0) - 0.2 * friendly.min(2.5)
    }

    fn between(&self, one: Code, other: Code) -> (f32, f32) {
        let pair = (one.min(other), one.max(other));
        self.ties.iter().find(|tie| tie.pair == pair).map_or((0.0, 0.0), |tie| (tie.hostile, tie.friendly))
    }

    /// Hostile acts between two.
    pub fn hostile(&self, one: Code, other: Code) -> f32 {
        self.between(one, other).0
    }

    /// Hostile acts within one country.
    pub fn within(&self, one: Code) -> f32 {
        self.within.iter().find(|(code, _)| *code == one).map_or(0.0, |&(_, total)| total)
    }

    /// Whom one stands against most, and how much.
    pub fn worst(&self, one: Code) -> Option<(Code, f32)> {
        let others = self.ties.iter().filter_map(|tie| match tie.pair {
            (a, b) if a == one => Some((b, tie.hostile)),
            (a, b) if b == one => Some((a, tie.hostile)),
            _ => None,
        });
        // Of equals the first that the report tells of.
        others.fold(None, |best, (code, hostile)| match best {
            Some((_, top)) if top >= hostile => best,
            _ => Some((code, hostile)),
        })
    }

    /// Whom one stands against more than twice as much as against any other.
    pub fn opponent(&self, one: Code) -> Option<Code> {
        let mut best: Option<(f32, Code)> = None;
        let mut second = 0.0f32;
        for tie in &self.ties {
            let other = match tie.pair {
                (a, b) if a == one => b,
                (a, b) if b == one => a,
                _ => continue,
            };
            let score = tie.hostile - tie.friendly;
            match best {
                Some((top, _)) if score <= top => second = second.max(score),
                _ => {
                    second = best.map_or(0.0, |(top, _)| top);
                    best = Some((score, other));
                }
            }
        }
        best.filter(|&(top, _)| top >= 1.5 && top >= 2.0 * second).map(|(_, other)| other)
    }
}

/// How hostile and how friendly a type is.
fn weight(kind: EventType) -> (f32, f32) {
    match kind {
        EventType::Assault => (1.5, 0.0),
        EventType::Coerce | EventType::Sanction | EventType::Accuse | EventType::Threaten => (1.0, 0.0),
        EventType::Mobilize | EventType::Reject => (0.7, 0.0),
        EventType::Protest => (0.5, 0.0),
        EventType::Request => (0.2, 0.0),
        EventType::Aid | EventType::Cooperate | EventType::Support => (0.0, 1.0),
        EventType::Consult => (0.0, 0.1),
        EventType::Agree | EventType::Concede | EventType::Retreat => (0.0, 0.0),
    }
}
