//! `demarche watch`: asks feeds for news, fetches what is new, codes it and keeps it in the archive, for years.
//!
//! What was learned is in the archive before anything else is asked: a feed's state with the pages it named, a page's
//! report with the page done, the next time for a host before the host is asked. Killed anywhere, it goes on from there.

mod status;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_core::Report;
use demarche_read::{Input, Options};
use demarche_store::{
    Archive, Coded, Stamp,
    archive::{Feed, Page},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    archive::{add, named},
    counted, json_line, sink,
};
use crate::{
    clock,
    coder::coder,
    fetch::{
        client::{self, Allowed, Answer, Client},
        robots::Robots,
    },
    render::visible,
    stop::{self, Stopped},
    warn,
};

/// Watch feeds: fetch what is new politely, code it, keep it in an archive
#[derive(Args)]
#[command(after_help = "\
FEEDS is TOML:

  every = \"30m\"              # how often a feed is asked
  pace = \"5s\"                # between two requests to one host, at least
  revisit = [\"6h\", \"24h\"]   # a page is read again after that, for what was changed in silence

  [[feed]]
  url = \"https://post.example/world.rss\"
  outlet = \"Post\"

Examples:
  demarche watch feeds.toml                 until it is stopped
  demarche watch feeds.toml --once          ask what is due and end, for cron
  demarche watch feeds.toml --status        when each feed was last read, what waits, what failed")]
#[allow(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub struct Watch {
    /// The feeds.
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    /// The archive; made where there is none.
    #[arg(long, value_name = "FILE", default_value = "demarche.db")]
    archive: PathBuf,
    /// Ask what is due, then end.
    #[arg(long)]
    once: bool,
    /// Print the table of feeds and end.
    #[arg(long, conflicts_with = "once")]
    status: bool,
    /// Also addresses of the own network: this machine, private and shared ranges; not link-local ones.
    #[arg(long)]
    allow_private: bool,
    /// Also this host, wherever its name leads, a link-local address included; may be repeated.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Write JSON.
    #[arg(long)]
    json: bool,
    /// Say nothing but warnings and errors.
    #[arg(long, short)]
    quiet: bool,
}

/// The file of feeds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    #[serde(default = "half_an_hour")]
    every: Span,
    #[serde(default = "five_seconds")]
    pace: Span,
    #[serde(default)]
    revisit: Vec<Span>,
    feed: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    url: String,
    outlet: Option<String>,
}

/// Seconds, written as `90s`, `30m`, `6h`, `2d`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
struct Span(i64);

/// A length of time as it stands in the file; a number alone tells no unit, which is told.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Number(f64),
}

impl TryFrom<Written> for Span {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let text = match written {
            Written::Text(text) => text,
            Written::Number(number) => number.to_string(),
        };
        let hint = || format!("{text:?} is no length of time; write 90s, 30m, 6h or 2d");
        let unit = match text.chars().last() {
            Some('s') => 1,
            Some('m') => 60,
            Some('h') => 3600,
            Some('d') => 86_400,
            _ => return Err(hint()),
        };
        let number = text[..text.len() - 1].parse::<i64>().ok().filter(|number| *number >= 0).ok_or_else(hint)?;
        Ok(Self(number.saturating_mul(unit).min(MOST)))
    }
}

/// Ten years.
const MOST: i64 = 3650 * 86_400;

fn half_an_hour() -> Span {
    Span(1800)
}

fn five_seconds() -> Span {
    Span(5)
}

/// How often in a row a page may fail before it is given up.
const TRIES: u32 = 5;
/// How long a site's robots.txt holds, in seconds.
const ROBOTS: i64 = 86_400;
/// How long a run with `--once` waits for one host; longer waits are for the next run.
const WAIT: i64 = 120;

impl Watch {
    /// Watches, or prints the table.
    pub fn run(self) -> Result<()> {
        let archive = self.archive.clone();
        self.watch().map_err(|error| named(error, &archive))
    }

