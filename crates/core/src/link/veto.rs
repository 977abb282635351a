//! What keeps two claims apart, whatever their words.

use super::{
    context,
    facts::Facts,
    place::{Lie, lie, strangers},
};
use crate::{
    claim::{Modality, PlacePrecision},
    plover::EventType,
};

/// What no likeness makes up for: two stories, history beside news, other days, other towns, other speakers, other calls.
pub fn never(a: &Facts, b: &Facts) -> bool {
    // "Seized the base of Ouadi Doum" here and "took Bardai" there are two deeds.
    let strangers = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && x.iter().all(|name| !y.contains(name));
    let elsewhere = !a.kind.verbal() && a.at.report != b.at.report && strangers(&a.proper, &b.proper);
    // What insurgents urge is not what bishops urge.
    let spoken = a.kind.verbal() && b.kind.verbal() && a.actors.is_empty() && b.actors.is_empty();
    // Who rings two capitals up makes two calls, where a visit or a meeting may be one of many.
    let phoned = |f: &Facts| f.kind == EventType::Consult && f.mode.as_deref() == Some("phone");
    let hard = |why| match why {
        "parties" => phoned(a) && phoned(b),
        why => matches!(why, "history" | "story" | "date" | "place" | "count" | "visit and call" | "persons"),
    };
    elsewhere || spoken && strangers(&a.described[0], &b.described[0]) || apart(a, b).is_some_and(hard)
}

/// Types that may tell of one happening: how well they go together, `None` where they never do.
///
/// Equal types 0.3; types that reporters and codebooks mix up 0 or less.
pub fn together(a: EventType, b: EventType) -> Option<f32> {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    if a == b {
        return Some(0.3);
    }
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    match (a, b) {
        (Agree, Support | Retreat) => Some(-0.1),
        (Sanction | Mobilize, Coerce) | (Agree, Concede) => Some(0.0),
        (Agree, Consult | Cooperate)
        | (Consult, Cooperate)
        | (Support, Cooperate | Aid)
        | (Cooperate, Aid)
        | (Concede, Retreat)
        | (Coerce | Mobilize | Protest, Assault)
        | (Reject, Sanction)
        | (Accuse, Reject)
        | (Request, Threaten)
        | (Threaten, Mobilize) => Some(-0.4),
        _ => None,
    }
}

/// How two sets of parties lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Equal.
    Same,
    /// One holds the other: "both countries" and "India".
    Part,
    /// They share some.
    Some,
    /// None in common.
    Apart,
    /// One or both are not told.
    Unknown,
}

/// Compares two sorted sets of parties.
pub fn sides(a: &[u32], b: &[u32]) -> Sides {
    if a.is_empty() || b.is_empty() {
        return Sides::Unknown;
    }
    let common = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    match common {
        0 => Sides::Apart,
        n if n == a.len() && n == b.len() => Sides::Same,
        n if n == a.len() || n == b.len() => Sides::Part,
        _ => Sides::Some,
    }
}

/// True where each acts on the other: the two directions of one exchange.
pub fn mirrored(a: &Facts, b: &Facts) -> bool {
    let both = !a.actors.is_empty() && !a.recipients.is_empty();
    both && a.actors == b.recipients && a.recipients == b.actors
}

/// True where the two are directions or halves of one statement: the same words of one report, parties turned round.
pub fn one_statement(a: &Facts, b: &Facts) -> bool {
    a.at.report == b.at.report && a.act == b.act && a.kind == b.kind && (mirrored(a, b) || a.actors == b.recipients)
}

