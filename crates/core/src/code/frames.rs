//! Which codebook entry fires on a trigger: the most specific one whose words and conditions all hold.

use super::{
    arguments::{Arguments, with_conjuncts},
    cast::Cast,
    codebook::{Codebook, Condition, Entry, Filler, Frame, Need, Role},
    words::{Part, Word},
};
use crate::{EventType, Party, Relation, Tree, Upos};

/// One sentence as the matcher sees it.
pub struct Scene<'a> {
    /// The codebook.
    pub book: &'a Codebook,
    /// The tree.
    pub tree: &'a Tree<'a>,
    /// Codebook words of the tokens.
    pub words: &'a [Word],
    /// Who is who in the report.
    pub cast: &'a Cast<'a>,
    /// Index of the sentence in the report.
    pub sentence: usize,
}

/// An entry that fired.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index of the entry.
    pub entry: usize,
    /// The trigger.
    pub trigger: usize,
    /// As what it was looked up.
    pub part: Part,
    /// Tokens of the wording and of the conditions, the trigger left out.
    pub used: Vec<usize>,
    /// Tokens of the wording alone, sorted, the trigger included.
    pub wording: Vec<usize>,
    /// More words and conditions make it greater.
    pub specificity: u32,
    /// The phrases around the trigger.
    pub arguments: Arguments,
    /// Who acts.
    pub actors: Vec<Party>,
    /// On whom.
    pub recipients: Vec<Party>,
}

