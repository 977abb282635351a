//! What type a claim is of in its mood and in somebody's mouth: a refusal, a promise, a demand, a charge.

use super::draft::{Draft, Site, known};
use crate::{
    EventType, Modality, Party,
    code::{agreement, deeds::is_foreseen, mood::mood},
};

impl Draft {
    /// Turns what is asked, foreseen, refused or sworn off into what is thereby said.
    pub fn turn(&mut self, site: &Site) {
        self.ask(site);
        // "warns of an Indian strike": who says what somebody else is about to do accuses him of it.
        if self.kind == EventType::Threaten && is_foreseen(site.scene, site.found, &self.actors) {
            (self.kind, self.mode) = (EventType::Accuse, Some("allege".to_owned()));
        }
        self.refuse(site);
        self.bind(site);
    }

    /// "Pakistan should help, Rubio said" asks Pakistan for help.
    fn ask(&mut self, site: &Site) {
        let Some(speaker) = self.speaker() else { return };
        let others = |speaker: &Party| {
            self.actors.iter().all(|actor| actor.country.is_some() && actor.country != speaker.country)
        };
        let asks = !self.actors.is_empty() && others(speaker);
        if asks && site.operators.is_duty(site.scene.tree, site.found.trigger) {
            let speaker = vec![speaker.clone()];
            self.recipients = std::mem::replace(&mut self.actors, speaker);
            (self.kind, self.mode, self.modality) = (EventType::Request, None, Modality::Occurred);
        }
    }

    /// "will not negotiate"
    fn refuse(&mut self, site: &Site) {
        let friendly = self.modality == Modality::Negated && matches!(self.kind.quad(), 1 | 2);
        if !friendly || self.actors.is_empty() || !site.operators.is_refusal(site.scene.tree, site.found.trigger) {
            return;
        }
        let mode = match self.kind {
            EventType::Consult => "meet",
            EventType::Aid | EventType::Cooperate | EventType::Support => "assist",
            _ => "yield",
        };
        (self.kind, self.mode, self.modality) = (EventType::Reject, Some(mode.to_owned()), Modality::Occurred);
    }

    /// "will not attack": who binds himself to no deed promises.
    fn bind(&mut self, site: &Site) {
        let (tree, trigger) = (site.scene.tree, site.found.trigger);
        let deed = matches!(self.kind, EventType::Assault | EventType::Mobilize | EventType::Coerce);
        let refused = || site.operators.is_refusal(tree, trigger) || agreement::is_sworn_off(tree, trigger);
        let binds = deed && self.modality == Modality::Negated && !self.actors.is_empty() && refused();
        let vow = || agreement::swears_off(tree, trigger, &site.found.arguments.clauses);
        if binds || self.kind == EventType::Threaten && vow() {
            (self.kind, self.mode, self.modality) = (EventType::Agree, None, Modality::Occurred);
        }
    }

    /// "will make them pay", "would not tolerate it": to say so is the threat.
    pub fn say(&mut self, announced: bool) {
        let open = matches!(self.modality, Modality::Planned | Modality::Hypothetical);
        let said = matches!(self.kind, EventType::Threaten | EventType::Reject);
        if open && announced && said && !self.actors.is_empty() {
            self.modality = Modality::Occurred;
        }
    }

    /// The type in its mood: a meeting that is planned is an agreement, a strike that is announced a threat.
    pub fn mood(&mut self, site: &Site, announced: bool) {
        let speaker = self.speaker().and_then(|speaker| speaker.country.as_ref());
        let told = speaker.is_some() && self.actors.iter().any(|actor| actor.country.as_ref() == speaker);
        let vowed = site.operators.is_vowed(site.scene.tree, site.found.trigger);
        let own = told && (announced || self.modality == Modality::Planned) || vowed;
        // "The Security Council will meet on Sunday": a session is no agreement with anybody.
        if self.kind != EventType::Consult || known(&self.recipients) || self.several() {
            mood(&mut self.kind, &mut self.mode, &mut self.modality, own);
        }
    }
}
