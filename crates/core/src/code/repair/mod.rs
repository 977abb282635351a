//! Repair: trees put right around people's names, where titles, name and clause are known better than the parser knows.
//!
//! A title and the name after it are one phrase with the first word of the name as head; two such phrases joined by "and"
//! are coordinated; "who" after a name tells of that name; a phrase between commas after a name belongs to the verb.
//! "Cross-border" stands before a noun, not before a verb.

mod attachment;
mod clause;
mod compounds;
mod conjuncts;
mod finite;
mod headlines;
mod hyphens;
mod nouns;
mod phrases;
mod predicates;
mod said;
mod small;
mod split;
mod subjects;

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos},
    sentence::{EntityKind, Sentence},
    world::{EntityClass, RoleKind, World, dates, scene::Scene},
};

/// One person's name with the titles before it, as token indices.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// First token of titles, nationality and possessor.
    first: usize,
    /// First token of the name.
    name: usize,
    /// One past the last token.
    last: usize,
    /// The "'s" after a possessor inside.
    possessive: Option<usize>,
}

/// Puts the trees of a report's sentences right around names; `is_event` knows the nouns of deeds.
pub fn repair(world: &World, text: &str, sentences: &mut [Sentence], is_event: &dyn Fn(&str) -> bool) {
    for sentence in sentences {
        clause::dateline(text, sentence);
        clause::flattened(text, sentence);
        clause::intransitive(text, sentence);
        hyphens::nouns(text, sentence);
        split::speakers(text, sentence);
        finite::prepositions(text, sentence);
        finite::with_subject(text, sentence);
        finite::before_participle(sentence);
        finite::infinitives(text, sentence);
        finite::qualities(text, sentence);
        split::halves(sentence);
        clause::particles(text, sentence);
        clause::headless(text, sentence);
        clause::headline_nouns(sentence);
        headlines::strikes(text, sentence);
        clause::headline_verbs(sentence);
        said::notes(text, sentence);
        clause::headline_plans(sentence);
        compounds::verbs(text, sentence);
        compounds::nouns(text, sentence);
        phrases::participles(sentence);
        compounds::crossings(text, sentence);
        compounds::gained(sentence);
        compounds::gerunds(text, sentence, is_event);
        nouns::owners(sentence);
        small::helped(sentence);
        small::told_to(sentence);
        small::kept(sentence);
        small::let_go(sentence);
        small::let_noun(sentence);
        small::prepared(sentence);
        predicates::called(sentence);
        predicates::named(sentence);
        predicates::minded(sentence);
        small::to_be(sentence);
        small::said_no(text, sentence);
        small::made_part(text, sentence);
        phrases::jumped(sentence);
        phrases::behind_to(text, sentence);
        conjuncts::names(sentence);
        conjuncts::between(sentence);
        conjuncts::beside(sentence);
        conjuncts::own_object(sentence);
        said::broken_into(sentence);
        said::whole(sentence);
        said::that_clauses(sentence);
        said::told(sentence);
        said::near(sentence);
        phrases::means(sentence);
        phrases::states(sentence);
        phrases::purposes(sentence);
        phrases::duties(sentence);
        said::shown(sentence);
        said::evidence(sentence);
        said::places(sentence);
        nouns::belong(text, sentence);
        nouns::military(text, sentence);
        nouns::at_least(text, sentence);
        nouns::more_than(text, sentence);
        phrases::directions(text, sentence);
        nouns::with_articles(sentence);
        nouns::times(text, sentence);
        nouns::amid(sentence);
        attachment::infinitives(sentence);
        attachment::described(sentence);
        attachment::participles(sentence);
        attachment::relatives(sentence);
        attachment::commitments(sentence);
        attachment::remarks(text, sentence);
        attachment::which(text, sentence);
        attachment::days(world, text, sentence);
        attachment::day_of_deed(text, sentence, is_event);
        attachment::opening_time(sentence);
        nouns::shelling(text, sentence);
        nouns::circumstances(text, sentence);
        nouns::doers(sentence);
        subjects::garden_path(text, sentence);
        subjects::fronted(sentence);
        subjects::placed(sentence);
        subjects::stressed(text, sentence);
        subjects::counted(sentence);
        subjects::joined(sentence);
        subjects::at_the_hands(text, sentence);
        nouns::objects(text, sentence);
        nouns::open_war(sentence);
        nouns::the_other(text, sentence);
        let blocks = blocks(world, text, sentence);
        for block in &blocks {
            gather(text, sentence, block);
        }
        for pair in blocks.windows(2) {
            join(text, sentence, &pair[0], &pair[1]);
        }
        for block in &blocks {
            converse(text, sentence, block);
            detach(text, sentence, block);
            relative(text, sentence, block);
        }
        phrases::deeds(sentence, is_event);
        phrases::targets(sentence, is_event);
        phrases::agents(sentence, is_event);
    }
}

