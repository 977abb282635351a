//! When a page was published, from what it says in its head, in its marks, in its address and in its text.

use demarche_core::Day;

use super::{
    about::Linked,
    dom::{Page, Time},
    forms::{LISTS, day_of, fits, iso_inside, read},
};
use crate::published::rfc3339;

/// The time of publication, as RFC 3339 date or time; `None` where the page does not tell.
pub fn published(page: &Page, linked: &Linked, html: &str) -> Option<String> {
    let found = surest(page, linked, html)?;
    Some(local(page, &found).unwrap_or(found))
}

/// A time that programs are told in UTC, as readers are told it: by the zone of a mark that means the same moment, else
/// by the day that a mark or the address gives for it.
fn local(page: &Page, found: &str) -> Option<String> {
    if !found.ends_with(['Z', 'z']) && !found.ends_with("+00:00") {
        return None;
    }
    let (day, moment) = (Day::from_rfc3339(found)?, moment(found)?);
    let marks = page.times.iter().filter(|time| !time.tells_of_a_change());
    let read: Vec<String> = marks
        .flat_map(|time| [&time.value, &time.shown])
        .filter(|text| text.len() <= 80)
        .filter_map(|text| read(text, true))
        .collect();
    let same = read
        .iter()
        .find(|other| !other.ends_with(['Z', 'z']) && self::moment(other).is_some_and(|at| (at - moment).abs() < 60));
    if let Some(same) = same {
        return Some(same.clone());
    }
    let near = |other: &str| {
        let other = Day::from_rfc3339(other)?;
        ((other.number() - day.number()).abs() == 1).then(|| other.to_string())
    };
    addresses(page).find_map(address).and_then(|other| near(&other))
}

/// Seconds since 1970 of a time with a zone.
fn moment(time: &str) -> Option<i64> {
    let day = Day::from_rfc3339(time)?.number();
    let number = |from: usize, to: usize| time.get(from..to).and_then(|digits| digits.parse::<i64>().ok());
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let second = time.get(16..17).filter(|mark| *mark == ":").and_then(|_| number(17, 19)).unwrap_or(0);
    let zone = time.get(16..)?.find(['Z', 'z', '+', '-']).map(|at| &time[16 + at..])?;
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign, rest @ ..] => {
            let digits: Vec<i64> =
                rest.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| i64::from(byte - b'0')).collect();
            let &[a, b, c, d] = digits.as_slice() else { return None };
            let seconds = (a * 10 + b) * 3600 + (c * 10 + d) * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        [] => return None,
    };
    Some(day * 86_400 + hour * 3600 + minute * 60 + second - offset)
}

impl Time {
    fn tells_of_a_change(&self) -> bool {
        let shown = self.shown.get(..12).unwrap_or(&self.shown).to_lowercase();
        ["modif", "update"].iter().any(|word| self.hint.contains(word)) || shown.starts_with("updated")
    }
}

fn surest(page: &Page, linked: &Linked, html: &str) -> Option<String> {
    let american = american(page);
    let read = |text: &str| read(text, american);
    if let Some(found) = linked.published.iter().find_map(|text| read(text)) {
        return Some(found);
    }
    let meta = |names: &[String]| {
        names.iter().find_map(|wanted| {
            let contents = page.metas.iter().filter(|(name, _)| name == wanted).map(|(_, content)| content);
            contents.into_iter().find_map(|content| read(content))
        })
    };
    if let Some(found) = meta(&LISTS.published) {
        return Some(found);
    }
    let marked = |words: &[String]| {
        page.times.iter().find_map(|time| {
            let named = words.iter().any(|word| time.hint.contains(word.as_str()));
            let fits = words.is_empty() && time.hint.starts_with("time") || named;
            (fits && !time.tells_of_a_change()).then(|| read(&time.value)).flatten()
        })
    };
    let named = ["datePublished", "dateCreated"].map(|key| page.scripts.iter().find_map(|script| keyed(script, key)));
    if let Some(found) = named.into_iter().flatten().next() {
        return Some(found);
    }
    marked(&["datepublished".to_owned()])
        .or_else(|| meta(&LISTS.dated))
        .or_else(|| marked(&LISTS.marks))
        .or_else(|| marked(&[]))
        .or_else(|| marked(&["date".to_owned()]))
        .or_else(|| addresses(page).find_map(address))
        .or_else(|| first_in_text(page, american))
        .or_else(|| linked.modified.iter().find_map(|text| read(text)))
        .or_else(|| meta(&LISTS.changed))
        .or_else(|| page.times.iter().find_map(|time| read(&time.value)))
        .or_else(|| in_scripts(html))
        .or_else(|| read(&page.title))
}

/// Whether `5/1` is the first of May on this page: it is English, and of no country that puts the day first.
fn american(page: &Page) -> bool {
    let host = |url: &str| Some(url.split_once("://")?.1.split(['/', ':', '?']).next()?.to_lowercase());
    let abroad = || {
        let mut hosts = addresses(page).filter_map(host);
        hosts.any(|host| LISTS.day_first.iter().any(|end| host.ends_with(end.as_str())))
    };
    match page.language.as_deref().map(str::to_lowercase).as_deref() {
        Some("en") | None => !abroad(),
        Some(code) => code.starts_with("en-us"),
    }
}

/// What the data of a page's scripts give under a usual name: `"publishDate":"2025-05-01…"`.
fn in_scripts(html: &str) -> Option<String> {
    LISTS.keys.iter().find_map(|key| keyed(html, key))
}

