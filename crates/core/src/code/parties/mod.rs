//! Who acts in a claim and on whom: where an entry says that they stand, whose the thing there is, and what the report
//! implies where the sentence names nobody.

mod blame;
mod home;
mod implied;
mod sides;
mod whose;
mod wrong;

pub use blame::{About, Fallen, Told};
pub use implied::complete;

use super::{
    arguments::Arguments,
    cast::Cast,
    codebook::{Entry, Need, Role},
    frames::Scene,
    lists::{LISTS, holds},
    words::Part,
};
use crate::{EventType, Party, Relation, Tree, Upos, sentence::Entity};

impl Scene<'_> {
    /// Actors and recipients; `None` where one that the entry needs is missing.
    pub fn parties(
        &self,
        entry: &Entry,
        arguments: &Arguments,
        part: Part,
        trigger: usize,
    ) -> Option<(Vec<Party>, Vec<Party>)> {
        let which = usize::from(part == Part::Noun);
        let mut actors = self.first(entry.kind, &entry.actor[which], arguments, part, &[], trigger);
        if actors.is_empty() && part == Part::Noun && entry.actor[1].contains(&Role::Owner) {
            actors = arguments.subject.map(|subject| self.cast.parties(self.sentence, subject)).unwrap_or_default();
        }
        // "It was **the North's** fifth launch": whose it is that something is called.
        if actors.is_empty() && part != Part::Noun && entry.actor[0].contains(&Role::Owner) {
            let owner = self.tree.child(trigger, Relation::NmodPoss);
            actors = owner.map(|owner| self.cast.parties(self.sentence, owner)).unwrap_or_default();
        }
        // "the Kashmir killings": a region does nothing.
        if part == Part::Noun && entry.kind.quad() == 4 {
            actors.retain(|party| party.country.is_none() || !party.sectors.is_empty());
        }
        // "Libyan demonstrations": it is the people who demonstrate, not their government.
        if part == Part::Noun && entry.kind == EventType::Protest {
            for actor in actors.iter_mut().filter(|actor| self.cast.is_state(actor)) {
                actor.sectors = vec!["CVL"];
            }
        }
        // "In a call with Sharif, he said": who speaks there takes part.
        let phrase = measure(self.tree, trigger);
        if actors.is_empty() && entry.kind == EventType::Consult && self.tree.relation(phrase) == Relation::Obl {
            let subject = self.tree.head(phrase).and_then(|verb| super::arguments::subject(self.tree, verb, 4));
            actors = subject.map(|subject| self.cast.parties(self.sentence, subject)).unwrap_or_default();
        }
        // "an Israeli strike killed", "the army's statement condemned", "Chad's targets were": whose the thing is acts.
        if actors.is_empty() && part != Part::Noun && entry.actor[0].contains(&Role::Subject) {
            actors = arguments.subject.map(|subject| self.cast.owners(self.sentence, subject)).unwrap_or_default();
        }
        // "passed a law that bans", "signed decrees annexing": whoever made the paper does what it does.
        // "sent a team that met the premier"
        let unknown = actors.iter().all(|actor| actor.country.is_none());
        if unknown && part == Part::Verb && entry.actor[0].contains(&Role::Subject) {
            let makers = arguments.subject.map(|subject| self.makers(subject)).unwrap_or_default();
            actors = if makers.is_empty() { actors } else { makers };
        }
        // "**Thousands** marched": a crowd, though only its number is told.
        if actors.is_empty() && matches!(entry.kind, EventType::Protest | EventType::Request) && part == Part::Verb {
            actors = arguments.subject.map(|subject| self.crowd(subject)).unwrap_or_default();
        }
        // "sent fighters to strike": who sends them strikes.
        let nobody = actors.iter().all(|actor| actor.country.is_none());
        let purpose = || {
            let to = |c: usize| self.tree.relation(c) == Relation::Mark && self.tree.lemma(c) == "to";
            self.tree.relation(trigger) == Relation::Advcl && self.tree.children(trigger).any(to)
        };
        if nobody && part == Part::Verb && (self.tree.relation(trigger) == Relation::Xcomp || purpose()) {
            let sender = self.tree.head(trigger).filter(|&verb| holds(&LISTS.senders, self.tree.lemma(verb)));
            let sender = sender.and_then(|verb| super::arguments::subject(self.tree, verb, 4));
            let sender = sender.map(|sender| self.cast.parties(self.sentence, sender)).unwrap_or_default();
            if !sender.is_empty() {
                actors = sender;
            }
        }
        let mut recipients = self.first(entry.kind, &entry.recipient[which], arguments, part, &actors, trigger);
        // "warned Baghdad: expel the terrorists": who is spoken to is threatened.
        if entry.kind == EventType::Threaten && part == Part::Verb && self.tree.lemma(trigger) == "warn" {
            let hearer = arguments.object.map(|object| self.cast.parties(self.sentence, object)).unwrap_or_default();
            if !hearer.is_empty() && hearer.iter().all(|party| is_abroad(party, &actors)) {
                recipients = hearer;
            }
        }
        // "gave **them** a final warning"
        let crisis = |parties: &[Party]| parties.iter().all(is_of_crisis);
        if entry.kind.verbal() && part == Part::Verb && crisis(&recipients) {
            let hearer = self.tree.child(trigger, Relation::Iobj);
            let hearer = hearer.map(|hearer| self.cast.parties(self.sentence, hearer)).unwrap_or_default();
            if hearer.iter().any(|party| is_abroad(party, &actors)) {
                recipients = hearer;
            }
        }
        // "rejected a compromise that **Ankara** had put forward"
        if entry.kind == EventType::Reject && part == Part::Verb && crisis(&recipients) {
            let authors = arguments.object.map(|object| self.authors(object)).unwrap_or_default();
            if authors.iter().any(|party| is_abroad(party, &actors)) {
                recipients = authors;
            }
        }
        // "promised Kyiv support in a call": who is spoken to there takes part.
        if recipients.is_empty() && entry.kind == EventType::Consult && self.tree.relation(phrase) == Relation::Obl {
            let verb = self.tree.head(phrase).filter(|&verb| super::arguments::is_verbal(self.tree, verb));
            let hearer = verb.and_then(|verb| {
                let iobj = self.tree.child(verb, Relation::Iobj);
                iobj.or_else(|| self.tree.child(verb, Relation::Obj))
            });
            let parties = hearer.map(|hearer| self.cast.parties(self.sentence, hearer)).unwrap_or_default();
            recipients = parties.into_iter().filter(|party| is_abroad(party, &actors)).collect();
        }
        // "marched against the **French** presence in Niamey": against whose it is, and not where they marched.
        if entry.kind == EventType::Protest {
            let against = self.against(arguments);
            let new = |party: &Party| recipients.iter().all(|other| other.country != party.country);
            if against.iter().any(|party| is_abroad(party, &actors) && new(party)) {
                recipients = against;
            }
        }
        // "At the request of Ankara **the alliance** met": who does it is asked.
        let at = || self.tree.child(trigger, Relation::Case).is_some_and(|case| self.tree.lemma(case) == "at");
        if recipients.is_empty()
            && part == Part::Noun
            && entry.kind == EventType::Request
            && self.tree.relation(trigger) == Relation::Obl
            && at()
        {
            let subject = self.tree.head(trigger).and_then(|verb| super::arguments::subject(self.tree, verb, 4));
            let parties = subject.map(|subject| self.cast.parties(self.sentence, subject)).unwrap_or_default();
            recipients = parties.into_iter().filter(|party| is_abroad(party, &actors)).collect();
        }
        // "told **tourists** to stay away from Egypt": a government's own, wherever they are.
        let ones_own = |party: &Party| {
            let own = party.country.is_none() && home::is_ones_own(self.cast, party);
            own || party.country.is_some() && !is_abroad(party, &actors)
        };
        let people = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "BUS" | "EDU"));
        let told = entry.kind == EventType::Request && recipients.iter().any(|party| people(party) && ones_own(party));
        if told {
            recipients.retain(people);
        } else if recipients.iter().all(|party| party.country.is_none()) {
            recipients = self.whose(entry, arguments, part, &actors, trigger, recipients);
        } else if recipients.iter().all(|party| is_of_crisis(party) || is_his_own(self.cast, party, &actors)) {
            // "closed its airspace to **Moroccan** planes": whose they are goes before whom the report is about, and before
            // whose the airspace is.
            let owners = self.whose(entry, arguments, part, &actors, trigger, vec![]);
            if owners.iter().any(|party| is_abroad(party, &actors)) {
                recipients = owners;
            }
        }
        // "will retaliate if **Syria** shells its villages": who is meant is who would do that.
        if entry.kind == EventType::Threaten
            && part == Part::Verb
            && recipients.iter().all(|party| party.country.is_none() || is_of_crisis(party))
        {
            let condition = self.condition(trigger, &actors);
            if !condition.is_empty() {
                recipients = condition;
            }
        }
        // What is promised, refused or asked for tells whom it is meant for: "refused to send troops to **Iraq**". Two who
        // promise together promise each other; "the U.S. commitment to India": whoever promises is not whom it is for.
        let joint = matches!(entry.kind, EventType::Agree | EventType::Cooperate);
        let together = joint && actors.iter().any(|actor| is_abroad(actor, &actors[..1]));
        // "came under a hail of Iranian missiles": whoever suffers is the subject.
        // "the strikes violated Iraq's airspace": nor is the victim to blame.
        let suffers = (entry.kind.quad() == 4 || entry.kind == EventType::Accuse)
            && entry.recipient[which].iter().all(|&role| role == Role::Subject);
        let open = !suffers && !entry.recipient[which].is_empty() && looks_below(entry.kind) && !together;
        let friendly = matches!(entry.kind, EventType::Agree | EventType::Support | EventType::Cooperate);
        let vague =
            |party: &Party| party.country.is_none() || !is_abroad(party, &actors) && (friendly || party.name.is_none());
        // "lawmakers urged the government to break off ties with Moscow": what one body of a state asks of another.
        let first = |parties: &[Party]| parties.first().and_then(|party| party.sectors.first().copied());
        let bodies = entry.kind == EventType::Request
            && !recipients.is_empty()
            && recipients.iter().all(|party| party.country.is_some() && !is_abroad(party, &actors))
            && arguments.object.is_some_and(|object| {
                recipients.iter().any(|party| party.span.touches(self.tree.sentence.tokens[object].span))
            })
            && first(&recipients).is_some()
            && first(&actors).is_some()
            && first(&recipients) != first(&actors);
        let open = open && !told && !bodies;
        // "strung a barrier across the mouth of the **Philippine** lagoon": whom the words name goes before whom the report is
        // about.
        let unnamed = entry.kind.quad() == 4 && recipients.iter().all(is_of_crisis);
        let vague = (recipients.is_empty() || entry.kind.verbal()) && recipients.iter().all(vague);
        if open && (unnamed || vague) {
            recipients = self.named_below(entry.kind, arguments, &actors, recipients);
        }
        // "put two battalions on notice": who is sent is nobody that it is done to.
        if entry.kind == EventType::Mobilize && !actors.is_empty() {
            recipients.retain(|party| party.country.is_some() || !party.sectors.contains(&"MIL"));
        }
        if entry.kind == EventType::Accuse {
            recipients.retain(|party| !self.is_where_it_happened(party));
        }
        // "denied that **its army** had crossed the border": nobody is refused or blamed by what is his own.
        let measure = matches!(entry.kind, EventType::Sanction | EventType::Coerce)
            && recipients.iter().all(|party| party.sectors.first() == Some(&"GOV"));
        let inquiry = entry.mode.as_deref() == Some("investigate");
        let verbal = matches!(entry.kind, EventType::Reject | EventType::Accuse | EventType::Threaten);
        if (verbal || measure) && !inquiry {
            let told = |party: &Party| !party.why.starts_with("takes up") && is_his_own(self.cast, party, &actors);
            recipients.retain(|party| !told(party));
        }
        let roles = &entry.recipient[which];
        if roles.contains(&Role::ObjectOwner) && !roles.contains(&Role::Object) {
            recipients.retain(|party| !self.is_thing(party, arguments));
        }
        for need in &entry.needs {
            let there = match need {
                Need::Actor => !actors.is_empty(),
                Need::Recipient => !recipients.is_empty(),
                Need::Abroad => recipients.iter().any(|party| is_abroad(party, &actors)),
                Need::Object => arguments.object.is_some(),
                Need::Clause => !arguments.clauses.is_empty(),
                Need::Partners => actors.first().is_some_and(|one| {
                    one.country.is_some() && actors.iter().any(|actor| is_abroad(actor, &actors[..1]))
                }),
            };
            if !there {
                return None;
            }
        }
        Some((actors, recipients))
    }

    /// Whose the things are that stand behind "against".
    fn against(&self, arguments: &Arguments) -> Vec<Party> {
        let against = arguments.prepositions.iter().filter(|&&(case, _)| self.tree.lemma(case) == "against");
        let mut owners = against.map(|&(_, head)| {
            let named = self.cast.parties(self.sentence, head);
            if named.is_empty() { self.cast.owners(self.sentence, head) } else { named }
        });
        owners.find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The crowd of which only the number is told: "**thousands** marched", "tens of thousands took to the streets".
    fn crowd(&self, subject: usize) -> Vec<Party> {
        let token = &self.tree.sentence.tokens[subject];
        let number = matches!(self.tree.lemma(subject), "thousand" | "hundred" | "ten" | "dozen" | "million");
        let bare = token.xpos.as_str() == "NNS" || token.upos == Upos::Num;
        let crowd = || Party {
            span: token.span,
            sectors: vec!["CVL"],
            why: "a number of people".to_owned(),
            ..Party::default()
        };
        if number && bare { vec![crowd()] } else { Vec::new() }
    }

    /// Who would do what the clause of an "if" below a verb tells: "will strike if **Iran** attacks".
    fn condition(&self, verb: usize, taken: &[Party]) -> Vec<Party> {
        let tree = self.tree;
        let conditional = |&c: &usize| {
            tree.relation(c) == Relation::Advcl
                && tree.child(c, Relation::Mark).is_some_and(|mark| matches!(tree.lemma(mark), "if" | "unless"))
        };
        let clauses = tree.children(verb).filter(conditional);
        let doers = clauses.filter_map(|clause| super::arguments::subject(tree, clause, 2));
        let mut parties = doers.map(|doer| self.cast.parties(self.sentence, doer));
        parties.find(|found| found.iter().any(|party| is_abroad(party, taken))).unwrap_or_default()
    }

    /// Who makes or sends the thing: "**Kyiv** passed a law", "a map published by **Ankara**".
    fn makers(&self, thing: usize) -> Vec<Party> {
        let tree = self.tree;
        if !holds(&LISTS.made, tree.lemma(thing)) {
            return Vec::new();
        }
        let above = tree.head(thing).filter(|_| matches!(tree.relation(thing), Relation::Obj | Relation::NsubjPass));
        let below = tree.children(thing).filter(|&c| tree.relation(c) == Relation::Acl);
        let makes = |&verb: &usize| holds(&LISTS.makes, tree.lemma(verb));
        let Some(verb) = above.into_iter().chain(below).find(makes) else { return Vec::new() };
        let Some(maker) = super::arguments::subject(tree, verb, 4) else { return Vec::new() };
        let parties = self.cast.parties(self.sentence, maker);
        if parties.is_empty() { self.cast.owners(self.sentence, maker) } else { parties }
    }

    /// Who does what the clause behind a noun tells of it: "a plan that **Oslo** had put", "terms set by **Oslo**".
    fn authors(&self, noun: usize) -> Vec<Party> {
        let tree = self.tree;
        let clause = tree.children(noun).find(|&c| matches!(tree.relation(c), Relation::AclRelcl | Relation::Acl));
        let author = clause.and_then(|clause| {
            let agent = tree.child(clause, Relation::OblAgent);
            agent.or_else(|| tree.child(clause, Relation::Nsubj)).filter(|&author| author < clause || agent.is_some())
        });
        let pronoun = |author: &usize| tree.sentence.tokens[*author].upos == Upos::Pron;
        author
            .filter(|author| !pronoun(author))
            .map(|author| self.cast.parties(self.sentence, author))
            .unwrap_or_default()
    }

    /// The parties in the first of these places that holds any but those already taken. Parties of another country go
    /// before those of the same one.
    fn first(
        &self,
        kind: EventType,
        roles: &[Role],
        arguments: &Arguments,
        part: Part,
        taken: &[Party],
        trigger: usize,
    ) -> Vec<Party> {
        let mut at_home = Vec::new();
        let peaceful = kind.quad() < 3 && kind != EventType::Consult;
        for &role in roles {
            if role == Role::Crisis {
                if let Some(bodies) = self.convened(arguments) {
                    return bodies;
                }
                // "India sealed **the Attari** crossing": a place of one's own is not whom it is meant for.
                let place = |party: &Party| party.sectors.is_empty();
                let others = at_home.iter().all(place).then(|| self.others_in_crisis(taken, trigger));
                return others.filter(|others| !others.is_empty()).unwrap_or(at_home);
            }
            for head in self.tokens(role, arguments, part, trigger) {
                // "**In Seoul**, the president spoke of a provocation": where it is said.
                if self.is_venue(role) && kind.verbal() && part == Part::Verb && head < trigger {
                    continue;
                }
                let mut found = self.cast.parties(self.sentence, head);
                // "India and Pakistan agreed a truce **in Doha**": two who act together do so towards each other.
                if self.is_venue(role) {
                    let several = taken.iter().any(|party| is_abroad(party, &taken[..1]));
                    let own = |party: &Party| taken.iter().any(|other| other.country == party.country);
                    let venue = |party: &Party| several || peaceful && party.why == "seat of government";
                    found.retain(|party| own(party) || !venue(party));
                }
                // "the Damascus strike": a city beside a deed is where it was done.
                if part == Part::Noun && role == Role::Modifier {
                    found.retain(|party| party.why != "seat of government");
                }
                if role == Role::ObjectOwner && !roles.contains(&Role::Object) {
                    found.retain(|party| !self.is_thing(party, arguments));
                }
                if found.is_empty() || found.iter().all(|party| taken.iter().any(|other| other.span == party.span)) {
                    continue;
                }
                let same =
                    |party: &Party| party.country.is_some() && taken.iter().any(|other| other.country == party.country);
                // "urged its citizens to leave Chad": whoever is told to is asked, though they are its own.
                let people =
                    |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "BUS" | "EDU"));
                let told = kind == EventType::Request && role == Role::Object && found.iter().all(people);
                if taken.is_empty() || told || !found.iter().all(same) {
                    return found;
                }
                if at_home.is_empty() {
                    at_home = found;
                }
            }
        }
        at_home
    }

    /// True for "in": where they are, and not whom they deal with.
    fn is_venue(&self, role: Role) -> bool {
        role == Role::Preposition(self.book.words.find("in"))
    }

    /// True for the town in "called **the Kabul bombing** a crime": it suffered what somebody is accused of.
    fn is_where_it_happened(&self, party: &Party) -> bool {
        let town = party.country.is_some() && (party.sectors.is_empty() || party.why == "seat of government");
        let violent = |noun: usize| {
            let frames = self.book.frames.get(&(self.words[noun], Part::Noun)).into_iter().flatten();
            let mut kinds = frames.map(|frame| self.book.entries[frame.entry as usize].kind);
            holds(&LISTS.incidents, self.tree.lemma(noun)) || kinds.any(|kind| kind == EventType::Assault)
        };
        let tokens = &self.tree.sentence.tokens;
        let inside = |i: &usize| party.span.touches(tokens[*i].span);
        let above = (0..tokens.len()).filter(inside).find_map(|i| self.tree.head(i).filter(|head| !inside(head)));
        let beside = |&noun: &usize| super::arguments::modifiers(self.tree, noun).iter().any(inside);
        town && above.filter(beside).is_some_and(violent)
    }

    /// True for the thing in "shut the **Unity Border Post**": where its owner is meant, its own name makes it no party.
    fn is_thing(&self, party: &Party, arguments: &Arguments) -> bool {
        let object = arguments.object.filter(|_| party.country.is_none());
        object.is_some_and(|object| {
            let holds = |entity: &&Entity| entity.first <= object && object < entity.last;
            let name = self.tree.sentence.entities.iter().find(holds).map_or(object..object + 1, |e| e.first..e.last);
            name.into_iter().any(|i| party.span.touches(self.tree.sentence.tokens[i].span))
        })
    }

    /// Whose the meeting is that is called for: "asked for a meeting of **the UN Security Council**".
    fn convened(&self, arguments: &Arguments) -> Option<Vec<Party>> {
        let tree = self.tree;
        let of = |&c: &usize| tree.child(c, Relation::Case).is_some_and(|case| tree.lemma(case) == "of");
        let called = arguments.prepositions.iter().filter(|&&(case, _)| tree.lemma(case) == "for");
        called.map(|&(_, head)| head).chain(arguments.object).find_map(|head| {
            let whose = tree.children(head).filter(|&c| tree.relation(c) == Relation::Nmod).find(of)?;
            let found = self.cast.parties(self.sentence, whose);
            found.iter().any(|party| self.cast.is_organization(party)).then_some(found)
        })
    }

    /// The parties of the report's crisis without those already taken; nobody where the report has no such pair.
    fn others_in_crisis(&self, taken: &[Party], trigger: usize) -> Vec<Party> {
        let span = self.tree.sentence.tokens[trigger].span;
        let others = self.cast.focus().iter().filter(|party| taken.iter().all(|other| other.country != party.country));
        others.map(|party| Party { span, why: implied::IN_CRISIS.to_owned(), ..party.clone() }).collect()
    }
}

