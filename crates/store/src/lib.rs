//! The lasting record: an archive in one SQLite file, and the file formats of event data.
//!
//! ```
//! use demarche_core::Report;
//! use demarche_store::{Archive, Coded, Stamp};
//! let mut archive = Archive::in_memory().unwrap();
//! let report = Coded { report: Report::from_text("a", "Talks failed."), claims: vec![] };
//! let stamp = Stamp { seen: "2025-05-01T09:00:00Z", coder: "0.1.0" };
//! assert_eq!(archive.add(&[report.clone()], stamp).unwrap().new, 1);
//! assert_eq!(archive.add(&[report], stamp).unwrap().held, 1);
//! ```

pub mod archive;
pub mod error;
pub mod export;
pub mod hash;
pub mod import;
pub mod record;
mod sqlite;

pub use archive::{Archive, Stamp};
pub use error::{Fault, Result, StoreError};
pub use hash::Digest;
pub use record::{Coded, Record};
