//! Whose a role is that the words do not say: taken up from before, or of the country whose side is being told.

use super::{
    stage::{Stage, WINDOW, scene_of},
    words::WORDS,
};
use crate::{
    code::{
        lists::holds,
        memory::{Mention, role_word},
    },
    labels::Relation as R,
    span::Span,
    tree::Tree,
    world::{
        Code, RoleKind,
        actors::{Named, Sort, Who, Why},
        scene::Mark,
    },
};

/// Sentences back in which a group was told of.
const NEAR: usize = 6;

/// Sentences back in which a mission is looked for.
const REACH: usize = 12;

/// True for the capital of "In Accra, the ministry said".
pub(super) fn is_where(tree: &Tree, place: usize) -> bool {
    let case = tree.child(place, R::Case).is_some_and(|case| tree.lemma(case).eq_ignore_ascii_case("in"));
    case && tree.relation(place) == R::Obl
}

/// True where `mention` stands in the words that the subject `token` says, which go before: "X did it, said the minister".
fn is_told_by(tree: &Tree, mention: usize, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|_| tree.relation(token) == R::Nsubj) else { return false };
    if mention > verb || mention > token {
        return false;
    }
    let aside = tree.relation(verb) == R::Parataxis;
    let content = tree.children(verb).find(|&c| tree.relation(c) == R::Ccomp);
    aside && !tree.below(mention, verb) || content.is_some_and(|c| c == mention || tree.below(mention, c))
}

