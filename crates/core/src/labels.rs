//! The labels of Universal Dependencies and the Penn tag set, as closed lists.

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!("`", $text, "`")] $variant),* }

        impl $name {
            /// Every label, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The label as the standard writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The label with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

labels! {
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

labels! {
    /// Dependency relation with its English subtypes (universaldependencies.org/en/dep), as in EWT and GUM 2.16.
    Relation {
        Punct = "punct",
        Case = "case",
        Det = "det",
        Nsubj = "nsubj",
        Root = "root",
        Advmod = "advmod",
        Amod = "amod",
        Obj = "obj",
        Obl = "obl",
        Conj = "conj",
        Nmod = "nmod",
        Cc = "cc",
        Mark = "mark",
        Compound = "compound",
        Aux = "aux",
        Cop = "cop",
        Advcl = "advcl",
        NmodPoss = "nmod:poss",
        Xcomp = "xcomp",
        AclRelcl = "acl:relcl",
        Flat = "flat",
        Ccomp = "ccomp",
        Acl = "acl",
        Parataxis = "parataxis",
        Nummod = "nummod",
        AuxPass = "aux:pass",
        Appos = "appos",
        NsubjPass = "nsubj:pass",
        Discourse = "discourse",
        OblUnmarked = "obl:unmarked",
        NmodUnmarked = "nmod:unmarked",
        CompoundPrt = "compound:prt",
        Expl = "expl",
        Fixed = "fixed",
        Iobj = "iobj",
        List = "list",
        Reparandum = "reparandum",
        OblAgent = "obl:agent",
        Dep = "dep",
        Csubj = "csubj",
        NmodDesc = "nmod:desc",
        NsubjOuter = "nsubj:outer",
        AdvclRelcl = "advcl:relcl",
        DetPredet = "det:predet",
        Vocative = "vocative",
        Goeswith = "goeswith",
        CcPreconj = "cc:preconj",
        Orphan = "orphan",
        Dislocated = "dislocated",
        CsubjPass = "csubj:pass",
        CsubjOuter = "csubj:outer",
    }
}

/// Penn Treebank tag with the additions of EWT, as a number into [`Xpos::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xpos(u8);

impl Xpos {
    /// Every tag, in the order of its number.
    pub const ALL: &'static [&'static str] = &[
        "NN", "IN", "DT", "NNP", "JJ", "PRP", ".", "RB", ",", "NNS", "VB", "CC", "VBP", "VBD", "VBZ", "VBN", "CD",
        "VBG", "TO", "PRP$", "MD", "UH", ":", "WDT", "-RRB-", "-LRB-", "WRB", "``", "''", "WP", "RP", "HYPH", "POS",
        "NNPS", "JJR", "JJS", "EX", "RBR", "FW", "SYM", "NFP", "ADD", "PDT", "GW", "$", "RBS", "LS", "AFX", "WP$",
        "XX",
    ];

    /// The tag as the treebank writes it.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self.0 as usize]
    }

    /// The tag with this name; `XX` for a name that is none.
    pub fn from_name(name: &str) -> Self {
        let found = Self::ALL.iter().position(|&tag| tag == name);
        Self(found.unwrap_or(Self::ALL.len() - 1) as u8)
    }
}

impl Relation {
    /// The label without its subtype: `nsubj` for `nsubj:pass`.
    pub fn universal(self) -> &'static str {
        let name = self.as_str();
        name.split_once(':').map_or(name, |(head, _)| head)
    }
}
