//! What stands around an article: the names that pages give to it, and the phrases it consists of.

use std::{collections::HashSet, sync::LazyLock};

use serde::Deserialize;

/// Where an element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Inside `<article>` or `<main>`.
    Article,
    /// Anywhere else.
    Page,
}

/// Lists of `crates/data/read/page.toml`.
#[derive(Deserialize)]
pub struct Lists {
    names: HashSet<String>,
    not_names: Vec<String>,
    openings: Vec<String>,
    credits: Vec<String>,
    /// How pages call the sentence under the headline.
    pub leads: Vec<String>,
    /// How pages call the element that holds the article.
    pub bodies: Vec<String>,
}

/// What pages consist of, by name.
pub static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(demarche_data::PAGE).expect("crates/data/read/page.toml"));

/// True for an element that is set apart by its name or hint.
pub fn is_aside(name: &str, hint: &str, place: Place) -> bool {
    match name {
        "nav" | "aside" | "form" | "figure" | "figcaption" | "button" | "select" | "textarea" | "dialog" | "menu"
        | "footer" | "label" | "input" | "video" | "audio" | "picture" | "time" | "canvas" => return true,
        "header" if place == Place::Page => return true,
        "body" | "html" | "main" | "article" => return false,
        _ => {}
    }
    hint.split_ascii_whitespace().any(|word| {
        if LISTS.names.contains(word) {
            return true;
        }
        let parts = || word.split(['-', '_', ':', '.']).filter(|part| !part.is_empty());
        parts().any(|part| LISTS.names.contains(part))
            && !parts().any(|part| LISTS.not_names.iter().any(|name| name == part))
    })
}

/// True for a line that is a label, a credit, an invitation, a bare date or a byline.
pub fn is_label(text: &str) -> bool {
    let lower = text.to_lowercase();
    let short = text.len() < 200;
    if short && LISTS.openings.iter().any(|opening| lower.starts_with(opening.as_str())) {
        return true;
    }
    if short && LISTS.credits.iter().any(|credit| lower.contains(credit.as_str())) && !text.ends_with('.')
        || lower.starts_with("http") && !text.contains(' ')
    {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 9
        && lower.starts_with("by ")
        && !text.ends_with('.')
        && words.iter().skip(1).all(|word| {
            word.starts_with(char::is_uppercase) || matches!(*word, "and" | "|" | "for" | "of" | "the" | "-" | "•")
        })
    {
        return true;
    }
    words.len() <= 10 && is_date(&words)
}

/// "December 21, 2023 1:42 PM EST", "Published Dec 19, 2023 • 3 min read".
fn is_date(words: &[&str]) -> bool {
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = words.iter().any(|word| {
        let word = word.to_lowercase();
        MONTHS.iter().any(|month| word.starts_with(month)) && word.len() <= 10
    });
    let year = words.iter().any(|word| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    });
    let verb =
        words.iter().any(|word| matches!(*word, "was" | "is" | "were" | "said" | "has" | "had" | "the" | "of" | "in"));
    month && year && !verb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_class_count_but_not_those_of_a_body() {
        assert!(is_aside("div", "c-related-links wide ", Place::Page));
        assert!(is_aside("p", "wp-caption-text ", Place::Page));
        assert!(!is_aside("div", "article-social-body ", Place::Page));
        assert!(!is_aside("div", "gradient adapted ", Place::Page));
    }

    #[test]
    fn labels_credits_and_dates_are_told_from_prose() {
        for label in [
            "Read more: talks fail",
            "By Jane Doe and John Roe",
            "May 1, 2025 9:30 AM",
            "Soldiers at the border. AP Photo/J. Doe",
            "Sign up for our newsletter",
        ] {
            assert!(is_label(label), "{label}");
        }
        for prose in [
            "By Friday both sides had left.",
            "Support for the treaty grew in May 2025, the ministry said in a statement on the talks.",
            "Talks failed in May 2025.",
        ] {
            assert!(!is_label(prose), "{prose}");
        }
    }
}
