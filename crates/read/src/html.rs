//! An HTML page to a report: main text without the title, and what the page says of itself.

use demarche_core::Report;
use dom_smoothie::{Config, Readability, TextMode};

use crate::{ReadError, published::rfc3339};

/// Elements allowed in a page; a page with more is a trap.
const MOST_ELEMENTS: usize = 200_000;

/// The article of a page.
pub fn page(html: &str) -> Result<Report, ReadError> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut reader = Readability::new(html, None, Some(config)).map_err(|_| ReadError::NoArticle)?;
    let article = reader.parse().map_err(|_| ReadError::NoArticle)?;
    let known = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Report {
        title: known(Some(article.title)),
        outlet: known(article.site_name),
        url: known(article.url),
        published: article.published_time.as_deref().and_then(rfc3339),
        language: known(article.lang),
        text: article.text_content.trim().to_owned(),
        ..Report::default()
    })
}
