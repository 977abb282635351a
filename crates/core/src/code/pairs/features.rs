//! What speaks for a candidate, one number each: how the trigger stands to the marked parties and to the rest of the
//! sentence, how much of the entry holds.

use super::Marked;
use crate::{
    Relation as R, Span, Tree, Upos,
    code::{
        arguments::{Arguments, subject, with_conjuncts},
        codebook::{Entry, Frame, Need, Role},
        frames::{Match, Scene},
        lists::{LISTS, holds},
        words::Part,
    },
    numbers,
};

/// The features by name, in the order of [`Features`]; `crates/data/code/ranker.toml` gives each its weight.
pub const NAMES: [&str; 38] = [
    "source_acts",
    "source_stands_for_actor",
    "source_behind_preposition",
    "both_act",
    "target_acted_on",
    "target_below",
    "is_party",
    "between",
    "depth",
    "verb",
    "other_part",
    "content",
    "modifies_party",
    "aside",
    "further_words",
    "held",
    "failed",
    "forbidden",
    "single_word",
    "chosen",
    "actor_is_source",
    "recipient_is_target",
    "named",
    "needs_unmet",
    "before_both",
    "behind_both",
    "root",
    "far_from_source",
    "other_subject",
    "strict",
    "breadth",
    "share_of_word",
    "types_of_word",
    "purpose",
    "object_speaks",
    "words_speak",
    "near_words_speak",
    "errand",
];

/// One candidate as numbers.
pub type Features = [f32; NAMES.len()];

/// Where a trigger stands among the others of its sentence.
pub struct Place<'m> {
    /// It is the content of a promise, demand, refusal or threat.
    pub below: bool,
    /// The entry that coding without marks would choose for it.
    pub chosen: Option<&'m Match>,
}

/// What is common to all entries that a trigger might fire.
pub fn of_trigger(scene: &Scene, marked: &Marked, trigger: usize, part: Part, at: &Place) -> (Features, Arguments) {
    let arguments = scene.arguments(trigger, part);
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let span = tokens[trigger].span;
    let within = |party: Option<Span>, i: usize| party.is_some_and(|party| party.touches(tokens[i].span));
    let source = |i: usize| within(marked.source, i);
    let target = |i: usize| within(marked.target, i);
    let mut out: Features = [0.0; NAMES.len()];
    let mut set = |name: &str, value: f32| {
        if let Some(at) = NAMES.iter().position(|one| *one == name) {
            out[at] = value;
        }
    };
    let yes = |fact: bool| f32::from(u8::from(fact));
    let mut actors = arguments.subject.into_iter().chain(arguments.owner).chain(arguments.modifiers.iter().copied());
    if actors.any(source) {
        set("source_acts", 1.0);
    } else if arguments.subject.is_some_and(|i| stands_for(tree, i, trigger, source)) {
        set("source_stands_for_actor", 1.0);
    } else if arguments.prepositions.iter().any(|&(_, i)| source(i)) {
        set("source_behind_preposition", 1.0);
    } else if arguments.subject.is_some() {
        set("other_subject", 1.0);
    }
    // "X and Y met"
    let joined: Vec<usize> = arguments.subject.into_iter().flat_map(|i| with_conjuncts(tree, i)).collect();
    set("both_act", yes(joined.iter().any(|&i| source(i)) && joined.iter().any(|&i| target(i))));
    let others = arguments.object.into_iter().chain(arguments.second_object);
    let mut others = others.chain(arguments.prepositions.iter().map(|&(_, i)| i));
    let below = |i: usize| (0..tokens.len()).any(|t| target(t) && tree.below(t, i));
    if others.clone().any(target) {
        set("target_acted_on", 1.0);
    } else if others.any(below) || arguments.clauses.iter().any(|&i| below(i)) {
        set("target_below", 1.0);
    }
    set("is_party", yes(source(trigger) || target(trigger)));
    if let (Some(source), Some(target)) = (marked.source, marked.target) {
        let (low, high) = (source.end.min(target.end), source.start.max(target.start));
        set("between", yes((low..high).contains(&span.start)));
        set("before_both", yes(span.start < low.min(source.start).min(target.start)));
        set("behind_both", yes(span.start >= source.end.max(target.end)));
    }
    if let Some(source) = marked.source {
        let (low, high) = if source.start < span.start { (source.end, span.start) } else { (span.end, source.start) };
        let words = tokens.iter().filter(|token| low <= token.span.start && token.span.end <= high).count();
        set("far_from_source", (words.min(20) as f32) / 10.0);
    }
    let mut depth = 0;
    let mut up = trigger;
    while let Some(head) = tree.head(up) {
        depth += 1;
        up = head;
    }
    set("depth", depth as f32);
    set("root", yes(depth == 0));
    set("verb", yes(tokens[trigger].upos == Upos::Verb));
    set("other_part", yes(Part::of(tokens[trigger].upos) != Some(part)));
    set("content", yes(at.below));
    let infinitive = tree.children(trigger).any(|c| tree.relation(c) == R::Mark && tree.lemma(c) == "to");
    set("purpose", yes(tree.relation(trigger) == R::Advcl && infinitive));
    set("errand", yes(infinitive && is_errand(tree, trigger, source)));
    match aside(tree, trigger, |i| source(i) || target(i)) {
        Some(Aside::Party) => set("modifies_party", 1.0),
        Some(Aside::Clause) => set("aside", 1.0),
        None => {}
    }
    (out, arguments)
}

