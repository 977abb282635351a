//! Which matches are no claims of their own: parts of others, the content of promises and demands, mentions that only point
//! back.

use super::{
    arguments::{gerund_of, is_passive, is_verbal},
    codebook::{Entry, Role},
    frames::{Match, Scene},
    lists::{LISTS, holds},
    words::Part,
};
use crate::{EventType, Party, Relation as R, Tree, Upos};

/// True where a match is only a part of another one that stands: "attack" in "launched an attack".
pub(super) fn is_part(scene: &Scene, found: &Match, standing: &[&Match]) -> bool {
    let tree = scene.tree;
    let kind = scene.book.entries[found.entry].kind;
    standing.iter().filter(|other| other.trigger != found.trigger).any(|other| {
        let entry = &scene.book.entries[other.entry];
        if entry.void {
            return other.wording.contains(&found.trigger) || other.used.contains(&found.trigger);
        }
        if other.wording.contains(&found.trigger) {
            // "A surprise visit **ended**" is one visit.
            let same = entry.kind == kind && entry.mode == scene.book.entries[found.entry].mode;
            return same || other.wording.len() > found.wording.len() || other.specificity >= found.specificity;
        }
        let drill = matches!(entry.kind, EventType::Mobilize | EventType::Cooperate);
        let label = entry.kind == EventType::Accuse
            && tree.child(found.trigger, R::Case).is_some_and(|case| tree.lemma(case) == "as");
        // "practised **bombing** a range" bombs nobody, and "described the raid as an **attack**" gives it a name.
        if other.used.contains(&found.trigger) && (drill || label) {
            return true;
        }
        if other.used.contains(&found.trigger) && (found.part != Part::Verb || entry.kind == kind) {
            // A deed that is condemned or denied stays a deed; a blockade that is lifted does not, nor strikes that paralyse.
            let undone = matches!(entry.kind, EventType::Retreat | EventType::Concede | EventType::Protest);
            return kind.quad() != 4 || entry.kind == kind || undone;
        }
        // "condemned **the attack**", where the words tell no more of it: a deed that is only named.
        let charge = entry.kind == EventType::Accuse && entry.mode.as_deref() == Some("disapprove");
        if charge && kind == EventType::Assault && found.part == Part::Noun && is_only_named(tree, found.trigger, other)
        {
            return true;
        }
        // "in the **worst** clash of the year": what is ranked has been told of just before.
        if entry.kind.quad() == 4
            && kind.quad() == 4
            && found.part == Part::Noun
            && is_ranked(tree, found.trigger, other)
        {
            return true;
        }
        // "A minister **sacked** in a row accuses the premier": it tells who he is, and neither who did it nor when.
        let told = tree.relation(found.trigger) == R::Acl && found.arguments.passive && found.actors.is_empty();
        let whose = tree.head(found.trigger).filter(|&noun| tree.relation(noun) == R::Nsubj);
        let dated = tree.child(found.trigger, R::OblUnmarked).is_some();
        let says = kind == EventType::Coerce && entry.kind.verbal() && told && !dated;
        if says && whose.is_some_and(|noun| tree.head(noun) == Some(other.trigger)) {
            return true;
        }
        // "marched **to demand** a vote": what a protest is for is no demand beside it.
        let below = matches!(tree.relation(found.trigger), R::Xcomp | R::Advcl | R::Acl);
        let marched = entry.kind == EventType::Protest && kind == EventType::Request;
        if marched && below && tree.head(found.trigger) == Some(other.trigger) {
            return true;
        }
        // "brushed aside the **peace conference**", "turned down an **offer**": it has not come.
        let refused = entry.kind == EventType::Reject && found.part == Part::Noun && matches!(kind.quad(), 1 | 2);
        if refused && other.arguments.object == Some(found.trigger) {
            return true;
        }
        // "killed by landmines planted by rebels": the planting is how they killed.
        let how = tree.relation(found.trigger) == R::Acl && entry.kind == kind && found.arguments.passive;
        if how && tree.head(found.trigger).is_some_and(|thing| other.used.contains(&thing)) {
            return true;
        }
        // "sent fighters to strike targets": the strike tells it better.
        let sent = kind == EventType::Mobilize && entry.kind == EventType::Assault;
        if sent && tree.relation(other.trigger) == R::Xcomp && tree.head(other.trigger) == Some(found.trigger) {
            return true;
        }
        // "the attack, which killed 26": the clause tells it better.
        // "the attack, in which nine died": that they died tells less of it.
        let mourns = entry.recipient.iter().any(|roles| roles.contains(&Role::Victims));
        let clause = tree.relation(other.trigger) == R::AclRelcl && tree.head(other.trigger) == Some(found.trigger);
        clause && !mourns && found.part == Part::Noun && entry.kind == kind
    })
}