/// What follows `key` in the data of a script, even of one that cannot be read as a whole.
fn keyed(script: &str, key: &str) -> Option<String> {
    script.match_indices(key).take(50).find_map(|(at, _)| {
        let rest = script[at + key.len()..].trim_start_matches(['"', '\'', '\\', ' ']).strip_prefix(':')?;
        let rest = rest.trim_start_matches(['"', '\'', '\\', ' ']);
        let end = rest.find(['"', '\'', '\\', ',', '}', '<']).filter(|&end| end <= 40)?;
        rfc3339(&rest[..end]).or_else(|| iso_inside(&rest[..end])).filter(|found| fits(found))
    })
}

/// The addresses a page gives to itself.
fn addresses(page: &Page) -> impl Iterator<Item = &str> {
    let links = page.links.iter().filter(|(rel, _)| rel == "canonical").map(|(_, href)| href.as_str());
    links.chain(page.metas.iter().filter(|(name, _)| name == "og:url").map(|(_, content)| content.as_str()))
}

/// "/2025/05/01/", "/2025-05-01-", "/20250501".
fn address(url: &str) -> Option<String> {
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
    None
}

/// The first date in the page's text that stands in a short line: under the title as a rule.
fn first_in_text(page: &Page, american: bool) -> Option<String> {
    let lines = page.nodes.iter().filter(|node| node.name.is_empty() && !node.text.trim().is_empty());
    let mut loose = None;
    let mut label = String::new();
    for node in lines.take(600) {
        let text = node.text.trim();
        let before = std::mem::replace(&mut label, text.get(..40).unwrap_or(text).to_lowercase());
        if text.len() > 160 || !text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let lower = text.to_lowercase();
        let joined = |text: &str| LISTS.joined.iter().any(|word| text.starts_with(word.as_str()));
        if lower.contains('©')
            || lower.contains("copyright")
            || !before.contains(|c: char| c.is_ascii_digit()) && joined(&before)
            || joined(&lower)
        {
            continue;
        }
        if let Some(found) = read(text, american) {
            if text.len() < 60 {
                return Some(found);
            }
            loose = loose.or(Some(found));
        }
    }
    loose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_in_utc_is_told_as_readers_are_told_it() {
        let meta = ("article:published_time".to_owned(), "2025-05-02T02:30:00Z".to_owned());
        let mut page = Page { metas: vec![meta], ..Page::default() };
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-02T02:30:00Z"));
        page.links = vec![("canonical".to_owned(), "https://post.example/2025/05/01/talks".to_owned())];
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01"));
        let shown = "May 1, 2025, 10:30 PM EDT".to_owned();
        page.times = vec![Time { value: shown.clone(), shown, hint: "time".to_owned() }];
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01T22:30:00-04:00"));
    }

    #[test]
    fn the_data_of_a_script_serve_where_nothing_else_does() {
        let found = |html: &str| published(&Page::default(), &Linked::default(), html);
        assert_eq!(
            found("<script>x = {\"publishDate\": \"2025-05-01T09:30:00Z\"}").as_deref(),
            Some("2025-05-01T09:30:00Z")
        );
        assert_eq!(found("<script>x = {\"publishDate\": tomorrow}"), None);
    }

    #[test]
    fn what_a_page_shows_as_published_outranks_a_day_of_it_that_says_no_more() {
        let page = Page {
            metas: vec![("date".to_owned(), "2025-04-28".to_owned())],
            times: vec![Time {
                value: "2025-05-01".to_owned(),
                hint: "time datepublished".to_owned(),
                ..Time::default()
            }],
            ..Page::default()
        };
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01"));
    }

    #[test]
    fn a_day_is_read_out_of_broken_json_ld() {
        let page = Page {
            scripts: vec![r#"{"headline": "He said "no"", "datePublished": "2025-05-01T09:30:00Z"}"#.to_owned()],
            ..Page::default()
        };
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01T09:30:00Z"));
    }

    #[test]
    fn the_day_on_which_somebody_joined_is_passed_over() {
        let page = super::super::dom::parse(
            "<p><b>Joined:</b> 18.09.2008, 05:56</p><p>Registered 3 May 2009</p><p>by Ann, 01.05.2025</p>",
        );
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01"));
    }

    #[test]
    fn the_day_stands_first_where_the_country_puts_it_first() {
        let page = |url: &str, language: Option<&str>| Page {
            metas: vec![("date".to_owned(), "1/5/2025".to_owned()), ("og:url".to_owned(), url.to_owned())],
            language: language.map(str::to_owned),
            ..Page::default()
        };
        let day = |url: &str, language: Option<&str>| published(&page(url, language), &Linked::default(), "");
        assert_eq!(day("https://post.example.co.uk/talks", Some("en")).as_deref(), Some("2025-05-01"));
        assert_eq!(day("https://post.example.com/talks", Some("en-US")).as_deref(), Some("2025-01-05"));
        assert_eq!(day("https://post.example.com/talks", None).as_deref(), Some("2025-01-05"));
    }

    #[test]
    fn an_address_may_hold_the_day() {
        assert_eq!(address("https://example.org/world/2025/05/01/talks-fail").as_deref(), Some("2025-05-01"));
        assert_eq!(address("https://example.org/2025/world/talks-fail-20250501"), Some("2025-05-01".to_owned()));
        assert_eq!(address("https://example.org/1234/56/78"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_address_panics(url in ".*", digits in "(https?://)?[0-9./é-]{0,24}") {
            let _ = (address(&url), address(&digits));
        }
    }
}