/// Adds what an entry's words and conditions say; `None` where its words do not stand there.
pub fn of_frame(
    scene: &Scene,
    marked: &Marked,
    (trigger, part): (usize, Part),
    (entry, frame): (&Entry, &Frame),
    arguments: &Arguments,
    at: &Place,
    common: &Features,
) -> Option<Features> {
    let wording = scene.wording(trigger, &frame.further)?;
    let tokens = &scene.tree.sentence.tokens;
    let mut out = *common;
    let mut set = |name: &str, value: f32| {
        if let Some(at) = NAMES.iter().position(|one| *one == name) {
            out[at] = value;
        }
    };
    let yes = |fact: bool| f32::from(u8::from(fact));
    let (mut held, mut failed, mut forbidden, mut named) = (0, 0, 0, 0);
    for condition in &entry.conditions {
        match (scene.holds(condition, arguments, part, trigger), condition.forbidden) {
            (true, false) => {
                held += 1;
                named += u32::from(scene.holds_by_word(condition, arguments, part, trigger));
            }
            // "The accord says", "in return they free": without the accord or the return it is another deed.
            (false, false) if frame.general || condition.role == Role::Subject => return None,
            (false, false) => failed += 1,
            (false, true) => forbidden += 1,
            (true, true) => {}
        }
    }
    set("further_words", frame.further.len() as f32);
    // A forbidden word that stands there takes back what the others say.
    set("held", (held as f32 - forbidden as f32).max(0.0));
    set("failed", failed as f32);
    set("forbidden", forbidden as f32);
    set("named", named as f32);
    set("single_word", yes(wording.len() == 1));
    set("chosen", yes(at.chosen.is_some_and(|found| found.entry == frame.entry as usize)));
    let which = usize::from(part == Part::Noun);
    let stands = |roles: &[Role], party: Option<Span>| {
        let heads = roles.iter().flat_map(|&role| scene.tokens(role, arguments, part, trigger));
        let mut heads = heads.flat_map(|head| with_conjuncts(scene.tree, head));
        heads.any(|head| party.is_some_and(|party| party.touches(tokens[head].span)))
    };
    set("actor_is_source", yes(stands(&entry.actor[which], marked.source)));
    set("recipient_is_target", yes(stands(&entry.recipient[which], marked.target)));
    let unmet = entry.needs.iter().filter(|need| match need {
        Need::Object => arguments.object.is_none(),
        Need::Clause => arguments.clauses.is_empty(),
        Need::Actor | Need::Recipient | Need::Abroad => false,
        // The marks tell of two only.
        Need::Partners => true,
    });
    set("needs_unmet", unmet.count() as f32);
    set("strict", yes(failed + forbidden == 0));
    set("breadth", numbers::ln(1.0 + entry.breadth as f32));
    let frames = &scene.book.frames[&(scene.words[trigger], part)];
    let entries = frames.iter().map(|one| &scene.book.entries[one.entry as usize]).filter(|one| !one.void);
    let mut kinds: Vec<_> = entries.map(|one| one.kind).collect();
    let alike = kinds.iter().filter(|&&kind| kind == entry.kind).count();
    set("share_of_word", alike as f32 / kinds.len() as f32);
    kinds.sort_unstable();
    kinds.dedup();
    set("types_of_word", numbers::ln(kinds.len() as f32));
    let party = |i: usize| [marked.source, marked.target].iter().flatten().any(|span| span.touches(tokens[i].span));
    let content = |&i: &usize| {
        i != trigger
            && !wording.contains(&i)
            && !party(i)
            && matches!(tokens[i].upos, Upos::Noun | Upos::Verb | Upos::Adj)
    };
    let speaks = |words: &mut dyn Iterator<Item = usize>| {
        let lifts: Vec<f32> =
            words.filter(content).filter_map(|i| scene.book.evidence().lift(scene.words[i], entry.kind)).collect();
        if lifts.is_empty() { 0.0 } else { lifts.iter().sum::<f32>() / lifts.len() as f32 }
    };
    let around = arguments.object.into_iter().chain(arguments.second_object);
    let around = around.chain(arguments.prepositions.iter().map(|&(_, i)| i)).chain(arguments.clauses.iter().copied());
    set("object_speaks", speaks(&mut around.into_iter()));
    set("words_speak", speaks(&mut (0..tokens.len())));
    set("near_words_speak", speaks(&mut (trigger.saturating_sub(6)..tokens.len().min(trigger + 7))));
    Some(out)
}

