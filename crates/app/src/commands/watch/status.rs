//! `demarche watch --status`: when each feed was read, what waits, what failed, and which hosts are left alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
};

use anyhow::Result;
use demarche_store::{Archive, archive::FeedStatus};
use serde::Serialize;

use crate::{
    clock,
    commands::{counted, json_line, sink},
    fetch::client,
    render::visible,
    warn,
};

/// A line of the table of feeds, with a host that is left alone.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    feed: &'a FeedStatus,
    /// Hosts of the feed and its pages that are left alone because they asked for it.
    left_alone: Vec<Silent>,
}

#[derive(Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Silent {
    host: String,
    until: String,
    why: String,
}

/// The hosts that may not be asked yet and failed when they were asked last, with why; by the feed they belong to.
fn silent(archive: &Archive, feeds: &[FeedStatus]) -> Result<BTreeMap<String, BTreeSet<Silent>>> {
    let now = clock::seconds();
    let failing = archive.waiting(WAITING)?.into_iter().filter(|page| page.failures > 0);
    let failing = failing.filter_map(|page| Some((page.feed, page.url, page.last_error?)));
    let feeds = feeds.iter().map(|status| &status.feed).filter(|feed| feed.failures > 0);
    let feeds = feeds.filter_map(|feed| Some((feed.url.clone(), feed.url.clone(), feed.last_error.clone()?)));
    let mut out: BTreeMap<String, BTreeSet<Silent>> = BTreeMap::new();
    for (feed, url, why) in feeds.chain(failing) {
        let Some(host) = client::host(&url) else { continue };
        let next = archive.host(&host)?.next;
        // A host that cannot be reached, or waits its pace, asked for nothing.
        if next > now && why.contains(super::ALONE) {
            let why = why.split("; ").next().unwrap_or(&why).to_owned();
            out.entry(feed).or_default().insert(Silent { host, until: clock::rfc3339(next), why });
        }
    }
    Ok(out)
}

/// Waiting pages that are looked through for hosts that are left alone.
const WAITING: usize = 10_000;

/// The table of feeds.
pub fn print(archive: &Archive, json: bool) -> Result<()> {
    let mut out = sink(None)?;
    let feeds = archive.feeds()?;
    let mut silent = silent(archive, &feeds)?;
    for status in &feeds {
        let feed = &status.feed;
        let left_alone: Vec<Silent> = silent.remove(&feed.url).into_iter().flatten().collect();
        if json {
            json_line(&mut *out, &Told { feed: status, left_alone })?;
            continue;
        }
        writeln!(out, "{}", visible(&feed.url))?;
        let last = feed.last_ok.as_deref().unwrap_or("never");
        writeln!(
            out,
            "    read {last}, asked again {}; {} pages, {} wait, {} failed",
            clock::rfc3339(feed.next),
            status.pages,
            status.waiting,
            status.failed
        )?;
        if let Some(error) = &feed.last_error {
            let failed = counted(feed.failures as usize, "time");
            writeln!(out, "    failed {failed}: {}", visible(error))?;
        }
        for Silent { host, until, why } in &left_alone {
            writeln!(out, "    {} is left alone until {until}: {}", visible(host), visible(why))?;
        }
    }
    if feeds.is_empty() && !json {
        warn::note("no feed was asked yet; `demarche watch FEEDS --once` asks those that are due");
    }
    Ok(out.flush()?)
}
