//! Days that a page shows to its readers: on marked elements and in its lines, the nearest to the headline first.

use super::{
    dom::{Page, Time},
    forms::{LISTS, read},
};

/// Lines that are looked at for a day.
const LINES: usize = 600;
/// Bytes of a line in which a day may stand; it stands alone in a shorter one.
const LINE: usize = 160;
const ALONE: usize = 60;
/// A day above the headline is as far away as one so many times as far below it: a page's own clock stands above.
const ABOVE: usize = 3;
/// Nodes from the headline within which "published" is said of this article.
const OWN: usize = 400;
/// Nodes from the headline within which a `<time>` is of this article, whatever its address says.
const BESIDE: usize = 150;
/// A day in the text is as far away as a marked one so many times as far.
const UNMARKED: usize = 2;
/// Bytes of a line in which "published" begins, where it is said of the article.
const FRONT: usize = 24;
/// Share of a headline's words that are the title's.
const SAME: f64 = 0.6;

/// Elements that stand inside a line.
const INLINE: &[&str] = &["a", "abbr", "b", "em", "font", "i", "mark", "s", "small", "strong", "sub", "sup", "u"];

/// A page with its headline.
pub struct Shown<'a> {
    page: &'a Page,
    american: bool,
    headline: Option<usize>,
}

