//! Phrases behind a noun that the parser hung from the wrong word of it: "the seizure of boats **by Chad**", "a strike by
//! Chad **on Mali**", "gave in to **pressure** from Mali".

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::{Sentence, Token},
};

fn nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn)
}

/// Hangs who did it, and to whom, from the deed: "the harassment of Philippine boats **by China**", "a visit by the premier
/// **to Berlin**", read as China's boats and a premier to Berlin. `is_event` knows the nouns of deeds.
pub fn deeds(sentence: &mut Sentence, is_event: &dyn Fn(&str) -> bool) {
    for phrase in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[phrase].relation != R::Nmod {
            continue;
        }
        let Some(case) = child(sentence, phrase, &[R::Case]).filter(|&case| case < phrase) else { continue };
        let Some(near) = tokens[phrase].head.filter(|&near| near < case && nominal(&tokens[near])) else { continue };
        let Some(deed) = tokens[near].head.filter(|&deed| deed < near && tokens[near].relation == R::Nmod) else {
            continue;
        };
        if tokens[deed].upos != Upos::Noun || !is_event(&tokens[deed].lemma) {
            continue;
        }
        let name = tokens[near].upos == Upos::Propn;
        let of = child(sentence, near, &[R::Case]).is_some_and(|case| tokens[case].lemma == "of");
        let moves = match tokens[case].lemma.as_str() {
            "by" => of || name,
            "to" | "on" | "upon" | "against" | "toward" | "towards" => name,
            "with" => name && of,
            // "the suspension of visas **for** Danes"
            "for" => of && !name,
            // "the death of six soldiers **in** an ambush"
            "in" => of && !name && is_event(&tokens[phrase].lemma),
            _ => false,
        };
        // "the condemnation of a raid by rebels": the second deed is theirs.
        if moves && (name || !is_event(&tokens[near].lemma)) {
            sentence.tokens[phrase].head = Some(deed);
        }
    }
}

/// Hangs whom a deed fell on from the deed, where who did it stands between: "denounced the strike from Israel **on
/// Beirut**", read as denounced on Beirut.
pub fn targets(sentence: &mut Sentence, is_event: &dyn Fn(&str) -> bool) {
    for phrase in 4..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[phrase].relation != R::Obl || !nominal(&tokens[phrase]) {
            continue;
        }
        let Some(case) = child(sentence, phrase, &[R::Case]).filter(|&case| case < phrase) else { continue };
        if !matches!(tokens[case].lemma.as_str(), "on" | "against" | "toward" | "towards" | "upon") {
            continue;
        }
        let Some(verb) = tokens[phrase].head.filter(|&verb| verb < case) else { continue };
        // "on Monday", "on the border": a day is no target.
        let time = tokens[phrase].upos == Upos::Noun && is_event(&tokens[phrase].lemma);
        let deed = |&t: &usize| {
            tokens[t].head == Some(verb)
                && tokens[t].relation == R::Obj
                && tokens[t].upos == Upos::Noun
                && is_event(&tokens[t].lemma)
        };
        let Some(deed) = (verb + 1..case).find(deed).filter(|_| !time) else { continue };
        // "from Israel" may itself hang from the verb.
        let hangs = |t: usize| tokens[t].head == Some(deed) || tokens[t].head == Some(verb) && t > deed;
        let doer = |&t: &usize| {
            hangs(t)
                && matches!(tokens[t].relation, R::Nmod | R::Obl)
                && child(sentence, t, &[R::Case])
                    .is_some_and(|case| matches!(tokens[case].lemma.as_str(), "by" | "from"))
        };
        let Some(doer) = (deed + 1..case).find(doer) else { continue };
        let inside = |t: usize| super::below(sentence, t, deed) || super::below(sentence, t, doer);
        if (deed + 1..case).all(inside) {
            (sentence.tokens[doer].head, sentence.tokens[doer].relation) = (Some(deed), R::Nmod);
            (sentence.tokens[phrase].head, sentence.tokens[phrase].relation) = (Some(deed), R::Nmod);
        }
    }
}

