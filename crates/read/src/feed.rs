//! RSS, RDF, Atom and JSON Feed to reports, one for each entry. The only file that knows the XML parser.
//!
//! Nothing is fetched, no document type is read and no entity of a document's own is expanded.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use demarche_core::Report;
use quick_xml::{
    events::{BytesStart, Event},
    name::ResolveResult,
    reader::NsReader,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{ReadError, encoding, finish, page};

/// The entries of a feed, and what ended it before its end.
#[derive(Debug, Default)]
pub struct Feed {
    /// In the order of the feed; those without title and text are empty.
    pub entries: Vec<Report>,
    /// Why there may be more than were read.
    pub broken: Option<ReadError>,
}

/// Names of elements, from `crates/data/read/feeds.toml`.
#[derive(Deserialize)]
struct Names {
    /// Prefix by which the names below call a namespace.
    namespaces: BTreeMap<String, String>,
    /// For each field of an entry the elements that give it, the surest first.
    entry: BTreeMap<String, Vec<String>>,
    /// The same for the feed.
    feed: BTreeMap<String, Vec<String>>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(demarche_data::FEEDS).expect("crates/data/read/feeds.toml"));

/// What an element holds.
#[derive(Clone, Debug, Default, PartialEq)]
struct Content {
    text: String,
    /// True where marks are letters, not HTML.
    plain: bool,
}

/// An entry, or the feed around it: what its elements hold, by their names.
#[derive(Debug, Default)]
struct Raw {
    held: BTreeMap<String, Content>,
    language: Option<String>,
}

impl Raw {
    /// The first of the elements of a field that is there, as text.
    fn field(&self, names: &BTreeMap<String, Vec<String>>, field: &str) -> Option<String> {
        self.fields(names, field).next()
    }

    fn fields<'a>(
        &'a self,
        names: &'a BTreeMap<String, Vec<String>>,
        field: &str,
    ) -> impl Iterator<Item = String> + 'a {
        let names = names.get(field).map_or(&[][..], Vec::as_slice);
        names.iter().filter_map(|name| Some(self.held.get(name)?.text())).filter(|text| !text.is_empty())
    }
}

impl Content {
    fn text(&self) -> String {
        if self.plain { self.text.split_whitespace().collect::<Vec<_>>().join(" ") } else { page::fragment(&self.text) }
    }
}

/// An element that is open.
struct Open {
    name: String,
    /// The name without its prefix, as it is written.
    local: String,
    language: Option<String>,
}

/// An element whose content is being taken.
struct Capture {
    /// Name under which it is kept.
    name: String,
    /// Elements open when it began.
    depth: usize,
    content: Content,
    /// True for base64.
    encoded: bool,
    /// True for HTML that is part of the XML: its references are those of the HTML.
    inline: bool,
}

/// The entries of a feed in RSS, Atom or JSON Feed, also of those that have no text but only an address.
///
/// ```
/// let feed = demarche_read::feed(b"<rss><channel><item><link>https://post.example/1</link></item></channel></rss>").unwrap();
/// assert_eq!(feed.entries[0].url.as_deref(), Some("https://post.example/1"));
/// assert_eq!(feed.entries[0].text, "");
/// ```
///
/// # Errors
/// When it is JSON, but no JSON Feed. What is no XML at all gives no entries.
pub fn feed(bytes: &[u8]) -> Result<Feed, ReadError> {
    let text = encoding::decode(bytes, true).text;
    if text.trim_start().starts_with('{') { json(&text) } else { Ok(xml(&text)) }
}

