//! Event and Comparison: the claims that tell of one happening, and the same laid side by side.

use crate::{claim::Party, span::Span};

/// A claim's place in the set of annotations: report index, claim index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// Index of the annotation.
    pub report: usize,
    /// Index in its claims.
    pub claim: usize,
}

/// Claims, from one or many reports, that tell of one happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique in one output, in order of the first claim: `e1`, `e2`, …
    pub id: String,
    /// The claims in order.
    pub claims: Vec<ClaimRef>,
    /// Why each claim after the first was joined, for `demarche explain`.
    pub links: Vec<Link>,
}

/// Why a claim was joined to an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The claim that was joined.
    pub claim: ClaimRef,
    /// The claim that it fits best.
    pub with: ClaimRef,
    /// What they share: `actor IND`, `words [border] [closure]`.
    pub shared: Vec<String>,
    /// By how much there is more than a link needs.
    pub score: f32,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Slot {
    Actor,
    Recipient,
    Act,
    Object,
    Date,
    Time,
    Place,
    Killed,
    Injured,
    Number,
    Victims,
    Label,
    Quote,
    Reason,
    Status,
    Modality,
    AccordingTo,
}

/// How the values of a slot relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Both cannot be true.
    Contradicts,
    /// Worded or framed otherwise.
    Differs,
    /// One is more exact.
    Refines,
    /// One report gives both parties' account, another only one party's.
    OneSided,
    /// The parties contradict each other inside a report.
    Disputed,
}

impl Slot {
    /// The word in the contract's output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Act => "act",
            Self::Object => "object",
            Self::Date => "date",
            Self::Time => "time",
            Self::Place => "place",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Number => "number",
            Self::Victims => "victims",
            Self::Label => "label",
            Self::Quote => "quote",
            Self::Reason => "reason",
            Self::Status => "status",
            Self::Modality => "modality",
            Self::AccordingTo => "according_to",
        }
    }
}

impl Kind {
    /// The word in the contract's output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Differs => "differs",
            Self::Refines => "refines",
            Self::OneSided => "one-sided",
            Self::Disputed => "disputed",
        }
    }
}

/// What one report says in one slot, verbatim.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Index of the report.
    pub report: usize,
    /// The words.
    pub span: Span,
    /// What they mean, in a form that can be compared: a code, an ISO date, a number range, a lemma.
    pub value: String,
    /// Who says so; `None` for the outlet's own voice.
    pub according_to: Option<Party>,
    /// The claim it comes from.
    pub claim: ClaimRef,
}

/// One way in which reports (or the parties inside one) differ on an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Index of the event.
    pub event: usize,
    /// In what.
    pub slot: Slot,
    /// How.
    pub kind: Kind,
    /// The values side by side, one a report as a rule.
    pub values: Vec<Value>,
}

/// An event's claims side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// All values, slot by slot in the order of [`Slot`], within a slot by report.
    pub slots: Vec<(Slot, Vec<Value>)>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// Reports held in full that say nothing of the event.
    pub silent: Vec<usize>,
}
