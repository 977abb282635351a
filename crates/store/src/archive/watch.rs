//! What `watch` must know after a restart: feeds, hosts, and pages that wait.

use serde::Serialize;

use super::{Archive, Stamp, add, list};
use crate::{
    archive::Added,
    error::Result,
    record::Coded,
    sqlite::{OptionalExtension, TransactionBehavior, params},
};

/// A feed as it was last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Feed {
    pub url: String,
    #[serde(skip)]
    pub etag: Option<String>,
    #[serde(skip)]
    pub modified: Option<String>,
    /// Not to be asked before, in seconds since 1970.
    pub next: i64,
    /// How often in a row it failed.
    pub failures: u32,
    pub last_ok: Option<String>,
    pub last_error: Option<String>,
}

/// A host as it was last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Host {
    pub name: String,
    /// Not to be asked before, in seconds since 1970.
    pub next: i64,
    pub robots: Option<String>,
    pub robots_until: i64,
}

/// A page that a feed named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Page {
    pub url: String,
    pub feed: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// How often it was read.
    pub visits: u32,
    /// How often in a row it failed.
    pub failures: u32,
    /// When to ask; `None` when it is done.
    pub next: Option<i64>,
    pub last_error: Option<String>,
}

/// A line of the table of feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct FeedStatus {
    #[serde(flatten)]
    pub feed: Feed,
    pub pages: u64,
    pub waiting: u64,
    pub failed: u64,
}

impl Archive {
    /// A feed; a new one where it was never asked.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn feed(&self, url: &str) -> Result<Feed> {
        let sql = "SELECT etag, modified, next, failures, last_ok, last_error FROM feed WHERE url = ?";
        let found = self.db.prepare_cached(sql)?.query_row([url], |row| {
            Ok(Feed {
                url: url.to_owned(),
                etag: row.get(0)?,
                modified: row.get(1)?,
                next: row.get(2)?,
                failures: row.get(3)?,
                last_ok: row.get(4)?,
                last_error: row.get(5)?,
            })
        });
        Ok(found.optional()?.unwrap_or_else(|| Feed { url: url.to_owned(), ..Feed::default() }))
    }

    /// Keeps the state of a feed together with the pages it named that were not known. Returns how many those are.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn keep_feed(&mut self, feed: &Feed, pages: &[Page]) -> Result<usize> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute(
            "INSERT OR REPLACE INTO feed(url, etag, modified, next, failures, last_ok, last_error)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![feed.url, feed.etag, feed.modified, feed.next, feed.failures, feed.last_ok, feed.last_error],
        )?;
        let mut new = 0;
        for page in pages {
            new += step.execute(
                "INSERT OR IGNORE INTO page(url, feed, outlet, title, published, next) VALUES (?, ?, ?, ?, ?, 0)",
                params![page.url, page.feed, page.outlet, page.title, page.published],
            )?;
        }
        step.commit()?;
        Ok(new)
    }

    /// A host; a new one where it was never asked.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn host(&self, name: &str) -> Result<Host> {
        let sql = "SELECT next, robots, robots_until FROM host WHERE name = ?";
        let found = self.db.prepare_cached(sql)?.query_row([name], |row| {
            Ok(Host { name: name.to_owned(), next: row.get(0)?, robots: row.get(1)?, robots_until: row.get(2)? })
        });
        Ok(found.optional()?.unwrap_or_else(|| Host { name: name.to_owned(), ..Host::default() }))
    }

    /// Keeps the state of a host.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn keep_host(&mut self, host: &Host) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO host(name, next, robots, robots_until) VALUES (?, ?, ?, ?)";
        self.db.prepare_cached(sql)?.execute(params![host.name, host.next, host.robots, host.robots_until])?;
        Ok(())
    }

    /// Pages that wait, those that may be asked first in front.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn waiting(&self, limit: usize) -> Result<Vec<Page>> {
        let mut statement = self.db.prepare_cached(
            "SELECT url, feed, outlet, title, published, etag, modified, visits, failures, next, last_error FROM page
             WHERE next IS NOT NULL ORDER BY next, url LIMIT ?",
        )?;
        let rows = statement.query_map([limit as i64], |row| {
            Ok(Page {
                url: row.get(0)?,
                feed: row.get(1)?,
                outlet: row.get(2)?,
                title: row.get(3)?,
                published: row.get(4)?,
                etag: row.get(5)?,
                modified: row.get(6)?,
                visits: row.get(7)?,
                failures: row.get(8)?,
                next: row.get(9)?,
                last_error: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Keeps what became of a page, in one step with its report. A page that says again what it said before its last
    /// version has that version back.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn keep_page(&mut self, page: &Page, report: Option<&Coded>, stamp: Stamp) -> Result<Added> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        if let Some(report) = report {
            if add::stands_again(&step, &report.report, stamp)? {
                added.versions += 1;
            } else {
                add::add_one(&step, report, stamp, &mut added)?;
            }
            list::finish_many(&step)?;
        }
        step.execute(
            "UPDATE page SET etag = ?2, modified = ?3, visits = ?4, failures = ?5, next = ?6, last_error = ?7 WHERE url = ?1",
            params![page.url, page.etag, page.modified, page.visits, page.failures, page.next, page.last_error],
        )?;
        step.commit()?;
        Ok(added)
    }

    /// All feeds that were ever asked, with their pages.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn feeds(&self) -> Result<Vec<FeedStatus>> {
        let mut statement = self.db.prepare(
            "SELECT f.url, f.next, f.failures, f.last_ok, f.last_error, count(p.url), count(p.next),
                    count(CASE WHEN p.next IS NULL AND p.last_error IS NOT NULL THEN 1 END)
             FROM feed f LEFT JOIN page p ON p.feed = f.url GROUP BY f.url ORDER BY f.url",
        )?;
        let rows = statement.query_map([], |row| {
            let feed = Feed {
                url: row.get(0)?,
                next: row.get(1)?,
                failures: row.get(2)?,
                last_ok: row.get(3)?,
                last_error: row.get(4)?,
                ..Feed::default()
            };
            let count = |column: usize| row.get::<_, i64>(column).map(|n| n as u64);
            Ok(FeedStatus { feed, pages: count(5)?, waiting: count(6)?, failed: count(7)? })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
