//! Numbers in digits and words, with the limits that the words around them set.

use super::lexicon::{Hedge, LEXICON};

/// A number in a sentence: its tokens, with the words that move its limits, and the least and greatest it allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity {
    /// First token, hedge included.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    pub low: Option<u64>,
    pub high: Option<u64>,
    /// "dozens", "hundreds": a noun itself, followed by "of".
    pub noun: bool,
}

/// The words of a sentence in lower case, as the reader of numbers wants them.
pub(super) struct Words<'w>(pub &'w [String]);

impl Words<'_> {
    fn at(&self, i: usize) -> &str {
        self.0.get(i).map_or("", String::as_str)
    }

    /// The quantity that starts at token `i`, hedge first.
    pub(super) fn quantity(&self, i: usize) -> Option<Quantity> {
        let hedge = LEXICON
            .hedges(self.at(i))
            .iter()
            .find(|(words, _)| words.iter().enumerate().all(|(n, word)| self.at(i + n) == word));
        let start = i + hedge.map_or(0, |(words, _)| words.len());
        let between = self.at(i) == "between";
        let start = start + usize::from(between);
        let start = start
            + usize::from(
                matches!(self.at(start), "another" | "additional" | "further") && hedge.is_none() && !between,
            );
        let (value, mut last, noun) = self.number(start)?;
        let (mut low, mut high) = (Some(value), if noun { None } else { Some(value) });
        if noun && value == 12 {
            high = Some(12);
        }
        // 10 to 15, 10-15, between 10 and 15
        let joint = self.at(last);
        if (matches!(joint, "to" | "-" | "–" | "—") || between && joint == "and" || joint == "or" && hedge.is_none())
            && let Some((upper, end, false)) = self.number(last + 1)
            && upper > value
        {
            (high, last) = (Some(upper), end);
        } else if between {
            return None;
        } else if joint == "or" && self.at(last + 1) == "more" {
            (high, last) = (None, last + 2);
        }
        match hedge.map(|(_, hedge)| *hedge) {
            Some(Hedge::Least) => high = None,
            Some(Hedge::Above) => (low, high) = (low.map(|n| n + 1), None),
            Some(Hedge::Most) => (low, high) = (None, high.or(low)),
            Some(Hedge::Below) => (low, high) = (None, high.or(low).map(|n| n.saturating_sub(1))),
            // Nine tenths and more is what news writers call near.
            Some(Hedge::Near) => (low, high) = (Some(value - value / 10), high.or(Some(value))),
            Some(Hedge::About) if !noun => (low, high) = (Some(value - value / 10), Some(value + value / 10)),
            _ => {}
        }
        Some(Quantity { first: i, last, low, high, noun })
    }

    /// A number without its hedges: value, the token behind it, and whether it is a noun ("dozens").
    pub(super) fn number(&self, i: usize) -> Option<(u64, usize, bool)> {
        let word = self.at(i);
        if word.is_empty() {
            return None;
        }
        if word.as_bytes()[0].is_ascii_digit() {
            let plain: String = word.chars().filter(|c| *c != ',').collect();
            let value: f64 = plain.parse().ok()?;
            let (factor, last) = self.factor(i + 1);
            let value = value * factor;
            return (value < 1e15).then_some((value.round() as u64, last, false));
        }
        // two dozen, half a dozen, tens of thousands, hundreds
        let half = usize::from(word == "half") * 2;
        let two = if half > 0 { Some(1) } else { small(word) };
        if let Some(n) = two
            && self.at(i + 1 + half / 2) == "dozen"
        {
            return Some(if half > 0 { (6, i + 3, false) } else { (n * 12, i + 2, false) });
        }
        if word == "tens" && self.at(i + 1) == "of" && self.at(i + 2) == "thousands" {
            return Some((20_000, i + 3, true));
        }
        if word == "hundreds" && self.at(i + 1) == "of" && self.at(i + 2) == "thousands" {
            return Some((200_000, i + 3, true));
        }
        if matches!(word, "a" | "an") {
            return match self.at(i + 1) {
                "dozen" => Some((12, i + 2, false)),
                "few" => Some((2, i + 2, true)),
                "couple" => Some((2, i + 2, false)),
                "score" => Some((20, i + 2, false)),
                "hundred" => Some((100, i + 2, false)),
                "thousand" => Some((1000, i + 2, false)),
                "million" => Some((1_000_000, i + 2, false)),
                _ => None,
            };
        }
        if let Some(&value) = LEXICON.vague.get(word) {
            return Some((value, i + 1, true));
        }
        self.spelled(i)
    }

    /// "million" and its like behind digits, as a factor.
    fn factor(&self, i: usize) -> (f64, usize) {
        match self.at(i) {
            "hundred" => (1e2, i + 1),
            "thousand" | "k" => (1e3, i + 1),
            "lakh" | "lakhs" => (1e5, i + 1),
            "million" | "mn" | "m" => (1e6, i + 1),
            "crore" | "crores" => (1e7, i + 1),
            "billion" | "bn" => (1e9, i + 1),
            "trillion" | "tn" => (1e12, i + 1),
            _ => (1.0, i),
        }
    }

    /// "twenty-six", "three hundred and five"; tokens or one token with a hyphen.
    fn spelled(&self, i: usize) -> Option<(u64, usize, bool)> {
        let (mut total, mut part, mut at) = (0u64, 0u64, i);
        loop {
            let word = self.at(at);
            let value = small(word).or_else(|| {
                let (tens, ones) = word.split_once('-')?;
                Some(small(tens).filter(|n| n % 10 == 0 && *n >= 20)? + small(ones).filter(|n| *n < 10)?)
            });
            match (value, word) {
                (Some(n), _) if part == 0 || part % 100 == 0 || part % 10 == 0 && n < 10 && part % 100 >= 20 => {
                    part += n;
                }
                (None, "hundred") if part > 0 => part *= 100,
                (None, "thousand") if part > 0 => (total, part) = (total + part * 1000, 0),
                (None, "million") if part > 0 => (total, part) = (total + part * 1_000_000, 0),
                (None, "billion") if part > 0 => (total, part) = (total + part * 1_000_000_000, 0),
                (None, "and" | "-")
                    if at > i
                        && (part + total) % 10 == 0
                        && small(self.at(at + 1)).is_some()
                        && (word == "-" || (part + total) % 100 == 0) => {}
                _ => break,
            }
            at += 1;
        }
        (at > i).then_some((total + part, at, false))
    }
}

/// One to ninety in words.
fn small(word: &str) -> Option<u64> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(text: &str) -> Option<(Option<u64>, Option<u64>)> {
        let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
        Words(&words).quantity(0).map(|q| (q.low, q.high))
    }

    #[test]
    fn words_before_a_number_move_its_limits() {
        for (text, low, high) in [
            ("26", Some(26), Some(26)),
            ("at least 26", Some(26), None),
            ("more than 20", Some(21), None),
            ("up to 50", None, Some(50)),
            ("fewer than ten", None, Some(9)),
            ("between 10 and 15", Some(10), Some(15)),
            ("nearly 100", Some(90), Some(100)),
            ("about 100", Some(90), Some(110)),
            ("dozens", Some(24), None),
            ("two dozen", Some(24), Some(24)),
            ("twenty-six", Some(26), Some(26)),
            ("three hundred and five", Some(305), Some(305)),
            ("1.5 million", Some(1_500_000), Some(1_500_000)),
            ("tens of thousands", Some(20_000), None),
            ("12 or more", Some(12), None),
        ] {
            assert_eq!(limits(text), Some((low, high)), "{text}");
        }
        assert_eq!(limits("people"), None);
    }
}
