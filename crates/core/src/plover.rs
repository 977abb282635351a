//! The sixteen PLOVER event types, their modes, contexts, quads and intensities.
//!
//! Source: PLOVER codebook, draft 2.0 (Open Event Data Alliance). Intensities are the manual's scores by type and
//! mode; ACCUSE is printed there as 3 with modes from -2 to -3.5, a missing minus sign that is put back here.

macro_rules! types {
    ($($variant:ident $name:literal $quad:literal $score:literal [$($mode:literal $value:literal),*]),* $(,)?) => {
        /// What somebody does to somebody, at the level of PLOVER's event types.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventType { $(#[doc = $name] $variant),* }

        impl EventType {
            /// All types, from cooperation to conflict.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in capitals.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $name),* } }

            /// The type with this name in capitals.
            pub fn from_name(name: &str) -> Option<Self> { match name { $($name => Some(Self::$variant),)* _ => None } }

            /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
            pub const fn quad(self) -> u8 { match self { $(Self::$variant => $quad),* } }

            /// Modes of this type with their intensities.
            pub const fn modes(self) -> &'static [(&'static str, f32)] {
                match self { $(Self::$variant => &[$(($mode, $value)),*]),* }
            }

            /// Intensity of the type itself, -10 (conflict) to 10 (cooperation).
            pub const fn score(self) -> f32 { match self { $(Self::$variant => $score),* } }
        }
    };
}

types! {
    Agree "AGREE" 1 2.5 [],
    Consult "CONSULT" 1 2.5 ["visit" 4.0, "third-party" 1.0, "multilateral" 4.0, "phone" 1.5],
    Support "SUPPORT" 1 5.0 [],
    Concede "CONCEDE" 1 4.5 [],
    Cooperate "COOPERATE" 2 9.5 [],
    Aid "AID" 2 10.0 [],
    Retreat "RETREAT" 2 6.5 ["withdraw" 8.0, "release" 6.5, "disarm" 10.0, "ceasefire" 7.5, "access" 6.5, "resign" 4.5],
    Request "REQUEST" 3 0.0 ["assist" 0.5, "change" -1.0, "yield" -1.0, "meet" 0.0],
    Accuse "ACCUSE" 3 -3.0 ["disapprove" -2.0, "investigate" -3.5, "allege" -3.5],
    Reject "REJECT" 3 -2.0 ["assist" -1.5, "change" -2.0, "yield" -2.0, "meet" -2.0],
    Threaten "THREATEN" 3 -3.5 ["restrict" -3.0, "arrest" -3.5, "relations" -3.5, "expel" -3.5, "territory" -4.0,
        "violence" -3.5],
    Protest "PROTEST" 4 -5.0 ["demo" -5.0, "riot" -7.0, "strike" -5.0, "hunger" -4.5, "boycott" -4.5,
        "obstruct" -4.5, "vandalize" -5.0],
    Sanction "SANCTION" 4 -6.0 ["convict" -6.0, "expel" -5.5, "withdraw" -6.0, "discontinue" -6.0],
    Mobilize "MOBILIZE" 4 -5.5 ["troops" -6.5, "weapons" -6.5, "police" -5.5, "militia" -6.0],
    Coerce "COERCE" 4 -7.0 ["seize" -7.0, "restrict" -7.0, "censor" -6.5, "curfew" -6.5, "martial-law" -7.5,
        "arrest" -7.0, "deport" -7.0, "withhold" -7.0, "misinformation" -6.5, "cyber" -7.0],
    Assault "ASSAULT" 4 -9.0 ["abduct" -8.5, "beat" -7.5, "torture" -8.5, "sexual" -8.5, "targeted" -9.5,
        "destroy" -8.5, "primitive" -8.0, "firearms" -9.0, "explosives" -9.0, "suicide-attack" -9.5, "aerial" -9.5,
        "drone" -9.5, "heavy-weapons" -9.5, "crowd-control" -7.5, "unconventional" -10.0],
}

impl EventType {
    /// Intensity of the type in this mode; of the type alone where the mode is none of its own.
    ///
    /// ```
    /// use demarche_core::EventType;
    /// assert_eq!(EventType::Assault.intensity(Some("drone")), -9.5);
    /// assert_eq!(EventType::Consult.intensity(None), 2.5);
    /// ```
    pub fn intensity(self, mode: Option<&str>) -> f32 {
        let found = mode.and_then(|mode| self.modes().iter().find(|(name, _)| *name == mode));
        found.map_or(self.score(), |&(_, score)| score)
    }

    /// True for types that are words rather than deeds (quads 1 and 3).
    pub const fn verbal(self) -> bool {
        matches!(self.quad(), 1 | 3)
    }
}

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// PLOVER contexts (2023 manual, 37).
pub const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// PLOVER sector codes.
pub const SECTORS: &[&str] = &[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];