/// True where the directions turned round may tell of one happening: a skirmish, a deal, what "both sides" do.
fn exchange(a: &Facts, b: &Facts) -> bool {
    let deal = |kind| matches!(kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    if a.exchange && b.exchange && a.kind == b.kind {
        // Who fires at whom is told from either side.
        return !matches!(sides(&a.everybody, &b.everybody), Sides::Apart | Sides::Some);
    }
    mirrored(a, b) && (deal(a.kind) || a.mutual || b.mutual || rivals(a, b))
}

/// Each side says that the other attacked, on one day and at one spot or thing: two accounts of one clash.
fn rivals(a: &Facts, b: &Facts) -> bool {
    let attack = a.kind == EventType::Assault && b.kind == EventType::Assault;
    let at_one = one_spot(a, b) || a.things.iter().any(|thing| b.things.contains(thing));
    attack && a.alleged && b.alleged && a.at.report != b.at.report && agree_on_day(a, b) && at_one
}

/// The same parties on the same day or at the same spot.
fn anchored(a: &Facts, b: &Facts) -> bool {
    let parties = !a.actors.is_empty() && !a.recipients.is_empty();
    parties && a.actors == b.actors && a.recipients == b.recipients && (agree_on_day(a, b) || one_spot(a, b))
}

/// Both at one place that is smaller than a province.
pub fn one_spot(a: &Facts, b: &Facts) -> bool {
    let small = |f: &Facts| f.place.as_ref().is_some_and(|p| p.precision <= PlacePrecision::District);
    let places = a.place.as_ref().zip(b.place.as_ref()).filter(|_| small(a) && small(b));
    places.is_some_and(|(here, there)| lie(here, there) == Lie::Same)
}

/// Two attacks on one person who is named.
pub fn one_victim(a: &Facts, b: &Facts) -> bool {
    a.kind == EventType::Assault && a.kind == b.kind && a.receiving.iter().any(|who| b.receiving.contains(who))
}

/// Why the two cannot tell of one happening, `None` where they may.
pub fn apart(a: &Facts, b: &Facts) -> Option<&'static str> {
    if together(a.kind, b.kind).is_none() {
        return Some("type");
    }
    if a.historical != b.historical {
        return Some("history");
    }
    if a.story != b.story && !anchored(a, b) {
        return Some("story");
    }
    if one_statement(a, b) {
        return None;
    }
    let near = a.at.report == b.at.report && a.sentence.abs_diff(b.sentence) <= 2;
    if !near && (bare(a) || bare(b)) {
        return Some("bare");
    }
    if a.denial != b.denial && a.kind == EventType::Reject && b.kind == EventType::Reject {
        return Some("denial and refusal");
    }
    // Whoever calls its envoy home does not send the other's away.
    let envoys = |f: &Facts, mode: &str| f.kind == EventType::Sanction && f.mode.as_deref() == Some(mode);
    if envoys(a, "expel") && envoys(b, "withdraw") || envoys(a, "withdraw") && envoys(b, "expel") {
        return Some("envoys");
    }
    let things = !a.things.is_empty() && !b.things.is_empty();
    if things && !a.kind.verbal() && !b.kind.verbal() && a.things.iter().all(|n| !b.things.contains(n)) {
        return Some("object");
    }
    parties(a, b).or_else(|| day(a, b)).or_else(|| spot(a, b)).or_else(|| count(a, b)).or_else(|| mood(a, b))
}

/// "… and wounded": without a number, a place or a party it belongs to what its own report tells around it.
fn bare(f: &Facts) -> bool {
    let told = !f.actors.is_empty() || !f.recipients.is_empty() || f.place.is_some() || f.days.is_some();
    f.casualty && f.counts.is_empty() && !told && f.words.len() < 3
}

fn parties(a: &Facts, b: &Facts) -> Option<&'static str> {
    if a.kind == EventType::Consult && b.kind == EventType::Consult {
        return conversation(a, b);
    }
    let turned = exchange(a, b);
    if !turned && sides(&a.actors, &b.actors) == Sides::Apart {
        return Some("actor");
    }
    let spoken = a.kind.verbal() && b.kind.verbal();
    let apart = !turned && !spoken && sides(&a.recipients, &b.recipients) == Sides::Apart;
    if apart && !a.implied && !b.implied && !struck(a, b) {
        return Some("recipient");
    }
    // Who is threatened in so many words is not somebody else.
    let elsewhere = sides(&a.recipients, &b.recipients) == Sides::Apart && !a.implied && !b.implied;
    if a.kind == EventType::Threaten && a.kind == b.kind && elsewhere {
        return Some("recipient");
    }
    let charged = |kind| !matches!(kind, EventType::Agree | EventType::Consult | EventType::Concede);
    if a.kind.verbal() && charged(a.kind) && a.alleged != b.alleged {
        return Some("alleged");
    }
    let alone = matches!(a.kind, EventType::Accuse | EventType::Reject | EventType::Threaten);
    if alone && a.mutual != b.mutual {
        return Some("mutual");
    }
    // Two ministers of one government may each say it; two persons who speak for themselves are two statements.
    let own = |kind| !matches!(kind, EventType::Reject | EventType::Accuse);
    (a.kind.verbal() && own(a.kind) && persons_apart(&a.acting, &b.acting)).then_some("speaker")
}

