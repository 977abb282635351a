//! Which codebook entry fires on a trigger: the most specific one whose words and conditions all hold.

use std::borrow::Cow;

use super::{
    arguments::{Arguments, measured, with_conjuncts},
    cast::Cast,
    codebook::{Codebook, Condition, Entry, Filler, Frame, Role},
    gerunds,
    lists::{LISTS, holds},
    parties::{is_his_own, is_of_crisis},
    words::{Part, Present, Word},
};
use crate::{EntityKind, EventType, Party, Relation, Tree, Upos, sentence::Entity, world::places::is_of_place};

/// What a condition counts that holds by a word or a class, where others count one.
const NAMED: u32 = 3;

/// One sentence as the matcher sees it.
pub struct Scene<'a> {
    /// The codebook.
    pub book: &'a Codebook,
    /// The tree.
    pub tree: &'a Tree<'a>,
    /// Codebook words of the tokens.
    pub words: &'a [Word],
    /// The same at a glance.
    pub present: Present,
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

/// What was found for one trigger: every entry of it asks for the same few roles, and below the same few words.
#[derive(Default)]
struct Asked {
    /// Tokens by role.
    near: Vec<(Role, Vec<usize>)>,
    /// The arguments with what stands below these words, if anything does.
    below: Vec<(Vec<usize>, Option<Arguments>)>,
}

impl Asked {
    /// The arguments with what stands below the words used and those of the wording.
    fn below(
        &mut self,
        used: &[usize],
        wording: &[usize],
        read: impl Fn(&[usize]) -> Option<Arguments>,
    ) -> Option<&Arguments> {
        let same = |words: &[usize]| words.strip_prefix(used).is_some_and(|rest| rest == wording);
        let at = self.below.iter().position(|(words, _)| same(words)).unwrap_or_else(|| {
            let words = [used, wording].concat();
            let found = read(&words);
            self.below.push((words, found));
            self.below.len() - 1
        });
        self.below[at].1.as_ref()
    }
}

