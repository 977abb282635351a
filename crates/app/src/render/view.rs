//! What a brief says, worked out once for all renderers: plain strings and places, nothing escaped yet.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use demarche_core::{
    Annotation, Brief, BriefEvent, Claim, ClaimRef, Difference, Kind, LedgerLine, Modality, Party, Slot, Span, Stance,
    Value, ledger::State,
};

use super::words::{
    clip, count, country_name, date_text, day_text, days_text, join, modality_name, one_line, party_name, party_names,
    side_name, slot_name, stance_name, type_name,
};

/// Words of a report with their place.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Index of the report.
    pub report: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words, on one line.
    pub words: String,
    /// Who says so, where it is not the outlet.
    pub according_to: Option<String>,
}

impl Quote {
    /// True where the words have quotation marks of their own.
    pub fn has_marks(&self) -> bool {
        self.words.contains(['"', '“', '”'])
    }

    /// The words in quotation marks, once.
    pub fn quoted(&self, limit: usize) -> String {
        let words = clip(&self.words, limit);
        if self.has_marks() { format!("«{words}»") } else { format!("“{words}”") }
    }

    /// `[2] s7`: the mark that leads to the sentence.
    pub fn mark(&self) -> String {
        format!("[{}] s{}", self.report + 1, self.sentence + 1)
    }
}

/// A report that was read.
pub struct ReportView {
    /// Index.
    pub index: usize,
    /// What to call it: outlet, else id.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its headline, where the input gives one.
    pub title: Option<String>,
    /// Its address, only if it is one of the web.
    pub url: Option<String>,
    /// When it came out, in words.
    pub published: String,
    /// The words from which the day was worked out.
    pub inferred_from: Vec<Quote>,
    /// "14 sentences, 22 claims".
    pub size: String,
    /// The first report that is nearly the same text, where it stands before this one.
    pub copy_of: Option<usize>,
    /// What went wrong in reading it.
    pub warnings: Vec<String>,
}

/// An event.
pub struct EventView {
    /// Index in the brief.
    pub index: usize,
    /// `e1`.
    pub id: String,
    /// "attack".
    pub label: &'static str,
    /// `ASSAULT` or `ASSAULT · aerial`.
    pub code: String,
    /// PLOVER quad class.
    pub quad: u8,
    /// "India, Pakistan → Pakistan, India", or what is known of it.
    pub who: String,
    /// In words.
    pub when: Option<String>,
    /// Canonical name.
    pub place: Option<String>,
    /// "26 tourists".
    pub figures: Vec<String>,
    /// "reported", "claimed by India", "denied by Pakistan", "planned".
    pub status: String,
    /// Reports that tell it.
    pub reports: Vec<usize>,
    /// Reports that were read in full and do not.
    pub silent: Vec<usize>,
    /// "in 3 of 3 reports".
    pub told: String,
    /// One statement a report, the fullest.
    pub quotes: Vec<Quote>,
    /// The other statements.
    pub further: Vec<Quote>,
    /// Told only as history.
    pub background: bool,
    /// The gravest way in which the reports differ on it.
    pub differs: Option<Kind>,
    /// The same as it is shown.
    pub badge: Option<Badge>,
}

/// A statement of the ledger.
pub struct LedgerView {
    /// Index in the ledger.
    pub index: usize,
    /// Indices of the lines that say the same in the same words of another party.
    pub also: Vec<usize>,
    /// Who, where that is more than the side.
    pub who: String,
    /// "accuses".
    pub verb: &'static str,
    /// Whom it addresses or is about.
    pub whom: String,
    /// Index of the event.
    pub event: usize,
    /// The words.
    pub quote: Quote,
    /// Lines that it answers: index, who makes them, mark.
    pub answers: Vec<(usize, String, String)>,
    /// "open", "denied", … with the mark where it is.
    pub state: String,
}

/// The statements of one side.
pub struct SpeakerView {
    /// Country, or who it is.
    pub name: String,
    /// What they say, in order of the text.
    pub lines: Vec<LedgerView>,
}