/// "Two hours of talks": the head of the phrase, the amount; `noun` itself where none is measured.
fn measure(tree: &Tree, noun: usize) -> usize {
    let above = tree.head(noun).filter(|_| tree.relation(noun) == Relation::Nmod);
    let amount = |&head: &usize| holds(&LISTS.amounts, tree.lemma(head)) || holds(&LISTS.durations, tree.lemma(head));
    above.filter(amount).unwrap_or(noun)
}

/// True for a party that no word of the sentence names and that only the report's crisis tells of.
pub(super) fn is_of_crisis(party: &Party) -> bool {
    party.why.starts_with(implied::IN_CRISIS)
}

/// True for the owner of something that is the actor's own: "**its** airspace".
pub(super) fn is_his_own(cast: &Cast, party: &Party, actors: &[Party]) -> bool {
    let own = ["«its»", "«their»", "«his»", "«her»"].iter().any(|word| party.why.ends_with(word));
    (own || cast.is_pronoun(party))
        && party.country.is_some()
        && actors.iter().any(|actor| actor.country == party.country)
}

/// True for a party of another country than those taken.
pub(super) fn is_abroad(party: &Party, taken: &[Party]) -> bool {
    party.country.is_some() && taken.iter().all(|other| other.country != party.country)
}

/// Types whose recipient may stand deeper than the words of the entry tell.
fn looks_below(kind: EventType) -> bool {
    !matches!(kind, EventType::Consult | EventType::Protest | EventType::Retreat)
}
