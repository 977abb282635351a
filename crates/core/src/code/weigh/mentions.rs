//! Every phrase of a report that denotes a party.

use crate::{
    Claim, Party, Sentence, Upos,
    code::{cast::Cast, factuality::word},
};

/// A phrase that denotes a party.
pub struct Mention {
    /// The token that heads it.
    pub token: usize,
    /// Index of the party in [`Mentions::codes`].
    pub who: usize,
    /// Part of speech and sort of party, as a number.
    pub kind: u32,
    /// The party's own words, and not those of one that it is joined to.
    pub own: bool,
}

/// The phrases of a report by sentence, and what can be counted of them.
#[derive(Default)]
pub struct Mentions {
    /// Codes of the parties, in the order in which they are first named.
    pub codes: Vec<String>,
    /// Of each party how often it is named.
    counts: Vec<u32>,
    /// Of each party where it is best known by: a state by its own name, else its first phrase.
    best: Vec<(usize, usize, bool)>,
    sentences: Vec<Vec<Mention>>,
}

impl Mentions {
    /// Asks the cast for every token.
    pub fn of(cast: &Cast, sentences: &[Sentence]) -> Self {
        let mut out = Self::default();
        for (index, sentence) in sentences.iter().enumerate() {
            let mut here = Vec::new();
            for (token, one) in sentence.tokens.iter().enumerate() {
                if !matches!(
                    one.upos,
                    Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::Det | Upos::X
                ) {
                    continue;
                }
                for party in cast.parties(index, token) {
                    let Some(code) = &party.country else { continue };
                    let who = out.number(code);
                    let own = party.span.touches(one.span);
                    let state = cast.is_state(&party);
                    out.counts[who] += 1;
                    if state && own && !out.best[who].2 || out.best[who].0 == usize::MAX {
                        out.best[who] = (index, token, state && own);
                    }
                    let sort = if state { "state" } else { party.sectors.first().copied().unwrap_or("") };
                    let kind = word(sort).wrapping_mul(31) + 2 * one.upos as u32 + u32::from(own);
                    here.push(Mention { token, who, kind, own });
                }
            }
            out.sentences.push(here);
        }
        out
    }

    fn number(&mut self, code: &str) -> usize {
        self.codes.iter().position(|known| known == code).unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.counts.push(0);
            self.best.push((usize::MAX, 0, false));
            self.codes.len() - 1
        })
    }

    /// Takes up the parties of a claim that no phrase names.
    pub fn know(&mut self, claim: &Claim) {
        let said = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        for party in claim.actors.iter().chain(&claim.recipients).chain(said) {
            if let Some(code) = &party.country {
                self.number(code);
            }
        }
    }

    /// The numbers of these parties.
    pub fn numbers(&self, parties: &[Party]) -> Vec<usize> {
        let codes = parties.iter().filter_map(|party| party.country.as_ref());
        let mut out: Vec<usize> = codes.filter_map(|code| self.codes.iter().position(|known| known == code)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The phrases of a sentence.
    pub fn of_sentence(&self, sentence: usize) -> &[Mention] {
        self.sentences.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Sentence and token of the phrase that a party is best known by.
    pub fn known_by(&self, who: usize) -> Option<(usize, usize)> {
        let (sentence, token, _) = self.best[who];
        (sentence != usize::MAX).then_some((sentence, token))
    }

    /// The parties, those named most often first.
    pub fn by_count(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.codes.len()).filter(|&who| self.counts[who] > 0).collect();
        order.sort_by(|&a, &b| self.counts[b].cmp(&self.counts[a]).then_with(|| self.codes[a].cmp(&self.codes[b])));
        order
    }

    /// The parties that are named before a token, the last one first.
    pub fn by_nearness(&self, sentence: usize, token: usize) -> Vec<usize> {
        let mut order = Vec::new();
        for at in (0..=sentence.min(self.sentences.len().saturating_sub(1))).rev() {
            for mention in self.of_sentence(at).iter().rev().filter(|mention| at < sentence || mention.token < token) {
                if !order.contains(&mention.who) {
                    order.push(mention.who);
                }
            }
            if order.len() == self.codes.len() {
                break;
            }
        }
        order
    }
}
