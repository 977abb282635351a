//! Queries over an archive of a million claims: `cargo bench -p demarche-store --bench queries -- 1000000`.
//!
//! With `again` behind the number the archive of the last run is asked, brought up to date where it is older; with
//! `waiting` while some claims are in no list yet, as in the middle of a run that adds many.
#![allow(clippy::disallowed_methods)] // a bench needs a clock

use std::{fs, path::Path, time::Instant};

use demarche_core::{Day, EventType, Modality, Report};
use demarche_store::{
    Archive, Coded, Record, Stamp,
    archive::{Attributed, Filter},
};

/// Claims of a report.
const EACH: usize = 15;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    /// Small numbers are common, as actors of news are.
    fn skewed(&mut self, sides: usize) -> usize {
        let (a, b) = (self.roll(sides), self.roll(sides));
        a * b / sides
    }
}

const WORDS: &[&str] =
    &["border", "talks", "minister", "river", "treaty", "army", "strike", "envoy", "harbour", "sanction"];

fn code(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + n as u8);
    [letter(n / 26 % 26), letter(n % 26), 'X'].iter().collect()
}

fn claim(dice: &mut Dice, sentence: u32) -> Record {
    let kind = EventType::ALL[dice.roll(EventType::ALL.len())];
    let party = |n: usize| serde_json::json!({"span": [0, 9], "text": "the words", "name": format!("Name {n}"), "country": code(n), "sectors": ["GOV"]});
    let modality =
        ["occurred", "occurred", "occurred", "planned", "threatened", "hypothetical", "negated"][dice.roll(7)];
    let said = (dice.roll(2) == 0).then(|| {
        serde_json::json!({"source": party(dice.skewed(200)), "cue": {"span": [0, 4], "text": "said"}, "stance": "asserts", "form": "indirect"})
    });
    let place = (dice.roll(3) == 0).then(|| {
        let n = dice.skewed(3000);
        serde_json::json!({"span": [0, 4], "text": "town", "name": format!("Town {n}"), "country": code(n % 200), "lat": 1.0,
            "lon": 2.0, "precision": "city", "geonameid": n})
    });
    let json = serde_json::json!({
        "sentence": sentence, "span": [0, 60], "text": "the words that make the claim, as many as a clause has in news", "type": kind.as_str(), "mode": null,
        "quad": kind.quad(), "intensity": kind.score(), "contexts": ["diplomatic"], "actors": [party(dice.skewed(200))],
        "recipients": [party(dice.skewed(200))], "date": null, "place": place, "figures": [], "modality": modality,
        "attribution": said, "historical": false, "rule": "a-rule", "confidence": 0.8, "act": [5, 9]
    });
    serde_json::from_value(json).unwrap()
}

