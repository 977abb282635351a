//! Who gives the account: both parties or one, and where the parties contradict each other.

use super::{Found, Told};
use crate::{
    claim::{Annotation, Claim, Modality, Party, Stance},
    event::{ClaimRef, Event, Kind, Value},
    link::facts,
    plover::EventType,
};
use std::collections::{BTreeMap, BTreeSet};

/// One report gives both parties' account of a deed, another only one party's.
pub fn sides(told: &Told) -> Found {
    if told.claims.iter().all(|&at| told.claim(at).kind.verbal()) {
        return None;
    }
    let parties = told.parties();
    let mut accounts: BTreeMap<usize, BTreeMap<&str, (ClaimRef, &Party)>> = BTreeMap::new();
    for (&report, claims) in &told.reports {
        let sentences: BTreeSet<usize> = claims.iter().map(|&at| told.claim(at).sentence).collect();
        let list = accounts.entry(report).or_default();
        for (i, c) in told.annotations[report].claims.iter().enumerate() {
            let at = ClaimRef { report, claim: i };
            let of_event = claims.contains(&at);
            // What a party says in the same breath belongs to its account.
            let beside = sentences.contains(&c.sentence) && c.kind.verbal();
            let accuses = beside && matches!(c.kind, EventType::Accuse | EventType::Reject);
            let speakers = c.attribution.iter().filter(|_| of_event || beside).filter_map(|a| a.source.as_ref());
            let speakers = speakers.chain(c.actors.iter().filter(|_| accuses));
            for party in speakers.chain(cited(told, at).filter(|_| of_event)).chain(saying(told, at, of_event)) {
                if let Some(code) = party.country.as_deref().filter(|c| parties.contains(c) && !party.span.is_empty()) {
                    list.entry(code).or_insert((at, party));
                }
            }
        }
    }
    let heard: Vec<usize> = accounts.values().map(BTreeMap::len).filter(|&n| n > 0).collect();
    if !(heard.iter().any(|&n| n > 1) && heard.contains(&1)) {
        return None;
    }
    let mut values: Vec<Value> = Vec::new();
    for (code, (at, party)) in accounts.values().flatten() {
        let value = Value {
            value: (*code).to_string(),
            according_to: Some((*party).clone()),
            ..told.value(*at, party.span, "")
        };
        if !values.iter().any(|v| v.report == value.report && v.span == value.span) {
            values.push(value);
        }
    }
    Some((Kind::OneSided, values))
}

/// Who is cited in the sentence of a claim, whatever they say of it.
fn cited<'a>(told: &Told<'a>, at: ClaimRef) -> impl Iterator<Item = &'a Party> {
    let sentence = told.claim(at).sentence;
    let all = told.annotations[at.report].attributions.iter();
    all.filter(move |a| a.statement && a.sentence == sentence).flat_map(|a| &a.speakers)
}

/// The party in "with Indian officials saying that …", which the tree hangs on what was told before.
fn saying<'a>(told: &Told<'a>, at: ClaimRef, of_event: bool) -> Option<&'a Party> {
    let c = told.claim(at);
    let sentence = told.annotations[at.report].sentences.get(c.sentence).filter(|_| of_event)?;
    let says = |lemma: &str| matches!(lemma, "say" | "claim" | "insist" | "allege" | "blame" | "accuse" | "maintain");
    let next = |p: &&Party| {
        let behind = sentence.tokens.iter().find(|t| t.span.start >= p.span.end && !p.span.is_empty());
        behind.is_some_and(|t| t.xpos.as_str() == "VBG" && says(&t.lemma))
    };
    c.actors.iter().chain(&c.recipients).find(next)
}

