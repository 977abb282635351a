//! "The jet", "the boats": whose the thing is that was told of before; and people whom not even the tagger knows.

use super::{
    stage::{Stage, scene_of},
    words::WORDS,
};
use crate::{
    code::lists::holds,
    labels::{Relation as R, Upos},
    span::Span,
    world::{
        Sectors,
        actors::{Named, Sort, Who, Why},
    },
};

/// Sentences back in which a thing is looked for.
const NEAR: usize = 4;

impl Stage<'_, '_> {
    /// "Turkey shot down a Russian warplane. **The jet** had strayed": a definite thing is the last of its kind.
    pub(super) fn same_thing(&mut self, sentence: usize, token: usize) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let definite =
            scene.tree.children(token).any(|c| c < token && scene.is(c, &["the", "that", "this", "these", "those"]));
        let bare = |c: usize| !matches!(scene.tree.relation(c), R::NmodPoss | R::Nmod | R::AclRelcl | R::Acl);
        if !definite || !scene.tree.children(token).all(bare) {
            return None;
        }
        let kind = kind_of(scene.form(token))?;
        // "China's cutters had expelled the two ships": not its own.
        let object = matches!(scene.tree.relation(token), R::Obj | R::NsubjPass);
        let subject = self.subject_near(sentence, token).filter(|&s| object && s < token);
        let own = subject.and_then(|subject| self.resolve(sentence, subject).first()?.country);
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let mut recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= NEAR);
        let same = |m: &&crate::code::memory::Mention| {
            let [who] = m.whos.as_slice() else { return false };
            let thing = matches!(who.sort, Sort::Thing | Sort::Body) && who.country.is_some() && who.country != own;
            thing && kind_of(scene_of(self.scenes, m.sentence).form(m.token)) == Some(kind)
        };
        let other = recent.find(same)?.whos[0];
        let span = self.phrase(sentence).span(token);
        Some(vec![Who { span, why: Why::Antecedent(other.span), ..other }])
    }

    /// "**Vetsop Namgyel** said": two capitalised words that say something are a person, whatever the tagger thinks.
    pub(super) fn untagged(&self, sentence: usize, token: usize) -> Option<Who> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let tokens = &scene.sentence.tokens;
        let verb = tree.head(token).filter(|_| tree.relation(token) == R::Nsubj)?;
        let proper = tokens[token].upos == Upos::Propn && scene.entity_at(token).is_none();
        let capital = |t: usize| scene.form(t).starts_with(char::is_uppercase);
        if !proper || scene.name_at(token).is_some() || !holds(&WORDS.saying, tree.lemma(verb)) {
            return None;
        }
        let with = |&c: &usize| matches!(tree.relation(c), R::Flat | R::Compound) && tokens[c].upos == Upos::Propn;
        let mut words: Vec<usize> = tree.children(token).filter(with).chain([token]).collect();
        words.sort_unstable();
        let (&first, &last) = (words.first()?, words.last()?);
        if words.len() != 2 || last != first + 1 || !words.iter().all(|&t| capital(t) && scene.role_at(t).is_none()) {
            return None;
        }
        let span = Span { start: tokens[first].span.start, end: tokens[last].span.end };
        let sex = self.world.sex_of_given_name(scene.form(first));
        let (sectors, sort, why) = (Sectors::default(), Sort::Person, Why::Described(None));
        Some(Who { span, named: Named::Words(span), country: None, sectors, sort, plural: false, sex, why })
    }
}

/// Which kind of thing a word is for, as far as a later word may take it up.
fn kind_of(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let one = word.strip_suffix('s').unwrap_or(&word);
    WORDS.things.iter().position(|kind| kind.iter().any(|name| *name == word || name == one))
}
