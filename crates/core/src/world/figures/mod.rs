//! Figures: how many were killed, hurt, arrested; how much money; how many weapons.

mod lexicon;
mod quantity;

use lexicon::{Cue, LEXICON};
use quantity::{Quantity, Words};

use crate::{claim::Figure, labels::Relation, sentence::Sentence, span::Span};

/// Every number of the sentence that counts what a crisis is counted by, in text order.
///
/// `what` is told by the verb ("killed 26", "26 were arrested"), by a state ("26 dead"), by the noun counted
/// ("26 hostages") or by a toll before it ("the lives of 26"). The figure's span holds the whole phrase with a
/// description set off by dashes or commas ("26 tourists—primarily local men"), `of` the noun with its modifiers.
pub fn find(text: &str, sentence: &Sentence) -> Vec<Figure> {
    read(text, sentence, false)
}

/// Every number of a sentence that counts anything else, in text order; `what` is the lemma of the noun counted.
pub fn counts(text: &str, sentence: &Sentence) -> Vec<Figure> {
    read(text, sentence, true)
}

/// True for words that say that somebody was killed or hurt, whether they are counted or not: "slay", "die", "wounded".
pub(crate) fn is_of_victims(lemma: &str) -> bool {
    let classes = [Cue::Verb, Cue::State].into_iter().filter_map(|cue| LEXICON.cue(lemma, cue));
    classes.map(|class| LEXICON.name(class)).any(|what| matches!(what, "killed" | "injured"))
}

fn read(text: &str, sentence: &Sentence, others: bool) -> Vec<Figure> {
    let digit = |i: usize| sentence.form(text, i).as_bytes().first().is_some_and(u8::is_ascii_digit);
    let words: Vec<String> = (0..sentence.tokens.len()).map(|i| sentence.form(text, i).to_lowercase()).collect();
    let reader = Reader { sentence, words: &words };
    let mut out: Vec<Figure> = Vec::new();
    let mut at = 0;
    let mut taken = 0; // behind the phrase of the last figure
    while at < words.len() {
        if let Some((figure, next)) = reader.money(at) {
            out.extend(Some(figure).filter(|_| !others));
            at = next;
            taken = next;
            continue;
        }
        let Some(quantity) = reader.quantity(at) else {
            at += 1;
            continue;
        };
        let phrase = reader.phrase(quantity);
        let class = reader.class(&phrase, taken).map(|class| LEXICON.name(class).to_owned());
        let what = if others {
            let noun = phrase.head.filter(|_| class.is_none() && !phrase.article);
            noun.map(|head| reader.lemma(head).to_lowercase())
        } else {
            class.clone()
        };
        let count = &phrase.quantity;
        if let Some(what) = what {
            out.push(Figure {
                span: reader.span(count.first, phrase.end),
                what,
                low: count.low,
                high: count.high,
                of: phrase.of.map(|(first, last)| reader.span(first, last)),
            });
        }
        if class.is_some() {
            taken = phrase.last;
        }
        at = phrase.last.max(quantity.last).max(at + 1);
        while at < words.len() && at > 0 && digit(at) && words[at - 1] == "-" {
            at += 1;
        }
    }
    out
}

/// A number with what it counts. Token ranges are half-open.
struct Phrase {
    quantity: Quantity,
    /// The noun with its modifiers.
    of: Option<(usize, usize)>,
    /// The head noun.
    head: Option<usize>,
    /// Behind number and noun.
    last: usize,
    /// Behind the description too.
    end: usize,
    /// "a woman": counts only where somebody is killed or hurt.
    article: bool,
}