/// Hangs who did it from the passive, where a phrase stands between that is no deed: "was thrown behind bars **by a court**",
/// read as bars by a court.
pub fn agents(sentence: &mut Sentence, is_event: &dyn Fn(&str) -> bool) {
    for by in 4..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[by].lemma != "by" || tokens[by].relation != R::Case {
            continue;
        }
        let Some(doer) = tokens[by].head.filter(|&doer| doer > by && tokens[doer].relation == R::Nmod) else {
            continue;
        };
        let Some(near) = tokens[doer].head.filter(|&near| near < by && tokens[near].upos == Upos::Noun) else {
            continue;
        };
        let Some(verb) = tokens[near].head.filter(|&verb| verb < near && tokens[near].relation == R::Obl) else {
            continue;
        };
        let passive = child(sentence, verb, &[R::AuxPass]).is_some() && child(sentence, verb, &[R::OblAgent]).is_none();
        let phrase = child(sentence, near, &[R::Case]).is_some() && child(sentence, near, &[R::Det]).is_none();
        if passive && phrase && tokens[near].relation == R::Obl && !is_event(&tokens[near].lemma) {
            (sentence.tokens[doer].head, sentence.tokens[doer].relation) = (Some(verb), R::OblAgent);
        }
    }
}

/// Hangs the state that somebody is brought into from the verb: "threw the mayor **behind bars**", read as a mayor behind
/// bars.
pub fn states(sentence: &mut Sentence) {
    for state in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[state].relation != R::Nmod || tokens[state].upos != Upos::Noun {
            continue;
        }
        let Some(object) = tokens[state].head.filter(|&object| object < state && tokens[object].relation == R::Obj)
        else {
            continue;
        };
        let Some(verb) = tokens[object].head.filter(|&verb| verb < object && tokens[verb].upos == Upos::Verb) else {
            continue;
        };
        let Some(case) = child(sentence, state, &[R::Case]).filter(|&case| case + 1 == state) else { continue };
        if holds(&LISTS.states, &format!("{} {}", tokens[case].lemma, tokens[state].lemma)) {
            (sentence.tokens[state].head, sentence.tokens[state].relation) = (Some(verb), R::Obl);
        }
    }
}

/// Hangs what somebody is struck with from the verb: "hit Chin villages **with artillery**", read as villages with artillery.
pub fn means(sentence: &mut Sentence) {
    for thing in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[thing].relation != R::Nmod || !holds(&LISTS.means, &tokens[thing].lemma) {
            continue;
        }
        let with = child(sentence, thing, &[R::Case]).is_some_and(|case| tokens[case].lemma == "with");
        let Some(object) = tokens[thing].head.filter(|&object| with && tokens[object].relation == R::Obj) else {
            continue;
        };
        if let Some(verb) = tokens[object].head.filter(|&verb| verb < object && tokens[verb].upos == Upos::Verb) {
            (sentence.tokens[thing].head, sentence.tokens[thing].relation) = (Some(verb), R::Obl);
        }
    }
}

/// Hangs an infinitive between a subject and its verb from the subject: "the plea to Italy **to take** them was heard".
pub fn purposes(sentence: &mut Sentence) {
    for clause in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if !matches!(tokens[clause].relation, R::Advcl | R::Xcomp) {
            continue;
        }
        let to = |&t: &usize| t < clause && tokens[t].head == Some(clause) && tokens[t].xpos.as_str() == "TO";
        let Some(to) = (0..clause).find(to) else { continue };
        let Some(verb) = tokens[clause].head.filter(|&verb| verb > clause) else { continue };
        let subject = child(sentence, verb, &[R::Nsubj, R::NsubjPass]).filter(|&subject| subject < to);
        let Some(subject) = subject.filter(|&subject| tokens[subject].upos == Upos::Noun) else { continue };
        let comma = (subject..verb).any(|t| tokens[t].upos == Upos::Punct);
        if !comma && (subject + 1..to).all(|t| super::below(sentence, t, subject)) {
            (sentence.tokens[clause].head, sentence.tokens[clause].relation) = (Some(subject), R::Acl);
        }
    }
}

/// Hangs an infinitive from the predicate, where it was hung from the name beside it: "It was up to Oslo **to explain** it".
/// A name takes no infinitive.
pub fn duties(sentence: &mut Sentence) {
    for clause in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let to = |t: usize| tokens[t].head == Some(clause) && tokens[t].xpos.as_str() == "TO";
        let Some(name) = tokens[clause].head.filter(|&name| name < clause && tokens[clause].relation == R::Acl) else {
            continue;
        };
        let phrase = matches!(tokens[name].relation, R::Obl | R::Obj | R::Iobj);
        let named = matches!(tokens[name].upos, Upos::Propn | Upos::Pron);
        let Some(above) = tokens[name].head.filter(|&above| above < name && phrase && named) else { continue };
        let predicate = tokens[above].upos == Upos::Verb || child(sentence, above, &[R::Cop]).is_some();
        if predicate && (name..clause).any(to) && child(sentence, above, &[R::Xcomp, R::Ccomp]).is_none() {
            (sentence.tokens[clause].head, sentence.tokens[clause].relation) = (Some(above), R::Xcomp);
        }
    }
}