/// Reads RSS or Atom.
pub fn xml(xml: &str) -> Feed {
    let mut reader = NsReader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let (mut open, mut feed, mut entries): (Vec<Open>, Raw, Vec<Raw>) = (vec![], Raw::default(), vec![]);
    // Depth of the open entry.
    let mut within: Option<usize> = None;
    let mut capture: Option<Capture> = None;
    let mut out = Feed::default();
    // True where the document defines entities, which may grow without end.
    let mut laughs = false;
    loop {
        let before = reader.buffer_position();
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(found) => found,
            Err(error) => {
                out.broken = Some(broken(xml, before.max(reader.error_position()), &error.to_string(), entries.len()));
                break;
            }
        };
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let empty = matches!(event, Event::Empty(_));
                let name = canonical(&namespace, start);
                if let Some(capture) = &mut capture {
                    markup(&mut capture.content.text, &name, false);
                    if empty {
                        markup(&mut capture.content.text, &name, true);
                    }
                } else {
                    let attributes = attributes(start);
                    let attribute =
                        |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| &**value);
                    let language = attribute("xml:lang").map(str::to_owned);
                    if matches!(name.as_str(), "item" | "entry") && within.is_none() {
                        let inherited = open.iter().rev().find_map(|open| open.language.clone());
                        let mut raw = Raw { language: language.clone().or(inherited), ..Raw::default() };
                        if let Some(link) = attribute("rdf:about").or(attribute("href")) {
                            raw.held.insert("about".to_owned(), Content { text: link.to_owned(), plain: true });
                        }
                        entries.push(raw);
                        if !empty {
                            within = Some(open.len());
                        }
                    } else {
                        let path = within.map_or(1, |depth| depth + 1);
                        let raw = if within.is_some() { entries.last_mut() } else { Some(&mut feed) };
                        if let Some(raw) = raw {
                            capture = begin(raw, &open, path, within.is_some(), &name, &attribute);
                            if language.is_some()
                                && capture.as_ref().is_some_and(|capture| capture.name.starts_with("content"))
                            {
                                raw.language.clone_from(&language);
                            }
                        }
                        if name == "feed" || name == "rss" || name == "channel" {
                            feed.language = feed.language.take().or(language.clone());
                        }
                        if empty {
                            capture = None;
                        }
                    }
                    if !empty {
                        open.push(Open { name, local: start.local_name().as_ref().to_owned(), language });
                        continue;
                    }
                }
                if !empty && capture.is_some() {
                    open.push(Open {
                        name: String::new(),
                        local: start.local_name().as_ref().to_owned(),
                        language: None,
                    });
                }
            }
            Event::End(end) => {
                let name = end.local_name();
                // An end without a beginning is passed over; one further out closes all that was left open.
                let Some(at) = open.iter().rposition(|open| open.local == name.as_ref()) else { continue };
                open.truncate(at);
                if let Some(current) = &mut capture {
                    if open.len() > current.depth {
                        markup(&mut current.content.text, name.as_ref(), true);
                    } else if let Some(done) = capture.take() {
                        let raw = if within.is_some() { entries.last_mut() } else { Some(&mut feed) };
                        if let Some(raw) = raw {
                            keep(raw, done);
                        }
                    }
                }
                if within.is_some_and(|depth| open.len() <= depth) {
                    within = None;
                }
            }
            Event::Text(text) => {
                if let Some(capture) = &mut capture {
                    capture.content.text.push_str(&text);
                }
            }
            Event::CData(data) => {
                if let Some(capture) = &mut capture {
                    capture.content.text.push_str(&data);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(capture) = &mut capture {
                    if capture.inline {
                        capture.content.text.extend(["&", &name, ";"]);
                    } else {
                        reference(&mut capture.content, &name);
                    }
                }
            }
            Event::Eof => {
                if let Some(done) = capture.take()
                    && let Some(raw) = if within.is_some() { entries.last_mut() } else { Some(&mut feed) }
                {
                    keep(raw, done);
                }
                if let Some(open) = open.last() {
                    let what = format!("it ends within <{}>", open.local);
                    out.broken = Some(broken(xml, xml.len() as u64, &what, entries.len()));
                }
                break;
            }
            Event::DocType(ref kind) => laughs |= kind.contains("<!ENTITY"),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let outlet = feed.field(&NAMES.feed, "outlet");
    let language = feed.field(&NAMES.feed, "language").or(feed.language);
    out.entries = entries.iter().map(|raw| report(raw, outlet.as_deref(), language.as_deref())).collect();
    if let Some(first) = out.entries.first_mut().filter(|_| laughs) {
        let what = "the feed defines entities of its own (<!ENTITY …>), which are not expanded: where it uses them, &name; stands";
        finish::warn(first, what.to_owned());
    }
    out
}