/// How alike the sentences of two attacks are where whom they hit may be told otherwise.
const LIKE_SENTENCES: f32 = 0.1;

/// The same where both tell of one means.
const SOME_WORDS: f32 = 0.05;

/// Whom it hit may be told by its nation, its employer or the land it stood in: one spot, as many on one day, or two
/// reports in sentences of like words are enough.
pub fn struck(a: &Facts, b: &Facts) -> bool {
    let attacks = a.kind == EventType::Assault && b.kind == EventType::Assault && a.at.report != b.at.report;
    one_spot(a, b)
        || attacks && by_one_means(a, b)
        || counted(a, b) && agree_on_day(a, b)
        || attacks && context::shared(&a.context, &b.context) > LIKE_SENTENCES
}

/// Both from the air, both with guns, in sentences that have some more in common.
pub fn by_one_means(a: &Facts, b: &Facts) -> bool {
    a.means.iter().any(|means| b.means.contains(means)) && context::shared(&a.context, &b.context) > SOME_WORDS
}

/// Persons of one party, all different.
pub(super) fn persons_apart(a: &[(u32, u32)], b: &[(u32, u32)]) -> bool {
    let shares = |party: u32| a.iter().any(|x| x.0 == party && b.contains(x));
    a.iter().any(|x| b.iter().any(|y| y.0 == x.0) && !shares(x.0))
}

/// The parties of a conversation are unordered, and a call of the ministers is not the call of the presidents.
fn conversation(a: &Facts, b: &Facts) -> Option<&'static str> {
    let people = |f: &Facts| [f.acting.as_slice(), &f.receiving].concat();
    match sides(&a.everybody, &b.everybody) {
        Sides::Apart | Sides::Some => return Some("parties"),
        _ => {}
    }
    if persons_apart(&people(a), &people(b)) {
        return Some("persons");
    }
    let met = |f: &Facts| f.mode.as_deref() == Some("visit");
    let phoned = |f: &Facts| f.mode.as_deref() == Some("phone");
    ((met(a) && phoned(b)) || (phoned(a) && met(b))).then_some("visit and call")
}

/// A deed that a report dates back by more than this many days is no news to it.
const NEWS: i64 = 30;

/// What a headline or a lead tells without a day is news, and not what another sentence dates back by months.
fn dated_back(news: &Facts, told: &Facts) -> bool {
    // "Row deepens over the killing": what is told in passing need not be new.
    let deed = news.modality == Modality::Occurred && !news.kind.verbal() && !news.passing;
    let fresh = news.days.is_none() && news.sentence <= 1 && deed;
    let past = told.days.zip(told.told).is_some_and(|((_, last), published)| last + NEWS < published);
    fresh && past && !told.kind.verbal()
}

/// A report tells of nothing as done that was done after it came out.
fn too_late(told: &Facts, done: &Facts) -> bool {
    let after = done.days.zip(told.told).is_some_and(|((first, _), published)| first > published + 1);
    after && told.at.report != done.at.report && told.modality == Modality::Occurred
}

fn day(a: &Facts, b: &Facts) -> Option<&'static str> {
    if too_late(a, b) || too_late(b, a) || dated_back(a, b) || dated_back(b, a) {
        return Some("date");
    }
    let ((first, last), (from, to)) = (a.days?, b.days?);
    // The day of words that were spoken is uncertain by the speaker's clock.
    let play = i64::from(a.floating != b.floating);
    (last + play < from || to + play < first).then_some("date")
}