/// Milliseconds that a processor has worked for this thread, as Linux tells them: what a crowd of other programs does
/// not show in. 0 where they are not told.
fn used() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn fill(path: &Path, claims: usize, first: Day) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
    let mut archive = Archive::create(path).unwrap();
    let mut dice = Dice(1);
    for batch in 0..claims.div_ceil(EACH * 500) {
        let reports: Vec<Coded> = (0..500)
            .map(|n| {
                let number = batch * 500 + n;
                let words: Vec<&str> = (0..200).map(|_| WORDS[dice.roll(WORDS.len())]).collect();
                let rare = format!("rare{}", dice.roll(5000));
                let report = Report {
                    outlet: Some(format!("Outlet {}", dice.skewed(100))),
                    published: Some(first.plus(dice.roll(4000) as i64).to_string()),
                    language: Some("en".into()),
                    ..Report::from_text(format!("r{number}"), format!("{number} {rare} {}", words.join(" ")))
                };
                Coded { report, claims: (0..EACH as u32).map(|n| claim(&mut dice, n)).collect() }
            })
            .collect();
        archive.add(&reports, Stamp { seen: "2025-05-01T00:00:00Z", coder: "bench" }).unwrap();
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let claims: usize = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("queries-{claims}.db"));
    let first = Day::new(2015, 1, 1).unwrap();
    let began = Instant::now();
    if arguments.iter().any(|argument| argument == "again") {
        Archive::open(&path).unwrap();
    } else {
        fill(&path, claims, first);
    }
    // As every command does that adds many; `waiting` asks as somebody who comes in the middle of it.
    if !arguments.iter().any(|argument| argument == "waiting") {
        Archive::open(&path).unwrap().settle().unwrap();
    }
    let filled = began.elapsed().as_secs_f64();
    let archive = Archive::read(&path).unwrap();
    let stats = archive.stats().unwrap();
    println!("{} claims of {} reports, {} MiB, ready in {filled:.1} s", stats.claims, stats.reports, stats.bytes >> 20);
    let mut dice = Dice(2);
    let mut all = Vec::new();
    let mut worst = 0f64;
    let mut measure = |name: &str, dice: &mut Dice, query: &dyn Fn(&mut Dice)| {
        let (mut times, mut processor): (Vec<f64>, Vec<f64>) = (0..60)
            .map(|_| {
                let (began, used) = (Instant::now(), used());
                query(dice);
                (began.elapsed().as_secs_f64() * 1000.0, self::used() - used)
            })
            .unzip();
        times.sort_by(f64::total_cmp);
        processor.sort_by(f64::total_cmp);
        println!(
            "{name:<40} median {:>7.2} ms  p95 {:>7.2} ms  most {:>7.2} ms   processor: median {:>7.2} ms  p95 {:>7.2} ms",
            times[30], times[57], times[59], processor[30], processor[57]
        );
        worst = worst.max(processor[57]);
        all.extend(times);
    };
    let party = |dice: &mut Dice| Some(code(dice.skewed(200)));
    let claims = |filter: Filter| {
        archive.claims(&filter, 50, 0).unwrap();
    };
    measure("the newest", &mut dice, &|_| claims(Filter::default()));
    measure("actor", &mut dice, &|d| claims(Filter { actor: party(d), ..Filter::default() }));
    measure("actor and recipient", &mut dice, &|d| {
        claims(Filter { actor: party(d), recipient: party(d), ..Filter::default() });
    });
    measure("either", &mut dice, &|d| claims(Filter { party: party(d), ..Filter::default() }));
    measure("name", &mut dice, &|d| {
        claims(Filter { actor: Some(format!("Name {}", d.skewed(200))), ..Filter::default() });
    });
    measure("both names", &mut dice, &|d| {
        let name = |d: &mut Dice| Some(format!("Name {}", d.skewed(200)));
        claims(Filter { actor: name(d), recipient: name(d), ..Filter::default() });
    });
    measure("either, by name", &mut dice, &|d| {
        claims(Filter { party: Some(format!("Name {}", d.skewed(200))), ..Filter::default() });
    });
    measure("either, type, days", &mut dice, &|d| {
        let since = first.plus(d.roll(3000) as i64);
        let kind = Some(EventType::ALL[d.roll(16)]);
        claims(Filter { party: party(d), kind, since: Some(since), until: Some(since.plus(90)), ..Filter::default() });
    });
    measure("either and place", &mut dice, &|d| {
        claims(Filter { party: party(d), place: Some(format!("Town {}", d.skewed(3000))), ..Filter::default() });
    });
    measure("modality", &mut dice, &|_| claims(Filter { modality: Some(Modality::Negated), ..Filter::default() }));
    measure("type and modality", &mut dice, &|d| {
        let kind = Some(EventType::ALL[d.roll(16)]);
        claims(Filter { kind, modality: Some(Modality::Threatened), ..Filter::default() });
    });
    measure("actor, country, speaker", &mut dice, &|d| {
        let according_to = party(d).map(Attributed::Speaker);
        claims(Filter { actor: party(d), place: party(d), according_to, ..Filter::default() });
    });
    measure("actor, deep in the list", &mut dice, &|d| {
        archive.claims(&Filter { actor: party(d), ..Filter::default() }, 50, 5000).unwrap();
    });
    measure("type", &mut dice, &|d| claims(Filter { kind: Some(EventType::ALL[d.roll(16)]), ..Filter::default() }));
    measure("actor, type, modality, days", &mut dice, &|d| {
        let since = first.plus(d.roll(3000) as i64);
        let kind = Some(EventType::ALL[d.roll(16)]);
        let modality = Some(Modality::Threatened);
        claims(Filter {
            actor: party(d),
            kind,
            modality,
            since: Some(since),
            until: Some(since.plus(30)),
            ..Filter::default()
        });
    });
    measure("actor and place", &mut dice, &|d| {
        claims(Filter { actor: party(d), place: Some(format!("Town {}", d.skewed(3000))), ..Filter::default() });
    });
    measure("place", &mut dice, &|d| {
        claims(Filter { place: Some(format!("Town {}", d.skewed(3000))), ..Filter::default() });
    });
    measure("country and type", &mut dice, &|d| {
        claims(Filter { place: party(d), kind: Some(EventType::ALL[d.roll(16)]), ..Filter::default() });
    });
    measure("speaker", &mut dice, &|d| {
        claims(Filter { according_to: party(d).map(Attributed::Speaker), ..Filter::default() });
    });
    measure("speaker and recipient", &mut dice, &|d| {
        claims(Filter { according_to: party(d).map(Attributed::Speaker), recipient: party(d), ..Filter::default() });
    });
    measure("own voice, negated", &mut dice, &|_| {
        claims(Filter {
            according_to: Some(Attributed::Outlet),
            modality: Some(Modality::Negated),
            ..Filter::default()
        });
    });
    measure("claims by rare word", &mut dice, &|d| {
        claims(Filter { words: Some(format!("rare{}", d.roll(5000))), ..Filter::default() });
    });
    measure("claims by common words and actor", &mut dice, &|d| {
        claims(Filter { words: Some("border treaty".into()), actor: party(d), ..Filter::default() });
    });
    measure("claims of an outlet", &mut dice, &|d| {
        claims(Filter { outlet: Some(format!("Outlet {}", d.skewed(100))), ..Filter::default() });
    });
    let reports = |filter: Filter| {
        archive.reports(&filter, false, 20, 0).unwrap();
    };
    measure("search a rare word", &mut dice, &|d| {
        reports(Filter { words: Some(format!("rare{}", d.roll(5000))), ..Filter::default() });
    });
    measure("search two common words", &mut dice, &|_| {
        reports(Filter { words: Some("border treaty".into()), ..Filter::default() });
    });
    measure("reports of a pair", &mut dice, &|d| {
        reports(Filter { actor: party(d), recipient: party(d), ..Filter::default() });
    });
    measure("reports of a party", &mut dice, &|d| reports(Filter { party: party(d), ..Filter::default() }));
    measure("reports of a type", &mut dice, &|d| {
        reports(Filter { kind: Some(EventType::ALL[d.roll(16)]), ..Filter::default() });
    });
    measure("reports of an outlet", &mut dice, &|d| {
        reports(Filter { outlet: Some(format!("Outlet {}", d.skewed(100))), ..Filter::default() });
    });
    measure("reports of a pair and a place", &mut dice, &|d| {
        let place = Some(format!("Town {}", d.skewed(3000)));
        reports(Filter { actor: party(d), recipient: party(d), place, ..Filter::default() });
    });
    measure("common words and a type", &mut dice, &|d| {
        reports(Filter { words: Some("border".into()), kind: Some(EventType::ALL[d.roll(16)]), ..Filter::default() });
    });
    measure("reports of days", &mut dice, &|d| {
        let since = first.plus(d.roll(3900) as i64);
        reports(Filter { since: Some(since), until: Some(since.plus(7)), ..Filter::default() });
    });
    measure("one report with its versions", &mut dice, &|d| {
        archive.report(&format!("r{}", d.roll(stats.reports as usize))).unwrap();
    });
    measure("one claim", &mut dice, &|d| {
        archive.claim(&format!("r{}/{}.0", d.roll(stats.reports as usize), d.roll(EACH))).unwrap();
    });
    measure("the log", &mut dice, &|_| {
        archive.log(None, 100).unwrap();
    });
    measure("counts", &mut dice, &|_| {
        archive.stats().unwrap();
    });
    measure("the state", &mut dice, &|_| {
        archive.hash().unwrap();
    });
    all.sort_by(f64::total_cmp);
    println!("all queries: p95 {:.2} ms, most {:.2} ms", all[all.len() * 95 / 100], all[all.len() - 1]);
    println!("the slowest sort: p95 {worst:.2} ms of a processor");
}