/// What to do with an element that opens within an entry or the feed.
fn begin<'a>(
    raw: &mut Raw,
    open: &[Open],
    depth: usize,
    in_entry: bool,
    name: &str,
    attribute: &impl Fn(&str) -> Option<&'a str>,
) -> Option<Capture> {
    let parent = open.last().map_or("", |open| open.name.as_str());
    let names = if in_entry { &NAMES.entry } else { &NAMES.feed };
    let nested = if in_entry { open.len() > depth } else { !matches!(parent, "channel" | "feed" | "rss") };
    let mut name = Cow::Borrowed(name);
    if nested {
        // Of what lies deeper, only these are about the entry itself.
        match (parent, &*name) {
            ("author" | "atom:author" | "dc:creator", "name") => name = "author/name".into(),
            ("media:group", _) => {}
            _ => return None,
        }
    }
    if &*name == "link" {
        let relation = attribute("rel").unwrap_or("alternate");
        if relation == "alternate"
            && let Some(href) = attribute("href")
        {
            let html = attribute("type").is_none_or(|kind| kind.contains("html"));
            let slot = if html { "link" } else { "link/other" };
            let content = Content { text: href.trim().to_owned(), plain: true };
            raw.held.entry(slot.to_owned()).or_insert(content);
        }
        if attribute("rel").is_some() || attribute("href").is_some() {
            return None;
        }
    }
    if &*name == "guid" && attribute("ispermalink").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
        name = "guid/other".into();
    }
    let wanted = names.values().flatten().any(|known| *known == *name);
    let kind = attribute("type").unwrap_or("").trim().to_ascii_lowercase();
    let mode = attribute("mode").unwrap_or("").to_ascii_lowercase();
    let encoded = mode == "base64" || kind == "application/octet-stream";
    wanted.then(|| Capture {
        depth: open.len(),
        content: Content {
            text: String::new(),
            plain: matches!(kind.as_str(), "text" | "text/plain") && mode != "xml",
        },
        encoded,
        inline: kind.contains("xhtml") || mode == "xml" || &*name == "xhtml:body",
        name: name.into_owned(),
    })
}

/// Keeps what an element held: the first of its name, unless it was empty.
fn keep(raw: &mut Raw, done: Capture) {
    let mut content = done.content;
    if done.encoded {
        content.text = base64(&content.text).unwrap_or(content.text);
    }
    let held = raw.held.entry(done.name).or_default();
    if held.text.trim().is_empty() {
        *held = content;
    }
}

/// The report of an entry.
fn report(raw: &Raw, outlet: Option<&str>, language: Option<&str>) -> Report {
    let field = |name: &str| raw.field(&NAMES.entry, name);
    let title = field("title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    // The text in full where the feed has it; else its summary; else the headline.
    let longest = |name| {
        raw.fields(&NAMES.entry, name).fold(None, |best: Option<String>, text| {
            if best.as_ref().is_some_and(|best| best.len() >= text.len()) { best } else { Some(text) }
        })
    };
    let text = [longest("text"), longest("summary")].into_iter().flatten().max_by_key(String::len);
    let dates: Vec<String> = raw.fields(&NAMES.entry, "published").collect();
    // An address without a host is of the feed's own: whoever fetched the feed can tell it.
    let whole = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    let url = raw.fields(&NAMES.entry, "url").find(|url| whole(url));
    let url = url.or_else(|| raw.fields(&NAMES.entry, "url").find(|url| !url.contains(char::is_whitespace)));
    let mut report = Report {
        id: field("id").or_else(|| url.clone()).unwrap_or_default(),
        outlet: outlet.map(str::to_owned),
        published: dates.iter().find_map(|date| page::date(date)),
        author: field("author"),
        url,
        language: field("language").or_else(|| raw.language.clone()).or_else(|| language.map(str::to_owned)),
        text: text.or_else(|| title.clone()).unwrap_or_default(),
        title,
        ..Report::default()
    };
    if let (None, Some(given)) = (&report.published, dates.first()) {
        let message = format!("published {given:?} is no date that can be read; taken as unknown");
        finish::warn(&mut report, message);
    }
    report
}

/// Attributes with their names in lower case; 256 at most.
fn attributes(start: &BytesStart) -> Vec<(String, String)> {
    let mut all = start.attributes();
    all.with_checks(false);
    let found = all.take(256).flatten().map(|attribute| {
        let name = attribute.key.as_ref().to_ascii_lowercase();
        let mut content = Content::default();
        let mut rest = &*attribute.value;
        while let Some((before, after)) = rest.split_once('&') {
            content.text.push_str(before);
            if let Some((name, after)) = after.split_once(';').filter(|(name, _)| name.len() <= 10) {
                reference(&mut content, name);
                rest = after;
            } else {
                content.text.push('&');
                rest = after;
            }
        }
        content.text.push_str(rest);
        (name, content.text)
    });
    found.collect()
}

/// Appends what `&name;` stands for in XML; any other stays as it is, for HTML to know.
fn reference(content: &mut Content, name: &str) {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    });
    let letter = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number.and_then(char::from_u32).filter(|&c| c >= ' ' || c.is_whitespace()),
    };
    match letter {
        Some(letter) => content.text.push(letter),
        None => content.text.extend(["&", name, ";"]),
    }
}

