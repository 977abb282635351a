//! Text in, claims, events and comparisons out: the library under `demarche`.
//!
//! The stages, each one public function over plain types:
//!
//! ```text
//! bytes → Report → Sentence → Claim → Event → Comparison → Brief      and Event → Tension
//!         read     parse      code    link    compare      brief                  track
//! ```
//!
//! Nothing here opens a file, a socket, a clock or a thread.

pub mod brief;
pub mod claim;
pub mod code;
pub mod compare;
mod counted;
pub mod day;
pub mod error;
pub mod event;
pub mod labels;
pub mod ledger;
pub mod link;
pub mod numbers;
pub mod parse;
pub mod plover;
mod quick;
pub mod record;
pub mod report;
pub mod sentence;
pub mod span;
pub mod text;
pub mod track;
pub mod tree;
pub mod undated;
pub mod world;

pub use brief::{Brief, BriefEvent, brief, briefs};
pub use claim::{
    AccordingTo, Annotation, Attribution, Claim, DateMention, DatePrecision, Figure, Modality, NamedEntity, Party,
    PlaceMention, PlacePrecision, QuoteForm, Stance,
};
pub use code::code;
pub use compare::compare;
pub use day::Day;
pub use event::{ClaimRef, Comparison, Difference, Event, Kind, Link, Slot, Value};
pub use labels::{Relation, Upos, Xpos};
pub use ledger::{LedgerLine, ledger};
pub use link::{link, link_stories};
pub use parse::parse;
pub use plover::EventType;
pub use report::{Report, Warning};
pub use sentence::{Entity, EntityKind, Sentence, Token};
pub use span::Span;
pub use track::{Tension, Unit, track};
pub use tree::Tree;
