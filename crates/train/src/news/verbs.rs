//! Verbs of the news and their forms.

/// A verb with its forms, its objects and what else may follow.
pub struct Verb {
    pub lemma: String,
    pub past: String,
    pub participle: String,
    pub doubled: bool,
    pub objects: Vec<String>,
    pub complements: Vec<String>,
}

/// Forms of a verb that a clause may ask for.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    Past,
    Perfect,
    Present,
    Bare,
    Gerund,
    /// After "had", whose helper is put by hand.
    Participle,
}

/// A verb as `news.toml` writes it: its head, its objects, its complements.
pub fn verb(head: &str, objects: &str, complements: &str) -> Verb {
    let mut forms = head.split_whitespace();
    let first = forms.next().unwrap_or_default();
    let lemma = first.trim_end_matches('!').to_owned();
    let doubled = first.ends_with('!');
    let regular = regular(&lemma, doubled);
    let past = forms.next().map_or(regular, str::to_owned);
    let participle = forms.next().map_or_else(|| past.clone(), str::to_owned);
    let parts = |text: &str| text.split('/').map(str::to_owned).collect();
    Verb { lemma, past, participle, doubled, objects: parts(objects), complements: parts(complements) }
}

/// A verb with its forms alone.
pub fn simple(head: &str) -> Verb {
    verb(head, "-", "-")
}

/// The regular past.
fn regular(lemma: &str, doubled: bool) -> String {
    let vowel_before_y = lemma.len() > 1 && lemma[..lemma.len() - 1].ends_with(['a', 'e', 'o', 'u']);
    match lemma {
        _ if doubled => format!("{lemma}{}ed", &lemma[lemma.len() - 1..]),
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ if lemma.ends_with('y') && !vowel_before_y => format!("{}ied", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}ed"),
    }
}

pub fn third(lemma: &str) -> String {
    match lemma {
        _ if lemma.ends_with(['s', 'x', 'z', 'o']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        _ if lemma.ends_with('y') && !lemma.ends_with("ay") && !lemma.ends_with("oy") => {
            format!("{}ies", &lemma[..lemma.len() - 1])
        }
        _ => format!("{lemma}s"),
    }
}

pub fn gerund(lemma: &str, doubled: bool) -> String {
    match lemma {
        _ if doubled || matches!(lemma, "cut" | "shut" | "hit" | "quit" | "begin" | "win" | "run") => {
            format!("{lemma}{}ing", &lemma[lemma.len() - 1..])
        }
        _ if lemma.ends_with('e') && !lemma.ends_with("ee") => format!("{}ing", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}ing"),
    }
}

pub fn singular(noun: &str) -> String {
    match noun {
        _ if noun.ends_with("ies") => format!("{}y", &noun[..noun.len() - 3]),
        _ if noun.ends_with("ches") || noun.ends_with("shes") => noun[..noun.len() - 2].to_owned(),
        "people" => "person".to_owned(),
        "gunmen" => "gunman".to_owned(),
        _ => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}
