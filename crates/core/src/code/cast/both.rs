//! "Both countries", "the two leaders", "all sides": the two in question.

use super::{
    focus::is_side,
    stage::{Stage, WINDOW, scene_of},
    words::WORDS,
};
use crate::{
    code::{lists::holds, memory::Mention},
    labels::{Relation as R, Upos},
    world::{
        Code, Sectors,
        actors::{Named, Sort, Who, Why, is_nominal},
    },
};

/// Counts from three on.
const COUNTS: &[&str] = &["three", "four", "five", "six", "seven", "eight"];

impl Stage<'_, '_> {
    /// "the North", "the South": of a land in two halves, where the report names the half or its twin.
    pub(super) fn half(&self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let twin = match form {
            "north" => "South ",
            "south" => "North ",
            _ => return None,
        };
        let own = if form == "north" { "North " } else { "South " };
        // "offered **the North** massive aid": the article may hang from the noun behind.
        let article = token.checked_sub(1).is_some_and(|before| scene.is(before, &["the"]));
        let article = article || scene.tree.children(token).any(|c| c < token && scene.is(c, &["the"]));
        let of = scene.tree.children(token).any(|c| scene.tree.relation(c) == R::Nmod);
        if !article || of || scene.name_at(token).is_some() || !scene.form(token).starts_with(['N', 'S']) {
            return None;
        }
        let half = |code: Code| {
            let name = self.world.state_name(code)?;
            let land = name.strip_prefix(own).or_else(|| name.strip_prefix(twin))?;
            let find = |half: &str| self.world.find_state(&format!("{half}{land}"));
            find(twin).and(find(own))
        };
        let (named, _) = self.countries.most(|code| half(code).is_some())?;
        let country = half(named)?;
        let span = self.phrase(sentence).span(token);
        let why = Why::Described(Some(scene.sentence.tokens[token].span));
        let (sectors, sort) = (Sectors::one("GOV"), Sort::State);
        let named = self.named_code(country);
        Some(vec![Who { span, named, country: Some(country), sectors, sort, plural: false, sex: None, why }])
    }

    /// "The four", "the three countries", "its three partners": so many told of together before.
    pub(super) fn several(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let children: Vec<usize> = scene.tree.children(token).collect();
        let counted = |word: &str| COUNTS.iter().position(|count| *count == word).map(|at| at + 3);
        let noun = holds(&WORDS.sides, form) || holds(&WORDS.people, form) || matches!(form, "partners" | "allies");
        // "accused the four of blackmail"
        let charge = |c: usize| {
            scene.tree.relation(c) == R::Nmod
                && scene.sentence.tokens[c].xpos.as_str() == "NN"
                && self.is_of(sentence, c)
        };
        let ends = !children.iter().any(|&c| c > token && !charge(c));
        let alone = counted(form).filter(|_| is_nominal(scene.sentence, token) && ends);
        let beside = || children.iter().find_map(|&c| counted(&scene.form(c).to_lowercase()).filter(|_| noun));
        let number = alone.or_else(beside)?;
        let whose = scene.tree.child(token, R::NmodPoss);
        let definite = children.iter().any(|&c| c < token && scene.is(c, &["the", "these", "those", "all"]));
        if whose.is_none() && !definite {
            return None;
        }
        let owner = whose.and_then(|whose| self.group(sentence, whose).first().copied());
        let own = owner.and_then(|owner| owner.country);
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let fits = |m: &&Mention| {
            let with_own = own.is_some_and(|code| m.whos.iter().any(|who| who.country == Some(code)));
            let known = m.whos.iter().all(|who| who.country.is_some() && who.sort != Sort::Thing);
            known && m.whos.len() == number + usize::from(own.is_some()) && (own.is_none() || with_own)
        };
        let found = self.memory[..until].iter().rev().take(4 * WINDOW).find(fits)?;
        let span = self.phrase(sentence).span(token);
        let others = found.whos.iter().filter(|who| own.is_none() || who.country != own);
        Some(others.map(|who| Who { span, why: Why::Pair(who.span), ..*who }).collect())
    }

