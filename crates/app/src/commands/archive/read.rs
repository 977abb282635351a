//! `demarche archive stories`, `brief` and `track`: the reports that fit, read side by side.

use anyhow::{Result, bail};
use clap::Args;
use demarche_core::{Annotation, Day, Report};
use demarche_store::{Archive, archive::Filter};

use super::{Place, Wanted};
use crate::{
    chain,
    commands::{
        brief::{self, About},
        stories, track,
    },
    render::theirs::Theirs,
};

/// Which reports are read.
#[derive(Args)]
struct Chosen {
    #[command(flatten)]
    wanted: Wanted,
    /// At most so many reports, the newest.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    limit: usize,
}

/// The reports as the archive has them: coded, with what was corrected by hand.
pub fn annotated(archive: &Archive, reports: Vec<Report>) -> Result<Vec<Annotation>> {
    let mut annotations = chain::annotate_all(reports);
    archive.by_hand(&mut annotations)?;
    Ok(annotations)
}

impl Chosen {
    /// The archive, and of it the reports that fit.
    fn reports(&self, at: &Place) -> Result<(Archive, Vec<Report>)> {
        let archive = at.read()?;
        let reports = archive.texts(&self.wanted.filter(), self.limit)?;
        if reports.is_empty() {
            bail!("no report in {} fits; `demarche archive stats` tells what it holds", archive.path().display());
        }
        if reports.len() == self.limit {
            crate::warn::warning(&format!("only the newest {} reports that fit were read (--limit)", self.limit));
        }
        Ok((archive, reports))
    }
}

/// Split the reports into stories
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive stories --since 2025-05-01
  demarche archive stories --party IND --json")]
pub struct Stories {
    #[command(flatten)]
    chosen: Chosen,
}

impl Stories {
    /// Reads, groups, prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let (_, reports) = self.chosen.reports(at)?;
        stories::print(&stories::told(reports), at.json)
    }
}

/// Read reports side by side: those that fit, or one story
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive brief --words airspace --since 2025-04-22 --until 2025-05-10
  demarche archive brief --story s3 --since 2025-05-01 --format html --out s3.html")]
pub struct Brief {
    #[command(flatten)]
    chosen: Chosen,
    /// One story alone, by its id in `demarche archive stories` with the same choice.
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    #[command(flatten)]
    output: brief::Output,
}

impl Brief {
    /// Reads, compares, prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let (archive, mut reports) = self.chosen.reports(at)?;
        if let Some(id) = &self.story {
            // Stories are told by words alone, so that only the reports of this one are coded.
            let mut whole = stories::told(reports);
            let Some(story) = whole.stories.iter().find(|story| story.id == *id) else {
                bail!("there is no story {id}; `demarche archive stories` lists them");
            };
            let of_story = story.reports.iter();
            reports = of_story.map(|&report| std::mem::take(&mut whole.annotations[report].report)).collect();
        }
        let about = About { json: at.json, archive: Some(archive.hash()?.to_string()), left_out: Vec::new() };
        self.output.write(annotated(&archive, reports)?, &about)
    }
}

/// Follow two parties over time: the reports that tell of them
#[derive(Args)]
#[command(after_help = "\
A and B go by code, name, people or capital. What POLECAT, ICEWS or GDELT count is drawn below, where it was imported.

Examples:
  demarche archive track India Pakistan
  demarche archive track IND PAK --unit week --format svg > line.svg")]
pub struct Track {
    #[command(flatten)]
    pair: track::Pair,
    #[command(flatten)]
    chosen: Chosen,
}

impl Track {
    /// Reads, links, counts, prints.
    pub fn run(mut self, at: &Place) -> Result<()> {
        let archive = at.read()?;
        self.pair.resolve(|code| holds(&archive, code));
        let filter = self.chosen.wanted.filter();
        let there = Filter { actor: Some(self.pair.a.clone()), recipient: Some(self.pair.b.clone()), ..filter };
        let back = Filter { actor: there.recipient.clone(), recipient: there.actor.clone(), ..there.clone() };
        let mut reports = archive.texts(&there, self.chosen.limit)?;
        reports.extend(archive.texts(&back, self.chosen.limit)?);
        reports.sort_by(|a, b| a.id.cmp(&b.id));
        reports.dedup_by(|a, b| a.id == b.id);
        let mut beside = theirs(&archive, &self.pair.a, &self.pair.b)?;
        beside.extend(theirs(&archive, &self.pair.b, &self.pair.a)?);
        self.pair.print(&demarche_core::brief(annotated(&archive, reports)?), at.json, &beside)
    }
}

/// True where some claim names a party of this code.
pub fn holds(archive: &Archive, code: &str) -> bool {
    let filter = Filter { party: Some(code.to_owned()), ..Filter::default() };
    archive.claims(&filter, 1, 0).is_ok_and(|found| !found.is_empty())
}

/// What others count from the one towards the other, by maker.
fn theirs(archive: &Archive, actor: &str, recipient: &str) -> Result<Vec<Theirs>> {
    let mut out: Vec<Theirs> = Vec::new();
    for day in archive.outside(actor, recipient)? {
        let Some(start) = Day::from_rfc3339(&day.start) else { continue };
        if out.last().is_none_or(|last| last.maker != day.source) {
            let (actor, recipient) = (actor.to_owned(), recipient.to_owned());
            out.push(Theirs { maker: day.source, actor, recipient, days: Vec::new(), statements: 0 });
        }
        if let Some(last) = out.last_mut() {
            last.days.push((start, day.quad));
            last.statements += day.statements;
        }
    }
    Ok(out)
}