impl<'a> Shown<'a> {
    /// Finds the headline: of the headings the one most like the title.
    pub fn new(page: &'a Page, title: Option<&str>, american: bool) -> Self {
        let words = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_lowercase).collect::<Vec<_>>()
        };
        let title = words(title.unwrap_or(&page.title));
        let headings = page.nodes.iter().enumerate().filter(|(_, node)| matches!(node.name.as_str(), "h1" | "h2"));
        let mut best: Option<(f64, usize)> = None;
        for (at, node) in headings.take(200) {
            let text: Vec<&str> = page.nodes[at..node.end].iter().map(|node| node.text.as_str()).collect();
            let heading = words(&text.join(" "));
            let shared = heading.iter().filter(|word| title.contains(word)).count();
            let share = shared as f64 / heading.len().max(title.len() / 2).max(1) as f64;
            if shared > 1 && share >= SAME && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, at));
            }
        }
        Self { page, american, headline: best.map(|(_, at)| at) }
    }

    /// The day of an element with one of these words in its name or class; without words, of a `<time>`.
    pub fn marked(&self, words: &[String]) -> Option<String> {
        let fits = |time: &&Time| {
            let named = words.iter().any(|word| time.hint.contains(word.as_str()));
            (words.is_empty() && time.hint.starts_with("time") || named) && !time.tells_of_a_change()
        };
        let times = self.page.times.iter().filter(fits);
        self.nearest(times.filter_map(|time| Some((time.at, self.of(time)?))))
    }

    /// The day of a `<time>` beside the headline.
    pub fn beside(&self) -> Option<String> {
        let times = self.page.times.iter().filter(|time| time.hint.starts_with("time") && !time.tells_of_a_change());
        let near = times.filter(|time| self.headline.is_some() && self.far(time.at) <= BESIDE);
        self.nearest(near.filter_map(|time| Some((time.at, self.of(time)?))))
    }

    /// The time on a marked element that is of this day.
    pub fn of_day(&self, day: &str) -> Option<String> {
        let times = self.page.times.iter().filter(|time| !time.tells_of_a_change());
        times.filter_map(|time| self.of(time)).find(|found| found.starts_with(day))
    }

    /// Of all days that are shown the nearest to the headline; where there is none, of a `<time>`, of an element with
    /// "date" in its name, of the text.
    pub fn any(&self) -> Option<String> {
        let date = ["date".to_owned()];
        if self.headline.is_none() {
            return self.marked(&[]).or_else(|| self.marked(&date)).or_else(|| Some(self.in_text()?.1));
        }
        let named = |time: &&Time| time.hint.starts_with("time") || time.hint.contains("date");
        let times = self.page.times.iter().filter(named).filter(|time| !time.tells_of_a_change());
        let marked = times.filter_map(|time| Some((self.far(time.at), self.of(time)?)));
        let in_text = self.in_text().map(|(at, day)| (self.far(at) * UNMARKED, day));
        marked.chain(in_text).min_by_key(|(far, _)| *far).map(|(_, day)| day)
    }

    /// What an element says; one that shows both when it was published and when it was changed may carry the latter.
    fn of(&self, time: &Time) -> Option<String> {
        let both = LISTS.changes.iter().any(|word| time.shown.to_lowercase().contains(word.as_str()));
        let labelled = both.then(|| self.behind_label(&time.shown.to_lowercase())?.ok()).flatten();
        labelled.or_else(|| read(&time.value, self.american))
    }

    /// The day behind "published".
    pub fn labelled(&self) -> Option<String> {
        let lines: Vec<(usize, &str)> = self.lines().collect();
        let own = lines.iter().enumerate().filter(|(_, (at, _))| self.headline.is_none_or(|h| at.abs_diff(h) <= OWN));
        let found = own.filter(|(_, (_, text))| text.len() <= LINE).filter_map(|(i, &(at, text))| {
            let day = match self.behind_label(&text.to_lowercase())? {
                Ok(day) => day,
                // The label alone; the day is the next line.
                Err(()) => {
                    lines.get(i + 1).filter(|(_, next)| next.len() < ALONE).and_then(|(_, next)| self.read(next))?
                }
            };
            Some((at, day))
        });
        self.nearest(found)
    }

    /// The day behind a label of publication and before one of change; an error where nothing is behind it.
    fn behind_label(&self, lower: &str) -> Option<Result<String, ()>> {
        let behind = LISTS.labels.iter().find_map(|label| {
            let at = lower.find(label.as_str()).filter(|&at| at <= FRONT)?;
            let behind = &lower[at + label.len()..];
            let whole = !lower[..at].ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
            whole.then_some(behind)
        })?;
        let ends = LISTS.changes.iter().filter_map(|word| behind.find(word.as_str()));
        let behind = &behind[..ends.min().unwrap_or(behind.len())];
        if behind.len() < 6 && !behind.contains(char::is_alphanumeric) {
            return Some(Err(()));
        }
        let near: String = behind.chars().take(ALONE).collect();
        self.read(&near).map(Ok)
    }

    /// The day in the line nearest to the headline, at best one that stands alone, with its node.
    pub fn in_text(&self) -> Option<(usize, String)> {
        let dated = |text: &&(usize, &str)| text.1.len() <= LINE && text.1.contains(|c: char| c.is_ascii_digit());
        let mut before = String::new();
        let mut found = Vec::new();
        for line @ (at, text) in self.lines() {
            let lower = text.to_lowercase();
            let label = std::mem::replace(&mut before, lower.chars().take(40).collect());
            let other = |text: &str| LISTS.joined.iter().any(|word| text.starts_with(word.as_str()));
            let of_another = !label.contains(|c: char| c.is_ascii_digit()) && other(&label) || other(&lower);
            if !dated(&&line) || lower.contains('©') || lower.contains("copyright") || of_another {
                continue;
            }
            found.extend(self.read(text).map(|day| (at, day, text.len() < ALONE && self.block(at) <= LINE)));
        }
        let of = |alone: bool| {
            let some = found.iter().filter(move |(_, _, is)| *is == alone);
            some.map(|(at, day, _)| (*at, day.clone())).min_by_key(|(at, _)| self.far(*at))
        };
        of(true).or_else(|| of(false))
    }

    /// Bytes of the paragraph that a text stands in, as far as they count: a link in a paragraph is no line of its own.
    fn block(&self, at: usize) -> usize {
        let nodes = &self.page.nodes;
        let mut block = nodes[at].parent;
        while INLINE.contains(&nodes[block].name.as_str()) && block > 0 {
            block = nodes[block].parent;
        }
        let texts = nodes[block..nodes[block].end].iter().map(|node| node.text.trim().len());
        texts
            .scan(0, |sum, len| {
                (*sum <= LINE).then(|| {
                    *sum += len;
                    *sum
                })
            })
            .last()
            .unwrap_or(0)
    }

    /// Lines of text with their nodes: those about the headline, else the first.
    fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let start = self.headline.map_or(0, |at| at.saturating_sub(LINES));
        let nodes = self.page.nodes.iter().enumerate().skip(start);
        let texts = nodes.filter(|(_, node)| node.name.is_empty() && !node.text.trim().is_empty());
        texts.map(|(at, node)| (at, node.text.trim())).take(LINES)
    }

    fn read(&self, text: &str) -> Option<String> {
        read(text, self.american)
    }

    /// The day nearest to the headline; the first where there is none.
    fn nearest(&self, days: impl Iterator<Item = (usize, String)>) -> Option<String> {
        days.min_by_key(|(at, _)| self.far(*at)).map(|(_, day)| day)
    }

    /// How far a node is from the headline; all are as near where there is none.
    fn far(&self, at: usize) -> usize {
        match self.headline {
            Some(headline) if at >= headline => at - headline,
            Some(headline) => (headline - at) * ABOVE,
            None => 0,
        }
    }
}