/// Each party says that the other did it: inside one report, or one party in one report and the other in another.
pub fn disputed(told: &Told) -> Found {
    let by = |at: ClaimRef| told.claim(at).attribution.as_ref().and_then(|a| a.source.as_ref()?.country.as_deref());
    let alone = |at: ClaimRef| match told.claim(at).actors.as_slice() {
        [one] => one.country.as_deref(),
        _ => None,
    };
    let said = |&at: &ClaimRef| Some((at, by(at)?, alone(at)?));
    let claims: Vec<(ClaimRef, &str, &str)> = told.reports.values().flatten().filter_map(said).collect();
    let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, &(_, speaker, doer)) in claims.iter().enumerate() {
        places.entry((speaker, doer)).or_default().push(i);
    }
    let mut across = None;
    for (i, &(a, speaker, doer)) in claims.iter().enumerate() {
        let Some(others) = places.get(&(doer, speaker)).filter(|_| speaker != doer) else { continue };
        if told.claim(a).kind.verbal() {
            continue;
        }
        // Claims lie report by report, so the next of the other party is of the same report if any is.
        let behind = others[others.partition_point(|&j| j <= i)..].iter().map(|&j| claims[j].0);
        let Some(b) = behind.into_iter().find(|&b| told.claim(b).span != told.claim(a).span) else { continue };
        let value = |at: ClaimRef| told.value(at, told.claim(at).span, "");
        if a.report == b.report {
            return Some((Kind::Disputed, vec![value(a), value(b)]));
        }
        across.get_or_insert_with(|| (Kind::Contradicts, vec![value(a), value(b)]));
    }
    across
}

/// What one report tells in its own voice, another lays to a party to the matter.
pub fn vouched(told: &Told) -> Found {
    let parties = told.parties();
    let (mut own, mut laid): (Vec<Value>, Vec<Value>) = (vec![], vec![]);
    for claims in told.reports.values() {
        let deeds: Vec<ClaimRef> = claims.iter().copied().filter(|&at| !told.claim(at).kind.verbal()).collect();
        let Some(&first) = deeds.first() else { continue };
        if let Some(&at) = deeds.iter().find(|&&at| told.own_voice(at)) {
            own.push(told.value(at, told.claim(at).span, "own voice"));
            continue;
        }
        let source = told.claim(first).attribution.as_ref().and_then(|a| a.source.as_ref());
        // What a party says that it did itself is hardly doubted.
        let own_deed = |code: &str| told.claim(first).actors.iter().any(|p| p.country.as_deref() == Some(code));
        let other = |code: &str| parties.contains(code) && !own_deed(code);
        if let Some(source) = source.filter(|p| p.country.as_deref().is_some_and(other) && !p.span.is_empty()) {
            laid.push(told.value(first, source.span, source.country.clone().unwrap_or_default()));
        }
    }
    // Who did it must be told in both: a count of the dead is mostly somebody's.
    let told_who = |v: &Value| told.claim(v.claim).actors.iter().find_map(|p| p.country.as_deref());
    let same = |a: &Value| laid.iter().any(|b| told_who(a).is_some() && told_who(a) == told_who(b));
    own.retain(same);
    (!own.is_empty() && !laid.is_empty()).then(|| (Kind::Differs, [own, laid].concat()))
}

/// One says that it happened, another that it did not.
pub fn denied(told: &Told) -> Found {
    for claims in told.reports.values() {
        let denies = |c: &Claim| {
            c.modality == Modality::Negated || c.attribution.as_ref().is_some_and(|a| a.stance == Stance::Denies)
        };
        // "Nobody was hurt" denies no attack, and who did not do one thing may have done another.
        let whole = |at: &ClaimRef| told.claim(*at).figures.is_empty() && !told.claim(*at).actors.is_empty();
        let deed = |at: &&ClaimRef| !told.claim(**at).kind.verbal() && whole(at);
        let denial = claims.iter().filter(deed).find(|&&at| denies(told.claim(at)));
        let says = claims
            .iter()
            .filter(deed)
            .find(|&&at| !denies(told.claim(at)) && told.claim(at).modality == Modality::Occurred);
        if let (Some(&a), Some(&b)) = (says, denial) {
            let value = |at: ClaimRef| told.value(at, told.claim(at).span, told.claim(at).modality.as_str());
            return Some((Kind::Disputed, vec![value(a), value(b)]));
        }
    }
    None
}

/// Sentences between an accusation and its answer, at most; the ledger looks no nearer.
const NEAR: usize = 3;

/// Accusations and the denials that answer them, over all events.
pub struct Accusations {
    /// Accusation event to the pairs (accusation, denial) of each report.
    answered: BTreeMap<usize, Vec<(ClaimRef, ClaimRef)>>,
}