impl SpeakerView {
    /// Adds a line. The same words said of several parties (each side of a quarrel) are one line that names them all.
    fn add(&mut self, line: LedgerView) {
        let key = |line: &LedgerView| (line.quote.clone(), line.verb, line.who.clone());
        let same = |other: &&mut LedgerView| key(other) == key(&line);
        match self.lines.iter_mut().find(same) {
            None => self.lines.push(line),
            Some(other) => {
                if !other.whom.contains(&line.whom) {
                    let both = [&other.whom, &line.whom].into_iter().filter(|whom| !whom.is_empty()).cloned();
                    other.whom = both.collect::<Vec<_>>().join(", ");
                }
                other.also.push(line.index);
                other.answers.extend(line.answers);
                if other.state.is_empty() {
                    other.state = line.state;
                }
            }
        }
    }
}

/// One slot of one event, a cell for each report.
pub struct SlotRow {
    /// What is asked.
    pub slot: &'static str,
    /// `None` where the reports agree.
    pub kind: Option<Kind>,
    /// For each report what it says; empty where it says nothing.
    pub cells: Vec<Vec<Quote>>,
}

/// The slots of one event.
pub struct SlotTable {
    /// Index of the event.
    pub event: usize,
    /// Differences first, then facts that agree: days, places, numbers.
    pub rows: Vec<SlotRow>,
    /// Other slots in which the reports agree.
    pub agreed: Vec<&'static str>,
}

/// A difference that a reader must not miss.
pub struct Highlight {
    /// Index of the event.
    pub event: usize,
    /// What is asked.
    pub slot: &'static str,
    /// How they differ.
    pub badge: Badge,
    /// A value of each side.
    pub quotes: Vec<Quote>,
}

/// What is said, worked out.
pub struct View<'b> {
    /// The brief.
    pub brief: &'b Brief,
    /// "3 reports, 3 outlets, 3 independent origins".
    pub counted: String,
    /// "1 May 2025, the latest date the inputs give".
    pub as_of: String,
    /// The reports.
    pub reports: Vec<ReportView>,
    /// All events, in the order of the brief.
    pub events: Vec<EventView>,
    /// Who says what.
    pub speakers: Vec<SpeakerView>,
    /// Where the reports differ.
    pub slots: Vec<SlotTable>,
}

impl<'b> View<'b> {
    /// Works it out.
    pub fn new(brief: &'b Brief) -> Self {
        let events: Vec<EventView> = (0..brief.events.len()).map(|index| event(brief, index)).collect();
        Self {
            brief,
            counted: counted(brief),
            as_of: as_of(brief),
            reports: (0..brief.annotations.len()).map(|index| report(brief, index)).collect(),
            slots: slots(brief),
            speakers: speakers(brief),
            events,
        }
    }

    /// Whom the brief is about: the parties of most events.
    pub fn title(&self) -> Option<String> {
        let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &self.brief.events {
            let claim = self.brief.claim(event.best);
            let codes: BTreeSet<&str> =
                claim.actors.iter().chain(&claim.recipients).filter_map(|party| party.country.as_deref()).collect();
            for code in codes {
                *weight.entry(code).or_insert(0) += event.reports.len();
            }
        }
        let mut codes: Vec<(&str, usize)> = weight.into_iter().collect();
        codes.sort_by_key(|&(code, weight)| (Reverse(weight), code));
        let least = codes.first().map_or(0, |(_, weight)| weight / 4);
        let most = codes.iter().filter(|(_, weight)| *weight >= least).take(4);
        let names: Vec<String> = most.map(|(code, _)| country_name(code).to_string()).collect();
        (!names.is_empty()).then(|| join(&names))
    }

    /// What to call a report: `[2] Harbour Post`.
    pub fn report_name(&self, report: usize) -> String {
        format!("[{}] {}", report + 1, self.reports[report].name)
    }

    /// Events that happened or may, in order; background apart.
    pub fn events_told(&self, background: bool) -> impl Iterator<Item = &EventView> {
        self.events.iter().filter(move |event| event.background == background)
    }

    /// For each report the events that it alone tells.
    pub fn only(&self) -> Vec<(usize, Vec<&EventView>)> {
        if self.reports.len() < 2 {
            return vec![];
        }
        let of = |report| {
            let only = self.brief.only.iter().filter(move |only| only.report == report);
            only.map(|only| &self.events[only.event]).filter(|event| !event.background).collect()
        };
        (0..self.reports.len())
            .map(|report| (report, of(report)))
            .filter(|(_, events): &(_, Vec<_>)| !events.is_empty())
            .collect()
    }

