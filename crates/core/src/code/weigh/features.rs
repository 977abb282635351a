//! What speaks for a party on one side of a claim, as places in the table of weights.

use super::{SIZE, Side, mentions::Mentions, told::Told};
use crate::{Claim, Party, Relation as R, Tree, code::factuality::word};

/// Steps in the tree between a deed and a party, beyond which the way no longer tells anything.
const LONG: usize = 5;

/// A question with what all candidates have in common.
pub(super) struct Asked<'a> {
    mentions: &'a Mentions,
    told: &'a Told,
    tree: &'a Tree<'a>,
    claim: &'a Claim,
    side: u32,
    /// Type and side.
    mode: u32,
    rule: u32,
    lemma: u32,
    /// Parties that the rules chose, on this side.
    pub chosen: Vec<usize>,
    /// How the rules found them.
    whys: Vec<(usize, u32)>,
    /// How the rules found somebody whose country they do not know.
    unknown: Option<u32>,
    /// The sentence does not name whom they chose.
    inferred: bool,
    /// The word that heads what the rules chose.
    head: u32,
    /// Those on the other side.
    other: Vec<usize>,
    said: Option<usize>,
    /// Parties by how often they are named, all and without those on the other side; by how near before they are named.
    ranks: [Vec<usize>; 3],
    /// Whom those on the other side had to do with last, and whether they acted then.
    counterpart: Option<(Vec<usize>, bool)>,
    counts: Vec<Counts>,
}

/// What a party did before.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// Deeds between it and the other side, in this direction and in the other one.
    towards: u32,
    back: u32,
    /// Deeds of the type that it did, and that were done to it.
    did: u32,
    suffered: u32,
}

/// Some numbers mixed to a place in the table.
fn place(template: u32, values: [u32; 3]) -> u32 {
    let mut hash = template.wrapping_mul(0x9E37_79B1);
    for value in values {
        hash = (hash ^ value).wrapping_mul(0x85EB_CA6B);
        hash ^= hash >> 15;
    }
    (hash.wrapping_mul(0xC2B2_AE35) >> 16) & (SIZE as u32 - 1)
}

impl<'a> Asked<'a> {
    pub fn new(mentions: &'a Mentions, told: &'a Told, tree: &'a Tree<'a>, claim: &'a Claim, side: Side) -> Self {
        let (mine, others) = match side {
            Side::Actor => (&claim.actors, &claim.recipients),
            Side::Recipient => (&claim.recipients, &claim.actors),
        };
        let other = mentions.numbers(others);
        let whys = mine.iter().filter_map(|party| {
            let who = mentions.codes.iter().position(|code| Some(code) == party.country.as_ref())?;
            Some((who, manner(party)))
        });
        let unknown =
            mine.first().map(|party| manner(party).wrapping_add(word(party.sectors.first().copied().unwrap_or(""))));
        let said = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        let head = mine.first().and_then(|party| {
            let tokens = &tree.sentence.tokens;
            let inside = |i: usize| party.span.touches(tokens[i].span) && i != claim.trigger;
            (0..tokens.len()).find(|&i| inside(i) && tree.head(i).is_none_or(|head| !inside(head)))
        });
        let head = head.map_or(0, |head| word(tree.lemma(head)));
        let by_count = mentions.by_count();
        let without = |order: &[usize]| order.iter().copied().filter(|who| !other.contains(who)).collect::<Vec<_>>();
        let nearness = without(&mentions.by_nearness(claim.sentence, claim.trigger));
        let ranks = [by_count.clone(), without(&by_count), nearness];
        let mut counts = vec![Counts::default(); mentions.codes.len()];
        let mut counterpart = None;
        for deed in told.back() {
            let (ours, theirs) = match side {
                Side::Actor => (&deed.recipients, &deed.actors),
                Side::Recipient => (&deed.actors, &deed.recipients),
            };
            let among = |parties: &[usize]| parties.iter().any(|who| other.contains(who));
            for (own, far, forward) in [(ours, theirs, true), (theirs, ours, false)] {
                if among(own) {
                    for &who in far {
                        let count = if forward { &mut counts[who].towards } else { &mut counts[who].back };
                        *count += 1;
                    }
                    let rest = without(far);
                    if counterpart.is_none() && !rest.is_empty() {
                        counterpart = Some((rest, forward));
                    }
                }
            }
            if deed.kind == claim.kind {
                deed.actors.iter().for_each(|&who| counts[who].did += 1);
                deed.recipients.iter().for_each(|&who| counts[who].suffered += 1);
            }
        }
        let number = u32::from(side == Side::Recipient);
        Self {
            side: number,
            mode: 2 * claim.kind as u32 + number,
            rule: word(&claim.rule),
            lemma: word(tree.lemma(claim.trigger)),
            chosen: mentions.numbers(mine),
            whys: whys.collect(),
            unknown,
            inferred: mine.first().is_some_and(Party::is_inferred),
            head,
            said: said.and_then(|party| mentions.numbers(std::slice::from_ref(party)).first().copied()),
            other,
            ranks,
            counterpart,
            counts,
            mentions,
            told,
            tree,
            claim,
        }
    }

