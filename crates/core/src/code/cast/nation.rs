//! "The kingdom", "his country", "the neighbouring country", "the latter": countries and parties by what they are.

use super::{
    focus::is_side,
    stage::{Stage, WINDOW, scene_of},
    words::WORDS,
};
use crate::{
    code::lists::holds,
    labels::{Relation as R, Upos},
    span::Span,
    world::{
        Code, Sectors, World,
        actors::{Named, Sort, Who, Why},
    },
};

/// Sentences back in which "the country" looks for the one that was told of last.
const NEAR: usize = 2;
/// Mentions back in which a kind of state is looked for.
const FAR: usize = 4 * WINDOW;

impl Stage<'_, '_> {
    /// A singular phrase for a state that does not name it; `None` where it is none or could be several.
    pub(super) fn nation(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let land = WORDS.lands.contains_key(form) && holds(&WORDS.kinds, form);
        let side = holds(&WORDS.contrasted, form);
        let member = matches!(form, "member" | "partner" | "friend");
        if !land && !side && !member && !holds(&WORDS.nations, form) && !holds(&WORDS.contraries, form) {
            return None;
        }
        if scene.name_at(token).is_some() || scene.sentence.tokens[token].xpos.as_str() == "NNS" {
            return None;
        }
        let children: Vec<usize> = scene.tree.children(token).collect();
        let named = |&c: &usize| {
            let beside = matches!(scene.tree.relation(c), R::Compound | R::Amod | R::Flat | R::NmodDesc | R::Appos);
            beside && scene.name_at(c).is_some()
        };
        let definite = children.iter().any(|&c| c < token && scene.is(c, &["the", "that", "this"]));
        // "the state of emergency", "the Baltic state Latvia"
        // "the nation of 2.8 million" has people and no name.
        let counted = |c: usize| {
            let number = |t: usize| scene.sentence.tokens[t].upos == Upos::Num;
            number(c) || scene.tree.children(c).any(number)
        };
        let of = |&c: &usize| scene.tree.relation(c) == R::Nmod && self.is_of(sentence, c) && !counted(c);
        // "accused the NATO member": of the two in question.
        if form == "member" && definite && children.iter().any(named) {
            let pair = self.countries.pair(sentence, |code| self.world.is_state(code)).map(|(pair, _)| pair);
            let inside = |_: &World, code: Code| pair.is_some_and(|(a, b)| code == a || code == b);
            let other = self.opposite(sentence, token).or_else(|| self.told_last(sentence, token, NEAR + 1, inside));
            let (country, source) = other?;
            return Some(vec![self.state(sentence, token, country, Why::Pair(source))]);
        }
        if form == "member" || children.iter().any(|c| named(c) || of(c)) {
            return None;
        }
        if let Some(whose) = scene.tree.child(token, R::NmodPoss) {
            let owner = self.group(sentence, whose).into_iter().next()?;
            if matches!(form, "ally" | "partner" | "patron" | "friend") {
                return self.friend(sentence, token, owner);
            }
            if !holds(&WORDS.homelands, form) {
                return None;
            }
            let country = owner.country.filter(|&code| self.world.is_state(code))?;
            return Some(vec![self.state(sentence, token, country, Why::Antecedent(owner.span))]);
        }
        if !definite {
            return None;
        }
        let contrary = |&c: &usize| {
            c < token
                && matches!(scene.tree.relation(c), R::Amod | R::Compound)
                && holds(&WORDS.contrary, &scene.form(c).to_lowercase())
        };
        let other = side || holds(&WORDS.nations, form) || land;
        if other && children.iter().any(contrary) || holds(&WORDS.contraries, form) {
            let (country, source) = self.opposite(sentence, token)?;
            return Some(vec![self.state(sentence, token, country, Why::Pair(source))]);
        }
        let words: Vec<String> = children
            .iter()
            .filter(|&&c| c < token && !matches!(scene.tree.relation(c), R::Det | R::Punct))
            .flat_map(|&c| scene.tree.subtree(c, |_| true))
            .chain([token])
            .map(|t| scene.form(t).to_lowercase())
            .collect();
        let phrase = words.join(" ").replace(" - ", "-");
        if let Some(codes) = WORDS.lands_of(&phrase) {
            let among = |world: &World, code: Code| codes.iter().any(|&known| known == world.code(code));
            let (country, source) = self.told_last(sentence, token, usize::MAX, among)?;
            return Some(vec![self.state(sentence, token, country, Why::Antecedent(source))]);
        }
        if side && !land && !holds(&WORDS.nations, form) {
            return None;
        }
        // "the country": the one that was told of last.
        let plain = matches!(form, "country" | "nation");
        let bare = children.iter().all(|&c| c > token || scene.tree.relation(c) == R::Det);
        if !plain || !bare {
            return None;
        }
        let (country, source) = self.told_last(sentence, token, NEAR, World::is_state)?;
        Some(vec![self.state(sentence, token, country, Why::Antecedent(source))])
    }

