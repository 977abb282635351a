//! What a page says of itself: JSON-LD, Open Graph, plain `<meta>`.

use serde_json::Value;

use super::dom::Page;

/// What the page's JSON-LD says of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// `headline`.
    pub headline: Option<String>,
    /// `articleBody`.
    pub body: Option<String>,
    /// `datePublished`, then `dateCreated`; those of the article first.
    pub published: Vec<String>,
    /// `dateModified`.
    pub modified: Vec<String>,
    /// `publisher.name`.
    pub publisher: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// The names of `author`, apart by commas.
    pub author: Option<String>,
}

/// Reads every JSON-LD script that can be read.
pub fn linked(page: &Page) -> Linked {
    let mut out = Linked::default();
    let mut other = Linked::default();
    for script in &page.scripts {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
        // Line ends inside strings are frequent and not allowed.
        let cleaned: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(cleaned.trim().trim_end_matches(';')) else { continue };
        let mut left = 2000;
        visit(&value, &mut out, &mut other, &mut left);
    }
    out.published.extend(other.published);
    out.modified.extend(other.modified);
    out.publisher = out.publisher.or(other.publisher);
    out
}

fn visit(value: &Value, article: &mut Linked, other: &mut Linked, left: &mut usize) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, article, other, left)),
        Value::Object(fields) => {
            let kinds = match fields.get("@type") {
                Some(Value::String(kind)) => kind.clone(),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                _ => String::new(),
            };
            let is_article = ["Article", "BlogPosting", "ForumPosting", "Report", "LiveBlog", "Review"]
                .iter()
                .any(|kind| kinds.contains(kind));
            let is_page = kinds.contains("WebPage") || kinds.is_empty();
            if is_article || is_page {
                let into = if is_article { &mut *article } else { &mut *other };
                let text =
                    |key: &str| fields.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
                into.headline = into.headline.take().or_else(|| text("headline").map(unescape));
                if text("articleBody").map_or(0, str::len) > into.body.as_ref().map_or(0, String::len) {
                    into.body = text("articleBody").map(unescape);
                }
                into.published
                    .extend(["datePublished", "dateCreated"].iter().filter_map(|key| text(key)).map(str::to_owned));
                into.modified.extend(text("dateModified").map(str::to_owned));
                into.language = into.language.take().or_else(|| text("inLanguage").map(str::to_owned));
                into.author = into.author.take().or_else(|| authors(fields.get("author")?));
                let publisher =
                    fields.get("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str);
                into.publisher = into.publisher.take().or_else(|| publisher.map(unescape));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = fields.get(key) {
                    visit(inner, article, other, left);
                }
            }
        }
        _ => {}
    }
}

/// Entities of HTML that titles and bylines are written with.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&apos;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
    ("&rsquo;", "’"),
    ("&lsquo;", "‘"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&#8217;", "’"),
    ("&#8216;", "‘"),
    ("&#8220;", "“"),
    ("&#8221;", "”"),
    ("&#8211;", "–"),
    ("&#8212;", "—"),
    ("&#160;", " "),
];
/// A text from metadata with its paragraphs apart by an empty line.
pub fn tidy(body: &str) -> String {
    let lines = body.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Names of one author or many, told as texts or as objects.
fn authors(value: &Value) -> Option<String> {
    let many = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let name = |author: &Value| author.as_str().or_else(|| author.get("name")?.as_str()).map(unescape);
    let mut names: Vec<String> = many.iter().filter_map(name).filter_map(|name| person(&name)).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A name without "by" before it; `None` for an address or a line that is no name.
fn person(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let words = words.strip_prefix(&["By"]).or_else(|| words.strip_prefix(&["by"])).unwrap_or(&words);
    let name = words.join(" ");
    let fits = !name.is_empty() && name.len() <= 120 && !name.contains("://") && !name.starts_with(['@', '/', '#']);
    fits.then_some(name)
}

/// Who wrote the article: JSON-LD, then `<meta>`.
pub fn author(page: &Page, linked: &Linked) -> Option<String> {
    const NAMES: &[&str] =
        &["author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator"];
    linked.author.clone().or_else(|| NAMES.iter().find_map(|name| person(meta(page, &[name])?)))
}

/// Undoes the HTML that many pages leave in their metadata: tags and the most frequent entities.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if tag && let Some(end) = rest.find('>').filter(|&end| end < 400) {
            out.push(if rest.starts_with("<p") || rest.starts_with("<br") || rest.starts_with("</p") {
                '\n'
            } else {
                ' '
            });
            rest = &rest[end + 1..];
            continue;
        }
        if let Some((name, letter)) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
            out.push_str(letter);
            rest = &rest[name.len()..];
        } else {
            let width = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..width]);
            rest = &rest[width..];
        }
    }
    out.push_str(rest);
    out
}

