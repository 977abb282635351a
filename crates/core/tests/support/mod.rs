//! Stories read by hand as annotations: the claims come from `gold.json`, so that linking and comparison are measured
//! apart from coding. And the JSON of a brief as far as the scorer of stories reads it.

use demarche_core::{
    AccordingTo, Annotation, Brief, Claim, DateMention, DatePrecision, Day, Entity, EntityKind, EventType, Figure,
    Modality, NamedEntity, Party, PlaceMention, PlacePrecision, QuoteForm, Report, Sentence, Span, Stance, parse,
    record::{ClaimRecord, Offsets},
    text,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

#[allow(clippy::struct_field_names)]
struct Name {
    phrase: String,
    code: String,
    name: String,
    person: bool,
}

fn table(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories").join(file);
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|l| l.split('\t').map(String::from).collect()).collect()
}

fn names() -> Vec<Name> {
    let rows = table("names.tsv").into_iter();
    let name = |r: Vec<String>| Name {
        phrase: r[0].clone(),
        code: r[1].clone(),
        name: r[2].clone(),
        person: r[3] == "person",
    };
    rows.map(name).collect()
}

fn places() -> Vec<(String, PlaceMention)> {
    let place = |r: Vec<String>| {
        let mention = PlaceMention {
            span: Span::default(),
            name: r[1].clone(),
            country: Some(r[2].clone()).filter(|c| !c.is_empty()),
            lat: r[3].parse().ok(),
            lon: r[4].parse().ok(),
            precision: PlacePrecision::from_name(&r[5]).unwrap(),
            geonameid: None,
        };
        (r[0].clone(), mention)
    };
    table("places.tsv").into_iter().map(place).collect()
}

/// Where `words` stand in `text` between two bytes, on word borders.
fn find(text: &str, from: usize, to: usize, words: &str) -> Option<Span> {
    let inside = &text[from..to];
    let mut at = 0;
    while let Some(i) = inside[at..].find(words).map(|i| i + at) {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let ends = letter(inside[i + words.len()..].chars().next()) || letter(inside[..i].chars().next_back());
        if !ends {
            return Some(Span::new(from + i, from + i + words.len()));
        }
        at = i + words.len();
    }
    None
}

/// The sentence around a byte, by full stops and line ends.
fn around(text: &str, at: usize) -> (usize, usize) {
    let cuts = |s: &str| s.find(". ").map(|i| i + 1).into_iter().chain(s.find('\n')).min();
    let start = text[..at].rfind('\n').max(text[..at].rfind(". ").map(|i| i + 1)).map_or(0, |i| i + 1);
    (start.min(at), cuts(&text[at..]).map_or(text.len(), |i| i + at))
}

const GROUPS: &[&str] = &[
    "both countries",
    "both sides",
    "both nations",
    "each other",
    "the two countries",
    "the two sides",
    "the two governments",
    "both governments",
    "the two armies",
    "both armies",
];

fn party(text: &str, names: &[Name], span: Span, code: &str, group: bool, last: bool) -> Party {
    let (from, to) = around(text, span.start as usize);
    let to = to.max(span.end as usize);
    let windows = [(span.start as usize, span.end as usize), (from, to), (0, from)];
    let own = span.of(text);
    let pronoun =
        ["he", "He", "his", "His", "she", "She", "her", "him"].iter().any(|p| find(own, 0, own.len(), p).is_some());
    for (i, &(from, to)) in windows.iter().enumerate() {
        let shared = GROUPS.iter().filter(|_| group && i < 2).find_map(|g| find(text, from, to, g));
        if let Some(span) = shared {
            let name = names.iter().find(|n| n.code == code && !n.person).map(|n| n.name.clone());
            return Party { span, name, country: Some(code.into()), ..Party::default() };
        }
        let mut hits: Vec<(Span, &Name)> = Vec::new();
        for name in names.iter().filter(|n| n.code == code && !(i > 0 && pronoun && !n.person)) {
            let mut at = from;
            while let Some(span) = find(text, at, to, &name.phrase) {
                at = span.end as usize;
                hits.push((span, name));
            }
        }
        hits.retain(|(s, _)| !(i == 1 && pronoun && s.start > span.start));
        // A longer name beats its part; in the sentence the nearest before the words, else the first behind.
        let here = span.start;
        hits.sort_by_key(|(s, n)| {
            let person = i == 1 && !n.person;
            let far = if s.start <= here { here - s.start } else { 100_000 + s.start };
            let order = if i == 0 { if last { u32::MAX - s.start } else { s.start } } else { far };
            (person, order, -(s.len() as i64))
        });
        if i == 0 && hits.iter().any(|(_, n)| n.person) {
            hits.retain(|(_, n)| n.person);
        }
        let government = (i == 1).then(|| find(text, from, to, "The government")).flatten();
        if let Some(span) = government.filter(|_| !last) {
            return Party { span, name: None, country: Some(code.into()), ..Party::default() };
        }
        if let Some((span, name)) = hits.first() {
            return Party {
                span: *span,
                name: Some(name.name.clone()),
                country: Some(code.into()),
                ..Party::default()
            };
        }
    }
    Party { span: Span::new(span.start as usize, span.start as usize), country: Some(code.into()), ..Party::default() }
}

