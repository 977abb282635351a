//! Claim: one statement in one report that somebody did, will do or did not do something. With the layers it rests on.

use crate::{
    plover::EventType,
    report::{Report, Warning},
    sentence::Sentence,
    span::Span,
};

/// Somebody who acts, is acted upon, or speaks: a phrase of the report and whom it denotes.
///
/// "both countries" is two parties with one span; "he" is a party whose name comes from an earlier sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// The phrase.
    pub span: Span,
    /// Canonical English name of who it is ("Marco Rubio", "India"), where known.
    pub name: Option<String>,
    /// ISO 3166 alpha-3 code, or the tag of an international or non-state actor (`UN`, `HAMAS`, `MEDIA`).
    pub country: Option<String>,
    /// PLOVER sectors, the primary one first.
    pub sectors: Vec<&'static str>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// How it was resolved, for `demarche explain`: "office holder on 2025-05-01", "pronoun of «Marco Rubio»".
    pub why: String,
}

/// How [`Party::why`] begins where the sentence does not name the party.
pub const NOT_NAMED: &str = "not named here";

/// How [`Party::why`] begins where the party is one of a deed that was told of before.
pub const OF_BEFORE: &str = "of the event told of in";

/// How [`Party::why`] ends where only the weights put the party there.
pub const LIKELIEST: &str = "the likeliest party of the report";

impl Party {
    /// True where no rule found it, and only the weights did: the likeliest of the report's parties.
    ///
    /// ```
    /// let party = demarche_core::Party { why: "name of Chad; the likeliest party of the report".into(), ..Default::default() };
    /// assert!(party.is_weighed() && !party.is_implied());
    /// ```
    pub fn is_weighed(&self) -> bool {
        self.why.ends_with(LIKELIEST)
    }

    /// True where the sentence leaves the party unsaid and the report implies it; its span is then that of the act.
    ///
    /// ```
    /// let party = demarche_core::Party { why: "not named here: where it happened".into(), ..Default::default() };
    /// assert!(party.is_implied());
    /// ```
    pub fn is_implied(&self) -> bool {
        self.why.starts_with(NOT_NAMED)
    }

    /// True where its words are those of an act and tell nothing of who it is: implied, or of a deed told of before.
    ///
    /// ```
    /// let party = demarche_core::Party { why: "of the event told of in a/3.0".into(), ..Default::default() };
    /// assert!(party.is_inferred() && !party.is_implied());
    /// ```
    pub fn is_inferred(&self) -> bool {
        self.is_implied() || self.why.starts_with(OF_BEFORE)
    }
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum DatePrecision {
    Time,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Interval,
    /// No stretch that could be looked up: "a few days ago", "in recent years", "at night" of any day.
    Vague,
}

/// A temporal expression with its ISO value against the day of publication.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// Its words.
    pub span: Span,
    /// As in the contract: `2025-04-22`, `2025-W17`, `../2025-05-01`, `P3D`; empty (printed as null) where the words
    /// count from a day of publication that is not known.
    pub value: String,
    /// How exact.
    pub precision: DatePrecision,
}

impl DateMention {
    /// True for how long or how often, which has no place in the calendar: "three weeks", "every Friday".
    ///
    /// ```
    /// use demarche_core::{DateMention, DatePrecision, Span};
    /// let mention = |value: &str| DateMention {
    ///     span: Span::default(),
    ///     value: value.into(),
    ///     precision: DatePrecision::Interval,
    /// };
    /// assert!(mention("P3W").is_spell() && mention("R/P1W").is_spell());
    /// assert!(!mention("2025-04/..").is_spell());
    /// ```
    pub fn is_spell(&self) -> bool {
        self.value.starts_with('P') || self.value.starts_with("R/")
    }

    /// True for what can be looked up in a calendar or on a clock: no spell, and nothing vague.
    pub fn is_date(&self) -> bool {
        !self.is_spell() && self.precision != DatePrecision::Vague
    }
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum PlacePrecision {
    Site,
    City,
    District,
    Province,
    Country,
    Region,
}

/// A place name with what the gazetteer says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Its words.
    pub span: Span,
    /// Canonical English name.
    pub name: String,
    /// Alpha-3 code of the country it lies in, where one alone.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// How exact.
    pub precision: PlacePrecision,
    /// GeoNames id, where known.
    pub geonameid: Option<u32>,
}

/// What a speaker does in saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Stance {
    Asserts,
    Denies,
    Accuses,
    Demands,
    Threatens,
    Promises,
    Doubts,
}

/// Whether the words are the speaker's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum QuoteForm {
    Direct,
    Indirect,
    Mixed,
}

/// Whether it happened, as the words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Modality {
    Occurred,
    Planned,
    Threatened,
    Hypothetical,
    Negated,
}