    /// The timeline: when, and the event.
    pub fn timeline(&self) -> Vec<(String, &EventView)> {
        let dated = self.brief.timeline.iter().filter_map(|entry| Some((entry.days?, entry.event)));
        dated.map(|((first, last), event)| (days_text(first, last), &self.events[event])).collect()
    }

    /// Events that no report dates.
    pub fn undated(&self) -> Vec<&EventView> {
        let undated = self.brief.timeline.iter().filter(|entry| entry.days.is_none());
        undated.map(|entry| &self.events[entry.event]).collect()
    }

    /// The gravest difference of each of the events that differ most, the best-told first.
    pub fn highlights(&self, most: usize) -> Vec<Highlight> {
        let first = |table: &SlotTable| {
            let row = table.rows.iter().find(|row| row.kind.is_some())?;
            let quotes: Vec<Quote> = match row.kind {
                Some(Kind::Disputed) => row.cells.iter().flatten().take(2).cloned().collect(),
                _ => row.cells.iter().filter_map(|cell| cell.first()).take(3).cloned().collect(),
            };
            Some((gravity(row.kind?), Highlight { event: table.event, slot: row.slot, badge: badge(row.kind), quotes }))
        };
        let mut found: Vec<(u8, Highlight)> = self.slots.iter().filter_map(first).collect();
        found.sort_by_key(|(gravity, highlight)| (Reverse(*gravity), highlight.event));
        found.into_iter().take(most).map(|(_, highlight)| highlight).collect()
    }

    /// Differences of a kind, over all events.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.brief.comparisons.iter().flat_map(|comparison| &comparison.differences)
    }
}

/// The sentence that holds a span; the last before it where none does.
pub fn sentence_at(annotation: &Annotation, span: Span) -> usize {
    annotation.sentences.partition_point(|sentence| sentence.span.start <= span.start).saturating_sub(1)
}

fn text(brief: &Brief, report: usize) -> &str {
    &brief.annotations[report].report.text
}

fn quote(brief: &Brief, report: usize, span: Span) -> Quote {
    let sentence = sentence_at(&brief.annotations[report], span);
    Quote { report, sentence, words: one_line(brief.words(report, span)), according_to: None }
}

/// A claim in the words that make it, with its speaker.
fn claim_quote(brief: &Brief, at: ClaimRef) -> Quote {
    let claim = brief.claim(at);
    let said = claim.attribution.as_ref();
    let source = said.map(|said| {
        said.source.as_ref().map_or("an unnamed source".to_string(), |party| party_name(party, text(brief, at.report)))
    });
    Quote { according_to: source, sentence: claim.sentence, ..quote(brief, at.report, claim.span) }
}

fn value_quote(brief: &Brief, value: &Value) -> Quote {
    let source = value.according_to.as_ref().map(|party| party_name(party, text(brief, value.report)));
    Quote { according_to: source, ..quote(brief, value.report, value.span) }
}

fn counted(brief: &Brief) -> String {
    let outlets: BTreeSet<&str> = brief.annotations.iter().filter_map(|a| a.report.outlet.as_deref()).collect();
    let origins: BTreeSet<usize> = brief.origins.iter().copied().collect();
    let unnamed = brief.annotations.iter().filter(|a| a.report.outlet.is_none()).count();
    let mut parts = vec![count(brief.annotations.len(), "report")];
    if !outlets.is_empty() {
        parts.push(count(outlets.len(), "named outlet"));
    }
    if unnamed > 0 && !outlets.is_empty() {
        parts.push(format!("{unnamed} without an outlet"));
    }
    parts.push(count(origins.len(), "independent origin"));
    parts.join(", ")
}

fn as_of(brief: &Brief) -> String {
    if let Some(as_of) = &brief.as_of {
        let day = date_text(as_of.trim_end_matches('Z').get(..16).unwrap_or(as_of));
        return format!("{day}, the latest date that the inputs give");
    }
    match brief.inferred.iter().flatten().map(|inferred| (inferred.last, inferred.first)).max() {
        Some((last, first)) if first == last => format!("{}, worked out from the texts", day_text(last)),
        Some((last, first)) => format!("{}, worked out from the texts", days_text(first, last)),
        None => "an unknown day: the inputs give no date, and the texts do not tell".to_string(),
    }
}

