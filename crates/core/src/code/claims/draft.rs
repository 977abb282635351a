//! A claim in the making: who acts, where the sentence itself does not say it of the act.

use super::Layers;
use crate::{
    AccordingTo, Attribution, EventType, Modality, Party, Relation as R, Span,
    code::{
        agreement,
        codebook::Entry,
        deeds::is_suffered,
        frames::{Match, Scene},
        modality::Operators,
        words::Part,
    },
};

/// A match in its sentence.
pub(super) struct Site<'a> {
    pub scene: &'a Scene<'a>,
    pub operators: &'a Operators,
    pub layers: &'a Layers<'a>,
    pub found: &'a Match,
    pub entry: &'a Entry,
}

/// A claim in the making.
pub(super) struct Draft {
    pub kind: EventType,
    pub mode: Option<String>,
    pub modality: Modality,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub attribution: Option<AccordingTo>,
    /// Whoever says it is the one who acts.
    pub voiced: bool,
}

impl Draft {
    /// What the words of the entry tell. `span` are those of the claim.
    pub fn new(site: &Site, span: Span) -> Self {
        let Site { scene, operators, layers, found, entry } = *site;
        Self {
            kind: entry.kind,
            mode: entry.mode.clone(),
            modality: operators.modality(scene.tree, found.trigger, &found.wording),
            actors: found.actors.clone(),
            recipients: found.recipients.clone(),
            attribution: according_to(layers, scene, found, span),
            voiced: false,
        }
    }

    /// Who says it.
    pub fn speaker(&self) -> Option<&Party> {
        self.attribution.as_ref().and_then(|said| said.source.as_ref())
    }

    /// Whether those who act are of more than one country.
    pub fn several(&self) -> bool {
        self.actors.iter().any(|actor| actor.country != self.actors[0].country)
    }

    /// "Pakistan must act, he said": who says a demand or a threat makes it. False where nobody is charged with anything.
    pub fn voice(&mut self, site: &Site) -> bool {
        let Site { scene, found, entry, .. } = *site;
        if !self.actors.is_empty() || !self.kind.verbal() || is_suffered(scene.tree, found, entry) {
            return true;
        }
        let Some(speaker) = self.speaker().cloned() else { return true };
        // Whoever says it is none of those in the crisis that it is meant for.
        let implied = |party: &Party| party.is_implied() && party.country == speaker.country;
        self.recipients.retain(|party| !implied(party));
        // Nobody charges himself, nor his own state: "Canada was not looking to provoke anyone, its minister said" is no
        // charge, and of "Russia's terms were not met, its envoy said" somebody else is guilty.
        let state = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "MIL"));
        let himself = |party: &Party| party.name.is_some() && party.name == speaker.name;
        let own = |party: &Party| state(party) && state(&speaker) && party.country == speaker.country;
        if self.kind == EventType::Accuse && !found.recipients.is_empty() {
            let denied = self.modality == Modality::Negated && found.recipients.iter().all(own);
            if denied || found.recipients.iter().all(himself) {
                return false;
            }
            self.recipients.retain(|party| !own(party));
        }
        self.actors.push(speaker);
        self.voiced = true;
        if matches!(self.modality, Modality::Hypothetical | Modality::Planned) {
            self.modality = Modality::Occurred;
        }
        true
    }

    /// Who acts where the sentence leaves it to the words around it.
    pub fn acts(&mut self, site: &Site) {
        let Site { scene, layers, found, .. } = *site;
        let tree = scene.tree;
        let span = tree.sentence.tokens[found.trigger].span;
        // "The statement urged Chad to": whose it is tells who speaks.
        if self.actors.is_empty() && self.kind.verbal() && found.part == Part::Verb {
            let said = layers.statements.reported_by(span);
            self.actors.extend(said.into_iter().flat_map(|said| said.speakers.clone()));
        }
        if self.actors.is_empty() && matches!(tree.relation(found.trigger), R::Root | R::Conj | R::Parataxis | R::Advcl)
        {
            let named = |party: &&Party| self.recipients.iter().all(|other| other.country != party.country);
            self.actors.extend(layers.heading.iter().filter(named).map(|party| Party { span, ..party.clone() }));
        }
    }

    /// Who agrees where nobody is named.
    pub fn agrees<'c>(&mut self, site: &Site, told: impl DoubleEndedIterator<Item = &'c crate::Claim>) {
        if !self.actors.is_empty() {
            return;
        }
        let Site { scene, found, entry, .. } = *site;
        let found_by = |party: Party| Party { span: scene.tree.sentence.tokens[found.trigger].span, ..party };
        let agreeing = agreement::agreeing(self.kind, entry.reciprocal, &self.recipients, told, scene.cast.focus());
        self.actors = agreeing.into_iter().map(found_by).collect();
    }

    /// True where nobody is told of: nobody helps nobody, and "seized rifles" alone tell of no seizure.
    pub fn is_of_nobody(&self, site: &Site) -> bool {
        let nobody = match self.kind {
            EventType::Aid | EventType::Cooperate => !known(&self.actors),
            kind => {
                let rifles = site.scene.tree.relation(site.found.trigger) == R::Amod;
                self.actors.is_empty() && (kind.verbal() || rifles)
            }
        };
        nobody && !known(&self.recipients)
    }
}

/// True where the country of one of these is known.
pub(super) fn known(parties: &[Party]) -> bool {
    parties.iter().any(|party| party.country.is_some())
}

/// The innermost reported statement that holds the claim, if it is not the claim's own verb that reports.
fn according_to(layers: &Layers, scene: &Scene, found: &Match, span: Span) -> Option<AccordingTo> {
    let trigger = scene.tree.sentence.tokens[found.trigger].span;
    let core = if span.holds(trigger) { trigger } else { span };
    let said = layers.statements.innermost(core)?;
    let source = said.speakers.first().cloned().or_else(|| press(layers, said));
    Some(AccordingTo { source, cue: said.cue, stance: said.stance, form: said.form })
}

/// "It has been reported", "there are reports of": the press says so.
fn press(layers: &Layers, said: &Attribution) -> Option<Party> {
    let cue = said.cue.of(&layers.report.text).to_lowercase();
    let reported = said.source.is_none() && cue.contains("report");
    reported.then(|| Party {
        span: said.cue,
        name: None,
        country: Some("MEDIA".to_owned()),
        sectors: vec!["JRN"],
        wikidata: None,
        why: "reported, without a source: the press".to_owned(),
    })
}