impl Stage<'_, '_> {
    /// Gives a phrase without a country the one of whom it takes up, or of the account it stands in.
    pub(super) fn complete(&mut self, sentence: usize, token: usize, whos: Vec<Who>) -> Vec<Who> {
        let [who] = whos.as_slice() else { return whos };
        let mut who = *who;
        if who.country.is_some() {
            return whos;
        }
        let scene = scene_of(self.scenes, sentence);
        // "Opposition leader Jane Doe": the title stands beside the name.
        let title = || {
            let beside = |c: &usize| matches!(scene.tree.relation(*c), R::Compound | R::NmodDesc | R::Flat | R::Appos);
            scene.tree.children(token).filter(beside).find_map(|c| scene.role_at(c))
        };
        let Some(mark) = scene.role_at(token).or_else(title).copied() else {
            return vec![self.introduced(sentence, token, &who).unwrap_or(who)];
        };
        // "the Foreign Ministry": a name that is only what every state calls its own.
        match who.named {
            Named::No => {}
            Named::Words(name) if mark.span.holds(name) => who.named = Named::No,
            Named::Words(_) if who.sort == Sort::Person => {}
            // "The opposition People's Force party"
            Named::Words(_) if who.sectors.has("PTY") || who.sectors.has("OPP") => {}
            _ => return whos,
        }
        let Some(role) = self.world.roles.values(mark.value).next() else { return whos };
        if let Some((country, source)) = self.sender(sentence, token, mark.last - 1) {
            return vec![Who { country: Some(country), why: Why::Antecedent(source), ..who }];
        }
        if role.kind == RoleKind::People
            && who.named == Named::No
            && let Some((country, source)) = self.crowd(sentence, token)
        {
            return vec![Who { country: Some(country), why: Why::Focus(source), ..who }];
        }
        // "wounding one sailor": whose he is nobody has told.
        let indefinite = scene.tree.children(token).any(|c| {
            c < token
                && (scene.is(c, &["a", "an", "another", "any", "no", "some", "every"])
                    || scene.tree.relation(c) == R::Nummod)
        });
        let definite = scene.tree.children(token).any(|c| {
            c < token && scene.is(c, &["the", "this", "that", "these", "those", "its", "his", "her", "their"])
        });
        if definite
            && who.named == Named::No
            && let Some(earlier) = self.taken_up(sentence, token, &mark, &who)
        {
            return vec![Who { span: who.span, why: Why::Antecedent(earlier.span), sort: earlier.sort, ..earlier }];
        }
        // Headlines name the group only below: "Rebel militia storms palace".
        let armed = role.sectors.has("REB") || role.sectors.has("PRM");
        // "At least 17 guerrillas died": those of the one group that the report has told of.
        let counted = who.plural && role.sectors.has("REB") && indefinite;
        let told =
            counted && self.countries.rebels(self.world).is_some_and(|(group, _)| self.was_told(sentence, group));
        if armed
            && (!indefinite || told)
            && (definite
                || told
                || sentence == 0
                || who.plural && role.sectors.has("REB") && self.countries.is_civil_war())
            && let Some((group, source)) = self.countries.rebels(self.world)
        {
            let why = Why::Antecedent(source);
            // "Rebel commander John Doe"
            if who.named != Named::No {
                return vec![Who { country: Some(group), why, ..who }];
            }
            let named = self.world.group(group).map_or(Named::No, Named::Known);
            return vec![Who { country: Some(group), named, sort: Sort::Force, why, ..who }];
        }
        // "our delegate" is of the paper's own country, which it need not name.
        let ours = |c: usize| scene.tree.relation(c) == R::NmodPoss && scene.is(c, &["our", "my"]);
        if scene.tree.children(token).any(ours) {
            return whos;
        }
        // "the other parties to the pact" are none of a parliament.
        let signs = |c: usize| {
            let case = scene.tree.child(c, R::Case);
            scene.tree.relation(c) == R::Nmod && case.is_some_and(|case| scene.is(case, &["to"]))
        };
        // Nor is a bloc of states.
        let bloc = scene.is(token, &["bloc", "blocs"]);
        if bloc || scene.is(token, &["party", "parties"]) && scene.tree.children(token).any(signs) {
            return whos;
        }
        // "many countries", "Western governments"
        if super::is_states(&scene.form(token).to_lowercase()) && !definite {
            return whos;
        }
        // "told mediators that": whoever stands between the sides is of neither.
        if holds(&WORDS.outsiders, &scene.form(token).to_lowercase()) {
            return whos;
        }
        let official = match role.kind {
            // "government aircraft"
            RoleKind::Thing => who.sectors.has("GOV"),
            RoleKind::Body => ["GOV", "LEG", "JUD", "PTY", "OPP"].iter().any(|sector| role.sectors.has(sector)),
            RoleKind::Force => role.sectors.has("MIL") || role.sectors.has("COP") || role.sectors.has("SPY"),
            RoleKind::Person => {
                role.sectors.has("GOV")
                    || role.sectors.has("COP")
                    || role.sectors.has("LEG")
                    || role.sectors.has("MIL")
                    || role.sectors.has("OPP")
                    || role.sectors.has("PTY")
            }
            RoleKind::People => false,
        };
        // Whoever acts on the ground is of the country that the whole report is about.
        let ground = role.kind == RoleKind::People
            || role.kind != RoleKind::Thing
                && ["COP", "MIL", "JUD", "OPP", "REB", "PRM", "LEG", "PTY"]
                    .iter()
                    .any(|sector| role.sectors.has(sector))
            || scene.is(token, &["junta", "putschists", "plotters", "mutineers"]);
        let fits = |code: Code| role.office.is_none_or(|office| self.world.may_have(code, office));
        let home = self.countries.home(|code| self.world.is_state(code) && fits(code)).filter(|_| ground);
        // "The army pulled back": of a war within a state both are told of, and this is the state's.
        let state = matches!(role.kind, RoleKind::Body | RoleKind::Force) && official && definite;
        let home = home.or_else(|| self.countries.at_war_within(self.world).filter(|_| state));
        if home.is_none() && (!official || indefinite) {
            return whos;
        }
        let Some((country, source)) = home.or_else(|| self.account_of(sentence, token)) else { return whos };
        let mut who = Who { country: Some(country), why: Why::Focus(source), ..who };
        if let Some(office) = role.office
            && !who.plural
            && who.named == Named::No
            && let Some(person) = self.world.holder(country, office, self.day)
        {
            who.named = Named::Known(person);
            who.sex = self.world.known[person as usize].sex;
        }
        vec![who]
    }

