//! What something is called: the quality behind the noun, where the parser took it for a part of the phrase.

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos},
    sentence::Sentence,
};

/// Hangs an adjective that stands behind its noun from the verb that calls it so: "called the raid “**unacceptable**”".
pub fn called(sentence: &mut Sentence) {
    for noun in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(verb) = tokens[noun].head.filter(|&verb| verb < noun && tokens[noun].relation == R::Obj) else {
            continue;
        };
        if !holds(&LISTS.calls, &tokens[verb].lemma) {
            continue;
        }
        let behind =
            |t: usize| tokens[t].head == Some(noun) && tokens[t].relation == R::Amod && tokens[t].upos == Upos::Adj;
        let taken = (0..tokens.len()).any(|t| tokens[t].head == Some(verb) && tokens[t].relation == R::Xcomp);
        let Some(quality) = (noun + 1..tokens.len()).find(|&t| behind(t)).filter(|_| !taken) else { continue };
        sentence.tokens[quality].head = Some(verb);
        sentence.tokens[quality].relation = R::Xcomp;
    }
}