fn report(brief: &Brief, index: usize) -> ReportView {
    let annotation = &brief.annotations[index];
    let report = &annotation.report;
    let inferred = brief.inferred.get(index).and_then(Option::as_ref);
    let published = match (&report.published, inferred) {
        (Some(published), _) => date_text(published.trim_end_matches('Z').get(..16).unwrap_or(published)),
        (None, Some(day)) if day.first == day.last => format!("{} (worked out)", day_text(day.first)),
        (None, Some(day)) => format!("between {} (worked out)", days_text(day.first, day.last)),
        (None, None) => "undated".to_string(),
    };
    let origin = brief.origins.get(index);
    let same = |other: &usize| brief.origins.get(*other) == origin;
    ReportView {
        index,
        name: one_line(report.outlet.as_deref().unwrap_or(&report.id)),
        id: one_line(&report.id),
        title: report.title.as_deref().map(one_line),
        url: report.url.clone().filter(|url| web_address(url)),
        published,
        inferred_from: inferred
            .map(|day| day.evidence.iter().map(|&(report, span)| quote(brief, report, span)).collect())
            .unwrap_or_default(),
        size: format!("{}, {}", count(annotation.sentences.len(), "sentence"), count(annotation.claims.len(), "claim")),
        copy_of: (0..index).find(same),
        warnings: annotation.warnings.iter().map(|w| one_line(&w.message)).collect(),
    }
}

/// True for an address that a browser opens as a page and nothing else.
fn web_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(|c: char| c.is_control() || c.is_whitespace())
}

/// "India → Pakistan"; "India" alone; "?" where nobody is named.
fn who(claim: &Claim, text: &str) -> String {
    let actors = party_names(&claim.actors, text);
    let recipients = party_names(&claim.recipients, text);
    match (actors.is_empty(), recipients.is_empty()) {
        (_, true) if actors.is_empty() => "nobody named".to_string(),
        (_, true) => actors,
        (true, false) => format!("→ {recipients}"),
        (false, false) => format!("{actors} → {recipients}"),
    }
}

/// Order of gravity, for the one sign that an event carries.
fn gravity(kind: Kind) -> u8 {
    match kind {
        Kind::Contradicts => 4,
        Kind::Disputed => 3,
        Kind::OneSided => 2,
        Kind::Differs => 1,
        Kind::Refines => 0,
    }
}

fn event(brief: &Brief, index: usize) -> EventView {
    let BriefEvent { event, kind, best, reports, .. } = &brief.events[index];
    let claim = brief.claim(*best);
    let told = |report: usize| {
        let of_report = event.claims.iter().filter(move |at| at.report == report);
        of_report.copied().min_by_key(|at| (*at != *best, brief.claim(*at).kind != *kind, *at))
    };
    let quoted: Vec<ClaimRef> = reports.iter().filter_map(|&report| told(report)).collect();
    let rest = event.claims.iter().filter(|at| !quoted.contains(at));
    let mode = claim.mode.as_deref().map(|mode| format!(" · {mode}")).unwrap_or_default();
    let date = brief.events[index].date.and_then(|at| brief.claim(at).date.as_ref());
    let place = brief.events[index].place.and_then(|at| brief.claim(at).place.as_ref());
    let comparison = brief.comparisons.get(index);
    let kinds = comparison.into_iter().flat_map(|comparison| &comparison.differences).map(|d| d.kind);
    let differs = kinds.max_by_key(|&kind| gravity(kind));
    let mut figures: Vec<String> = Vec::new();
    for &at in &event.claims {
        for figure in &brief.claim(at).figures {
            let words = one_line(brief.words(at.report, figure.span));
            if !figures.contains(&words) {
                figures.push(words);
            }
        }
    }
    let origins = match brief.events[index].origins {
        origins if origins < reports.len() => format!(" ({})", count(origins, "independent origin")),
        _ => String::new(),
    };
    EventView {
        index,
        id: event.id.clone(),
        label: type_name(*kind),
        code: format!("{kind}{mode}"),
        quad: kind.quad(),
        who: who(claim, text(brief, best.report)),
        when: date.map(|date| date_text(&date.value)),
        place: place.map(|place| place.name.clone()),
        figures,
        status: status(brief, index),
        reports: reports.clone(),
        silent: comparison.map(|comparison| comparison.silent.clone()).unwrap_or_default(),
        told: format!("in {} of {}{origins}", reports.len(), count(brief.annotations.len(), "report")),
        quotes: quoted.iter().map(|&at| claim_quote(brief, at)).collect(),
        further: rest.map(|&at| claim_quote(brief, at)).collect(),
        background: event.claims.iter().all(|&at| brief.claim(at).historical),
        badge: differs.map(|kind| badge(Some(kind))),
        differs,
    }
}