/// Reads `gold.json` and its reports.
pub fn read(gold: &Path) -> (Value, Vec<Annotation>) {
    let json: Value = serde_json::from_str(&fs::read_to_string(gold).unwrap()).unwrap();
    let (names, places) = (names(), places());
    let mut out = Vec::new();
    for id in json["reports"].as_array().unwrap() {
        let id = id.as_str().unwrap();
        let text = fs::read_to_string(gold.with_file_name(format!("{id}.txt"))).unwrap();
        let published = match &json["published"] {
            Value::Object(days) => days[id].as_str(),
            day => day.as_str(),
        };
        let mut report = Report::from_text(id, text);
        report.published = published.map(String::from);
        let mut annotation = Annotation { report, ..Annotation::default() };
        annotation.sentences = parse::parse_tokens(&annotation.report.text, &text::split(&annotation.report.text));
        annotation.entities = persons(&annotation.report.text, &names);
        let records: Vec<&Value> = json["records"].as_array().unwrap().iter().filter(|r| r["report"] == id).collect();
        for (i, r) in records.iter().enumerate() {
            let mirrored = records.iter().any(|o| o["span"] == r["span"] && o["actors"] == r["recipients"]);
            let claim = claim(&annotation.report, &annotation.sentences, r, i, mirrored, &names, &places);
            annotation.claims.push(claim);
        }
        out.push(annotation);
    }
    (json, out)
}

fn persons(text: &str, names: &[Name]) -> Vec<NamedEntity> {
    let mut out = Vec::new();
    for name in names {
        let mut at = 0;
        while let Some(span) = find(text, at, text.len(), &name.phrase) {
            at = span.end as usize;
            let party =
                Party { span, name: Some(name.name.clone()), country: Some(name.code.clone()), ..Party::default() };
            let kind = if name.person { EntityKind::Per } else { EntityKind::Gpe };
            let entity = Entity { span, first: 0, last: 0, kind };
            out.push(NamedEntity { entity, sentence: 0, party: Some(party) });
        }
    }
    out
}

fn claim(
    report: &Report,
    sentences: &[Sentence],
    r: &Value,
    number: usize,
    mirrored: bool,
    names: &[Name],
    places: &[(String, PlaceMention)],
) -> Claim {
    let text = report.text.as_str();
    let byte = |i: u64| text.char_indices().nth(i as usize).map_or(text.len(), |(b, _)| b);
    let span = Span::new(byte(r["span"][0].as_u64().unwrap()), byte(r["span"][1].as_u64().unwrap()));
    let codes = |side: &str| -> Vec<String> {
        r[side].as_array().into_iter().flatten().map(|c| c.as_str().unwrap().to_string()).collect()
    };
    let (actors, recipients) = (codes("actors"), codes("recipients"));
    let side = |codes: &[String], last: bool| {
        let group = codes.len() > 1 || mirrored;
        codes.iter().map(|c| party(text, names, span, c, group, last)).collect::<Vec<_>>()
    };
    let words = |key: &str| {
        r[key].as_str().and_then(|w| {
            let (from, to) = around(text, span.start as usize);
            find(text, from, to.max(span.end as usize), w).or_else(|| find(text, 0, text.len(), w))
        })
    };
    let date = words("date").and_then(|span| date(report, span));
    let place = words("place").and_then(|span| {
        let (_, place) = places.iter().find(|(name, _)| name == span.of(text))?;
        Some(PlaceMention { span, ..place.clone() })
    });
    let (act, object) = act(text, span);
    let attribution = r["according_to"].as_str().map(|code| AccordingTo {
        source: Some(party(text, names, span, code, false, false)),
        cue: Span::new(span.start as usize, span.start as usize),
        stance: r["stance"].as_str().and_then(Stance::from_name).unwrap_or(Stance::Asserts),
        form: if r["quote"] == "direct" { QuoteForm::Direct } else { QuoteForm::Indirect },
    });
    let kind = EventType::from_name(r["types"][0].as_str().unwrap()).unwrap();
    Claim {
        id: format!("{}/{number}", report.id),
        report: report.id.clone(),
        sentence: sentences.iter().position(|s| s.span.end > span.start).unwrap_or(0),
        trigger: 0,
        span,
        act,
        object,
        kind,
        mode: r["mode"].as_str().map(String::from),
        contexts: vec![],
        cameo: None,
        actors: side(&actors, false),
        recipients: side(&recipients, true),
        date,
        place,
        figures: figures(text, span, r),
        modality: Modality::from_name(r["modality"].as_str().unwrap()).unwrap(),
        attribution,
        historical: r["historical"] == true,
        rule: "gold".into(),
        confidence: 1.0,
    }
}

/// The verb and what comes behind it; the whole where there is none.
fn act(text: &str, span: Span) -> (Span, Option<Span>) {
    let words = span.of(text);
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        let bare = word.trim_end();
        let verb =
            bare.ends_with("ed") || matches!(bare, "shut" | "closed" | "struck" | "hit" | "withdrew" | "cut" | "sent");
        if verb && bare.len() > 2 && at + word.len() < words.len() {
            let start = span.start as usize + at;
            let object = Span::new(start + word.len(), span.end as usize);
            return (Span::new(start, start + bare.len()), Some(object));
        }
        at += word.len();
    }
    (span, None)
}

