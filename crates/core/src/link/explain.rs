//! Why a claim was linked as it was, and what kept the nearest others apart from it.

use super::{
    beside::Beside,
    events::{mark_mutual, need},
    facts::{Facts, Ground, collect},
    likelihood::TREES,
    likely::{LEAST, odds, pairs},
    similarity::{Evidence, evidence},
    veto::apart,
};
use crate::{
    brief::Brief,
    event::{ClaimRef, Event, Link},
};

/// How many of the claims that were kept apart are told.
const NEAREST: usize = 3;

/// The links of a brief, to be asked about one claim after the other.
pub struct Links<'a> {
    brief: &'a Brief,
    ground: Ground,
    beside: Beside,
}

/// Why a claim stands in its event.
pub struct Why<'a> {
    /// The event.
    pub event: &'a Event,
    /// The links that this claim has a part in.
    pub joined: Vec<&'a Link>,
    /// The nearest claims of other events, each with what keeps it apart: "date"; "content 0.3 of 0.5" where the weights set by hand
    /// link, "odds -1.20 of 0.50" in whole stories.
    pub apart: Vec<(ClaimRef, String)>,
}

impl<'a> Links<'a> {
    /// Looks at all claims of the brief again.
    pub fn new(brief: &'a Brief) -> Self {
        let mut stories = vec![0; brief.annotations.len()];
        for (number, story) in brief.stories.iter().enumerate() {
            story.reports.iter().for_each(|&report| stories[report] = number);
        }
        let mut ground = collect(&brief.annotations, &stories);
        mark_mutual(&mut ground);
        let beside = Beside::of(&ground.facts, &pairs(&ground.facts));
        Self { brief, ground, beside }
    }

    /// Why the claim was linked as it was; `None` where the brief has no such claim.
    pub fn of(&self, at: ClaimRef) -> Option<Why<'a>> {
        let event = self.brief.events.iter().map(|e| &e.event).find(|event| event.claims.contains(&at))?;
        let facts = &self.ground.facts;
        let own = facts.iter().find(|f| f.at == at)?;
        let mut others: Vec<(bool, f32, ClaimRef, String)> = Vec::new();
        for other in facts.iter().filter(|f| !event.claims.contains(&f.at)) {
            let (found, need, veto) = verdict(own, other);
            let odds = if own.whole && other.whole { odds(own, other, &self.beside, &TREES) } else { None };
            let reason = match veto {
                _ if odds.is_some_and(|odds| odds < LEAST) => format!("odds {:.2} of {LEAST:.2}", odds.unwrap_or(0.0)),
                _ if odds.is_some() => "the rest of its event".to_string(),
                Some(reason) => reason.to_string(),
                None if found.parties < need.parties => format!("parties {:.2} of {:.2}", found.parties, need.parties),
                None if found.content < need.content => format!("content {:.2} of {:.2}", found.content, need.content),
                None => "the rest of its event".to_string(),
            };
            let nearness = odds.unwrap_or(found.parties + found.content);
            others.push((veto == Some("type") || own.whole && odds.is_none(), nearness, other.at, reason));
        }
        others.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
        let apart = others.into_iter().take(NEAREST).map(|(_, _, at, reason)| (at, reason)).collect();
        let joined = event.links.iter().filter(|link| link.claim == at || link.with == at).collect();
        Some(Why { event, joined, apart })
    }
}

/// What speaks for two claims telling of one happening, what they need, and what keeps them apart whatever their words.
pub fn verdict(a: &Facts, b: &Facts) -> (Evidence, Evidence, Option<&'static str>) {
    (evidence(a, b), need(a, b), apart(a, b))
}