fn sources(brief: &Brief, claims: &[ClaimRef]) -> String {
    let mut names: Vec<String> = Vec::new();
    for &at in claims {
        let source = brief.claim(at).attribution.as_ref().and_then(|said| said.source.as_ref());
        let name = source.map_or("an unnamed source".to_string(), |party| party_name(party, text(brief, at.report)));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    join(&names)
}

/// Whether an outlet tells it in its own voice or somebody says so, and whether somebody denies it.
fn status(brief: &Brief, index: usize) -> String {
    let event = &brief.events[index];
    let mut parts = Vec::new();
    if let Some(&at) = event.own_voice.first() {
        parts.push(modality_name(brief.claim(at).modality).to_string());
    } else if !event.asserted.is_empty() {
        parts.push(format!("only according to {}", sources(brief, &event.asserted)));
    }
    let (spoken, own): (Vec<ClaimRef>, Vec<ClaimRef>) =
        event.denied.iter().partition(|&&at| brief.claim(at).attribution.is_some());
    if !spoken.is_empty() {
        parts.push(format!("denied by {}", sources(brief, &spoken)));
    } else if !own.is_empty() {
        parts.push(modality_name(Modality::Negated).to_string());
    }
    parts.join("; ")
}

/// Who makes the statement: its source where it is told as speech, else who acts.
fn speaker<'b>(brief: &'b Brief, line: &LedgerLine) -> Vec<&'b Party> {
    let claim = brief.claim(line.claim);
    match &claim.attribution {
        Some(said) if said.stance != Stance::Asserts || !claim.kind.verbal() => said.source.iter().collect(),
        Some(said) if claim.actors.is_empty() => said.source.iter().collect(),
        _ => claim.actors.iter().collect(),
    }
}

fn speakers(brief: &Brief) -> Vec<SpeakerView> {
    let mut out: Vec<SpeakerView> = Vec::new();
    for (index, line) in brief.ledger.iter().enumerate() {
        let at = line.claim;
        let claim = brief.claim(at);
        if claim.historical {
            continue;
        }
        let words = text(brief, at.report);
        let parties = speaker(brief, line);
        let mut sides: Vec<String> = parties.iter().map(|party| side_name(party, words)).collect();
        sides.dedup();
        let names: Vec<String> = parties.into_iter().map(|party| party_name(party, words)).collect();
        let name = if sides.is_empty() { "Not named".to_string() } else { join(&sides) };
        let who = if names == sides { String::new() } else { join(&names) };
        let whom: Vec<Party> =
            claim.recipients.iter().filter(|p| !names.contains(&party_name(p, words))).cloned().collect();
        let view = LedgerView {
            index,
            also: Vec::new(),
            who,
            verb: stance_name(line.stance),
            whom: party_names(&whom, words),
            event: line.event,
            quote: Quote { according_to: None, ..claim_quote(brief, at) },
            answers: line.answers.iter().map(|&by| (by, ledger_speaker(brief, by), ledger_mark(brief, by))).collect(),
            state: match line.state {
                State::Open => String::new(),
                State::Denied(by) => format!("denied in {}", ledger_mark(brief, by)),
                State::Withdrawn(by) => format!("taken back in {}", ledger_mark(brief, by)),
                State::Confirmed(by) => format!("also told in {}", claim_quote(brief, by).mark()),
            },
        };
        match out.iter_mut().find(|speaker| speaker.name == name) {
            Some(speaker) => speaker.add(view),
            None => out.push(SpeakerView { name, lines: vec![view] }),
        }
    }
    for speaker in &mut out {
        speaker.lines.sort_by_key(|line| (line.quote.report, line.quote.sentence, line.index));
    }
    out.sort_by(|a, b| (a.name == "Not named", b.lines.len()).cmp(&(b.name == "Not named", a.lines.len())));
    out
}

