//! The entries of a feed, RSS or Atom: address, headline, day. Read by scanning, so that a broken feed gives what it has
//! and nothing in it is expanded or fetched.

/// What a feed says of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// As written, maybe relative.
    pub url: String,
    /// Headline.
    pub title: Option<String>,
    /// RFC 3339, where the feed says it in a form that is known.
    pub published: Option<String>,
}

/// The entries that have an address, in the order of the feed.
pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let text = String::from_utf8_lossy(bytes);
    let mut out = Vec::new();
    let mut rest: &str = &text;
    let name = if open(rest, "item").is_some() { "item" } else { "entry" };
    while let Some(start) = open(rest, name) {
        rest = &rest[start..];
        let end = rest.find(&format!("</{name}>")).unwrap_or(rest.len());
        out.extend(entry(&rest[..end]));
        rest = &rest[end..];
    }
    out
}

fn entry(item: &str) -> Option<Entry> {
    let url = content(item, "link")
        .filter(|url| !url.is_empty())
        .or_else(|| href(item))
        .or_else(|| content(item, "guid").or_else(|| content(item, "id")).filter(|url| url.starts_with("http")))?;
    let day = ["pubDate", "published", "dc:date", "updated"].iter().find_map(|name| content(item, name));
    Some(Entry { url, title: content(item, "title"), published: day.and_then(|day| published(&day)) })
}

/// Where the inside of the next element with this name begins.
fn open(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find('<')?;
        let inside = &text[at + 1..];
        if let Some(after) = inside.strip_prefix(name)
            && after.starts_with(|c: char| c == '>' || c.is_whitespace())
        {
            return Some(at + 1 + inside.find('>')? + 1);
        }
        from = at + 1;
    }
}

fn content(item: &str, name: &str) -> Option<String> {
    let start = open(item, name)?;
    let end = item[start..].find(&format!("</{name}>"))?;
    let inside = item[start..start + end].trim();
    let inside = inside.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")).unwrap_or(inside).trim();
    Some(decoded(inside)).filter(|text| !text.is_empty())
}

/// Atom: `<link rel="alternate" href="…"/>`; a link without relation is the page too.
fn href(item: &str) -> Option<String> {
    let links = item.split("<link").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}="))?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(decoded(rest[1..].split(quote).next()?.trim()))
    };
    let mut pages = links.filter(|tag| attribute(tag, "rel").is_none_or(|rel| rel == "alternate"));
    pages.find_map(|tag| attribute(tag, "href")).filter(|url| !url.is_empty())
}

fn decoded(text: &str) -> String {
    let mut out = text.to_owned();
    for (name, letter) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")]
    {
        out = out.replace(name, letter);
    }
    out
}

/// RFC 3339 as it is; RFC 822 (`Thu, 01 May 2025 09:00:00 +0200`) turned into it.
fn published(text: &str) -> Option<String> {
    if let Some(known) = demarche_read::rfc3339(text) {
        return Some(known);
    }
    let mut words = text.rsplit(',').next()?.split_whitespace();
    let day: u8 = words.next()?.parse().ok()?;
    let month = words.next()?.get(..3)?.to_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = months.iter().position(|name| *name == month)? + 1;
    let year: i32 = words.next()?.parse().ok()?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    let zone = |zone: &str| match zone {
        "GMT" | "UT" | "UTC" | "Z" => "Z".to_owned(),
        zone if zone.len() == 5 && zone.is_ascii() => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => String::new(),
    };
    let time = words.next().map(|time| format!("{date}T{time}{}", words.next().map(zone).unwrap_or_default()));
    time.and_then(|time| demarche_read::rfc3339(&time)).or_else(|| demarche_read::rfc3339(&date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_and_atom_give_addresses_headlines_and_days() {
        let rss = b"<rss><channel><title>T</title><item><title><![CDATA[A & B]]></title><link> https://a.example/1?x=1&amp;y=2 </link>\
            <pubDate>Thu, 01 May 2025 09:00:00 +0200</pubDate></item><item><guid>https://a.example/2</guid></item><item></item>";
        let found = entries(rss);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].url, "https://a.example/1?x=1&y=2");
        assert_eq!(found[0].title.as_deref(), Some("A & B"));
        assert_eq!(found[0].published.as_deref(), Some("2025-05-01T09:00:00+02:00"));
        let atom = b"<feed><entry><link rel='self' href='/s'/><link href=\"/p\"/><updated>2025-05-01T09:00:00Z</updated></entry></feed>";
        let found = entries(atom);
        assert_eq!((found[0].url.as_str(), found[0].published.as_deref()), ("/p", Some("2025-05-01T09:00:00Z")));
    }

    #[test]
    fn what_is_broken_gives_what_it_has() {
        assert!(entries(b"<item><item><item>").is_empty());
        assert!(entries(&[0xFF, b'<', b'i']).is_empty());
        assert_eq!(entries(b"<item><link>/a</link>").len(), 1);
        assert!(entries("<item ".repeat(20_000).as_bytes()).is_empty());
    }
}