    fn watch(self) -> Result<()> {
        if self.status {
            return status::print(&Archive::read(&self.archive)?, self.json);
        }
        let plan = Plan::read(&self.feeds)?;
        let mut watcher = Watcher {
            archive: Archive::create(&self.archive)?,
            client: Client::new(Allowed { private: self.allow_private, hosts: self.allow_host }),
            coder: coder(),
            plan,
            said: !self.quiet,
            json: self.json,
            kept: 0,
        };
        stop::listen();
        loop {
            let next = watcher.round(self.once)?;
            if stop::asked() {
                let kept = counted(watcher.kept, "report");
                let kept =
                    format!("{kept} of this run kept in {}, pages that wait are written down", self.archive.display());
                let stopped = Stopped { kept };
                if self.once {
                    return Err(stopped.into());
                }
                // It runs until somebody stops it: that is no fault.
                warn::note(&stopped.to_string());
                return Ok(());
            }
            if self.once {
                return Ok(());
            }
            let wait = (next - clock::seconds()).clamp(1, 60);
            stop::sleep(Duration::from_secs(wait as u64));
        }
    }
}

impl Plan {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let plan: Self = toml::from_str(&text)
            .with_context(|| format!("{} is no list of feeds (see `demarche help watch`)", path.display()))?;
        if plan.feed.is_empty() {
            bail!("{} names no feed; add one as [[feed]] with a url", path.display());
        }
        if let Some(wrong) = plan.feed.iter().find(|feed| client::host(&feed.url).is_none()) {
            bail!("{:?} is no address of a feed; write it with https://", wrong.url);
        }
        Ok(plan)
    }
}

struct Watcher {
    archive: Archive,
    client: Client,
    coder: String,
    plan: Plan,
    said: bool,
    json: bool,
    /// Reports kept in this run.
    kept: usize,
}

/// What became of a request.
enum Asked {
    /// Not before this time.
    Wait(i64),
    /// The site asks programs not to.
    Forbidden,
    Answer(Answer),
    Failed(String),
}

impl Watcher {
    /// Asks all that is due; returns when the next thing is.
    fn round(&mut self, once: bool) -> Result<i64> {
        let began = clock::seconds();
        let mut next = began + 3600;
        for n in 0..self.plan.feed.len() {
            while !stop::asked() {
                let feed = self.archive.feed(&self.plan.feed[n].url)?;
                if feed.next > began {
                    next = next.min(feed.next);
                    break;
                }
                let Some(until) = self.poll(n, feed)? else { break };
                // The host was asked for its robots.txt, or for another feed, a moment ago.
                if until - clock::seconds() > WAIT {
                    next = next.min(until);
                    break;
                }
                pause(until);
            }
        }
        loop {
            let waiting = self.archive.waiting(500)?;
            let due: Vec<Page> = waiting.into_iter().filter(|page| page.next.is_some_and(|at| at <= began)).collect();
            let (mut asked, mut soonest) = (false, i64::MAX);
            for page in due {
                if stop::asked() {
                    return Ok(next);
                }
                match self.visit(page)? {
                    None => asked = true,
                    Some(until) => soonest = soonest.min(until),
                }
            }
            if asked {
                continue;
            }
            if soonest - clock::seconds() > WAIT || soonest == i64::MAX || stop::asked() {
                next = next.min(soonest);
                break;
            }
            pause(soonest);
        }
        if let (false, Some(page)) = (once, self.archive.waiting(1)?.first()) {
            next = next.min(page.next.unwrap_or(next));
        }
        Ok(next)
    }

