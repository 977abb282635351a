//! What two claims have in common and what parts them, as numbers that the trees of [`super::likelihood`] ask for.

use super::{
    beside::Beside,
    context,
    events::over,
    facts::Facts,
    place::{Lie, lie},
    similarity::likeness,
    veto::{
        Sides, agree_on_day, apart, by_one_means, counted, mirrored, one_spot, one_victim, persons_apart, sides,
        struck, together,
    },
};
use crate::claim::Modality;

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// Names of the features, in the order of their values.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum F { $($name),* }
    };
}

features!(
    other_type,
    kinship,
    same_sentence,
    next_sentence,
    two_sentences,
    same_report,
    actors_same,
    actors_part,
    actors_some,
    actors_apart,
    actors_one_untold,
    actors_untold,
    recipients_same,
    recipients_part,
    recipients_some,
    recipients_apart,
    recipients_apart_implied,
    recipients_apart_struck,
    recipients_one_untold,
    recipients_untold,
    mirrored,
    both_exchange,
    one_exchange,
    speaker,
    speakers_apart,
    victim,
    named,
    called_actor,
    called_recipient,
    everybody_same,
    everybody_part,
    everybody_apart,
    people,
    people_apart,
    words,
    words_very,
    words_foreign,
    wordless,
    context,
    context_some,
    context_none,
    day_same,
    day_overlap,
    day_apart,
    day_one,
    place_same,
    place_within,
    place_apart,
    place_unsure,
    place_one,
    spot,
    counted,
    proper,
    proper_apart,
    things,
    things_apart,
    means,
    means_apart,
    by_means,
    mode_same,
    mode_apart,
    alleged_apart,
    ahead_apart,
    both_ahead,
    negated_apart,
    both_denial,
    denial_apart,
    both_plea,
    plea_apart,
    mutual_apart,
    both_lead,
    one_lead,
    later_definite,
    the,
    both_toll,
    toll,
    toll_next,
    passing,
    single,
    single_foreign,
    single_unsaid,
    several,
    joint,
    no_party,
    headline,
    rejoined,
    kind_low,
    kind_high,
    parties_over,
    content_over,
    kept_apart,
    deed_same,
    deed_class,
    first_sentence,
    second_sentence,
    sentences_between,
    days_between,
    days_unsure,
    published_between,
    rarest,
    common_words,
    modality_low,
    modality_high,
    historical,
    actors_most,
    recipients_most,
    alike_product,
    context_rank,
    context_lead,
    words_rank,
    words_lead,
    of_kind_least,
    of_kind_most,
    noun_both,
    noun_one,
    actors_sure,
    recipients_sure,
    actors_apart_sure,
    recipients_apart_sure,
    likely_actors,
    likely_recipients,
    sources,
    classes_own,
    classes_around,
    confidence_least,
    confidence_most,
    one_act,
    height_least,
    height_most,
    reports,
    towards,
);

