//! The phrases around a trigger: subject, object, prepositional phrases, clauses, owners.
//!
//! Passives, relative clauses, participles, infinitives and coordination are undone here, so that the codebook can
//! speak of who acts and what is acted on.

use super::{
    lists::{LISTS, holds},
    words::Word,
};
use crate::{Relation as R, Tree, Upos};

/// Heads of the phrases around one trigger, as token indices.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The verb whose arguments they are; none of a noun.
    pub trigger: Option<usize>,
    /// Who acts: subject of an active verb, "by" of a passive.
    pub subject: Option<usize>,
    /// What is acted on: object, subject of a passive, "of" of a noun.
    pub object: Option<usize>,
    /// The first of two objects.
    pub second_object: Option<usize>,
    /// Phrases by their preposition, those of the object after those of the trigger.
    pub prepositions: Vec<(usize, usize)>,
    /// Possessor of a noun.
    pub owner: Option<usize>,
    /// Names and adjectives before a noun.
    pub modifiers: Vec<usize>,
    /// Verbs of the clauses below.
    pub clauses: Vec<usize>,
    /// Whether the trigger is a passive.
    pub passive: bool,
}

/// True for the "mediating" of "for mediating", "of arming rebels".
pub fn gerund_of(tree: &Tree, verb: usize) -> bool {
    let mark = tree.children(verb).find(|&m| m < verb && matches!(tree.relation(m), R::Mark | R::Case));
    tree.sentence.tokens[verb].xpos.as_str() == "VBG"
        && mark.is_some_and(|mark| matches!(tree.lemma(mark), "for" | "of" | "from" | "over"))
}

/// True for the "shelling" of "in shelling", "during fighting": what goes on meanwhile.
fn is_within(tree: &Tree, verb: usize) -> bool {
    let mark = tree.children(verb).find(|&m| m < verb && matches!(tree.relation(m), R::Mark | R::Case));
    tree.sentence.tokens[verb].xpos.as_str() == "VBG"
        && mark.is_some_and(|mark| matches!(tree.lemma(mark), "in" | "by" | "during" | "amid"))
}

/// True for a gerund without a mark that is what the verb is about: "is weighing **cutting** ties", "ruled out **talking**",
/// "wrote to Oslo **asking** for help".
fn gerund_object(tree: &Tree, verb: usize, gerund: usize) -> bool {
    let tokens = &tree.sentence.tokens;
    if tokens[gerund].xpos.as_str() != "VBG" || gerund < verb || tree.child(gerund, R::Mark).is_some() {
        return false;
    }
    let between = verb + 1..gerund;
    let behind = between.clone().all(|t| tree.relation(t) == R::CompoundPrt);
    let comma = between.clone().any(|t| tokens[t].upos == Upos::Punct);
    behind && tree.child(verb, R::Obj).is_none() || holds(&LISTS.addresses, tree.lemma(verb)) && !comma
}

/// How far control and coordination are followed upwards.
const DEPTH: usize = 6;

