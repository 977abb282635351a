//! HTML to a plain tree. The only file that knows the parser.

use std::borrow::Cow;

use dom_query::Document;

/// Elements and texts taken from a page; what comes after is left out.
const MOST_NODES: usize = 400_000;

/// Bytes and nodes of an element that shows a time and nothing else.
const MOST_SHOWN: usize = 400;

/// Attributes that a tag may have; the parser's time grows with their square.
const MOST_ATTRIBUTES: usize = 300;

/// One element or text of a page, in document order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Element name in lower case; empty for a text.
    pub name: String,
    /// The letters of a text.
    pub text: String,
    /// Class, id, role, `itemprop` and `data-*` names, in lower case, apart by blanks.
    pub hint: String,
    /// Index of the parent.
    pub parent: usize,
    /// One past the last node below it.
    pub end: usize,
    /// True where the page hides it.
    pub hidden: bool,
}

/// An element that tells a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Time {
    /// What its attribute says, else what it shows.
    pub value: String,
    /// What it shows.
    pub shown: String,
    /// Its name and its classes.
    pub hint: String,
    /// Index of its node.
    pub at: usize,
}

/// A page as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The body and all below it, in document order; a node's descendants follow it.
    pub nodes: Vec<Node>,
    /// `<meta>`: name (or property, itemprop, http-equiv) in lower case, and content.
    pub metas: Vec<(String, String)>,
    /// `<link>`: rel and href.
    pub links: Vec<(String, String)>,
    /// The content of every `application/ld+json` script.
    pub scripts: Vec<String>,
    /// `<time>` and elements whose name or attribute speaks of a date.
    pub times: Vec<Time>,
    /// `<title>`.
    pub title: String,
    /// `lang` of the root.
    pub language: Option<String>,
}

/// Reads a page. Whatever is given, there is a page; a text without a tag is its body.
pub fn parse(html: &str) -> Page {
    let document = Document::from(&*tame(html));
    let attribute = |node: &dom_query::NodeRef, name: &str| node.attr(name).map(|value| value.trim().to_owned());
    let mut page = Page {
        title: document.select("title").first().text().trim().to_owned(),
        language: document.select("html").attr("lang").map(|lang| lang.to_string()),
        ..Page::default()
    };
    for node in document.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| attribute(node, key));
        if let (Some(name), Some(content)) = (name, attribute(node, "content")) {
            page.metas.push((name.to_lowercase(), content));
        }
    }
    for node in document.select("link[rel][href]").nodes() {
        if let (Some(rel), Some(href)) = (attribute(node, "rel"), attribute(node, "href")) {
            page.links.push((rel.to_lowercase(), href));
        }
    }
    for node in document.select("script[type*=\"ld+json\"]").nodes() {
        page.scripts.push(node.text().to_string());
    }
    let Some(body) = document.body() else { return page };
    // Depth first with a stack of our own: pages nest deeper than ours may.
    let mut stack = vec![(body, 0usize, false)];
    let mut open: Vec<usize> = vec![];
    while let Some((node, parent, leave)) = stack.pop() {
        if leave {
            if let Some(index) = open.pop() {
                page.nodes[index].end = page.nodes.len();
            }
            continue;
        }
        if page.nodes.len() >= MOST_NODES {
            continue;
        }
        let index = page.nodes.len();
        if node.is_text() {
            let text = node.text().to_string();
            page.nodes.push(Node { text, parent, end: index + 1, ..Node::default() });
            continue;
        }
        let Some(name) = node.node_name() else { continue };
        let name = name.to_lowercase();
        if matches!(name.as_str(), "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "head")
        {
            continue;
        }
        let mut new = Node { name, parent, end: index + 1, ..Node::default() };
        for attr in node.attrs() {
            let (key, value) = (&*attr.name.local, attr.value.trim());
            match key {
                "class" | "id" | "role" | "itemprop" | "data-testid" | "data-component" | "data-type" => {
                    new.hint.push_str(&value.to_lowercase());
                    new.hint.push(' ');
                }
                "hidden" => new.hidden = true,
                "aria-hidden" => new.hidden |= value == "true",
                "style" => {
                    let style = value.replace(' ', "").to_lowercase();
                    new.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
                }
                "datetime" => {
                    page.times.push(Time { value: value.to_owned(), at: index, ..Time::default() });
                }
                // "data-published", "data-timestamp", "data-date".
                _ if key.starts_with("data-") && value.len() <= 40 && speaks_of_a_time(key) => {
                    let hint = key.to_lowercase();
                    page.times.push(Time { value: value.to_owned(), hint, at: index, ..Time::default() });
                }
                _ => {}
            }
        }
        if new.name == "time" || speaks_of_a_time(&new.hint) {
            let value = ["datetime", "content", "title"].iter().find_map(|key| attribute(&node, key));
            // A title is as often words for those who point at it.
            let value = value.filter(|value| value.contains(|c: char| c.is_ascii_digit())).unwrap_or_default();
            let shown = short_text(&node);
            let value = if value.is_empty() { shown.clone() } else { value };
            page.times.retain(|known| !(known.hint.is_empty() && known.value == value));
            if value.len() <= 80 && !value.is_empty() {
                page.times.push(Time { value, shown, hint: format!("{} {}", new.name, new.hint), at: index });
            }
        }
        page.nodes.push(new);
        open.push(index);
        stack.push((node, parent, true));
        for child in node.children_it(true) {
            if child.is_text() || child.is_element() {
                stack.push((child, index, false));
            }
        }
    }
    page
}