fn figures(text: &str, span: Span, r: &Value) -> Vec<Figure> {
    let mut out = Vec::new();
    for what in ["killed", "injured", "arrested", "number"] {
        let Some(n) = r[what].as_u64() else { continue };
        let digits = n.to_string();
        let written =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let mut forms = vec![digits.as_str()];
        forms.extend(written.get(n as usize));
        let at = forms.iter().find_map(|w| find(text, span.start as usize, span.end as usize, w));
        let at = at.unwrap_or(Span::new(span.start as usize, span.start as usize));
        let before = text[span.start as usize..at.start as usize].to_lowercase();
        let low = (!before.trim_end().ends_with("up to")).then_some(n);
        let open = ["at least", "more than", "over"].iter().any(|w| before.trim_end().ends_with(w));
        let least = ["more than", "over"].iter().any(|w| before.trim_end().ends_with(w));
        let tail = &text[at.start as usize..span.end as usize];
        let start = ["at least ", "more than ", "over "].iter().find(|w| before.ends_with(*w)).map_or(0, |w| w.len());
        let span = Span::new(at.start as usize - start, at.start as usize + tail.trim_end().len());
        out.push(Figure {
            span,
            what: what.into(),
            low: low.map(|n| n + u64::from(least)),
            high: (!open).then_some(n),
            of: Some(Span::new(at.end as usize, span.end as usize)).filter(|s| !s.is_empty()),
        });
    }
    out
}

fn date(report: &Report, span: Span) -> Option<DateMention> {
    let words = span.of(&report.text).to_lowercase();
    let day = report.day()?;
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = |value: Day| Some(DateMention { span, value: value.to_string(), precision: DatePrecision::Day });
    let number = words.split(|c: char| !c.is_ascii_digit()).find_map(|w| w.parse::<u8>().ok());
    if let (Some(month), Some(number)) = (months.iter().position(|m| words.contains(m)), number) {
        return found(Day::new(day.year, month as u8 + 1, number)?);
    }
    if let Some(weekday) = weekdays.iter().position(|w| words.contains(w)) {
        let back = (i64::from(day.weekday()) - 1 - weekday as i64).rem_euclid(7);
        return found(day.plus(-back));
    }
    match words.as_str() {
        w if w.contains("today") || w.contains("tonight") => found(day),
        w if w.contains("yesterday") || w.contains("last night") => found(day.plus(-1)),
        w if w.contains("last week") => {
            let monday = day.plus(1 - i64::from(day.weekday()) - 7);
            let value = format!("{monday}/{}", monday.plus(6));
            Some(DateMention { span, value, precision: DatePrecision::Week })
        }
        w if w.contains("last month") => {
            let month = day.plus(-i64::from(day.day));
            Some(DateMention { span, value: month.to_string()[..7].to_string(), precision: DatePrecision::Month })
        }
        w if w.contains("this week") => {
            let monday = day.plus(1 - i64::from(day.weekday()));
            let value = format!("{monday}/{}", monday.plus(6));
            Some(DateMention { span, value, precision: DatePrecision::Week })
        }
        _ => None,
    }
}

/// The brief as the scorer of stories reads it.
pub fn json(brief: &Brief) -> Value {
    let offsets: Vec<Offsets> = brief.annotations.iter().map(|a| Offsets::new(&a.report.text)).collect();
    let id = |r: usize| brief.annotations[r].report.id.as_str();
    let events: Vec<Value> = brief.events.iter().map(|e| json!({
        "id": e.event.id, "type": e.kind.as_str(), "summary": brief.words(e.best.report, brief.claim(e.best).span),
        "reports": e.reports.iter().map(|&r| id(r)).collect::<Vec<_>>(), "origins": e.origins,
        "claims": e.event.claims.iter().map(|&c| brief.claim(c).id.clone()).collect::<Vec<_>>(),
    })).collect();
    let differences = brief.comparisons.iter().flat_map(|c| &c.differences).map(|d| {
        json!({
            "event": brief.events[d.event].event.id, "slot": d.slot.as_str(), "kind": d.kind.as_str(),
            "values": d.values.iter().map(|v| json!({"report": id(v.report), "text": brief.words(v.report, v.span),
                "span": offsets[v.report].range(v.span)})).collect::<Vec<_>>(),
        })
    });
    let claims = brief.annotations.iter().zip(&offsets).flat_map(|(a, o)| {
        a.claims.iter().map(|c| serde_json::to_value(ClaimRecord::new(c, o)).unwrap()).collect::<Vec<_>>()
    });
    let reports = brief.annotations.iter().enumerate();
    json!({
        "reports": reports.map(|(i, a)| json!({"report": a.report.id, "origin": brief.origins[i]})).collect::<Vec<_>>(),
        "events": events, "differences": differences.collect::<Vec<_>>(), "claims": claims.collect::<Vec<_>>(),
    })
}