    /// "Backed **its ally**", "accused **its former ally**": the other side, else the state that was told of last.
    fn friend(&mut self, sentence: usize, token: usize, owner: Who) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let own = owner.country?;
        let former = scene.tree.children(token).any(|c| c < token && scene.is(c, &["former", "erstwhile", "one-time"]));
        let pair = self.countries.pair(sentence, |code| is_side(self.world, code));
        let rival = pair.and_then(|((a, b), source)| match own {
            own if own == a => Some((b, source)),
            own if own == b => Some((a, source)),
            _ => None,
        });
        let last = |stage: &mut Self| {
            stage.told_last(sentence, token, NEAR + 1, |world, code| code != own && world.is_state(code))
        };
        let (country, source) = if former { rival.or_else(|| last(self)) } else { last(self).or(rival) }?;
        Some(vec![self.state(sentence, token, country, Why::Pair(source))])
    }

    /// "The latter", "the former": of the two parties named last.
    pub(super) fn latter(&self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let article = scene.tree.children(token).any(|c| c + 1 == token && scene.is(c, &["the"]));
        let relation = scene.tree.relation(token);
        if !matches!(form, "latter" | "former") || !article || matches!(relation, R::Amod | R::Compound) {
            return None;
        }
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let mut last: Vec<Who> = Vec::new();
        for mention in self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 1) {
            let pronoun = scene_of(self.scenes, mention.sentence).sentence.tokens[mention.token].upos == Upos::Pron;
            if let [who] = mention.whos.as_slice()
                && !pronoun
                && who.country.is_some()
                && who.sort != Sort::Thing
                && last.iter().all(|other| other.country != who.country)
            {
                last.push(*who);
            }
        }
        let who = *last.get(usize::from(form != "latter"))?;
        let span = scene.sentence.tokens[token].span;
        Some(vec![Who { span, why: Why::Antecedent(who.span), ..who }])
    }

    /// "Each army says **the other** fired": both, of whom [`crate::code`] makes one claim for each that speaks; "Chad says the
    /// other fired": the other of the two.
    pub(super) fn the_other(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let article = scene.tree.children(token).any(|c| c + 1 == token && scene.is(c, &["the"]));
        let acts = matches!(scene.tree.relation(token), R::Nsubj | R::NsubjPass | R::Obj | R::Obl);
        if form != "other" || !article || !acts || scene.tree.children(token).any(|c| c > token) {
            return None;
        }
        let span = scene.sentence.tokens[token - 1].span.cover(scene.sentence.tokens[token].span);
        let speaker = self.subject_near(sentence, token)?;
        let group = self.group(sentence, speaker);
        if let [one, two] = group.as_slice()
            && one.country.is_some()
            && two.country.is_some()
            && one.country != two.country
        {
            let why = Why::Pair(one.span);
            return Some([one, two].map(|who| Who { span, why, ..*who }).to_vec());
        }
        let (country, source) = self.opposite(sentence, token)?;
        let who = self.state(sentence, token, country, Why::Pair(source));
        Some(vec![Who { span, ..who }])
    }

    /// "The member states", "the members": of the organisation told of last.
    pub(super) fn members(&self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let member = |c: usize| scene.is(c, &["member"]) && scene.tree.relation(c) != R::NmodPoss;
        let states = matches!(form, "states" | "countries" | "nations" | "governments")
            && scene.tree.children(token).any(member);
        if !states || scene.tree.children(token).any(|c| scene.tree.relation(c) == R::NmodPoss) {
            return None;
        }
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 6);
        let body = |who: &&Who| {
            who.country.is_some_and(|code| !is_side(self.world, code)) && matches!(who.named, Named::Known(_))
        };
        let who = *recent.filter_map(|m| m.whos.first().filter(|_| m.whos.len() == 1)).find(body)?;
        let span = self.phrase(sentence).span(token);
        Some(vec![Who { span, plural: true, why: Why::Antecedent(who.span), ..who }])
    }

    pub(super) fn is_of(&self, sentence: usize, token: usize) -> bool {
        let scene = scene_of(self.scenes, sentence);
        scene.tree.child(token, R::Case).is_some_and(|case| scene.is(case, &["of"]))
    }

    fn state(&self, sentence: usize, token: usize, country: Code, why: Why) -> Who {
        Who {
            span: self.phrase(sentence).span(token),
            named: self.world.state(country).map_or(Named::No, Named::Known),
            country: Some(country),
            sectors: Sectors::one("GOV"),
            sort: Sort::State,
            plural: false,
            sex: None,
            why,
        }
    }

    /// Of the two in question the one that whoever tells it is not.
    fn opposite(&mut self, sentence: usize, token: usize) -> Option<(Code, Span)> {
        let ((a, b), source) = self.countries.pair(sentence, |code| is_side(self.world, code))?;
        let other = |code: Option<Code>| match code? {
            code if code == a => Some(b),
            code if code == b => Some(a),
            _ => None,
        };
        let scene = scene_of(self.scenes, sentence);
        let mut at = token;
        while let Some(subject) = self.subject_near(sentence, at).filter(|&s| s != at) {
            let found = self.group(sentence, subject).first().and_then(|who| other(who.country));
            if let Some(code) = found {
                return Some((code, source));
            }
            match scene.tree.head(subject) {
                Some(verb) if verb != at => at = verb,
                _ => break,
            }
        }
        // "According to the ministry, units of the neighbouring country"
        let told = |&t: &usize| scene.is(t, &["according"]);
        let teller = (0..scene.sentence.tokens.len()).find(told).and_then(|t| scene.tree.head(t));
        if let Some(code) = teller.and_then(|teller| other(self.group(sentence, teller).first()?.country)) {
            return Some((code, source));
        }
        let until = self.memory.partition_point(|m| m.sentence < sentence);
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= NEAR);
        let told = recent.filter(|m| m.subject && m.rank >= 4.0).find_map(|m| other(m.whos.first()?.country));
        told.map(|code| (code, source))
    }

    /// The country of this kind that was told of last, before whom this clause tells of.
    pub(super) fn told_last(
        &mut self,
        sentence: usize,
        token: usize,
        reach: usize,
        fits: impl Fn(&World, Code) -> bool,
    ) -> Option<(Code, Span)> {
        let scene = scene_of(self.scenes, sentence);
        // "Riyadh accused the monarchy": nobody acts on himself.
        let object = matches!(scene.tree.relation(token), R::Obj | R::Iobj | R::Obl | R::OblAgent);
        let subject = self.subject_near(sentence, token).filter(|&s| object && s < token);
        let own = subject.and_then(|subject| self.resolve(sentence, subject).first()?.country);
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let mut best: Option<(f32, Code, Span)> = None;
        for mention in self.memory[..until].iter().rev().take(FAR) {
            let distance = sentence - mention.sentence;
            if distance > reach {
                break;
            }
            let [who] = mention.whos.as_slice() else { continue };
            let Some(code) = who.country.filter(|&code| Some(code) != own && fits(self.world, code)) else { continue };
            let state = if who.sort == Sort::State { 0.5 } else { 0.0 };
            let score = 0.6 * mention.rank + state - 1.6 * distance as f32;
            if best.is_none_or(|(top, ..)| score > top) {
                best = Some((score, code, who.span));
            }
        }
        best.map(|(_, code, span)| (code, span))
    }
}