    /// Asks for an address, as politely as its host wishes.
    fn ask(&mut self, url: &str, etag: Option<&str>, modified: Option<&str>) -> Result<Asked> {
        let Some(name) = client::host(url) else { return Ok(Asked::Failed("it is no address of the web".to_owned())) };
        let now = clock::seconds();
        let mut host = self.archive.host(&name)?;
        if host.next > now {
            return Ok(Asked::Wait(host.next));
        }
        let origin = format!("{}://{name}", url.split("://").next().unwrap_or("https"));
        let known = host.robots.as_deref().filter(|_| host.robots_until > now).map(Robots::read);
        let pace = self.plan.pace.0.max(known.as_ref().and_then(|robots| robots.delay).unwrap_or(0));
        // Before the request, so that a crash does not make us ask again at once.
        host.next = now + pace;
        self.archive.keep_host(&host)?;
        let Some(robots) = known else {
            // Where it cannot be had we do not know what the site wishes, so nothing is fetched.
            let text = match self.client.get(&format!("{origin}/robots.txt"), None, None) {
                Ok(answer) if matches!(answer.status, 429 | 503) => {
                    host.next = now + answer.retry_after.unwrap_or(60).max(pace);
                    self.archive.keep_host(&host)?;
                    return Ok(Asked::Failed(busy(answer.status, &name, host.next)));
                }
                Ok(answer) if answer.status == 200 => String::from_utf8_lossy(&answer.body).into_owned(),
                Ok(answer) if (400..500).contains(&answer.status) => String::new(),
                Ok(answer) => return Ok(Asked::Failed(format!("the server answers {} for robots.txt", answer.status))),
                Err(error) => return Ok(Asked::Failed(error.to_string())),
            };
            host.robots = Some(text);
            host.robots_until = now + ROBOTS;
            self.archive.keep_host(&host)?;
            return Ok(Asked::Wait(host.next));
        };
        if !robots.allows(url.get(origin.len()..).unwrap_or("/")) {
            // Nothing was asked, so nobody has to wait.
            host.next = now;
            self.archive.keep_host(&host)?;
            return Ok(Asked::Forbidden);
        }
        Ok(match self.client.get(url, etag, modified) {
            Ok(answer) if matches!(answer.status, 429 | 503) => {
                host.next = now + answer.retry_after.unwrap_or(60).max(pace);
                self.archive.keep_host(&host)?;
                Asked::Failed(busy(answer.status, &name, host.next))
            }
            Ok(answer) => Asked::Answer(answer),
            Err(error) => Asked::Failed(error.to_string()),
        })
    }

    /// Asks a feed; a time where it must wait.
    fn poll(&mut self, n: usize, mut feed: Feed) -> Result<Option<i64>> {
        let asked = self.ask(&feed.url, feed.etag.as_deref(), feed.modified.as_deref())?;
        let now = clock::seconds();
        let mut pages = Vec::new();
        let failed = match asked {
            Asked::Wait(until) => return Ok(Some(until)),
            Asked::Forbidden => Some("its robots.txt asks programs not to read it".to_owned()),
            Asked::Failed(error) => Some(error),
            Asked::Answer(answer) if answer.status == 304 => None,
            Asked::Answer(answer) if answer.status == 200 => match self.pages(n, &answer) {
                Ok(found) => {
                    (feed.etag, feed.modified) = (answer.etag, answer.modified);
                    pages = found;
                    None
                }
                Err(error) => Some(error.to_string()),
            },
            Asked::Answer(answer) => Some(format!("the server answers {}", answer.status)),
        };
        feed.failures = if failed.is_some() { feed.failures + 1 } else { 0 };
        feed.next = now + later(self.plan.every.0, feed.failures);
        if failed.is_none() {
            feed.last_ok = Some(clock::rfc3339(now));
        }
        feed.last_error = failed;
        let new = self.archive.keep_feed(&feed, &pages)?;
        match &feed.last_error {
            Some(error) => {
                warn::warning(&format!("{}: {error}; asked again after {}", feed.url, clock::rfc3339(feed.next)));
            }
            None => self.say("feed", &feed.url, &counted(new, "new page"))?,
        }
        Ok(None)
    }