impl Scene<'_> {
    /// The entry that fires on a token, if any does.
    pub fn best(&self, trigger: usize) -> Option<Match> {
        self.best_of(trigger, |_, _| true)
    }

    /// The entry that fires on a token among those that may.
    pub fn best_of(&self, trigger: usize, may: impl Fn(&Entry, Part) -> bool) -> Option<Match> {
        let token = &self.tree.sentence.tokens[trigger];
        // "It was **up** to Oslo": an adverb with "be" is a predicate.
        let adverb = token.upos == Upos::Adv && self.tree.child(trigger, Relation::Cop).is_some();
        let own = Part::of(token.upos).or(adverb.then_some(Part::Adjective));
        let part = own?;
        // "**Ban** Ki-moon": what a person is called tells of no deed.
        let name = |entity: &Entity| entity.kind == EntityKind::Per && entity.first == trigger;
        if token.upos == Upos::Propn && self.tree.sentence.entities.iter().any(name) {
            return None;
        }
        // "flew out **the wounded**": people, and nobody who wounds them.
        let article = |c: usize| self.tree.relation(c) == Relation::Det && c < trigger;
        if token.xpos.as_str() == "VBN" && self.tree.children(trigger).any(article) {
            return None;
        }
        // A participle before a noun ("besieged city") or a headline's "Calls" may be tagged as another part.
        let predicate = self.tree.child(trigger, Relation::Cop).is_some();
        let parts: &[Part] = match part {
            // "are on high alert"
            Part::Noun if predicate => &[Part::Adjective, Part::Noun],
            Part::Verb => &[Part::Verb, Part::Noun],
            Part::Noun => &[Part::Noun, Part::Verb],
            Part::Adjective => &[Part::Adjective],
        };
        let auxiliary = token.relation == Relation::Aux && token.xpos.as_str() != "MD";
        let may_stand = |&part: &Part| !auxiliary && (Some(part) == own || self.may_be(part, trigger));
        let mut ways: Vec<(Part, &[Frame], Option<bool>)> = Vec::new();
        for part in parts.iter().copied().filter(may_stand) {
            ways.extend(self.book.frames.get(&(self.words[trigger], part)).map(|frames| (part, &frames[..], None)));
        }
        if let Some((frames, noun)) = gerunds::frames(self, trigger) {
            // "the **closing** of the border" acts on the border, however it is tagged; a noun of its own goes before.
            let at = ways.iter().take_while(|(part, ..)| *part == Part::Noun).count();
            ways.insert(at, (Part::Noun, frames, Some(noun)));
        }
        for (part, frames, gerund) in ways {
            let arguments = self.arguments(trigger, part);
            let mut best: Option<Match> = None;
            let mut asked = Asked::default();
            let alone = [trigger];
            for frame in frames {
                let entry = &self.book.entries[frame.entry as usize];
                if gerund.is_some_and(|noun| !gerunds::keeps_sense(entry, noun)) || !may(entry, part) {
                    continue;
                }
                let wording = if frame.further.is_empty() {
                    Cow::Borrowed(&alone[..])
                } else {
                    let Some(wording) = self.wording(trigger, &frame.further) else { continue };
                    Cow::Owned(wording)
                };
                let found = self.conditions(entry, &arguments, part, &wording, trigger, &mut asked);
                let Some((used, held)) = found else {
                    continue;
                };
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
                let near = parties(&arguments);
                let named = |(actors, recipients): &(Vec<Party>, Vec<Party>)| {
                    let own =
                        |one: &Party| one.country.is_some() && actors.iter().any(|actor| actor.country == one.country);
                    recipients.iter().any(|party| !is_of_crisis(party) && !own(party))
                };
                let said = near.as_ref().is_some_and(|(actors, found)| {
                    found.iter().any(|party| !is_of_crisis(party) && !is_his_own(self.cast, party, actors))
                });
                let asked =
                    || used.iter().chain(wording.iter().filter(|&&i| i != trigger)).copied().collect::<Vec<_>>();
                let wider = if said { None } else { arguments.and_below(self.tree, &asked()) };
                let unsaid = near.as_ref().is_none_or(|(_, recipients)| recipients.is_empty());
                let wider = wider.and_then(|wider| parties(&wider)).filter(|wider| unsaid || named(wider));
                // "Lorries with wheat **from Norway** rolled in": who sent them stands below a word that the entry asks for.
                let nobody = part != Part::Noun && near.as_ref().is_some_and(|(actors, _)| actors.is_empty());
                let deeper = || arguments.and_below(self.tree, &asked()).and_then(|wider| parties(&wider));
                let sender = if nobody && wider.is_none() { deeper().map(|(actors, _)| actors) } else { None };
                let Some((mut actors, recipients)) = wider.or(near) else { continue };
                if let Some(sender) = sender.filter(|_| actors.is_empty()) {
                    actors = sender;
                }
                if actors.is_empty() && entry.actor[0].contains(&Role::Subject) {
                    actors = arguments.subject.map(|subject| self.senders(subject)).unwrap_or_default();
                }
                if actors.is_empty() && part != Part::Noun && entry.kind.quad() == 4 {
                    let things: Vec<usize> = wording.iter().chain(&used).copied().collect();
                    let unsaid = arguments.passive && arguments.subject.is_none();
                    if unsaid || !entry.actor[0].contains(&Role::Subject) {
                        actors = self.of_words(&things, trigger, &recipients);
                    }
                }
                let used = used.into_iter().chain(wording.iter().copied().filter(|&i| i != trigger)).collect();
                let entry = frame.entry as usize;
                best = Some(Match {
                    entry,
                    trigger,
                    part,
                    used,
                    wording: wording.into_owned(),
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

    /// Whose the things are that a wording names where whoever suffers stands first: "came under **Iranian** fire",
    /// "died in an **Israeli** raid".
    fn of_words(&self, things: &[usize], trigger: usize, taken: &[Party]) -> Vec<Party> {
        let free = |party: &Party| party.country.is_some() && taken.iter().all(|other| other.country != party.country);
        // "killed in an ambush **by gunmen**": whoever is named there has no country to be told apart by.
        let other = |party: &Party| taken.iter().all(|other| other.span != party.span);
        for thing in things.iter().copied().filter(|&i| i != trigger) {
            for at in [thing, measured(self.tree, thing)] {
                let (owners, senders) = (self.cast.owners(self.sentence, at), self.senders(at));
                if owners.iter().any(free) {
                    return owners;
                }
                if senders.iter().any(|party| free(party) || party.country.is_none() && other(party)) {
                    return senders;
                }
            }
        }
        vec![]
    }

    /// Who sent a thing that hits: "a missile fired **by the rebels**", "a rocket launched **from Gaza**".
    fn senders(&self, thing: usize) -> Vec<Party> {
        let tree = self.tree;
        let sent = |&c: &usize| tree.relation(c) == Relation::Acl && holds(&LISTS.sends, tree.lemma(c));
        let by =
            |&c: &usize| tree.child(c, Relation::Case).is_some_and(|case| matches!(tree.lemma(case), "by" | "from"));
        let agents = tree.children(thing).filter(sent).flat_map(|verb| tree.children(verb).filter(by));
        // "gunfire **from a helicopter**", "rockets **from Gaza**", "an ambush **by rebels**"
        let from = |&c: &usize| {
            tree.relation(c) == Relation::Nmod
                && tree.child(c, Relation::Case).is_some_and(|case| matches!(tree.lemma(case), "by" | "from"))
        };
        let agents = agents.chain(tree.children(thing).filter(from));
        let parties = |c: usize| {
            let found = self.cast.parties(self.sentence, c);
            if found.is_empty() { self.cast.owners(self.sentence, c) } else { found }
        };
        agents.map(parties).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The phrases around a trigger.
    pub fn arguments(&self, trigger: usize, part: Part) -> Arguments {
        match part {
            Part::Noun => {
                let class = self.book.classes.get("light-verbs");
                let found = Arguments::of_noun(self.tree, trigger, |verb| {
                    class.is_some_and(|&class| self.book.words.is_in(class, self.tree, self.words, verb))
                });
                gerunds::undergone(found, self.tree, |i| !self.cast.parties(self.sentence, i).is_empty())
            }
            Part::Verb | Part::Adjective => Arguments::of_verb(self.tree, trigger),
        }
    }

    /// Whether a token that is tagged otherwise may stand for this part of speech.
    pub(super) fn may_be(&self, part: Part, i: usize) -> bool {
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
        // Most wordings ask for a word that the sentence does not have.
        if !further.iter().all(|&word| self.present.may_hold(word) && self.words.contains(&word)) {
            return None;
        }
        let mut found = vec![trigger];
        let mut left: Vec<Word> = further.to_vec();
        // In any order: in "make phone call" the last word joins first.
        while !left.is_empty() {
            let (at, next) = left.iter().enumerate().find_map(|(at, &word)| {
                let joins = |&i: &usize| {
                    self.words[i] == word && !found.contains(&i) && self.joins(i, &found, further, trigger)
                };
                Some((at, (0..self.words.len()).find(joins)?))
            })?;
            left.remove(at);
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
        // "told him that the deal was **off**" tells nobody off: what has a clause of its own is no particle.
        let clause =
            || tree.child(i, Relation::Cop).is_some() && matches!(tree.relation(i), Relation::Ccomp | Relation::Advcl);
        if head == trigger && clause() {
            return false;
        }
        // "withdrew its envoys and **demanded** more" withdraws no demand: another verb is no part of this one.
        let verb = matches!(tree.sentence.tokens[i].upos, Upos::Verb);
        if head == trigger && verb && matches!(tree.relation(i), Relation::Conj | Relation::Parataxis) {
            return false;
        }
        // "The **delivery** took a year" is no "take delivery": what somebody does is no subject.
        let acts = head == trigger && tree.relation(i) == Relation::Nsubj && tree.lemma(trigger) != "be";
        if acts && tree.sentence.tokens[i].upos == Upos::Noun {
            return false;
        }
        // "On Monday Brown called Xi" is no "call on": a preposition stands behind its verb, unless it leads the trigger.
        if i < trigger && head != trigger && tree.relation(i) == Relation::Case {
            return false;
        }
        // "gives Kyiv arms in winter" gives in to nobody.
        let between = || tree.children(trigger).any(|c| tree.relation(c) == Relation::Obj && c < i);
        if tree.relation(i) == Relation::Case
            && tree.lemma(i) == "in"
            && holds(&LISTS.give_in, tree.lemma(trigger))
            && between()
        {
            return false;
        }
        // "if Syria **strikes**" is no "strike if": what somebody does on a condition has it below.
        if head == trigger && tree.relation(i) == Relation::Mark && tree.lemma(i) == "if" {
            return false;
        }
        // Nor is "called Xi on Monday".
        if tree.relation(i) == Relation::Case && holds(&LISTS.days, &tree.lemma(head).to_lowercase()) {
            return false;
        }
        found.contains(&head)
            || matches!(tree.relation(i), Relation::Case | Relation::Mark)
                && tree.head(head).is_some_and(|above| found.contains(&above))
            || tree.relation(i) == Relation::Conj
                && tree.head(head).is_some_and(|above| found.contains(&above))
                && tree.relation(head) == Relation::Obj
            // "called the vote a sham", the second object taken for a part of the first
            || matches!(tree.relation(i), Relation::Obj | Relation::Appos)
                && tree.relation(head) == Relation::Obj
                && tree.head(head) == Some(trigger)
            // "holds the captain **responsible**": a quality behind its noun belongs to the verb
            || tree.relation(i) == Relation::Amod
                && i > head
                && tree.relation(head) == Relation::Obj
                && tree.head(head) == Some(trigger)
            || self.lends_object(i, trigger)
            // "vowed **not** to negotiate"
            || tree.lemma(i) == "not" && tree.head(head) == Some(trigger) && self.is_refused(trigger, head)
            // "Not one of the terms was kept", "kept no promise": a negation at who or what is acted on
            || tree.head(head) == Some(trigger)
                && matches!(tree.relation(i), Relation::Det | Relation::Advmod)
                && matches!(tree.relation(head), Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
                && matches!(tree.lemma(i).to_ascii_lowercase().as_str(), "not" | "no")
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
        wording: &[usize],
        trigger: usize,
        asked: &mut Asked,
    ) -> Option<(Vec<usize>, u32)> {
        let mut used = Vec::new();
        let mut held = 0;
        // "told Reuters that Ethiopia had attacked": what the clause tells is asked of nobody.
        let clauses = &arguments.clauses;
        let told = || !clauses.is_empty() && clauses.iter().all(|&clause| self.is_told(trigger, clause));
        // "…, the general told reporters": what he told stands before it, and is asked of nobody either.
        let bare = || clauses.is_empty() && matches!(self.tree.lemma(trigger), "tell" | "inform" | "brief");
        if entry.kind == EventType::Request && entry.content && (told() || bare()) {
            return None;
        }
        // "A soldier was captured": who did it is not told, and need not be whom the entry asks for.
        let unsaid = part == Part::Verb && arguments.passive && arguments.subject.is_none()
            || part == Part::Noun && gerunds::leaves_open(entry, self.tree, arguments);
        let mut waived = false;
        for condition in &entry.conditions {
            if unsaid && condition.role == Role::Subject && !condition.forbidden {
                waived = true;
                continue;
            }
            let told = |&i: &usize| {
                condition.role == Role::Clause && entry.kind == EventType::Request && self.is_told(trigger, i)
            };
            // Every entry of a trigger asks for the same few roles.
            let at = asked.near.iter().position(|(role, _)| *role == condition.role).unwrap_or_else(|| {
                asked.near.push((condition.role, self.in_role(condition.role, arguments, part, trigger)));
                asked.near.len() - 1
            });
            // "promised **not** to attack" threatens nothing, "vowed not to negotiate" agrees to nothing.
            let refused = |i: &usize| {
                condition.role == Role::Clause
                    && !condition.forbidden
                    && matches!(entry.kind, EventType::Threaten | EventType::Agree)
                    && self.is_refused(trigger, *i)
            };
            let mut token = self.filler_of(condition, &asked.near[at].1).filter(|i| !told(i) && !refused(i));
            // "acting in solidarity **with Togo**", "lorries **with wheat** rolled in": below a word that the entry asks for.
            if token.is_none() && !condition.forbidden && matches!(condition.role, Role::Preposition(_)) {
                let below = asked.below(&used, wording, |words| arguments.and_below(self.tree, words));
                token = below.and_then(|below| self.filler(condition, below, part, trigger));
            }
            if token.is_some() == condition.forbidden {
                return None;
            }
            // A word or its class says more than that there is somebody.
            let named = token.is_some_and(|i| self.names(condition, i));
            held += if condition.forbidden { 0 } else { 1 + (NAMED - 1) * u32::from(named) };
            used.extend(token);
        }
        // A verb that only its subject makes a deed of that sort is none without; whatever asks for no subject goes first.
        if waived { (held >= NAMED).then_some((used, 0)) } else { Some((used, held)) }
    }

    /// True for the infinitive of "vowed **not** to negotiate".
    fn is_refused(&self, trigger: usize, clause: usize) -> bool {
        let tree = self.tree;
        let not = |c: usize| tree.relation(c) == Relation::Advmod && matches!(tree.lemma(c), "not" | "never");
        let to = |c: usize| tree.relation(c) == Relation::Mark && tree.lemma(c) == "to";
        holds(&LISTS.commits, tree.lemma(trigger))
            && tree.relation(clause) == Relation::Xcomp
            && tree.children(clause).any(to)
            && tree.children(clause).any(not)
    }

    /// True for "told them that Europe **stood** with them": a fact, and nothing to be done.
    fn is_told(&self, trigger: usize, clause: usize) -> bool {
        let tree = self.tree;
        // "had attacked" is no duty; "has to attack" hangs on "have".
        let duty = |c: usize| {
            tree.relation(c) == Relation::Aux && tree.lemma(c) != "have" && holds(&LISTS.duties, tree.lemma(c))
        };
        // "insisted that no law **had** been broken", but not "that the law **be** changed"
        // "told parliament that it **could** hardly have been done": a duty is looked for below.
        let past = |i: usize| matches!(tree.sentence.tokens[i].xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
        let helps = |c: usize| matches!(tree.relation(c), Relation::Aux | Relation::AuxPass | Relation::Cop);
        let finite = || past(clause) || tree.children(clause).any(|c| helps(c) && past(c));
        // "sent the message that Europe **stood** with them"
        let message = matches!(tree.relation(clause), Relation::Acl | Relation::AclRelcl)
            && tree.head(clause).is_some_and(|noun| tree.lemma(noun) == "message")
            && tree.children(clause).any(|c| tree.relation(c) == Relation::Mark && tree.lemma(c) == "that");
        (message || holds(&LISTS.tells, tree.lemma(trigger)) && tree.relation(clause) == Relation::Ccomp)
            && (tree.child(clause, Relation::Nsubj).is_some() || finite())
            && !tree.children(clause).any(duty)
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
        self.filler_of(condition, &self.in_role(condition.role, arguments, part, trigger))
    }

    /// The first of the tokens that a condition names.
    fn filler_of(&self, condition: &Condition, tokens: &[usize]) -> Option<usize> {
        let party = |i: usize| condition.party && !self.cast.parties(self.sentence, i).is_empty();
        let fits = |&i: &usize| self.names(condition, i) || party(i);
        tokens.iter().copied().find(fits)
    }

    /// Heads of the phrases in a role, with what is joined to each by "and".
    fn in_role(&self, role: Role, arguments: &Arguments, part: Part, trigger: usize) -> Vec<usize> {
        let heads = self.tokens(role, arguments, part, trigger);
        heads.into_iter().flat_map(|head| with_conjuncts(self.tree, head)).collect()
    }

    /// True when token `i` heads a phrase or is of a class that the condition names.
    fn names(&self, condition: &Condition, i: usize) -> bool {
        self.words[i] != Word::NONE
            && condition.fillers.iter().any(|filler| match filler {
                Filler::Phrase(phrase) => self.book.words.matches(phrase, self.tree, self.words, i),
                Filler::Class(class) => self.book.words.is_in(*class, self.tree, self.words, i),
                Filler::Party => false,
            })
    }

    /// Heads of the phrases in a role.
    pub fn tokens(&self, role: Role, arguments: &Arguments, part: Part, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        match role {
            Role::Subject if part == Part::Noun => {
                let doer = gerunds::doers(tree, arguments);
                arguments.owner.into_iter().chain(arguments.subject).chain(doer).collect()
            }
            // "three of its soldiers died"
            Role::Subject => {
                let counted = arguments.subject.map(|subject| measured(tree, subject));
                arguments.subject.into_iter().chain(counted.filter(|&it| arguments.subject != Some(it))).collect()
            }
            Role::Object if part == Part::Noun => {
                arguments.object.into_iter().chain(arguments.modifiers.iter().copied()).collect()
            }
            Role::Object => {
                let others = tree
                    .children(trigger)
                    .filter(|&c| tree.relation(c) == Relation::Obj && Some(c) != arguments.object);
                // "strikes $3bn **deal**", "sank two of the **boats**"
                let counted = arguments.object.map(|object| measured(tree, object));
                let counted = counted.filter(|&it| arguments.object != Some(it));
                let priced = arguments.object.filter(|&object| tree.sentence.tokens[object].upos == Upos::Sym);
                let priced = priced.and_then(|price| tree.child(price, Relation::Appos));
                arguments.object.into_iter().chain(others).chain(counted).chain(priced).collect()
            }
            Role::SecondObject => arguments.second_object.into_iter().collect(),
            // "set fire to part of the embassy"
            Role::Preposition(word) => {
                // "Egypt's expulsion by the League" is the expulsion **of** Egypt.
                let owned = arguments.object.filter(|_| part == Part::Noun && word == self.book.words.find("of"));
                let owned = owned.filter(|&object| !arguments.prepositions.iter().any(|&(_, head)| head == object));
                arguments.after(self.words, word).map(|head| measured(tree, head)).chain(owned).collect()
            }
            Role::Owner => arguments.owner.into_iter().collect(),
            Role::Modifier => arguments.modifiers.clone(),
            Role::Clause => arguments.clauses.iter().flat_map(|&clause| with_conjuncts(tree, clause)).collect(),
            Role::ClauseSubject => {
                arguments.clauses.iter().filter_map(|&clause| super::arguments::subject(tree, clause, 4)).collect()
            }
            Role::ClauseObject => {
                // "marched to demand that **the premier** quit"
                let told = |clause: usize| {
                    let told = tree.child(clause, Relation::Ccomp);
                    told.and_then(|told| super::arguments::subject(tree, told, 4))
                };
                let objects = |&clause: &usize| super::arguments::object(tree, clause, 4).or_else(|| told(clause));
                arguments.clauses.iter().filter_map(objects).collect()
            }
            Role::Crisis | Role::Victims => Vec::new(),
            Role::ObjectOwner => {
                let objects = arguments.object.into_iter().flat_map(|object| with_conjuncts(tree, object));
                objects.flat_map(|object| self.owners(object)).collect()
            }
            Role::ObjectPlace => {
                let places = arguments.prepositions.iter().filter(|&&(case, _)| is_of_place(tree.lemma(case)));
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
}
