//! Where and when a claim's deed happened, where its own clause does not tell: by all its words, else by the clause that it
//! hangs on.

use super::lists::{LISTS, holds};
use crate::{
    claim::{Claim, DateMention, PlaceMention, PlacePrecision},
    labels::{Relation, Upos},
    plover::EventType,
    sentence::Sentence,
    span::Span,
    tree::Tree,
    world::places::is_of_place,
};

/// Steps from a name of a place up to the word behind the preposition: "in the Syrian city **of** Homs".
const STEPS: usize = 4;

/// A sentence with the claims and the places of its report.
struct Around<'a> {
    sentence: &'a Sentence,
    tree: &'a Tree<'a>,
    /// The claims of the sentence.
    claims: &'a [Claim],
    places: &'a [PlaceMention],
    dates: &'a [DateMention],
}

/// Gives claims of one sentence that have no place or date the one that the rest of the sentence tells. `places` and `dates`
/// stand in the order of the text.
pub(super) fn settle(tree: &Tree, places: &[PlaceMention], dates: &[DateMention], claims: &mut [Claim]) {
    let around = Around { sentence: tree.sentence, tree, claims, places, dates };
    let told: Vec<_> = claims.iter().map(|c| (around.place(c).cloned(), around.date(c).cloned())).collect();
    for (claim, (place, date)) in claims.iter_mut().zip(told) {
        (claim.place, claim.date) = (place, date);
    }
}

/// Deeds and meetings happen at one spot; what is said is mostly of another.
fn tied(kind: EventType) -> bool {
    !kind.verbal() || kind == EventType::Consult
}

