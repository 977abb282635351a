//! Whom an act is not meant for: those who act, their own people and things, and who only tells of it.

use super::draft::{Draft, Site};
use crate::{EventType, Party, Relation as R, code::frames::Scene};

impl Draft {
    /// Leaves out recipients that are the actors' own.
    pub fn drop_own(&mut self, site: &Site) {
        self.drop_partners(site);
        self.drop_country(site);
        let Self { actors, recipients, .. } = self;
        // "told Washington that its bases would not be safe": nobody threatens his own, but whom he speaks to.
        let text = &site.layers.report.text;
        let own =
            |party: &Party| is_possessed(text, party) && actors.iter().any(|actor| actor.country == party.country);
        if self.kind == EventType::Threaten && !recipients.is_empty() && recipients.iter().all(own) {
            *recipients = hearers(site.scene, site.found.trigger);
        }
    }

    /// "agreed not to use force over Essequibo", "traded fire near the temple": with each other.
    fn drop_partners(&mut self, site: &Site) {
        let reciprocal = site.entry.reciprocal;
        let among = |party: &Party| match party.country {
            // "agreed to set up a commission"
            None => reciprocal || !party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "REF" | "UAF")),
            _ => self.actors.iter().any(|actor| actor.country == party.country),
        };
        let joint = self.kind == EventType::Agree || reciprocal;
        if joint && self.several() && self.recipients.iter().all(among) {
            self.recipients.clear();
        }
    }

    /// Measures between states are not taken against oneself.
    fn drop_country(&mut self, site: &Site) {
        let Self { actors, recipients, .. } = self;
        // "offered his country's help": to nobody of his own country.
        let text = &site.layers.report.text;
        recipients
            .retain(|party| !is_own_country(text, party) || actors.iter().all(|actor| actor.country != party.country));
        if is_domestic(self.kind) {
            return;
        }
        let state = |one: &Party| site.scene.cast.is_state(one);
        let own = |party: &Party| {
            let within = party.sectors.iter().any(|sector| matches!(*sector, "REB" | "OPP" | "PTY" | "UAF" | "PRM"));
            actors.iter().any(|actor| {
                actor.country == party.country
                    && (actor.name == party.name || !within && (state(actor) || state(party)))
            })
        };
        recipients.retain(|party| party.country.is_none() || !own(party));
    }

    /// "Manila said Chinese vessels rammed its boats": nobody rams his own, so that they are of whoever tells it.
    pub fn give_to_teller(&mut self, site: &Site) {
        let speaker = self.speaker().and_then(|speaker| speaker.country.clone());
        if speaker.is_none() {
            return;
        }
        let text = &site.layers.report.text;
        // His own airspace somebody may well close: there "its" alone is the party.
        let rammed = |party: &Party| match self.kind {
            EventType::Assault => true,
            kind => kind == EventType::Coerce && party.span.of(text).contains(' '),
        };
        for party in self.recipients.iter_mut().filter(|party| rammed(party) && is_possessed(text, party)) {
            let own = |actor: &Party| actor.country == party.country && actor.country != speaker;
            if self.actors.iter().any(own) {
                party.country.clone_from(&speaker);
                party.why = format!("{}; of whoever tells it", party.why);
            }
        }
    }
}

/// Who is spoken to where somebody says what the trigger tells: "told **Washington** that".
fn hearers(scene: &Scene, trigger: usize) -> Vec<Party> {
    let tree = scene.tree;
    let cue = tree.head(trigger).filter(|_| tree.relation(trigger) == R::Ccomp);
    let hearer = cue.and_then(|cue| tree.child(cue, R::Iobj).or_else(|| tree.child(cue, R::Obj)));
    let parties = hearer.map(|hearer| scene.cast.parties(scene.sentence, hearer)).unwrap_or_default();
    // "told AFP that": the press only passes it on.
    parties.into_iter().filter(|party| party.country.as_deref() != Some("MEDIA")).collect()
}

/// "its boats", "their men".
fn is_possessed(text: &str, party: &Party) -> bool {
    let words = party.span.of(text);
    let first = words.split(' ').next().unwrap_or(words).to_lowercase();
    matches!(first.as_str(), "its" | "their" | "his" | "her" | "our")
}

/// "his country", "its nation".
fn is_own_country(text: &str, party: &Party) -> bool {
    let words = party.span.of(text).to_lowercase();
    let whose =
        words.split_once(' ').filter(|(whose, _)| matches!(*whose, "his" | "her" | "its" | "their" | "our" | "my"));
    whose.is_some_and(|(_, what)| matches!(what, "country" | "nation" | "homeland" | "people" | "government"))
}

/// Types whose parties are often of one country.
fn is_domestic(kind: EventType) -> bool {
    !matches!(
        kind,
        EventType::Sanction | EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support
    )
}