    /// The pages that a feed names.
    fn pages(&self, n: usize, answer: &Answer) -> Result<Vec<Page>> {
        let source = &self.plan.feed[n];
        let found = demarche_read::feed(&answer.body)?;
        if let Some(broken) = &found.broken {
            warn::warning(&format!("{}: {broken}; what stands before was read", source.url));
        }
        if found.entries.is_empty() {
            bail!("it is no feed, or holds no entry");
        }
        let pages = found.entries.into_iter().filter_map(|entry| {
            let url = client::join(&answer.url, entry.url.as_deref()?)?;
            let url = url.split('#').next().unwrap_or(&url).to_owned();
            client::host(&url)?;
            Some(Page {
                url,
                feed: source.url.clone(),
                outlet: source.outlet.clone().or(entry.outlet),
                title: entry.title,
                published: entry.published,
                ..Page::default()
            })
        });
        Ok(pages.collect())
    }

    /// Fetches a page and keeps its report; a time where it must wait.
    fn visit(&mut self, mut page: Page) -> Result<Option<i64>> {
        let asked = self.ask(&page.url, page.etag.as_deref(), page.modified.as_deref())?;
        let (mut coded, mut done) = (None, false);
        let failed = match asked {
            Asked::Wait(until) => return Ok(Some(until)),
            Asked::Forbidden => {
                done = true;
                Some("its robots.txt asks programs not to read it".to_owned())
            }
            Asked::Failed(error) => Some(error),
            Asked::Answer(answer) if answer.status == 304 => None,
            Asked::Answer(answer) if answer.status == 200 => match report(&page, &answer) {
                Ok(report) => {
                    (page.etag, page.modified) = (answer.etag, answer.modified);
                    // What is held needs no claims; it goes on all the same, as it may stand again.
                    coded = match self.archive.unknown(vec![report.clone()])?.pop() {
                        Some(report) => add::code(vec![report]).pop(),
                        None => Some(Coded { report, claims: Vec::new() }),
                    };
                    None
                }
                Err(why) => {
                    done = true;
                    Some(why)
                }
            },
            Asked::Answer(answer) => {
                done = matches!(answer.status, 400..=499);
                Some(format!("the server answers {}", answer.status))
            }
        };
        let now = clock::seconds();
        if failed.is_some() {
            page.failures += 1;
            page.next = (!done && page.failures < TRIES).then(|| now + later(60, page.failures));
        } else {
            page.failures = 0;
            page.next = self.plan.revisit.get(page.visits as usize).map(|span| now + span.0);
            page.visits += 1;
        }
        page.last_error = failed;
        self.keep(&page, coded.as_ref(), now)?;
        Ok(None)
    }

    /// Keeps what became of a page, and says so when it is on the disk.
    fn keep(&mut self, page: &Page, coded: Option<&Coded>, now: i64) -> Result<()> {
        let seen = clock::rfc3339(now);
        let added = self.archive.keep_page(page, coded, Stamp { seen: &seen, coder: &self.coder })?;
        self.kept += added.new + added.versions;
        match &page.last_error {
            Some(error) => {
                let then = match page.next {
                    Some(at) => format!("asked again after {}", clock::rfc3339(at)),
                    None => "given up; nothing of it is kept".to_owned(),
                };
                warn::warning(&format!("{}: {error}; {then}", page.url));
            }
            None if added.versions > 0 => self.say("changed", &page.url, &format!("{} claims", added.claims))?,
            None if added.new > 0 => self.say("kept", &page.url, &format!("{} claims", added.claims))?,
            None => self.say("same", &page.url, "nothing new")?,
        }
        Ok(())
    }

    fn say(&self, what: &str, url: &str, more: &str) -> Result<()> {
        if self.said {
            let mut out = sink(None)?;
            if self.json {
                json_line(&mut *out, &json!({"at": clock::now(), "what": what, "url": url, "more": more}))?;
            } else {
                writeln!(out, "{}  {what:<7}  {}  {more}", clock::now(), visible(url))?;
            }
            out.flush()?;
        }
        Ok(())
    }
}

/// What tells such a server from one that cannot be reached.
const ALONE: &str = " is left alone until ";