impl Scene<'_> {
    /// The entry that fires on a token, if any does.
    pub fn best(&self, trigger: usize) -> Option<Match> {
        let token = &self.tree.sentence.tokens[trigger];
        let part = Part::of(token.upos)?;
        // A participle before a noun ("besieged city") or a headline's "Calls" may be tagged as another part.
        let predicate = self.tree.child(trigger, Relation::Cop).is_some();
        let parts: &[Part] = match part {
            // "are on high alert"
            Part::Noun if predicate => &[Part::Adjective, Part::Noun],
            Part::Verb => &[Part::Verb, Part::Noun],
            Part::Noun => &[Part::Noun, Part::Verb],
            Part::Adjective => &[Part::Adjective],
        };
        for &part in parts {
            let Some(frames) = self.book.frames.get(&(self.words[trigger], part)) else { continue };
            let auxiliary = token.relation == Relation::Aux && token.xpos.as_str() != "MD";
            if auxiliary || part != Part::of(token.upos)? && !self.may_be(part, trigger) {
                continue;
            }
            let arguments = self.arguments(trigger, part);
            let mut best: Option<Match> = None;
            for frame in frames {
                let entry = &self.book.entries[frame.entry as usize];
                let Some(wording) = self.wording(trigger, &frame.further) else { continue };
                let Some((used, held)) = self.conditions(entry, &arguments, part, trigger) else { continue };
                let specificity = 4 * frame.further.len() as u32 + held + entry.needs.len() as u32;
                // Among equals the one whose conditions name fewer words, then the first.
                let breadth = |index: usize| self.book.entries[index].breadth;
                let behind = |best: &Match| {
                    best.specificity > specificity
                        || best.specificity == specificity && breadth(best.entry) <= entry.breadth
                };
                if best.as_ref().is_some_and(behind) {
                    continue;
                }
                // "followed up with a call **to Kyiv**": what hangs on a word that the entry asks for is looked at last.
                let parties = |arguments: &Arguments| self.parties(entry, arguments, part, trigger);
                let near = parties(&arguments).filter(|(_, recipients)| !recipients.is_empty());
                let far = || parties(&arguments.and_below(self.tree, &used));
                let Some((actors, recipients)) = near.or_else(far) else { continue };
                let used = used.into_iter().chain(wording.iter().copied().filter(|&i| i != trigger)).collect();
                let entry = frame.entry as usize;
                best = Some(Match {
                    entry,
                    trigger,
                    part,
                    used,
                    wording,
                    specificity,
                    arguments: arguments.clone(),
                    actors,
                    recipients,
                });
            }
            if best.is_some() {
                return best;
            }
        }
        None
    }

    /// The phrases around a trigger.
    pub fn arguments(&self, trigger: usize, part: Part) -> Arguments {
        match part {
            Part::Noun => {
                let class = self.book.classes.get("light-verbs");
                Arguments::of_noun(self.tree, trigger, |verb| {
                    class.is_some_and(|&class| self.book.words.is_in(class, self.tree, self.words, verb))
                })
            }
            Part::Verb | Part::Adjective => Arguments::of_verb(self.tree, trigger),
        }
    }

    /// Whether a token that is tagged otherwise may stand for this part of speech.
    fn may_be(&self, part: Part, i: usize) -> bool {
        let token = &self.tree.sentence.tokens[i];
        match part {
            // "the shelling", tagged as a verb
            Part::Noun => {
                token.xpos.as_str() == "VBG"
                    && self
                        .tree
                        .children(i)
                        .any(|c| matches!(self.tree.relation(c), Relation::Det | Relation::NmodPoss | Relation::Amod))
            }
            // "Rubio Urges Calm", tagged as a name
            Part::Verb => {
                matches!(token.xpos.as_str(), "NNPS" | "NNP" | "NNS" | "NN")
                    && matches!(token.relation, Relation::Root | Relation::Parataxis)
                    && self.tree.children(i).any(|c| matches!(self.tree.relation(c), Relation::Nsubj | Relation::Obj))
            }
            Part::Adjective => self.tree.child(i, Relation::Cop).is_some(),
        }
    }

    /// The tokens of the wording, where all its words stand with the trigger.
    pub fn wording(&self, trigger: usize, further: &[Word]) -> Option<Vec<usize>> {
        let mut found = vec![trigger];
        for &word in further {
            let next = (0..self.words.len())
                .find(|&i| self.words[i] == word && !found.contains(&i) && self.joins(i, &found, further, trigger))?;
            found.push(next);
        }
        found.sort_unstable();
        Some(found)
    }

    /// True when token `i` hangs on the words found so far, directly or as preposition of something that does, or is
    /// the noun that the trigger modifies ("the talks held in Doha").
    fn joins(&self, i: usize, found: &[usize], further: &[Word], trigger: usize) -> bool {
        let tree = self.tree;
        // "in a call" is no "make a call": a noun behind a preposition joins only with it.
        if matches!(tree.relation(i), Relation::Obl | Relation::Nmod)
            && tree.children(i).any(|c| tree.relation(c) == Relation::Case && !further.contains(&self.words[c]))
        {
            return false;
        }
        let Some(head) = tree.head(i) else { return self.lends_object(i, trigger) };
        // "On Monday Brown called Xi" is no "call on": a preposition stands behind its verb, unless it leads the trigger.
        if i < trigger && head != trigger && tree.relation(i) == Relation::Case {
            return false;
        }
        found.contains(&head)
            || matches!(tree.relation(i), Relation::Case | Relation::Mark)
                && tree.head(head).is_some_and(|above| found.contains(&above))
            || tree.relation(i) == Relation::Conj
                && tree.head(head).is_some_and(|above| found.contains(&above))
                && tree.relation(head) == Relation::Obj
            || self.lends_object(i, trigger)
    }

    fn lends_object(&self, i: usize, trigger: usize) -> bool {
        matches!(self.tree.relation(trigger), Relation::Acl | Relation::AclRelcl) && self.tree.head(trigger) == Some(i)
    }

    /// The tokens that fulfil the conditions, and how much they say; `None` where one fails.
    fn conditions(
        &self,
        entry: &Entry,
        arguments: &Arguments,
        part: Part,
        trigger: usize,
    ) -> Option<(Vec<usize>, u32)> {
        let mut used = Vec::new();
        let mut held = 0;
        for condition in &entry.conditions {
            let token = self.filler(condition, arguments, part, trigger);
            if token.is_some() == condition.forbidden {
                return None;
            }
            // A word or its class says more than that there is somebody.
            let named = token.is_some_and(|i| self.names(condition, i));
            held += if condition.forbidden { 0 } else { 1 + 2 * u32::from(named) };
            used.extend(token);
        }
        Some((used, held))
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition, arguments: &Arguments, part: Part, trigger: usize) -> bool {
        self.filler(condition, arguments, part, trigger).is_some() != condition.forbidden
    }

    /// Whether a condition holds by a word or a class, and not only because there is somebody.
    pub fn holds_by_word(&self, condition: &Condition, arguments: &Arguments, part: Part, trigger: usize) -> bool {
        self.filler(condition, arguments, part, trigger).is_some_and(|i| self.names(condition, i))
    }

    fn filler(&self, condition: &Condition, arguments: &Arguments, part: Part, trigger: usize) -> Option<usize> {
        let heads = self.tokens(condition.role, arguments, part, trigger);
        let mut tokens = heads.into_iter().flat_map(|head| with_conjuncts(self.tree, head));
        let party = condition.fillers.contains(&Filler::Party);
        tokens.find(|&i| self.names(condition, i) || party && !self.cast.parties(self.sentence, i).is_empty())
    }

    /// True when token `i` heads a phrase or is of a class that the condition names.
    fn names(&self, condition: &Condition, i: usize) -> bool {
        condition.fillers.iter().any(|filler| match filler {
            Filler::Phrase(phrase) => self.book.words.matches(phrase, self.tree, self.words, i),
            Filler::Class(class) => self.book.words.is_in(*class, self.tree, self.words, i),
            Filler::Party => false,
        })
    }

    /// Heads of the phrases in a role.
    pub fn tokens(&self, role: Role, arguments: &Arguments, part: Part, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        match role {
            Role::Subject if part == Part::Noun => arguments.owner.into_iter().chain(arguments.subject).collect(),
            Role::Subject => arguments.subject.into_iter().collect(),
            Role::Object if part == Part::Noun => {
                arguments.object.into_iter().chain(arguments.modifiers.iter().copied()).collect()
            }
            Role::Object => {
                let others = tree
                    .children(trigger)
                    .filter(|&c| tree.relation(c) == Relation::Obj && Some(c) != arguments.object);
                arguments.object.into_iter().chain(others).collect()
            }
            Role::SecondObject => arguments.second_object.into_iter().collect(),
            Role::Preposition(word) => arguments.after(self.words, word).collect(),
            Role::Owner => arguments.owner.into_iter().collect(),
            Role::Modifier => arguments.modifiers.clone(),
            Role::Clause => arguments.clauses.iter().flat_map(|&clause| with_conjuncts(tree, clause)).collect(),
            Role::ClauseSubject => {
                arguments.clauses.iter().filter_map(|&clause| super::arguments::subject(tree, clause, 4)).collect()
            }
            Role::ClauseObject => {
                arguments.clauses.iter().filter_map(|&clause| super::arguments::object(tree, clause, 4)).collect()
            }
            Role::Crisis | Role::Victims => Vec::new(),
            Role::ObjectOwner => {
                let objects = arguments.object.into_iter().flat_map(|object| with_conjuncts(tree, object));
                objects.flat_map(|object| self.owners(object)).collect()
            }
            Role::ObjectPlace => {
                let places = arguments.prepositions.iter().filter(|&&(case, _)| PLACES.contains(&tree.lemma(case)));
                places.map(|&(_, head)| head).collect()
            }
        }
    }

    /// The phrase itself and whatever tells whose it is.
    fn owners(&self, object: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut out = vec![object];
        out.extend(tree.child(object, Relation::NmodPoss));
        out.extend(super::arguments::modifiers(tree, object));
        let case = |c: usize| tree.children(c).find(|&k| tree.relation(k) == Relation::Case).map(|k| tree.lemma(k));
        out.extend(
            tree.children(object)
                .filter(|&c| tree.relation(c) == Relation::Nmod && matches!(case(c), Some("of" | "from" | "in"))),
        );
        out
    }

    /// Actors and recipients; `None` where one that the entry needs is missing.
    fn parties(
        &self,
        entry: &Entry,
        arguments: &Arguments,
        part: Part,
        trigger: usize,
    ) -> Option<(Vec<Party>, Vec<Party>)> {
        let which = usize::from(part == Part::Noun);
        let mut actors = self.first(&entry.actor[which], arguments, part, &[], trigger);
        if actors.is_empty() && part == Part::Noun && entry.actor[1].contains(&Role::Owner) {
            actors = arguments.subject.map(|subject| self.cast.parties(self.sentence, subject)).unwrap_or_default();
        }
        // "the Kashmir killings": a region does nothing.
        if part == Part::Noun && entry.kind.quad() == 4 {
            actors.retain(|party| party.country.is_none() || !party.sectors.is_empty());
        }
        // "In a call with Sharif, he said": who speaks there takes part.
        if actors.is_empty() && entry.kind == EventType::Consult && self.tree.relation(trigger) == Relation::Obl {
            let subject = self.tree.head(trigger).and_then(|verb| super::arguments::subject(self.tree, verb, 4));
            actors = subject.map(|subject| self.cast.parties(self.sentence, subject)).unwrap_or_default();
        }
        // "an Israeli strike killed", "the army's statement condemned": whose the thing is acts.
        if actors.is_empty() && part == Part::Verb && entry.actor[0].contains(&Role::Subject) {
            actors = arguments.subject.map(|subject| self.cast.owners(self.sentence, subject)).unwrap_or_default();
        }
        let mut recipients = self.first(&entry.recipient[which], arguments, part, &actors, trigger);
        // "promised Kyiv support in a call": who is spoken to there takes part.
        if recipients.is_empty() && entry.kind == EventType::Consult && self.tree.relation(trigger) == Relation::Obl {
            let verb = self.tree.head(trigger).filter(|&verb| super::arguments::is_verbal(self.tree, verb));
            let hearer = verb.and_then(|verb| {
                let iobj = self.tree.child(verb, Relation::Iobj);
                iobj.or_else(|| self.tree.child(verb, Relation::Obj))
            });
            let parties = hearer.map(|hearer| self.cast.parties(self.sentence, hearer)).unwrap_or_default();
            recipients = parties.into_iter().filter(|party| is_abroad(party, &actors)).collect();
        }
        if recipients.iter().all(|party| party.country.is_none()) {
            recipients = self.whose(entry, arguments, part, &actors, trigger, recipients);
        }
        // What is promised, refused or asked for tells whom it is meant for: "refused to send troops to **Iraq**". Two who
        // promise together promise each other; "the U.S. commitment to India": whoever promises is not whom it is for.
        let together = entry.kind == EventType::Agree && actors.iter().any(|actor| is_abroad(actor, &actors[..1]));
        let open = !entry.recipient[which].is_empty() && looks_below(entry.kind) && !together;
        let friendly = matches!(entry.kind, EventType::Agree | EventType::Support | EventType::Cooperate);
        let vague =
            |party: &Party| party.country.is_none() || !is_abroad(party, &actors) && (friendly || party.name.is_none());
        if open && (recipients.is_empty() || entry.kind.verbal()) && recipients.iter().all(vague) {
            recipients = self.named_below(entry.kind, arguments, &actors, recipients);
        }
        for need in &entry.needs {
            let there = match need {
                Need::Actor => !actors.is_empty(),
                Need::Recipient => !recipients.is_empty(),
                Need::Object => arguments.object.is_some(),
                Need::Clause => !arguments.clauses.is_empty(),
            };
            if !there {
                return None;
            }
        }
        Some((actors, recipients))
    }

    /// The parties in the first of these places that holds any but those already taken. Parties of another country go
    /// before those of the same one.
    fn first(&self, roles: &[Role], arguments: &Arguments, part: Part, taken: &[Party], trigger: usize) -> Vec<Party> {
        let mut at_home = Vec::new();
        for &role in roles {
            if role == Role::Crisis {
                return if at_home.is_empty() { self.others_in_crisis(taken, trigger) } else { at_home };
            }
            for head in self.tokens(role, arguments, part, trigger) {
                let mut found = self.cast.parties(self.sentence, head);
                // "the Damascus strike": a city beside a deed is where it was done.
                if part == Part::Noun && role == Role::Modifier {
                    found.retain(|party| party.why != "seat of government");
                }
                if found.is_empty() || found.iter().all(|party| taken.iter().any(|other| other.span == party.span)) {
                    continue;
                }
                let same =
                    |party: &Party| party.country.is_some() && taken.iter().any(|other| other.country == party.country);
                if taken.is_empty() || !found.iter().all(same) {
                    return found;
                }
                if at_home.is_empty() {
                    at_home = found;
                }
            }
        }
        at_home
    }

    /// Whose the thing is that stands in one of these places: "sanctions on **Iran**'s oil". Parties `given` that have no
    /// country get that one where the deed falls on them ("killed three farmers in **Benue**"), else give way to it.
    fn whose(
        &self,
        entry: &Entry,
        arguments: &Arguments,
        part: Part,
        taken: &[Party],
        trigger: usize,
        given: Vec<Party>,
    ) -> Vec<Party> {
        let roles = &entry.recipient[usize::from(part == Part::Noun)];
        let heads: Vec<usize> = roles.iter().flat_map(|&role| self.tokens(role, arguments, part, trigger)).collect();
        let mut unknown = given;
        for found in heads.iter().map(|&head| self.cast.owners(self.sentence, head)).chain(self.beside(&heads)) {
            let mut found = found;
            found.retain(|party| taken.iter().all(|other| other.span != party.span));
            if found.iter().any(|party| is_abroad(party, taken)) {
                found.retain(|party| is_abroad(party, taken));
                if unknown.is_empty() || entry.kind.verbal() {
                    return found;
                }
                for party in &mut unknown {
                    party.country.clone_from(&found[0].country);
                    party.why = format!("{}; country by what stands beside it", party.why);
                }
                return unknown;
            }
            if unknown.is_empty() {
                found.retain(|party| self.may_stand(party, taken));
                unknown = found;
            }
        }
        unknown
    }

    /// Who stands beside these phrases: "the border with **Belarus**", "the coup in **Niger**".
    fn beside(&self, heads: &[usize]) -> Vec<Vec<Party>> {
        let tree = self.tree;
        let case = |c: usize| tree.child(c, Relation::Case).map_or("", |case| tree.lemma(case));
        let below = heads.iter().flat_map(|&head| {
            let border = matches!(tree.lemma(head), "border" | "frontier" | "crossing" | "trade" | "tie");
            let joint = move |c: usize| match case(c) {
                "with" => border,
                word => matches!(word, "in" | "inside" | "by" | "against" | "within"),
            };
            tree.children(head).filter(move |&c| tree.relation(c) == Relation::Nmod && joint(c))
        });
        below.map(|at| self.cast.parties(self.sentence, at)).collect()
    }

    /// True for a party without a country, or one within the country of those taken that is not the state itself.
    fn may_stand(&self, party: &Party, taken: &[Party]) -> bool {
        let same = |other: &Party| other.span == party.span || other.name.is_some() && other.name == party.name;
        // "its ban" is the actor's own.
        let own = party.why.starts_with("takes up") && taken.iter().any(|other| other.country == party.country);
        !own && !taken.iter().any(same) && (party.country.is_none() || !self.cast.is_state(party))
    }

    /// The first party of another country below the phrases around the trigger ("the commitment to work with
    /// **India**"); where there is none, those `given`, else the first that may stand.
    fn named_below(&self, kind: EventType, arguments: &Arguments, taken: &[Party], given: Vec<Party>) -> Vec<Party> {
        // "In a call with Blinken, he condemned it": nobody is condemned to his face.
        let hostile = matches!(kind, EventType::Accuse | EventType::Threaten);
        let talks = |head: usize| {
            let frames = self.book.frames.get(&(self.words[head], Part::Noun));
            let consult = |frame: &Frame| self.book.entries[frame.entry as usize].kind == EventType::Consult;
            hostile && frames.is_some_and(|frames| frames.iter().any(consult))
        };
        // "while the US asks for peace" is another matter; so is what is told of the actor: "by India, which …".
        let aside = |case: usize| self.tree.relation(case) == Relation::Mark && self.tree.lemma(case) != "to";
        let acts = |head: usize| taken.iter().any(|party| party.span.holds(self.tree.sentence.tokens[head].span));
        let phrases = arguments.prepositions.iter().filter(|&&(case, _)| !aside(case)).map(|&(_, head)| head);
        let phrases = phrases.filter(|&head| !talks(head) && !acts(head));
        let tops: Vec<usize> =
            arguments.object.into_iter().chain(phrases).chain(arguments.clauses.iter().copied()).collect();
        let tokens = &self.tree.sentence.tokens;
        let mut unknown = given;
        for (i, token) in tokens.iter().enumerate() {
            let nominal = matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj);
            if !nominal
                || taken.iter().any(|party| party.span.touches(token.span))
                || !tops.iter().any(|&top| self.tree.below(i, top))
            {
                continue;
            }
            let mut found = self.cast.parties(self.sentence, i);
            if found.iter().any(|party| is_abroad(party, taken)) {
                found.retain(|party| is_abroad(party, taken));
                return found;
            }
            // A word beside a noun is nobody without a country: "military exercises".
            let beside =
                matches!(token.relation, Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::Flat);
            if unknown.is_empty() && !beside {
                found.retain(|party| self.may_stand(party, taken));
                unknown = found;
            }
        }
        unknown
    }

    /// The parties of the report's crisis without those already taken; nobody where the report has no such pair.
    fn others_in_crisis(&self, taken: &[Party], trigger: usize) -> Vec<Party> {
        let span = self.tree.sentence.tokens[trigger].span;
        let others = self.cast.focus().iter().filter(|party| taken.iter().all(|other| other.country != party.country));
        others
            .map(|party| Party {
                span,
                why: "not named here: party of the crisis in the report".to_owned(),
                ..party.clone()
            })
            .collect()
    }
}

/// True for a party of another country than those taken.
fn is_abroad(party: &Party, taken: &[Party]) -> bool {
    party.country.is_some() && taken.iter().all(|other| other.country != party.country)
}

/// Types whose recipient may stand deeper than the words of the entry tell.
fn looks_below(kind: EventType) -> bool {
    !matches!(kind, EventType::Consult | EventType::Protest | EventType::Retreat)
}

/// Prepositions of place.
const PLACES: &[&str] = &["in", "on", "at", "near", "along", "inside", "across", "into", "around", "outside", "over"];
