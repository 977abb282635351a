//! Generated reports for tests of size and of crashes: sentences of our own, the same for the same number.

// Each of its users takes what it needs.
#![allow(dead_code)]

/// Steele, Lea and Flood's SplitMix: enough for made-up news.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const STATES: &[&str] =
    &["India", "Pakistan", "Iran", "Israel", "Russia", "Ukraine", "China", "Egypt", "Turkey", "France"];
const OFFICES: &[&str] = &["foreign minister", "president", "army", "defence ministry", "parliament", "ambassador"];
const CITIES: &[&str] = &["Lahore", "Delhi", "Tehran", "Haifa", "Kyiv", "Odesa", "Cairo", "Ankara", "Paris", "Moscow"];
const DEEDS: &[&str] = &[
    "expelled two diplomats of",
    "accused the army of",
    "imposed sanctions on",
    "shelled positions of",
    "called for talks with",
    "signed an agreement with",
    "sent aid to",
    "threatened to attack",
    "rejected the demands of",
    "released prisoners of",
];
const FILLERS: &[&str] = &[
    "Residents said that shops stayed closed and that few people were on the streets in the morning.",
    "The weather in the region has been unusually warm, and farmers worry about the harvest.",
    "Analysts had expected little from the meeting, which ended shortly before midnight.",
    "Trains ran late for a second day, and the main road to the harbour was blocked for hours.",
    "The price of bread has doubled since the spring, according to traders in the old town.",
];

/// A report of about so many words as a row of JSON Lines.
pub fn row(number: usize, words: usize) -> String {
    let mut dice = Dice(number as u64);
    let (day, month) = (number % 28 + 1, number / 28 % 12 + 1);
    let mut text = format!("Number {number}: ");
    while text.split_whitespace().count() < words {
        let (a, b) = (dice.of(STATES), dice.of(STATES));
        let sentence = match dice.roll(4) {
            0 => format!(
                "{a}'s {} said on Monday that {b} {} {a} near {}.",
                dice.of(OFFICES),
                dice.of(DEEDS),
                dice.of(CITIES)
            ),
            1 => format!(
                "{a} {} {b} after {} people were killed in {}.",
                dice.of(DEEDS),
                dice.roll(40) + 2,
                dice.of(CITIES)
            ),
            2 => format!("The {} of {a} denied that it had {} {b}.", dice.of(OFFICES), dice.of(DEEDS)),
            _ => dice.of(FILLERS).to_owned(),
        };
        text.push_str(&sentence);
        text.push(' ');
    }
    let outlet = dice.of(&["Post", "Ledger", "Courier", "Herald"]);
    format!(
        r#"{{"id":"r{number}","outlet":"{outlet}","published":"2025-{month:02}-{day:02}","language":"en","text":"{}"}}"#,
        text.trim_end()
    )
}

/// The same report as a page.
// The bench of bulk coding makes reports alone.
#[allow(dead_code)]
pub fn page(number: usize) -> String {
    let row: serde_json::Value = serde_json::from_str(&row(number, 120)).unwrap_or_default();
    let text = row["text"].as_str().unwrap_or_default();
    let paragraphs: Vec<String> = text.split_inclusive(". ").map(|sentence| format!("<p>{sentence}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Story {number}</title></head><body><article><h1>Story {number}</h1>{}\
         </article></body></html>",
        paragraphs.join("\n")
    )
}
