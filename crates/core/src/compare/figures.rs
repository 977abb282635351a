//! Numbers side by side: "26" and "at least 26" fit together, "17" and "more than 20" do not; and whom they count.

use super::{Found, Told, labels, pairwise};
use crate::{
    claim::{Figure, Modality},
    event::{ClaimRef, Kind},
    link::said,
    span::Span,
};

/// A figure's least and most as one word: `26`, `26..`, `..20`, `20..30`.
pub fn range(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => {
            let show = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
            format!("{}..{}", show(low), show(high))
        }
    }
}

/// The report's own count of one kind: the largest, since parts of a whole are counted apart; "at least 12" before the
/// "twelve" of the headline, which says it in short.
fn count<'a>(told: &Told<'a>, claims: &[ClaimRef], what: &str) -> Option<(ClaimRef, &'a Figure)> {
    let of_kind = |f: &&'a Figure| f.what == what && (f.low.is_some() || f.high.is_some());
    // "Nobody was hurt" counts as well, "the army did not kill nine" does not.
    let none = |at: ClaimRef| told.claim(at).figures.iter().all(|figure| figure.high == Some(0));
    let told_so = claims.iter().filter(|&&at| told.claim(at).modality != Modality::Negated || none(at));
    let figures = told_so.flat_map(|&at| told.claim(at).figures.iter().filter(of_kind).map(move |f| (at, f)));
    figures.max_by_key(|(at, f)| (told.own_voice(*at), f.low.or(f.high), f.low != f.high, std::cmp::Reverse(*at)))
}

/// How two counts of one thing lie to each other; `None` where they are the same.
///
/// They contradict each other where no number fits both. "At least 56" and "97" may both be true, yet who counts nearly
/// twice as many has counted otherwise, and the two differ.
pub fn fits(a: &Figure, b: &Figure) -> Option<Kind> {
    if (a.low, a.high) == (b.low, b.high) {
        return None;
    }
    let least = |f: &Figure| f.low.unwrap_or(0);
    let below = |a: &Figure, b: &Figure| a.high.is_some_and(|most| most < least(b));
    if below(a, b) || below(b, a) {
        return Some(Kind::Contradicts);
    }
    // An open end leaves room for some more: half as many.
    let room = |f: &Figure| f.high.unwrap_or_else(|| least(f).saturating_mul(3) / 2);
    let apart = room(a) < least(b) || room(b) < least(a);
    Some(if apart { Kind::Differs } else { Kind::Refines })
}

/// Counts of one kind (`killed`), or with an empty `what` the first kind but dead and injured that two reports count.
pub fn numbers(told: &Told, what: &str) -> Found {
    let kinds: Vec<String> = if what.is_empty() {
        let all = told.claims.iter().flat_map(|&at| &told.claim(at).figures).map(|f| f.what.clone());
        let mut kinds: Vec<String> = all.filter(|w| !matches!(w.as_str(), "killed" | "injured")).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    } else {
        vec![what.to_string()]
    };
    kinds.iter().find_map(|what| {
        let counted = told.reports.values().filter_map(|claims| count(told, claims, what));
        let values = counted.map(|(at, figure)| (told.value(at, figure.span, range(figure)), figure)).collect();
        pairwise(values, |a, b| fits(a, b))
    })
}

/// Whom the dead are said to be: tourists, civilians, soldiers.
pub fn victims(told: &Told) -> Found {
    let told_of = |what: &str| {
        let mut values = Vec::new();
        for claims in told.reports.values() {
            let counted = count(told, claims, what).and_then(|(at, figure)| Some((at, figure.span, figure.of?)));
            let named = || claims.iter().find_map(|&at| harmed(told, at, what).map(|span| (at, span, span)));
            let Some((at, span, of)) = counted.or_else(named) else { continue };
            let mut kinds = labels::victims(told.words(at, of));
            let mut shown = span.cover(of);
            if kinds.is_empty() {
                // "Five members of the armed forces" are told by what hangs on the noun.
                let Some(whole) = phrase(told, at, of) else { continue };
                kinds = labels::victims(told.words(at, whole));
                shown = shown.cover(whole);
            }
            if !kinds.is_empty() {
                values.push((told.value(at, shown, kinds.join(" ")), kinds));
            }
        }
        values
    };
    // The dead of one report are not held against the wounded of another.
    let values = ["killed", "injured"].into_iter().map(told_of).find(|values| values.len() > 1)?;
    // Where the numbers do not fit they are the difference, and not that one says "people".
    let apart = matches!(numbers(told, "killed"), Some((Kind::Contradicts, _)));
    pairwise(values, |a, b| {
        let wide = |kinds: &[&str]| kinds == ["wide"];
        if a == b {
            None
        } else if wide(a) || wide(b) {
            (!apart).then_some(Kind::Refines)
        } else {
            Some(Kind::Differs)
        }
    })
}