/// What an element shows, where it is no more than a line: whoever nests such elements by the thousand is not read
/// again and again.
fn short_text(node: &dom_query::NodeRef) -> String {
    let mut out = String::new();
    let mut stack = vec![*node];
    for _ in 0..MOST_SHOWN {
        let Some(node) = stack.pop() else { return out.trim().to_owned() };
        if node.is_text() {
            out.push_str(&node.text());
        }
        stack.extend(node.children_it(true));
        if out.len() > MOST_SHOWN {
            break;
        }
    }
    String::new()
}

/// Whether a class or the name of an attribute tells of a time.
fn speaks_of_a_time(hint: &str) -> bool {
    ["date", "publi", "posted", "timestamp"].iter().any(|word| hint.contains(word))
}

/// The page with no tag of more than [`MOST_ATTRIBUTES`] attributes: those after go.
fn tame(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(next) = html[at..].find('<') {
        at += next + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let script = html[at..].get(..6).is_some_and(|name| name.eq_ignore_ascii_case("script"));
        let (mut quote, mut count, mut cut) = (0u8, 0, None);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                _ if quote != 0 => quote = if byte == quote { 0 } else { quote },
                b'>' => break,
                b'"' | b'\'' if bytes[at - 1] == b'=' => quote = byte,
                b' ' | b'\t' | b'\n' | b'\r' | b'/' => {
                    count += usize::from(!bytes[at - 1].is_ascii_whitespace());
                    if count > MOST_ATTRIBUTES && cut.is_none() {
                        cut = Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if let Some(cut) = cut {
            out.push_str(&html[kept..cut]);
            kept = at;
        }
        if script && let Some(end) = html.get(at..).and_then(|rest| rest.find("</script")) {
            at += end;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        let many: String = (0..80_000).map(|i| [" a", &i.to_string(), "=\"x > y\""].concat()).collect();
        let html = format!("<p class=first{many}>Talks failed.</p><p>Both left.</p>");
        let tamed = tame(&html);
        assert!(tamed.len() < 10_000 && tamed.ends_with(">Talks failed.</p><p>Both left.</p>"));
        assert!(matches!(tame("<p title='a > b'>Talks <b>failed</b>."), Cow::Borrowed(_)));
    }

    #[test]
    fn ten_thousand_elements_in_each_other_are_a_page() {
        let html = format!("{}Talks failed.", "<div><span>".repeat(5_000));
        let page = parse(&html);
        assert!(page.nodes.iter().any(|node| node.text == "Talks failed."));
    }

    proptest! {
        #[test]
        fn no_page_panics(text in any::<String>(), marks in "(<|>|/|p|script|td|table|!--|svg|=|\"|'| |é|&amp;|&#0;|a){0,60}") {
            for html in [text, marks] {
                let page = parse(&html);
                prop_assert!(page.nodes.iter().enumerate().all(|(i, node)| node.end > i && node.parent <= i));
            }
        }
    }
}