/// The features of a pair, in the order of [`NAMES`].
pub fn features(a: &Facts, b: &Facts, beside: &Beside) -> Vec<f32> {
    let mut out = vec![0.0; NAMES.len()];
    let mut set = |f: F, value: f32| out[f as usize] = value;
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let (former, later) = if a.at < b.at { (a, b) } else { (b, a) };
    let same_report = a.at.report == b.at.report;
    let gap = a.sentence.abs_diff(b.sentence);
    set(F::other_type, flag(a.kind != b.kind));
    if a.kind != b.kind {
        set(F::kinship, together(a.kind, b.kind).unwrap_or(-1.0) + 0.4);
    }
    set(F::same_report, flag(same_report));
    set(F::same_sentence, flag(same_report && gap == 0));
    set(F::next_sentence, flag(same_report && gap == 1));
    set(F::two_sentences, flag(same_report && (gap == 2 || gap == 3)));
    let who = sides(&a.actors, &b.actors);
    match who {
        Sides::Same => set(F::actors_same, 1.0),
        Sides::Part => set(F::actors_part, 1.0),
        Sides::Some => set(F::actors_some, 1.0),
        Sides::Apart => set(F::actors_apart, 1.0),
        Sides::Unknown if a.actors.is_empty() && b.actors.is_empty() => set(F::actors_untold, 1.0),
        Sides::Unknown => set(F::actors_one_untold, 1.0),
    }
    let whom = sides(&a.recipients, &b.recipients);
    match whom {
        Sides::Same => set(F::recipients_same, 1.0),
        Sides::Part => set(F::recipients_part, 1.0),
        Sides::Some => set(F::recipients_some, 1.0),
        Sides::Apart if a.implied || b.implied => set(F::recipients_apart_implied, 1.0),
        Sides::Apart if struck(a, b) => set(F::recipients_apart_struck, 1.0),
        Sides::Apart => set(F::recipients_apart, 1.0),
        Sides::Unknown if a.recipients.is_empty() && b.recipients.is_empty() => set(F::recipients_untold, 1.0),
        Sides::Unknown => set(F::recipients_one_untold, 1.0),
    }
    set(F::mirrored, flag(mirrored(a, b)));
    set(F::both_exchange, flag(a.exchange && b.exchange));
    set(F::one_exchange, flag(a.exchange != b.exchange));
    set(F::speaker, flag(a.acting.iter().any(|x| b.acting.contains(x))));
    set(F::speakers_apart, flag(persons_apart(&a.acting, &b.acting)));
    set(F::victim, flag(one_victim(a, b)));
    set(F::named, flag(a.named.iter().any(|person| b.named.contains(person))));
    let called = |side: usize| a.described[side].iter().any(|word| b.described[side].contains(word));
    set(F::called_actor, flag(called(0) && who == Sides::Unknown));
    set(F::called_recipient, flag(called(1) && whom == Sides::Unknown));
    match sides(&a.everybody, &b.everybody) {
        Sides::Same => set(F::everybody_same, 1.0),
        Sides::Part => set(F::everybody_part, 1.0),
        Sides::Apart => set(F::everybody_apart, 1.0),
        _ => {}
    }
    let people = |f: &Facts| [f.acting.as_slice(), &f.receiving].concat();
    let (here, there) = (people(a), people(b));
    set(F::people, here.iter().filter(|p| there.contains(p)).count().min(2) as f32);
    set(F::people_apart, flag(persons_apart(&here, &there)));
    let told = !a.words.is_empty() && !b.words.is_empty();
    let like = if told { likeness(&a.words, &b.words) } else { 0.0 };
    set(F::words, like);
    set(F::words_very, flag(like > 0.6 && a.words.len() > 1 && b.words.len() > 1));
    set(F::words_foreign, flag(told && like == 0.0));
    set(F::wordless, flag(!told));
    let around = context::shared(&a.context, &b.context);
    if !same_report {
        set(F::context, around.min(0.4));
        set(F::context_some, flag(around > 0.08));
        set(F::context_none, flag(around < 0.02));
    }
    match (a.days, b.days) {
        _ if agree_on_day(a, b) => set(F::day_same, 1.0),
        (Some((first, last)), Some((from, to))) if last < from || to < first => set(F::day_apart, 1.0),
        (Some(_), Some(_)) => set(F::day_overlap, 1.0),
        (None, None) => {}
        _ => set(F::day_one, 1.0),
    }
    match (&a.place, &b.place) {
        (Some(here), Some(there)) => match lie(here, there) {
            Lie::Same => set(F::place_same, 1.0),
            Lie::Holds | Lie::Within => set(F::place_within, 1.0),
            Lie::Apart => set(F::place_apart, 1.0),
            Lie::Unknown => set(F::place_unsure, 1.0),
        },
        (None, None) => {}
        _ => set(F::place_one, 1.0),
    }
    set(F::spot, flag(one_spot(a, b)));
    set(F::counted, flag(counted(a, b)));
    let lists = |x: &[u32], y: &[u32]| {
        let common = x.iter().any(|n| y.contains(n));
        (flag(common), flag(!common && !x.is_empty() && !y.is_empty()))
    };
    let (shared, parted) = lists(&a.proper, &b.proper);
    set(F::proper, shared);
    set(F::proper_apart, parted);
    if !a.kind.verbal() && !b.kind.verbal() {
        let (shared, parted) = lists(&a.things, &b.things);
        set(F::things, shared);
        set(F::things_apart, parted);
    }
    let means = a.means.iter().any(|n| b.means.contains(n));
    set(F::means, flag(means));
    set(F::means_apart, flag(!means && !a.means.is_empty() && !b.means.is_empty()));
    set(F::by_means, flag(by_one_means(a, b)));
    if a.kind == b.kind && a.mode.is_some() && b.mode.is_some() {
        set(F::mode_same, flag(a.mode == b.mode));
        set(F::mode_apart, flag(a.mode != b.mode));
    }
    set(F::alleged_apart, flag(a.alleged != b.alleged));
    let ahead = |f: &Facts| matches!(f.modality, Modality::Planned | Modality::Threatened | Modality::Hypothetical);
    set(F::ahead_apart, flag(ahead(a) != ahead(b)));
    set(F::both_ahead, flag(ahead(a) && ahead(b)));
    set(F::negated_apart, flag((a.modality == Modality::Negated) != (b.modality == Modality::Negated)));
    set(F::both_denial, flag(a.denial && b.denial));
    set(F::denial_apart, flag(a.denial != b.denial));
    set(F::both_plea, flag(a.plea && b.plea));
    set(F::plea_apart, flag(a.plea != b.plea));
    set(F::mutual_apart, flag(a.mutual != b.mutual));
    let lead = |f: &Facts| f.sentence <= 1;
    set(F::both_lead, flag(!same_report && lead(a) && lead(b)));
    set(F::one_lead, flag(!same_report && lead(a) != lead(b)));
    set(F::headline, flag(same_report && former.sentence == 0 && later.sentence <= 2));
    set(F::later_definite, flag(same_report && later.definite));
    set(F::the, flag(!same_report && (a.the || b.the)));
    set(F::both_toll, flag(a.casualty && b.casualty));
    let hangs = a.casualty != b.casualty && same_report;
    set(F::toll, flag(hangs && gap <= 2));
    set(F::toll_next, flag(hangs && gap <= 1));
    set(F::passing, flag(a.passing || b.passing));
    let exact = who == Sides::Same && whom == Sides::Same;
    let unsaid = a.recipients.is_empty() && b.recipients.is_empty() && who == Sides::Same;
    let rarity = 1.0 / ((a.alike.max(1) * b.alike.max(1)) as f32).sqrt();
    if a.kind == b.kind && !same_report {
        if exact {
            set(F::single, rarity);
            set(F::single_foreign, if told && like == 0.0 { rarity } else { 0.0 });
        }
        if unsaid {
            set(F::single_unsaid, rarity);
        }
        set(F::several, flag(exact && a.alike * b.alike > 2));
    }
    set(F::joint, flag(a.actors.len().max(b.actors.len()) > 2 && a.actors.len().min(b.actors.len()) == 1));
    set(F::no_party, flag(a.everybody.is_empty() || b.everybody.is_empty()));
    set(F::rejoined, flag(same_report && a.kind == b.kind && exact && gap > 1));
    let kinds = (a.kind as usize as f32, b.kind as usize as f32);
    set(F::kind_low, kinds.0.min(kinds.1));
    set(F::kind_high, kinds.0.max(kinds.1));
    let (over_parties, over_content) = over(a, b);
    set(F::parties_over, over_parties);
    set(F::content_over, over_content);
    set(
        F::kept_apart,
        apart(a, b).map_or(0.0, |why| 1.0 + REASONS.iter().position(|one| *one == why).unwrap_or(REASONS.len()) as f32),
    );
    set(F::deed_same, flag(a.deed.0 == b.deed.0));
    let class = a.deed.1 == b.deed.1 && a.deed.1 != 0;
    set(F::deed_class, flag(class));
    set(F::first_sentence, former.sentence.min(30) as f32);
    set(F::second_sentence, later.sentence.min(30) as f32);
    set(F::sentences_between, gap.min(30) as f32);
    if let (Some((first, last)), Some((from, to))) = (a.days, b.days) {
        let between = if last < from {
            from - last
        } else if to < first {
            first - to
        } else {
            0
        };
        set(F::days_between, (between as f32).min(40.0));
        set(F::days_unsure, ((last - first + to - from) as f32).min(400.0));
    } else {
        set(F::days_between, -1.0);
        set(F::days_unsure, -1.0);
    }
    set(F::published_between, a.told.zip(b.told).map_or(-1.0, |(x, y)| (x.abs_diff(y) as f32).min(40.0)));
    let (common, rarest) = context::common(&a.context, &b.context);
    if !same_report || gap > 0 {
        set(F::rarest, rarest);
        set(F::common_words, common as f32);
    }
    let moods = (a.modality as usize as f32, b.modality as usize as f32);
    set(F::modality_low, moods.0.min(moods.1));
    set(F::modality_high, moods.0.max(moods.1));
    set(F::historical, flag(a.historical) + flag(b.historical));
    set(F::actors_most, a.actors.len().max(b.actors.len()).min(5) as f32);
    set(F::recipients_most, a.recipients.len().max(b.recipients.len()).min(5) as f32);
    set(F::alike_product, (a.alike * b.alike).min(50) as f32);
    let (rank, lead) = beside.lead(0, a, b, around);
    set(F::context_rank, rank);
    set(F::context_lead, lead);
    let (rank, lead) = beside.lead(1, a, b, like);
    set(F::words_rank, rank);
    set(F::words_lead, lead);
    let (x, y) = (beside.of_kind(a), beside.of_kind(b));
    set(F::of_kind_least, x.min(y));
    set(F::of_kind_most, x.max(y));
    set(F::noun_both, flag(a.noun && b.noun));
    set(F::noun_one, flag(a.noun != b.noun));
    let sure = |side: usize| [a, b].iter().filter(|f| f.sure[side]).count();
    set(F::actors_sure, sure(0) as f32);
    set(F::recipients_sure, sure(1) as f32);
    set(F::actors_apart_sure, flag(who == Sides::Apart && sure(0) == 2));
    set(F::recipients_apart_sure, flag(whom == Sides::Apart && sure(1) == 2));
    let likely = |side: usize, x: &[u32], y: &[u32]| {
        let (x, y) = (if x.is_empty() { &a.likely[side] } else { x }, if y.is_empty() { &b.likely[side] } else { y });
        match sides(x, y) {
            Sides::Same => 3.0,
            Sides::Part | Sides::Some => 2.0,
            Sides::Unknown => 1.0,
            Sides::Apart => 0.0,
        }
    };
    set(F::likely_actors, likely(0, &a.actors, &b.actors));
    set(F::likely_recipients, likely(1, &a.recipients, &b.recipients));
    set(
        F::sources,
        match (a.source, b.source) {
            (None, None) => 0.0,
            (Some(x), Some(y)) if x == y => 3.0,
            (Some(_), Some(_)) => 2.0,
            _ => 1.0,
        },
    );
    for (which, feature) in [(0, F::classes_own), (1, F::classes_around)] {
        let (x, y) = (&a.classes[which], &b.classes[which]);
        let common = x.iter().filter(|n| y.binary_search(n).is_ok()).count() as f32;
        set(feature, common / ((x.len() * y.len()).max(1) as f32).sqrt());
    }
    set(F::confidence_least, a.confidence.min(b.confidence));
    set(F::confidence_most, a.confidence.max(b.confidence));
    set(F::one_act, flag(same_report && a.act == b.act));
    set(F::height_least, a.height.min(b.height));
    set(F::height_most, a.height.max(b.height));
    set(F::reports, beside.reports(a));
    set(
        F::towards,
        flag(a.actors.iter().any(|n| b.recipients.contains(n)))
            + flag(b.actors.iter().any(|n| a.recipients.contains(n))),
    );
    out
}

/// Places of the features that sum up what is set by hand.
pub const PARTIES_OVER: usize = F::parties_over as usize;
/// The same for content.
pub const CONTENT_OVER: usize = F::content_over as usize;
/// The same for what keeps two apart.
pub const KEPT_APART: usize = F::kept_apart as usize;

/// Why two claims are kept apart, in the order of their numbers.
const REASONS: &[&str] = &[
    "type",
    "history",
    "story",
    "bare",
    "denial and refusal",
    "envoys",
    "object",
    "actor",
    "recipient",
    "alleged",
    "mutual",
    "speaker",
    "parties",
    "persons",
    "visit and call",
    "date",
    "place",
    "count",
    "still to come",
];