impl Arguments {
    /// The arguments of a verb or a predicate.
    pub fn of_verb(tree: &Tree, verb: usize) -> Self {
        // "must", "should": the words around them hang from the verb.
        let modal = tree.relation(verb) == R::Aux && tree.sentence.tokens[verb].xpos.as_str() == "MD";
        if let Some(main) = tree.head(verb).filter(|_| modal) {
            return Self { clauses: vec![main], ..Self::of_verb(tree, main) };
        }
        let mut found = Self { trigger: Some(verb), passive: is_passive(tree, verb), ..Self::default() };
        found.subject = subject(tree, verb, DEPTH).map(|subject| measured(tree, subject));
        let object = object(tree, verb, DEPTH);
        found.object = object.map(|object| measured(tree, object));
        found.second_object = tree.child(verb, R::Iobj);
        found.read_children(tree, verb);
        for object in object.into_iter().chain(found.object).filter(|&object| object != verb) {
            if tree.below(object, verb) {
                found.read_prepositions(tree, object);
            }
        }
        // "issued a demand to withdraw", "were given a free hand to strike"
        // "There is hell to **pay**": what there is stands where an object does.
        let there = tree.child(verb, R::Expl).is_some();
        let holder = |&c: &usize| tree.relation(c) == R::Obj || there && tree.relation(c) == R::Nsubj;
        for object in tree.children(verb).filter(holder) {
            let marked = |c: usize| {
                tree.children(c).any(|m| tree.relation(m) == R::Mark && matches!(tree.lemma(m), "to" | "that"))
            };
            // "introduced a bill that would **bar** them"
            let would = |c: usize| tree.children(c).any(|m| tree.relation(m) == R::Aux && tree.lemma(m) == "would");
            let planned =
                |c: usize| tree.relation(c) == R::AclRelcl && would(c) && holds(&LISTS.tables, tree.lemma(verb));
            // "sent a note to Oslo **asking** for help": what a letter asks is asked by whoever sends it.
            let letter = |c: usize| {
                tree.relation(c) == R::Acl
                    && tree.sentence.tokens[c].xpos.as_str() == "VBG"
                    && holds(&LISTS.addresses, tree.lemma(verb))
            };
            let clause = |c: usize| {
                matches!(tree.relation(c), R::Acl | R::AclRelcl | R::Ccomp) && marked(c) || planned(c) || letter(c)
            };
            found.clauses.extend(tree.children(object).filter(|&c| clause(c)));
        }
        // "thanked Qatar for mediating", where the gerund hangs from Qatar
        let gerund = |&c: &usize| tree.relation(c) == R::Acl && gerund_of(tree, c);
        found.clauses.extend(object.into_iter().flat_map(|object| tree.children(object).filter(gerund)));
        // "has evidence showing that Rwanda armed them": what it shows is the content. Some parses hang it on the verb.
        let evidence = tree.child(verb, R::Obj);
        for holder in evidence.into_iter().flat_map(|evidence| [verb, evidence]) {
            let shows =
                |&c: &usize| matches!(tree.relation(c), R::Acl | R::Advcl) && holds(&LISTS.evidential, tree.lemma(c));
            found.clauses.extend(tree.children(holder).filter(shows).filter_map(|c| tree.child(c, R::Ccomp)));
        }
        // "ordered nine ministers jailed", "wanted them freed": what is to be done to them hangs on the verb, or on the
        // object, as a participle.
        if matches!(tree.lemma(verb), "order" | "want" | "need" | "demand" | "expect") {
            let done = |&c: &usize| {
                matches!(tree.relation(c), R::Acl | R::Advcl)
                    && matches!(tree.sentence.tokens[c].xpos.as_str(), "VBN" | "VBD")
                    && !tree.children(c).any(|d| matches!(tree.relation(d), R::Mark | R::Nsubj | R::NsubjPass | R::Aux))
            };
            let holders = tree.child(verb, R::Obj).into_iter().chain([verb]);
            found.clauses.extend(holders.flat_map(|holder| tree.children(holder).filter(done).collect::<Vec<_>>()));
        }
        // "accused it of shelling a town and of **hiding** the dead": a second clause with the same word before it, which
        // the parser joins to the verb above.
        let mark = |c: usize| tree.children(c).find(|&m| m < c && matches!(tree.relation(m), R::Mark | R::Case));
        let open = |c: usize| {
            matches!(tree.sentence.tokens[c].xpos.as_str(), "VB" | "VBG" | "VBN") && tree.child(c, R::Nsubj).is_none()
        };
        let again = |&c: &usize| {
            let word = mark(c).map(|m| tree.lemma(m)).filter(|word| matches!(*word, "to" | "of"));
            let same = |&clause: &usize| clause < c && mark(clause).is_some_and(|m| Some(tree.lemma(m)) == word);
            tree.relation(c) == R::Conj
                && is_verbal(tree, c)
                && open(c)
                && word.is_some()
                && found.clauses.iter().any(same)
        };
        let more: Vec<usize> = tree.children(verb).filter(again).collect();
        found.clauses.extend(more);
        // A shared "on Russia" hangs on the last of the coordinated verbs; "Pushes back, blames Chad" shares nothing.
        for conjunct in tree.children(verb).filter(|&c| tree.relation(c) == R::Conj && is_verbal(tree, c)) {
            if (verb + 1..conjunct).any(|between| tree.lemma(between) == ",") {
                continue;
            }
            // "pressed **west** and retook the port": a verb with an adverb of its own behind it shares no object.
            let own = tree.children(verb).any(|c| c > verb && c < conjunct && tree.relation(c) == R::Advmod);
            let shares = tree.child(verb, R::Obj).is_none() && !found.passive && conjunct < verb + 4 && !own;
            if found.object.is_none() && shares {
                found.object = tree.child(conjunct, R::Obj);
            }
        }
        found
    }

