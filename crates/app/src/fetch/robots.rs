//! robots.txt, as RFC 9309 has it: what a site asks programs not to fetch.

/// What a site asks of us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Patterns with whether they allow.
    rules: Vec<(String, bool)>,
    /// Seconds between two requests, where the site says so.
    pub delay: Option<i64>,
}

/// Bytes of a file that are read; the standard asks for 500 KiB at least.
const MOST: usize = 512 << 10;

/// Name by which sites may call us.
const NAME: &str = "demarche";

impl Robots {
    /// The group for us by name, else that for all.
    pub fn read(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(MOST)];
        let (mut ours, mut all): (Option<Self>, Self) = (None, Self::default());
        // Names of the group that is being read, and whether a rule came after them.
        let (mut named, mut ruled) = (Vec::<String>::new(), false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if ruled {
                    (named, ruled) = (vec![], false);
                }
                named.push(value.to_ascii_lowercase());
                continue;
            }
            ruled = true;
            let us = named.iter().any(|name| name.starts_with(NAME));
            if !us && !named.iter().any(|name| name == "*") {
                continue;
            }
            let group = if us { ours.get_or_insert_with(Self::default) } else { &mut all };
            match field.as_str() {
                "allow" | "disallow" if !value.is_empty() => group.rules.push((value.to_owned(), field == "allow")),
                "crawl-delay" => group.delay = value.parse::<f64>().ok().map(|delay| delay.clamp(0.0, 3600.0) as i64),
                _ => {}
            }
        }
        ours.unwrap_or(all)
    }

    /// True where the longest pattern that fits allows it, or none fits.
    pub fn allows(&self, path: &str) -> bool {
        let path = if path.is_empty() { "/" } else { path };
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// `*` is anything, `$` at the end is the end. Walks back to the last star alone: linear in practice, never exponential.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (n, part) in parts.iter().enumerate() {
        if n + 1 == parts.len() && whole {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pattern_wins_and_allow_wins_a_tie() {
        let robots = Robots::read("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\nCrawl-delay: 7\n");
        assert!(robots.allows("/") && robots.allows("/a/b/c") && robots.allows("/x.pdf?y"));
        assert!(!robots.allows("/a/c") && !robots.allows("/x.pdf"));
        assert_eq!(robots.delay, Some(7));
    }

    #[test]
    fn a_group_that_names_us_counts_alone() {
        let text = "User-agent: other\nUser-agent: Demarche\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n";
        assert!(Robots::read(text).allows("/yes"));
        assert!(!Robots::read(text).allows("/no/x"));
        assert!(!Robots::read("User-agent: other\nAllow: /\nUser-agent: *\nDisallow: /\n").allows("/x"));
        assert!(Robots::read("").allows("/x") && Robots::read("\u{FEFF}nonsense").allows("/x"));
    }

    #[test]
    fn many_stars_take_no_longer() {
        let pattern = "/*a".repeat(2000);
        assert!(!fits(&format!("{pattern}b$"), &"/a".repeat(5000)));
    }
}