    /// True where this party was told of in the few sentences before.
    fn was_told(&self, sentence: usize, code: Code) -> bool {
        let until = self.memory.partition_point(|m| m.sentence < sentence);
        let near = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= NEAR);
        near.into_iter().any(|m| m.whos.iter().any(|who| who.country == Some(code)))
    }

    /// Somebody with this role told of before: "the secretary" after "Secretary of State Marco Rubio", "the group" after
    /// "Hamas".
    fn taken_up(&self, sentence: usize, token: usize, mark: &Mark, who: &Who) -> Option<Who> {
        let scene = &self.scenes[sentence];
        let word = role_word(scene, mark.first, mark.last);
        let group = WORDS.groups.iter().any(|word| scene.is(token, &[word.as_str()]));
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take(WINDOW);
        let recent = recent.filter(|m| sentence - m.sentence <= 30 && m.whos.len() == 1);
        let taken = |m: &Mention| {
            let other = m.whos[0];
            let person = who.sort == Sort::Person && other.sort == Sort::Person && !who.plural && !other.plural;
            // "the president" after "Lukashenko", whose office the world knows.
            let office = || self.world.roles.values(mark.value).next().and_then(|role| role.office);
            let held = || match other.named {
                Named::Known(one) => self.world.holding(one, self.day).and_then(|holding| holding.office),
                _ => None,
            };
            let keeps = person && office().is_some() && office() == held();
            let same_role = (m.role == word && word != 0 || keeps) && other.country.is_some();
            if person && same_role && other.named != Named::No {
                return Some(other);
            }
            // "the army" after "the Kachin Independence Army" is the one that it fights.
            let army = scene.is(token, &["army", "military", "troops", "soldiers", "forces"])
                && other.country.is_some_and(|code| self.world.is_armed(code));
            if !person
                && same_role
                && !army
                && who.sort == other.sort
                && other.country.is_some()
                && sentence - m.sentence <= 8
            {
                return Some(other);
            }
            let tag = |code: Code| !self.world.is_state(code);
            // "the union" is a body whose name says so.
            let union = !scene.is(token, &["union"])
                || matches!(other.named, Named::Known(one) if self.world.known[one as usize].name.ends_with("Union"));
            // "the Western alliance" is no band of fighters, nor any of these the press.
            let fights = other.country.is_some_and(|code| self.world.is_armed(code));
            let civil = scene.is(token, &["bloc", "agency", "watchdog", "court", "company", "union", "council"])
                || scene.is(token, &["alliance"]) && !self.countries.is_civil_war();
            let press = other.country.is_some_and(|code| self.world.code(code) == "MEDIA");
            let paper = scene.is(token, &["agency", "company", "outfit", "group"]);
            let leagues = scene.is(token, &["bloc", "union", "alliance", "coalition"])
                && other.country.is_some_and(|code| holds(&WORDS.no_bloc, self.world.code(code)));
            if group
                && !leagues
                && union
                && !(civil && fights)
                && (!press || paper)
                && (other.named != Named::No && matches!(other.sort, Sort::Force | Sort::Body)
                    || other.country.is_some_and(|code| self.world.is_armed(code)))
                && other.country.is_some_and(tag)
                && sentence - m.sentence <= 8
            {
                // "Hamas leaders" are of the group.
                let own = other.country.and_then(|code| self.world.group(code)).filter(|_| other.named == Named::No);
                let other = own.map_or(other, |group| Who {
                    named: Named::Known(group),
                    sectors: self.world.known[group as usize].sectors,
                    sort: Sort::Force,
                    ..other
                });
                let armed = other.sectors.has("REB") || other.sectors.has("UAF") || other.sectors.has("PRM");
                let fighters = scene.is(token, &["group", "movement", "faction", "outfit", "militia", "alliance"]);
                let wants_armed = who.sectors.has("UAF") || who.sectors.has("REB") || who.sectors.has("PRM");
                let wants_armed = wants_armed || fighters && self.countries.rebels(self.world).is_some();
                return (armed || !wants_armed).then_some(other);
            }
            None
        };
        let mut found = recent.filter_map(|m| Some((m, taken(m)?)));
        let (last, who) = found.next()?;
        // "Shoukry met his French counterpart. The minister said": who acts there goes before whom he deals with.
        let before = found.take_while(|(m, _)| m.sentence == last.sentence);
        let first = before.filter(|(m, _)| m.rank > last.rank).last();
        Some(first.map_or(who, |(_, who)| who))
    }

    /// Who sent the mission or envoy that the words name nobody for: the one told of before, and never the host. "The
    /// Togolese consulate was stormed. The **consul** was hurt."
    fn sender(&self, sentence: usize, token: usize, word: usize) -> Option<(Code, Span)> {
        let scene = scene_of(self.scenes, sentence);
        let many = scene.is(word, &["embassies", "consulates", "ambassadors", "consuls"]);
        if many || !holds(&WORDS.missions, &scene.form(word).to_lowercase()) {
            return None;
        }
        let inside = |&c: &usize| {
            scene.tree.relation(c) == R::Nmod
                && scene.tree.child(c, R::Case).is_some_and(|case| scene.is(case, &["in", "at", "inside", "to"]))
        };
        let host = scene.tree.children(token).find(inside).and_then(|c| self.country_named(sentence, c));
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= REACH);
        let sent = |m: &Mention| {
            let [who] = m.whos.as_slice() else { return None };
            let word = scene_of(self.scenes, m.sentence).form(m.token).to_lowercase();
            let mission = holds(&WORDS.missions, &word) || holds(&WORDS.missions, word.trim_end_matches('s'));
            let told = !matches!(who.why, Why::Focus(_));
            who.country.filter(|&code| mission && told && Some(code) != host).map(|code| (code, who.span))
        };
        // One of the crisis before one of those who only speak of it.
        let pair = self.countries.pair(sentence, |code| self.world.is_state(code)).map(|(pair, _)| pair);
        let side = |code: Code| pair.is_some_and(|(a, b)| a == code || b == code);
        let all: Vec<(Code, Span)> = recent.filter_map(sent).collect();
        let rival = || {
            let host = host?;
            let ((a, b), source) = self.countries.pair(sentence, |code| self.world.is_state(code))?;
            let other = if a == host { b } else { a };
            (a == host || b == host).then_some((other, source))
        };
        all.iter().find(|(code, _)| side(*code)).copied().or_else(rival).or(all.first().copied())
    }

    /// The country that a name at a token tells.
    pub(super) fn country_named(&self, sentence: usize, token: usize) -> Option<Code> {
        let mark = scene_of(self.scenes, sentence).name_at(token)?;
        let alias = self.world.names.values(mark.value).next()?;
        Some(self.world.known[alias.entity as usize].country)
    }

    /// True for the place where others talk with each other: "Chad and Togo met **in Doha**".
    fn is_host(&self, sentence: usize, token: usize, code: Code) -> bool {
        let from = self.memory.partition_point(|m| m.sentence < sentence);
        let here = self.memory[from..].iter().take_while(|m| m.sentence == sentence);
        let guests = |m: &Mention| m.whos.len() > 1 && m.whos.iter().all(|who| who.country != Some(code));
        is_where(&self.scenes[sentence].tree, token) && here.into_iter().any(guests)
    }

    /// The country whose side the text is telling at a token.
    fn account_of(&self, sentence: usize, token: usize) -> Option<(Code, Span)> {
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        // "New Delhi blames Pakistan. The Foreign Ministry rejected the charge": who denies is not who accused.
        let tree = &self.scenes[sentence].tree;
        let denies = tree.relation(token) == R::Nsubj
            && tree
                .head(token)
                .is_some_and(|verb| matches!(tree.lemma(verb), "reject" | "deny" | "dismiss" | "refute" | "rebut"));
        let guards =
            scene_of(self.scenes, sentence).is(token, &["police", "policemen", "officers", "troops", "soldiers"]);
        let accused = self.accused_by(sentence, token);
        let dealt = self.dealt_with(sentence, token);
        let pair = self.countries.pair(sentence, |code| self.world.is_state(code)).map(|(pair, _)| pair);
        let pair = pair.map_or([None, None], |(a, b)| [Some(a), Some(b)]);
        // "President" before an unknown name: of no kingdom.
        let title = |t: usize| {
            let mark = scene_of(self.scenes, sentence).role_at(t)?;
            self.world.roles.values(mark.value).next()?.office
        };
        let office = title(token).or_else(|| tree.children(token).find_map(title));
        let peer = self.peer(sentence, token, office);
        let fits = |code: Code| Some(code) != peer && office.is_none_or(|office| self.world.may_have(code, office));
        let insider = {
            let scene = scene_of(self.scenes, sentence);
            let named = scene.entity_at(token).is_some();
            let role = scene.role_at(token).and_then(|mark| self.world.roles.values(mark.value).next());
            named
                || role.is_some_and(|role| {
                    ["COP", "JUD", "LEG", "PTY", "OPP"].iter().any(|sector| role.sectors.has(sector))
                })
        };
        // "The regime" is what its enemies call it: of two, the one that the report is not told from.
        if scene_of(self.scenes, sentence).is(token, &["regime"])
            && let Some(((a, b), source)) = self.countries.pair(sentence, |code| self.world.is_state(code))
            && self.countries.is_told_from(a) != self.countries.is_told_from(b)
        {
            return Some((if self.countries.is_told_from(a) { b } else { a }, source));
        }
        let mut best: Option<(f32, Code, Span)> = None;
        for mention in self.memory[..until].iter().rev().take(60) {
            let distance = sentence - mention.sentence;
            if distance > 3 {
                break;
            }
            for who in &mention.whos {
                let Some(code) = who.country.filter(|&code| self.world.is_state(code)) else { continue };
                // "Paris called the ruling military illegitimate": nobody speaks so of his own.
                if Some(code) == accused || dealt.contains(&code) || !fits(code) {
                    continue;
                }
                if matches!(who.why, Why::Focus(_)) && distance > 1 {
                    continue;
                }
                // "Chad and Togo met in Doha": the host is not whose account it is.
                if mention.whos.len() == 1 && self.is_host(mention.sentence, mention.token, code) {
                    continue;
                }
                // "The embassy was ringed by police": not by those of whoever sent it.
                if guards
                    && holds(
                        &WORDS.missions,
                        &scene_of(self.scenes, mention.sentence).form(mention.token).to_lowercase(),
                    )
                {
                    continue;
                }
                // "The boats had ignored it, the minister said": who is spoken of is not who speaks.
                if distance == 0 && (is_told_by(tree, mention.token, token) || who.sort == Sort::Thing) {
                    continue;
                }
                let score =
                    0.5 * mention.rank - 1.2 * distance as f32 + if mention.whos.len() > 1 { -1.0 } else { 0.0 };
                let score = if denies && mention.subject && distance > 0 { score - 4.0 } else { score };
                // Whom the whole report names often tells more of it than a flight from Athens.
                let score = score + 0.5 * (self.countries.count(code) + 1).ilog2().min(3) as f32;
                // "While Baku rejected the calls, lawmakers demanded": who acts in the sentence before who is spoken of.
                let score = if distance == 0 && mention.subject { score + 1.0 } else { score };
                // "TAIPEI - China fired a missile. The government told people to hide."
                let score = if self.countries.is_told_from(code) { score + 1.0 } else { score };
                // Police, parties and people named without a country are of the crisis or the paper's own, and hardly of
                // those who only speak of it.
                let score = if insider && !self.countries.is_told_from(code) && !pair.contains(&Some(code)) {
                    score - 1.5
                } else {
                    score
                };
                // An embassy is somebody else's wherever it stands.
                let word = scene_of(self.scenes, mention.sentence).form(mention.token).to_lowercase();
                let score = if holds(&WORDS.missions, &word) { score - 1.5 } else { score };
                // "In Accra, the ministry said"
                let here = distance == 0 && is_where(tree, mention.token) && mention.token < token;
                let score = if here { score + 2.0 } else { score };
                if best.is_none_or(|(top, ..)| score > top) {
                    best = Some((score, code, who.span));
                }
            }
        }
        if let Some((_, code, span)) = best {
            return Some((code, span));
        }
        self.countries.most(|code| self.world.is_state(code) && fits(code))
    }
}