    /// The arguments of an event noun; `light` tells the verbs that only lend it a subject ("launch an attack").
    pub fn of_noun(tree: &Tree, noun: usize, light: impl Fn(usize) -> bool) -> Self {
        let mut found = Self { owner: tree.child(noun, R::NmodPoss), ..Self::default() };
        found.modifiers = modifiers(tree, noun);
        found.read_children(tree, noun);
        found.object = found.prepositions.iter().find(|&&(case, _)| tree.lemma(case) == "of").map(|&(_, head)| head);
        // "launched an attack", "the call was made": who does the light verb does the noun.
        if let Some(verb) = tree.head(noun).filter(|&verb| is_verbal(tree, verb) && light(verb))
            && matches!(tree.relation(noun), R::Obj | R::NsubjPass)
        {
            found.subject = subject(tree, verb, DEPTH).filter(|&subject| subject != noun);
            found.read_prepositions(tree, verb);
            return found;
        }
        // "cited threats **to** diplomats": a phrase right behind the noun is the noun's, wherever the parser hangs it.
        if let Some(verb) = tree.head(noun).filter(|&verb| is_verbal(tree, verb) && tree.relation(noun) == R::Obj) {
            for phrase in tree.children(verb).filter(|&c| tree.relation(c) == R::Obl) {
                let behind = tree.children(phrase).find(|&c| tree.relation(c) == R::Case && c == noun + 1);
                found.prepositions.extend(behind.map(|case| (case, phrase)));
            }
        }
        let place = |verb: usize| tree.child(verb, R::Obj).filter(|&c| tree.lemma(c) == "place");
        let happens = |&verb: &usize| {
            holds(&LISTS.happens, tree.lemma(verb)) || tree.lemma(verb) == "take" && place(verb).is_some()
        };
        let below = || tree.children(noun).filter(|&c| tree.relation(c) == R::Acl);
        let above = tree.head(noun).filter(|_| tree.relation(noun) == R::Nsubj);
        if let Some(verb) = above.filter(happens).or_else(|| below().find(happens)) {
            // "Fighting erupted in Khartoum between army and rebels"; the verb is often taken for a participle.
            found.read_prepositions(tree, verb);
            if let Some(place) = place(verb) {
                found.read_prepositions(tree, place);
            }
        } else if let Some(verb) = below().find(|&c| is_passive(tree, c)) {
            found.subject = subject(tree, verb, DEPTH);
        }
        found
    }

    /// The same and the prepositional phrases below these words; `None` where there are none.
    pub fn and_below(&self, tree: &Tree, words: &[usize]) -> Option<Self> {
        let mut wider = self.clone();
        // Below the object of a verb they have been read: "deployment of troops **to Mali**" is a noun's.
        for &word in words.iter().filter(|&&word| self.trigger.is_none() || self.object != Some(word)) {
            wider.read_prepositions(tree, word);
            // "balked at signing a pact **with Congo**"
            if tree.sentence.tokens[word].xpos.as_str() == "VBG"
                && let Some(object) = tree.child(word, R::Obj)
            {
                wider.read_prepositions(tree, object);
            }
        }
        (wider.prepositions.len() > self.prepositions.len()).then_some(wider)
    }