impl Time {
    /// Whether it tells when the page was changed, and not when it came out.
    pub fn tells_of_a_change(&self) -> bool {
        // "entry-date published updated" is what blogs write where nothing was changed since.
        let class = ["modif", "update"].iter().any(|word| self.hint.contains(word))
            && !["publish", "pubdate", "article_date"].iter().any(|word| self.hint.contains(word));
        let shown = self.shown.trim_start().to_lowercase();
        class || LISTS.changes.iter().any(|word| shown.starts_with(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::dom, *};

    /// Any day, that behind a label, of a `<time>`, and of an element that is marked.
    struct Found {
        text: Option<String>,
        label: Option<String>,
        time: Option<String>,
        mark: Option<String>,
    }

    fn found(html: &str) -> Found {
        let page = dom::parse(html);
        let shown = Shown::new(&page, None, true);
        let day = |found: Option<String>| found.map(|found| found[..10].to_owned());
        let (text, label) = (day(shown.any()), day(shown.labelled()));
        Found { text, label, time: day(shown.marked(&[])), mark: day(shown.marked(&LISTS.marks)) }
    }

    #[test]
    fn the_day_on_which_somebody_joined_is_passed_over() {
        let html = "<p><b>Joined:</b> 18.09.2008, 05:56</p><p>Registered 3 May 2009</p><p>by Ann, 01.05.2025</p>";
        assert_eq!(found(html).text.as_deref(), Some("2025-05-01"));
    }

    #[test]
    fn the_clock_of_the_page_is_farther_from_the_headline_than_the_day_below_it() {
        let head =
            "<title>Talks fail in Geneva</title><div class=clock>May 9, 2025</div><nav><a>News</a><a>World</a></nav>";
        let html = format!("{head}<h1>Talks fail in Geneva</h1><p>By Ann</p><p>May 1, 2025</p><p>The envoys left.</p>");
        assert_eq!(found(&html).text.as_deref(), Some("2025-05-01"));
    }

    #[test]
    fn a_marked_clock_far_above_gives_way_to_a_day_below_the_headline() {
        let head = "<title>Talks fail in Geneva</title><div class=header-date>May 9, 2025</div>";
        let menu = "<a>News</a>".repeat(20);
        let html = format!("{head}{menu}<h1>Talks fail in Geneva</h1><p>/ 05:42 AM May 1, 2025</p>");
        assert_eq!(found(&html).text.as_deref(), Some("2025-05-01"));
    }

    #[test]
    fn what_is_called_published_outranks_what_is_called_updated() {
        let html = "<p>Fri 2 May 2025 18.08 CET</p><p>First published on Thu 1 May 2025 22.12 CET</p>";
        assert_eq!(found(html).label.as_deref(), Some("2025-05-01"));
        let html = "<b>Published:</b> <span>1 May 2025</span> <b>Updated:</b> <span>2 May 2025</span>";
        assert_eq!(found(html).label.as_deref(), Some("2025-05-01"));
        let html = "<time datetime='2025-05-02'>Posted: May 1, 2025 | Last Updated: May 2, 2025</time>";
        assert_eq!(found(html).time.as_deref(), Some("2025-05-01"));
        assert_eq!(found("<p>Nach einer Veröffentlichung vom 2. Mai 2025</p>").label, None);
        assert_eq!(found("<p>Published by nobody</p><p>Updated 2 May 2025</p>").label, None);
    }

    #[test]
    fn a_class_of_both_publication_and_change_is_of_publication() {
        let html = "<time class='entry-date published updated' datetime='2025-05-01'>May 1</time>";
        assert_eq!(found(html).mark.as_deref(), Some("2025-05-01"));
        let html = "<time class='updated' datetime='2025-05-02'>May 2</time>";
        assert_eq!(found(html).time, None);
    }

    #[test]
    fn an_attribute_for_programs_tells_the_day() {
        let html = "<span data-published='2025-05-01T09:30:00Z'>yesterday</span>";
        assert_eq!(found(html).mark.as_deref(), Some("2025-05-01"));
        let html = "<abbr class=published title='2025-05-01T09:30:00'>a week ago</abbr>";
        assert_eq!(found(html).mark.as_deref(), Some("2025-05-01"));
    }
}