struct Reader<'r> {
    sentence: &'r Sentence,
    words: &'r [String],
}

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", String::as_str)
    }

    fn lemma(&self, i: usize) -> &str {
        self.sentence.tokens.get(i).map_or("", |token| token.lemma.as_str())
    }

    fn tag(&self, i: usize) -> &'static str {
        self.sentence.tokens.get(i).map_or("", |token| token.xpos.as_str())
    }

    fn noun(&self, i: usize) -> bool {
        self.tag(i).starts_with("NN")
    }

    fn span(&self, first: usize, last: usize) -> Span {
        self.sentence.tokens[first].span.cover(self.sentence.tokens[last.max(first + 1) - 1].span)
    }

    fn quantity(&self, i: usize) -> Option<Quantity> {
        // "no one", "nobody", "none", "no civilians"
        let none = match self.word(i) {
            "nobody" | "none" => Some(i + 1),
            "no" if self.word(i + 1) == "one" => Some(i + 2),
            "no" if self.noun(i + 1) => Some(i + 1),
            _ => None,
        };
        if let Some(last) = none {
            return Some(Quantity { first: i, last, low: Some(0), high: Some(0), noun: false });
        }
        let article = matches!(self.word(i), "a" | "an") && self.person_ahead(i + 1).is_some();
        if article && Words(self.words).number(i).is_none() {
            return Some(Quantity { first: i, last: i + 1, low: Some(1), high: Some(1), noun: false });
        }
        let quantity = Words(self.words).quantity(i)?;
        // A rank, a date, a time, a share, an age or a part of a name counts nothing.
        let next = self.word(quantity.last);
        let before = i.checked_sub(1).map_or("", |i| self.word(i));
        let odd =
            matches!(next, "%" | "percent" | "per" | "-" | "–" | "/" | ":" | "km" | "°" | "st" | "nd" | "rd" | "th")
                || matches!(
                    self.lemma(quantity.last),
                    "year"
                        | "month"
                        | "week"
                        | "day"
                        | "hour"
                        | "minute"
                        | "second"
                        | "kilometer"
                        | "kilometre"
                        | "mile"
                        | "meter"
                        | "metre"
                        | "degree"
                        | "point"
                        | "decade"
                        | "time"
                )
                || is_month(before)
                || is_month(next) && self.tag(quantity.last) == "NNP"
                || matches!(
                    before,
                    "article" | "resolution" | "section" | "chapter" | "no" | "number" | "#" | "/" | ":"
                );
        let year = self.word(i).len() == 4
            && self.tag(i) == "CD"
            && quantity.low.is_some_and(|n| (1900..2100).contains(&n))
            && matches!(before, "in" | "since" | "of" | "by" | "from" | "until");
        // "Mr Khan, 51, was killed": an age.
        let age = before == "," && matches!(next, "," | ".") && quantity.low == quantity.high && quantity.last == i + 1;
        // "A man of 70 was killed"
        let person = i.checked_sub(2).is_some_and(|i| LEXICON.people.contains(self.lemma(i)) && self.tag(i) == "NN");
        let aged = before == "of" && person && !self.noun(quantity.last) && quantity.low == quantity.high;
        (!odd && !year && !age && !aged).then_some(quantity)
    }

    /// A noun for a person within the next few words of a noun phrase.
    fn person_ahead(&self, i: usize) -> Option<usize> {
        let mut at = i;
        while at < i + 4 && matches!(self.tag(at), "JJ" | "NN" | "NNP" | "NNS" | "HYPH" | "CD") {
            if self.noun(at) && LEXICON.people.contains(self.lemma(at)) && !self.noun(at + 1) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The noun phrase behind a number.
    fn phrase(&self, quantity: Quantity) -> Phrase {
        let article = matches!(self.word(quantity.first), "a" | "an") && quantity.last == quantity.first + 1;
        let mut start = quantity.last;
        if self.word(start) == "of" {
            start += 1;
            while matches!(self.tag(start), "DT" | "PRP$" | "CD") {
                start += 1;
            }
        }
        if self.word(start) == "others" {
            let end = start + 1;
            return Phrase {
                quantity,
                of: Some((start, end)),
                head: None,
                last: end,
                end: self.description(end),
                article,
            };
        }
        if matches!(self.word(start), "more" | "other") && !self.noun(start + 1) && self.tag(start + 1) != "JJ" {
            start += 1;
        }
        let mut at = start;
        let mut head = None;
        while at < self.words.len() {
            let tag = self.tag(at);
            if head.is_none() && LEXICON.cue(self.word(at), Cue::State).is_some() {
                break; // "26 dead", "26 die"
            }
            // "3,500 US and Iraqi troops"
            let joined = self.word(at) == "and"
                && at > start
                && head == Some(at - 1)
                && self.tag(at - 1).starts_with("NNP")
                && self.tag(at + 1) == "JJ";
            let modifier = matches!(tag, "JJ" | "JJR" | "JJS" | "HYPH" | "VBN" | "VBG" | "POS" | "RB" | "AFX");
            let participle = matches!(tag, "VBN" | "VBG" | "JJ" | "RB");
            let state = LEXICON.cue(self.lemma(at), Cue::State).is_some() || tag == "VBN";
            if self.noun(at) {
                head = Some(at);
            } else if !joined && !modifier
                || participle && head.is_some() && self.word(at - 1) != "-"
                || head.is_none() && state && !self.noun(at + 1)
            {
                break; // "26 dead", "17 injured"
            }
            at += 1;
        }
        let of = head.map(|head| (start, head + 1));
        let last = head.map_or(start.max(quantity.last), |head| head + 1);
        Phrase { quantity, of, head, last, end: self.description(last), article }
    }

    /// Behind a description that is set off: "—primarily local men", ", most of them tourists".
    fn description(&self, last: usize) -> usize {
        let dash = |i: usize| matches!(self.word(i), "—" | "–" | "--");
        let opens =
            dash(last) || matches!(self.word(last), "," | "(") && LEXICON.describes.contains(self.word(last + 1));
        if !opens {
            return last;
        }
        for at in last + 1..(last + 14).min(self.words.len()) {
            let closes = if dash(last) { dash(at) } else { matches!(self.word(at), "," | ")" | ";") };
            if closes {
                return at;
            }
            if matches!(self.word(at), "." | "!" | "?" | ";") || at + 1 == self.words.len() {
                return if matches!(self.word(at), "." | "!" | "?" | ";") { at } else { at + 1 };
            }
            if matches!(self.tag(at), "VBD" | "VBZ" | "VBP" | "MD") {
                return last;
            }
        }
        last
    }

    /// What the number counts. `taken` is where the phrase of the figure before ends: its cue is not asked again.
    fn class(&self, phrase: &Phrase, taken: usize) -> Option<usize> {
        let deed = self
            .cue_behind(phrase)
            .or_else(|| self.cue_before(phrase, taken))
            .or_else(|| self.cue_beyond(phrase))
            .or_else(|| self.cue_above(phrase));
        if deed.is_some() || phrase.article {
            return deed;
        }
        let head = phrase.head?;
        // "cost 97 civilian lives", "claimed four lives"
        let before = taken.max(phrase.quantity.first.saturating_sub(3))..phrase.quantity.first;
        let lost = |i: usize| LEXICON.cue(&format!("{} {}", self.lemma(i), self.lemma(head)), Cue::Taken);
        if let Some(class) = before.rev().find_map(lost) {
            return Some(class);
        }
        // The lemma of a plural may have kept its ending.
        let noun = |word: &str| LEXICON.cue(word, Cue::Noun);
        noun(self.lemma(head)).or_else(|| noun(self.word(head).strip_suffix('s')?))
    }

    /// Auxiliaries and adverbs between what is counted and its verb.
    fn linking(&self, i: usize) -> bool {
        matches!(self.lemma(i), "be" | "have" | "get" | "remain" | "go")
            || matches!(self.tag(i), "RB" | "MD")
            || matches!(
                self.word(i),
                "feared"
                    | "reported"
                    | "reportedly"
                    | "confirmed"
                    | "believed"
                    | "still"
                    | "left"
                    | "presumed"
                    | "also"
                    | "all"
                    | "who"
                    | "that"
                    | "were"
                    | "was"
                    | "been"
            )
    }

    /// "26 people were killed", "26 dead", "17 injured".
    fn cue_behind(&self, phrase: &Phrase) -> Option<usize> {
        let mut at = phrase.end;
        at += usize::from(matches!(self.word(at), "—" | "–" | "--" | ")" | ","));
        let comma = at > phrase.end;
        let mut linked = false;
        for _ in 0..6 {
            let lemma = self.lemma(at);
            let state = LEXICON.cue(lemma, Cue::State).or_else(|| LEXICON.cue(self.word(at), Cue::State));
            if let Some(class) = state
                && (!comma || linked)
            {
                return Some(class);
            }
            // A participle behind the noun, or the passive; never a verb with a new object ("26 killed two").
            if let Some(class) = LEXICON.cue(lemma, Cue::Verb)
                && matches!(self.tag(at), "VBN" | "VBD" | "JJ")
                && (!comma || linked)
                && !self.object_ahead(at + 1, linked)
            {
                return Some(class);
            }
            // "shot dead", "burned alive", "stabbed to death"
            let fatal = matches!(self.word(at + 1), "dead" | "alive")
                || self.word(at + 1) == "to" && self.word(at + 2) == "death";
            if fatal && matches!(self.tag(at), "VBN" | "VBD") {
                return LEXICON.cue("dead", Cue::State);
            }
            if !self.linking(at) {
                return None;
            }
            linked = true;
            at += 1;
        }
        None
    }

    /// "Three employees of the agency were shot dead": the verb that the noun hangs on, whatever stands between.
    fn cue_above(&self, phrase: &Phrase) -> Option<usize> {
        let token = &self.sentence.tokens[phrase.head?];
        let verb = token.head?;
        let tag = self.tag(verb);
        if !tag.starts_with('V') && tag != "JJ" {
            return None;
        }
        let fatal = (verb + 1..(verb + 4).min(self.words.len())).any(|at| {
            matches!(self.word(at), "dead" | "alive") || self.word(at) == "to" && self.word(at + 1) == "death"
        });
        let done = || {
            if fatal {
                return LEXICON.cue("dead", Cue::State);
            }
            LEXICON.cue(self.lemma(verb), Cue::Verb)
        };
        match token.relation {
            Relation::NsubjPass | Relation::Obj => done(),
            Relation::Nsubj => LEXICON.cue(self.lemma(verb), Cue::State),
            _ => None,
        }
    }

    /// True where the verb before token `i` has an object of its own.
    fn object_ahead(&self, i: usize, passive: bool) -> bool {
        !passive && (matches!(self.tag(i), "CD" | "DT" | "PRP$" | "PRP") || self.noun(i))
    }

    /// "killed 26", "killing at least 26", "the lives of 26", "the death toll rose to 26".
    fn cue_before(&self, phrase: &Phrase, taken: usize) -> Option<usize> {
        let mut at = phrase.quantity.first;
        let mut steps = 0;
        while at > taken && steps < 8 {
            at -= 1;
            steps += 1;
            let lemma = self.lemma(at);
            let tag = self.tag(at);
            if steps <= 3
                && tag.starts_with('V')
                && let Some(class) = LEXICON.cue(lemma, Cue::Verb)
            {
                let passive = at > 0 && self.lemma(at - 1) == "be";
                return (!passive).then_some(class);
            }
            if self.noun(at)
                && let Some(class) = LEXICON.cue(lemma, Cue::Toll)
            {
                // "life" and "body" want "of"; a toll may rise to its number.
                let of = (at..phrase.quantity.first).any(|i| self.word(i) == "of");
                let toll = lemma == "toll" || lemma == "death";
                return (of && steps <= 4 || toll && (at + 1..phrase.quantity.first).all(|i| !self.noun(i)))
                    .then_some(class);
            }
            if matches!(self.word(at), "." | ";" | ":" | "said") {
                return None;
            }
        }
        // "killing two soldiers and three policemen": the verb of the figure before.
        None
    }

    /// "Five soldiers and two civilians were killed": over the numbers that are joined on.
    fn cue_beyond(&self, phrase: &Phrase) -> Option<usize> {
        let mut at = phrase.end;
        for _ in 0..4 {
            let joined = match self.word(at) {
                "and" | "or" => at + 1,
                "," => at + 1 + usize::from(matches!(self.word(at + 1), "and" | "or")),
                _ => return None,
            };
            let next = self.phrase(self.quantity(joined)?);
            if let Some(class) = self.cue_behind(&next) {
                return next.of.is_some().then_some(class);
            }
            at = next.end;
        }
        None
    }

    /// "$1.5 billion", "20 million euros".
    fn money(&self, i: usize) -> Option<(Figure, usize)> {
        let signed = LEXICON.signs.contains(self.word(i));
        let quantity = if signed {
            let (value, last, _) = Words(self.words).number(i + 1)?;
            Quantity { first: i, last, low: Some(value), high: Some(value), noun: false }
        } else {
            let hedged = Words(self.words).quantity(i);
            // "more than $5 million"
            let sign = (i + 1..i + 4).find(|at| LEXICON.signs.contains(self.word(*at)));
            if hedged.is_none() && sign.is_some() {
                let joined: Vec<String> = self.words[i..]
                    .iter()
                    .take(12)
                    .filter(|word| !LEXICON.signs.contains(word.as_str()))
                    .cloned()
                    .collect();
                let found = Words(&joined).quantity(0)?;
                let last = i + found.last + 1;
                return (found.last > 1 && sign? < last)
                    .then(|| (self.amount(Quantity { first: i, last, ..found }), last));
            }
            let quantity = hedged?;
            LEXICON
                .money
                .contains(self.lemma(quantity.last))
                .then_some(Quantity { last: quantity.last + 1, ..quantity })?
        };
        Some((self.amount(quantity), quantity.last))
    }

    fn amount(&self, quantity: Quantity) -> Figure {
        Figure {
            span: self.span(quantity.first, quantity.last),
            what: "money".to_owned(),
            low: quantity.low,
            high: quantity.high,
            of: None,
        }
    }
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

#[cfg(test)]
mod tests;
