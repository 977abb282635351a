//! How linking and comparing grow with the number of claims: `cargo bench -p demarche-core --bench linking`.
//!
//! The claims are generated: reports of ten claims, four on a story, parties and words drawn by a written generator. Each
//! line is the seconds for so many claims, and how much more a claim costs than in the smallest set.
// A bench needs a clock.
#![allow(clippy::disallowed_methods)]

use demarche_core::{Annotation, Claim, EventType, Modality, Party, Report, Span, brief};
use std::time::Instant;

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) % n as u64) as usize
    }
}

const CLAIMS: usize = 10;
const REPORTS: usize = 4;
const KINDS: [EventType; 6] = [
    EventType::Assault,
    EventType::Accuse,
    EventType::Request,
    EventType::Reject,
    EventType::Sanction,
    EventType::Consult,
];

fn word(n: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ko", "ri", "tu", "me", "sa", "lo", "ni", "du", "pe", "ga", "fi", "vo", "ze", "cha", "mu"];
    let mut word = String::new();
    let mut n = n + 16;
    while n > 0 {
        word.push_str(SYLLABLES[n % 16]);
        n /= 16;
    }
    word
}

fn party(text: &mut String, code: usize) -> Party {
    let start = text.len();
    let name = word(code + 100);
    text.push_str(&name);
    let span = Span::new(start, text.len());
    text.push(' ');
    Party { span, name: Some(name.clone()), country: Some(name.to_uppercase()), ..Party::default() }
}

fn report(number: usize, random: &mut Random) -> Annotation {
    let story = number / REPORTS;
    let mut text = String::new();
    let mut claims = Vec::new();
    for sentence in 0..CLAIMS {
        let start = text.len();
        // A story has its parties and words; a few are those of everybody.
        let own = |random: &mut Random| {
            if random.below(4) == 0 { random.below(30) } else { 30 + story * 3 + random.below(3) }
        };
        let (by, to) = (own(random), own(random));
        let actors = vec![party(&mut text, by)];
        let act_start = text.len();
        text.push_str(&word(5000 + story * 7 + random.below(7)));
        let act = Span::new(act_start, text.len());
        text.push(' ');
        let recipients = vec![party(&mut text, to)];
        for _ in 0..8 {
            let common = random.below(2) == 0;
            let n = if common { random.below(2000) } else { 100_000 + story * 20 + random.below(20) };
            text.push_str(&word(n));
            text.push(' ');
        }
        let span = Span::new(start, text.len() - 1);
        text.push_str(".\n");
        claims.push(Claim {
            id: format!("r{number}/{sentence}"),
            report: format!("r{number}"),
            sentence,
            trigger: 0,
            span,
            act,
            object: None,
            kind: KINDS[random.below(KINDS.len())],
            mode: None,
            contexts: vec![],
            cameo: None,
            actors,
            recipients,
            date: None,
            place: None,
            figures: vec![],
            modality: Modality::Occurred,
            attribution: None,
            historical: false,
            rule: String::new(),
            confidence: 1.0,
        });
    }
    let day = format!("2025-{:02}-{:02}", 1 + story / 28 % 12, 1 + story % 28);
    let report = Report { published: Some(day), ..Report::from_text(format!("r{number}"), text) };
    Annotation { report, claims, ..Annotation::default() }
}

fn main() {
    let mut first = None;
    for claims in [1_000, 3_000, 10_000, 30_000, 100_000] {
        let mut random = Random(claims as u64);
        let annotations: Vec<Annotation> = (0..claims / CLAIMS).map(|n| report(n, &mut random)).collect();
        let start = Instant::now();
        let brief = brief(annotations);
        let seconds = start.elapsed().as_secs_f64();
        let each = seconds / claims as f64;
        let growth = each / *first.get_or_insert(each);
        let stories = brief.stories.len();
        println!(
            "{claims:>7} claims {seconds:>8.3} s  {growth:>5.2} x a claim  {} events, {stories} stories",
            brief.events.len()
        );
    }
}
