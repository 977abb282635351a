//! The day in an address: of the page, of where it sends its readers, of its picture.

use super::{
    dom::Page,
    forms::{day_of, month},
};

/// Characters between "location" and the address that a script sends its readers to.
const NEAR: usize = 24;

/// The addresses a page gives to itself, the surest first.
pub fn addresses(page: &Page) -> impl Iterator<Item = &str> {
    let links =
        |wanted: &'static str| page.links.iter().filter(move |(rel, _)| rel == wanted).map(|(_, href)| href.as_str());
    let metas = |wanted: &'static str| {
        page.metas.iter().filter(move |(name, _)| name == wanted).map(|(_, content)| content.as_str())
    };
    let own = links("canonical").chain(metas("og:url")).chain(metas("twitter:url")).chain(links("amphtml"));
    own.chain(links("alternate"))
}

/// "/2025/05/01/", "/2025-05-01-", "/20250501", "/2025/may/01/".
pub fn day(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/')?.1;
    let runs: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    for (i, run) in runs.iter().enumerate() {
        if let (4, Some(month), Some(day)) = (run.len(), runs.get(i + 1), runs.get(i + 2))
            && let Some(found) = day_of(run, month, day)
        {
            return Some(found);
        }
        if run.len() == 8
            && let Some(found) = day_of(&run[..4], &run[4..6], &run[6..])
        {
            return Some(found);
        }
    }
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|part| day_of(part[0], &month(part[1])?.to_string(), part[2]))
}

/// The day of the address that a page without text sends its readers to, or that it asks them to share; of its picture
/// where there is no other.
pub fn day_behind(page: &Page, html: &str) -> Option<String> {
    let sent = html.match_indices("location").take(50).find_map(|(at, word)| {
        let rest = &html[at + word.len()..];
        let start = rest.find("http").filter(|&start| start <= NEAR)?;
        day(rest[start..].split(['"', '\'', ' ', '<']).next()?)
    });
    let refreshed = || page.metas.iter().find(|(name, _)| name == "refresh").and_then(|(_, content)| day(content));
    let shared = || {
        let links = ["u=http", "url=http"].into_iter().flat_map(|key| html.match_indices(key).take(50));
        links.into_iter().find_map(|(at, _)| {
            let address = html[at..].split(['"', '\'', ' ', '<', '&']).next()?;
            day(&address.replace("%3A", ":").replace("%2F", "/").replace("%3a", ":").replace("%2f", "/"))
        })
    };
    let picture = || {
        let pictures = page.metas.iter().filter(|(name, _)| matches!(name.as_str(), "og:image" | "twitter:image"));
        pictures.into_iter().find_map(|(_, address)| day(address))
    };
    sent.or_else(refreshed).or_else(shared).or_else(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_hold_the_day() {
        assert_eq!(day("https://example.org/world/2025/05/01/talks-fail").as_deref(), Some("2025-05-01"));
        assert_eq!(day("https://example.org/2025/world/talks-fail-20250501").as_deref(), Some("2025-05-01"));
        assert_eq!(day("https://example.org/world/2025/may/01/talks-fail").as_deref(), Some("2025-05-01"));
        assert_eq!(day("https://example.org/1234/56/78"), None);
    }

    #[test]
    fn a_page_that_only_sends_its_readers_on_tells_the_day_of_where_to() {
        let found = |html: &str| day_behind(&Page::default(), html);
        let html = "<script>window.location.href = \"https://post.example/20250501/talks\"</script>";
        assert_eq!(found(html).as_deref(), Some("2025-05-01"));
        let shared = "<a href='https://share.example/?u=https%3A%2F%2Fpost.example%2F2025%2F05%2F01%2Ftalks'>";
        assert_eq!(found(shared).as_deref(), Some("2025-05-01"));
        assert_eq!(found("<p>The location is https</p>"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_address_panics(url in ".*", digits in "(location|u=)?(https?://)?[0-9./é%-]{0,24}") {
            let _ = (day(&url), day(&digits), day_behind(&Page::default(), &digits));
        }
    }
}
