//! Markdown to a report: its words without marks, and what its front matter says. The only file that knows the parser.

use demarche_core::Report;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page;

/// The report of a Markdown file. Tables, code and pictures are no part of its text; a first heading is its title.
pub fn report(markdown: &str) -> Report {
    let mut report = Report::default();
    let (mut text, mut front): (String, Option<String>) = (String::new(), None);
    // Within these nothing is text.
    let mut silent = 0usize;
    let mut heading: Option<usize> = None;
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => front = Some(String::new()),
            Event::End(TagEnd::MetadataBlock(_)) => matter(&mut report, &front.take().unwrap_or_default()),
            Event::Start(Tag::Table(_) | Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => silent += 1,
            Event::End(TagEnd::Table | TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => {
                silent = silent.saturating_sub(1);
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(text.len()),
            Event::End(TagEnd::Heading(_)) => {
                let start = heading.take().unwrap_or(text.len());
                if report.title.is_none() && text[..start].trim().is_empty() {
                    report.title = Some(text[start..].trim().to_owned()).filter(|title| !title.is_empty());
                    text.truncate(start);
                }
                apart(&mut text);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::List(_)) => apart(&mut text),
            Event::Text(words) => match &mut front {
                Some(front) => front.push_str(&words),
                None if silent == 0 => text.push_str(&words),
                None => {}
            },
            Event::Code(words) if silent == 0 => text.push_str(&words),
            Event::SoftBreak if silent == 0 => text.push(' '),
            Event::HardBreak if silent == 0 => text.push('\n'),
            _ => {}
        }
    }
    text.trim().clone_into(&mut report.text);
    report
}

/// Ends a paragraph.
fn apart(text: &mut String) {
    if !text.is_empty() && !text.ends_with("\n\n") {
        let end = text.trim_end().len();
        text.truncate(end);
        text.push_str("\n\n");
    }
}

/// Takes `key: value` or `key = value` of a front matter.
fn matter(report: &mut Report, front: &str) {
    for line in front.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim().to_owned();
        if value.is_empty() {
            continue;
        }
        let slot = match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => &mut report.title,
            "author" => &mut report.author,
            "outlet" | "source" | "publisher" => &mut report.outlet,
            "url" | "canonical" => &mut report.url,
            "lang" | "language" => &mut report.language,
            "date" | "published" => {
                report.published = page::date(&value);
                continue;
            }
            _ => continue,
        };
        *slot = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        let found = report(
            "---\ntitle: \"Talks fail\"\ndate: 2025-05-01\nauthor: Ann Lee\n---\n\nThe *two* [ministers](https://example.org) left\nearly.\n\n\
             - One said **no**.\n- One said nothing.\n\n```\ncode\n```\n\n![map](map.png)\n\n## Reaction\n\nNone.\n",
        );
        assert_eq!(
            found.text,
            "The two ministers left early.\n\nOne said no.\n\nOne said nothing.\n\nReaction\n\nNone."
        );
        assert_eq!((found.title.as_deref(), found.published.as_deref()), (Some("Talks fail"), Some("2025-05-01")));
        assert_eq!(found.author.as_deref(), Some("Ann Lee"));
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let found = report("# Talks fail\n\nBoth left.");
        assert_eq!((found.title.as_deref(), found.text.as_str()), (Some("Talks fail"), "Both left."));
        assert_eq!(report("Plain words.").text, "Plain words.");
    }

    proptest! {
        #[test]
        fn no_markdown_panics(text in any::<String>(), marks in r"[#*_`\[\]()!>|\n: a-]{0,60}") {
            report(&text);
            report(&marks);
        }
    }
}