impl Accusations {
    /// Finds for each accusation the first denial in the same report by the accused.
    pub fn new(annotations: &[Annotation], events: &[Event]) -> Self {
        let mut answered: BTreeMap<usize, Vec<(ClaimRef, ClaimRef)>> = BTreeMap::new();
        let mut taken: BTreeSet<ClaimRef> = BTreeSet::new();
        for (index, event) in events.iter().enumerate() {
            for &at in &event.claims {
                let claims = &annotations[at.report].claims;
                let accusation = &claims[at.claim];
                let accuses = accusation.kind == EventType::Accuse && accusation.recipients.len() == 1;
                if !accuses && !boasted(accusation) {
                    continue;
                }
                // Claims stand in the order of their sentences; no answer is further off.
                let from = claims.partition_point(|c| c.sentence + NEAR < accusation.sentence);
                let near = || claims[from..].iter().take_while(|c| c.sentence <= accusation.sentence + NEAR);
                // Of two who blame each other neither answers.
                let mutual = near().any(|c| c.span == accusation.span && c.actors == accusation.recipients);
                let accuses = accuses && !mutual;
                if !accuses && !boasted(accusation) {
                    continue;
                }
                let list = answered.entry(index).or_default();
                if list.iter().any(|(a, _)| a.report == at.report) {
                    continue;
                }
                let text = &annotations[at.report].report.text;
                let denial = (from..).zip(near()).find(|(i, c)| {
                    !taken.contains(&ClaimRef { report: at.report, claim: *i })
                        && if accuses { answers(text, c, accusation) } else { gainsays(text, c, accusation) }
                });
                if let Some((i, _)) = denial {
                    let denial = ClaimRef { report: at.report, claim: i };
                    taken.insert(denial);
                    list.push((at, denial));
                }
            }
        }
        Self { answered }
    }

    /// The accusation of this event beside its denial.
    pub fn disputed(&mut self, told: &Told, event: usize) -> Found {
        let pairs = self.answered.remove(&event)?;
        let value = |at: ClaimRef| told.value(at, told.claim(at).span, "");
        // Copies have the quarrel of what they copy.
        let own = pairs.iter().filter(|(a, _)| told.reports.contains_key(&a.report));
        let values: Vec<Value> = own.flat_map(|&(a, b)| [value(a), value(b)]).collect();
        (!values.is_empty()).then_some((Kind::Disputed, values))
    }
}

/// True for a deed that its doer tells of: "the rebels said they had seized the palace".
fn boasted(claim: &Claim) -> bool {
    let source = claim.attribution.as_ref().filter(|a| a.stance == Stance::Asserts).and_then(|a| a.source.as_ref());
    let own = |p: &Party| p.country.is_some() && claim.actors.iter().any(|actor| actor.country == p.country);
    !claim.kind.verbal() && claim.modality == Modality::Occurred && source.is_some_and(own)
}

/// True where another party denies in the next sentence what was told: "The army denied it".
fn gainsays(text: &str, denial: &Claim, told: &Claim) -> bool {
    let shares =
        |a: &[Party], b: &[Party]| a.iter().any(|x| x.country.is_some() && b.iter().any(|y| x.country == y.country));
    denial.kind == EventType::Reject
        && (told.sentence..=told.sentence + 1).contains(&denial.sentence)
        && facts::denial(text, denial)
        && denial.span.start > told.span.start
        && !shares(&denial.actors, &told.actors)
        && (shares(&denial.recipients, &told.actors) || shares(&denial.actors, &told.recipients))
}

/// True where `denial` answers `accusation`: the accused denies, near behind or before it.
pub fn answers(text: &str, denial: &Claim, accusation: &Claim) -> bool {
    if denial.sentence.abs_diff(accusation.sentence) > NEAR {
        return false;
    }
    let code = |parties: &[Party]| parties.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<_>>();
    let denies = denial.kind == EventType::Reject && facts::denial(text, denial)
        || denial.attribution.as_ref().is_some_and(|a| a.stance == Stance::Denies && denial.kind != EventType::Accuse);
    let speakers = if denial.kind == EventType::Reject {
        code(&denial.actors)
    } else {
        code(&denial.attribution.iter().filter_map(|a| a.source.clone()).collect::<Vec<_>>())
    };
    let (accused, by) = (code(&accusation.recipients), code(&accusation.actors));
    let to = code(&denial.recipients);
    denies && !accused.is_disjoint(&speakers) && (to.is_empty() || !to.is_disjoint(&by))
}
