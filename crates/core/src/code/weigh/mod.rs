//! Who acts and on whom, weighed: a linear model over all parties of the report, where the rules may have taken the wrong one.
//!
//! The rules propose; the model knows of each party of the report how it stands to the words of the deed, what it did before
//! and to whom, and how sure the rule is that chose. Another party takes the place only where it is clearly the likelier one.
//! [`features`] is shared with the trainer (`train parties`), so that both see the same.

pub mod deeds;
mod features;
mod mentions;
mod told;
pub mod weights;

pub use self::mentions::Mentions;
use self::{features::Asked, told::Told};
use super::cast::Cast;
use crate::{
    Claim, EventType, Party, Tree, Upos,
    claim::{LIKELIEST, NOT_NAMED},
};

/// Weights of the model; a power of two.
pub const SIZE: usize = 1 << 14;

/// How much likelier another party must be before it takes the place of one that the sentence names, of somebody whose country
/// the rules do not know, of nobody, and of one that the sentence does not name; in units of the weights, 24 of which are one
/// of the logarithm of the odds. On stories kept apart whoever is added where nobody stood is right every second time.
const MARGINS: [[i32; 4]; 2] = [[24, 18, 24, 12], [24, 18, 18, 12]];

/// The same for who attacked where nobody is told: at the margin of other deeds every second one is wrong, and to lay the dead at
/// a wrong door is the worst that a record can do.
const ATTACKER: i32 = 48;

/// How much likelier another party must be before it takes the place of whom the rules chose for a deed of this type.
pub fn margin(kind: EventType, side: Side, state: usize) -> i32 {
    if (kind, side, state) == (EventType::Assault, Side::Actor, 2) { ATTACKER } else { MARGINS[side as usize][state] }
}

/// Steps in the tree from a deed within which a phrase may be meant by it.
const NEAR: usize = 3;

/// Words from which on a text is a report: the shortest one of a newspaper that was learnt from has twice as many. In sentences
/// without a story around them the weights lose more than they bring.
pub const WHOLE: usize = 100;

/// The two sides of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who acts.
    Actor,
    /// On whom.
    Recipient,
}

/// One question to the model, for learning: who is on this side of this claim?
#[derive(Clone, Debug)]
pub struct Question {
    /// Index of the sentence.
    pub sentence: usize,
    /// The trigger of the claim.
    pub trigger: usize,
    /// The type of the claim.
    pub kind: EventType,
    /// Which side is asked for.
    pub side: Side,
    /// Each party of the report by its code, with its features; the last one is that there is nobody.
    pub candidates: Vec<(Option<String>, Vec<u32>)>,
    /// Those that the rules chose.
    pub chosen: Vec<String>,
    /// Whether the sentence names whom the rules chose (0), or they chose somebody whose country they do not know (1), nobody (2),
    /// or a party that the sentence does not name (3).
    pub state: usize,
}

/// All that was asked about a report.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// Two a claim, in the order of the claims.
    pub parties: Vec<Question>,
    /// Words that may tell of a deed.
    pub deeds: Vec<deeds::DeedQuestion>,
}

/// The claims of one report, weighed in the order in which they are told.
pub struct Scales<'a> {
    cast: &'a Cast<'a>,
    weights: &'a [u8],
    mentions: Mentions,
    told: Told,
    /// What was asked, where somebody wants to learn from it.
    pub asked: Option<Vec<Question>>,
}

impl<'a> Scales<'a> {
    /// Scales for a report. `weights` are [`SIZE`] signed bytes; without any nothing is changed.
    pub fn new(cast: &'a Cast<'a>, mentions: Mentions, weights: &'a [u8]) -> Self {
        Self { cast, weights, mentions, told: Told::default(), asked: None }
    }

    /// Weighs the claims of a sentence, in their order, and remembers them for those that follow.
    pub fn weigh(&mut self, tree: &Tree, claims: &mut [Claim]) {
        if self.weights.is_empty() && self.asked.is_none() {
            return;
        }
        for claim in claims {
            self.mentions.know(claim);
            for side in [Side::Actor, Side::Recipient] {
                self.side(tree, claim, side);
            }
            self.told.add(&self.mentions, claim);
        }
    }

    /// Remembers claims that are not to be weighed, the last ones of a sentence.
    pub fn remember(&mut self, claims: &[Claim]) {
        for claim in claims {
            self.mentions.know(claim);
            self.told.add(&self.mentions, claim);
        }
        self.told.end_sentence();
    }

