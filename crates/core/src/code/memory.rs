//! Memory: who has been mentioned in a report so far, how prominently, and which two it is about.

use super::{
    lists::{LISTS, holds},
    rivalry::Rivalry,
};
use crate::{
    day::Day,
    labels::Relation as R,
    span::Span,
    world::{
        Code, EntityClass, World,
        actors::{Named, Sort, Who},
        names::word_hash,
        people::Sex,
        scene::{Mark, Scene},
    },
};

/// One phrase that denotes somebody, with its weight as an antecedent.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub sentence: usize,
    pub token: usize,
    /// Grammatical prominence: subject of the main clause 4, and down to 1.
    pub rank: f32,
    /// Whom it denotes; empty for a thing that only competes for "it".
    pub whos: Vec<Who>,
    pub subject: bool,
    /// Plural by form.
    pub plural: bool,
    /// Hash of the role noun or title's last word, for "the secretary".
    pub role: u64,
    /// Inside quotation marks.
    pub quoted: bool,
}

/// What a pronoun asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    He,
    She,
    It,
    They,
}

impl Wanted {
    /// By the lower-case form of the pronoun.
    pub fn of(form: &str) -> Option<Self> {
        Some(match form {
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Self::They,
            _ => return None,
        })
    }

    /// How well a mention fits; `None` for not at all.
    pub fn fits(self, mention: &Mention) -> Option<f32> {
        let first = mention.whos.first();
        let many = mention.whos.len() > 1;
        match (self, first) {
            (Self::He | Self::She, Some(who)) if !many && who.sort == Sort::Person && !who.plural => {
                let wanted = if self == Self::He { Sex::Male } else { Sex::Female };
                let named = if who.named == Named::No { 0.0 } else { 1.0 };
                match who.sex {
                    Some(sex) if sex == wanted => Some(0.5 + named),
                    Some(_) => None,
                    // Most unknown names of the news are men; "she" wants a sign.
                    None => Some(if self == Self::He { named } else { named - 1.0 }),
                }
            }
            (Self::It, Some(who)) if !many && !mention.plural => match who.sort {
                Sort::State | Sort::Body => Some(0.5),
                Sort::Force => Some(0.3),
                Sort::Person | Sort::People => None,
                Sort::Thing => Some(-0.5),
            },
            // "Qatar Airways told its passengers"
            (Self::It, Some(who)) if !many && who.sort == Sort::Body && who.named != Named::No && !who.plural => {
                Some(0.5)
            }
            // "the United Arab Emirates recalled its envoy"
            (Self::It, Some(who)) if !many && who.sort == Sort::State && !who.plural => Some(0.5),
            (Self::It, None) if !mention.plural => Some(-1.2),
            (Self::They, Some(who)) => match who.sort {
                _ if many => Some(0.5),
                Sort::People | Sort::Person if mention.plural || who.plural => Some(0.8),
                Sort::Force => Some(0.5),
                Sort::Body if mention.plural => Some(0.5),
                Sort::Body => Some(0.0),
                Sort::State => Some(-0.5),
                Sort::People => Some(0.3),
                Sort::Person | Sort::Thing => None,
            },
            (Self::They, None) if mention.plural => Some(-1.2),
            _ => None,
        }
    }
}

/// Two countries and how strongly the report sets them side by side.
#[derive(Clone, Copy, Debug)]
struct Pairing {
    pair: (Code, Code),
    sentence: usize,
    weight: f32,
}

/// Sentences back in which a pair set side by side still counts as near.
const REACH: usize = 30;
/// What a group and a state must have been set side by side to be taken for the two sides of a war.
const LEAST_PAIRED: f32 = 1.2;
/// Hostile acts from which on one whom the whole report is about has another against it.
const LEAST_HOSTILE: f32 = 3.0;
/// Pairs kept of one report, and names of one sentence set side by side: bounds for texts that are no reports.
const MOST_PAIRS: usize = 200;
const MOST_NAMES: usize = 12;
/// Words of a line that only tells where and when a report was written.
const LONGEST_DATELINE: usize = 8;