    fn read_children(&mut self, tree: &Tree, head: usize) {
        self.read_prepositions(tree, head);
        for child in tree.children(head) {
            let verbal = is_verbal(tree, child);
            match tree.relation(child) {
                R::Xcomp | R::Ccomp => {
                    self.clauses.push(child);
                    // "stood ready to **repel** an attack"
                    if tree.sentence.tokens[child].upos == Upos::Adj && tree.relation(child) == R::Xcomp {
                        self.clauses.extend(tree.child(child, R::Xcomp));
                    }
                }
                R::Advcl if gerund_object(tree, head, child) => self.clauses.push(child),
                // "It was essential **that** Chad respect the border"
                R::Csubj if child > head && tree.child(head, R::Expl).is_some() => self.clauses.push(child),
                R::Advcl | R::Acl if verbal => {
                    if let Some(mark) = tree.children(child).find(|&m| matches!(tree.relation(m), R::Mark | R::Case)) {
                        if tree.lemma(mark) != "to" {
                            self.prepositions.push((mark, child));
                        }
                        let gerund = tree.sentence.tokens[child].xpos.as_str() == "VBG";
                        if matches!(tree.lemma(mark), "to" | "of" | "for" | "from" | "that" | "in" | "against")
                            || gerund && matches!(tree.lemma(mark), "at" | "about")
                        {
                            self.clauses.push(child);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn read_prepositions(&mut self, tree: &Tree, head: usize) {
        for child in tree.children(head) {
            // "regards the vote as **unhelpful**", which the parser may take for a clause
            let quality = tree.relation(child) == R::Advcl && tree.sentence.tokens[child].upos == Upos::Adj;
            if !matches!(
                tree.relation(child),
                R::Obl | R::Nmod | R::OblAgent | R::OblUnmarked | R::Xcomp | R::Advmod | R::Acl
            ) && !quality
            {
                continue;
            }
            for case in prepositions(tree, child) {
                if !self.prepositions.contains(&(case, child)) {
                    self.prepositions.push((case, child));
                }
            }
            // "regardless **of** Danish objections", "together **with** Chad"
            if tree.relation(child) == R::Advmod && holds(&LISTS.beside, tree.lemma(child)) {
                for below in tree.children(child).filter(|&c| tree.relation(c) == R::Obl) {
                    let cases = prepositions(tree, below).into_iter().map(|case| (case, below));
                    self.prepositions.extend(cases.collect::<Vec<_>>());
                }
            }
        }
    }

    /// The phrases after a preposition.
    pub fn after<'a>(&'a self, words: &'a [Word], preposition: Word) -> impl Iterator<Item = usize> + 'a {
        self.prepositions.iter().filter(move |&&(case, _)| words[case] == preposition).map(|&(_, head)| head)
    }
}

/// The prepositions of a phrase; where none hangs from its head, the one that the phrase begins with ("with Indian
/// Foreign Minister X", whose parts the parser may chain the wrong way round).
fn prepositions(tree: &Tree, head: usize) -> Vec<usize> {
    let own: Vec<usize> = tree.children(head).filter(|&c| tree.relation(c) == R::Case).collect();
    if !own.is_empty() {
        return own;
    }
    let mut first = head;
    while let Some(before) = tree.children(first).next().filter(|&c| c < first) {
        first = before;
    }
    if first != head && tree.relation(first) == R::Case && tree.sentence.tokens[first].upos == Upos::Adp {
        vec![first]
    } else {
        vec![]
    }
}

/// "hundreds of drones", "two of the drones" are drones: the noun behind nouns of amount and numbers, `i` itself otherwise.
pub fn measured(tree: &Tree, i: usize) -> usize {
    let of = |&c: &usize| tree.relation(c) == R::Nmod && tree.child(c, R::Case).is_some_and(|k| tree.lemma(k) == "of");
    // "killed 33 of its soldiers": the phrase right behind a number is the number's, wherever the parser hangs it.
    if tree.sentence.tokens[i].upos == Upos::Num
        && let Some(case) = tree.sentence.tokens.get(i + 1).filter(|next| next.lemma.as_str() == "of")
        && let Some(head) = case.head.filter(|&head| head > i + 1 && tree.head(head) == tree.head(i))
    {
        return head;
    }
    let mut at = i;
    let amount = |at: usize| tree.sentence.tokens[at].upos == Upos::Num || holds(&LISTS.amounts, tree.lemma(at));
    while let Some(counted) = tree.children(at).find(of).filter(|_| amount(at)) {
        at = counted;
    }
    at
}

/// True for verbs, and for adjectives and nouns that are predicates of a copula.
pub fn is_verbal(tree: &Tree, i: usize) -> bool {
    tree.sentence.tokens[i].upos == Upos::Verb || tree.child(i, R::Cop).is_some()
}

/// True for a passive, with or without its auxiliary.
pub fn is_passive(tree: &Tree, verb: usize) -> bool {
    let token = &tree.sentence.tokens[verb];
    if token.upos != Upos::Verb {
        return false;
    }
    // "it stood by Pakistan": a past tense with its own subject has no agent.
    let active = token.xpos.as_str() == "VBD" && tree.child(verb, R::Nsubj).is_some();
    let by = |c: usize| tree.relation(c) == R::OblAgent && tree.child(c, R::Case).is_some() && !active;
    if tree.children(verb).any(|c| by(c) || matches!(tree.relation(c), R::AuxPass | R::NsubjPass | R::CsubjPass)) {
        return true;
    }
    // "Egypt hit by a wave of protests": a verb that has one form for all past needs an object where it is active.
    let one_form = matches!(tree.lemma(verb), "hit" | "cut" | "hurt" | "beset" | "split" | "upset" | "shut");
    let agent = |c: usize| {
        c > verb
            && matches!(tree.relation(c), R::Obl | R::OblAgent)
            && tree.child(c, R::Case).is_some_and(|case| tree.lemma(case) == "by")
            && tree.child(c, R::Nummod).is_none()
    };
    let past = matches!(token.xpos.as_str(), "VBD" | "VBN" | "VBP" | "VB");
    if one_form && past && tree.child(verb, R::Obj).is_none() && tree.children(verb).any(agent) {
        return !tree.children(verb).any(|c| tree.relation(c) == R::Aux && tree.lemma(c) != "have");
    }
    // "shut down the post": what follows without a preposition is no agent but an object
    if tree.children(verb).any(|c| tree.relation(c) == R::OblAgent) {
        return false;
    }
    if !matches!(token.xpos.as_str(), "VBN" | "VBD")
        || tree.children(verb).any(|c| matches!(tree.relation(c), R::Aux | R::Nsubj))
    {
        return false;
    }
    let participle = token.xpos.as_str() == "VBN";
    match token.relation {
        R::Acl => tree.child(verb, R::Obj).is_none() || participle,
        R::Advcl | R::Root | R::Parataxis => participle && tree.child(verb, R::Obj).is_none(),
        R::Conj => {
            participle
                && tree.head(verb).is_some_and(|head| is_passive(tree, head))
                && tree.child(verb, R::Obj).is_none()
        }
        R::Xcomp => participle,
        _ => false,
    }
}

/// The antecedent where `i` is the relative pronoun of a clause, `i` itself otherwise.
fn antecedent(tree: &Tree, verb: usize, i: usize) -> usize {
    let token = &tree.sentence.tokens[i];
    let that = token.upos == Upos::Pron && token.lemma == "that";
    if !that && !matches!(token.xpos.as_str(), "WDT" | "WP" | "IN") {
        return i;
    }
    // "who have shelter there and **who** threaten us": the second goes on from the first.
    if (token.lemma == "who" || token.xpos.as_str() == "WP")
        && let Some(person) = person_before(tree, i)
    {
        return person;
    }
    let mut clause = verb;
    for _ in 0..DEPTH {
        match tree.relation(clause) {
            R::AclRelcl => return tree.head(clause).unwrap_or(i),
            R::Conj | R::Xcomp | R::Ccomp => match tree.head(clause) {
                Some(head) => clause = head,
                None => return i,
            },
            _ => return i,
        }
    }
    i
}

/// The name or noun that ends right before a "who": whoever it is, the pronoun means a person.
pub fn person_before(tree: &Tree, who: usize) -> Option<usize> {
    let nominal = |i: &usize| matches!(tree.sentence.tokens[*i].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let mut at = (0..who).rev().take(4).find(|i| tree.sentence.tokens[*i].upos != Upos::Punct).filter(nominal)?;
    while let Some(head) = tree.head(at).filter(|&head| head < who)
        && matches!(tree.relation(at), R::Flat | R::Compound | R::NmodDesc | R::Goeswith)
    {
        at = head;
    }
    Some(at)
}

/// The verb that a participle in a list goes on with: "expelled diplomats, **closed** borders", where the parser joins
/// the participle to the object of the verb before.
fn list_before(tree: &Tree, verb: usize) -> Option<usize> {
    let object = tree.head(verb).filter(|&head| tree.relation(verb) == R::Conj && !is_verbal(tree, head))?;
    let governor = tree.head(object).filter(|&head| is_verbal(tree, head) && head < verb)?;
    matches!(tree.relation(object), R::Obj | R::Obl).then_some(governor)
}

/// Who acts, or who is in the state the predicate tells of.
pub fn subject(tree: &Tree, verb: usize, depth: usize) -> Option<usize> {
    if depth == 0 {
        return None;
    }
    let passive = is_passive(tree, verb);
    if passive {
        let by = tree.children(verb).find(|&c| {
            // "killed, among them six Russians": who stands behind another word than "by" does nothing.
            matches!(tree.relation(c), R::OblAgent | R::Obl)
                && tree.children(c).any(|k| tree.relation(k) == R::Case && tree.lemma(k) == "by")
        });
        if by.is_some() {
            return by;
        }
        // "was arrested and deported by the police"
        return tree
            .children(verb)
            .filter(|&c| tree.relation(c) == R::Conj && is_passive(tree, c))
            .find_map(|c| tree.child(c, R::OblAgent));
    }
    if let Some(own) = tree.child(verb, R::Nsubj) {
        return Some(antecedent(tree, verb, own));
    }
    let head = tree.head(verb)?;
    let patient_or_agent = |head: usize| {
        if is_passive(tree, head) { object(tree, head, depth - 1) } else { subject(tree, head, depth - 1) }
    };
    match tree.relation(verb) {
        R::Conj if is_verbal(tree, head) => patient_or_agent(head),
        R::Conj => list_before(tree, verb).and_then(patient_or_agent),
        R::Xcomp => {
            let controlled = tree.child(head, R::Obj).or_else(|| tree.child(head, R::Iobj));
            let promise = matches!(tree.lemma(head), "promise" | "vow" | "pledge" | "threaten" | "swear");
            // "phoned the emir to express support": who is talked to is told why, and does nothing.
            let purpose = holds(&LISTS.purposive, tree.lemma(head));
            match controlled.filter(|_| !promise && !purpose) {
                Some(object) => Some(object),
                None if is_verbal(tree, head) => patient_or_agent(head),
                None => tree.child(head, R::Nsubj),
            }
        }
        // "thanked Qatar for mediating", "Mali was criticized for hiring them": whoever is thanked has done it.
        R::Advcl if gerund_of(tree, verb) => {
            let patient = if is_passive(tree, head) { object(tree, head, depth - 1) } else { tree.child(head, R::Obj) };
            patient.or_else(|| patient_or_agent(head))
        }
        // "Two people were killed in shelling": they did not shell.
        R::Advcl if is_passive(tree, head) && is_within(tree, verb) => None,
        // "A condemned it, accusing B": a passive main clause lends its agent where it names one.
        R::Advcl => subject(tree, head, depth - 1).or_else(|| patient_or_agent(head)),
        R::Acl => {
            let infinitive = tree.children(verb).any(|c| tree.relation(c) == R::Mark && tree.lemma(c) == "to");
            if !infinitive {
                return Some(head);
            }
            // "the decision of Mali to expel him was welcomed": whose decision it is, and not who welcomes it.
            if matches!(tree.relation(head), R::Nsubj | R::NsubjPass) && tree.child(head, R::NmodPoss).is_none() {
                return Some(head);
            }
            tree.child(head, R::NmodPoss).or_else(|| {
                let governor = tree.head(head).filter(|&g| is_verbal(tree, g))?;
                subject(tree, governor, depth - 1)
            })
        }
        R::AclRelcl => Some(head),
        // "Sharif pushes back, blames India"
        R::Parataxis if is_verbal(tree, head) && head < verb && tree.sentence.tokens[verb].xpos.as_str() != "VB" => {
            patient_or_agent(head)
        }
        _ => None,
    }
}

/// What is acted on.
pub fn object(tree: &Tree, verb: usize, depth: usize) -> Option<usize> {
    if depth == 0 {
        return None;
    }
    if is_passive(tree, verb) {
        if let Some(own) = tree.child(verb, R::NsubjPass).or_else(|| tree.child(verb, R::Nsubj)) {
            return Some(antecedent(tree, verb, own));
        }
        let head = tree.head(verb)?;
        return match tree.relation(verb) {
            R::Acl | R::AclRelcl => Some(head),
            R::Conj | R::Advcl if is_passive(tree, head) => object(tree, head, depth - 1),
            R::Conj | R::Advcl if is_verbal(tree, head) => subject(tree, head, depth - 1),
            R::Xcomp => tree.child(head, R::Obj).or_else(|| {
                if is_passive(tree, head) { object(tree, head, depth - 1) } else { subject(tree, head, depth - 1) }
            }),
            _ => None,
        };
    }
    if let Some(own) = tree.child(verb, R::Obj) {
        // "a treaty crucial to …", headed by its adjective
        let noun =
            |c: usize| tree.relation(c) == R::Compound && c + 1 == own && tree.sentence.tokens[c].upos == Upos::Noun;
        if tree.sentence.tokens[own].upos == Upos::Adj
            && let Some(noun) = tree.children(own).find(|&c| noun(c))
        {
            return Some(noun);
        }
        return Some(antecedent(tree, verb, own));
    }
    if let Some(addressee) = tree.child(verb, R::Iobj) {
        return Some(addressee);
    }
    // "shut down the post": a noun without a preposition right behind the verb, whatever the parser calls it.
    // "denied the charge, rejecting claims", "expelled diplomats, closed borders": an object right behind the verb that
    // the parser hangs from what stands before it.
    if matches!(tree.relation(verb), R::Advcl | R::Conj) {
        let lost = (verb + 1..tree.sentence.tokens.len().min(verb + 4)).find(|&c| {
            matches!(tree.relation(c), R::Obj | R::Conj)
                && matches!(tree.sentence.tokens[c].upos, Upos::Noun | Upos::Propn)
                && tree.head(c).is_some_and(|head| head < verb)
        });
        if lost.is_some() {
            return lost;
        }
    }
    // "dismissed as “absurd” **a statement** by Oslo": an article tells an object from a time further on.
    let article = |c: usize| tree.child(c, R::Det).is_some_and(|det| matches!(tree.lemma(det), "a" | "the"));
    let near = |c: usize| c < verb + 6 || c < verb + 10 && article(c) && !holds(&LISTS.durations, tree.lemma(c));
    let bare = tree.children(verb).find(|&c| {
        tree.relation(c) == R::Obl
            && c > verb
            && near(c)
            && tree.child(c, R::Case).is_none()
            && tree.child(c, R::Nummod).is_none()
    });
    if bare.is_some_and(|c| matches!(tree.sentence.tokens[c].upos, Upos::Noun | Upos::Propn)) {
        return bare;
    }
    // "the attack India condemned", "the attack that India condemned"
    if tree.relation(verb) == R::AclRelcl && tree.child(verb, R::Nsubj).is_some_and(|s| antecedent(tree, verb, s) == s)
    {
        return tree.head(verb);
    }
    None
}

/// Adjectives, names and nouns before a noun, nearest first.
pub fn modifiers(tree: &Tree, noun: usize) -> Vec<usize> {
    let before = tree
        .children(noun)
        .filter(|&c| matches!(tree.relation(c), R::Amod | R::Compound | R::NmodDesc | R::Nmod | R::Dep));
    before.filter(|&c| c < noun && tree.child(c, R::Case).is_none()).collect::<Vec<_>>().into_iter().rev().collect()
}

/// `i` and what is coordinated with it.
pub fn with_conjuncts(tree: &Tree, i: usize) -> Vec<usize> {
    let mut all = vec![i];
    all.extend(tree.children(i).filter(|&c| tree.relation(c) == R::Conj));
    all
}