    fn side(&mut self, tree: &Tree, claim: &mut Claim, side: Side) {
        let asked = Asked::new(&self.mentions, &self.told, tree, claim, side);
        let candidates: Vec<(Option<usize>, Vec<u32>)> = asked.candidates().collect();
        let score = |features: &[u32]| -> i32 {
            features.iter().map(|&feature| i32::from(self.weights[feature as usize] as i8)).sum()
        };
        let mut best: Option<(i32, usize)> = None;
        let mut ruled = None;
        if !self.weights.is_empty() {
            for (who, features) in &candidates {
                let score = score(features);
                let chosen = who.map_or(asked.chosen.is_empty(), |who| asked.chosen.contains(&who));
                if chosen {
                    ruled = ruled.max(Some(score));
                } else if let Some(who) = *who
                    && best.is_none_or(|(highest, _)| score > highest)
                {
                    best = Some((score, who));
                }
            }
        }
        let margin = margin(claim.kind, side, asked.state());
        let better = best.filter(|&(score, _)| ruled.is_some_and(|ruled| score >= ruled + margin));
        if let Some(questions) = &mut self.asked {
            let name = |who: usize| self.mentions.codes[who].clone();
            questions.push(Question {
                sentence: claim.sentence,
                trigger: claim.trigger,
                kind: claim.kind,
                side,
                state: asked.state(),
                chosen: asked.chosen.iter().map(|&who| name(who)).collect(),
                candidates: candidates.into_iter().map(|(who, features)| (who.map(name), features)).collect(),
            });
        }
        if let Some((_, who)) = better {
            let parties = self.parties(tree, claim, side, who);
            match side {
                Side::Actor => claim.actors = parties,
                Side::Recipient => claim.recipients = parties,
            }
        }
    }

    /// The phrase of the sentence that denotes a party, nearest to the deed in the tree, with those joined to it; the place of
    /// the deed where the sentence does not name it.
    fn parties(&self, tree: &Tree, claim: &Claim, side: Side, who: usize) -> Vec<Party> {
        let code = self.mentions.codes[who].as_str();
        let of = |sentence: usize, token: usize| -> Vec<Party> {
            let found = self.cast.parties(sentence, token);
            if found.iter().any(|party| party.country.as_deref() == Some(code)) { found } else { Vec::new() }
        };
        let here = self.mentions.of_sentence(claim.sentence).iter().filter(|mention| mention.who == who && mention.own);
        // Whose a thing is ("an Indian strike") is no phrase for who acts, and what stands far off says it of something else.
        let near = here.filter_map(|mention| {
            let way = features::distance(tree, claim.trigger, mention.token);
            let phrase = tree.sentence.tokens[mention.token].upos != Upos::Adj;
            (phrase && way <= NEAR).then_some((way, mention.token.abs_diff(claim.trigger), mention))
        });
        let nearest =
            near.min_by_key(|&(way, words, mention)| (way, words, mention.token)).map(|(_, _, mention)| mention);
        if let Some(mention) = nearest {
            let others = if side == Side::Actor { &claim.recipients } else { &claim.actors };
            let joined = tree.head(mention.token).filter(|_| tree.relation(mention.token) == crate::Relation::Conj);
            let other = |party: &Party| others.iter().any(|other| other.country == party.country);
            let group = joined.map(|head| of(claim.sentence, head)).filter(|group| !group.iter().any(other));
            let found = group.filter(|group| !group.is_empty()).unwrap_or_else(|| of(claim.sentence, mention.token));
            let own = others.iter().any(|party| party.country.as_deref() == Some(code));
            let found: Vec<Party> =
                found.into_iter().filter(|party| party.country.is_some() && (own || !other(party))).collect();
            // "An Indian strike" is nobody.
            if found.iter().any(|party| party.name.is_some()) {
                let weighed = |party: Party| Party { why: format!("{}; {LIKELIEST}", party.why), ..party };
                return found.into_iter().map(weighed).collect();
            }
        }
        let span = tree.sentence.tokens[claim.trigger].span;
        let known = self.mentions.known_by(who).into_iter().flat_map(|(sentence, token)| of(sentence, token));
        let known = known.into_iter().find(|party| party.country.as_deref() == Some(code)).unwrap_or_default();
        vec![Party { span, country: Some(code.to_owned()), why: format!("{NOT_NAMED}: {LIKELIEST}"), ..known }]
    }
}