/// Which countries a report names where, and which two it sets side by side.
#[derive(Default)]
pub(crate) struct Countries {
    /// In text order.
    pairings: Vec<Pairing>,
    /// Pair, weight in the whole report, where it is named first.
    totals: Vec<((Code, Code), f32, Span)>,
    /// Country, number of names, first name's span.
    counts: Vec<(Code, u32, Span)>,
    /// The countries named in each sentence, in order.
    in_sentence: Vec<Vec<Code>>,
    /// The country that the report is datelined from.
    dateline: Option<Code>,
    /// Sentences that tell of an armed group that fights the state of the report.
    rebel_sentences: usize,
    /// What the report tells of foes and friends.
    rivalry: Rivalry,
}

impl Countries {
    /// Reads the names of every sentence.
    pub fn read(world: &World, scenes: &[Scene], day: Option<Day>) -> Self {
        let mut out = Self::default();
        for (sentence, scene) in scenes.iter().enumerate() {
            let mut named: Vec<(Code, usize, usize, Span)> = Vec::new();
            let mut here: Vec<Code> = Vec::new();
            for mark in scene.all_names() {
                let Some(alias) = world.names.values(mark.value).next() else { continue };
                let known = &world.known[alias.entity as usize];
                let mut country = known.country;
                if known.class == EntityClass::Person {
                    country = world.holding(alias.entity, day).map_or(country, |h| h.country);
                }
                if world.code(country) == "MEDIA" || is_common(world, scene, mark) {
                    continue;
                }
                match out.counts.iter_mut().find(|(code, ..)| *code == country) {
                    Some((_, count, _)) => *count += 1,
                    None => out.counts.push((country, 1, mark.span)),
                }
                here.push(country);
                let venue = is_venue(scene, mark, sentence);
                if venue && out.dateline.is_none() && world.is_state(country) {
                    out.dateline = Some(country);
                }
                if named.len() < MOST_NAMES && !venue {
                    named.push((country, mark.first, mark.last, mark.span));
                }
            }
            out.pair_up(sentence, scene, &named);
            here.dedup();
            out.in_sentence.push(here);
        }
        out.set_rebels_against_their_state(world, scenes);
        out
    }

    /// The other side of an armed group is mostly no name: "the army", "government troops". It is the state that the
    /// report sets beside it, else the one that it names most: talks may be told of from a capital of neither.
    fn set_rebels_against_their_state(&mut self, world: &World, scenes: &[Scene]) {
        let Some((most, _)) = self.most(|code| world.is_state(code)) else { return };
        let groups: Vec<(Code, u32, Span)> =
            self.counts.iter().copied().filter(|(code, ..)| world.is_armed(*code)).collect();
        let beside = |group: Code| {
            let other = |(a, b): (Code, Code)| if a == group { Some(b) } else { (b == group).then_some(a) };
            let known = self.totals.iter().filter_map(|&(pair, total, span)| Some((other(pair)?, total, span)));
            let states = known.filter(|&(code, total, _)| world.is_state(code) && total >= LEAST_PAIRED);
            let states = states.map(|(code, total, span)| (code, total + 0.4 * self.count(code) as f32, span));
            let best = states.max_by(|a, b| a.1.total_cmp(&b.1).then(b.2.start.cmp(&a.2.start)));
            best.map_or(most, |(code, ..)| code)
        };
        let states: Vec<Code> = groups.iter().map(|&(group, ..)| beside(group)).collect();
        let is = |scene: &Scene, words: &[String]| {
            (0..scene.sentence.tokens.len()).any(|t| holds(words, &scene.form(t).to_lowercase()))
        };
        for (&(group, _, span), &state) in groups.iter().zip(&states) {
            let named = |sentence: usize| self.in_sentence[sentence].contains(&group);
            // The only group that is named is what the report calls rebels.
            let told = |at: &usize| named(*at) || groups.len() == 1 && is(&scenes[*at], &LISTS.rebels);
            let sentences: Vec<usize> = (0..scenes.len()).filter(told).collect();
            if sentences.len() < 2 {
                continue;
            }
            for sentence in sentences {
                let weight = if is(&scenes[sentence], &LISTS.forces) { 2.0 } else { 0.8 };
                self.add((group, state), sentence, weight, span);
                self.rebel_sentences += 1;
            }
        }
        self.pairings.sort_by_key(|pairing| pairing.sentence);
    }