/// True for the bare deed that is the object of a rebuke: no number, no clause, nothing of when and where.
fn is_only_named(tree: &Tree, noun: usize, rebuke: &Match) -> bool {
    let more = |i: &usize| {
        matches!(tree.relation(*i), R::Acl | R::AclRelcl | R::Nummod | R::Appos)
            || *i != noun
                && matches!(tree.child(*i, R::Case).map(|case| tree.lemma(case)), Some("in" | "at" | "near" | "on"))
    };
    rebuke.arguments.object == Some(noun) && !tree.subtree(noun, |_| true).iter().any(more)
}

/// True for "its first direct attack", beside or in the clause of a deed that was told of.
fn is_ranked(tree: &Tree, noun: usize, deed: &Match) -> bool {
    let rank = |c: usize| {
        tree.relation(c) == R::Amod
            && (holds(&LISTS.ranks, tree.lemma(c)) || tree.sentence.tokens[c].xpos.as_str() == "JJS")
    };
    let aside = match tree.relation(noun) {
        R::Appos => true,
        R::Obl | R::Nmod => tree.child(noun, R::Case).is_some_and(|case| tree.lemma(case) == "in"),
        _ => false,
    };
    aside && tree.children(noun).any(rank) && tree.below(noun, deed.trigger)
}

/// "Warned that the dam **was** near to bursting": news of what is, and no threat of what will be.
pub(super) fn is_news(scene: &Scene, found: &Match) -> bool {
    let (tree, entry) = (scene.tree, &scene.book.entries[found.entry]);
    if entry.kind != EventType::Threaten || !holds(&LISTS.warns, tree.lemma(found.trigger)) {
        return false;
    }
    let told = |&&clause: &&usize| tree.relation(clause) == R::Ccomp;
    let Some(&clause) = found.arguments.clauses.iter().find(told) else { return false };
    let open = |&i: &usize| {
        let unsettled = tree.sentence.tokens[i].xpos.as_str() == "MD" || holds(&LISTS.uncertain, tree.lemma(i));
        // "all options are **on the table**", "there is a red **line**": what may still be done is said in the present.
        unsettled || holds(&LISTS.limits, tree.lemma(i))
    };
    let past = |i: usize| matches!(tree.sentence.tokens[i].xpos.as_str(), "VBD" | "VBZ" | "VBP");
    let finite = past(clause) || tree.children(clause).any(past);
    finite && !tree.subtree(clause, |_| true).iter().any(open)
}