    /// Whether the sentence names whom the rules chose (0), or they chose somebody whose country they do not know (1), nobody
    /// (2), or a party that the sentence does not name (3).
    pub fn state(&self) -> usize {
        match (self.chosen.is_empty(), self.unknown) {
            (true, None) => 2,
            (true, Some(_)) => 1,
            (false, _) => 3 * usize::from(self.inferred),
        }
    }

    /// Every party of the report with its features, by code; and last that there is nobody.
    pub fn candidates(&self) -> impl Iterator<Item = (Option<usize>, Vec<u32>)> + '_ {
        let parties = (0..self.mentions.codes.len()).map(|who| (Some(who), self.of(who)));
        parties.chain(std::iter::once_with(|| (None, self.nobody())))
    }

    fn nobody(&self) -> Vec<u32> {
        let (side, mode) = (self.side, self.mode);
        let unruled = self.state() as u32;
        let why = self.unknown.unwrap_or(0);
        let out = [
            place(1, [0; 3]),
            place(2, [mode, 0, 0]),
            place(3, [mode, unruled, 0]),
            place(4, [mode, why, 0]),
            place(7, [side, self.head, unruled]),
            place(8, [mode, self.head, unruled]),
            place(5, [side, self.other.len().min(2) as u32, 0]),
            place(6, [side, why, 0]),
        ];
        out.to_vec()
    }

    fn of(&self, who: usize) -> Vec<u32> {
        let mut out = Vec::with_capacity(64);
        let here: Vec<_> = self.mentions.of_sentence(self.claim.sentence).iter().filter(|m| m.who == who).collect();
        let named = u32::from(!here.is_empty());
        self.by_rule(who, &mut out);
        self.by_words(&here, &mut out);
        self.by_report(who, named, &mut out);
        self.by_deeds(who, named, &mut out);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What the rules say of it.
    fn by_rule(&self, who: usize, out: &mut Vec<u32>) {
        let (side, mode) = (self.side, self.mode);
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(place(template, [a, b, c]));
        if let Some(&(_, why)) = self.whys.iter().find(|(one, _)| *one == who) {
            add(10, 0, 0, 0);
            add(11, mode, 0, 0);
            add(12, side, why, 0);
            add(13, self.chosen.len() as u32, 0, 0);
            add(14, mode, why, 0);
            add(15, side, self.rule, 0);
            add(28, side, self.head, 0);
            add(29, mode, self.state() as u32, 0);
            if self.other.contains(&who) {
                add(16, mode, 0, 0);
                add(17, side, why, 0);
            }
        } else {
            add(18, self.state() as u32, 0, 0);
            add(19, self.unknown.unwrap_or(0), side, 0);
            if self.state() == 1 {
                add(26, side, self.head, 0);
                add(27, mode, self.head, 0);
            }
            add(20, mode, self.state() as u32, 0);
        }
        if self.other.contains(&who) {
            add(21, 0, 0, 0);
            add(22, mode, 0, 0);
        }
        if self.said == Some(who) {
            add(23, mode, 0, 0);
            let stance = self.claim.attribution.as_ref().map_or(0, |said| 1 + said.stance as u32);
            add(24, side, stance, 0);
        }
        let tag = u32::from(self.mentions.codes[who].len() == 3);
        add(25, tag, mode, 0);
    }

    /// How its phrases in the sentence stand to the deed.
    fn by_words(&self, here: &[&super::mentions::Mention], out: &mut Vec<u32>) {
        let (side, mode, tree, trigger) = (self.side, self.mode, self.tree, self.claim.trigger);
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(place(template, [a, b, c]));
        if here.is_empty() {
            add(31, side, 0, 0);
            add(32, mode, 0, 0);
            return;
        }
        add(30, side, 0, 0);
        for mention in here {
            let way = way(tree, trigger, mention.token);
            add(33, side, way, 0);
            add(34, mode, way, 0);
            add(35, side, self.lemma, way);
            add(36, side, way, mention.kind);
            let words = mention.token.abs_diff(trigger);
            let far = match words {
                0..=3 => words as u32,
                4..=7 => 4,
                8..=15 => 5,
                _ => 6,
            };
            add(37, side, u32::from(mention.token < trigger), far);
            let relation = tree.relation(mention.token) as u32;
            add(38, side, relation, mention.kind);
            if tree.head(mention.token).is_some_and(|head| tree.head(head).is_none()) {
                add(39, side, relation, 0);
            }
        }
    }

    /// Where in the report it is named, and how often.
    fn by_report(&self, who: usize, named: u32, out: &mut Vec<u32>) {
        let (side, mode) = (self.side, self.mode);
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(place(template, [a, b, c]));
        let at = self.claim.sentence;
        let is_in = |sentence: usize| self.mentions.of_sentence(sentence).iter().any(|m| m.who == who);
        for back in 1..=2 {
            if at >= back && is_in(at - back) {
                add(40, side, back as u32, named);
            }
        }
        for (template, order, most) in [(41, &self.ranks[0], 5), (43, &self.ranks[1], 4), (45, &self.ranks[2], 4)] {
            if let Some(rank) = order.iter().position(|&one| one == who) {
                add(template, side, rank.min(most) as u32, named);
                add(template + 1, mode, rank.min(3) as u32, 0);
            }
        }
        if (0..3).any(is_in) {
            add(47, side, named, 0);
        }
    }

    /// What was told of it before.
    fn by_deeds(&self, who: usize, named: u32, out: &mut Vec<u32>) {
        let (side, mode) = (self.side, self.mode);
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(place(template, [a, b, c]));
        if let Some((parties, forward)) = &self.counterpart
            && parties.contains(&who)
        {
            add(50, side, u32::from(*forward), named);
            add(51, mode, 0, 0);
        }
        let sides = |deed: &super::told::Deed| [deed.actors.contains(&who), deed.recipients.contains(&who)];
        if let Some(last) = self.told.back().next() {
            let same = u32::from(last.sentence == self.claim.sentence) + 2 * u32::from(last.kind == self.claim.kind);
            for (number, there) in sides(last).into_iter().enumerate() {
                if there {
                    add(52, side, number as u32, named);
                    add(53, side, number as u32, same);
                }
            }
        }
        for deed in self.told.here() {
            let way = way(self.tree, self.claim.trigger, deed.trigger);
            for (number, there) in sides(deed).into_iter().enumerate() {
                if there {
                    add(54, mode, number as u32, deed.kind as u32);
                    add(55, side, number as u32, way);
                }
            }
        }
        if let Some(like) = self.told.back().find(|deed| deed.kind == self.claim.kind) {
            for (number, there) in sides(like).into_iter().enumerate() {
                if there {
                    add(56, mode, number as u32, named);
                }
            }
        }
        let Counts { towards, back, did, suffered } = self.counts[who];
        add(57, side, towards.min(3), back.min(3));
        add(58, mode, did.min(2), suffered.min(2));
    }
}

