//! Marks in a sentence: `<s>` for the source, `<t>` for the target.

use crate::Span;

/// A sentence with its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sentence.
    pub text: String,
    /// The source; `None` where only the target is marked.
    pub source: Option<Span>,
    /// The target; `None` where only the source is marked.
    pub target: Option<Span>,
}

/// Takes `<s>…</s>` and `<t>…</t>` out of a sentence. One of the two may be missing: a party that is not named.
///
/// # Errors
/// When nothing is marked, or a mark is not closed.
///
/// ```
/// use demarche_core::code::pairs::unmark;
/// let marked = unmark("<s>Ghana</s> praised <t>Togo</t>.").unwrap();
/// assert_eq!(marked.text, "Ghana praised Togo.");
/// assert_eq!(marked.target.unwrap().of(&marked.text), "Togo");
/// assert_eq!(unmark("<s>Ghana</s> declared war.").unwrap().target, None);
/// assert!(unmark("Ghana praised Togo.").is_err());
/// ```
pub fn unmark(marked: &str) -> Result<Marked, String> {
    const MARKS: [&str; 4] = ["<s>", "</s>", "<t>", "</t>"];
    let mut text = String::with_capacity(marked.len());
    let mut places = [None; 4];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(mark) = MARKS.iter().position(|mark| rest.starts_with(mark)) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        // A second mark of the same kind is left out of account.
        places[mark].get_or_insert(text.len());
        rest = &rest[MARKS[mark].len()..];
    }
    text.push_str(rest);
    let span = |open: usize| -> Result<Option<Span>, String> {
        match (places[open], places[open + 1]) {
            (None, None) => Ok(None),
            (Some(start), Some(end)) if start < end => Ok(Some(Span::new(start, end))),
            (Some(_), Some(_)) => Err(format!("nothing between {} and {}", MARKS[open], MARKS[open + 1])),
            (None, _) => Err(format!("no {} in the marked sentence", MARKS[open])),
            (_, None) => Err(format!("no {} in the marked sentence", MARKS[open + 1])),
        }
    };
    let (source, target) = (span(0)?, span(2)?);
    if source.is_none() && target.is_none() {
        return Err("no <s> and no <t> in the marked sentence".to_owned());
    }
    Ok(Marked { text, source, target })
}