    fn pair_up(&mut self, sentence: usize, scene: &Scene, named: &[(Code, usize, usize, Span)]) {
        let early = if sentence == 0 {
            2.0
        } else if sentence < 4 {
            1.3
        } else {
            1.0
        };
        for (i, &(a, _, end, span)) in named.iter().enumerate() {
            for &(b, start, _, other) in &named[i + 1..] {
                if a == b {
                    continue;
                }
                // "India and Pakistan", "India-Pakistan": nothing between them but a joint, or the names of their offices.
                let gap = start.saturating_sub(end);
                let joint = (end..start).any(|t| scene.is(t, &["and", "-", "–", "&", "against", "or", "versus"]));
                let coordinated = gap <= 1 && (joint || gap == 0);
                // Two who act together are more often partners than rivals.
                let token = &scene.sentence.tokens[end.saturating_sub(1)];
                let partners = coordinated && token.relation == R::Nsubj;
                let weight = if partners {
                    1.5
                } else if coordinated {
                    3.0
                } else if joint && gap <= 8 {
                    1.2
                } else {
                    0.6
                };
                self.add((a, b), sentence, weight * early, span.cover(other));
            }
        }
    }

    fn add(&mut self, (a, b): (Code, Code), sentence: usize, weight: f32, span: Span) {
        let pair = (a.min(b), a.max(b));
        self.pairings.push(Pairing { pair, sentence, weight });
        if let Some((_, total, _)) = self.totals.iter_mut().find(|(known, ..)| *known == pair) {
            *total += weight;
        } else if self.totals.len() < MOST_PAIRS {
            self.totals.push((pair, weight, span));
        }
    }

    /// Tells who stands against whom.
    pub fn knowing(&mut self, rivalry: Rivalry) {
        self.rivalry = rivalry;
    }

    /// The armed group that a state stands against rather than the state whose land the group holds.
    pub fn holder(&self, one: Code, land: Code, is_holder: impl Fn(Code) -> bool) -> Option<Code> {
        let (group, against) = self.rivalry.worst(one)?;
        (is_holder(group) && against > self.rivalry.hostile(one, land)).then_some(group)
    }

    /// Whom one stands against more than against anybody else.
    pub fn opponent(&self, one: Code) -> Option<Code> {
        self.rivalry.opponent(one)
    }

    /// The country that the report is datelined from.
    pub fn dateline(&self) -> Option<Code> {
        self.dateline
    }

    /// True for the country that the report is datelined from.
    pub fn is_told_from(&self, code: Code) -> bool {
        self.dateline == Some(code)
    }

    /// True for a country whose bodies the report may name without it at a sentence: one that it is about or from, or that
    /// was just named.
    pub fn is_at_home(&self, code: Code, sentence: usize, keep: impl Fn(Code) -> bool) -> bool {
        let most = self.most(keep).map_or(0, |(most, _)| self.count(most));
        let near = sentence.saturating_sub(1)..=sentence;
        let named = near.filter_map(|at| self.in_sentence.get(at)).flatten().any(|&other| other == code);
        let told = self.count(code) == most.max(1);
        named || self.is_told_from(code) || told
    }

    /// Names of this country in the report.
    pub fn count(&self, code: Code) -> u32 {
        self.counts.iter().find(|(c, ..)| *c == code).map_or(0, |&(_, count, _)| count)
    }

    /// The country named most, with its first name.
    pub fn most(&self, keep: impl Fn(Code) -> bool) -> Option<(Code, Span)> {
        let counts = self.counts.iter().filter(|(code, ..)| keep(*code));
        counts
            .max_by_key(|&&(_, count, span)| (count, std::cmp::Reverse(span.start)))
            .map(|&(code, _, span)| (code, span))
    }

    /// The country that the report is about where one alone is: named three times at least and twice as often as any other.
    pub fn home(&self, keep: impl Fn(Code) -> bool) -> Option<(Code, Span)> {
        let (code, span) = self.most(&keep)?;
        let others = self.counts.iter().filter(|&&(other, ..)| other != code && keep(other));
        let second = others.map(|&(_, count, _)| count).max().unwrap_or(0);
        let count = self.count(code);
        (count >= 3 && count >= 2 * second).then_some((code, span))
    }

    /// True where the report's claims do not set a country against another more than it is torn itself.
    pub fn is_alone(&self, code: Code) -> bool {
        self.rivalry
            .worst(code)
            .is_none_or(|(_, against)| against < LEAST_HOSTILE || self.rivalry.within(code) > against)
    }