/// Hangs a point of the compass from the place before it: "into the sea **east** of Wonsan", read as into an east that is the
/// sea's.
pub fn directions(text: &str, sentence: &mut Sentence) {
    const POINTS: [&str; 8] = ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"];
    for point in 2..sentence.tokens.len().saturating_sub(1) {
        let (tokens, place) = (&sentence.tokens, point - 1);
        let points = POINTS.contains(&sentence.form(text, point)) && sentence.form(text, point + 1) == "of";
        let part = tokens[place].head == Some(point) && tokens[place].relation == R::Compound;
        if !points || !part || !nominal(&tokens[place]) {
            continue;
        }
        let (head, relation) = (tokens[point].head, tokens[point].relation);
        for t in 0..place {
            if sentence.tokens[t].head == Some(point) {
                sentence.tokens[t].head = Some(place);
            }
        }
        (sentence.tokens[place].head, sentence.tokens[place].relation) = (head, relation);
        (sentence.tokens[point].head, sentence.tokens[point].relation) = (Some(place), R::Advmod);
    }
}

/// Gives a preposition to the phrase right behind it, where the parser jumped over that phrase: "the jail term **for**
/// Osman Kavala outraged Brussels", read as for Brussels.
pub fn jumped(sentence: &mut Sentence) {
    for case in 1..sentence.tokens.len().saturating_sub(2) {
        let tokens = &sentence.tokens;
        let Some(far) = tokens[case].head.filter(|&far| far > case + 1 && tokens[case].relation == R::Case) else {
            continue;
        };
        // A phrase before the verb that already hangs from what stands before the preposition.
        let Some(verb) = (case + 1..far).find(|&t| tokens[t].upos == Upos::Verb) else { continue };
        let near = |&t: &usize| {
            nominal(&tokens[t])
                && matches!(tokens[t].relation, R::Nmod | R::Obl)
                && tokens[t].head.is_some_and(|head| head < case)
                && child(sentence, t, &[R::Case]).is_none()
        };
        if let Some(near) = (case + 1..verb).find(near) {
            for t in case..near {
                if sentence.tokens[t].head == Some(far) {
                    sentence.tokens[t].head = Some(near);
                }
            }
        }
    }
}

/// Makes a noun of what stands behind a "to" that the parser took for that of an infinitive: "gave in to **pressure**",
/// "reduced it to **rubble**", "deaf to **appeals** from Oslo".
pub fn behind_to(text: &str, sentence: &mut Sentence) {
    for noun in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let to = noun - 1;
        if tokens[to].head != Some(noun) || tokens[to].relation != R::Mark || tokens[to].lemma != "to" {
            continue;
        }
        let Some(above) = tokens[noun].head.filter(|&above| above < to) else { continue };
        let tag = tokens[noun].xpos.as_str();
        // An infinitive has an object or stands alone; these have what nouns have.
        let bare = child(sentence, noun, &[R::Obj, R::Xcomp, R::Ccomp, R::Nsubj]).is_none();
        let plural = matches!(tag, "NNS" | "NN");
        let listed = holds(&LISTS.behind_to, &sentence.form(text, noun).to_lowercase());
        let ends = tokens.get(noun + 1).is_none_or(|next| matches!(next.upos, Upos::Punct | Upos::Adp | Upos::Cconj));
        if bare && ends && (plural || listed && tag == "VB") {
            let relation = if nominal(&tokens[above]) { R::Nmod } else { R::Obl };
            let token = &mut sentence.tokens[noun];
            (token.relation, token.upos) = (relation, Upos::Noun);
            if tag == "VB" {
                token.xpos = Xpos::from_name("NN");
            }
            for token in &mut sentence.tokens[noun + 1..] {
                if token.head == Some(noun) && token.relation == R::Obl {
                    token.relation = R::Nmod;
                }
            }
            sentence.tokens[to].relation = R::Case;
        }
    }
}