    /// "both countries", "the two sides", "the neighbours": the two in question.
    pub(super) fn two(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let delegates = holds(&WORDS.delegates, form);
        let sides = holds(&WORDS.sides, form) || delegates;
        let people = holds(&WORDS.people, form);
        let alone = matches!(form, "both" | "two" | "neither");
        if !sides && !people && !alone {
            return None;
        }
        let children: Vec<usize> = scene.tree.children(token).collect();
        let all = matches!(form, "sides" | "parties" | "belligerents" | "combatants")
            && children.iter().any(|&c| scene.is(c, &["all"]));
        let two = children.iter().any(|&c| scene.is(c, &["both", "two", "each", "either", "neither", "warring"]))
            || alone
            || all;
        let definite = children.iter().any(|&c| scene.is(c, &["the", "these", "those"]));
        // "senators of both parties": those of a parliament, and no sides.
        let seats = |head: usize| {
            let role = scene.role_at(head).and_then(|mark| self.world.roles.values(mark.value).next());
            role.is_some_and(|role| role.sectors.has("LEG"))
        };
        if form == "parties" && scene.tree.relation(token) == R::Nmod && scene.tree.head(token).is_some_and(seats) {
            return None;
        }
        // A name or possessor in the phrase tells more than the report: "the Baltic states", "NATO countries".
        let described = children.iter().any(|&c| {
            matches!(scene.tree.relation(c), R::NmodPoss | R::Compound | R::Nmod | R::AclRelcl | R::Amod)
                && !WORDS.epithets.iter().any(|word| scene.is(c, &[word.as_str()]))
                && !(scene.tree.relation(c) == R::Amod && scene.name_at(c).is_none())
        });
        // "a meeting between the leaders": of the two who were named.
        let plain = children.iter().all(|&c| matches!(scene.tree.relation(c), R::Det | R::Case | R::Punct));
        if !two && people && definite && plain && holds(&WORDS.heads, form) {
            let group = self.last_group(sentence, token, true, &[])?;
            let span = self.phrase(sentence).span(token);
            return Some(group.into_iter().map(|who| Who { span, why: Why::Pair(who.span), ..who }).collect());
        }
        // "the delegations agreed": of the two who talk.
        if !two && delegates && definite && plain {
            let group = self.last_group(sentence, token, false, &[])?;
            let span = self.phrase(sentence).span(token);
            return Some(group.into_iter().map(|who| Who { span, why: Why::Pair(who.span), ..who }).collect());
        }
        if !two && (!definite || described || people || !holds(&WORDS.definite_sides, form)) {
            return None;
        }
        if alone && (scene.sentence.tokens[token].upos == Upos::Cconj || !is_nominal(scene.sentence, token)) {
            return None;
        }
        if described && two && children.iter().any(|&c| scene.tree.relation(c) == R::Nmod && c > token) {
            return None;
        }
        let span = if alone { scene.sentence.tokens[token].span } else { self.phrase(sentence).span(token) };
        if people || alone {
            // "Fidan phoned both men": he is neither.
            let subject = self.subject_near(sentence, token).filter(|&s| s != token && !scene.tree.below(token, s));
            // "said that the two would meet": whoever says so may be one of them.
            let subject = subject.filter(|_| !matches!(scene.tree.relation(token), R::Nsubj | R::NsubjPass));
            let others = subject.map(|s| self.group(sentence, s)).unwrap_or_default();
            if let Some(group) = self.last_group(sentence, token, people, &others) {
                return Some(group.into_iter().map(|who| Who { span, why: Why::Pair(who.span), ..who }).collect());
            }
            if people && !(two && holds(&WORDS.heads, form)) {
                return None;
            }
        }
        // Whoever addresses both is neither; who only does something "in both countries" may be one of them.
        // "sent jets after the two armies clashed": nor does it matter who did something else meanwhile.
        let meanwhile = matches!(scene.tree.relation(token), R::Nsubj)
            && scene.tree.head(token).is_some_and(|verb| scene.tree.relation(verb) == R::Advcl);
        let inside = scene.tree.relation(token) == R::Nmod || meanwhile;
        let subject =
            self.subject_near(sentence, token).filter(|&s| !inside && s != token && !scene.tree.below(token, s));
        let others: Vec<Option<Code>> =
            subject.map(|s| self.group(sentence, s)).unwrap_or_default().iter().map(|who| who.country).collect();
        let side = |code: Code| is_side(self.world, code);
        let partners = two && definite && holds(&WORDS.partners, form);
        if partners && let Some(group) = self.acted_together(sentence, token, &others) {
            return Some(group.into_iter().map(|who| Who { span, why: Why::Pair(who.span), ..who }).collect());
        }
        if all && let Some((home, source)) = self.countries.home(|code| self.world.is_state(code)) {
            let named = self.named_code(home);
            let sectors = Sectors::default();
            let why = Why::Focus(source);
            return Some(vec![Who {
                span,
                named,
                country: Some(home),
                sectors,
                sort: Sort::State,
                plural: true,
                sex: None,
                why,
            }]);
        }
        let found =
            self.countries.pair(sentence, |code| side(code) && (others.len() > 1 || !others.contains(&Some(code))));
        let ((a, b), source) = found.or_else(|| self.countries.pair(sentence, side))?;
        let who = |code: Code| Who {
            span,
            named: self.named_code(code),
            country: Some(code),
            sectors: Sectors::one("GOV"),
            sort: Sort::State,
            plural: true,
            sex: None,
            why: Why::Pair(source),
        };
        Some(vec![who(a), who(b)])
    }