/// An element's tag inside of HTML that was not escaped.
fn markup(text: &mut String, name: &str, end: bool) {
    let local = name.rsplit(':').next().unwrap_or(name);
    text.extend([if end { "</" } else { "<" }, local, ">"]);
}

/// The name of an element in lower case, its namespace called as [`NAMES`] does.
fn canonical(namespace: &ResolveResult, start: &BytesStart) -> String {
    let local = start.local_name().as_ref().to_ascii_lowercase();
    let prefix = match namespace {
        ResolveResult::Bound(uri) => {
            let uri = uri.as_ref().trim().trim_end_matches('/').to_ascii_lowercase();
            match NAMES.namespaces.get(&uri) {
                Some(prefix) => prefix.clone(),
                // A default namespace that nobody knows is the feed's own.
                None if start.name().prefix().is_none() => String::new(),
                None => "?".to_owned(),
            }
        }
        ResolveResult::Unknown(prefix) => prefix.to_ascii_lowercase(),
        ResolveResult::Unbound => String::new(),
    };
    if prefix.is_empty() { local } else { format!("{prefix}:{local}") }
}

fn broken(xml: &str, at: u64, what: &str, entries: usize) -> ReadError {
    let at = xml.floor_char_boundary(usize::try_from(at).unwrap_or(usize::MAX).min(xml.len()));
    let line = xml[..at].bytes().filter(|&byte| byte == b'\n').count() + 1;
    ReadError::Broken { what: what.to_owned(), line, kept: entries }
}

/// Undoes base64; `None` where it is none or gives no text.
fn base64(text: &str) -> Option<String> {
    let (mut bits, mut count, mut out) = (0u32, 0, vec![]);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    String::from_utf8(out).ok()
}

/// Reads JSON Feed.
pub fn json(text: &str) -> Result<Feed, ReadError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ReadError::Json(error.to_string()))?;
    let given = |value: &Value, key: &str| -> Option<String> {
        value.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let author = |value: &Value| {
        let one = value.get("authors").and_then(|authors| authors.get(0)).or_else(|| value.get("author"));
        given(one?, "name")
    };
    let items = value.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let entries = items.iter().map(|item| {
        let id =
            item.get("id").and_then(|id| id.as_str().map(str::to_owned).or_else(|| Some(id.as_i64()?.to_string())));
        let url = given(item, "url").or_else(|| given(item, "external_url"));
        let title = given(item, "title");
        let body =
            given(item, "content_text").or_else(|| given(item, "content_html").map(|html| page::fragment(&html)));
        Report {
            id: id.or_else(|| url.clone()).unwrap_or_default(),
            outlet: given(&value, "title"),
            author: author(item).or_else(|| author(&value)),
            published: ["date_published", "date_modified"].iter().find_map(|key| page::date(&given(item, key)?)),
            language: given(item, "language").or_else(|| given(&value, "language")),
            text: body.or_else(|| given(item, "summary")).or_else(|| title.clone()).unwrap_or_default(),
            url,
            title,
            ..Report::default()
        }
    });
    Ok(Feed { entries: entries.collect(), broken: None })
}