/// True for what is asked for, promised, threatened or refused: the content of that, no deed ("agreed to withdraw").
pub(super) fn is_content(scene: &Scene, found: &Match, all: &[Match]) -> bool {
    let tree = scene.tree;
    let &Entry { kind, void, .. } = &scene.book.entries[found.entry];
    if void {
        return false;
    }
    // "the lives lost in the attack in Kashmir": what is taken for granted stays a deed, whatever is asked.
    let participle = tree.relation(found.trigger) == R::Acl && found.arguments.passive;
    // "blames Ankara for an attack in which nine died": so is what a clause tells more of.
    let told = found.part == Part::Noun
        && tree.subtree(found.trigger, |_| true).iter().any(|&below| tree.relation(below) == R::AclRelcl);
    let noun = found.part == Part::Noun && (told || is_definite(scene, found.trigger));
    let granted = kind.quad() == 4 && (participle || noun);
    if granted {
        return false;
    }
    all.iter().filter(|other| other.trigger != found.trigger).any(|other| {
        let entry = &scene.book.entries[other.entry];
        let commits = !entry.void
            && matches!(
                entry.kind,
                EventType::Agree
                    | EventType::Concede
                    | EventType::Request
                    | EventType::Reject
                    | EventType::Threaten
                    | EventType::Accuse
                    | EventType::Support
            );
        // An accusation tells of the deed or the plan as well, as its accuser's claim.
        let alleged = entry.content
            && entry.kind == EventType::Accuse
            && (kind.quad() == 4 || matches!(kind, EventType::Threaten | EventType::Aid))
            && other.arguments.clauses.contains(&found.trigger);
        // "thanked Qatar for mediating" tells that it mediated.
        let credited = matches!(entry.kind, EventType::Accuse | EventType::Support)
            && gerund_of(tree, found.trigger)
            && tree.children(found.trigger).any(|c| matches!(tree.lemma(c), "for" | "over"));
        // "The agency warned that Pyongyang **would respond**": who would do it threatens, where nobody known warns.
        let unknown = other.actors.iter().all(|party| party.country.is_none());
        let known = found.actors.iter().any(|party| party.country.is_some());
        let voiced = kind == EventType::Threaten && entry.kind == kind && unknown && known;
        // "complained that the promises **were not kept**": so does who says what accuses by itself.
        let told = tree.relation(found.trigger) == R::Ccomp && tree.head(found.trigger) == Some(other.trigger);
        let finds = &scene.book.entries[found.entry];
        let own =
            kind == EventType::Accuse && entry.kind == kind && finds.mode != entry.mode && found.actors.is_empty();
        let voiced = voiced || own && told;
        // "The envoy **must go**": the word of duty is a part of what is told.
        let duty = found.wording.contains(&other.trigger);
        // "welcomed the news that rebels had freed the town": it is news, and nothing to be done.
        let news = matches!(entry.kind, EventType::Accuse | EventType::Support)
            && matches!(tree.relation(found.trigger), R::Acl | R::AclRelcl | R::Ccomp)
            && tree.head(found.trigger).is_some_and(|noun| holds(&LISTS.tidings, tree.lemma(noun)));
        commits
            && !alleged
            && !credited
            && !duty
            && !is_news(scene, other)
            && !voiced
            && !news
            && !own_command(scene, other)
            && in_clause(scene, found.trigger, other)
    })
}

/// True for "told the army to leave": whoever commands his own people does it, and asks nothing of anybody.
pub(super) fn own_command(scene: &Scene, found: &Match) -> bool {
    let entry = &scene.book.entries[found.entry];
    if entry.kind != EventType::Request || !holds(&LISTS.commands, scene.tree.lemma(found.trigger)) {
        return false;
    }
    // "ordered all flights to be halted": it is done, and nobody is told to.
    let to_be = |&clause: &usize| {
        is_passive(scene.tree, clause)
            && scene.tree.children(clause).any(|c| scene.tree.relation(c) == R::AuxPass && scene.tree.lemma(c) == "be")
            && scene.tree.child(clause, R::Nsubj).or(scene.tree.child(clause, R::NsubjPass)).is_none()
    };
    if found.arguments.clauses.iter().any(to_be) {
        return true;
    }
    let told = found.arguments.object.map(|object| scene.cast.parties(scene.sentence, object)).unwrap_or_default();
    let possessed = found.arguments.object.is_some_and(|object| scene.tree.child(object, R::NmodPoss).is_some());
    let own = |party: &Party| {
        found.actors.iter().any(|actor| actor.country.is_some() && actor.country == party.country)
            && !scene.cast.is_state(party)
            // "told residents to take cover": the public is asked, and commanded by nobody; "its citizens" are its own.
            && (possessed || !party.sectors.contains(&"CVL"))
    };
    !told.is_empty() && told.iter().all(own)
}

