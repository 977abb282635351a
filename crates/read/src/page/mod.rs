//! An HTML page to a report: main text without the title, and what the page says of itself.

mod about;
mod address;
mod boilerplate;
mod date;
mod dom;
mod forms;
mod main_text;
mod shown;

use std::borrow::Cow;

use demarche_core::Report;

use crate::ReadError;

/// The article of a page.
pub fn page(html: &str) -> Result<Report, ReadError> {
    let page = dom::parse(html);
    let linked = about::linked(&page);
    let title = about::title(&page, &linked);
    let text = main_text::main_text(&page, title.as_deref(), linked.body.as_deref());
    // A page that scripts would fill may hold its text in its metadata, or at least what it is about.
    let told = linked.body.as_deref().filter(|body| text.len() < 250 && body.len() > text.len()).map(about::tidy);
    let about = about::meta(&page, &["og:description", "description"]).filter(|_| text.is_empty()).map(about::unescape);
    let text = told.or(about).unwrap_or(text);
    if text.is_empty() {
        return Err(ReadError::NoArticle);
    }
    let canonical = page.links.iter().find(|(rel, _)| rel == "canonical").map(|(_, href)| href.clone());
    let address = canonical.or_else(|| about::meta(&page, &["og:url"]).map(str::to_owned));
    let outlet = about::meta(&page, &["og:site_name", "application-name"])
        .map(str::to_owned)
        .or_else(|| linked.publisher.clone());
    Ok(Report {
        published: date::published(&page, &linked, html),
        author: about::author(&page, &linked),
        title,
        outlet,
        url: address.filter(|url| url.starts_with("http")),
        language: page.language.clone().or_else(|| linked.language.clone()),
        text,
        ..Report::default()
    })
}

/// A piece of HTML as text, its paragraphs apart by an empty line.
pub fn fragment(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    main_text::everything(&dom::parse(&soften(html)))
}

/// Frames and objects become plain spans: in a feed what they hold is text, and many are never closed.
fn soften(html: &str) -> Cow<'_, str> {
    let lower = html.to_ascii_lowercase();
    if !lower.contains("<iframe") && !lower.contains("<object") {
        return Cow::Borrowed(html);
    }
    let (mut out, mut kept) = (String::new(), 0);
    for (at, _) in lower.match_indices('<') {
        let slash = usize::from(lower[at + 1..].starts_with('/'));
        let name = at + 1 + slash;
        if at >= kept && (lower[name..].starts_with("iframe") || lower[name..].starts_with("object")) {
            out.push_str(&html[kept..name]);
            out.push_str("span");
            kept = name + 6;
        }
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// A date or time in any form in use, the day before the month; RFC 3339.
pub fn date(text: &str) -> Option<String> {
    forms::read(text, false)
}

/// The same where it can be read in one way alone.
pub fn unmistakable(text: &str) -> Option<String> {
    forms::read(text, false).filter(|found| forms::read(text, true).as_ref() == Some(found))
}