/// A noun with the words that hang on it and are no clause.
fn phrase(told: &Told, at: ClaimRef, noun: Span) -> Option<Span> {
    let tree = told.tree(at)?;
    let tokens = &tree.sentence.tokens;
    let inside = |t: usize| noun.holds(tokens[t].span);
    let head = (0..tokens.len()).find(|&t| inside(t) && tree.head(t).is_none_or(|head| !inside(head)))?;
    let clause = |t: usize| matches!(tree.relation(t).universal(), "acl" | "conj" | "appos" | "parataxis" | "punct");
    tree.span(&tree.subtree(head, |t| !clause(t)))
}

/// Whom a claim says to be killed or hurt without counting them: "killed a husband and wife".
fn harmed(told: &Told, at: ClaimRef, what: &str) -> Option<Span> {
    let claim = told.claim(at);
    let words = told.words(at, claim.act).to_lowercase();
    let stems: &[&str] =
        if what == "killed" { &["kill", "murder", "assassinat", "slain"] } else { &["wound", "injur", "hurt"] };
    let harms = words.split_whitespace().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let told_so = harms && claim.modality == Modality::Occurred;
    said::object(&told.annotations[at.report], claim).filter(|_| told_so)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(low: u64, high: Option<u64>) -> Figure {
        Figure { what: "killed".to_string(), low: Some(low), high, of: None, span: crate::span::Span::new(0, 0) }
    }

    #[test]
    fn at_least_so_many_leaves_room_for_some_more() {
        assert_eq!(fits(&figure(26, None), &figure(26, Some(26))), Some(Kind::Refines));
        assert_eq!(fits(&figure(301, None), &figure(351, None)), Some(Kind::Refines));
        assert_eq!(fits(&figure(56, None), &figure(97, Some(97))), Some(Kind::Differs));
        assert_eq!(fits(&figure(17, Some(17)), &figure(21, None)), Some(Kind::Contradicts));
        assert_eq!(fits(&figure(26, Some(26)), &figure(26, Some(26))), None);
    }

    /// The first figure of a sentence, as the words count it.
    fn told(words: &str) -> Figure {
        let text = format!("{words} people were killed in Quetta.");
        let sentences = crate::parse(&text);
        crate::code(crate::Report::from_text("a", &text), sentences).claims[0].figures[0].clone()
    }

    #[test]
    fn hedges_leave_as_much_room_as_they_say() {
        let between = |a: &str, b: &str| fits(&told(a), &told(b));
        assert_eq!(between("At least 100", "About 200"), Some(Kind::Differs));
        assert_eq!(between("At least 100", "About 120"), Some(Kind::Refines));
        assert_eq!(between("About 100", "102"), Some(Kind::Refines));
        assert_eq!(between("Nearly 100", "97"), Some(Kind::Refines));
        assert_eq!(between("Nearly 100", "140"), Some(Kind::Contradicts));
        assert_eq!(between("More than 20", "17"), Some(Kind::Contradicts));
        assert_eq!(between("More than 20", "20"), Some(Kind::Contradicts));
        assert_eq!(between("More than 20", "At least 20"), Some(Kind::Refines));
        assert_eq!(between("Dozens of", "30"), Some(Kind::Refines));
        assert_eq!(between("Up to 30", "41"), Some(Kind::Contradicts));
    }

    proptest::proptest! {
        /// Whether two counts contradict each other is whether any number is both; order does not matter.
        #[test]
        fn only_what_no_number_fits_contradicts(a in ends(), b in ends()) {
            let [a, b] = [a, b].map(|(low, high)| Figure { low, high, ..figure(0, None) });
            let holds = |f: &Figure, n: u64| f.low.is_none_or(|low| low <= n) && f.high.is_none_or(|high| n <= high);
            let both = (0..400).any(|n| holds(&a, n) && holds(&b, n));
            let kind = fits(&a, &b);
            proptest::prop_assert_eq!(kind, fits(&b, &a));
            proptest::prop_assert_eq!(kind == Some(Kind::Contradicts), !both);
            proptest::prop_assert_eq!(kind.is_none(), (a.low, a.high) == (b.low, b.high));
        }
    }

    /// What a figure allows: a least, a most, or both.
    fn ends() -> impl proptest::strategy::Strategy<Value = (Option<u64>, Option<u64>)> {
        use proptest::prelude::*;
        prop_oneof![
            (0..300u64).prop_map(|low| (Some(low), None)),
            (0..300u64).prop_map(|high| (None, Some(high))),
            (0..200u64, 0..100u64).prop_map(|(low, more)| (Some(low), Some(low + more))),
        ]
    }
}