/// Makes a quality of the participle behind "to" or another preposition: "opened it to **wounded** men", "a list of
/// **wanted** men". No infinitive is a participle, nor is what stands behind a preposition.
pub fn participles(sentence: &mut Sentence) {
    for quality in 2..sentence.tokens.len().saturating_sub(1) {
        let tokens = &sentence.tokens;
        let (to, thing) = (quality - 1, quality + 1);
        let word = matches!(tokens[to].lemma.as_str(), "to" | "of" | "for" | "from" | "with" | "against");
        let marked = word && tokens[to].head == Some(quality) && tokens[to].relation == R::Mark;
        let Some(above) = tokens[quality].head.filter(|&above| marked && above < to) else { continue };
        let hangs = tokens[thing].head.is_some_and(|head| head == quality || head == above);
        if matches!(tokens[quality].xpos.as_str(), "VBN" | "VBD")
            && nominal(&tokens[thing])
            && matches!(tokens[thing].relation, R::Obl | R::Obj | R::OblUnmarked)
            && hangs
        {
            let of = tokens[to].lemma == "of" && tokens[to - 1].upos == Upos::Noun && to > above;
            let place = if of { (Some(to - 1), R::Nmod) } else { (Some(above), R::Obl) };
            (sentence.tokens[thing].head, sentence.tokens[thing].relation) = place;
            let token = &mut sentence.tokens[quality];
            (token.head, token.relation, token.upos) = (Some(thing), R::Amod, Upos::Adj);
            (sentence.tokens[to].head, sentence.tokens[to].relation) = (Some(thing), R::Case);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn who_harasses_boats_is_no_owner_of_them() {
        let rows = [
            ("harassment", "NOUN", 0, "root"),
            ("of", "ADP", 3, "case"),
            ("boats", "NOUN", 1, "nmod"),
            ("by", "ADP", 5, "case"),
            ("China", "PROPN", 3, "nmod"),
        ];
        let mut boats = testing::sentence("harassment of boats by China", &rows);
        deeds(&mut boats, &|lemma| lemma == "harassment");
        assert_eq!(boats.tokens[4].head, Some(0));
    }

    #[test]
    fn a_strike_from_somebody_on_somebody_is_on_him() {
        let rows = [
            ("They", "PRON", 2, "nsubj"),
            ("denounced", "VERB", 0, "root"),
            ("a", "DET", 4, "det"),
            ("strike", "NOUN", 2, "obj"),
            ("from", "ADP", 6, "case"),
            ("Israel", "PROPN", 4, "nmod"),
            ("on", "ADP", 8, "case"),
            ("Beirut", "PROPN", 2, "obl"),
        ];
        let mut strike = testing::sentence("They denounced a strike from Israel on Beirut", &rows);
        targets(&mut strike, &|lemma| lemma == "strike");
        assert_eq!((strike.tokens[7].head, strike.tokens[7].relation), (Some(3), R::Nmod));
    }

    #[test]
    fn who_throws_somebody_behind_bars_owns_no_bars() {
        let rows = [
            ("Keita", "PROPN", 3, "nsubj:pass"),
            ("was", "AUX", 3, "aux:pass"),
            ("thrown", "VERB", 0, "root"),
            ("behind", "ADP", 5, "case"),
            ("bars", "NOUN", 3, "obl"),
            ("by", "ADP", 7, "case"),
            ("Mali", "PROPN", 5, "nmod"),
        ];
        let mut thrown = testing::sentence("Keita was thrown behind bars by Mali", &rows);
        agents(&mut thrown, &|_| false);
        assert_eq!((thrown.tokens[6].head, thrown.tokens[6].relation), (Some(2), R::OblAgent));
        let mut raid = testing::sentence("Keita was thrown behind bars by Mali", &rows);
        agents(&mut raid, &|lemma| lemma == "bars");
        assert_eq!(raid.tokens[6].head, Some(4));
    }

    #[test]
    fn whoever_is_thrown_behind_bars_was_not_there() {
        let rows = [
            ("Mali", "PROPN", 2, "nsubj"),
            ("threw", "VERB", 0, "root"),
            ("Keita", "PROPN", 2, "obj"),
            ("behind", "ADP", 5, "case"),
            ("bars", "NOUN", 3, "nmod"),
        ];
        let mut thrown = testing::sentence("Mali threw Keita behind bars", &rows);
        thrown.tokens[4].lemma = "bar".into();
        states(&mut thrown);
        assert_eq!((thrown.tokens[4].head, thrown.tokens[4].relation), (Some(1), R::Obl));
    }

    #[test]
    fn pressure_is_what_one_gives_in_to() {
        let text = "Mali gave in to pressure from Chad";
        let rows = [
            ("Mali", "PROPN", 2, "nsubj"),
            ("gave", "VERB", 0, "root"),
            ("in", "ADP", 2, "compound:prt"),
            ("to", "PART", 5, "mark"),
            ("pressure", "VERB", 2, "obl"),
            ("from", "ADP", 7, "case"),
            ("Chad", "PROPN", 5, "obl"),
        ];
        let mut pressure = testing::sentence(text, &rows);
        pressure.tokens[4].xpos = Xpos::from_name("VB");
        behind_to(text, &mut pressure);
        assert_eq!((pressure.tokens[4].upos, pressure.tokens[3].relation), (Upos::Noun, R::Case));
        assert_eq!(pressure.tokens[6].relation, R::Nmod);
    }
}