    /// The state that fights rebels of its own in the report.
    pub fn at_war_within(&self, world: &World) -> Option<(Code, Span)> {
        if !self.is_civil_war() {
            return None;
        }
        let ((a, b), span) = self.pair(0, |code| world.is_state(code) || world.is_armed(code))?;
        let state = [a, b].into_iter().filter(|&code| world.is_state(code));
        let one: Vec<Code> = state.collect();
        if let [code] = one.as_slice() { Some((*code, span)) } else { None }
    }

    /// True where the report tells of a war within a state.
    pub fn is_civil_war(&self) -> bool {
        self.rebel_sentences >= 3
    }

    /// The one armed group that the report names, with its first name.
    pub fn rebels(&self, world: &World) -> Option<(Code, Span)> {
        let mut groups = self.counts.iter().filter(|(code, ..)| world.is_armed(*code));
        let &(code, count, span) = groups.next()?;
        // Those who fight everywhere, named once in passing, are hardly whom a report calls rebels.
        let passing = count == 1 && matches!(world.code(code), "ISIS" | "AL-QAEDA" | "ALQAEDA");
        (groups.next().is_none() && !passing).then_some((code, span))
    }

    /// The two that are in question at a sentence, `keep` deciding which may be: what was set side by side before
    /// counts by nearness, the whole report a little.
    pub fn pair(&self, sentence: usize, keep: impl Fn(Code) -> bool) -> Option<((Code, Code), Span)> {
        let from = self.pairings.partition_point(|p| p.sentence + REACH < sentence);
        let until = self.pairings.partition_point(|p| p.sentence < sentence + 4);
        let near = &self.pairings[from..until];
        let score = |&&(pair, total, _): &&((Code, Code), f32, Span)| {
            let weights = near.iter().filter(|p| p.pair == pair).map(|p| {
                let distance = if p.sentence <= sentence { 0.4 * (sentence - p.sentence) as f32 } else { 2.0 };
                p.weight / (1.0 + distance)
            });
            let least = self.count(pair.0).min(self.count(pair.1));
            let factor = self.rivalry.factor(pair.0, pair.1);
            factor * (0.15 * total + 0.8 * least as f32 + weights.sum::<f32>())
        };
        let usable = self.totals.iter().filter(|(pair, ..)| keep(pair.0) && keep(pair.1));
        usable
            .max_by(|a, b| score(a).total_cmp(&score(b)).then(b.2.start.cmp(&a.2.start)))
            .map(|&(pair, _, span)| (pair, span))
    }
}

/// True for the place of a dateline ("NAIROBI - Sudan's government"), which is no side.
fn is_venue(scene: &Scene, mark: &Mark, sentence: usize) -> bool {
    let dash = |t: usize| t < scene.sentence.tokens.len() && scene.is(t, &["-", "--", "–", "—", "/", ",", "("]);
    // "SANTO DOMINGO -"
    let apart =
        |t: usize| matches!(scene.tree.relation(t), R::Dep) || mark.last > 1 && scene.tree.relation(t) == R::Root;
    // "Vilnius, Monday 24 May", on a line of its own
    let day = |t: usize| holds(&LISTS.days, &scene.form(t).to_lowercase());
    let tokens = scene.sentence.tokens.len();
    let line = mark.last < tokens && tokens <= LONGEST_DATELINE && (mark.last..tokens).any(day);
    mark.first == 0 && sentence < 5 && (line || (mark.first..mark.last).any(apart)) && dash(mark.last)
}

/// True for a body's name that many states have, which tells nothing of the country: "Congress", "the Supreme Court".
fn is_common(world: &World, scene: &Scene, mark: &Mark) -> bool {
    let body = world.names.values(mark.value).next().map(|alias| world.known[alias.entity as usize].class);
    body == Some(EntityClass::Organization) && crate::world::actors::is_common(world, scene, mark)
}

/// Hash of the word that a definite phrase repeats: "secretary" of "Secretary of State", "minister" of "Foreign Minister".
pub(crate) fn role_word(scene: &Scene, first: usize, last: usize) -> u64 {
    let of = (first..last).find(|&t| scene.is(t, &["of", "for", "to", "general", "in"])).filter(|&t| t > first);
    word_hash(scene.form(of.unwrap_or(last) - 1))
}