/// A server that wants to be left alone for a while; the words stand in the table of feeds until it is asked again.
fn busy(status: u16, host: &str, until: i64) -> String {
    format!("the server answers {status}; {host}{ALONE}{}", clock::rfc3339(until))
}

/// The report of a page.
fn report(page: &Page, answer: &Answer) -> Result<Report, String> {
    let kind = answer.kind.as_deref().unwrap_or("text/html").to_ascii_lowercase();
    let name = if kind.contains("html") {
        "page.html"
    } else if kind.starts_with("text/plain") {
        "page.txt"
    } else {
        return Err(format!("it is {kind}, not a page"));
    };
    let input = Input::Bytes { name: name.to_owned(), bytes: answer.body.clone() };
    let options = Options { outlet: page.outlet.clone(), published: page.published.clone(), ..Options::default() };
    let mut reading = demarche_read::read(&[input], &options);
    let Some(mut report) = reading.reports.pop() else {
        return Err(reading.skipped.pop().map_or_else(|| "it holds no text".to_owned(), |skipped| skipped.reason));
    };
    report.id = name_of(&page.url);
    report.url = Some(page.url.clone());
    report.outlet = page.outlet.clone().or(report.outlet);
    report.title = report.title.or_else(|| page.title.clone());
    Ok(report)
}

/// A short name for a page: its host and the last telling part of its path.
fn name_of(url: &str) -> String {
    let host = client::host(url).unwrap_or_default();
    let path = url.split("://").nth(1).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let last = last.trim_end_matches(".html").trim_end_matches(".htm");
    let short: String = last.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).take(60).collect();
    let host = host.trim_start_matches("www.");
    if short.is_empty() { host.to_owned() } else { format!("{host}-{short}") }
}

/// Seconds to wait after so many failures in a row: twice as long each time, a day at most.
fn later(every: i64, failures: u32) -> i64 {
    if failures == 0 { every } else { (every.max(1) << failures.min(10)).min(every.max(86_400)) }
}

fn pause(until: i64) {
    let wait = (until - clock::seconds()).max(0);
    stop::sleep(Duration::from_millis(wait as u64 * 1000 + 20));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_make_it_wait_twice_as_long_each_time() {
        assert_eq!((later(1800, 0), later(1800, 1), later(1800, 3), later(1800, 60)), (1800, 3600, 14_400, 86_400));
    }

    #[test]
    fn a_page_is_named_by_its_host_and_the_end_of_its_path() {
        assert_eq!(
            name_of("https://www.post.example/2025/05/envoys-expelled.html?x=1"),
            "post.example-envoys-expelled"
        );
        assert_eq!(name_of("https://post.example/"), "post.example");
    }

    #[test]
    fn a_list_of_feeds_may_be_damaged_anywhere() {
        let seed = include_str!("../../../../../fuzz/seeds/watch/feeds.toml");
        assert_eq!(toml::from_str::<Plan>(seed).unwrap().feed.len(), 2);
        for at in 0..seed.len() {
            let _ = toml::from_str::<Plan>(&seed[..at]);
            for byte in ["\"", "[", "]", "=", "\n", "9", "-", "\\", "{", "#", "\u{0}", "é"] {
                let _ = toml::from_str::<Plan>(&format!("{}{byte}{}", &seed[..at], &seed[at + 1..]));
            }
        }
    }

    #[test]
    fn lengths_of_time_are_read() {
        let span = |text: &str| Span::try_from(Written::Text(text.to_owned()));
        assert_eq!((span("30m"), span("7200s"), span("90000d")), (Ok(Span(1800)), Ok(Span(7200)), Ok(Span(MOST))));
        assert!(span("soon").is_err() && span("").is_err() && span("-3s").is_err());
        let file = "every = 30\n[[feed]]\nurl = \"https://post.example/world.rss\"\n";
        let error = toml::from_str::<Plan>(file).err().unwrap().to_string();
        assert!(error.contains("\"30\" is no length of time; write 90s, 30m, 6h or 2d"), "{error}");
    }
}
