//! Recipients that stand deeper than the words of an entry tell: whose the thing is, who stands beside it, who is named
//! below.

use super::is_abroad;
use crate::{
    EventType, Party, Relation, Upos,
    code::{
        arguments::Arguments,
        codebook::{Entry, Frame},
        frames::Scene,
        lists::{LISTS, holds},
        words::Part,
    },
};

impl Scene<'_> {
    /// Whose the thing is that stands in one of these places: "sanctions on **Iran**'s oil". Parties `given` that have no
    /// country get that one where the deed falls on them ("killed three farmers in **Benue**"), else give way to it.
    pub(super) fn whose(
        &self,
        entry: &Entry,
        arguments: &Arguments,
        part: Part,
        taken: &[Party],
        trigger: usize,
        given: Vec<Party>,
    ) -> Vec<Party> {
        let roles = &entry.recipient[usize::from(part == Part::Noun)];
        let heads: Vec<usize> = roles.iter().flat_map(|&role| self.tokens(role, arguments, part, trigger)).collect();
        let mut unknown = given;
        for found in
            heads.iter().map(|&head| self.cast.owners(self.sentence, head)).chain(self.beside(&heads, entry.kind))
        {
            let mut found = found;
            found.retain(|party| taken.iter().all(|other| other.span != party.span));
            if found.iter().any(|party| is_abroad(party, taken)) {
                found.retain(|party| is_abroad(party, taken));
                if unknown.is_empty() || entry.kind.verbal() {
                    return found;
                }
                for party in &mut unknown {
                    party.country.clone_from(&found[0].country);
                    party.why = format!("{}; country by what stands beside it", party.why);
                }
                return unknown;
            }
            if unknown.is_empty() {
                found.retain(|party| self.may_stand(party, taken));
                unknown = found;
            }
        }
        unknown
    }

    /// Who stands beside these phrases: "the border with **Belarus**", "the coup in **Niger**".
    fn beside(&self, heads: &[usize], kind: EventType) -> Vec<Vec<Party>> {
        let tree = self.tree;
        let case = |c: usize| tree.child(c, Relation::Case).map_or("", |case| tree.lemma(case));
        let below = heads.iter().flat_map(|&head| {
            // "talks with **Taipei** are out of the question": what is joint is refused to the other.
            let joint =
                matches!(kind, EventType::Reject | EventType::Sanction) && holds(&LISTS.joint, tree.lemma(head));
            let border =
                joint || matches!(tree.lemma(head), "border" | "frontier" | "crossing" | "trade" | "tie" | "line");
            let beside = move |c: usize| match case(c) {
                "with" => border,
                word => matches!(word, "in" | "inside" | "by" | "against" | "within"),
            };
            // "the line of control **with** India"
            let of = tree.children(head).filter(move |&c| border && case(c) == "of");
            let tops = std::iter::once(head).chain(of);
            tops.flat_map(move |top| {
                tree.children(top).filter(move |&c| tree.relation(c) == Relation::Nmod && beside(c))
            })
        });
        // "islands administered by Japan", "waters shared with Vietnam": the participle may hang elsewhere.
        let tokens = &tree.sentence.tokens;
        let held = heads.iter().filter_map(|&head| {
            let mut near = head + 1..tokens.len().min(head + 4);
            near.find(|&i| tokens[i].xpos.as_str() == "VBN" && holds(&LISTS.held, tree.lemma(i)))
        });
        let holders = held.flat_map(|verb| tree.children(verb).filter(|&c| matches!(case(c), "by" | "with")));
        // "offered an inquiry **by experts**": who is to do it is not whom it is promised.
        let doer = |at: usize, party: &Party| kind == EventType::Agree && case(at) == "by" && party.country.is_none();
        let parties = |at: usize| {
            let mut found = self.cast.parties(self.sentence, at);
            found.retain(|party| !doer(at, party));
            found
        };
        below.chain(holders).map(parties).collect()
    }

    /// True for a party without a country, or one within the country of those taken that is not the state itself.
    fn may_stand(&self, party: &Party, taken: &[Party]) -> bool {
        let same = |other: &Party| other.span == party.span || other.name.is_some() && other.name == party.name;
        // "its ban" is the actor's own.
        let possessed =
            ["«its»", "«their»"].iter().any(|word| party.why.ends_with(word)) && party.sectors.contains(&"GOV");
        let own = (party.why.starts_with("takes up") || possessed)
            && taken.iter().any(|other| other.country == party.country);
        !own && !taken.iter().any(same) && (party.country.is_none() || !self.cast.is_state(party))
    }

    /// True inside a phrase below `tops` behind one of these prepositions, which only tells when or to whom: "agreed to
    /// disarm after **Russian** mediation".
    fn is_within(&self, i: usize, tops: &[usize], prepositions: &[&str]) -> bool {
        let when = |at: usize| {
            let case = self.tree.child(at, Relation::Case);
            case.is_some_and(|case| prepositions.contains(&self.tree.lemma(case)))
        };
        let mut at = i;
        loop {
            if when(at) {
                return true;
            }
            match self.tree.head(at) {
                Some(head) if !tops.contains(&at) => at = head,
                _ => return false,
            }
        }
    }

    /// The first party of another country below the phrases around the trigger ("the commitment to work with
    /// **India**"); where there is none, those `given`, else the first that may stand.
    pub(super) fn named_below(
        &self,
        kind: EventType,
        arguments: &Arguments,
        taken: &[Party],
        given: Vec<Party>,
    ) -> Vec<Party> {
        // "In a call with Blinken, he condemned it": nobody is condemned to his face.
        let hostile = matches!(kind, EventType::Accuse | EventType::Threaten);
        let talks = |head: usize| {
            let frames = self.book.frames.get(&(self.words[head], Part::Noun));
            let consult = |frame: &Frame| self.book.entries[frame.entry as usize].kind == EventType::Consult;
            hostile && frames.is_some_and(|frames| frames.iter().any(consult))
        };
        // "while the US asks for peace" is another matter; so is what is told of the actor: "by India, which …".
        let aside = |case: usize| self.tree.relation(case) == Relation::Mark && self.tree.lemma(case) != "to";
        // "**In Seoul**, the president spoke of a provocation", "deplored **at the Security Council** that": where it was
        // said.
        let trigger = arguments.trigger;
        let venue = |case: usize, head: usize| {
            let said = kind.verbal() && self.tree.relation(head) == Relation::Obl && self.tree.head(head) == trigger;
            let organization = || {
                let parties = self.cast.parties(self.sentence, head);
                parties.iter().any(|party| self.cast.is_organization(party))
            };
            match self.tree.lemma(case).to_ascii_lowercase().as_str() {
                "in" => said && trigger.is_some_and(|trigger| head < trigger),
                "at" => said && organization(),
                _ => false,
            }
        };
        let acts = |head: usize| taken.iter().any(|party| party.span.holds(self.tree.sentence.tokens[head].span));
        let phrases = arguments
            .prepositions
            .iter()
            .filter(|&&(case, head)| !aside(case) && !venue(case, head))
            .map(|&(_, head)| head);
        let phrases = phrases.filter(|&head| !talks(head) && !acts(head));
        let tops: Vec<usize> =
            arguments.object.into_iter().chain(phrases).chain(arguments.clauses.iter().copied()).collect();
        let tokens = &self.tree.sentence.tokens;
        let mut unknown = given;
        for (i, token) in tokens.iter().enumerate() {
            let nominal = matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj);
            if !nominal
                || taken.iter().any(|party| party.span.touches(token.span))
                || !tops.iter().any(|&top| self.tree.below(i, top))
                || self.is_within(i, &tops, &["after", "before", "amid", "until", "during"])
                // "hit the villages **with artillery**"
                || kind.quad() == 4 && token.upos == Upos::Noun && self.is_within(i, &tops, &["with"])
                // "filed a complaint **with the UN**": who is told of it is not who is blamed.
                || kind == EventType::Accuse && self.is_within(i, &tops, &["with"])
            {
                continue;
            }
            let mut found = self.cast.parties(self.sentence, i);
            if found.iter().any(|party| is_abroad(party, taken)) {
                found.retain(|party| is_abroad(party, taken));
                return found;
            }
            // A word beside a noun is nobody without a country: "military exercises".
            let beside =
                matches!(token.relation, Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::Flat);
            let doer = kind == EventType::Agree && self.is_within(i, &tops, &["by"]);
            if unknown.is_empty() && !beside && !doer {
                found.retain(|party| self.may_stand(party, taken));
                unknown = found;
            }
        }
        unknown
    }
}