/// True when `trigger` is the verb of a clause of the other match, or coordinated with it, or below it by control.
fn in_clause(scene: &Scene, trigger: usize, other: &Match) -> bool {
    let tree = scene.tree;
    if other.arguments.clauses.is_empty() && other.arguments.prepositions.is_empty() {
        return false;
    }
    // "agreed that the ties **should** be mended": the word of duty stands where its verb does.
    let duty = tree.relation(trigger) == R::Aux;
    let mut at = tree.head(trigger).filter(|_| duty).unwrap_or(trigger);
    for _ in 0..8 {
        let verbal = is_verbal(tree, at);
        if other.arguments.clauses.contains(&at) {
            return true;
        }
        // nouns under "called for a withdrawal of troops", "said no to mediation"
        let no = tree.lemma(other.trigger) == "say";
        let leads = |case: usize| tree.lemma(case) == "for" || no && tree.lemma(case) == "to";
        if other.arguments.prepositions.iter().any(|&(case, head)| head == at && leads(case)) {
            return true;
        }
        // "promised not to use force after two hours of talks": when it was promised.
        let when = tree
            .child(at, R::Case)
            .is_some_and(|case| matches!(tree.lemma(case), "after" | "following" | "amid" | "despite"));
        if when && tree.relation(at) == R::Obl {
            return false;
        }
        // "rejects calls to vote **after** its jets joined the raids": what was before is no part of the calls.
        let since =
            tree.child(at, R::Mark).is_some_and(|mark| matches!(tree.lemma(mark), "after" | "because" | "since"));
        if since && tree.relation(at) == R::Advcl {
            return false;
        }
        match tree.relation(at) {
            R::Conj | R::Xcomp | R::Advcl | R::Obj | R::Nmod | R::Ccomp | R::Obl => {}
            R::Acl if verbal => {}
            _ => return false,
        }
        match tree.head(at) {
            Some(head) if head != other.trigger => at = head,
            _ => return false,
        }
    }
    false
}

/// A definite event noun that only points back: "after the attack", "the talks".
pub(super) fn is_bare_mention(scene: &Scene, found: &Match) -> bool {
    let tree = scene.tree;
    let mut definite = false;
    for child in tree.children(found.trigger) {
        match tree.relation(child) {
            R::Det => {
                definite |= matches!(
                    tree.lemma(child).to_ascii_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those"
                );
            }
            R::Case | R::Punct | R::Cc | R::Conj | R::Mark | R::Advmod => {}
            _ => return false,
        }
    }
    if !found.actors.is_empty() || !found.recipients.is_empty() {
        return false;
    }
    // A bare noun under a preposition or as a modifier tells nothing new either.
    definite || tree.relation(found.trigger) == R::Compound || tree.sentence.tokens[found.trigger].upos == Upos::Propn
}

/// True for "the attack", "this attack", "his arrest".
fn is_definite(scene: &Scene, noun: usize) -> bool {
    let tree = scene.tree;
    tree.children(noun).any(|c| match tree.relation(c) {
        R::Det => matches!(tree.lemma(c).to_ascii_lowercase().as_str(), "the" | "this" | "that" | "these" | "those"),
        R::NmodPoss => true,
        _ => false,
    })
}

/// What else somebody is accused of, asked for or promised in one breath: "accused it of shelling a town **and of hiding
/// the dead**", "urged it to withdraw **and to free** the men".
pub(super) fn further(scene: &Scene, found: &Match, kind: EventType) -> Vec<usize> {
    let tree = scene.tree;
    if !matches!(kind, EventType::Accuse | EventType::Request | EventType::Agree) || found.part != Part::Verb {
        return vec![];
    }
    let mark =
        |i: usize| tree.children(i).find(|&c| c < i && matches!(tree.relation(c), R::Mark)).map(|c| tree.lemma(c));
    let clauses = found.arguments.clauses.iter().copied().filter(|&clause| is_verbal(tree, clause));
    let marked = clauses.filter_map(|clause| Some((clause, mark(clause)?)));
    let again = |(clause, word): (usize, &str)| {
        let word = word.to_owned();
        let beside = tree.children(clause).filter(|&c| tree.relation(c) == R::Conj).collect::<Vec<_>>();
        beside.into_iter().filter(move |&c| mark(c).is_some_and(|other| other == word)).collect::<Vec<_>>()
    };
    let mut more: Vec<usize> = marked.clone().flat_map(again).collect();
    let joined = |&c: &usize| tree.relation(c) == R::Conj && tree.head(c) == Some(found.trigger);
    more.extend(marked.map(|(clause, _)| clause).filter(joined));
    more.sort_unstable();
    more.dedup();
    more
}
