//! Nouns that tell of a deed as a verb does: "the **closing** of the border by Kenya" is read by the entries of "close", and
//! who does it may stand behind "by" or be left out.

use super::{
    arguments::Arguments,
    codebook::{Entry, Frame, Role},
    frames::Scene,
    inflection,
    lists::{LISTS, holds},
    words::Part,
};
use crate::{EventType, Relation, Tree, Upos};

/// The frames of the verb that a noun in -ing comes from, where it tells what it acts on: "the **freezing** of funds". None
/// of a bare one: "the building", "their holding". With them whether it is a noun for sure, whose verb may have another sense.
pub fn frames<'a>(scene: &'a Scene, trigger: usize) -> Option<(&'a [Frame], bool)> {
    let tree = scene.tree;
    let token = &tree.sentence.tokens[trigger];
    let tagged_verb = token.xpos.as_str() == "VBG";
    let noun = token.upos == Upos::Noun && token.lemma.ends_with("ing") && !holds(&LISTS.things_in_ing, &token.lemma);
    if !(noun || tagged_verb && scene.may_be(Part::Noun, trigger)) || !has_of(tree, trigger) {
        return None;
    }
    let of_verb = |word: &str| scene.book.frames.get(&(scene.book.words.find(word), Part::Verb));
    let frames = if tagged_verb { of_verb(&token.lemma) } else { inflection::regular(&token.lemma, of_verb) };
    frames.map(|frames| (&frames[..], !tagged_verb))
}

fn has_of(tree: &Tree, noun: usize) -> bool {
    let of = |c: usize| tree.children(c).any(|k| tree.relation(k) == Relation::Case && tree.lemma(k) == "of");
    tree.children(noun).any(|c| matches!(tree.relation(c), Relation::Nmod | Relation::Obl) && of(c))
}

/// True for an entry whose verb keeps its sense as a noun: it asks what is acted on, and makes a claim.
pub fn keeps_sense(entry: &Entry, noun: bool) -> bool {
    !entry.void && (!noun || asks_object(entry))
}

fn asks_object(entry: &Entry) -> bool {
    entry.conditions.iter().any(|condition| condition.role == Role::Object && !condition.forbidden)
}

/// Who a noun says does it: "the recognition of Biafra **by Gabon**".
pub fn doers<'a>(tree: &'a Tree, arguments: &'a Arguments) -> impl Iterator<Item = usize> + 'a {
    arguments.prepositions.iter().filter(|&&(case, _)| tree.lemma(case) == "by").map(|&(_, head)| head)
}

/// Whose a deed is that another does is whom it is done to: "**Egypt's** expulsion by the League"; not "**Oslo's** hints at
/// involvement by Chad".
pub fn undergone(found: Arguments, tree: &Tree, is_party: impl Fn(usize) -> bool) -> Arguments {
    let done_to = |case: usize| matches!(tree.lemma(case), "at" | "on" | "against" | "about" | "over" | "for" | "to");
    let own = found.object.is_none() && !found.prepositions.iter().any(|&(case, _)| done_to(case));
    let done = found.owner.is_some() && own && doers(tree, &found).any(is_party);
    if done { Arguments { object: found.owner, owner: None, ..found } } else { found }
}

/// True where a noun leaves open who does it, as a passive without "by" does: "after the **overthrow** of the president". What
/// two do with each other is told only of them.
pub fn leaves_open(entry: &Entry, tree: &Tree, arguments: &Arguments) -> bool {
    (entry.kind.quad() == 4 || entry.kind == EventType::Retreat)
        && arguments.owner.is_none()
        && arguments.subject.is_none()
        && doers(tree, arguments).next().is_none()
}