fn spot(a: &Facts, b: &Facts) -> Option<&'static str> {
    let (here, there) = (a.place.as_ref()?, b.place.as_ref()?);
    let tied = |kind: EventType| !kind.verbal() || kind == EventType::Consult;
    let apart = lie(here, there) == Lie::Apart || strangers(here, there);
    (tied(a.kind) && tied(b.kind) && apart).then_some("place")
}

/// The same number of the same, above one.
pub fn counted(a: &Facts, b: &Facts) -> bool {
    let same = |(what, low, _): &(String, u64, u64)| {
        *low > 1 && b.counts.iter().any(|(other, from, _)| other == what && from == low)
    };
    a.counts.iter().any(same)
}

/// One report counts its dead once; two reports may differ, but not by far unless day and place agree.
fn count(a: &Facts, b: &Facts) -> Option<&'static str> {
    let most = |f: &Facts, what: &str| {
        let own = f.counts.iter().filter(|(other, _, _)| other == what);
        own.max_by_key(|&&(_, low, high)| (low, high)).map(|&(_, low, high)| (low, high))
    };
    // Twelve dead of one day are not the thirty-eight of the whole war.
    let sum = |f: &Facts| f.casualty && f.actors.is_empty() && f.recipients.is_empty();
    let dead = |f: &Facts| f.counts.iter().filter(|(what, ..)| what == "killed").map(|&(_, low, _)| low).max();
    let twice = |x: u64, y: u64| x.min(y) > 0 && x.max(y) > 2 * x.min(y);
    if sum(a) && sum(b) && !agree_on_day(a, b) && dead(a).zip(dead(b)).is_some_and(|(x, y)| twice(x, y)) {
        return Some("count");
    }
    for (what, _, _) in &a.counts {
        // Parts of a whole are counted beside it: the largest is held against the largest.
        let (Some((low, high)), Some((from, to))) = (most(a, what), most(b, what)) else { continue };
        if high >= from && to >= low {
            continue;
        }
        let (small, large) = if high < from { (high, from) } else { (to, low) };
        let anchored = agree_on_day(a, b) && a.place.is_some() && b.place.is_some();
        let far = large > small.saturating_mul(3);
        if a.at.report == b.at.report && !matches!(what.as_str(), "money" | "weapons") || far && !anchored {
            return Some("count");
        }
    }
    None
}

/// Both dated to one day.
pub fn agree_on_day(a: &Facts, b: &Facts) -> bool {
    a.days.is_some_and(|(first, last)| first == last && b.days == Some((first, last)))
}

/// A deed that is still to come is not the one that was done, inside one report.
fn mood(a: &Facts, b: &Facts) -> Option<&'static str> {
    let ahead = |f: &Facts| matches!(f.modality, Modality::Planned | Modality::Threatened | Modality::Hypothetical);
    let deed = |f: &Facts| !f.kind.verbal();
    let apart = deed(a) && deed(b) && ahead(a) != ahead(b);
    (apart && (a.at.report == b.at.report || a.kind == EventType::Assault)).then_some("still to come")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, code, link::facts::collect, parse};

    /// The facts of the talks that a sentence tells of.
    fn talks(text: &str) -> Vec<Facts> {
        let report = Report { published: Some("2025-04-30".into()), ..Report::from_text("one", text) };
        let sentences = parse(&report.text);
        let mut facts = collect(&[code(report, sentences)], &[0]).facts;
        facts.retain(|f| f.kind == EventType::Consult);
        facts
    }

    #[test]
    fn who_rings_two_capitals_up_makes_two_calls_and_who_is_visited_by_two_may_hold_one_meeting() {
        let calls = talks(
            "Marco Rubio telephoned Subrahmanyam Jaishankar of India. Rubio telephoned Shehbaz Sharif of Pakistan.",
        );
        assert_eq!(calls.len(), 2);
        assert!(never(&calls[0], &calls[1]));
        let mut met = calls;
        for f in &mut met {
            f.mode = Some("visit".into());
            f.receiving.clear();
        }
        assert!(!never(&met[0], &met[1]));
    }
}
