//! Content addresses: SHA-256 over fields whose lengths are written before them.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// From the bytes of a column; `None` where they are not 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The first twelve hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Fields on their way into a digest. Two lists of fields with the same bytes but other borders differ.
///
/// ```
/// use demarche_store::hash::Fields;
/// let joined = Fields::new("x").text(Some("ab")).text(Some("c")).end();
/// assert_ne!(joined, Fields::new("x").text(Some("a")).text(Some("bc")).end());
/// assert_ne!(Fields::new("x").text(None).end(), Fields::new("x").text(Some("")).end());
/// ```
pub struct Fields(Sha256);

impl Fields {
    /// Begins; `what` keeps digests of different things apart.
    pub fn new(what: &str) -> Self {
        Self(Sha256::new()).bytes(what.as_bytes())
    }

    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a text, or that there is none.
    #[must_use]
    pub fn text(mut self, text: Option<&str>) -> Self {
        if let Some(text) = text {
            self.bytes(text.as_bytes())
        } else {
            self.0.update(u64::MAX.to_le_bytes());
            self
        }
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, number: i64) -> Self {
        self.0.update(number.to_le_bytes());
        self
    }

    /// The digest.
    pub fn end(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Bytes on their way into a digest, as they come: of a file.
#[derive(Default)]
pub struct Stream(Sha256);

impl Stream {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest.
    pub fn end(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_printed_as_64_hexadecimal_digits() {
        let digest = Fields::new("report").end();
        assert_eq!(digest.to_string().len(), 64);
        assert!(digest.to_string().starts_with(&digest.short()));
    }
}
