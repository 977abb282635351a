//! When a page was published, from what it says in its head, in its marks, in its address and in its text.

use demarche_core::Day;

use super::{
    about::Linked,
    address::{addresses, day as day_in, day_behind},
    dom::Page,
    forms::{LISTS, fits, iso_inside, read},
    shown::Shown,
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
    // No clock is more than twelve hours behind that of Greenwich, and none more than fourteen before it.
    let hour = moment.rem_euclid(86_400) / 3600;
    let near = |other: &str| {
        let other = Day::from_rfc3339(other)?;
        let days = other.number() - day.number();
        (days == -1 && hour < 12 || days == 1 && hour >= 10).then(|| other.to_string())
    };
    addresses(page).find_map(day_in).and_then(|other| near(&other))
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
    let named = ["datePublished", "dateCreated"].map(|key| page.scripts.iter().find_map(|script| keyed(script, key)));
    if let Some(found) = named.into_iter().flatten().next() {
        return Some(found);
    }
    // Of names that are in no list those that speak of it.
    let like = |word: &str| {
        let other = |name: &str| LISTS.other.iter().any(|word| name.contains(word.as_str()));
        let metas =
            page.metas.iter().filter(|(name, content)| name.contains(word) && !other(name) && content.len() <= 40);
        metas.into_iter().find_map(|(_, content)| read(content))
    };
    let shown = Shown::new(page, linked.headline.as_deref(), american);
    let in_address = || addresses(page).find_map(day_in);
    shown
        .marked(&["datepublished".to_owned()])
        .or_else(|| like("publi"))
        .or_else(|| meta(&LISTS.dated))
        .or_else(|| shown.marked(&LISTS.marks))
        .or_else(|| shown.labelled())
        .or_else(|| shown.beside())
        .or_else(|| in_address().map(|day| shown.of_day(&day).unwrap_or(day)))
        .or_else(|| like("date"))
        .or_else(|| shown.any())
        .or_else(|| linked.modified.iter().find_map(|text| read(text)))
        .or_else(|| meta(&LISTS.changed))
        .or_else(|| page.times.iter().find_map(|time| read(&time.value)))
        .or_else(|| in_scripts(html))
        .or_else(|| read(&page.title))
        .or_else(|| day_behind(page, html))
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

#[cfg(test)]
mod tests {
    use super::{super::dom::Time, *};

    #[test]
    fn a_time_in_utc_is_told_as_readers_are_told_it() {
        let meta = ("article:published_time".to_owned(), "2025-05-02T02:30:00Z".to_owned());
        let mut page = Page { metas: vec![meta], ..Page::default() };
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-02T02:30:00Z"));
        page.links = vec![("canonical".to_owned(), "https://post.example/2025/05/01/talks".to_owned())];
        assert_eq!(published(&page, &Linked::default(), "").as_deref(), Some("2025-05-01"));
        let shown = "May 1, 2025, 10:30 PM EDT".to_owned();
        page.times = vec![Time { value: shown.clone(), shown, hint: "time".to_owned(), at: 0 }];
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
}