/// How a rule found a party, without the names it tells: its first words.
fn manner(party: &Party) -> u32 {
    let outside = party.why.split(['«', '»']).step_by(2).flat_map(str::split_whitespace);
    outside.take(5).fold(7, |hash, one| (hash ^ word(one)).wrapping_mul(0x0100_0193))
}

/// The heads of a token, itself first.
fn upwards<'t>(tree: &'t Tree, token: usize) -> impl Iterator<Item = usize> + 't {
    std::iter::successors(Some(token), |&at| tree.head(at)).take(30)
}

/// The steps from either of two tokens up to where their ways meet.
fn meeting(tree: &Tree, from: usize, to: usize) -> Option<(usize, usize)> {
    upwards(tree, from).enumerate().find_map(|(up, at)| {
        let down = upwards(tree, to).position(|one| one == at)?;
        Some((up, down))
    })
}

/// Steps in the tree between two tokens.
pub(super) fn distance(tree: &Tree, from: usize, to: usize) -> usize {
    meeting(tree, from, to).map_or(usize::MAX, |(up, down)| up + down)
}

/// The relations from a deed to a phrase, with the prepositions on the way down, as a number.
fn way(tree: &Tree, from: usize, to: usize) -> u32 {
    let Some((up, down)) = meeting(tree, from, to).filter(|(up, down)| up + down <= LONG) else { return 1 };
    let step = |hash: u32, value: u32| (hash ^ value).wrapping_mul(0x0100_0193);
    let mut hash = step(0x811C_9DC5, up as u32);
    for at in upwards(tree, from).take(up) {
        hash = step(hash, 1 + tree.relation(at) as u32);
    }
    for at in upwards(tree, to).take(down) {
        hash = step(hash, 200 + tree.relation(at) as u32);
        if matches!(tree.relation(at), R::Obl | R::Nmod)
            && let Some(case) = tree.child(at, R::Case)
        {
            hash = step(hash, word(tree.lemma(case)));
        }
    }
    hash
}