    /// "Oslo and Bonn vetoed the draft. **The two countries** also blocked another": the two who acted together in the
    /// sentence before.
    fn acted_together(&self, sentence: usize, token: usize, others: &[Option<Code>]) -> Option<Vec<Who>> {
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 1);
        let mut groups = recent.filter(|m| m.whos.len() > 1);
        let last = groups.next().filter(|m| m.subject && m.sentence < sentence && m.whos.len() == 2)?;
        let state =
            |who: &Who| who.country.is_some_and(|code| is_side(self.world, code) && !others.contains(&Some(code)));
        (last.whos.iter().all(state) && last.whos[0].country != last.whos[1].country).then(|| last.whos.clone())
    }

    /// "Armenia accused **its neighbour**": of the two in question the one that it is not.
    pub(super) fn rival(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        if !holds(&WORDS.rivals, form) {
            return None;
        }
        let scene = scene_of(self.scenes, sentence);
        let whose = scene.tree.child(token, R::NmodPoss)?;
        let owner = *self.group(sentence, whose).first()?;
        let own = owner.country?;
        // "The president's main rival, Jane Doe": no state, and somebody at home.
        if owner.sort == Sort::Person && !matches!(form, "neighbour" | "neighbor") {
            let span = self.phrase(sentence).span(token);
            let (sectors, why) = (Sectors::one("OPP"), Why::Described(Some(owner.span)));
            let (named, sort) = (Named::No, Sort::Person);
            return Some(vec![Who { span, named, country: Some(own), sectors, sort, plural: false, sex: None, why }]);
        }
        let ((a, b), source) = self.countries.pair(sentence, |code| is_side(self.world, code))?;
        let (other, source) = match own {
            own if own == a => (b, source),
            own if own == b => (a, source),
            // "The agency urged Greece … and called on its neighbour": the other of those told of.
            own if !self.world.is_state(own) => {
                let (last, _) = self.told_last(sentence, token, 1, |_, code| code == a || code == b)?;
                (if last == a { b } else { a }, source)
            }
            // Who is no party to the crisis borders on the one that it is about.
            own => self.countries.most(|code| code != own && (code == a || code == b))?,
        };
        let span = self.phrase(sentence).span(token);
        let (named, sectors) = (self.named_code(other), Sectors::one("GOV"));
        let why = Why::Pair(source);
        Some(vec![Who { span, named, country: Some(other), sectors, sort: Sort::State, plural: false, sex: None, why }])
    }

    fn named_code(&self, code: Code) -> Named {
        self.world.state(code).map_or(Named::No, Named::Known)
    }

    /// The last two or more named together; people only where people are asked for.
    /// None of `others` is among them.
    fn last_group(&self, sentence: usize, token: usize, people: bool, others: &[Who]) -> Option<Vec<Who>> {
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 3);
        let other = |who: &Who| others.iter().any(|o| o.named != Named::No && o.named == who.named);
        let fits = |who: &Who| !other(who) && if people { who.sort == Sort::Person } else { who.sort != Sort::Thing };
        let mut single: Vec<Who> = Vec::new();
        // "Oslo wants out of its war with the group. Chad hosts the talks between **the two**": the only two of the sentence.
        let mut near: Vec<(usize, Who)> = Vec::new();
        for mention in recent.clone().filter(|m| !people && sentence - m.sentence <= 1) {
            let pronoun = scene_of(self.scenes, mention.sentence).sentence.tokens[mention.token].upos == Upos::Pron;
            if let [who] = mention.whos.as_slice()
                && fits(who)
                && !pronoun
                && who.country.is_some_and(|code| is_side(self.world, code))
                && !near.iter().any(|&(at, other)| at == mention.sentence && other.country == who.country)
            {
                near.push((mention.sentence, *who));
            }
        }
        let pair_in = |at: usize| -> Vec<Who> {
            let mut found: Vec<Who> = near.iter().filter(|(in_, _)| *in_ == at).map(|&(_, who)| who).collect();
            found.reverse();
            found
        };
        let grouped =
            |at: usize| recent.clone().any(|m| m.sentence == at && m.whos.len() == 2 && m.whos.iter().all(fits));
        for at in [Some(sentence), sentence.checked_sub(1)].into_iter().flatten() {
            if grouped(at) {
                break;
            }
            let found = pair_in(at);
            if found.len() == 2 {
                return Some(found);
            }
        }
        for mention in recent {
            if mention.whos.len() == 2 && mention.whos.iter().all(fits) {
                return Some(mention.whos.clone());
            }
            if let [who] = mention.whos.as_slice()
                && people
                && fits(who)
                && !who.plural
                && !single.iter().any(|s| s.named == who.named)
                && who.named != Named::No
            {
                single.push(*who);
            }
        }
        (single.len() >= 2).then(|| {
            single.truncate(2);
            single.reverse();
            single
        })
    }
}