impl<'a> Around<'a> {
    /// The place of a claim: the coder's, else one that its words name behind a preposition of place, or that it strikes.
    fn place(&self, c: &'a Claim) -> Option<&'a PlaceMention> {
        if !tied(c.kind) {
            return c.place.as_ref();
        }
        if c.place.is_some() {
            return self.site(c).or(c.place.as_ref());
        }
        self.told(c).or_else(|| {
            let other = self.breath(c)?;
            other.place.as_ref().or_else(|| self.told(other))
        })
    }

    /// What is struck, seized or closed, where it has a place of its own: of "bombed **the air base** near the town" the
    /// base, of "attacked the base at a town in Iraq" the town.
    fn site(&self, c: &'a Claim) -> Option<&'a PlaceMention> {
        let object =
            c.object.filter(|_| matches!(c.kind, EventType::Assault | EventType::Coerce | EventType::Retreat))?;
        let from = self.places.partition_point(|p| p.span.start < object.start);
        let mut inside = self.places[from..].iter().take_while(|p| p.span.end <= object.end);
        let only = inside.next().filter(|p| p.precision <= PlacePrecision::City && stands(self.tree, p.span, c))?;
        inside.next().is_none().then_some(only)
    }

    /// The date of a claim: the coder's, else the only one in its clause, else that of the clause that it hangs on, where
    /// both tell of one attack.
    fn date(&self, c: &'a Claim) -> Option<&'a DateMention> {
        if c.date.is_some() || !tied(c.kind) {
            return c.date.as_ref();
        }
        self.dated(c).or_else(|| {
            let other = self.breath(c)?;
            other.date.as_ref().or_else(|| self.dated(other))
        })
    }

    /// The one date among the words of the claim that hangs on no clause below it: "shot by two men in the car park of a
    /// temple in Surrey, on **18 June**".
    fn dated(&self, c: &Claim) -> Option<&'a DateMention> {
        let tokens = &self.sentence.tokens;
        let apart = circumstances(c, self.sentence);
        let other = |date: &DateMention| {
            let inner =
                self.claims.iter().filter(|o| o.span != c.span && c.span.holds(o.span) && !o.span.touches(c.act));
            inner.map(|o| o.span).chain(apart.iter().copied()).any(|span| span.holds(date.span))
        };
        let own = |date: &DateMention| {
            let inside = |i: usize| tokens[i].span.touches(date.span);
            let first = tokens.partition_point(|t| t.span.end <= date.span.start);
            let held = (first..tokens.len()).take_while(|&i| inside(i));
            let Some(mut at) = held.into_iter().find(|&i| self.tree.head(i).is_none_or(|head| !inside(head))) else {
                return false;
            };
            let case = self.tree.child(at, Relation::Case).map(|case| self.tree.lemma(case));
            if !case.is_none_or(|case| matches!(case, "on" | "in" | "at" | "since" | "by" | "during")) {
                return false;
            }
            for _ in 0..tokens.len() {
                if at == c.trigger {
                    return true;
                }
                match self.tree.head(at) {
                    Some(head) if !clause(self.tree, at) && self.tree.relation(at) != Relation::NmodPoss => at = head,
                    _ => return false,
                }
            }
            false
        };
        let from = self.dates.partition_point(|date| date.span.start < c.span.start);
        let here = self.dates[from..].iter().take_while(|date| date.span.end <= c.span.end);
        let mut here = here.filter(|date| !date.is_spell() && !other(date));
        let only = here.next().filter(|date| own(date))?;
        here.next().is_none().then_some(only)
    }

    /// What the words of the claim and of its parties name: the narrowest place, `None` where there are two.
    fn told(&self, c: &Claim) -> Option<&'a PlaceMention> {
        let (sentence, tree) = (self.sentence, self.tree);
        let parties = c.actors.iter().chain(&c.recipients).map(|p| p.span).filter(|span| !span.is_empty());
        let own = parties.chain(c.object).filter(|span| sentence.span.holds(*span)).fold(c.span, Span::cover);
        let heads = [Some(c.trigger), predicate(tree, c.trigger)].into_iter().flatten();
        // The full stop hangs from the main clause, and ends the others too.
        let within = |below: usize| !clause(tree, below) && tree.relation(below) != Relation::Punct;
        let clauses = heads.filter_map(|t| tree.span(&tree.subtree(t, within)));
        let words = clauses.fold(own, Span::cover);
        // What stands in another claim, or tells what was before and after, is the place of that.
        let inner = self.claims.iter().filter(|o| o.span != c.span && words.holds(o.span) && !o.span.touches(c.act));
        let mut others: Vec<Span> = inner.map(|o| o.span).collect();
        let meanwhile = |span: &Span| {
            let first = sentence.tokens.iter().find(|t| t.span.end > span.start);
            first.is_some_and(|t| matches!(t.lemma.as_str(), "during" | "amid"))
        };
        let (same, apart): (Vec<Span>, Vec<Span>) = circumstances(c, sentence).into_iter().partition(meanwhile);
        others.retain(|other| !same.iter().any(|span| span.holds(*other)));
        others.extend(apart);
        let from = self.places.partition_point(|p| p.span.start < words.start);
        let near = self.places[from..].iter().take_while(|p| p.span.end <= words.end);
        let mut best: Option<&PlaceMention> = None;
        let mut torn = false;
        for place in near.filter(|p| p.precision <= PlacePrecision::Province) {
            if others.iter().any(|span| span.holds(place.span)) || !stands(tree, place.span, c) {
                continue;
            }
            match best {
                Some(had) if had.precision < place.precision => {}
                Some(had) if had.precision == place.precision => torn |= had.name != place.name,
                _ => (best, torn) = (Some(place), false),
            }
        }
        best.filter(|_| !torn)
    }

    /// The attack that this one is told in one breath with: "explosions shook the town **as** the army clashed with …",
    /// "dozens died **when** rebels attacked", "one was killed and four **were hurt**", "**the raid** killed nine".
    fn breath(&self, c: &Claim) -> Option<&'a Claim> {
        if c.kind != EventType::Assault {
            return None;
        }
        let tree = self.tree;
        let attacks = || self.claims.iter().filter(|o| o.kind == EventType::Assault && o.trigger != c.trigger);
        let meanwhile = |t: usize| {
            let mark = tree.child(t, Relation::Mark).or_else(|| tree.child(t, Relation::Advmod));
            mark.is_some_and(|m| m < t && matches!(tree.lemma(m), "as" | "when" | "while"))
        };
        let within = |phrase: usize| {
            tree.child(phrase, Relation::Case).is_some_and(|case| matches!(tree.lemma(case), "in" | "during" | "by"))
        };
        let hangs = |below: usize, above: usize| {
            tree.head(below) == Some(above)
                && match tree.relation(below).universal() {
                    "advcl" => meanwhile(below),
                    // "a strike on the consulate **that killed** seven"
                    "acl" => tree.relation(below) == Relation::AclRelcl,
                    // "two were killed **in the attack** on the village"
                    "obl" => within(below),
                    "conj" | "nsubj" => true,
                    _ => false,
                }
        };
        let main = |other: &Claim| predicate(tree, other.trigger).unwrap_or(other.trigger);
        let own = main(c);
        let bare = |o: &Claim| o.place.is_none() && o.date.is_none();
        let found = attacks().filter(|o| hangs(own, main(o)) || hangs(main(o), own));
        found.min_by_key(|o| (bare(o), o.trigger))
    }
}