macro_rules! names {
    ($kind:ident { $($variant:ident $name:literal),* }) => {
        impl $kind {
            /// The word in the contract's output.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $name),* } }
            /// The value with this name.
            pub fn from_name(name: &str) -> Option<Self> { match name { $($name => Some(Self::$variant),)* _ => None } }
        }
        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
    };
}
names!(DatePrecision { Time "time", Day "day", Week "week", Month "month", Quarter "quarter", Year "year",
    Interval "interval", Vague "vague" });
names!(PlacePrecision { Site "site", City "city", District "district", Province "province", Country "country",
    Region "region" });
names!(Stance { Asserts "asserts", Denies "denies", Accuses "accuses", Demands "demands", Threatens "threatens",
    Promises "promises", Doubts "doubts" });
names!(QuoteForm { Direct "direct", Indirect "indirect", Mixed "mixed" });
names!(Modality { Occurred "occurred", Planned "planned", Threatened "threatened", Hypothetical "hypothetical",
    Negated "negated" });

/// A reported statement: who says what, and by which word.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name the speaker; `None` for "it was reported that".
    pub source: Option<Span>,
    /// True where the cue itself stands in quotation marks: what the quoted speaker says of others' words.
    pub quoted: bool,
    /// Sentence of the cue, index in the report.
    pub sentence: usize,
    /// Head token of the source in that sentence, where the source stands there.
    pub source_head: Option<usize>,
    /// The word or words that say that somebody says: "said", "according to".
    pub cue: Span,
    /// What is said; several spans where the cue interrupts it.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub form: QuoteForm,
    /// What the speaker does in saying it.
    pub stance: Stance,
    /// True where somebody puts the content forward; false where it is a topic ("criticized the raid"), a wish, a plan or
    /// the outlet's own impression ("seems to"): claims in it are the outlet's.
    pub statement: bool,
    /// Who the source is; several for "both sides".
    pub speakers: Vec<Party>,
}

/// The attribution of a claim: the innermost reported statement that holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct AccordingTo {
    /// Who says so; `None` where the report does not tell ("reportedly").
    pub source: Option<Party>,
    /// The cue.
    pub cue: Span,
    /// What the speaker does in saying it.
    pub stance: Stance,
    /// Direct, indirect or mixed.
    pub form: QuoteForm,
}

/// A number of people or things with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words, with the thing counted: "26 tourists".
    pub span: Span,
    /// `killed`, `injured`, `missing`, `arrested`, `displaced`, `money`, `weapons`, `diplomats` …
    pub what: String,
    /// Least number that the words allow.
    pub low: Option<u64>,
    /// Greatest number that the words allow.
    pub high: Option<u64>,
    /// The noun counted, as written: "tourists".
    pub of: Option<Span>,
}

/// One statement in one report that somebody did, will do, or did not do something.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Unique in one output: `report/sentence.number`.
    pub id: String,
    /// Id of the report.
    pub report: String,
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// Token that made the claim, index in the sentence.
    pub trigger: usize,
    /// The clause or phrase that makes the claim.
    pub span: Span,
    /// The words of the act: "expelled", "a deadly attack".
    pub act: Span,
    /// The phrase of the thing acted on, where it is no party: "a water-sharing treaty".
    pub object: Option<Span>,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, for exports that need one.
    pub cameo: Option<String>,
    /// Who acts; empty where the report does not say.
    pub actors: Vec<Party>,
    /// On whom.
    pub recipients: Vec<Party>,
    /// When; `None` where the report does not say.
    pub date: Option<DateMention>,
    /// Where.
    pub place: Option<PlaceMention>,
    /// Dead, wounded, arrested, money, weapons.
    pub figures: Vec<Figure>,
    /// Whether it happened.
    pub modality: Modality,
    /// According to whom; `None` for the outlet's own voice.
    pub attribution: Option<AccordingTo>,
    /// True for background that is told as history.
    pub historical: bool,
    /// Id of the codebook entry that fired.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f32,
}

impl Claim {
    /// PLOVER intensity of its type and mode.
    pub fn intensity(&self) -> f32 {
        self.kind.intensity(self.mode.as_deref())
    }
}

/// A name with whom or what it denotes, for the `entities` layer.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedEntity {
    /// The name as tagged, with its sentence's token range.
    pub entity: crate::sentence::Entity,
    /// Index of its sentence.
    pub sentence: usize,
    /// Canonical name, country and sectors, where known.
    pub party: Option<Party>,
}

/// A report with every layer found in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// The report.
    pub report: Report,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// Names.
    pub entities: Vec<NamedEntity>,
    /// Temporal expressions.
    pub dates: Vec<DateMention>,
    /// Place names.
    pub places: Vec<PlaceMention>,
    /// Reported statements.
    pub attributions: Vec<Attribution>,
    /// Claims in text order by sentence, the main clause first.
    pub claims: Vec<Claim>,
    /// What the reader must know.
    pub warnings: Vec<Warning>,
}
