//! Signs that can be told without colour.

use std::fmt;

use demarche_core::Kind;

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

/// Order of gravity, for the one sign that an event carries.
pub fn gravity(kind: Kind) -> u8 {
    match kind {
        Kind::Contradicts => 4,
        Kind::Disputed => 3,
        Kind::OneSided => 2,
        Kind::Differs => 1,
        Kind::Refines => 0,
    }
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