/// The verb that only says that its subject went on: "**fighting** erupts in the capital".
fn predicate(tree: &Tree, trigger: usize) -> Option<usize> {
    let subject = matches!(tree.relation(trigger), Relation::Nsubj | Relation::NsubjPass | Relation::Csubj);
    tree.head(trigger).filter(|&verb| subject && holds(&LISTS.goes_on, tree.lemma(verb)))
}

/// True where a clause of its own begins.
fn clause(tree: &Tree, t: usize) -> bool {
    let verb = matches!(tree.sentence.tokens[t].upos, Upos::Verb | Upos::Aux);
    matches!(tree.relation(t).universal(), "advcl" | "acl" | "ccomp" | "csubj" | "parataxis")
        || tree.relation(t) == Relation::Conj && verb
}

/// True for a name behind a preposition of place, or that is itself what is struck.
fn stands(tree: &Tree, span: Span, c: &Claim) -> bool {
    let tokens = &tree.sentence.tokens;
    let inside = |i: usize| tokens[i].span.touches(span);
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let held = (first..tokens.len()).take_while(|&i| inside(i));
    let Some(mut at) = held.into_iter().find(|&i| tree.head(i).is_none_or(|head| !inside(head))) else { return false };
    for _ in 0..STEPS {
        match tree.child(at, Relation::Case).map(|case| tree.lemma(case)) {
            // "arrested the mayor of Istanbul": whoever is of a place may be anywhere.
            Some("of") if c.kind == EventType::Coerce => return false,
            Some("of") => {}
            // "an attack **on the village** of Koh-e-Sabz"
            Some("on" | "against") if c.kind == EventType::Assault && tree.head(at) == Some(c.trigger) => return true,
            Some(case) => return is_of_place(case),
            None if matches!(tree.relation(at), Relation::Obj | Relation::NsubjPass) => {
                // "Shook Khartoum", "Goma was seized", "sealed the Attari check post".
                let verb = tree.head(at);
                return matches!(c.kind, EventType::Assault | EventType::Coerce | EventType::Retreat)
                    && (verb == Some(c.trigger) || verb == predicate(tree, c.trigger));
            }
            None => {
                let name = matches!(tree.relation(at).universal(), "compound" | "appos" | "flat" | "nmod");
                if !name || tree.relation(at) == Relation::NmodPoss {
                    return false;
                }
            }
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// What went on meanwhile or before: of "killed during clashes in the town" the clashes are no part of the act.
pub(crate) fn circumstances(c: &Claim, sentence: &Sentence) -> Vec<Span> {
    const AROUND: [&str; 5] = ["during", "amid", "after", "before", "following"];
    let tree = Tree::new(sentence);
    let own = |t: usize| t == c.trigger || tree.below(c.trigger, t);
    let aside = |t: &usize| {
        matches!(tree.relation(*t), Relation::Obl | Relation::Nmod)
            && tree.child(*t, Relation::Case).is_some_and(|case| AROUND.contains(&tree.lemma(case)))
            && !own(*t)
    };
    let phrases = (0..sentence.tokens.len()).filter(aside);
    phrases.filter_map(|t| tree.span(&tree.subtree(t, |_| true))).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Annotation, Claim, Report, code, parse, text};

    /// Place and day of the claim whose words begin so.
    fn told(words: &str, start: &str) -> (String, String) {
        let report = Report { published: Some("2023-04-17".into()), ..Report::from_text("one", words) };
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        let annotation: Annotation = code(report, sentences);
        let text = &annotation.report.text;
        let claim: &Claim = annotation.claims.iter().find(|c| c.span.of(text).starts_with(start)).expect(start);
        let place = claim.place.as_ref().map_or("", |place| &place.name);
        let date = claim.date.as_ref().map_or("", |date| &date.value);
        (place.to_owned(), date.to_owned())
    }

    fn spot(place: &str, date: &str) -> (String, String) {
        (place.to_owned(), date.to_owned())
    }

    #[test]
    fn a_deed_is_done_where_and_when_its_words_tell_however_deep_they_stand() {
        let words = "Demonstrators set fire to part of the French embassy in Kinshasa on Tuesday.";
        assert_eq!(told(words, "Demonstrators"), spot("Kinshasa", "2023-04-11"));
        let words = "Israel struck a military airfield near the Iranian city of Isfahan early on Friday.";
        assert_eq!(told(words, "Israel").0, "Isfahan");
        let words =
            "The drivers were shot by two men in the car park of a temple in Surrey, British Columbia, on April 12.";
        assert_eq!(told(words, "The drivers"), spot("Surrey", "2023-04-12"));
        assert_eq!(told("M23 rebels seized Goma on Monday.", "M23").0, "Goma");
    }

    #[test]
    fn what_is_named_by_its_place_is_where_it_stands() {
        assert_eq!(told("India sealed the Attari check post on Wednesday.", "India"), spot("Attari", "2023-04-12"));
        assert_eq!(told("Israel shelled the Jabalia refugee camp on Sunday.", "Israel").0, "Jabalia camp");
        assert_eq!(told("Israel closed the Kerem Shalom crossing after the attack.", "Israel").0, "Kerem Shalom");
        assert_eq!(told("Militants attacked the Mianwali air base in Pakistan.", "Militants").0, "Mianwali");
        assert_eq!(told("India bombed the Nur Khan air base near Rawalpindi.", "India").0, "Nur Khan air base");
        assert_eq!(told("Egypt reopened the Rafah crossing on Sunday.", "Egypt"), spot("Rafah crossing", "2023-04-16"));
    }

    #[test]
    fn where_clashes_went_on_is_where_somebody_was_killed_meanwhile() {
        let words = "Three aid workers were killed on Saturday during clashes in Kabkabiya.";
        assert_eq!(told(words, "Three aid workers"), spot("Kabkabiya", "2023-04-15"));
    }

    #[test]
    fn an_attack_stands_where_the_clause_that_it_hangs_on_stands() {
        let words = "Heavy gunfire and explosions shook Khartoum on Saturday as the Sudanese army clashed with the Rapid Support Forces.";
        assert_eq!(told(words, "the Sudanese army clashed"), spot("Khartoum", "2023-04-15"));
    }

    #[test]
    fn a_place_that_was_struck_before_is_not_where_the_answer_was() {
        let words = "Israel bombed targets near Isfahan on Friday after Iran attacked the town of Metula.";
        assert_eq!(told(words, "Israel bombed"), spot("Isfahan", "2023-04-14"));
    }
}
