//! Nouns of a verb and a particle, cut at the hyphen and often taken apart: "Denmark's **pull-out** from Mali", "a **sit-in**
//! outside the embassy", "the **cut-off** of aid".

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::{Sentence, Token},
};

/// Makes one noun of them, with its verb as head: what stands before it and the phrase right behind it are its own.
pub fn nouns(text: &str, sentence: &mut Sentence) {
    for dash in 2..sentence.tokens.len().saturating_sub(2) {
        if is_noun(text, sentence, dash) {
            gather(sentence, dash);
        }
    }
}

/// True for the hyphen of "the pull-out", not for those of "a stand-off weapon", "pulled-out", "hand-to-hand".
fn is_noun(text: &str, sentence: &Sentence, dash: usize) -> bool {
    let tokens = &sentence.tokens;
    let tight =
        |t: usize| tokens[t - 1].span.end == tokens[t].span.start && tokens[t].span.end == tokens[t + 1].span.start;
    if tokens[dash].lemma != "-" || !tight(dash) {
        return false;
    }
    let particle = sentence.form(text, dash + 1).to_lowercase();
    let particle = particle.strip_suffix('s').filter(|_| particle.len() > 3).unwrap_or(&particle);
    let before = &tokens[dash - 2];
    let named = matches!(before.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
        || matches!(before.xpos.as_str(), "POS" | "PRP$");
    let free = !matches!(tokens[dash + 2].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
        && tokens[dash + 2].lemma != "-"
        && before.span.end < tokens[dash - 1].span.start;
    let bare = matches!(tokens[dash - 1].xpos.as_str(), "NN" | "VB" | "VBP" | "JJ");
    named && free && bare && holds(&LISTS.noun_particles, particle)
}

fn gather(sentence: &mut Sentence, dash: usize) {
    let (noun, particle) = (dash - 1, dash + 1);
    let tokens = &sentence.tokens;
    let outside = |t: usize| !(noun..=particle).contains(&t);
    let phrase = |token: &Token| {
        let plain = matches!(token.relation, R::Nsubj | R::NsubjPass | R::Obj | R::Obl | R::Nmod | R::Conj | R::Appos);
        plain || matches!(token.relation, R::Root | R::Parataxis)
    };
    let hung = |t: &usize| tokens[*t].head.is_none_or(outside);
    let Some(outer) = [noun, particle]
        .into_iter()
        .find(|t| hung(t) && phrase(&tokens[*t]))
        .or_else(|| [particle, noun].into_iter().find(hung))
    else {
        return;
    };
    let (mut head, mut relation) = (tokens[outer].head, tokens[outer].relation);
    // "The pull-out from Mali **came**": what stands before a verb without a subject is its subject.
    if !phrase(&tokens[outer]) {
        relation = if head.is_some_and(|head| head > particle) { R::Nsubj } else { R::Obl };
    }
    let above = std::iter::successors(head, |&t| tokens[t].head);
    if above.take(tokens.len()).any(|t| !outside(t)) {
        return;
    }
    // The phrase right behind it: "a sit-in **outside the embassy** went on"
    let behind = tokens[particle + 1].head.filter(|&h| h > particle && tokens[particle + 1].relation == R::Case);
    let own = behind.filter(|&h| {
        matches!(tokens[h].relation, R::Nsubj | R::NsubjPass) && Some(h) < tokens[h].head
            || matches!(tokens[h].relation, R::Obl | R::Nmod) && tokens[h].head == head
            || head == Some(h)
    });
    if let Some(own) = own.filter(|&own| tokens[own].head.is_none_or(outside)) {
        if head == Some(own) || matches!(tokens[own].relation, R::Nsubj | R::NsubjPass) {
            (head, relation) = (tokens[own].head, tokens[own].relation);
        }
        // "announced a pull-out from Mali", read as announced from there; not "left **after** the pull-out"
        let case = |t: usize| tokens[t].relation == R::Case && tokens[t].head.is_some_and(|head| !outside(head));
        if relation == R::Obl && head.is_some_and(|head| head < noun) && !(0..noun).any(case) {
            relation = R::Obj;
        }
        (sentence.tokens[own].head, sentence.tokens[own].relation) = (Some(noun), R::Nmod);
    }
    // What stands before it, wherever it hangs: "**Washington's** cut-off".
    for t in (0..noun).rev() {
        let token = &mut sentence.tokens[t];
        if !matches!(token.relation, R::Det | R::Amod | R::NmodPoss | R::Nummod | R::Compound | R::Case | R::Flat) {
            break;
        }
        if token.relation != R::Case && token.head.is_some_and(|head| head > noun) {
            token.head = Some(noun);
        }
    }
    for token in sentence.tokens.iter_mut().filter(|token| token.head.is_some_and(|h| h == dash || h == particle)) {
        token.head = Some(noun);
    }
    (sentence.tokens[dash].head, sentence.tokens[dash].relation) = (Some(noun), R::Punct);
    (sentence.tokens[particle].head, sentence.tokens[particle].relation) = (Some(noun), R::CompoundPrt);
    let token = &mut sentence.tokens[noun];
    (token.head, token.relation) = (head, relation);
    (token.upos, token.xpos) = (Upos::Noun, Xpos::from_name("NN"));
}