/// The first word that hangs from another by one of these relations.
fn child(sentence: &Sentence, of: usize, relations: &[R]) -> Option<usize> {
    sentence.tokens.iter().position(|token| token.head == Some(of) && relations.contains(&token.relation))
}

fn blocks(world: &World, text: &str, sentence: &Sentence) -> Vec<Block> {
    let scene = Scene::new(world, text, sentence);
    let mut names: Vec<(usize, usize)> = Vec::new();
    for mark in scene.all_names() {
        let person = world.names.values(mark.value).next().map(|a| world.known[a.entity as usize].class);
        if person == Some(EntityClass::Person) {
            names.push((mark.first, mark.last));
        }
    }
    for entity in sentence.entities.iter().filter(|e| e.kind == EntityKind::Per) {
        let title = |t: usize| {
            scene.role_at(t).is_some()
                || is_any(&scene, t, &LISTS.address)
                || scene.name_at(t).is_some_and(|mark| {
                    world
                        .names
                        .values(mark.value)
                        .next()
                        .is_some_and(|a| world.known[a.entity as usize].class == EntityClass::Country)
                })
        };
        let first = (entity.first..entity.last).find(|&t| !title(t)).unwrap_or(entity.last);
        let clean = (first..entity.last).all(|t| sentence.tokens[t].xpos.as_str() != "POS");
        if first < entity.last && clean {
            names.push((first, entity.last));
        }
    }
    names.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (first, last) in names {
        match merged.last_mut() {
            Some(before) if first < before.1 => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    let mut out: Vec<Block> = Vec::with_capacity(merged.len());
    for (name, last) in merged {
        let floor = out.last().map_or(0, |block| block.last);
        out.push(extend(world, &scene, floor, name, last));
    }
    out
}

/// True for a token that is one of these words, whatever its case.
fn is_any(scene: &Scene, i: usize, words: &[String]) -> bool {
    words.iter().any(|word| scene.is(i, &[word.as_str()]))
}

/// Takes in the titles before a name, and the country or body whose they are.
fn extend(world: &World, scene: &Scene, floor: usize, name: usize, last: usize) -> Block {
    let mut block = Block { first: name, name, last, possessive: None };
    let mut titled = false;
    while block.first > floor {
        let at = block.first - 1;
        let token = &scene.sentence.tokens[at];
        // "On Wednesday US Secretary of State Marco Rubio phoned"
        if dates::names_day(scene.form(at)) {
            break;
        }
        let role = scene.role_at(at).filter(|mark| mark.last == block.first && mark.first >= floor);
        let kind = role.and_then(|mark| world.roles.values(mark.value).next()).map(|role| role.kind);
        if is_any(scene, at, &LISTS.address) && (token.upos == Upos::Propn || !titled) {
            block.first = at;
            titled = true;
        } else if let (Some(mark), Some(kind)) = (role, kind)
            && (kind == RoleKind::Person || titled && matches!(kind, RoleKind::Body | RoleKind::Force))
            && token.upos != Upos::Verb
        {
            block.first = mark.first;
            titled = true;
        } else if titled
            && let Some(mark) = scene.name_at(at).filter(|mark| mark.last == block.first && mark.first >= floor)
        {
            block.first = mark.first;
        } else if titled
            && (is_any(scene, at, &LISTS.before_title)
                || token.upos == Upos::Propn && scene.form(at).starts_with(char::is_uppercase))
        {
            block.first = at;
        } else if titled && block.possessive.is_none() && token.xpos.as_str() == "POS" && at > floor {
            let owner = scene.name_at(at - 1).map(|mark| mark.first).filter(|&first| first >= floor);
            let Some(owner) = owner else { break };
            block.possessive = Some(at);
            block.first = owner;
            if owner > floor && scene.is(owner - 1, &["the"]) {
                block.first = owner - 1;
            }
            break;
        } else {
            break;
        }
    }
    block
}

/// Relations by which a word only modifies another one.
fn modifies(relation: R) -> bool {
    matches!(
        relation,
        R::Compound
            | R::Flat
            | R::NmodDesc
            | R::Amod
            | R::Det
            | R::Case
            | R::Punct
            | R::Nummod
            | R::NmodPoss
            | R::Fixed
    )
}

/// True when `i` is `top` or hangs below it.
fn below(sentence: &Sentence, i: usize, top: usize) -> bool {
    let mut at = Some(i);
    for _ in 0..=sentence.tokens.len() {
        match at {
            Some(here) if here == top => return true,
            Some(here) => at = sentence.tokens[here].head,
            None => return false,
        }
    }
    false
}

/// Makes title and name one subtree whose head is the first word of the name.
fn gather(text: &str, sentence: &mut Sentence, block: &Block) {
    let Block { first, name, last, possessive } = *block;
    if last - first < 2 {
        return;
    }
    let inside = |t: usize| first <= t && t < last;
    // The arc by which the whole hangs from the rest: the best that leads to the root without passing the name again.
    let mut best: Option<(i32, Option<usize>, R)> = None;
    for t in first..last {
        let token = &sentence.tokens[t];
        let outside = token.head.is_none_or(|head| !inside(head));
        let cycle = token.head.is_some_and(|head| (first..last).any(|top| below(sentence, head, top)));
        if !outside || cycle || token.upos == Upos::Part {
            continue;
        }
        let owner = possessive.is_some_and(|mark| t < mark);
        let score = i32::from(!modifies(token.relation)) * 4 + i32::from(t >= name) * 2 - i32::from(owner) * 3;
        if best.is_none_or(|(top, ..)| score > top) {
            best = Some((score, token.head, token.relation));
        }
    }
    let Some((_, head, relation)) = best else { return };
    // A coordination inside ("Foreign and Defence Minister") is left alone.
    if (first..name).any(|t| sentence.tokens[t].upos == Upos::Cconj) {
        return;
    }
    for t in 0..sentence.tokens.len() {
        if !inside(t) && sentence.tokens[t].head.is_some_and(|head| inside(head) && head != name) {
            let owner = possessive.is_some_and(|mark| sentence.tokens[t].head.is_some_and(|head| head < mark));
            if !owner || sentence.tokens[t].relation == R::Case {
                sentence.tokens[t].head = Some(name);
            }
        }
    }
    let owner_head = possessive.map(|mark| mark - 1);
    for t in first..last {
        let form = sentence.form(text, t);
        let is_of = form.eq_ignore_ascii_case("of") || form.eq_ignore_ascii_case("for");
        let token = &mut sentence.tokens[t];
        if t == name {
            token.head = head;
            token.relation = if relation == R::Case || relation == R::Punct { R::Dep } else { relation };
        } else if t > name {
            if token.upos != Upos::Punct {
                token.head = Some(name);
                token.relation = R::Flat;
            }
        } else if possessive.is_some_and(|mark| t <= mark) {
            let owner = owner_head.unwrap_or(name);
            if t == owner {
                token.head = Some(name);
                token.relation = R::NmodPoss;
            } else {
                token.head = Some(owner);
                if possessive == Some(t) {
                    token.relation = R::Case;
                } else if !modifies(token.relation) {
                    token.relation = R::Compound;
                }
            }
        } else if is_of {
            token.head = Some((t + 1).min(name - 1));
            token.relation = R::Case;
        } else {
            token.head = Some(name);
            token.relation = match (token.relation, token.upos) {
                (R::Det | R::NmodPoss | R::Amod | R::Punct, _) => token.relation,
                (_, Upos::Det) => R::Det,
                (_, Upos::Adj) => R::Amod,
                (_, Upos::Adp) => R::Case,
                _ => R::NmodDesc,
            };
        }
    }
}

/// Coordinates two names with "and" between them that the parser hung elsewhere.
fn join(text: &str, sentence: &mut Sentence, one: &Block, other: &Block) {
    let gap = one.last..other.first;
    let is = |t: usize, words: &[&str]| words.iter().any(|word| sentence.form(text, t).eq_ignore_ascii_case(word));
    let joined = gap.len() == 1 && is(gap.start, &["and", "&"])
        || gap.len() == 2 && is(gap.start, &[","]) && is(gap.start + 1, &["and"]);
    if !joined {
        return;
    }
    let verb = sentence.tokens[other.name].head;
    // "X and Y agreed" with Y alone as the subject: X takes the place of Y.
    if let Some(verb) = verb.filter(|&verb| verb >= other.last)
        && matches!(sentence.tokens[other.name].relation, R::Nsubj | R::NsubjPass)
    {
        let (head, relation) = (sentence.tokens[one.name].head, sentence.tokens[one.name].relation);
        if below(sentence, verb, one.name) {
            sentence.tokens[verb].head = head;
            sentence.tokens[verb].relation = relation;
        } else if head != Some(verb) && head.is_none_or(|head| !(other.first..other.last).contains(&head)) {
            return;
        }
        sentence.tokens[one.name].head = Some(verb);
        sentence.tokens[one.name].relation = sentence.tokens[other.name].relation;
        coordinate(sentence, one, other);
        return;
    }
    let token = &sentence.tokens[other.name];
    let loose = matches!(
        token.relation,
        R::Flat
            | R::Appos
            | R::Nmod
            | R::Compound
            | R::Dep
            | R::NmodDesc
            | R::Conj
            | R::Obj
            | R::Obl
            | R::List
            | R::NmodUnmarked
            | R::OblUnmarked
    );
    let case = sentence
        .tokens
        .iter()
        .enumerate()
        .any(|(t, k)| k.head == Some(other.name) && k.relation == R::Case && t < other.first);
    if !loose || case || below(sentence, one.name, other.name) {
        return;
    }
    coordinate(sentence, one, other);
}

fn coordinate(sentence: &mut Sentence, one: &Block, other: &Block) {
    sentence.tokens[other.name].head = Some(one.name);
    sentence.tokens[other.name].relation = R::Conj;
    let and = other.first - 1;
    sentence.tokens[and].head = Some(other.name);
    sentence.tokens[and].relation = R::Cc;
}

/// Hangs the name of "a call to X" from the call.
fn converse(text: &str, sentence: &mut Sentence, block: &Block) {
    let Some(noun) = block.first.checked_sub(2) else { return };
    let case = noun + 1;
    if sentence.tokens[noun].upos != Upos::Noun
        || !holds(&LISTS.converse, sentence.form(text, noun))
        || !matches!(sentence.form(text, case), "to" | "with" | "between" | "from")
        || sentence.tokens[block.name].head == Some(noun)
        || below(sentence, noun, block.name)
    {
        return;
    }
    sentence.tokens[block.name].head = Some(noun);
    sentence.tokens[block.name].relation = R::Nmod;
    sentence.tokens[case].head = Some(block.name);
    sentence.tokens[case].relation = R::Case;
}

/// Hangs ", in his call with Rubio," from the verb and not from the name before it.
fn detach(text: &str, sentence: &mut Sentence, block: &Block) {
    let Some(verb) = sentence.tokens[block.name].head else { return };
    if !matches!(sentence.tokens[verb].upos, Upos::Verb | Upos::Aux) || block.last >= sentence.tokens.len() {
        return;
    }
    if sentence.form(text, block.last) != "," {
        return;
    }
    for t in block.last + 1..sentence.tokens.len() {
        let token = &sentence.tokens[t];
        if token.head != Some(block.name) || token.relation != R::Nmod {
            continue;
        }
        let case =
            (block.last + 1..t).find(|&k| sentence.tokens[k].head == Some(t) && sentence.tokens[k].relation == R::Case);
        if case == Some(block.last + 1) && !sentence.form(text, block.last + 1).eq_ignore_ascii_case("of") {
            sentence.tokens[t].head = Some(verb);
            sentence.tokens[t].relation = R::Obl;
        }
    }
}

/// Hangs the clause of a "who" right after a name from that name.
fn relative(text: &str, sentence: &mut Sentence, block: &Block) {
    let mut at = block.last;
    if at < sentence.tokens.len() && sentence.form(text, at) == "," {
        at += 1;
    }
    if at >= sentence.tokens.len() || !["who", "whom", "whose"].contains(&sentence.form(text, at)) {
        return;
    }
    let mut clause = at;
    for _ in 0..6 {
        match sentence.tokens[clause].head {
            Some(head) if sentence.tokens[clause].relation == R::AclRelcl => {
                if head != block.name && head < at && !below(sentence, block.name, clause) {
                    sentence.tokens[clause].head = Some(block.name);
                }
                return;
            }
            Some(head) => clause = head,
            None => return,
        }
    }
}