/// The mark of a line of the ledger.
fn ledger_mark(brief: &Brief, line: usize) -> String {
    brief.ledger.get(line).map(|line| claim_quote(brief, line.claim).mark()).unwrap_or_default()
}

/// Who makes the statement of a line of the ledger.
fn ledger_speaker(brief: &Brief, line: usize) -> String {
    let Some(line) = brief.ledger.get(line) else { return String::new() };
    let words = text(brief, line.claim.report);
    let names: Vec<String> = speaker(brief, line).into_iter().map(|party| party_name(party, words)).collect();
    join(&names)
}

/// Slots whose values are worth reading where the reports agree on them.
const FACTS: [Slot; 6] = [Slot::Date, Slot::Time, Slot::Place, Slot::Killed, Slot::Injured, Slot::Number];

fn slots(brief: &Brief) -> Vec<SlotTable> {
    let mut tables = Vec::new();
    for (event, comparison) in brief.comparisons.iter().enumerate() {
        if comparison.differences.is_empty() {
            continue;
        }
        let differences = comparison.differences.iter();
        let mut rows: Vec<SlotRow> = differences
            .map(|difference| row(brief, difference.slot, Some(difference.kind), &difference.values))
            .collect();
        let mut agreed = Vec::new();
        for (slot, values) in &comparison.slots {
            let told: BTreeSet<usize> = values.iter().map(|value| value.report).collect();
            let alike = values.windows(2).all(|pair| pair[0].value == pair[1].value);
            let open = comparison.differences.iter().any(|difference| difference.slot == *slot);
            if told.len() < 2 || !alike || open {
                continue;
            }
            if FACTS.contains(slot) {
                rows.push(row(brief, *slot, None, values));
            } else {
                agreed.push(slot_name(*slot));
            }
        }
        rows.sort_by_key(|row| Reverse(row.kind.map(gravity).map_or(0, |gravity| gravity + 1)));
        tables.push(SlotTable { event, rows, agreed });
    }
    tables
}

/// Values of one report in one cell at most.
const CELL: usize = 3;

fn row(brief: &Brief, slot: Slot, kind: Option<Kind>, values: &[Value]) -> SlotRow {
    let mut cells: Vec<Vec<Quote>> = vec![Vec::new(); brief.annotations.len()];
    for value in values {
        let quote = value_quote(brief, value);
        if cells[value.report].len() < CELL && !cells[value.report].contains(&quote) {
            cells[value.report].push(quote);
        }
    }
    SlotRow { slot: slot_name(slot), kind, cells }
}

/// A kind of difference as it is shown; it can be told without colour.
#[derive(Clone, Copy)]
pub struct Badge {
    /// Class in the style sheet of the page.
    pub class: &'static str,
    /// One character.
    pub sign: &'static str,
    /// One word.
    pub word: &'static str,
}

impl fmt::Display for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign, self.word)
    }
}

/// How a kind of difference is shown; where there is none, the reports agree.
pub const fn badge(kind: Option<Kind>) -> Badge {
    let (class, sign, word) = match kind {
        Some(Kind::Contradicts) => ("k-contradicts", "✕", "contradicts"),
        Some(Kind::Disputed) => ("k-disputed", "⚡", "disputed"),
        Some(Kind::OneSided) => ("k-one-sided", "◐", "one-sided"),
        Some(Kind::Differs) => ("k-differs", "≠", "differs"),
        Some(Kind::Refines) => ("k-refines", "⊃", "refines"),
        None => ("k-agrees", "=", "agree"),
    };
    Badge { class, sign, word }
}

/// What a PLOVER quad class, 0 to 3, holds.
pub const fn quad_name(quad: usize) -> &'static str {
    match quad {
        0 => "words of cooperation",
        1 => "deeds of cooperation",
        2 => "words of conflict",
        _ => "deeds of conflict",
    }
}
