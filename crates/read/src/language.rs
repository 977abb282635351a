//! In which language a text is.

/// ISO 639-1 code of the language of `text`, from its first 2 kB; `None` where there is too little to tell.
///
/// English is recognised by its most frequent words; any other text goes to a trigram model.
///
/// ```
/// use demarche_read::detect_language;
/// assert_eq!(detect_language("The ministers met in the capital to talk of a truce."), Some("en"));
/// assert_eq!(detect_language("Los ministros se reunieron ayer en la capital para hablar de una tregua que dure más de un mes."), Some("es"));
/// assert_eq!(detect_language("Hm."), None);
/// ```
pub fn detect_language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let share = english(head);
    if share >= 20 {
        return Some("en");
    }
    // A mark of another language keeps a report from being coded: some English words, and a headline of plain letters,
    // whose trigrams tell little, ask for a sure answer.
    let found = whatlang::detect(head)?;
    let headline = head.len() < 120 && head.is_ascii();
    let least = if share >= 6 || headline { 0.9 } else { 0.4 };
    if found.confidence() < least {
        return None;
    }
    two_letters(found.lang().code())
}

/// How many of a hundred words are among the most frequent of English; 0 for a few words.
fn english(text: &str) -> usize {
    const FREQUENT: &[&str] = &[
        "the", "of", "and", "to", "that", "with", "was", "for", "by", "his", "has", "have", "said", "were", "from",
        "it", "this", "which", "are", "its", "had", "not", "their", "on", "an", "be", "is", "at", "they", "who",
    ];
    let (mut words, mut frequent) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        frequent += usize::from(FREQUENT.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if words < 8 { 0 } else { frequent * 100 / words }
}

/// ISO 639-1 for the ISO 639-3 codes that have one.
fn two_letters(code: &str) -> Option<&'static str> {
    let codes = demarche_data::LANGUAGES.lines().filter_map(|line| line.split_once(','));
    codes.into_iter().find(|&(three, _)| three == code).map(|(_, two)| two)
}

/// The code in front of a language tag: `en` of `en-GB`; `None` for what is no tag.
pub fn tag(given: &str) -> Option<String> {
    let code = given.trim().split(['-', '_']).next().unwrap_or("");
    let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    fits.then(|| two_letters(&code.to_lowercase()).map_or_else(|| code.to_lowercase(), String::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hindi_urdu_and_french_are_told_apart() {
        assert_eq!(detect_language("भारत और पाकिस्तान के बीच तनाव बढ़ गया है और दोनों देशों ने बातचीत रोक दी है।"), Some("hi"));
        assert_eq!(
            detect_language("پاکستان اور بھارت کے درمیان کشیدگی بڑھ گئی ہے اور دونوں ممالک نے بات چیت روک دی ہے۔"),
            Some("ur")
        );
        assert_eq!(
            detect_language("Le ministre a déclaré que les deux pays avaient rompu leurs relations."),
            Some("fr")
        );
    }

    #[test]
    fn a_headline_of_foreign_names_is_not_foreign() {
        for text in
            ["Georgian police dispersed protesters outside parliament.", "Qatari mediators met Hamas negotiators."]
        {
            assert!(matches!(detect_language(text), None | Some("en")), "{text}");
        }
    }

    #[test]
    fn tags_are_cut_to_their_code() {
        assert_eq!(tag("en-GB").as_deref(), Some("en"));
        assert_eq!(tag("eng").as_deref(), Some("en"));
        assert_eq!(tag("English, mostly"), None);
    }
}