/// Content of the first `<meta>` with one of these names.
pub fn meta<'p>(page: &'p Page, names: &[&str]) -> Option<&'p str> {
    names.iter().find_map(|wanted| {
        let found = page.metas.iter().find(|(name, content)| name == wanted && !content.trim().is_empty());
        found.map(|(_, content)| content.trim())
    })
}

/// The headline: JSON-LD, Open Graph, the one `<h1>`, the page's title without its site.
pub fn title(page: &Page, linked: &Linked) -> Option<String> {
    let site = meta(page, &["og:site_name"]).unwrap_or("");
    let headings: Vec<String> = page
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.name == "h1")
        .map(|(i, node)| {
            let texts = page.nodes[i..node.end].iter().map(|node| node.text.as_str());
            texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|heading| heading.len() > 8)
        .collect();
    let shared = meta(page, &["og:title", "twitter:title"]).map(|title| without_site(title, site));
    let document = without_site(&page.title, site);
    // The heading that the other titles agree with is the headline as readers see it.
    let agreed = headings.iter().find(|heading| {
        [shared.as_deref(), linked.headline.as_deref(), Some(document.as_str())]
            .into_iter()
            .flatten()
            .any(|other| alike(heading, other))
    });
    let found = agreed.cloned().or(linked.headline.clone()).or(shared).or_else(|| headings.first().cloned());
    found
        .or(Some(document))
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|title| !title.is_empty())
}

/// Half of the words of one are in the other.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.iter().filter(|word| b.contains(word)).count();
    common * 2 > a.len().max(b.len())
}

/// "Talks fail | Example News" without the site.
fn without_site(title: &str, site: &str) -> String {
    let title = title.trim();
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && (!site.is_empty() && alike(tail, site)
                || tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4)
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_is_read_through_graphs_and_line_ends() {
        let page = Page {
            scripts: vec![
                "{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2024-01-01\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"Talks &amp; tanks\",\
                 \"datePublished\":\"2025-05-01\",\"author\":[{\"name\":\"By Ann Lee\"},\"Bo Roe\",\"https://x.example\"],\"articleBody\":\"One.\nTwo.\",\"publisher\":{\"name\":\"Example News\"}}]}"
                    .to_owned(),
                "{broken".to_owned(),
            ],
            ..Page::default()
        };
        let found = linked(&page);
        assert_eq!(found.headline.as_deref(), Some("Talks & tanks"));
        assert_eq!(found.published, ["2025-05-01", "2024-01-01"]);
        assert_eq!(found.publisher.as_deref(), Some("Example News"));
        assert_eq!(found.author.as_deref(), Some("Ann Lee, Bo Roe"));
    }

    #[test]
    fn the_site_is_no_part_of_the_title() {
        assert_eq!(without_site("Envoys leave as talks fail | Example News", ""), "Envoys leave as talks fail");
        assert_eq!(without_site("India - Pakistan talks fail", ""), "India - Pakistan talks fail");
    }
}