/// "**X** sent commandos to blow up Y", "**X** called Y to thank him": what the source went or called for.
fn is_errand(tree: &Tree, trigger: usize, source: impl Fn(usize) -> bool) -> bool {
    if !matches!(tree.relation(trigger), R::Advcl | R::Xcomp | R::Acl | R::Ccomp) {
        return false;
    }
    let Some(head) = tree.head(trigger) else { return false };
    let verb = if tree.relation(trigger) == R::Acl { tree.head(head) } else { Some(head) };
    verb.is_some_and(|verb| {
        holds(&LISTS.errands, &tree.lemma(verb).to_lowercase())
            && subject(tree, verb, 4).is_some_and(|i| with_conjuncts(tree, i).into_iter().any(&source))
    })
}

enum Aside {
    Party,
    Clause,
}

/// How a trigger stands beside what the sentence says: in a clause that only tells which party is meant ("a man
/// **suspected** of theft"), or in one of time, ground or condition ("after **talks**").
fn aside(tree: &Tree, trigger: usize, party: impl Fn(usize) -> bool) -> Option<Aside> {
    let mut found = None;
    let mut at = trigger;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { break };
        match tree.relation(at) {
            R::Acl | R::AclRelcl if party(head) => return Some(Aside::Party),
            R::Advcl | R::Obl | R::Nmod => {
                let mark = tree.children(at).find(|&c| matches!(tree.relation(c), R::Mark | R::Case));
                if mark.is_some_and(|mark| holds(&LISTS.asides, &tree.lemma(mark).to_lowercase())) {
                    found = Some(Aside::Clause);
                }
            }
            _ => {}
        }
        at = head;
    }
    found
}

/// True for a pronoun whose verb hangs below one that the marked party is the subject of: "**X** said that they will go".
fn stands_for(tree: &Tree, pronoun: usize, trigger: usize, marked: impl Fn(usize) -> bool) -> bool {
    let personal = ["he", "she", "it", "they", "we", "i", "who"];
    if !personal.contains(&tree.lemma(pronoun).to_lowercase().as_str()) {
        return false;
    }
    let mut at = trigger;
    for _ in 0..6 {
        let Some(head) = tree.head(at) else { return false };
        if tree.children(head).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass) && marked(c)) {
            return true;
        }
        at = head;
    }
    false
}
